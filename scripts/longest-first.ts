/**
 * The order of test files: those that take longest begin first, so that at the end no processor waits for one of them.
 * vitest knows how long a file took only where it has run before; on a fresh copy the names below stand in for it.
 */
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** By measurement, the longest first. A name that is missing here costs time, nothing else. */
const LONGEST = [
  'conformance/chain-store-clickhouse',
  'import-crash',
  'simulation/exchange-world',
  'exchange/exchange-faults',
  'conformance/chain-store-duckdb',
  'conformance/chain-store-both',
  'exchange-demo',
  'faults/node-kills',
  'command-line',
  'cases',
  'exchange-attacks',
  'report/report',
  'bitcoin-2009',
  'node-story',
  'faults/importer-mutations',
  'faults/formats-mutations',
  'vault-crash',
  'node-life',
]

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(`/platform/tests/${name}.test.ts`))
      return at < 0 ? LONGEST.length : at
    }
    return (await super.sort(files)).sort((one, other) => place(one) - place(other))
  }
}

/**
 * The order of test files: those that take longest begin first, so that at the end no processor waits for one of them.
 * vitest knows how long a file took only where it has run before; on a fresh copy the names below stand in for it.
 */
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** By measurement, the longest first. A name that is missing here costs time, nothing else. */
const LONGEST = [
  'import-crash',
  'conformance/chain-store-clickhouse',
  'web/main-tasks',
  'web/inbox',
  'web/joint',
  'simulation/exchange-world',
  'web/three-nodes',
  'command-line',
  'web/request',
  'faults/node-kills',
  'conformance/chain-store-both',
  'conformance/chain-store-duckdb',
  'faults/importer-mutations',
  'web/compare',
  'cases',
  'faults/formats-mutations',
  'web/cases',
  'web/after-sending-ends',
  'exchange/exchange-faults',
  'web/trace',
  'web/after-sending',
  'web/acts',
  'web/evidence',
  'web/by-file',
  'web/audit',
  'web/approve',
  'exchange-demo',
  'exchange-attacks',
  'report/report',
  'bitcoin-2009',
  'node-story',
  'web/today',
  'web/access',
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

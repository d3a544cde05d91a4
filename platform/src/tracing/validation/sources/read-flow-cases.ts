/** The hand-traced crimes of samples/eth-crime-flows, read by the importer of such tables and held in memory. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse as parseCsv } from 'csv-parse/sync'
import { type AccountPack, type Move, shippedAccountPacks } from '../../../chains/index.ts'
import { openAccountImporter } from '../../../chains/sources/index.ts'
import { orStop } from '../../../kernel/index.ts'
import { memoryAccounts } from '../../testing/memory-accounts.ts'
import type { FlowCase } from '../measure-flows.ts'

export async function readFlowCases(folder: string): Promise<readonly FlowCase[]> {
  const pack = shippedAccountPacks.find(({ caip2 }) => caip2 === 'eip155:1') as AccountPack
  return Promise.all(
    ['54m', 'lifi'].map(async (name) => {
      const importer = orStop(
        await openAccountImporter('flow-csv', [join(folder, `${name}.csv`)], pack, { knownPacks: [] }),
      )
      const moves: Move[] = []
      for await (const { batch } of importer.read({ cursor: null })) moves.push(...batch.moves)
      const ends: Record<string, string>[] = parseCsv(readFileSync(join(folder, `${name}-ends.csv`)), { columns: true })
      const of = (which: string) => ends.flatMap(({ address = '', end }) => (end === which ? [address] : []))
      return {
        ...{
          name,
          chain: pack.caip2,
          asset: `${pack.caip2}/usd:flow`,
          store: memoryAccounts(moves, { traced: false }),
        },
        ...{ moves, labels: new Map((importer.labels?.() ?? []).map(({ address, label }) => [address, label])) },
        ...{ sources: of('source'), terminals: of('terminal') },
      }
    }),
  )
}

/** What is watched on a chain, held in memory by address, asked of the file by output; read anew when somebody changed it. */
import type { Sqlite } from '../../../io/sqlite.ts'
import type { HeldOutput, Until, Watched } from '../index.ts'
import { bigOrNull, textOrNull, untilOf } from './rows.ts'

export interface WatchedSets {
  /** Inside a transaction. */
  of(chain: string): Watched
  /** After a change of this process, of which the version of the file does not tell. */
  forget(): void
}

export function watchedSets(sqlite: Sqlite): WatchedSets {
  let version: number | null = null
  const byChain = new Map<string, Watched>()
  return {
    of(chain) {
      const now = sqlite.version()
      if (now !== version) byChain.clear()
      version = now
      const known = byChain.get(chain)
      if (known) return known
      const read = readWatched(sqlite, chain)
      byChain.set(chain, read)
      return read
    },
    forget: () => byChain.clear(),
  }
}

function readWatched(sqlite: Sqlite, chain: string): Watched {
  const untilByWatch = new Map<string, Until>()
  for (const row of sqlite.rows('SELECT id, until_height, until_time FROM watch WHERE chain = ? AND ended = 0', chain))
    untilByWatch.set(String(row.id), untilOf(row))
  const watchesByAddress = new Map<string, string[]>()
  const ofChain = 'SELECT address, watch FROM watched_address WHERE chain = ? ORDER BY address, watch'
  for (const { address, watch } of sqlite.rows(ofChain, chain)) {
    if (!untilByWatch.has(String(watch))) continue
    const watches = watchesByAddress.get(String(address))
    if (watches) watches.push(String(watch))
    else watchesByAddress.set(String(address), [String(watch)])
  }
  return {
    untilOf: (watch) => untilByWatch.get(watch) ?? null,
    ofAddress: (address) => watchesByAddress.get(address) ?? [],
    ofOutput: (output) =>
      sqlite
        .rows(
          'SELECT watch, output, address, amount FROM watched_output WHERE chain = ? AND output = ? ORDER BY watch',
          chain,
          output,
        )
        .filter(({ watch }) => untilByWatch.has(String(watch)))
        .map(
          (row): HeldOutput => ({
            watch: String(row.watch),
            output: String(row.output),
            address: textOrNull(row.address),
            amount: bigOrNull(row.amount),
          }),
        ),
  }
}

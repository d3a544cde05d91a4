/**
 * What is watched on a chain: held in memory by the tokens of addresses, asked of the file by those of outputs; read anew when
 * somebody changed it.
 */
import type { Sqlite } from '../../../io/sqlite.ts'
import type { HeldOutput, Until, Watched } from '../index.ts'
import { detailToOutput, untilOf } from './rows.ts'
import type { Sealer } from './sealer.ts'

export interface WatchedSets {
  /** Inside a transaction. */
  of(chain: string): Watched
  /** After a change of this process, of which the version of the file does not tell. */
  forget(): void
}

export function watchedSets(sqlite: Sqlite, sealer: Sealer): WatchedSets {
  let version: number | null = null
  const byChain = new Map<string, Watched>()
  return {
    of(chain) {
      const now = sqlite.version()
      if (now !== version) byChain.clear()
      version = now
      const known = byChain.get(chain)
      if (known) return known
      const read = readWatched(sqlite, sealer, chain)
      byChain.set(chain, read)
      return read
    },
    forget: () => byChain.clear(),
  }
}

function readWatched(sqlite: Sqlite, sealer: Sealer, chain: string): Watched {
  const untilByWatch = new Map<string, Until>()
  for (const row of sqlite.rows('SELECT id, until_height, until_time FROM watch WHERE chain = ? AND ended = 0', chain))
    untilByWatch.set(String(row.id), untilOf(row))
  const watchesByToken = new Map<string, string[]>()
  const ofChain = 'SELECT token, watch FROM watched_address WHERE chain = ? ORDER BY token, watch'
  for (const { token, watch } of sqlite.rows(ofChain, chain)) {
    if (!untilByWatch.has(String(watch))) continue
    const watches = watchesByToken.get(String(token))
    if (watches) watches.push(String(watch))
    else watchesByToken.set(String(token), [String(watch)])
  }
  return {
    untilOf: (watch) => untilByWatch.get(watch) ?? null,
    ofAddress: (address) =>
      watchesByToken.size === 0 ? [] : (watchesByToken.get(sealer.token('address', address)) ?? []),
    ofOutput: (output) =>
      sqlite
        .rows(
          'SELECT watch, detail FROM watched_output WHERE chain = ? AND token = ? ORDER BY watch',
          chain,
          sealer.token('output', output),
        )
        .flatMap((row): HeldOutput[] => {
          const watch = String(row.watch)
          const detail = untilByWatch.has(watch) ? sealer.open(watch, String(row.detail)) : null
          return detail === null ? [] : [{ watch, ...detailToOutput(detail) }]
        }),
  }
}

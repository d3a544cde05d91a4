/** A file of format 1 becomes one of this format: the same watches, alarms and numbers of notices, sealed where there is a key. */
import type { Sqlite } from '../../../io/sqlite.ts'
import { addressToDetail, alarmToDetail, bigOrNull, numberOrNull, outputToDetail, textOrNull } from './rows.ts'
import type { Sealer } from './sealer.ts'
import { DROP_OLD, PUT_ASIDE } from './tables.ts'

/** Inside a transaction. What belongs to a watch whose key is gone is left out. */
export function upgradeFile(sqlite: Sqlite, sealer: Sealer): void {
  sqlite.script(PUT_ASIDE)
  for (const { chain, address, watch } of sqlite.rows('SELECT * FROM old_address')) {
    const detail = sealer.seal(String(watch), addressToDetail({ address: String(address), why: null }))
    if (detail !== null)
      sqlite.run(
        'INSERT INTO watched_address (chain, token, watch, detail) VALUES (?, ?, ?, ?)',
        String(chain),
        sealer.token('address', String(address)),
        String(watch),
        detail,
      )
  }
  for (const row of sqlite.rows('SELECT * FROM old_output')) {
    const [output, watch] = [String(row.output), String(row.watch)]
    const detail = sealer.seal(
      watch,
      outputToDetail({ output, address: textOrNull(row.address), amount: bigOrNull(row.amount) }),
    )
    if (detail !== null)
      sqlite.run(
        'INSERT INTO watched_output (chain, token, watch, detail, named, spent_height) VALUES (?, ?, ?, ?, ?, ?)',
        String(row.chain),
        sealer.token('output', output),
        watch,
        detail,
        Number(row.named),
        numberOrNull(row.spent_height),
      )
  }
  const kept = new Map<string, string>()
  for (const row of sqlite.rows('SELECT * FROM old_alarm')) {
    const detail = sealer.seal(
      String(row.watch),
      alarmToDetail({
        txid: String(row.txid),
        place: String(row.place),
        direction: row.direction === 'in' ? 'in' : 'out',
        address: textOrNull(row.address),
        output: textOrNull(row.output),
        asset: String(row.asset),
        amount: bigOrNull(row.amount),
      }),
    )
    if (detail === null) continue
    const token = sealer.token('alarm', String(row.id))
    kept.set(String(row.id), token)
    sqlite.run(
      'INSERT INTO alarm (token, chain, watch, detail, height, hash, time, stands) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      token,
      String(row.chain),
      String(row.watch),
      detail,
      Number(row.height),
      String(row.hash),
      numberOrNull(row.time),
      Number(row.stands),
    )
  }
  for (const row of sqlite.rows('SELECT * FROM old_notice ORDER BY seq')) {
    const token = kept.get(String(row.alarm))
    if (token !== undefined)
      sqlite.run(
        'INSERT INTO notice (seq, alarm, kind, height, hash, time, at) VALUES (?, ?, ?, ?, ?, ?, ?)',
        Number(row.seq),
        token,
        String(row.kind),
        Number(row.height),
        String(row.hash),
        numberOrNull(row.time),
        Number(row.at),
      )
  }
  sqlite.script(DROP_OLD)
}

/** What the ledger shows of addresses of account chains: who signs, what is code, who produces blocks. */
import type { AccountAddress } from '../account-ledger.ts'
import type { AccountKind } from '../account-store.ts'
import { asText, type Reading } from './engine.ts'

/** A sign, the table and column in which an address shows it, and when. A table of an analyst shows nothing of the kind. */
const SIGNS = [
  ['signed', 'acc_tx', 'sender', "parts LIKE '%transaction%'"],
  ['created', 'acc_tx', 'created', 'created IS NOT NULL'],
  ['called', 'acc_tx', 'recipient', 'selector IS NOT NULL'],
  ['wrote-event', 'acc_log', 'address', 'address IS NOT NULL'],
  ['passed-on', 'acc_move', 'sender', "kind IN ('call', 'selfdestruct')"],
  ['created', 'acc_move', 'recipient', "kind = 'create'"],
  ['signed', 'acc_move', 'sender', "kind = 'fee'"],
  ['producer', 'acc_move', 'recipient', "kind IN ('fee', 'reward', 'uncle')"],
] as const

export async function accountKinds(
  r: Reading,
  chain: number,
  addresses: readonly AccountAddress[],
): Promise<ReadonlyMap<AccountAddress, AccountKind>> {
  if (addresses.length === 0) return new Map()
  const list = await r.list({ address: 'text' }, { address: [...new Set(addresses)] })
  const rows = await r.rows(
    SIGNS.map(
      ([sign, table, column, when]) =>
        `SELECT DISTINCT '${sign}' AS sign, ${column} AS who FROM ${r.ledger(table)} x WHERE chain = ${chain} AND height >= 0
           AND ${when} AND ${column} IN (SELECT address FROM ${list})`,
    ).join(' UNION ALL '),
  )
  const signsByAddress = new Map<string, Set<string>>()
  for (const row of rows) {
    const known = signsByAddress.get(asText(row[1])) ?? new Set()
    signsByAddress.set(asText(row[1]), known.add(asText(row[0])))
  }
  return new Map(
    [...signsByAddress].map(([address, signs]) => [
      address,
      {
        signed: signs.has('signed'),
        code: (['created', 'passed-on', 'called', 'wrote-event'] as const).filter((sign) => signs.has(sign)),
        producer: signs.has('producer'),
      },
    ]),
  )
}

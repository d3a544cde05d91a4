/** What must add up between agencies once everything has settled: asked of their databases, by whoever looks from outside. */
import { setTimeout as sleep } from 'node:timers/promises'
import { keyIdOf, openStatement, receiptForm } from '../../src/exchange/wire/index.ts'
import { checkEd25519, signingKeyFromSeed } from '../../src/kernel/crypto/index.ts'
import { hexToBytes } from '../../src/kernel/index.ts'
import type { AgencyFacts } from './agency-child.ts'
import type { RunningAgency } from './two-agencies.ts'

/** Until nothing is queued, or the patience is over, in milliseconds. */
export async function untilSettled(running: readonly RunningAgency[], patience: number): Promise<void> {
  const end = Date.now() + patience
  while (Date.now() < end) {
    const queued = await Promise.all(
      running.map(async (each) => {
        const [row] = await each
          .database()
          .query<{ n: string }>(`SELECT count(*) AS n FROM message_out WHERE state = 'queued'`)
        return Number(row?.n)
      }),
    )
    if (queued.every((n) => n === 0)) return
    await sleep(200)
  }
}

/** What was decided and did not become of it what should: it was not accepted, or not done once, or not in order. */
export async function check(from: RunningAgency, to: RunningAgency, count: number): Promise<string[]> {
  const wrong: string[] = []
  const said = await from.database().query<{ n: number; id: string | null }>('SELECT n, id FROM test_said')
  const sent = new Map(
    (await from.database().query<{ id: string; state: string }>('SELECT id, state FROM message_out')).map(
      ({ id, state }) => [id, state],
    ),
  )
  const effects = await to
    .database()
    .query<{ id: string; n: string }>('SELECT id, count(*) AS n FROM test_effect WHERE sender = $1 GROUP BY id', [
      from.id,
    ])
  const done = new Map(effects.map(({ id, n }) => [id, Number(n)]))
  for (const { n, id } of said) {
    const state = sent.get(id ?? '')
    if (state !== 'accepted') wrong.push(`${from.id} ${n}: ${state ?? 'not queued'}`)
    if (done.get(id ?? '') !== 1) wrong.push(`${from.id} ${n}: done ${done.get(id ?? '') ?? 0} times`)
  }
  if (said.length !== count) wrong.push(`${from.id}: ${count} said, ${said.length} decided`)
  if (said.length !== sent.size) wrong.push(`${from.id}: ${said.length} decided, ${sent.size} queued`)
  const inOrder = await to
    .database()
    .query<{ exchange: string; seq: number }>(
      'SELECT exchange, seq FROM test_effect WHERE sender = $1 ORDER BY place',
      [from.id],
    )
  const lastSeq = new Map<string, number>()
  for (const { exchange, seq } of inOrder) {
    if (seq <= (lastSeq.get(exchange) ?? 0)) wrong.push(`${to.id}: ${exchange} ${seq} out of order`)
    lastSeq.set(exchange, seq)
  }
  for (const id of done.keys()) if (!sent.has(id)) wrong.push(`${to.id}: did ${id}, which nobody sent`)
  return wrong
}

/** Receipts that verify under the key of who gave them, for exactly these messages. */
export async function countReceipts(from: RunningAgency, to: RunningAgency): Promise<number> {
  const keys = { keyOf: (keyId: string) => keyFrom(to.facts, keyId), check: checkEd25519 }
  const rows = await from
    .database()
    .query<{ id: string; digest: string; receipt: Uint8Array | null }>(
      'SELECT id, digest, receipt FROM message_out WHERE peer = $1',
      [to.id],
    )
  return rows.filter(({ id, digest, receipt }) => {
    const opened = receipt && openStatement(receiptForm, receipt, keys)
    if (!opened?.ok) return false
    const { kind, message } = opened.value.value
    return kind === 'ACCEPTED' && message.id === id && message.digest === digest
  }).length
}

export function keyFrom({ id, seed }: AgencyFacts, keyId: string) {
  const { bytes } = signingKeyFromSeed(hexToBytes(seed)).publicKey
  return keyIdOf(bytes) === keyId ? { agency: id, publicKey: bytes } : null
}

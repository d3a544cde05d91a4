/** What `trace run --json` and `trace compare --json` answer, and an audit of their books that owes nothing to the engine. */
import { expect } from 'vitest'
import type { Divergence, TraceRecord } from '../src/tracing/index.ts'

export type TraceAnswer = Omit<TraceRecord, 'rule' | 'result'> &
  TraceRecord['result'] & { readonly rule: string; readonly ruleVersion: number; readonly legalName: string }

export type CompareAnswer = Divergence & { readonly traces: readonly TraceAnswer[] }

export const allRules = [
  'poison',
  'haircut',
  'pro-rata',
  'fifo',
  'lifo',
  'tiho',
  'seniority-traced-first',
  'seniority-clean-first',
  'pifo',
  'comb',
] as const

export function sum(amounts: Iterable<string | bigint>): bigint {
  let total = 0n
  for (const amount of amounts) total += BigInt(amount)
  return total
}

/** What an output or a fee is worth by the raw data; undefined where the data does not say. */
export type WorthOf = (txid: string, vout: number | null) => bigint | undefined

/** Adds everything up again, from the seeds and the positions alone. */
export function auditBooks(trace: TraceAnswer, worthOf: WorthOf = () => undefined): void {
  const { ledger, positions, seeds, flow } = trace
  const name = `${trace.rule}: `
  const inStatus = (status: string) =>
    sum(positions.filter((position) => position.status === status).map(({ traced }) => traced)).toString()
  expect(ledger, `${name}the ledger is the sum of its positions`).toMatchObject({
    root: sum(seeds.map(({ amount }) => amount)).toString(),
    unspent: inStatus('unspent'),
    dataEnds: inStatus('data-ends'),
    service: inStatus('service'),
    fee: inStatus('fee'),
    writtenOff: inStatus('written-off'),
    notFollowed: inStatus('not-followed'),
    sum: (sum(positions.map(({ traced }) => traced)) + BigInt(ledger.overlap)).toString(),
    balanced: true,
  })
  expect(sum([ledger.root, ledger.drawnIn]), `${name}what went in is accounted for`).toBe(BigInt(ledger.sum))
  expect(sum(ledger.lines.map(({ amount }) => amount)), `${name}the lines give the sum`).toBe(BigInt(ledger.sum))
  if (trace.rule !== 'poison') {
    expect(ledger.drawnIn, `${name}nothing clean is drawn in`).toBe('0')
    for (const step of flow) {
      expect(sum(step.to.map(({ traced }) => traced)), `${name}what enters ${step.txid} leaves it`).toBe(
        sum(step.from.map(({ traced }) => traced)),
      )
    }
    expect(sharesBySource(trace), `${name}each source is accounted for`).toEqual(seedsBySource(trace))
  }
  for (const { txid, vout, amount, traced, status, reason } of positions) {
    const place = `${name}${txid}:${vout ?? 'fee'}`
    expect(BigInt(traced) > 0n && BigInt(traced) <= BigInt(amount), `${place} holds ${traced} of ${amount}`).toBe(true)
    expect(reason, `${place} (${status}) says why`).not.toBe('')
    const worth = worthOf(txid, vout)
    if (worth !== undefined) expect(amount, `${place} is worth what the raw data says`).toBe(worth.toString())
  }
}

function seedsBySource({ seeds }: TraceAnswer): Map<string, bigint> {
  return totals(seeds.map(({ label, amount }) => [label, amount]))
}

/** Value of a seed that other seeds had brought there already stands in the ledger as overlap, without its source. */
function sharesBySource(trace: TraceAnswer): Map<string, bigint> {
  const shares = totals(trace.positions.flatMap(({ bySeed }) => Object.entries(bySeed)))
  if (trace.ledger.overlap === '0') return shares
  const open = [...seedsBySource(trace)].map(([label, amount]): [string, bigint] => [
    label,
    amount - (shares.get(label) ?? 0n),
  ])
  expect(open.every(([, missing]) => missing >= 0n)).toBe(true)
  expect(sum(open.map(([, missing]) => missing)).toString()).toBe(trace.ledger.overlap)
  return seedsBySource(trace)
}

function totals(entries: readonly (readonly [string, string])[]): Map<string, bigint> {
  const total = new Map<string, bigint>()
  for (const [label, amount] of entries) total.set(label, (total.get(label) ?? 0n) + BigInt(amount))
  return new Map([...total].sort(([a], [b]) => (a < b ? -1 : 1)))
}

export function digestsOf({ traces }: CompareAnswer): Record<string, string> {
  return Object.fromEntries(traces.map(({ rule, digest }) => [rule, digest]))
}

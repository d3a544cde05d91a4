import { describe, expect, test } from 'vitest'
import type { TraceRecord } from '../tracing/index.ts'
import { tryTrace } from '../tracing/testing/try-trace.ts'
import { type Letter, requestFromTrace } from './request-from-trace.ts'

const letter: Letter = {
  instrument: 'eu-2018-1805',
  requestType: 'freeze',
  measure: 'FREEZE_SPECIFIC',
  data: {},
  languages: { original: 'en', theirs: [] },
  recipients: [{ authority: 'Tribunal', country: 'FR', role: 'to' }],
  clock: { country: 'FR', zone: 'Europe/Paris' },
  urgency: null,
  facts: 'x',
  useConditions: [],
}

// Two victims of 600 and 400 pay one address; it pays a service 700, keeps 200, and 100 goes on beyond the budget.
const plain = [
  { id: 'v', height: 1, ins: [['outside:0', 1000] as const], outs: [600, 400] },
  { id: 'mix', height: 2, ins: ['v:0', 'v:1'], outs: [[700, 'vasp'] as const, [200, 'kept'] as const, 100] },
  { id: 'on', height: 3, ins: ['mix:2'], outs: [60, 40] },
  { id: 'further', height: 4, ins: ['on:0'], outs: [60] },
]
const trace = (more: object = {}) =>
  tryTrace(plain, {
    rule: 'haircut',
    from: ['v:0=600@ann', 'v:1=400@bob'],
    maxHops: 2,
    services: { vasp: 'Exchange' },
    complete: [{ from: 0, to: 4, completeness: 'merkle', untilHash: null } as never],
    ...more,
  })
const draft = (record: TraceRecord, status: 'service' | 'unspent', addresses: string[] | null = null) =>
  requestFromTrace(record, { status, addresses }, letter)

describe('a request from a trace', () => {
  test('names the addresses, the amounts, the shares of each victim, the rule, the digests and what was not followed', async () => {
    const record = await trace()
    expect(draft(record, 'service')).toEqual({
      ok: true,
      value: {
        ...letter,
        assets: [{ chain: 'test', address: 'vasp', asset: record.asset.caip19, amount: '700', value: '700' }],
        trace: {
          recordDigest: record.digest,
          resultDigest: record.resultDigest,
          rule: { id: record.rule.id, version: record.rule.version, legalName: record.rule.legalName },
          asOf: { height: 4, hash: record.asOf.hash },
          endpoint: 'service',
          root: '1000',
          reached: '700',
          notFollowed: record.result.ledger.notFollowed,
          shares: [
            { source: 'ann', amount: '420' },
            { source: 'bob', amount: '280' },
          ],
        },
      },
    })
    expect(BigInt(record.result.ledger.notFollowed)).toBe(60n)
  })

  test('what is reached and what is not add up to what went in, at every end', async () => {
    const record = await trace()
    const reached = (['service', 'unspent'] as const).map((status) => {
      const content = draft(record, status)
      return content.ok ? BigInt(content.value.trace?.reached ?? 0) : 0n
    })
    const { ledger } = record.result
    const rest = BigInt(ledger.dataEnds) + BigInt(ledger.fee) + BigInt(ledger.writtenOff) + BigInt(ledger.notFollowed)
    expect(reached.reduce((sum, one) => sum + one, rest)).toBe(BigInt(ledger.root))
  })

  test('the shares are what is reached', async () => {
    const content = draft(await trace(), 'unspent')
    if (!content.ok) throw new Error(content.refusal.message)
    const { trace: ref, assets } = content.value
    const total = (amounts: readonly { amount: string | null }[]) =>
      amounts.reduce((sum, { amount }) => sum + BigInt(amount ?? 0), 0n)
    expect(total(ref?.shares ?? [])).toBe(BigInt(ref?.reached ?? 0))
    expect(total(assets)).toBe(BigInt(ref?.reached ?? 0))
    expect(assets.map(({ address }) => address)).toEqual([...assets.map(({ address }) => address)].sort())
  })

  test('only at the addresses that were chosen, and each of them must hold some of it', async () => {
    const record = await trace()
    expect(draft(record, 'unspent', ['kept'])).toMatchObject({ ok: true, value: { assets: [{ address: 'kept' }] } })
    expect(draft(record, 'unspent', ['vasp'])).toMatchObject({ ok: false, refusal: { code: 'TRACE_ADDRESS' } })
    expect(draft(await trace({ services: {} }), 'service')).toMatchObject({ refusal: { code: 'TRACE_ENDPOINT' } })
  })

  test('more addresses than a request may name are several requests', async () => {
    const record = await trace()
    const [position] = record.result.positions.filter(({ status }) => status === 'service')
    if (!position) throw new Error('the trace reaches no service')
    const positions = Array.from({ length: 501 }, (_, at) => ({ ...position, address: `vasp${at}` }))
    const wide = { ...record, result: { ...record.result, positions } }
    expect(draft(wide, 'service')).toMatchObject({ ok: false, refusal: { code: 'TRACE_TOO_MANY' } })
    expect(draft(wide, 'service', ['vasp7', 'vasp9'])).toMatchObject({ ok: true })
  })

  test('a trace that does not add up, runs backwards or is no evidence makes no request', async () => {
    const record = await trace()
    const ledger = { ...record.result.ledger, balanced: false }
    for (const unfit of [
      { ...record, result: { ...record.result, ledger } },
      { ...record, parameters: { ...record.parameters, direction: 'backward' as const } },
      { ...record, evidence: { grade: 'refused' as const, reasons: ['floating point'] } },
      { ...record, evidence: { grade: 'mismatch' as const, reasons: ['txid'] } },
    ])
      expect(draft(unfit, 'service')).toMatchObject({ ok: false, refusal: { code: 'TRACE_NOT_FIT' } })
  })
})

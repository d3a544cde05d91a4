/** A trace becomes the draft of a request, through the real door on PostgreSQL. */
import { expect, test } from 'vitest'
import { caseworkActions } from '../casework/index.ts'
import { amber, canonicalJson, type Json, sha256Text } from '../kernel/index.ts'
import type { Crossing } from '../tracing/crossing.ts'
import { accountRecordToText, type TraceRecord } from '../tracing/index.ts'
import { toMoves } from '../tracing/testing/memory-accounts.ts'
import { tryAccountTrace } from '../tracing/testing/try-account-trace.ts'
import { tryTrace } from '../tracing/testing/try-trace.ts'
import { workflowActions } from '../workflows/index.ts'
import { caseworkNode } from './testing/casework-node.ts'

const CHAIN = 'bip122:000000000019d6689c085ae165831e93'
const node = await caseworkNode([...caseworkActions, ...workflowActions])
const caseId = (
  await node.did('anna', 'case.open', { title: 'A case', kind: 'local', purposes: ['criminal-proceedings'] })
).id

/** The record as the trace would have written it of the real chain; the ledger of the tests knows one called "test". */
async function recordText(more: Partial<TraceRecord> = {}): Promise<string> {
  const plain = [
    { id: 'v', height: 1, ins: [['outside:0', 1000] as const], outs: [1000] },
    { id: 'pay', height: 2, ins: ['v:0'], outs: [[700, 'addrvasp'] as const, [300, 'addrkept'] as const] },
  ]
  const { digest: _, ...body } = await tryTrace(plain, {
    rule: 'haircut',
    from: ['v:0=1000@ann'],
    services: { addrvasp: 'Exchange' },
  })
  const moved = { ...body, chain: CHAIN }
  return JSON.stringify({ ...moved, digest: sha256Text(canonicalJson(moved as unknown as Json)), ...more })
}

const letter = {
  instrument: 'eu-2018-1805',
  requestType: 'freeze',
  measure: 'FREEZE_SPECIFIC',
  data: { 'issuer.name': 'Court' },
  languages: { original: 'en', theirs: [] },
  recipients: [{ authority: 'Tribunal', country: 'FR', role: 'to' }],
  clock: { country: 'FR', zone: 'Europe/Paris' },
  urgency: null,
  facts: 'x',
  useConditions: [],
}
const freeze = (record: string, more: object = {}) => ({
  caseId,
  record,
  endpoint: { status: 'service' },
  letter,
  ...more,
})

test('the draft stands on the trace, and others after the same asset are told of', async () => {
  const record = await recordText()
  const { id } = await node.did('anna', 'workflow.freeze-from-trace', freeze(record))
  expect(await node.did('anna', 'request.read', { id })).toMatchObject({
    request: {
      state: 'draft',
      author: node.idOf.anna,
      content: {
        facts: 'x',
        assets: [{ chain: CHAIN, address: 'addrvasp', amount: '700', value: '700' }],
        trace: { recordDigest: (JSON.parse(record) as TraceRecord).digest, reached: '700', root: '1000' },
      },
    },
  })
  const second = await node.did('anna', 'workflow.freeze-from-trace', freeze(record))
  expect(second.findings.map(({ code }) => code)).toContain('DECONFLICT_DUPLICATE')
})

test.each([
  ['changed by hand', async () => recordText({ engine: { name: 'comity', version: '9' } }), 'TRACE_FALSE'],
  ['no record', async () => '{}', 'RECORD_MALFORMED'],
  ['no JSON', async () => 'x{', 'RECORD_MALFORMED'],
])('a trace that is %s makes no request', async (_, text, code) => {
  expect(await node.codeOf('anna', 'workflow.freeze-from-trace', freeze(await text()))).toBe(code)
})

test('who may not draft in the case learns nothing of the trace', async () => {
  expect(await node.codeOf('bert', 'workflow.freeze-from-trace', freeze(await recordText()))).toBe('NOT_PERMITTED')
})

test('the case keeps the record on which the request stands, once, and who may read it gets the file back', async () => {
  const record = await recordText()
  const { digest } = JSON.parse(record) as TraceRecord
  const kept = await node.did<{ id: string; digest: string }>('anna', 'trace.keep', { caseId, record })
  expect(kept.digest).toBe(digest)
  await node.did('anna', 'workflow.freeze-from-trace', freeze(record))
  const listed = await node.did<{ items: { id: string; digest: string; rule: string }[] }>('anna', 'trace.list', {
    caseId,
  })
  expect(listed.items).toMatchObject([{ id: kept.id, digest, rule: 'haircut' }])
  expect(await node.did('anna', 'trace.read', { id: kept.id })).toMatchObject({ record, digest })
  expect(await node.codeOf('bert', 'trace.read', { id: kept.id })).toBe('NOT_PERMITTED')
  expect(await node.codeOf('bert', 'trace.keep', { caseId, record })).toBe('NOT_PERMITTED')
})

test('a case keeps a record of account chains too, names the services it stopped at, and drafts no request from it yet', async () => {
  const moves = toMoves([
    { from: 'x', to: 'thief', amount: 50 },
    { from: 'thief', to: 'shop', amount: 30 },
  ])
  const found = await tryAccountTrace(moves, { rule: 'fifo', from: ['thief'], services: { shop: 'The Shop' } })
  const record = accountRecordToText(found)
  const { id } = await node.did<{ id: string }>('anna', 'trace.keep', { caseId, record })
  expect(await node.did('anna', 'trace.read', { id })).toMatchObject({ record, digest: found.digest, rule: 'fifo' })
  const changed = record.replace('"traced":"30"', '"traced":"31"')
  expect(await node.codeOf('anna', 'trace.keep', { caseId, record: changed })).toBe('TRACE_FALSE')
  expect(await node.codeOf('anna', 'workflow.freeze-from-trace', freeze(record))).toBe('TRACE_NOT_FIT')
})

test('a record under another marking is another one: what may leave is decided of each', async () => {
  const record = await recordText()
  const marking = { ...amber, tlp: 'red', audience: [node.idOf.anna] }
  const { id } = await node.did<{ id: string }>('anna', 'trace.keep', { caseId, record, marking })
  expect(await node.did('anna', 'trace.read', { id })).toMatchObject({ marking: { tlp: 'red' } })
})

test('a rejected link reaches every trace that goes over it, kept before or after, until it is let in again', async () => {
  const link = 'cd'.repeat(32)
  const side = { chain: 'test', txid: 'tx0', logIndex: 1, place: 'm0', height: 1, time: null, asset: 'test/eth' }
  const source = { ...side, amount: 100n, sender: 'thief', recipient: null }
  const crossing: Crossing = {
    ...{ id: link, bridge: 'hop', transferId: null, tier: 'fields', evidence: {}, candidates: [] },
    ...{ source, destination: { ...source, chain: 'elsewhere', txid: 'out', place: null } },
  }
  const none = async () => []
  const over = await tryAccountTrace(toMoves([{ from: 'thief', to: 'bridge', amount: 100 }]), {
    ...{ rule: 'fifo', from: ['thief'] },
    crossing: { conversionsIn: none, crossingsFrom: async () => [crossing], bridgeStops: none, mixerStops: none },
  })
  const opened = await node.did<{ id: string }>('anna', 'case.open', {
    ...{ title: 'Over a bridge', kind: 'local', purposes: ['criminal-proceedings'] },
  })
  const keep = (record: string) => node.did<{ id: string }>('anna', 'trace.keep', { caseId: opened.id, record })
  const text = JSON.stringify(over)
  const { id } = await keep(text)
  const listed = async () =>
    (await node.did<{ items: { rejectedLinks: object[] }[] }>('anna', 'trace.list', { caseId: opened.id })).items
  expect(await listed()).toMatchObject([{ id, rejectedLinks: [] }])
  await node.did('anna', 'link.reject', { link, reason: 'another customer' })
  await keep(await recordText({}))
  const rejected = [{ link, reason: 'another customer', by: node.idOf.anna }]
  expect(await listed()).toMatchObject([{ rejectedLinks: rejected }, { rejectedLinks: [] }])
  expect(await node.did('anna', 'trace.read', { id })).toMatchObject({ record: text, rejectedLinks: rejected })
  await node.did('anna', 'link.readmit', { link, reason: 'the same one' })
  expect((await listed())[0]).toMatchObject({ rejectedLinks: [] })
  expect(await node.codeOf('anna', 'link.readmit', { link, reason: 'once more' })).toBe('LINK_NOT_REJECTED')
  expect(await node.codeOf('emil', 'link.reject', { link, reason: 'not his to say' })).toBe('NOT_PERMITTED')
  // A letter is about outputs.
  expect(await node.codeOf('anna', 'workflow.freeze-from-trace', freeze(text))).toBe('TRACE_NOT_FIT')
})

test('a tag that is taken back reaches every trace that rests on it, kept before or after, and no other', async () => {
  const text = await recordText({})
  const { result } = JSON.parse(text) as TraceRecord
  const reason = result.positions.find(({ code }) => code === 'service-tag')?.reason ?? ''
  const [, source = ''] = /; ([^;]*)\)$/.exec(reason) ?? []
  const tag = { id: 'ab'.repeat(32), chain: CHAIN, address: 'addrvasp', label: 'Exchange', source }
  const opened = (title: string) =>
    node.did<{ id: string }>('anna', 'case.open', { title, kind: 'local', purposes: ['criminal-proceedings'] })
  const [before, after] = [await opened('Before'), await opened('After')]
  const keepIn = ({ id }: { id: string }) =>
    node.did<{ id: string }>('anna', 'trace.keep', { caseId: id, record: text })
  const kept = await keepIn(before)
  const seen = async (id: string) =>
    (await node.did<{ retractedTags: object[] }>('anna', 'trace.read', { id })).retractedTags
  await node.did('anna', 'tag.retract', { tag: { ...tag, label: 'Exch' }, reason: 'another tag of this address' })
  expect(await seen(kept.id)).toEqual([])
  await node.did('anna', 'tag.retract', { tag, reason: 'belongs to another service' })
  const expected = [{ id: tag.id, label: 'Exchange', reason: 'belongs to another service', by: node.idOf.anna }]
  expect(await seen(kept.id)).toMatchObject(expected)
  expect(await seen((await keepIn(after)).id)).toMatchObject(expected)
  const listed = await node.did<{ items: object[] }>('anna', 'trace.list', { caseId: before.id })
  expect(listed.items).toMatchObject([{ retractedTags: expected }])
  // Whoever sees the tag in a trace does not see its id, and takes it back all the same.
  const { id: _, ...seenInTrace } = tag
  await node.did('anna', 'tag.retract', { tag: seenInTrace, reason: 'as the trace names it' })
  expect(await seen(kept.id)).toMatchObject([...expected, { id: null, reason: 'as the trace names it' }])
  expect(await node.codeOf('emil', 'tag.retract', { tag, reason: 'not his to say' })).toBe('NOT_PERMITTED')
})

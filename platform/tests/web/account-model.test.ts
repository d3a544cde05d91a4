/** The workbench over a trace on chains of accounts. Here, since the app imports no tests of the platform. */
import { expect, test } from 'vitest'
import { linksAt } from '../../../web/src/trace/model/crossings-at.ts'
import { modelOf } from '../../../web/src/trace/model/read-record.ts'
import { reckoned, sceneOf } from '../../../web/src/trace/model/scene.ts'
import { firstView } from '../../../web/src/trace/model/view.ts'
import type { Crossing } from '../../src/tracing/crossing.ts'
import { toMoves } from '../../src/tracing/testing/memory-accounts.ts'
import { tryAccountTrace } from '../../src/tracing/testing/try-account-trace.ts'

test('a trace of accounts is a model too: amounts by asset, and every link says what it rests on', async () => {
  const mv = (from: string, to: string, amount: number) => ({ from, to, amount })
  const accounts = await tryAccountTrace(
    toMoves([mv('x', 'thief', 50), mv('thief', 'a', 30), mv('y', 'a', 30), mv('a', 'b', 40), mv('thief', 'shop', 20)]),
    { rule: 'haircut', from: ['thief'], services: { shop: 'The Shop' } },
  )
  const model = modelOf(accounts)
  expect(model.head.kind).toBe('accounts')
  expect(reckoned(model, []).every(({ addsUp }) => addsUp)).toBe(true)
  expect(model.nodes.find(({ status }) => status === 'service')?.label).toBe('The Shop')
  for (const { amounts } of model.edges) expect(amounts.length).toBeGreaterThan(0)
  expect(new Set(model.edges.map(({ by }) => by))).toContain('rule')
  const scene = sceneOf(model, firstView(model), new Set())
  expect(scene.cards.length).toBe(model.nodes.length)
})

test('a link between chains is found at its node, by the id by which it is rejected', async () => {
  const side = { chain: 'test', txid: 'tx0', logIndex: 1, place: 'm0', height: 1, time: null, asset: 'test/eth' }
  const source = { ...side, amount: 100n, sender: 'thief', recipient: null }
  const id = 'cd'.repeat(32)
  const crossing: Crossing = {
    ...{ id, bridge: 'hop', transferId: null, tier: 'fields', evidence: {}, candidates: [] },
    ...{ source, destination: { ...source, chain: 'elsewhere', txid: 'out', place: null } },
  }
  const none = async () => []
  const over = await tryAccountTrace(toMoves([{ from: 'thief', to: 'bridge', amount: 100 }]), {
    ...{ rule: 'fifo', from: ['thief'] },
    crossing: { conversionsIn: none, crossingsFrom: async () => [crossing], bridgeStops: none, mixerStops: none },
  })
  const found = modelOf(over).nodes.flatMap((node) => linksAt(over, node.id))
  expect(found).toEqual([{ id, bridge: 'hop', tier: 'fields', from: 'test', to: 'elsewhere' }])
  expect(linksAt(over, 'end somewhere')).toEqual([])
})

test('of a trace of outputs, a link is found at the end where it leaves, and again where it goes over further chains', () => {
  const link = (id: string, txid: string) => ({
    ...{ id, bridge: 'swap', tier: 'protocol', source: { chain: 'a', txid, place: '0' }, destination: { chain: 'b' } },
  })
  const continuation = {
    ...{ crossings: [link('one', 'tx')], records: [{ result: { crossings: [link('two', 'other')] } }] },
  }
  const record = { format: 'comity-trace/1', result: { positions: [] }, continuation } as never
  const told = (id: string) => ({ id, bridge: 'swap', tier: 'protocol', from: 'a', to: 'b' })
  expect(linksAt(record, 'end tx:0')).toEqual([told('one')])
  expect(linksAt(record, '1 two')).toEqual([told('two')])
  expect(linksAt(record, '2 two')).toEqual([])
})

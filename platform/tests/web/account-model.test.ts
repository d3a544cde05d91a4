/** The workbench over a trace on chains of accounts. Here, since the app imports no tests of the platform. */
import { expect, test } from 'vitest'
import { modelOf } from '../../../web/src/trace/model/read-record.ts'
import { reckoned, sceneOf } from '../../../web/src/trace/model/scene.ts'
import { firstView } from '../../../web/src/trace/model/view.ts'
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

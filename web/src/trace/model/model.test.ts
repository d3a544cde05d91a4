/** The model of a trace: what is drawn, what is not, and that both come to what the record says. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { largeRecord } from '../../../../platform/tests/web/large-record.ts'
import { detailOf, flowOf, rowsOrder, timesOf, topWays, wayTo } from './ask-model.ts'
import { compared, isSameQuestion } from './compare.ts'
import { begun, done, goneTo, viewOf } from './history.ts'
import { soundView, viewFromLink, viewFromText, viewToLink, viewToText } from './keep-view.ts'
import { joined, type Model, type ModelNode } from './model.ts'
import { place } from './place.ts'
import { type AnyRecord, readRecord } from './read-record.ts'
import { reckoned, sceneOf } from './scene.ts'
import { nodesCsv, paymentsCsv } from './tables.ts'
import { acted, firstView, MOST_DRAWN, neighboursToCome, onlyThrough, type View } from './view.ts'

const samples = join(import.meta.dirname, '../../../../samples/traces')
const textOf = (rule: string) => readFileSync(join(samples, `colonial-service-${rule}.json`), 'utf8')
const { model: story, record } = readRecord(textOf('fifo'))

/** A graph of layers as fast-check draws it: edges only onward. */
function drawnModel(layers: number, width: number, picks: readonly number[]): Model {
  const nodes = Array.from(
    { length: layers * width },
    (_, number): ModelNode => ({
      ...{
        id: `n${String(number).padStart(6, '0')}`,
        chain: 'c',
        name: `${number}`,
        address: null,
        status: null,
        code: null,
      },
      ...{ reason: '', label: null, hops: Math.floor(number / width), height: null, time: number % 7, amounts: [] },
      kind: number < width ? 'source' : 'transaction',
      column: Math.floor(number / width),
      weight: BigInt((number * 7919) % 1000),
    }),
  )
  const edges = picks.flatMap((pick, at) => {
    const from = pick % nodes.length
    const column = Math.floor(from / width)
    if (column >= layers - 1) return []
    const to = (column + 1) * width + (((pick >> 3) + at) % width)
    return [{ from, to, weight: BigInt(pick % 97), amounts: [], by: 'ledger' as const }]
  })
  return joined({ ...story.head }, nodes, edges)
}

describe('places', () => {
  const someModel = fc
    .tuple(
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 1, max: 12 }),
      fc.array(fc.nat(100_000), { maxLength: 120 }),
    )
    .map(([layers, width, picks]) => drawnModel(layers, width, picks))

  test('what comes later moves nothing, and no two stand in one place', () => {
    fc.assert(
      fc.property(
        someModel,
        fc.array(fc.nat(200), { maxLength: 40 }),
        fc.array(fc.nat(200), { maxLength: 40 }),
        (model, a, b) => {
          const [one, two] = [a, b].map((list) => list.map((number) => number % model.nodes.length)) as [
            number[],
            number[],
          ]
          const before = place(model, {}, one)
          const after = place(model, before, two)
          for (const [number, row] of Object.entries(before)) expect(after[Number(number)]).toBe(row)
          const taken = Object.entries(after).map(([number, row]) => `${model.nodes[Number(number)]?.column} ${row}`)
          expect(new Set(taken).size).toBe(taken.length)
          // The same acts give the same picture, in whatever order a batch is named.
          expect(place(model, before, [...two].reverse())).toEqual(after)
        },
      ),
      { numRuns: 60 },
    )
  })

  test('10,000 nodes and 25,000 edges are placed, no two at one place', () => {
    const picks = Array.from({ length: 26_500 }, (_, at) => (at * 7919 + (at >> 2)) % 1_000_003)
    const model = drawnModel(40, 250, picks)
    expect(model.edges.length).toBeGreaterThan(24_000)
    const placed = place(
      model,
      {},
      model.nodes.map((_, number) => number),
    )
    expect(Object.keys(placed)).toHaveLength(10_000)
    const places = model.nodes.map(({ column }, number) => `${column} ${placed[number]}`)
    expect(new Set(places).size).toBe(10_000)
  })
})

describe('views', () => {
  test('each act can be taken back alone, and brought again', () => {
    const first = firstView(story)
    const hidden = acted(story, first, { kind: 'hide', nodes: [first.shown[1] as number] })
    let history = done(begun(first), { view: hidden, act: 'hide', count: 1, node: 1 })
    const pinned = acted(story, hidden, { kind: 'pin', nodes: [first.shown[0] as number] })
    history = done(history, { view: pinned, act: 'pin', count: 1, node: 0 })
    expect(viewOf(goneTo(history, history.now - 1))).toBe(hidden)
    expect(viewOf(goneTo(goneTo(history, 0), 2))).toBe(pinned)
    // An act after going back begins a new future.
    const other = done(goneTo(history, 0), { view: pinned, act: 'pin', count: 1, node: 0 })
    expect(other.entries).toHaveLength(2)
  })

  test('what an expansion brings is what its preview says, and rolling back takes exactly that away', () => {
    const source = story.nodes.findIndex(({ kind }) => kind === 'source')
    const alone: View = { ...firstView(story), shown: [source], placed: place(story, {}, [source]) }
    const preview = neighboursToCome(story, alone, { node: source, side: 'out', limit: 10 })
    const after = acted(story, alone, { kind: 'expand', node: source, side: 'out', limit: 10 })
    expect(after.shown.slice(1)).toEqual(preview.nodes)
    const marked = acted(story, after, { kind: 'pin', nodes: [source] })
    expect(acted(story, marked, { kind: 'roll-back' }).shown).toEqual([source])
    expect(acted(story, after, { kind: 'collapse', node: source, side: 'out' }).shown).toEqual([source])
  })

  test('collapsing keeps what is reached another way, and what is pinned', () => {
    const model = drawnModel(3, 2, [])
    const edge = (from: number, to: number) => ({ from, to, weight: 1n, amounts: [], by: 'ledger' as const })
    const linked = joined(model.head, model.nodes, [edge(0, 2), edge(1, 3), edge(2, 4), edge(3, 4), edge(2, 5)])
    const all: View = { ...firstView(linked), shown: [0, 1, 2, 3, 4, 5], placed: place(linked, {}, [0, 1, 2, 3, 4, 5]) }
    expect(onlyThrough(linked, all, 2, 'out')).toEqual([5])
    expect(onlyThrough(linked, { ...all, pinned: [5] }, 2, 'out')).toEqual([])
  })

  test('no view draws more than can be read, however much is asked', () => {
    const model = drawnModel(
      2,
      400,
      Array.from({ length: 400 }, (_, at) => at * 2),
    )
    const view = firstView(model)
    const full = acted(model, view, { kind: 'reveal', nodes: model.nodes.map((_, number) => number) })
    expect(full.shown).toHaveLength(MOST_DRAWN)
    expect(neighboursToCome(model, full, { node: 0, side: 'out', limit: 100 }).nodes).toEqual([])
  })

  test('a view passes through a file and a link as it was; that of another trace is refused', () => {
    const view = acted(story, firstView(story), {
      kind: 'remark',
      nodes: [0],
      remark: { text: 'ask the bank', mark: 'ask' },
    })
    expect(viewFromText(viewToText(story.head.digest, view), story.head.digest, story.nodes.length)).toEqual(view)
    expect(viewFromText(viewToText('0', view), story.head.digest, story.nodes.length)).toBe('other-trace')
    expect(viewFromText('{}', story.head.digest, 1)).toBe('not-a-view')
    expect(soundView({ ...view, shown: [1e9] }, story.nodes.length)).toBeNull()
    const found = viewFromLink(viewToLink(story, view, 2), story)
    if (typeof found === 'string') throw new Error(found)
    expect(found.selected).toBe(2)
    expect(found.view.shown).toEqual(view.shown)
    for (const one of view.shown) expect(found.view.placed[one]).toBe(view.placed[one])
    expect(viewFromLink('1~zzz~~0.0~', story)).toBe('other-trace')
  })
})

describe('nothing is lost', () => {
  test.each(['fifo', 'haircut', 'pifo', 'poison'])('under %s, drawn and not drawn come to the ledger', (rule) => {
    const { model } = readRecord(textOf(rule))
    for (const drawn of [[], model.nodes.map((_, number) => number), firstView(model).shown])
      for (const { addsUp, ledger } of reckoned(model, drawn)) {
        expect(addsUp).toBe(true)
        expect(ledger).toBeGreaterThan(0n)
      }
    // "N more" at each card are exactly the payments that are not drawn.
    const view = { ...firstView(model), shown: firstView(model).shown.slice(0, 3) }
    const scene = sceneOf(model, view, new Set())
    const more = scene.cards.reduce((sum, { moreOut }) => sum + (moreOut?.count ?? 0), 0)
    const shown = new Set(view.shown)
    expect(more).toBe(model.edges.filter(({ from, to }) => shown.has(from) && !shown.has(to)).length)
    // And the flow by hop holds every node once.
    const flow = flowOf(model)
    expect(flow.cards.reduce((sum, { members }) => sum + members, 0)).toBe(model.nodes.length)
  })

  test('a false ledger is said to be one', () => {
    const false1 = {
      ...story,
      head: { ...story.head, ledgers: story.head.ledgers.map((one) => ({ ...one, lines: one.lines.slice(1) })) },
    }
    expect(reckoned(false1, []).every(({ addsUp }) => addsUp)).toBe(false)
  })

  test('a group is one card that holds the sum of its members; what is pinned stays outside', () => {
    const ends = story.nodes.flatMap(({ kind }, number) => (kind === 'end' ? [number] : [])).slice(0, 3)
    const view = acted(story, { ...firstView(story), pinned: [ends[0] as number] }, { kind: 'reveal', nodes: ends })
    const grouped = acted(story, view, { kind: 'group', nodes: ends, name: 'ends' })
    const card = sceneOf(story, grouped, new Set()).cards.find(({ group }) => group === 0)
    expect(card?.members).toBe(2)
    const sum = ends.slice(1).reduce((all, one) => all + (story.nodes[one]?.weight ?? 0n), 0n)
    expect(card?.amounts[0]?.units).toBe(sum)
  })
})

describe('questions', () => {
  test('the table is complete, filtered and sorted', () => {
    const all = rowsOrder(story, { by: 'amount', down: true, kind: '', text: '' })
    expect([...all].sort((a, b) => a - b)).toEqual(story.nodes.map((_, number) => number))
    const service = rowsOrder(story, { by: 'order', down: false, kind: 'service', text: 'example' })
    expect(service.map((number) => story.nodes[number]?.label)).toEqual(['Example Exchange'])
  })

  test('the way to an end begins at a source, and each step is a payment of the record', () => {
    for (const way of topWays(story, 5)) {
      expect(story.nodes[way.nodes[0] as number]?.kind).toBe('source')
      expect(way.steps).toHaveLength(way.nodes.length - 1)
      way.nodes.slice(1).forEach((to, at) => {
        expect(story.edges.some((edge) => edge.from === way.nodes[at] && edge.to === to)).toBe(true)
      })
      expect(detailOf(story, way.nodes.at(-1) as number)?.before.length).toBeGreaterThan(0)
    }
    expect(wayTo(story, -1)).toBeNull()
  })

  test('every step with a time is in a stretch of time', () => {
    const times = timesOf(story)
    const timed = story.nodes.filter(
      ({ time, kind }) => time !== null && (kind === 'end' || kind === 'transaction'),
    ).length
    expect(times.buckets.reduce((sum, { count }) => sum + count, 0)).toBe(timed)
    expect(times.dots.length + times.notDrawn).toBe(timed)
  })

  test('rules are compared where they answer the same question', () => {
    const haircut = JSON.parse(textOf('haircut')) as AnyRecord
    expect(isSameQuestion(record, haircut)).toBe(true)
    expect(isSameQuestion(record, { ...haircut, asOf: { ...haircut.asOf, hash: 'x' } })).toBe(false)
    const { rules, agreed, differing, same } = compared([
      { trace: 'a', record },
      { trace: 'b', record: haircut },
    ])
    expect(rules.map(({ id }) => id)).toEqual(['fifo', 'haircut'])
    expect(BigInt(agreed[0]?.amount ?? '0')).toBeGreaterThan(0n)
    expect(differing + same).toBeGreaterThan(0)
  })

  test('tables hold every node and payment, and no cell becomes a formula', () => {
    const evil = joined(story.head, [{ ...(story.nodes[0] as ModelNode), name: '=1+1' }], [])
    expect(nodesCsv(evil)).toContain('"\'=1+1"')
    expect(nodesCsv(story).trim().split('\r\n')).toHaveLength(story.nodes.length + 1)
    expect(paymentsCsv(story).trim().split('\r\n')).toHaveLength(story.edges.length + 1)
  })

  test('a large trace is read whole, and its first view is small', () => {
    const { text, edges } = largeRecord(100, 60)
    const { model } = readRecord(text)
    expect(model.edges.length).toBe(edges)
    expect(reckoned(model, []).every(({ addsUp }) => addsUp)).toBe(true)
    const view = firstView(model)
    expect(view.shown.length).toBeLessThan(60)
    expect(sceneOf(model, view, new Set()).cards.length).toBe(view.shown.length)
  })
})

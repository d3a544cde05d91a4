/**
 * The desk at which one trace lies: answers what the views ask. It runs in a worker of its own, so that reading and laying out a large
 * trace never holds up a click.
 */
import { nodeClient, type TraceReadResult } from '../../shared/api.ts'
import type { Problem } from '../../shared/request.ts'
import {
  type Detail,
  detailOf,
  type FlowPicture,
  flowOf,
  type Row,
  type RowsWanted,
  rowsOrder,
  type Times,
  timesOf,
  topWays,
  type Way,
  wayTo,
} from './ask-model.ts'
import { type Comparison, compared, isSameQuestion } from './compare.ts'
import { type LinkHere, linksAt } from './crossings-at.ts'
import { type FlowLayout, layOutFlow } from './flow-layout.ts'
import { soundView, type ViewTrouble, viewFromLink, viewFromText, viewToLink, viewToText } from './keep-view.ts'
import type { Head, Model } from './model.ts'
import { type AnyRecord, isOfAccounts, readRecord } from './read-record.ts'
import { type Scene, sceneOf } from './scene.ts'
import { nodesCsv, paymentsCsv } from './tables.ts'
import { type Act, acted, firstView, neighboursToCome, type ToCome, type View } from './view.ts'

export type Opened = { readonly head: Head; readonly kept: Omit<TraceReadResult, 'record'>; readonly first: View }

export type Finding = {
  readonly txid: string
  readonly kind: string
  readonly rule: string
  readonly confidence: string | null
  readonly reason: string
  readonly source: string
}

/** What a record says of a node beside the graph: whose the value is, what detectors found in the transaction. */
export type Facts = {
  readonly detail: Detail
  readonly bySource: readonly { readonly source: string; readonly units: string }[]
  readonly sources: number
  readonly txid: string | null
  readonly output: string | null
  readonly findings: readonly Finding[]
  readonly more: Readonly<Record<string, string>>
  readonly links: readonly LinkHere[]
}

/** What may be asked, each with its answer. */
export type Questions = {
  open: { ask: { readonly id: string }; answer: Opened }
  act: { ask: { readonly view: View; readonly act: Act }; answer: { readonly view: View; readonly scene: Scene } }
  scene: { ask: { readonly view: View }; answer: Scene }
  preview: {
    ask: { readonly view: View; readonly node: number; readonly side: 'in' | 'out'; readonly limit: number }
    answer: ToCome
  }
  rows: {
    ask: RowsWanted & { readonly from: number; readonly to: number }
    answer: { readonly total: number; readonly rows: readonly Row[] }
  }
  facts: { ask: { readonly node: number }; answer: Facts | null }
  flow: { ask: Record<string, never>; answer: Omit<FlowPicture, 'holder'> & { readonly layout: FlowLayout } }
  holder: { ask: { readonly node: number }; answer: string }
  times: { ask: Record<string, never>; answer: Times }
  way: { ask: { readonly node: number }; answer: Way | null }
  ways: { ask: { readonly count: number }; answer: readonly { readonly way: Way; readonly rows: readonly Row[] }[] }
  compare: { ask: { readonly others: readonly string[] }; answer: Comparison | null }
  sound: { ask: { readonly value: unknown }; answer: View | null }
  fromLink: {
    ask: { readonly text: string }
    answer: { readonly view: View; readonly selected: number | null } | ViewTrouble
  }
  toLink: { ask: { readonly view: View; readonly selected: number | null }; answer: string }
  fromText: { ask: { readonly text: string }; answer: View | ViewTrouble }
  toText: { ask: { readonly view: View }; answer: string }
  file: { ask: { readonly kind: 'record' | 'nodes' | 'payments' }; answer: Blob }
}

type Lying = {
  readonly id: string
  readonly text: string
  readonly record: AnyRecord
  readonly model: Model
  readonly retracted: ReadonlySet<string>
}

export class NodeSaysNo extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.detail)
    this.problem = problem
  }
}

export function openDesk(read: (id: string) => Promise<TraceReadResult> = readFromNode) {
  let lying: Lying | null = null
  let flow: FlowPicture | null = null
  let order: { readonly wanted: string; readonly numbers: readonly number[] } = { wanted: '', numbers: [] }
  const here = (): Lying => {
    if (!lying) throw new Error('no trace lies here')
    return lying
  }
  const rowOf = (number: number): Row[] => {
    const node = here().model.nodes[number]
    return node ? [{ ...node, number }] : []
  }
  const answers: {
    [K in keyof Questions]: (ask: Questions[K]['ask']) => Promise<Questions[K]['answer']> | Questions[K]['answer']
  } = {
    async open({ id }) {
      const { record: text, ...kept } = await read(id)
      const { record, model } = readRecord(text)
      lying = { id, text, record, model, retracted: new Set(kept.retractedTags.map(({ address }) => address)) }
      flow = null
      order = { wanted: '', numbers: [] }
      return { head: model.head, kept, first: firstView(model) }
    },
    act({ view, act }) {
      const after = acted(here().model, view, act)
      return { view: after, scene: sceneOf(here().model, after, here().retracted) }
    },
    scene: ({ view }) => sceneOf(here().model, view, here().retracted),
    preview: ({ view, ...wanted }) => neighboursToCome(here().model, view, wanted),
    rows({ from, to, ...wanted }) {
      const key = JSON.stringify(wanted)
      if (order.wanted !== key) order = { wanted: key, numbers: rowsOrder(here().model, wanted) }
      return { total: order.numbers.length, rows: order.numbers.slice(from, to).flatMap(rowOf) }
    },
    facts: ({ node }) => factsOf(here(), node),
    flow() {
      flow ??= flowOf(here().model)
      const { cards, links } = flow
      return { cards, links, layout: layOutFlow({ cards, links }) }
    },
    holder({ node }) {
      flow ??= flowOf(here().model)
      return flow.holder[node] ?? ''
    },
    times: () => timesOf(here().model),
    way: ({ node }) => wayTo(here().model, node),
    ways: ({ count }) => topWays(here().model, count).map((way) => ({ way, rows: way.nodes.flatMap(rowOf) })),
    async compare({ others }) {
      const own = here()
      const found = [{ trace: own.id, record: own.record }]
      for (const id of others) {
        if (id === own.id) continue
        const { record } = readRecord((await read(id)).record)
        if (isSameQuestion(own.record, record) && !found.some((one) => one.record.rule.id === record.rule.id))
          found.push({ trace: id, record })
      }
      return found.length > 1 ? compared(found) : null
    },
    sound: ({ value }) => soundView(value, here().model.nodes.length),
    fromLink: ({ text }) => viewFromLink(text, here().model),
    toLink: ({ view, selected }) => viewToLink(here().model, view, selected),
    fromText: ({ text }) => viewFromText(text, here().model.head.digest, here().model.nodes.length),
    toText: ({ view }) => viewToText(here().model.head.digest, view),
    file({ kind }) {
      const { text, model } = here()
      if (kind === 'record') return new Blob([text], { type: 'application/json' })
      return new Blob([kind === 'nodes' ? nodesCsv(model) : paymentsCsv(model)], { type: 'text/csv;charset=utf-8' })
    },
  }
  return answers
}

async function readFromNode(id: string): Promise<TraceReadResult> {
  const answer = await nodeClient().traceRead({ id })
  if (!answer.ok) throw new NodeSaysNo(answer.problem)
  return answer.value
}

const SOURCES_LISTED = 8

function factsOf({ record, model }: Lying, number: number): Facts | null {
  const detail = detailOf(model, number)
  if (!detail) return null
  const { node } = detail
  const position = isOfAccounts(record)
    ? record.result.positions.find(
        (one) => node.id === `end ${one.asset} ${one.address} ${one.status} ${one.code} ${one.reference ?? ''}`,
      )
    : node.kind === 'end'
      ? record.result.positions.find(
          (one) =>
            node.name === `${one.txid}:${one.vout}` ||
            (one.vout === null && node.name.startsWith(one.txid) && one.reason === node.reason),
        )
      : undefined
  const shares = Object.entries(position?.bySeed ?? {}).sort(([, a], [, b]) => (BigInt(a) > BigInt(b) ? -1 : 1))
  const txid = position?.txid ?? (node.kind === 'transaction' ? node.name : null)
  const annotations = isOfAccounts(record) ? [] : record.result.annotations.filter((one) => one.txid === txid)
  return {
    ...{ detail, txid, sources: shares.length },
    bySource: shares.slice(0, SOURCES_LISTED).map(([source, units]) => ({ source, units })),
    output: position?.amount ?? null,
    findings: annotations.map(({ kind, rule, confidence, reason, source }) => ({
      ...{ txid: txid ?? '', kind, rule, confidence: confidence === null ? null : String(confidence), reason, source },
    })),
    more: { ...linkFacts(record, node.id), ...tagFacts(node) },
    links: linksAt(record, node.id),
  }
}

/** Of conversions and crossings: which decoder or bridge says so, and how. */
function linkFacts(record: AnyRecord, id: string): Readonly<Record<string, string>> {
  if (!isOfAccounts(record)) return {}
  const conversion = record.result.conversions.find((one) => one.id === id)
  if (conversion) return { kind: conversion.kind, decoder: conversion.decoder, tier: conversion.tier }
  const crossing = record.result.crossings.find((one) => one.id === id)
  return crossing
    ? { kind: 'bridge', decoder: crossing.bridge, tier: crossing.tier, to: crossing.destination.chain }
    : {}
}

/** What the tag says that the trace stopped at, as the record writes it into its reason. */
function tagFacts({ code, reason }: Detail['node']): Readonly<Record<string, string>> {
  if (code !== 'service-tag') return {}
  const [, category, confidence, source] =
    /^stopped at a service: .+ \(([^()]*); confidence ([^();]*); (.+)\)$/.exec(reason) ?? []
  return category && confidence && source ? { category, confidence, source } : {}
}

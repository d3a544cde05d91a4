/** What a measure is given and what it finds. A topic is one file in measures/, listed in main.ts. */

import type { Transfers } from '../platform/src/tracing/kernels/index.ts'
import type { SlotGraph } from '../platform/src/tracing/slot-graph.ts'

export type Measure = {
  /** For `--only`. */
  readonly name: string
  readonly title: string
  readonly run: (context: Context) => Promise<readonly Finding[]>
}

export type Context = {
  /** Slots of the ledger and transfers of the graph. */
  readonly edges: number
  /** How often a fast kernel runs; the median counts. */
  readonly runs: number
  /** How long something is kept up whose rate is counted. */
  readonly seconds: number
  /** A folder that is removed at the end. */
  readonly folder: string
  /** May missing Debian packages be installed? */
  readonly install: boolean
  /** Made when first asked for, and kept. */
  readonly slots: () => SlotGraph
  readonly transfers: () => Transfers
  readonly say: (note: string) => void
}

/** One contender at one task. */
export type Finding = {
  readonly task: string
  readonly contender: string
  /** What was not measured, and why: a finding without figures. */
  readonly absent?: string
  readonly millionPerSecond?: number
  /** For what is counted by the second; `unit` says what. */
  readonly perSecond?: number
  readonly unit?: string
  /** The whole, or the middle one of many. */
  readonly ms?: number
  /** Milliseconds within which 99 of 100 were done. */
  readonly p99?: number
  readonly bytesPerEdge?: number
  /** How many times as fast (or as small) we are as this contender, and what it must be at least. */
  readonly ratio?: number
  readonly floor?: number
  /** Findings of one task and one `answer` group must name the same answer, or the bench fails. */
  readonly answer?: string
  readonly answerOf?: string
  readonly note?: string
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/** Milliseconds of each run, after one that is not counted: it meets cold memory and code not yet compiled well. */
export function timeRuns(runs: number, body: () => void): number[] {
  body()
  const times: number[] = []
  for (let run = 0; run < runs; run++) times.push(timed(body).ms)
  return times
}

export function timed<T>(body: () => T): { readonly value: T; readonly ms: number } {
  const start = performance.now()
  const value = body()
  return { value, ms: performance.now() - start }
}

export function rate(edges: number, ms: number): number {
  return edges / ms / 1000
}

/** FNV-1a over words of 32 bits, through columns one after the other. */
export function checksum(...columns: readonly ArrayBufferView[]): string {
  let hash = 2166136261
  for (const { buffer, byteOffset, byteLength } of columns) {
    const words = new Uint32Array(buffer, byteOffset, byteLength / 4)
    for (const word of words) hash = Math.imul(hash ^ word, 16777619)
  }
  return (hash >>> 0).toString(16).padStart(8, '0')
}

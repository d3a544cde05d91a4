/**
 * The book of bridge links of a data folder: links that were kept with their evidence, traces that used them, rejections and
 * their withdrawals, and what the traces that stood on such a link gave when they were run again.
 * A file of JSON lines, only ever added to; each line names the SHA-256 of the line before, so that a line that was changed or
 * taken out shows. It is written by whoever holds the lock of the folder.
 */
import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs'
import { canonicalJson, type Json, sha256Text, stop } from '../../../kernel/index.ts'

export type Rejection = { readonly id: string; readonly by: string; readonly reason: string; readonly at: number }

/** Takes a rejection back. */
export type Withdrawal = Rejection

/** What became of a trace after a link that it met was rejected, or was let in again. */
export type Supersession = {
  readonly trace: string
  /** The trace that holds now; `null`: it could not be run again, and `why` and `fix` say more. */
  readonly by: string | null
  readonly why: string | null
  readonly fix: string | null
  readonly cause: 'link-rejected' | 'rejection-withdrawn'
  readonly link: string
  readonly who: string
  readonly reason: string
  readonly at: number
}

export type KeptLink = { readonly id: string; readonly tier: string; readonly link: Json }

export interface LinkBook {
  /** Links that are in the book already are not written again. */
  keep(links: readonly KeptLink[]): number
  kept(id: string): KeptLink | null
  /** Remembers that a trace stands on these links. */
  recordUse(trace: string, links: readonly string[]): void
  /** The same link is rejected once; `already`: it was before. */
  reject(rejection: Rejection): { readonly already: Rejection | null; readonly staleTraces: readonly string[] }
  /** `false`: nothing was to be taken back. */
  withdraw(withdrawal: Withdrawal): boolean
  /** Those in force. */
  rejections(): readonly Rejection[]
  rejectedIds(): ReadonlySet<string>
  /** Traces that stand on a link that is rejected, and that nothing has taken the place of. */
  staleTraces(): readonly string[]
  /** A trace that is named as the one that holds now is superseded no more. */
  supersede(supersession: Supersession): void
  supersessionOf(trace: string): Supersession | null
}

const NO_LINE = '0'.repeat(64)

export function openLinkBook(path: string): LinkBook {
  const kept = new Map<string, KeptLink>()
  const rejected = new Map<string, Rejection>()
  const tracesByLink = new Map<string, Set<string>>()
  const superseded = new Map<string, Supersession>()
  let last = NO_LINE

  const take = (line: Json): void => {
    const { kind, value } = line as { kind: string; value: Json }
    if (kind === 'link') kept.set((value as KeptLink).id, value as KeptLink)
    if (kind === 'rejection') rejected.set((value as Rejection).id, value as Rejection)
    if (kind === 'withdrawal') rejected.delete((value as Withdrawal).id)
    if (kind === 'supersession') {
      const one = value as Supersession
      superseded.set(one.trace, one)
      if (one.by !== null) superseded.delete(one.by)
    }
    if (kind === 'use') {
      const { trace, links } = value as { trace: string; links: readonly string[] }
      for (const id of links) tracesByLink.set(id, (tracesByLink.get(id) ?? new Set()).add(trace))
    }
  }
  const add = (kind: string, values: readonly Json[]): void => {
    if (values.length === 0) return
    const lines: string[] = []
    for (const value of values) {
      const text = canonicalJson({ kind, previous: last, value })
      lines.push(text)
      last = sha256Text(text)
      take({ kind, value })
    }
    append(path, `${lines.join('\n')}\n`)
  }
  const staleFor = (id: string): readonly string[] => [...(tracesByLink.get(id) ?? [])].sort()

  for (const [index, text] of linesOf(path).entries()) {
    const line = readLine(text, path, index + 1)
    if (line.previous !== last)
      stop('LINK_BOOK_BROKEN', 'A line of the book of bridge links does not follow on the line before it.', {
        place: `${path}, line ${index + 1}`,
        fix: 'Put the file back from a backup; a line was changed or taken out.',
      })
    last = sha256Text(text)
    take(line)
  }
  return {
    keep: (links) => {
      const fresh = links.filter(({ id }) => !kept.has(id))
      add('link', fresh as unknown as readonly Json[])
      return fresh.length
    },
    kept: (id) => kept.get(id) ?? null,
    recordUse: (trace, links) => {
      const fresh = links.filter((id) => !tracesByLink.get(id)?.has(trace))
      if (fresh.length > 0) add('use', [{ trace, links: [...fresh] }])
    },
    reject: (rejection) => {
      const already = rejected.get(rejection.id) ?? null
      if (already === null) add('rejection', [{ ...rejection }])
      return { already, staleTraces: staleFor(rejection.id) }
    },
    withdraw: (withdrawal) => {
      const held = rejected.has(withdrawal.id)
      if (held) add('withdrawal', [{ ...withdrawal }])
      return held
    },
    rejections: () => [...rejected.values()],
    rejectedIds: () => new Set(rejected.keys()),
    staleTraces: () =>
      [...new Set([...rejected.keys()].flatMap(staleFor))].filter((trace) => !superseded.get(trace)?.by).sort(),
    supersede: (supersession) => add('supersession', [{ ...supersession }]),
    supersessionOf: (trace) => superseded.get(trace) ?? null,
  }
}

type BookLine = { readonly kind: string; readonly previous: string; readonly value: Json }

function linesOf(path: string): readonly string[] {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw thrown
  }
  const lines = text.split('\n')
  // A line without its end was being written when the machine stopped; append() writes over it.
  return lines.slice(0, -1)
}

function readLine(text: string, path: string, number: number): BookLine {
  try {
    const line = JSON.parse(text) as BookLine
    if (typeof line.kind === 'string' && typeof line.previous === 'string' && typeof line.value === 'object')
      return line
  } catch {
    // Said below, as for a line of another form.
  }
  return stop('LINK_BOOK_BROKEN', 'A line of the book of bridge links cannot be read.', {
    place: `${path}, line ${number}`,
    fix: 'Put the file back from a backup.',
  })
}

/** Written and forced to the disk; what a crash left of a line is cut off first. */
function append(path: string, text: string): void {
  const file = openSync(path, 'a+', 0o600)
  try {
    const before = readFileSync(path)
    const end = before.lastIndexOf(10) + 1
    if (end !== before.length) ftruncateSync(file, end)
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

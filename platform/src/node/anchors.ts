/**
 * Anchors: RFC 3161 time-stamps of outside authorities on checkpoints of the journal. A stamp shows that the journal stood so
 * at a time that nobody in this house chose; whoever rewrites the past cannot have it stamped anew.
 *
 * An answer is kept only once it was verified: over this checkpoint, with the nonce of the request, under the roots that the
 * configuration gives for the authority, at about the time of our own clock. One authority that fails keeps no other waiting.
 */
import { readFileSync } from 'node:fs'
import {
  openCheckpoint,
  openFormer,
  parseRoots,
  type TrustedRoots,
  timestampRequest,
  verifyTimestamp,
} from '../evidence/index.ts'
import type { Database } from '../io/postgres/index.ts'
import { newNonce } from '../kernel/crypto/index.ts'
import { bytesToHex, ok, type Result, refuse, sha256, stop } from '../kernel/index.ts'
import type { NodeConfig } from './config.ts'
import type { NodeJournal } from './journal.ts'

export type TimestampAuthority = {
  /** As the configuration names it. */
  readonly name: string
  readonly url: string
  readonly roots: TrustedRoots
}

/** Those of the configuration, with the certificates under which their stamps are believed. */
export function readAuthorities({ timestampAuthorities = [] }: NodeConfig): readonly TimestampAuthority[] {
  return timestampAuthorities.map(({ name, url, rootsFile }) => {
    const wrong = (why: string) =>
      stop('CONFIG_INVALID', `The roots of the time-stamping authority ${name} cannot be used: ${why}`, {
        place: rootsFile,
        fix: 'Give a file of certificates in PEM form.',
      })
    let pem = ''
    try {
      pem = readFileSync(rootsFile, 'latin1')
    } catch {
      return wrong('the file cannot be read.')
    }
    const roots = parseRoots(pem)
    return roots.ok ? { name, url, roots: roots.value } : wrong(roots.refusal.message)
  })
}

export type Anchor = {
  readonly size: number
  readonly authority: string
  readonly checkpoint: Uint8Array
  /** The answer of the authority (TimeStampResp), and the nonce of the request, in hexadecimal. */
  readonly token: Uint8Array
  readonly nonce: string
  /** The time that the authority states; ISO 8601, UTC. */
  readonly at: string
}

export type Anchors = {
  /** Has the published checkpoint stamped by each authority that has not stamped it yet. */
  renew(ending: AbortSignal): Promise<{ readonly stamped: number; readonly failed: number }>
  /** Stamps on exactly this checkpoint, asked for now where there is none; an authority that does not answer is left out. */
  stampsOn(checkpoint: Uint8Array, ending: AbortSignal): Promise<readonly Anchor[]>
}

export type AnchorSetting = {
  readonly database: Database
  readonly journal: Pick<NodeJournal, 'log' | 'signer'>
  readonly authorities: readonly TimestampAuthority[]
  readonly clock: () => number
  readonly told: (authority: string, outcome: 'stamped' | string) => void
}

const ANSWER_WITHIN_MS = 15_000
/** A token with its chain has some kilobytes. */
const LARGEST_ANSWER = 1 << 17
/** Further apart than this, one of the two clocks is wrong, and nobody can say which. */
const LARGEST_SKEW_MS = 5 * 60_000

export function openAnchors({ database, journal, authorities, clock, told }: AnchorSetting): Anchors {
  return { renew, stampsOn }

  async function renew(ending: AbortSignal) {
    const checkpoint = await journal.log.checkpoint()
    if (checkpoint === null || authorities.length === 0) return { stamped: 0, failed: 0 }
    const size = sizeOf(checkpoint)
    const rows = await database.query<{ authority: string; size: string }>(
      'SELECT authority, max(size) AS size FROM anchor GROUP BY authority',
    )
    const sizeByAuthority = new Map(rows.map((row) => [row.authority, Number(row.size)]))
    const due = authorities.filter(({ name }) => (sizeByAuthority.get(name) ?? -1) < size)
    const stamps = await Promise.all(due.map((authority) => stampBy(authority, checkpoint, ending)))
    const failed = stamps.filter((one) => one === null).length
    return { stamped: stamps.length - failed, failed }
  }

  async function stampsOn(checkpoint: Uint8Array, ending: AbortSignal): Promise<readonly Anchor[]> {
    const known = (await anchorsAt(database, sizeOf(checkpoint))).filter(
      (one) => Buffer.compare(one.checkpoint, checkpoint) === 0,
    )
    const lacking = authorities.filter(({ name }) => !known.some(({ authority }) => authority === name))
    const made = await Promise.all(lacking.map((authority) => stampBy(authority, checkpoint, ending)))
    return [...known, ...made.filter((one) => one !== null)]
  }

  async function stampBy(authority: TimestampAuthority, checkpoint: Uint8Array, ending: AbortSignal) {
    const stamp = await askForStamp(authority, checkpoint, clock, ending)
    told(authority.name, stamp.ok ? 'stamped' : stamp.refusal.code)
    if (!stamp.ok) return null
    const anchor: Anchor = { size: sizeOf(checkpoint), authority: authority.name, checkpoint, ...stamp.value }
    await database.query(
      `INSERT INTO anchor (size, authority, checkpoint, token, nonce, at) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT DO NOTHING`,
      [anchor.size, anchor.authority, checkpoint, anchor.token, Buffer.from(anchor.nonce, 'hex'), anchor.at],
    )
    return anchor
  }
}

/** Codes: ANCHOR_NO_ANSWER, ANCHOR_CLOCK, and those of `verifyTimestamp`. */
async function askForStamp(
  { name, url, roots }: TimestampAuthority,
  checkpoint: Uint8Array,
  clock: () => number,
  ending: AbortSignal,
): Promise<Result<Pick<Anchor, 'token' | 'nonce' | 'at'>>> {
  const digest = sha256(checkpoint)
  const nonce = newNonce(8)
  const answer = await post(name, url, timestampRequest(digest, nonce), ending)
  if (!answer.ok) return answer
  const stamp = await verifyTimestamp(answer.value, { digests: { 'SHA-256': digest }, nonce, roots })
  if (!stamp.ok) return stamp
  const { at } = stamp.value
  if (Math.abs(Date.parse(at) - clock()) > LARGEST_SKEW_MS)
    return refuse(
      'ANCHOR_CLOCK',
      `The authority ${name} says that it is ${at}; the clock of the node says otherwise.`,
      {
        place: name,
        fix: 'Correct the clock of the machine, or ask the authority about its own.',
      },
    )
  return ok({ token: answer.value, nonce: bytesToHex(nonce), at })
}

/** RFC 3161 section 3.4: one request, one answer, over HTTP. A redirection is not followed. */
async function post(name: string, url: string, body: Uint8Array, ending: AbortSignal): Promise<Result<Uint8Array>> {
  const no = (why: string) =>
    refuse('ANCHOR_NO_ANSWER', `The time-stamping authority ${name} gave no usable answer: ${why}.`, {
      place: name,
      fix: 'Check its URL in node.yaml, and whether this machine can reach it.',
    })
  try {
    const answer = await fetch(url, {
      method: 'POST',
      redirect: 'error',
      headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
      body: body as Uint8Array<ArrayBuffer>,
      signal: AbortSignal.any([ending, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
    })
    if (answer.status !== 200 || answer.body === null) {
      await answer.body?.cancel()
      return no(`status ${answer.status}`)
    }
    const parts: Uint8Array[] = []
    let length = 0
    for await (const part of answer.body) {
      length += part.length
      if (length > LARGEST_ANSWER) return no(`it is longer than ${LARGEST_ANSWER} bytes`)
      parts.push(part)
    }
    return ok(Uint8Array.from(Buffer.concat(parts)))
  } catch (thrown) {
    const { name: kind, cause } = thrown as Error & { cause?: { code?: string } }
    return no(cause?.code ?? kind)
  }
}

export type AnchorFinding = { readonly place: string; readonly problem: string }

/** What is wrong with an anchor that was kept; `rootAt` gives the root that the journal of today had at a size. */
export async function flawOfAnchor(
  anchor: Anchor,
  { signer }: Pick<NodeJournal, 'signer'>,
  authorities: readonly TimestampAuthority[],
  rootAt: (size: number) => Promise<string | null>,
): Promise<string | null> {
  const now = openCheckpoint(anchor.checkpoint, signer.key, signer.check)
  const opened = now.ok ? now : (openFormer(anchor.checkpoint, signer) ?? now)
  if (!opened.ok) return opened.refusal.message
  const roots = authorities.find(({ name }) => name === anchor.authority)?.roots ?? null
  const stamp = await verifyTimestamp(anchor.token, {
    digests: { 'SHA-256': sha256(anchor.checkpoint) },
    nonce: Buffer.from(anchor.nonce, 'hex'),
    roots,
  })
  if (!stamp.ok) return stamp.refusal.message
  if (Number(opened.value.size) !== anchor.size) return `is kept as one of ${anchor.size} leaves, and is not`
  if ((await rootAt(anchor.size)) === bytesToHex(opened.value.root)) return null
  return `shows that on ${stamp.value.at} the first ${anchor.size} leaves were others: the past was rewritten`
}

/** All of them, oldest first, for the check of the journal; the newest of each authority, for the status. */
export async function* eachAnchor(database: Pick<Database, 'query'>): AsyncGenerator<Anchor> {
  let last: { size: number; authority: string } | null = null
  for (;;) {
    const page: readonly Anchor[] = (
      await database.query<AnchorRow>(
        `SELECT ${COLUMNS} FROM anchor WHERE $1::bigint IS NULL OR (size, authority) > ($1, $2) ORDER BY size, authority LIMIT 200`,
        [last?.size ?? null, last?.authority ?? ''],
      )
    ).map(toAnchor)
    yield* page
    last = page.at(-1) ?? null
    if (last === null) return
  }
}

export async function latestAnchors(database: Pick<Database, 'query'>): Promise<readonly Anchor[]> {
  const rows = await database.query<AnchorRow>(
    `SELECT DISTINCT ON (authority) ${COLUMNS} FROM anchor ORDER BY authority, size DESC`,
  )
  return rows.map(toAnchor)
}

async function anchorsAt(database: Pick<Database, 'query'>, size: number): Promise<readonly Anchor[]> {
  const rows = await database.query<AnchorRow>(`SELECT ${COLUMNS} FROM anchor WHERE size = $1 ORDER BY authority`, [
    size,
  ])
  return rows.map(toAnchor)
}

type AnchorRow = {
  readonly size: string
  readonly authority: string
  readonly checkpoint: Uint8Array
  readonly token: Uint8Array
  readonly nonce: Uint8Array
  readonly at: Date
}
const COLUMNS = 'size, authority, checkpoint, token, nonce, at'

function toAnchor({ size, authority, checkpoint, token, nonce, at }: AnchorRow): Anchor {
  return { size: Number(size), authority, checkpoint, token, nonce: bytesToHex(nonce), at: at.toISOString() }
}

/** Leaves under a checkpoint: its second line. */
function sizeOf(checkpoint: Uint8Array): number {
  return Number(new TextDecoder().decode(checkpoint).split('\n')[1])
}

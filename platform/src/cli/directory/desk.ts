/** What the commands of the directory share: the folder, keys, and how drafts, changes and members are shown. */
import { readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import {
  changesBetween,
  type Draft,
  draftOf,
  draftStatus,
  type Files,
  holdersIn,
  type MemberFile,
  type PublicKeyFile,
  parsePublicKeyFile,
  signedBefore,
  signedHash,
  type Write,
} from '../../exchange/directory/index.ts'
import { checkEd25519 } from '../../kernel/crypto/index.ts'
import { type Json, orStop, stop } from '../../kernel/index.ts'
import type { Flags } from '../command.ts'
import { readCount } from '../commands/shared-options.ts'
import { plain, utc } from '../present.ts'

export const plumbing = () => import('../../exchange/directory/store/index.ts')

export function nowOf(flags: Flags): number {
  if (flags.at === undefined) return Date.now()
  const at = Date.parse(String(flags.at))
  if (Number.isNaN(at) || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(String(flags.at)))
    return stop('FLAG_VALUE', 'This is no instant.', { place: '--at', fix: 'Write it as 2027-01-31T12:00:00Z.' })
  return at
}

export function listOf(value: Flags[string]): readonly string[] {
  return value === undefined ? [] : Array.isArray(value) ? (value as readonly string[]) : [String(value)]
}

export function publicKeys(value: Flags[string]): readonly PublicKeyFile[] {
  return listOf(value).map((path) => orStopIn(path, () => orStop(parsePublicKeyFile(fileBytes(path), checkEd25519))))
}

export function threshold(value: Flags[string], flag: string, otherwise: number): number {
  return readCount(value, flag) ?? otherwise
}

export function fileBytes(path: string): Uint8Array {
  try {
    return Uint8Array.from(readFileSync(path))
  } catch {
    return stop('SOURCE_NOT_FOUND', 'The file cannot be read.', { place: path, fix: 'Check the path.' })
  }
}

/** A refusal that names no file names this one. */
function orStopIn<T>(path: string, body: () => T): T {
  try {
    return body()
  } catch (thrown) {
    if (thrown !== null && typeof thrown === 'object' && 'refusal' in thrown) {
      const { code, message, place, fix } = thrown.refusal as {
        code: string
        message: string
        place?: string
        fix?: string
      }
      return stop(code, message, {
        place: place === undefined || place === path ? path : `${path}: ${place}`,
        ...(fix ? { fix } : {}),
      })
    }
    throw thrown
  }
}

/** Writes drafts and says what they change, who has signed and who is missing. */
export async function writeDrafts(folder: string, files: Files, writes: readonly Write[]) {
  await (await plumbing()).writeCeremonyFiles(folder, writes)
  const after = new Map([...files, ...writes.map(({ path, bytes }) => [path, bytes] as const)])
  const drafts = writes
    .map(({ path }) => /^drafts\/\d+\.([a-z0-9.-]+)\.json$/.exec(path)?.[1])
    .flatMap((name) => (name === undefined ? [] : (draftOf(after, name.replaceAll('.', '/')) ?? [])))
  const shown = drafts.map((draft) => draftToJson(after, draft))
  return {
    exit: 0,
    json: { folder: resolve(folder), drafts: shown },
    text: [
      ...drafts.map((draft) => `${draftToText(after, draft)}\n${indented(changesOf(after, draft))}`),
      '',
      'Nothing is in force yet. Each keeper looks at the draft and signs it:  comity directory sign DRAFT --key KEY',
      `Then:  comity directory publish ${folder} --key SNAPSHOT-KEY --key TIMESTAMP-KEY`,
    ].join('\n'),
  } as const
}

/** Every line that signing would put one's name to: of the role, and of the files of members that it newly lists. */
export function changesOf(files: Files, draft: Draft): readonly string[] {
  const before = signedBefore(files, draft)
  const lines = changesBetween(before, draft.document.signed)
  const { content } = draft.document
  if (content.type !== 'targets') return lines
  const was = (before as { targets?: { [path: string]: { hashes: { sha256: string } } } } | null)?.targets ?? {}
  const members = [...content.members].flatMap(([path, { agency, sha256 }]) => {
    const old = was[path]?.hashes.sha256
    if (old === sha256) return []
    const file = (hash: string | undefined) =>
      hash === undefined
        ? undefined
        : (files.get(`drafts/members/${hash}.${agency}.json`) ?? files.get(`members/${hash}.${agency}.json`))
    const now = memberJson(file(sha256))
    if (now === null) return [`! the file of ${agency} is not beside the draft: what it says cannot be shown`]
    return changesBetween(memberJson(file(old)), now).map((line) => line.replace(/^(.) /, `$1 ${agency}: `))
  })
  return [...lines, ...members]
}

/** Signatures of a card say nothing to people; they were checked. */
function memberJson(bytes: Uint8Array | undefined): Json | null {
  if (bytes === undefined) return null
  const { card, grant } = JSON.parse(new TextDecoder().decode(bytes)) as MemberFile
  return { ...card.signed, grant } as Json
}

export function draftToJson(files: Files, draft: Draft) {
  const { needs, complete } = draftStatus(files, draft, checkEd25519)
  const holders = holdersIn(files)
  const named = (keyids: readonly string[]) => keyids.map((keyid) => ({ keyid, holder: holders.get(keyid) ?? null }))
  return {
    role: draft.role,
    version: draft.version,
    path: draft.path,
    sha256: signedHash(draft.document.signed),
    complete,
    needs: needs.map(({ by, threshold: of, signed, missing }) => ({
      by,
      threshold: of,
      signed: named(signed),
      missing: named(missing),
    })),
    changes: [...changesOf(files, draft)],
  }
}

export function draftToText(files: Files, draft: Draft): string {
  const { needs, complete } = draftStatus(files, draft, checkEd25519)
  const holders = holdersIn(files)
  const name = (keyid: string) => `${keyid.slice(0, 8)}  ${plain(holders.get(keyid) ?? 'holder not stated')}`
  return [
    `${complete ? '✓' : '…'} ${basename(draft.path)}: ${draft.role}, version ${draft.version}, until ${utc(draft.document.content.expires / 1000)}`,
    ...needs.flatMap(({ by, threshold: of, signed, missing }) => [
      `    by the keys of ${by}: ${signed.length} of ${of}${signed.length >= of ? '' : `, ${of - signed.length} more needed`}`,
      ...signed.map((keyid) => `      ✓ ${name(keyid)}`),
      ...missing.map((keyid) => `      · ${name(keyid)}`),
    ]),
    ...(needs.length === 0 ? ['    nobody is named yet who may sign this'] : []),
  ].join('\n')
}

export function indented(lines: readonly string[], most = 200): string {
  const shown = lines.slice(0, most).map((line) => `    ${plain(line)}`)
  return [...shown, ...(lines.length > most ? [`    … and ${lines.length - most} more (--json shows all)`] : [])].join(
    '\n',
  )
}

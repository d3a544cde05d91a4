import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { bytesToHex, canonicalJson, type Json, sha256, strictJson, textToBytes } from '../../kernel/index.ts'
import {
  checkDisclosure,
  commitment,
  entrySalt,
  type JournalEntry,
  leafOfEntry,
  parseEntry,
  parseLeaf,
  rowDigest,
  type StateRow,
} from './entry.ts'
import { plainHashes } from './merkle-tree.ts'

const caseSalt = new Uint8Array(32).fill(7)

/** The example of docs/spec/journal.md. */
const entry: JournalEntry = {
  id: '0193a5c4-7b00-7000-8000-000000000001',
  at: '2026-11-25T09:30:00.000Z',
  event: 'case.open',
  of: 'case',
  recordId: 'C-2026-17',
  caseId: 'C-2026-17',
  actor: { kind: 'person', id: 'p-12', role: 'investigator' },
  decision: { allowed: true, policies: ['open-case'] },
  body: { title: 'Example' },
  rows: [{ kind: 'case', id: 'C-2026-17', version: 1, digest: '0'.repeat(64) }],
}
const salt = entrySalt(caseSalt, entry.id)
const leafBytes = leafOfEntry(entry, salt)

describe('a leaf', () => {
  test('is canonical JSON of time, event and commitment, and says no more', () => {
    const text = new TextDecoder().decode(leafBytes)
    expect(text).toBe(
      `{"at":"2026-11-25T09:30:00.000Z","commitment":"${commitment(salt, entry)}","event":"case.open","of":"case","v":1}`,
    )
    expect(leafBytes.length).toBeLessThan(65_536)
    for (const secret of ['C-2026-17', 'p-12', 'Example', 'investigator']) expect(text).not.toContain(secret)
  })

  test('is read back, and nothing but a leaf is', () => {
    const leaf = parseLeaf(leafBytes)
    expect(leaf.ok && textToBytes(canonicalJson(leaf.value))).toEqual(leafBytes)
    const text = new TextDecoder().decode(leafBytes)
    for (const bad of [
      text.replace('"v":1', '"v":2'),
      text.replace('"of":"case",', ''),
      text.replace('"v":1', '"v":1,"x":1'),
      text.replace('"case.open"', '"Case Open"'),
      text.replace(':', ': '),
      text.replace('09:30', '9:30'),
      text.replace(/"[0-9a-f]{64}"/, '"00"'),
      `[${text}]`,
      '"leaf"',
    ])
      expect(parseLeaf(textToBytes(bad)).ok, bad).toBe(false)
  })

  test('is never made of a name that could hold more than a name', () => {
    for (const event of ['Jane Doe', 'case.open ', '', 'a'.repeat(65), 'case..open'])
      expect(() => leafOfEntry({ ...entry, event }, salt)).toThrow(RangeError)
  })
})

describe('a disclosed entry', () => {
  const leaf = parseLeaf(leafBytes)
  if (!leaf.ok) throw new Error()

  test('is the one of the leaf, whatever is changed is not', () => {
    expect(checkDisclosure(leaf.value, entry, salt).ok).toBe(true)
    const others: JournalEntry[] = [
      { ...entry, at: '2026-11-25T09:30:00.001Z' },
      { ...entry, event: 'case.close' },
      { ...entry, body: { title: 'example' } },
      { ...entry, decision: null },
      { ...entry, rows: [] },
      { ...entry, caseId: null },
      { ...entry, actor: { ...entry.actor, role: 'judge' } },
    ]
    for (const other of others)
      expect(checkDisclosure(leaf.value, other, salt)).toMatchObject({ refusal: { code: 'COMMITMENT_WRONG' } })
    expect(checkDisclosure(leaf.value, entry, entrySalt(caseSalt, 'another')).ok).toBe(false)
    expect(checkDisclosure(leaf.value, entry, new Uint8Array()).ok).toBe(false)
  })

  test('cannot be proven once the salt is gone, while two salts give unlike commitments', () => {
    expect(commitment(entrySalt(caseSalt, 'a'), entry)).not.toBe(commitment(entrySalt(caseSalt, 'b'), entry))
  })

  test('is read from its JSON, which has these members and no others', () => {
    const json = entry as unknown as { [key: string]: Json }
    expect(parseEntry(json)).toEqual({ ok: true, value: entry })
    for (const member of Object.keys(json)) {
      const { [member]: _, ...less } = json
      expect(parseEntry(less).ok, member).toBe(false)
    }
    expect(parseEntry({ ...json, more: 1 }).ok).toBe(false)
    expect(parseEntry({ ...json, actor: { kind: 'person', id: 'p', role: 'king' } })).toMatchObject({
      refusal: { code: 'ENTRY_MALFORMED', place: '$.actor.role' },
    })
    const read = strictJson(textToBytes(canonicalJson(json)))
    expect(read.ok && parseEntry(read.value).ok).toBe(true)
  })
})

test('docs/spec/journal.md shows this example as it is computed', () => {
  const page = readFileSync(new URL('../../../../docs/spec/journal.md', import.meta.url), 'utf8')
  const canonical = canonicalJson(entry as unknown as Json)
  for (const part of [
    new TextDecoder().decode(leafBytes),
    `${leafBytes.length} bytes`,
    bytesToHex(salt),
    bytesToHex(sha256(textToBytes(canonical))),
    bytesToHex(plainHashes.leaf(leafBytes)),
  ])
    expect(page).toContain(part)
  expect(page.replace(/\n ?/g, '')).toContain(canonical)
})

test('the commitment is HMAC-SHA-256 of SHA-256 as node:crypto computes it', async () => {
  const { createHash, createHmac } = await import('node:crypto')
  const expected = createHmac('sha256', salt)
    .update(
      createHash('sha256')
        .update(canonicalJson(entry as unknown as Json))
        .digest(),
    )
    .digest('hex')
  expect(commitment(salt, entry)).toBe(expected)
  const derived = createHmac('sha256', caseSalt).update(`comity/journal/entry/${entry.id}`).digest('hex')
  expect(bytesToHex(salt)).toBe(derived)
})

test('the digest of a row depends on every part of it, and on the salt of its case', () => {
  const row: StateRow = {
    kind: 'case',
    id: 'a',
    version: 1,
    caseId: 'c',
    body: { x: 1 },
    at: '2026-11-25T09:30:00.000Z',
  }
  const others: StateRow[] = [
    { ...row, kind: 'note' },
    { ...row, id: 'b' },
    { ...row, version: 2 },
    { ...row, caseId: null },
    { ...row, body: { x: 2 } },
    { ...row, at: '2026-11-25T09:30:00.001Z' },
  ]
  const digests = [row, ...others].map((one) => rowDigest(caseSalt, one))
  expect(new Set([...digests, rowDigest(new Uint8Array(32), row)]).size).toBe(others.length + 2)
})

/** Files between two nodes: real TLS, a real database each, real keys; what is forged, and what is killed on the way. */
import { fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { vaultStore } from '../../evidence/store/custody.ts'
import { bytesOf } from '../../exchange/attachments/testing/sealed.ts'
import type { Attachment } from '../../exchange/wire/index.ts'
import { unseal } from '../../kernel/crypto/index.ts'
import { orStop } from '../../kernel/index.ts'
import { uuidV7 } from '../door/uuid-v7.ts'
import { checkNode } from '../journal-check.ts'
import { entryPurpose } from '../store/journal-append.ts'
import { type ExchangeNode, exchangeFacts, exchangeNode, type Secrets, until } from '../testing/exchange-node.ts'
import { sentName } from './attachment-desk.ts'
import { fileAttachments } from './attachment-filing.ts'
import { ATTACHMENTS_PATH, GET_COVERS, PIECE_TYPE, PUT_COVERS } from './attachment-inbox.ts'
import { PIECE_BYTES } from './attachment-quarantine.ts'
import { codeOf } from './exchange-client.ts'

const [A, B, C] = ['aa-prosecutor', 'bb-fiu', 'cc-police'] as const
const CASE = '00000000-0000-7000-8000-0000000000c1'
const folder = mkdtempSync(join(tmpdir(), 'comity-files-'))
let agencies: readonly Secrets[]
let a: ExchangeNode
let b: ExchangeNode
let c: ExchangeNode
let ahead = 0
const stops: (() => Promise<void>)[] = []

beforeAll(async () => {
  agencies = await exchangeFacts(folder, [A, B, C])
  a = await exchangeNode({ me: A, agencies }, { clock: () => Date.now() + ahead })
  b = await exchangeNode({ me: B, agencies }, { clock: () => Date.now() + ahead })
  c = await exchangeNode({ me: C, agencies }, { clock: () => Date.now() + ahead })
  b.keys.makeCaseKey(CASE)
  for (const node of [a, b, c]) stops.push(node.agency.run((fault) => console.error(fault)))
})
afterAll(async () => {
  for (const stop of stops) await stop()
  for (const node of [a, b, c]) await node.stop()
  rmSync(folder, { recursive: true, force: true })
})

let count = 0
const newId = () => uuidV7(Date.now(), createHash('sha256').update(`${++count}`).digest().subarray(0, 16))

/** Sealed at `from` for `to`, and named in a message that `to` accepts. */
async function sentWith(from: ExchangeNode, to: ExchangeNode, files: readonly Uint8Array[]) {
  const id = newId()
  const parts: Attachment[] = []
  for (const [fileIndex, bytes] of files.entries())
    parts.push(
      orStop(
        await from.act((desk, context) =>
          desk.attach(context, {
            ...{ caseId: null, peer: to.me, messageId: id, fileIndex, source: { bytes } },
            ...{ name: `file-${fileIndex}.bin`, mime: 'application/octet-stream', class: 'evidence' as const },
          }),
        ),
      ),
    )
  await from.send(to.me, { id }, { attachments: parts })
  await until(async () => (await stateOf(from, id)) === 'accepted')
  return { id, parts }
}

async function stateOf(node: ExchangeNode, id: string) {
  const [row] = await node.database.query<{ state: string }>('SELECT state FROM message_out WHERE id = $1', [id])
  return row?.state
}

async function fileStates(node: ExchangeNode, id: string) {
  const rows = await node.database.query<{ state: string }>(
    'SELECT state FROM attachment_out WHERE message_id = $1 ORDER BY file_index',
    [id],
  )
  return rows.map(({ state }) => state)
}

async function cipherOf(node: ExchangeNode, id: string, index = 0): Promise<Buffer> {
  const [row] = await node.database.query<{ blob: string; cipher_size: string }>(
    'SELECT blob, cipher_size FROM attachment_out WHERE message_id = $1 AND file_index = $2',
    [id, index],
  )
  const pieces: Uint8Array[] = []
  for await (const piece of node.blobs.read(sentName(row?.blob ?? ''), 0, Number(row?.cipher_size) - 1))
    pieces.push(piece)
  return Buffer.concat(pieces)
}

async function opened(node: ExchangeNode, from: string, messageId: string, index = 0): Promise<Buffer> {
  const parts: Uint8Array[] = []
  const stream = orStop(await node.act((desk) => desk.open({ from, messageId, index })))
  for await (const part of stream) parts.push(part)
  return Buffer.concat(parts)
}

/** Bodies of the entries of this event, oldest first. */
async function told(node: ExchangeNode, event: string) {
  const rows = await node.database.query<{ id: string; sealed: Uint8Array; case_id: string | null }>(
    'SELECT id, sealed, case_id FROM journal_entry WHERE event = $1 ORDER BY seq',
    [event],
  )
  return rows.map(({ id, sealed, case_id }) => {
    const key = case_id === null ? node.keys.nodeKey('records') : (node.keys.caseKey(case_id) as Uint8Array)
    const plain = orStop(unseal(key, sealed, entryPurpose(id)))
    return (JSON.parse(new TextDecoder().decode(plain)) as { body: Record<string, unknown> }).body
  })
}

test('files of a message arrive, open to what they were, and are kept by the sender until it has the receipt', async () => {
  const files = [bytesOf(2 * PIECE_BYTES + 12_345, 5), new Uint8Array(), bytesOf(77, 6)]
  b.takeInto(CASE)
  const { id, parts } = await sentWith(a, b, files)
  expect(await b.act((desk) => desk.open({ from: A, messageId: id, index: 0 }))).toMatchObject({
    refusal: { code: 'EXCHANGE_ATTACHMENT_AWAITED' },
  })
  expect(await a.outbox.sendDue()).toBe(3)
  expect(await fileStates(a, id)).toEqual(['delivered', 'delivered', 'delivered'])
  const here = await b.database.transaction((sql) => b.desk(sql, {} as never).arrived(A, id))
  expect(here.map(({ state, received }) => [state, received])).toEqual(
    parts.map(({ cipherSize }) => ['held', cipherSize]),
  )
  for (const [index, file] of files.entries()) expect((await opened(b, A, id, index)).equals(file)).toBe(true)
  const [kept] = await a.database.query<{ blob: string }>('SELECT blob FROM attachment_out WHERE message_id = $1', [id])
  expect(await a.blobs.size(sentName(kept?.blob ?? ''))).toBe(null)
  expect((await told(a, 'attachment.settled')).slice(-3).map(({ state }) => state)).toEqual(Array(3).fill('delivered'))
  expect(await told(b, 'attachment.received')).toHaveLength(3)
  b.takeInto(null)
})

test('a file is taken into the vault as it was sent, and only then', async () => {
  const file = bytesOf(PIECE_BYTES + 5, 9)
  const { id } = await sentWith(a, b, [file])
  await a.outbox.sendDue()
  b.ports.set('vault', vaultStore)
  const object = orStop(
    await b.act((desk, context) =>
      desk.intoVault({ ...context, actor: { ...context.actor, id: CASE } }, { from: A, messageId: id, index: 0 }, CASE),
    ),
  )
  expect(object).toMatchObject({
    caseId: CASE,
    size: file.length,
    sha256: createHash('sha256').update(file).digest('hex'),
  })
  const parts: Uint8Array[] = []
  for await (const part of b.vault.read(object)) parts.push(part)
  expect(Buffer.concat(parts).equals(file)).toBe(true)
  expect(await b.database.query('SELECT * FROM attachment_draft')).toEqual([])
})

type Sent = {
  readonly digest: string
  readonly message: string
  readonly first: number
  readonly last: number
  readonly size: number
  readonly body: Uint8Array
}

async function put(from: ExchangeNode, to: string, { digest, message, first, last, size, body }: Sent) {
  const called = await from.client.call(to, {
    method: 'PUT',
    path: `${ATTACHMENTS_PATH}${digest}`,
    headers: {
      'content-type': PIECE_TYPE,
      'content-range': `bytes ${first}-${last}/${size}`,
      'comity-message': `"${message}"`,
    },
    components: PUT_COVERS,
    body,
  })
  return [called?.status, called && (codeOf(called.bytes) ?? new TextDecoder().decode(called.bytes).slice(0, 40))]
}

test('what no message names, of another size, of another message or at another place is refused, and kept as evidence', async () => {
  const { id, parts } = await sentWith(a, b, [bytesOf(2 * PIECE_BYTES, 21)])
  const second = await sentWith(a, b, [bytesOf(40, 22)])
  const cipher = await cipherOf(a, id)
  const [part, other] = [parts[0] as Attachment, second.parts[0] as Attachment]
  const size = part.cipherSize
  const piece = (first: number, last: number, more: Partial<Sent> = {}): Sent => ({
    ...{ digest: part.cipherDigest, message: id, first, last, size, body: cipher.subarray(first, last + 1) },
    ...more,
  })
  const whole = piece(0, PIECE_BYTES - 1)
  const before = (await told(b, 'attachment.refused')).length
  expect(await put(a, B, { ...whole, message: second.id })).toEqual([422, 'EXCHANGE_ATTACHMENT_UNASKED'])
  expect(await put(a, B, { ...whole, message: newId() })).toEqual([422, 'EXCHANGE_ATTACHMENT_UNASKED'])
  expect(await put(a, B, { ...whole, digest: '00'.repeat(32) })).toEqual([422, 'EXCHANGE_ATTACHMENT_UNASKED'])
  expect(await put(c, B, whole)).toEqual([422, 'EXCHANGE_ATTACHMENT_UNASKED'])
  expect(await put(a, B, { ...whole, size: size + PIECE_BYTES })).toEqual([422, 'EXCHANGE_ATTACHMENT_RANGE'])
  expect(await put(a, B, piece(1, PIECE_BYTES))).toEqual([422, 'EXCHANGE_ATTACHMENT_RANGE'])
  expect(await put(a, B, piece(0, 999))).toEqual([422, 'EXCHANGE_ATTACHMENT_RANGE'])
  expect(await put(a, B, { ...whole, body: cipher.subarray(0, 5) })).toEqual([422, 'EXCHANGE_ATTACHMENT_RANGE'])
  // Not in its turn: nothing is kept, and the sender is told where to go on.
  expect(await put(a, B, piece(PIECE_BYTES, 2 * PIECE_BYTES - 1))).toEqual([409, '{"received":0}'])
  expect(await put(a, B, whole)).toEqual([202, `{"received":${PIECE_BYTES}}`])
  expect(await put(a, B, whole)).toEqual([409, `{"received":${PIECE_BYTES}}`])
  // The same four times over makes one entry; each shows the request that its sender signed.
  await put(a, B, { ...whole, message: second.id })
  const refused = (await told(b, 'attachment.refused')).slice(before)
  expect(refused.map(({ from, code }) => [from, code])).toEqual([
    [A, 'EXCHANGE_ATTACHMENT_UNASKED'],
    [A, 'EXCHANGE_ATTACHMENT_UNASKED'],
    [A, 'EXCHANGE_ATTACHMENT_UNASKED'],
    [C, 'EXCHANGE_ATTACHMENT_UNASKED'],
    [A, 'EXCHANGE_ATTACHMENT_RANGE'],
  ])
  expect(refused[0]?.attempt).toMatchObject({
    'content-range': `bytes 0-${PIECE_BYTES - 1}/${size}`,
    signature: expect.stringMatching(/^sig1=/),
  })
  // The sender goes on where the receiver is, and the rest is right.
  expect(await a.outbox.sendDue()).toBe(2)
  expect(await fileStates(a, id)).toEqual(['delivered'])
  expect((await opened(b, A, second.id)).equals(bytesOf(40, 22))).toBe(true)
  expect(other.cipherSize).toBeLessThan(PIECE_BYTES)
  // Replayed when all is there: the same receipt, and no change.
  expect((await put(a, B, piece(PIECE_BYTES, 2 * PIECE_BYTES - 1)))[0]).toBe(200)
})

test('bytes that were forged on the way are found by the digest over what is kept, and the file begins anew', async () => {
  const file = bytesOf(PIECE_BYTES, 31)
  const { id, parts } = await sentWith(a, b, [file])
  const [part] = parts as [Attachment]
  const cipher = await cipherOf(a, id)
  const forged = Buffer.from(cipher.subarray(0, PIECE_BYTES))
  forged[5000] = (forged[5000] as number) ^ 1
  const named = { digest: part.cipherDigest, message: id, size: part.cipherSize }
  const before = (await told(b, 'attachment.refused')).length
  expect(await put(a, B, { ...named, first: 0, last: PIECE_BYTES - 1, body: forged })).toEqual([
    202,
    `{"received":${PIECE_BYTES}}`,
  ])
  const rest = { ...named, first: PIECE_BYTES, last: part.cipherSize - 1, body: cipher.subarray(PIECE_BYTES) }
  expect(await put(a, B, rest)).toEqual([422, 'EXCHANGE_ATTACHMENT_DIFFERS'])
  expect((await told(b, 'attachment.refused')).slice(before)).toMatchObject([
    { from: A, code: 'EXCHANGE_ATTACHMENT_DIFFERS' },
  ])
  expect(await a.outbox.sendDue()).toBe(1)
  expect(await fileStates(a, id)).toEqual(['delivered'])
  expect((await opened(b, A, id)).equals(file)).toBe(true)
})

test('a sender whose own cipher is damaged gives up after the same refusal so many times, and says so', async () => {
  const { id } = await sentWith(a, b, [bytesOf(100, 41)])
  const [row] = await a.database.query<{ blob: string; cipher_size: string }>(
    'SELECT blob, cipher_size FROM attachment_out WHERE message_id = $1',
    [id],
  )
  const damaged = new Uint8Array(Number(row?.cipher_size))
  await a.blobs.write(
    sentName(row?.blob ?? ''),
    (async function* () {
      yield damaged
    })(),
  )
  for (let round = 0; round < 5; round++) await a.outbox.sendDue()
  expect(await fileStates(a, id)).toEqual(['refused'])
  expect((await told(a, 'attachment.settled')).at(-1)).toMatchObject({
    state: 'refused',
    code: 'EXCHANGE_ATTACHMENT_DIFFERS',
  })
})

test('a file larger than the directory lets its sender send is not sealed, nor taken', async () => {
  const small = await exchangeNode(
    { me: C, agencies: agencies.map((one) => (one.id === C ? { ...one, port: 0 } : one)) },
    { attachmentBytes: 2000 },
  )
  const attaching = {
    ...{ caseId: null, peer: B, messageId: newId(), fileIndex: 0, source: { bytes: bytesOf(2000) } },
    ...{ name: 'large.bin', mime: 'application/octet-stream', class: 'other' as const },
  }
  expect(await small.act((desk, context) => desk.attach(context, attaching))).toMatchObject({
    refusal: { code: 'EXCHANGE_ATTACHMENT_LIMIT' },
  })
  await small.stop()
  const { id, parts } = await sentWith(c, b, [bytesOf(3000)])
  const limits = b.peers[2]?.limits as { attachmentBytes: number }
  limits.attachmentBytes = 2000
  const [part] = parts as [Attachment]
  const cipher = await cipherOf(c, id)
  const all = {
    digest: part.cipherDigest,
    message: id,
    first: 0,
    last: part.cipherSize - 1,
    size: part.cipherSize,
    body: cipher,
  }
  expect(await put(c, B, all)).toEqual([413, 'EXCHANGE_ATTACHMENT_LIMIT'])
  limits.attachmentBytes = 1e9
  expect(await put(c, B, all)).toEqual([200, null].with(1, expect.anything()))
})

test('what nobody will send any more goes: of a message that was not taken, given up or never sent, or whose time is over', async () => {
  const attach = async (messageId: string) =>
    orStop(
      await a.act((desk, context) =>
        desk.attach(context, {
          ...{ caseId: null, peer: B, messageId, fileIndex: 0, source: { bytes: bytesOf(50) } },
          ...{ name: 'one.bin', mime: 'application/octet-stream', class: 'other' as const },
        }),
      ),
    )
  const [given, rejected] = [newId(), newId()]
  await attach(given)
  await attach(rejected)
  await a.act(async (desk, context) => ({ ok: true, value: await desk.discard(context, given) }))
  expect(await fileStates(a, given)).toEqual(['dropped'])
  const late = await sentWith(a, b, [bytesOf(60, 61)])
  ahead = 25 * 3_600_000
  await a.outbox.sendDue()
  expect(await fileStates(a, late.id)).toEqual(['non-delivered'])
  ahead = 31 * 86_400_000
  await a.outbox.sendDue()
  expect(await fileStates(a, rejected)).toEqual(['dropped'])
  ahead = 0
  await a.outbox.sweep()
  const left = await a.database.query(`SELECT * FROM attachment_out WHERE is_kept AND state <> 'sealed'`)
  expect(left).toEqual([])
})

const child = fileURLToPath(new URL('../testing/exchange-child.ts', import.meta.url))

/** A process of the agency that ends by SIGKILL when it comes to the step for the n-th time; it sends what is due if told to. */
function begin(me: string, step: string, sends: boolean) {
  const begun = fork(child, {
    env: { ...process.env, COMITY_TEST_EXCHANGE: JSON.stringify({ facts: { me, agencies }, step, sends }) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const ready = new Promise<void>((resolve) => begun.once('message', () => resolve()))
  const ended = new Promise<string | null>((resolve) => begun.once('exit', (_, signal) => resolve(signal)))
  return { ready, ended, stop: () => begun.kill('SIGTERM') }
}

test('killed at any step of receiving or of sending, a file arrives whole when the process is there again', async () => {
  const file = bytesOf(3 * PIECE_BYTES + 9, 71)
  for (const step of ['piece-kept:2', 'receipt-kept:1']) {
    const { id } = await sentWith(a, b, [file])
    await b.server.close()
    const dying = begin(B, step, false)
    await dying.ready
    await a.outbox.sendDue()
    expect(await dying.ended, step).toBe('SIGKILL')
    b = await exchangeNode({ me: B, agencies }, { clock: () => Date.now() + ahead })
    // A piece that was leased is free again after a while; nobody else waits for it.
    await b.database.query(`UPDATE attachment_in SET leased_until = to_timestamp(0) WHERE state = 'arriving'`)
    await until(async () => {
      await a.outbox.sendDue()
      return (await fileStates(a, id))[0] === 'delivered'
    })
    expect((await opened(b, A, id)).equals(file), step).toBe(true)
  }
  for (const step of ['piece-sent:2', 'receipt-stored:1']) {
    const { id } = await sentWith(a, b, [file])
    await a.server.close()
    const dying = begin(A, step, true)
    expect(await dying.ended, step).toBe('SIGKILL')
    await a.database.query('UPDATE attachment_out SET leased_until = to_timestamp(0)')
    await until(async () => {
      await a.outbox.sendDue()
      return (await fileStates(a, id))[0] === 'delivered'
    })
    await a.outbox.sweep()
    const [row] = await a.database.query<{ blob: string; is_kept: boolean }>(
      'SELECT blob, is_kept FROM attachment_out WHERE message_id = $1',
      [id],
    )
    expect([row?.is_kept, existsSync(join(a.own.home, 'blobs/objects', sentName(row?.blob ?? '')))], step).toEqual([
      false,
      false,
    ])
    expect((await opened(b, A, id)).equals(file), step).toBe(true)
  }
}, 120_000)

test('the files of a message that is filed under a case come under the key of that case, and go with it', async () => {
  const OTHER = '00000000-0000-7000-8000-0000000000c3'
  const file = bytesOf(PIECE_BYTES + 3, 91)
  const { id } = await sentWith(a, b, [file])
  await a.outbox.sendDue()
  const rowOf = async () => {
    const [row] = await b.database.query<{ id: string; case_id: string | null }>(
      'SELECT id, case_id FROM attachment_in WHERE message_id = $1',
      [id],
    )
    return row as { id: string; case_id: string | null }
  }
  const before = await rowOf()
  b.keys.makeCaseKey(OTHER)
  await b.store.transaction((tx) => tx.file(A, id, OTHER))
  const filing = { ...b, now: () => Date.now() }
  expect(await fileAttachments(filing)).toBe(1)
  expect(await fileAttachments(filing)).toBe(0)
  const after = await rowOf()
  expect([before.case_id, after.case_id]).toEqual([null, OTHER])
  expect((await opened(b, A, id)).equals(file)).toBe(true)
  // The old copy is gone.
  expect(existsSync(join(b.own.home, 'blobs/objects', before.id, '00000000-0000-8000-8000-000000000000'))).toBe(false)
  await b.journal.advance()
  expect((await checkNode(b.database, b.keys, b.journal, null, { report: () => {} })).findings).toEqual([])
  b.keys.destroyCaseKey(OTHER)
  expect(await b.act((desk) => desk.open({ from: A, messageId: id, index: 0 }))).toMatchObject({ ok: false })
})

test('the journals of both name every row of what went between them', async () => {
  for (const node of [a, b]) {
    await node.journal.advance()
    const { findings, rows } = await checkNode(node.database, node.keys, node.journal, null, { report: () => {} })
    expect(findings).toEqual([])
    expect(rows).toBeGreaterThan(10)
  }
})

test('asking how far a file is says so, and nothing to anybody else', async () => {
  const { id, parts } = await sentWith(a, b, [bytesOf(10, 81)])
  const ask = async (from: ExchangeNode) => {
    const called = await from.client.call(B, {
      method: 'GET',
      path: `${ATTACHMENTS_PATH}${parts[0]?.cipherDigest}`,
      headers: { 'comity-message': `"${id}"` },
      components: GET_COVERS,
    })
    return [called?.status, new TextDecoder().decode(called?.bytes).slice(0, 14)]
  }
  expect(await ask(a)).toEqual([202, '{"received":0}'])
  expect((await ask(c))[0]).toBe(422)
})

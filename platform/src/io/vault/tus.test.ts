import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer, request as httpRequest, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ok, refuse } from '../../kernel/index.ts'
import type { Arriving } from './arrivals.ts'
import { openFolderBlobs } from './folder-blobs.ts'
import { CHUNK } from './sealed-file.ts'
import { pattern } from './testing/vault-content.ts'
import { parseMetadata, tusHandler } from './tus.ts'
import { openVault, type Vault } from './vault.ts'

const folder = mkdtempSync(join(tmpdir(), 'comity-tus-'))
const CASE = '00000000-0000-7000-8000-00000000000c'
const uploads = new Map<string, Arriving>()
const faults: unknown[] = []
let caseKey: Uint8Array | null = new Uint8Array(32).fill(3)
let vault: Vault
let server: Server
let base = ''

beforeAll(async () => {
  vault = openVault({ folder, blobs: await openFolderBlobs(join(folder, 'blobs')), caseKey: () => caseKey })
  const handle = tusHandler({
    vault,
    path: '/uploads',
    find: async (_, id) => uploads.get(id) ?? null,
    begin: async (_, size, metadata) =>
      metadata.get('caseId') === CASE ? ok(declare(size).id) : refuse('NOT_PERMITTED', 'No.'),
    abandon: async (_, { id }) => ok(uploads.delete(id)),
    fault: (thrown) => faults.push(thrown),
  })
  server = createServer((request, response) => {
    handle(request, response).catch((thrown) => {
      faults.push(thrown)
      response.destroy()
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/uploads`
})
afterAll(async () => {
  expect(faults).toEqual([])
  await new Promise((done) => server.close(done))
  rmSync(folder, { recursive: true, force: true })
})

function declare(size: number): Arriving {
  const id = `00000000-0000-7000-8000-${String(uploads.size + 1).padStart(12, '0')}`
  const upload = { id, caseId: CASE, size }
  uploads.set(id, upload)
  return upload
}
const ask = (method: string, path: string, headers: Record<string, string> = {}, body?: Uint8Array) =>
  fetch(`${base}${path}`, {
    method,
    headers: { 'Tus-Resumable': '1.0.0', ...headers },
    ...(body ? { body: body as Uint8Array<ArrayBuffer> } : {}),
  })
const patch = (id: string, at: number, body: Uint8Array, more: Record<string, string> = {}) =>
  ask(
    'PATCH',
    `/${id}`,
    { 'Upload-Offset': String(at), 'Content-Type': 'application/offset+octet-stream', ...more },
    body,
  )
const offsetOf = async (id: string) => Number((await ask('HEAD', `/${id}`)).headers.get('upload-offset'))
const stored = async (upload: Arriving) => {
  const file = await vault.complete(upload)
  if (!file) throw new Error('not complete')
  const parts: Uint8Array[] = []
  for await (const part of vault.read(file)) parts.push(part)
  return { file, bytes: Buffer.concat(parts) }
}

describe('an upload over tus', () => {
  test('arrives in parts of any size, and is the file that was sent', async () => {
    const content = pattern(2 * CHUNK + 1000)
    const made = await ask('POST', '', {
      'Upload-Length': String(content.length),
      'Upload-Metadata': `caseId ${Buffer.from(CASE).toString('base64')},empty`,
    })
    expect(made.status).toBe(201)
    const id = made.headers.get('location')?.replace('/uploads/', '') ?? ''
    let at = 0
    for (const size of [1, 10, 500_000, CHUNK, CHUNK]) {
      const answer = await patch(id, at, content.subarray(at, at + size))
      expect(answer.status).toBe(204)
      at = Math.min(at + size, content.length)
      expect(answer.headers.get('upload-offset')).toBe(String(at))
      expect(await offsetOf(id)).toBe(at)
    }
    const { file, bytes } = await stored({ id, caseId: CASE, size: content.length })
    expect(bytes.equals(content)).toBe(true)
    expect(file.sha512).toBe(createHash('sha512').update(content).digest('hex'))
    expect(await offsetOf(id)).toBe(content.length)
  })

  test('whose line breaks continues where the bytes that came end', async () => {
    const content = pattern(CHUNK + 300_000)
    const upload = declare(content.length)
    const sent = CHUNK + 100_000
    await new Promise<void>((done) => {
      const request = httpRequest(`${base}/${upload.id}`, {
        method: 'PATCH',
        headers: {
          'Tus-Resumable': '1.0.0',
          'Upload-Offset': '0',
          'Content-Type': 'application/offset+octet-stream',
          'Content-Length': String(content.length),
        },
      })
      request.on('error', () => done())
      request.write(content.subarray(0, sent), () => setTimeout(() => request.destroy(), 300))
    })
    await expect.poll(() => offsetOf(upload.id)).toBeGreaterThanOrEqual(CHUNK)
    await expect.poll(() => vault.isBusy(upload.id)).toBe(false)
    const at = await offsetOf(upload.id)
    expect(at).toBeLessThanOrEqual(sent)
    expect((await patch(upload.id, at, content.subarray(at))).status).toBe(204)
    expect((await stored(upload)).bytes.equals(content)).toBe(true)
  })

  test.each(['sha1', 'sha256', 'sha512'])('keeps a part only where its %s holds', async (algorithm) => {
    const content = pattern(CHUNK + 5000)
    const upload = declare(content.length)
    await patch(upload.id, 0, content.subarray(0, 700))
    const rest = content.subarray(700)
    const header = (bytes: Uint8Array) => ({
      'Upload-Checksum': `${algorithm} ${createHash(algorithm).update(bytes).digest('base64')}`,
    })
    expect((await patch(upload.id, 700, pattern(rest.length, 9), header(rest))).status).toBe(460)
    expect(await offsetOf(upload.id)).toBe(700)
    expect((await patch(upload.id, 700, rest, header(rest))).status).toBe(204)
    expect((await stored(upload)).bytes.equals(content)).toBe(true)
  })

  test.each<[string, number, Record<string, string>]>([
    ['another offset', 409, { 'Upload-Offset': '5' }],
    ['no offset', 400, { 'Upload-Offset': 'x' }],
    ['another type', 415, { 'Content-Type': 'text/plain' }],
    ['an unknown checksum', 400, { 'Upload-Checksum': 'md5 aaaa' }],
    ['another version', 412, { 'Tus-Resumable': '0.2.2' }],
  ])('with %s is refused with %i, and nothing is kept', async (_, status, headers) => {
    const upload = declare(100)
    expect((await patch(upload.id, 0, pattern(10), headers)).status).toBe(status)
    expect(await offsetOf(upload.id)).toBe(0)
  })

  test('is refused where more comes than was declared, announced or not', async () => {
    const upload = declare(100)
    expect((await patch(upload.id, 0, pattern(101))).status).toBe(413)
    async function* more() {
      yield pattern(101)
    }
    await expect(vault.receive(upload, 0, more())).rejects.toThrow('UPLOAD_TOO_LONG')
  })

  test('of which two parts come at once takes one', async () => {
    const upload = declare(2000)
    let go = () => {}
    const gate = new Promise<void>((open) => {
      go = open
    })
    async function* slow() {
      yield pattern(1000)
      await gate
    }
    const first = vault.receive(upload, 0, slow())
    expect((await patch(upload.id, 0, pattern(1000))).status).toBe(423)
    expect((await ask('DELETE', `/${upload.id}`)).status).toBe(423)
    go()
    expect(await first).toBe(1000)
  })

  test('that is unknown, or of somebody else, is not there', async () => {
    expect((await ask('HEAD', '/00000000-0000-7000-8000-0000000000aa')).status).toBe(404)
    expect((await ask('PATCH', '/../../etc/passwd')).status).toBe(404)
    expect((await ask('POST', '', { 'Upload-Length': '5' })).status).toBe(404)
    expect((await ask('POST', '', { 'Upload-Length': '-5' })).status).toBe(400)
  })

  test('that is given up leaves no byte', async () => {
    const upload = declare(2000)
    await patch(upload.id, 0, pattern(1000))
    expect((await ask('DELETE', `/${upload.id}`)).status).toBe(204)
    expect(readdirSync(join(folder, 'arriving'))).not.toContain(upload.id)
    expect((await ask('HEAD', `/${upload.id}`)).status).toBe(404)
  })

  test('of an empty file is sealed without a part', async () => {
    const upload = declare(0)
    expect(await offsetOf(upload.id)).toBe(0)
    await expect.poll(() => vault.sealedObject(upload.id, CASE)).toMatchObject({ size: 0 })
    expect((await stored(upload)).bytes).toHaveLength(0)
  })

  test('says what the server can', async () => {
    const answer = await fetch(base, { method: 'OPTIONS' })
    expect(answer.status).toBe(204)
    expect(answer.headers.get('tus-extension')).toBe('creation,termination,checksum')
    expect(answer.headers.get('tus-checksum-algorithm')).toContain('sha1')
  })
})

describe('what lies in the vault', () => {
  const secret = Buffer.from('the canary sings at dawn '.repeat(1000))
  const put = async () => {
    const upload = declare(secret.length)
    await patch(upload.id, 0, secret.subarray(0, 10_000))
    return upload
  }
  const filesBelow = (path: string) =>
    readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))

  test('is readable nowhere on disk, while it arrives and after', async () => {
    const upload = await put()
    const canary = () => filesBelow(folder).filter((path) => readFileSync(path).includes('canary'))
    expect(canary()).toEqual([])
    await patch(upload.id, 10_000, secret.subarray(10_000))
    await stored(upload)
    expect(canary()).toEqual([])
  })

  test('gives parts, shows damage, and ends with the key of its case', async () => {
    const upload = await put()
    await patch(upload.id, 10_000, secret.subarray(10_000))
    const { file } = await stored(upload)
    const parts: Uint8Array[] = []
    for await (const part of vault.read(file, { first: 4, last: 9 })) parts.push(part)
    expect(Buffer.concat(parts).toString()).toBe('canary')
    expect(await vault.flaw(file)).toBeNull()

    const path = join(folder, 'blobs/objects', CASE, upload.id)
    const whole = readFileSync(path)
    const damaged = Buffer.from(whole)
    damaged[5000] = (damaged[5000] ?? 0) ^ 1
    writeFileSync(path, damaged)
    expect(await vault.flaw(file)).toContain('does not open')
    writeFileSync(path, whole)
    truncateSync(path, statSync(path).size - 1)
    expect(await vault.flaw(file)).toContain('bytes, not')
    writeFileSync(path, whole)
    expect(await vault.flaw({ ...file, sha256: '00'.repeat(32) })).toContain('SHA-256')

    const kept = caseKey
    caseKey = null
    expect(await vault.flaw(file)).toContain('CASE_ERASED')
    caseKey = kept
  })
})

test.each([
  ['', []],
  ['name aGVsbG8=', [['name', 'hello']]],
  [
    'a,b YQ==',
    [
      ['a', ''],
      ['b', 'a'],
    ],
  ],
])('metadata %j is %j', (header, pairs) => {
  expect([...(parseMetadata(header) ?? [])]).toEqual(pairs)
})
test.each(['a,a', 'a b c', 'ä YQ==', 'a !!'])('metadata %j is refused', (header) => {
  expect(parseMetadata(header)).toBeNull()
})

/** A running node with an administrator, an investigator and a prosecutor, and what they do over HTTP and on the command line. */
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { routeOf } from '../src/node/http/route-of.ts'
import { initNode } from '../src/node/init.ts'
import { openLogger } from '../src/node/logger.ts'
import { startNode } from '../src/node/start.ts'
import { type SoftPasskey, softPasskey } from '../src/node/testing/soft-passkey.ts'
import { nodeConfig, nodeHome } from './node-config.ts'
import { runComity, temporaryFolder } from './run-comity.ts'

const ORIGIN = 'http://localhost:8460'

// biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what the tests are about
export type Answer = any
export type Person = { readonly id: string; readonly token: string; readonly passkey: SoftPasskey }
export type WorkingNode = Awaited<ReturnType<typeof workingNode>>

export const marking = (more: object = {}) => ({
  tlp: 'amber',
  audience: [],
  needToKnow: false,
  protectedPerson: false,
  onwardUse: false,
  ...more,
})

export async function workingNode() {
  const home = nodeHome()
  const folder = temporaryFolder()
  const people: Record<string, Person> = {}
  const started = Date.now()
  const provenAt = new Map<string, number>()
  const made = await initNode(home, nodeConfig({ publicUrl: ORIGIN }), 'Ada', {})
  const node = await startNode(home, {}, { log: openLogger('silent') })
  people.ada = await enrol(made.token)
  for (const [name, role] of [
    ['ines', 'investigator'],
    ['paul', 'prosecutor'],
  ] as const)
    people[name] = await enrol((await did('ada', 'person.invite', { name, role })).token)
  return { node, home, folder, people, send, asks, did, uploaded, exhibit, openedCase, fetched, proves }

  async function send(method: string, path: string, token: string | null, body?: unknown, more: object = {}) {
    const raw = body instanceof Uint8Array
    const answer = await fetch(`${node.url}${path}`, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined || raw ? {} : { 'content-type': 'application/json' }),
        ...more,
      },
      ...(body === undefined ? {} : { body: raw ? Buffer.from(body) : JSON.stringify(body) }),
    })
    const bytes = Buffer.from(await answer.arrayBuffer())
    const isJson = /json/.test(answer.headers.get('content-type') ?? '')
    return { status: answer.status, body: (isJson ? JSON.parse(bytes.toString()) : null) as Answer, bytes }
  }

  async function asks(by: string, name: string, input: object): Promise<{ status: number; body: Answer }> {
    const action = node.door.actions.get(name)
    if (!action) throw new Error(`there is no ${name}`)
    const { method, path } = routeOf(action)
    const { seen, ...rest } = input as Record<string, unknown>
    const token = people[by]?.token ?? ''
    if (method === 'POST')
      return send('POST', path, token, rest, {
        'idempotency-key': randomUUID(),
        ...(seen === undefined ? {} : { 'if-match': `"${seen}"` }),
      })
    const query = new URLSearchParams(
      Object.entries(rest).map(([key, value]): [string, string] => [
        key,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    )
    return send('GET', `${path}?${query}`, token)
  }

  async function did(by: string, name: string, input: object): Promise<Answer> {
    const { status, body } = await asks(by, name, input)
    if (status !== 200) throw new Error(`${name}: ${status} ${JSON.stringify(body)}`)
    return body
  }

  async function enrol(token: string): Promise<Person> {
    const passkey = softPasskey({ origin: ORIGIN })
    const { body: options } = await send('POST', '/v1/enrol/options', null, { token })
    const response = passkey.create(options)
    const { body } = await send('POST', '/v1/enrol/finish', null, { token, label: 'key', response })
    return { id: body.personId, token: body.token, passkey }
  }

  async function uploaded(by: string, caseId: string, bytes: Uint8Array): Promise<string> {
    const { uploadId } = await did(by, 'exhibit.upload.begin', { caseId, size: bytes.length })
    const sent = await send('PATCH', `/v1/uploads/${uploadId}`, people[by]?.token ?? '', new Uint8Array(bytes), {
      'content-type': 'application/offset+octet-stream',
      'tus-resumable': '1.0.0',
      'upload-offset': '0',
    })
    expect(sent.status).toBe(204)
    // Sealing goes on after the last byte has arrived.
    for (let tries = 0; ; tries++) {
      const { status } = await asks(by, 'exhibit.upload.finish', { caseId, uploadId })
      if (status === 200) break
      if (tries === 200) throw new Error('the upload is not sealed')
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    return uploadId
  }

  async function exhibit(by: string, caseId: string, bytes: Uint8Array | null, more: object): Promise<string> {
    const { exhibitId } = await did(by, 'exhibit.add', {
      caseId,
      kind: 'file',
      title: 'Image of a disk',
      marking: marking(),
      ...(bytes === null ? {} : { uploadId: await uploaded(by, caseId, bytes) }),
      acquirer: { personId: people[by]?.id },
      authority: 'Search order 12/2026',
      place: 'Rotterdam',
      acquiredAt: new Date().toISOString(),
      ...more,
    })
    return exhibitId
  }

  async function openedCase(title: string): Promise<string> {
    const { id, version } = await did('ines', 'case.open', { title, kind: 'local', purposes: ['criminal-proceedings'] })
    await did('ines', 'case.member.add', { caseId: id, seen: version, personId: people.paul?.id })
    return id
  }

  /** Shows with the passkey that they are there: an export wants it to be no older than five minutes. */
  async function proves(by: string): Promise<void> {
    if (Date.now() - (provenAt.get(by) ?? started) < 120_000) return
    const { token = '', passkey } = people[by] ?? {}
    const { body: options } = await send('POST', '/v1/prove/options', token)
    const { status } = await send('POST', '/v1/prove/finish', token, { response: passkey?.get(options) })
    expect(status).toBe(200)
    provenAt.set(by, Date.now())
  }

  /** Fetches with the command line, as Paul, and unpacks: the folder inside. */
  async function fetched(command: string, caseId: string, ...more: string[]): Promise<string> {
    await proves('paul')
    const zip = join(folder, `${randomUUID()}.zip`)
    const args = ['--node', node.url, 'case', command, '--case-id', caseId, '--out', zip, ...more]
    const ran = await runComity(args, { env: { COMITY_KEY: people.paul?.token ?? '' } })
    expect(ran).toMatchObject({ exit: 0, stderr: '' })
    const target = `${zip.slice(0, -4)}`
    mkdirSync(target)
    execFileSync('python3', ['-m', 'zipfile', '-e', zip, target])
    return join(target, readdirSync(target)[0] ?? '')
  }
}

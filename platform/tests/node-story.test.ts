/**
 * One case from its opening to the court, as people work: a node, five of them with their keys, evidence under custody, a
 * trace of real stolen coins, a request drafted from it, two approvals, the letter, and a bundle that an auditor checks
 * offline, byte by byte. One file, long on purpose: each step stands on the one before it.
 */
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ECDSA, opensslAuthorities, RSA } from '../src/evidence/testing/openssl-authority.ts'
import { runSandboxed } from '../src/io/vault/sandbox.ts'
import { initNode } from '../src/node/init.ts'
import { openLogger } from '../src/node/logger.ts'
import { type RunningNode, startNode } from '../src/node/start.ts'
import { type SoftPasskey, softPasskey } from '../src/node/testing/soft-passkey.ts'
import { findProgram } from './debian-package.ts'
import { fillForm } from './fill-form.ts'
import { nodeConfig, nodeEnvironment, nodeHome } from './node-config.ts'
import { askComity, repository, runComity, sample, temporaryFolder } from './run-comity.ts'

const CONSOLIDATION = 'daf38c7b38eb0a587cf843f47000d5c294affb4f56017370ad48c5147f5e69d9'
/** Where the seized value went next; that an exchange holds it is a fiction of this test. */
const ENDPOINT = 'bc1q20yetypzeukflzlg3qkgfjl8awtklq85t5vct3'
const ORIGIN = 'http://localhost:8460'

const poppler = findProgram('poppler', 'poppler-utils', ['/usr/bin/pdftoppm'])
/** Whether this machine lets a program be put into namespaces of its own. */
const sandboxed =
  poppler !== null &&
  (await runSandboxed(
    { hidden: [], limits: { milliseconds: 5000, memoryBytes: 2 ** 28, outputBytes: 1000 } },
    ['true'],
    new Uint8Array(),
  ).then(({ ok }) => ok))

type Person = { readonly id: string; readonly passkey: SoftPasskey; token: string }
// biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what this test is about
type Heard = { readonly status: number; readonly etag: string | null; readonly body: any; readonly bytes: Buffer }

const environment = await nodeEnvironment()
const home = nodeHome()
const folder = temporaryFolder()
let node: RunningNode
let ada: Person
const people: Record<string, Person> = {}
/** Two time-stamping authorities, which openssl runs on loopback. */
const authorities = opensslAuthorities()
const served: Awaited<ReturnType<typeof authorities.serve>>[] = []

async function send(
  method: string,
  path: string,
  token: string | null,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Heard> {
  const raw = body instanceof Uint8Array
  const answer = await fetch(`${node.url}${path}`, {
    method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined || raw ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: raw ? Buffer.from(body) : JSON.stringify(body) }),
  })
  const bytes = Buffer.from(await answer.arrayBuffer())
  const isJson = /json/.test(answer.headers.get('content-type') ?? '')
  return {
    status: answer.status,
    etag: answer.headers.get('etag'),
    body: isJson ? JSON.parse(bytes.toString()) : null,
    bytes,
  }
}

async function does(who: string, action: string, input: object, seen?: number): Promise<Heard['body']> {
  const answer = await send('POST', `/v1/${action.replaceAll('.', '/')}`, people[who]?.token ?? null, input, {
    'idempotency-key': randomUUID(),
    ...(seen === undefined ? {} : { 'if-match': `"${seen}"` }),
  })
  expect(`${action} ${answer.status} ${answer.status === 200 ? '' : JSON.stringify(answer.body)}`).toBe(
    `${action} 200 `,
  )
  return answer.body
}

async function reads(who: string, action: string, query: Record<string, string>): Promise<Heard['body']> {
  const answer = await send(
    'GET',
    `/v1/${action.replaceAll('.', '/')}?${new URLSearchParams(query)}`,
    people[who]?.token ?? null,
  )
  expect(`${action} ${answer.status} ${answer.status === 200 ? '' : JSON.stringify(answer.body)}`).toBe(
    `${action} 200 `,
  )
  return answer.body
}

async function enrol(invitation: string): Promise<Person> {
  const passkey = softPasskey({ origin: ORIGIN })
  const options = await send('POST', '/v1/enrol/options', null, { token: invitation })
  const done = await send('POST', '/v1/enrol/finish', null, {
    token: invitation,
    label: 'key',
    response: passkey.create(options.body),
  })
  expect(done.status).toBe(200)
  return { id: done.body.personId, token: done.body.token, passkey }
}

beforeAll(async () => {
  for (const [name, key] of [
    ['one', RSA],
    ['two', ECDSA],
  ] as const) {
    authorities.make(name, key)
    served.push(await authorities.serve(name))
  }
  const timestampAuthorities = ['one', 'two'].map((name, at) => ({
    name,
    url: served[at]?.url ?? '',
    rootsFile: authorities.file(name, 'ca.pem'),
  }))
  const made = await initNode(
    home,
    nodeConfig({ publicUrl: ORIGIN, timestampAuthorities }, environment),
    'Ada',
    environment,
  )
  node = await startNode(home, environment, { log: openLogger('silent') })
  ada = await enrol(made.token)
  people.ada = ada
  for (const [name, role] of [
    ['ines', 'investigator'],
    ['paul', 'prosecutor'],
    ['sofie', 'senior-official'],
    ['eva', 'evidence-custodian'],
  ] as const) {
    const { token } = await does('ada', 'person.invite', { name, role })
    people[name] = await enrol(token)
  }
})
afterAll(async () => {
  await node.stop()
  for (const { stop } of served) await stop()
  authorities.remove()
})

describe('a case', () => {
  let caseId = ''
  let exhibitId = ''
  let requestId = ''
  let version = 0
  let record = ''
  const marking = { tlp: 'amber', audience: [], needToKnow: false, protectedPerson: false, onwardUse: false }
  const bundle = join(folder, 'bundle')

  it('is opened, and worked on by its members only', async () => {
    const opened = await does('ines', 'case.open', {
      title: 'Colonial',
      kind: 'local',
      purposes: ['criminal-proceedings'],
    })
    caseId = opened.id
    let seen: number = opened.version
    for (const name of ['paul', 'sofie', 'eva'])
      seen = (await does('ines', 'case.member.add', { caseId, personId: people[name]?.id }, seen)).version
    expect((await reads('paul', 'case.read', { caseId })).id).toBe(caseId)
    // An administrator sees no case content, and not even that the case is there.
    expect((await send('GET', `/v1/case/read?caseId=${caseId}`, ada.token)).status).toBe(403)
  })

  it('traces the coins to where they lie', async () => {
    const data = join(folder, 'data')
    await askComity(data, ['chain', 'import', '--chain', 'bitcoin', '--format', 'esplora', sample('colonial2021')])
    const pack = join(folder, 'exchange.yaml')
    writeFileSync(
      pack,
      `title: An exchange of this test\ncreator: test\ntags:\n  - address: ${ENDPOINT}\n    currency: BTC\n    label: Example exchange\n    source: https://exchange.example\n    category: exchange\n    confidence: ownership\n    lastmod: 2026-01-01\n`,
    )
    await askComity(data, ['tags', 'import', pack])
    const file = join(folder, 'trace.json')
    await askComity(data, [
      'trace',
      'run',
      '--chain',
      'bitcoin',
      '--from',
      `${CONSOLIDATION}:0@ransom`,
      '--rule',
      'fifo',
      '--stop-at-tags',
      '--out',
      file,
    ])
    record = readFileSync(file, 'utf8')
    expect(record).toContain(ENDPOINT)
  })

  it('takes evidence in under custody: uploaded in pieces, hashed, handed over by release and receipt', async () => {
    const bytes = Buffer.from(record)
    const begun = await does('ines', 'exhibit.upload.begin', { caseId, size: bytes.length })
    const half = bytes.length >> 1
    for (const [at, piece] of [
      [0, bytes.subarray(0, half)],
      [half, bytes.subarray(half)],
    ] as const) {
      const sent = await send(
        'PATCH',
        `/v1/uploads/${begun.uploadId}`,
        people.ines?.token ?? '',
        new Uint8Array(piece),
        {
          'content-type': 'application/offset+octet-stream',
          'tus-resumable': '1.0.0',
          'upload-offset': String(at),
        },
      )
      expect(sent.status).toBe(204)
    }
    await expect
      .poll(
        () =>
          send(
            'POST',
            '/v1/exhibit/upload/finish',
            people.ines?.token ?? '',
            { caseId, uploadId: begun.uploadId },
            { 'idempotency-key': randomUUID() },
          ).then(({ status }) => status),
        { timeout: 20_000 },
      )
      .toBe(200)
    const added = await does('ines', 'exhibit.add', {
      caseId,
      kind: 'trace-record',
      title: 'Trace of the ransom, first in first out',
      marking,
      uploadId: begun.uploadId,
      acquirer: { personId: people.ines?.id },
      competence: 'Certified in tracing',
      authority: 'Art. 126ng Sv',
      place: 'Rotterdam',
      acquiredAt: new Date().toISOString(),
      tool: { name: 'comity', version: '0.1.0' },
    })
    exhibitId = added.exhibitId
    await does('ines', 'custody.release', {
      caseId,
      exhibitId,
      authority: 'Art. 126ng Sv',
      place: 'Rotterdam',
      to: { personId: people.eva?.id },
    })
    await does('eva', 'custody.receive', { caseId, exhibitId, authority: 'Art. 126ng Sv', place: 'Rotterdam' })
    const { ticket } = await reads('eva', 'exhibit.download', { exhibitId })
    const fetched = await send('GET', '/v1/exhibit/content', people.eva?.token ?? '', undefined, {
      'exhibit-ticket': ticket,
    })
    expect(fetched.bytes.equals(bytes)).toBe(true)
    // A ticket opens one download.
    expect(
      (await send('GET', '/v1/exhibit/content', people.eva?.token ?? '', undefined, { 'exhibit-ticket': ticket }))
        .status,
    ).toBe(403)
  })

  it('turns the trace into a request, checked against the form of its instrument', async () => {
    const drafted = await does('ines', 'workflow.freeze-from-trace', {
      caseId,
      record,
      endpoint: { status: 'service' },
      letter: {
        instrument: 'EU-2018-1805',
        requestType: 'FREEZE.REQUEST',
        measure: 'FREEZE_SPECIFIC',
        data: {},
        languages: { original: 'en', theirs: ['de'] },
        recipients: [{ authority: 'Generalstaatsanwaltschaft Frankfurt am Main', country: 'DE', role: 'to' }],
        clock: { country: 'DE', zone: 'Europe/Berlin' },
        urgency: { code: 'IMMINENT_DISSIPATION', ground: 'The coins moved within the hour.' },
        facts: 'Coins paid as ransom were traced to an exchange.',
        useConditions: [],
      },
    })
    requestId = drafted.id
    version = drafted.version
    const checked = await reads('ines', 'request.check', { id: requestId })
    // An empty form lacks what Annex I asks for, field by field, each with its article.
    expect(checked.problems.length).toBeGreaterThan(5)
    expect(checked.problems[0]).toMatchObject({ path: expect.any(String), article: expect.any(String) })
    const read = await reads('ines', 'request.read', { id: requestId })
    expect(read.request.content.assets).toMatchObject([{ address: ENDPOINT, amount: '6369984900' }])
  })

  it('is submitted, and released only after two others have approved exactly this text with keys of their own', async () => {
    const submitted = await send(
      'POST',
      '/v1/request/submit',
      people.ines?.token ?? '',
      { id: requestId },
      { 'idempotency-key': randomUUID(), 'if-match': `"${version}"` },
    )
    // What lacks required fields is not sent: the findings say which.
    if (submitted.status !== 200) {
      expect(submitted.body.code).toMatch(/^REQUEST_/)
      const data = await fillForm(
        () => reads('ines', 'request.check', { id: requestId }),
        async (filled) => {
          const { request } = await reads('ines', 'request.read', { id: requestId })
          const content = { ...request.content, data: filled }
          version = (await does('ines', 'request.update', { id: requestId, content }, version)).version
        },
      )
      const { request } = await reads('ines', 'request.read', { id: requestId })
      version = (
        await does('ines', 'request.update', { id: requestId, content: { ...request.content, data } }, version)
      ).version
      version = (await does('ines', 'request.submit', { id: requestId }, version)).version
    } else version = submitted.body.version

    const { digest } = await reads('paul', 'approval.challenge', { id: requestId })
    const early = await send(
      'POST',
      '/v1/request/release',
      people.paul?.token ?? '',
      { id: requestId, digest },
      { 'idempotency-key': randomUUID(), 'if-match': `"${version}"` },
    )
    expect(early.status).toBe(409)
    for (const name of ['paul', 'sofie']) {
      const { challenge, expiresAt } = await reads(name, 'approval.challenge', { id: requestId })
      const credential = people[name]?.passkey.get({ challenge, rpId: 'localhost' })
      version = (await does(name, 'approval.give', { id: requestId, digest, expiresAt, credential }, version)).version
    }
    version = (await does('paul', 'request.release', { id: requestId, digest }, version)).version
    expect((await reads('paul', 'request.read', { id: requestId })).request.state).toBe('released')
  })

  it('computes the deadlines of the law once the request has arrived', async () => {
    const at = new Date().toISOString()
    version = (
      await does(
        'ines',
        'request.acknowledged',
        { id: requestId, receivedByNodeAt: at, receivedByCompetentAt: at },
        version,
      )
    ).version
    const { request } = await reads('ines', 'request.read', { id: requestId })
    const urgent = request.deadlines.find(({ ruleId }: { ruleId: string }) => ruleId === 'R1805-9-3a')
    expect(urgent).toMatchObject({ article: '9(3)', binding: true })
    expect(Date.parse(urgent.due)).toBeGreaterThanOrEqual(Date.parse(at) + 48 * 3_600_000)
  })

  it.each(['en', 'de', 'fr', 'es', 'ar', 'zh'])('prints the letter in %s', async (language) => {
    const letter = await send(
      'GET',
      `/v1/request/letter.pdf?id=${requestId}&language=${language}`,
      people.paul?.token ?? '',
    )
    expect(letter.body).toBeNull()
    expect(letter.status).toBe(200)
    expect(letter.bytes.subarray(0, 5).toString()).toBe('%PDF-')
    writeFileSync(join(folder, `letter-${language}.pdf`), letter.bytes)
    const path = `/v1/request/letter.svg?id=${requestId}&language=${language}`
    const picture = await send('GET', path, people.paul?.token ?? '')
    const drawn = picture.bytes.toString()
    expect(drawn).toMatch(/^<svg [^>]*viewBox="0 0 595\.\d+ \d{4,}/)
    expect(drawn).not.toMatch(/<(script|style|foreignObject|image|a) /)
    // No page lies over another.
    expect(drawn).not.toContain('fill="#ffffff" fill-rule="nonzero" d="M 0 0v 841')
    expect((await send('GET', path, people.ada?.token ?? '')).status).toBe(403)
  })

  it('shows a page of a PDF as a picture made in a sandbox, and of anything else nothing', async () => {
    const bytes = readFileSync(join(folder, 'letter-en.pdf'))
    const begun = await does('ines', 'exhibit.upload.begin', { caseId, size: bytes.length })
    await send('PATCH', `/v1/uploads/${begun.uploadId}`, people.ines?.token ?? '', new Uint8Array(bytes), {
      ...{ 'content-type': 'application/offset+octet-stream', 'tus-resumable': '1.0.0', 'upload-offset': '0' },
    })
    const finish = { caseId, uploadId: begun.uploadId }
    const key = () => ({ 'idempotency-key': randomUUID() })
    await expect
      .poll(
        async () => (await send('POST', '/v1/exhibit/upload/finish', people.ines?.token ?? '', finish, key())).status,
        { timeout: 20_000 },
      )
      .toBe(200)
    const { exhibitId: letter } = await does('ines', 'exhibit.add', {
      caseId,
      kind: 'file',
      title: 'The letter as it was sent',
      marking,
      uploadId: begun.uploadId,
      acquirer: { personId: people.ines?.id },
      competence: 'Certified in tracing',
      authority: 'Art. 126ng Sv',
      place: 'Rotterdam',
      acquiredAt: new Date().toISOString(),
      tool: { name: 'comity', version: '0.1.0' },
    })
    const look = (id: string, page: number, who: Person | undefined) =>
      send('GET', `/v1/exhibit/preview.png?exhibitId=${id}&page=${page}`, who?.token ?? '')
    const picture = await look(letter, 1, people.paul)
    if (sandboxed) {
      expect(picture.status).toBe(200)
      expect(picture.bytes.subarray(1, 4).toString()).toBe('PNG')
      expect((await look(letter, 999, people.paul)).body).toMatchObject({ code: 'PREVIEW_FAILED' })
    } else expect(picture.body).toMatchObject({ code: 'PREVIEW_UNAVAILABLE' })
    expect((await look(exhibitId, 1, people.paul)).body).toMatchObject({ code: 'PREVIEW_FAILED' })
    expect((await look(letter, 1, people.ada)).status).toBe(403)
    expect((await look(letter, 0, people.paul)).status).toBe(400)
  })

  it('leaves the house as a bundle that anybody verifies offline', async () => {
    // From the command line, as Paul; the same is at POST /v1/case/bundle.zip.
    const fetched = await runComity(
      ['--node', node.url, 'case', 'bundle', '--case-id', caseId, '--out', join(folder, 'bundle.zip')],
      { env: { COMITY_KEY: people.paul?.token ?? '' } },
    )
    expect(fetched).toMatchObject({ exit: 0, stderr: '' })
    mkdirSync(bundle)
    execFileSync('python3', ['-m', 'zipfile', '-e', join(folder, 'bundle.zip'), bundle])
    const [inside = ''] = readdirSync(bundle)
    const verdict = verify(join(bundle, inside))
    const statements = verdict.statements as { state: string; says: string; why?: string; part: string }[]
    expect(statements.filter(({ state }) => state === 'wrong')).toEqual([])
    const checked = statements.filter(({ state }) => state === 'checked').map(({ part }) => part)
    for (const part of ['seal', 'files', 'journal', 'exhibits', 'requests']) expect(checked).toContain(part)
    const isChecked = (says: RegExp) => statements.some((one) => one.state === 'checked' && says.test(one.says))
    expect(isChecked(/approved by the 2 persons/)).toBe(true)
    expect(statements.filter(({ says }) => /with an authenticator that verified/.test(says))).toMatchObject([
      { state: 'checked' },
      { state: 'checked' },
    ])
    expect(isChecked(/^The trace record traces\//)).toBe(true)
    expect(isChecked(/existed when a time-stamping authority signed.*one stamps/)).toBe(true)
    expect(isChecked(/existed when a time-stamping authority signed.*two stamps/)).toBe(true)
  })

  it('leaves nothing unchecked for a reader who says whom to trust', async () => {
    const key = await (await fetch(`${node.url}/log/key`)).text()
    const policy = join(folder, 'policy')
    const roots = join(folder, 'roots.pem')
    writeFileSync(policy, `log ${key.trim()}\nquorum none\n`)
    writeFileSync(roots, ['one', 'two'].map((name) => readFileSync(authorities.file(name, 'ca.pem'), 'utf8')).join(''))
    const [inside = ''] = readdirSync(bundle)
    const verdict = verify(join(bundle, inside), '--policy', policy, '--roots', roots)
    expect((verdict.statements as { state: string }[]).filter(({ state }) => state !== 'checked')).toEqual([])
    expect(verdict.result).toBe('all checked')
  })

  it('and a change of any byte of it is located', () => {
    const [inside = ''] = readdirSync(bundle)
    const root = join(bundle, inside)
    const files = readdirSync(root, { recursive: true })
      .map(String)
      .filter((path) => statSync(join(root, path)).isFile())
    expect(files.length).toBeGreaterThan(10)
    for (const path of files) {
      const file = join(root, path)
      const bytes = readFileSync(file)
      chmodSync(file, 0o600)
      // Of every byte of a bundle the tests of the verifier try a change; here, of every file of a real one.
      for (const at of [bytes.length >> 1]) {
        const changed = Buffer.from(bytes)
        changed[at] = (changed[at] ?? 0) ^ 1
        writeFileSync(file, changed)
        const wrong = (verify(root).statements as { state: string; where?: { file?: string } }[]).filter(
          ({ state }) => state === 'wrong',
        )
        writeFileSync(file, bytes)
        expect(
          wrong.map(({ where }) => where?.file),
          `${path}, byte ${at}`,
        ).toContain(path)
      }
    }
  })

  it('and the node still agrees with its journal', async () => {
    const checked = await runComity(['log', 'verify', '--home', home], { env: environment })
    expect(checked.stdout).toContain('✓ Every row and every tile')
    expect(checked.stdout).toMatch(/[2-9] stamps of time-stamping authorities/)
    expect(checked.exit).toBe(0)
  })
})

function verify(bundle: string, ...options: string[]) {
  // As a court runs it: the program and the folder, nothing of the node.
  try {
    return JSON.parse(
      execFileSync(
        process.execPath,
        [join(repository, 'platform/bin/comity-verify.mjs'), bundle, '--json', ...options],
        {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
          maxBuffer: 1e8,
        },
      ),
    )
  } catch (thrown) {
    return JSON.parse((thrown as { stdout: string }).stdout)
  }
}

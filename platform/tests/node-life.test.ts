/** The life of a node as its operator sees it: made, started, killed, started again, saved, brought back, given new keys. */

import { createPublicKey, verify } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Access } from '../src/kernel/index.ts'
import { initNode } from '../src/node/init.ts'
import { openLogger } from '../src/node/logger.ts'
import { startNode } from '../src/node/start.ts'
import { nodeConfig, nodeHome } from './node-config.ts'
import { askComity, runComity, startComity, temporaryFolder } from './run-comity.ts'

type Status = {
  readonly runningAs: number | null
  readonly people: number
  readonly journal: { readonly published: number; readonly key: string }
}

async function untilReady(url: string): Promise<void> {
  for (let waited = 0; waited < 60_000; waited += 100) {
    const answer = await fetch(`${url}/readyz`).catch(() => null)
    if (answer?.ok) return
    await sleep(100)
  }
  throw new Error(`${url} does not become ready`)
}

const isRunning = (pid: number) => {
  try {
    process.kill(pid, 0)
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

describe('a node', () => {
  it('is made and started with two commands, survives kill -9, and comes back from its backup', async () => {
    const home = nodeHome()
    const port = 20_000 + Math.floor(Math.random() * 20_000)
    const made = await askComity<{ invitation: string }>(home, ['node', 'init', '--port', String(port)])
    expect(made.invitation).toMatch(/^ce_/)
    expect((await runComity(['node', 'init', '--home', home])).exit).toBe(1)

    const first = startComity(['node', 'start', '--home', home])
    const url = `http://127.0.0.1:${port}`
    await untilReady(url)
    const status = await askComity<Status>(home, ['node', 'status'])
    expect(status).toMatchObject({ people: 1, journal: { published: 1 } })
    expect(status.runningAs).not.toBeNull()
    const postmaster = Number(readFileSync(join(home, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0])

    // A second node in the same folder is refused, and says by whom it is held.
    const second = await runComity(['node', 'start', '--home', home, '--json'])
    expect(JSON.parse(second.stdout).error).toMatchObject({ code: 'HOME_LOCKED' })

    await askComity(home, ['node', 'invite', 'Grace'])
    process.kill(status.runningAs as number, 'SIGKILL')
    first.kill()
    await first.ended
    for (let waited = 0; isRunning(postmaster) && waited < 10_000; waited += 50) await sleep(50)
    expect(isRunning(postmaster)).toBe(false)

    const again = startComity(['node', 'start', '--home', home])
    await untilReady(url)
    expect(await askComity<Status>(home, ['node', 'status'])).toMatchObject({ people: 2 })
    expect((await runComity(['log', 'verify', '--home', home])).exit).toBe(0)
    const folder = temporaryFolder()
    await askComity(home, ['node', 'backup', join(folder, 'backup'), '--keys', join(folder, 'keys')])
    const { runningAs } = await askComity<Status>(home, ['node', 'status'])
    process.kill(runningAs as number, 'SIGTERM')
    expect((await again.ended).exit).toBe(0)

    const kept = (await runComity(['log', 'checkpoint', '--home', home])).stdout
    writeFileSync(join(folder, 'kept'), kept)
    const restored = nodeHome()
    await askComity(restored, ['node', 'restore', join(folder, 'backup'), '--keys', join(folder, 'keys')])
    const check = await runComity(['log', 'verify', '--checkpoint', join(folder, 'kept'), '--home', restored])
    expect(check.stdout).toContain('✓ The journal continues the checkpoint that was kept.')
    expect(check.exit).toBe(0)
    expect(await askComity<Status>(restored, ['node', 'status'])).toMatchObject({ people: 2 })

    // A changed byte anywhere in the backup is found before anything is put back.
    const data = join(folder, 'backup/database.jsonl.gz')
    const bytes = readFileSync(data)
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
    writeFileSync(data, bytes)
    const spoilt = await runComity([
      'node',
      'restore',
      join(folder, 'backup'),
      '--keys',
      join(folder, 'keys'),
      '--home',
      nodeHome(),
      '--json',
    ])
    expect(JSON.parse(spoilt.stdout).error).toMatchObject({ code: 'BACKUP_DAMAGED', place: data })
  })

  it('gives itself new keys, and reads all that the old ones sealed', async () => {
    const home = nodeHome()
    await askComity(home, ['node', 'init'])
    const before = await askComity<Status>(home, ['node', 'status'])
    await askComity(home, ['node', 'rotate-keys'])
    const after = await askComity<Status>(home, ['node', 'status'])
    expect(after.journal.key).not.toBe(before.journal.key)
    expect(after.people).toBe(1)
    const check = await runComity(['log', 'verify', '--home', home])
    expect(check.stdout).toContain('✓ Every row and every tile')
    expect(check.exit).toBe(0)
  })

  it('refuses to be made unsafely, with the reason', async () => {
    const unsafe = await runComity([
      'node',
      'init',
      '--home',
      nodeHome(),
      '--public-url',
      'http://comity.example',
      '--json',
    ])
    expect(JSON.parse(unsafe.stdout).error).toMatchObject({ code: 'CONFIG_UNSAFE' })
    const home = nodeHome()
    await askComity(home, ['node', 'init'])
    const file = join(home, 'node.yaml')
    writeFileSync(file, readFileSync(file, 'utf8').replace('required: 2', 'required: 1'))
    const alone = await runComity(['node', 'start', '--home', home, '--json'])
    expect(JSON.parse(alone.stdout).error).toMatchObject({ code: 'CONFIG_INVALID' })
    chmodSync(join(home, 'keys/node.key'), 0o644)
    writeFileSync(file, readFileSync(file, 'utf8').replace('required: 1', 'required: 2'))
    const exposed = await runComity(['node', 'start', '--home', home, '--json'])
    expect(JSON.parse(exposed.stdout).error).toMatchObject({ code: 'KEYS_EXPOSED' })
  })

  it('tells a webhook of what its role may know, signed, in order, and again after a failure', async () => {
    const received: { readonly headers: Record<string, unknown>; readonly body: string }[] = []
    let failing = true
    let refused = 0
    const receiver = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk) => {
        body += chunk
      })
      request.on('end', () => {
        if (failing) refused++
        else received.push({ headers: request.headers, body })
        response.statusCode = failing ? 500 : 204
        response.end()
      })
    })
    await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
    const { port } = receiver.address() as AddressInfo
    const home = nodeHome()
    const { personId } = await initNode(home, nodeConfig({ webhooks: { hosts: [`127.0.0.1:${port}`] } }), 'Ada', {})
    const node = await startNode(home, {}, { log: openLogger('silent') })
    try {
      const caller = {
        personId,
        signedInBy: 'passkey' as const,
        provenAt: Date.now(),
        purpose: 'criminal-proceedings',
        scopes: null,
      }
      const make = (url: string) =>
        node.door.run({
          caller,
          action: 'webhook.make',
          input: { url, events: [], role: 'investigator', purpose: 'criminal-proceedings', label: 'desk' },
        })
      expect(await make('http://127.0.0.1:1/x')).toMatchObject({ ok: false, refusal: { code: 'WEBHOOK_HOST' } })
      const made = await make(`http://127.0.0.1:${port}/hook`)
      if (!made.ok) throw new Error(made.refusal.message)
      const webhook = made.value.result as { personId: string; publicKey: string }
      // It hears of what comes after it was made: its place in the log is noted when it is first delivered to.
      const placed = () => node.stores.database.query('SELECT 1 FROM webhook_place')
      for (let waited = 0; (await placed()).length === 0 && waited < 10_000; waited += 20) await sleep(20)
      const caseId = '00000000-0000-7000-8000-00000000000c'
      const access = (members: string[]): Access => ({
        members,
        leads: [],
        sealed: false,
        sealedFor: [],
        training: false,
        closed: false,
        purposes: ['criminal-proceedings'],
      })
      const open = (id: string, members: string[]) =>
        node.door.asNode(async ({ records }) => {
          await records.openCase(id)
          await records.put('case', id, { access: access(members) }, { caseId: id, seen: 0 })
          return {
            ok: true,
            value: { result: null, events: [{ name: 'case.opened', of: 'case', id, caseId: id, body: {} }] },
          }
        })
      await open(caseId, [webhook.personId])
      await open('00000000-0000-7000-8000-00000000000d', [])
      for (let waited = 0; refused === 0 && waited < 10_000; waited += 20) await sleep(20)
      expect(refused).toBeGreaterThan(0)
      failing = false
      await node.door.asNode(async ({ records }) => {
        const stored = await records.get<{ access: Access }>('case', caseId)
        await records.put('case', caseId, stored?.body, { caseId, seen: 1 })
        return {
          ok: true,
          value: { result: null, events: [{ name: 'case.changed', of: 'case', id: caseId, caseId, body: {} }] },
        }
      })
      for (let waited = 0; received.length < 2 && waited < 70_000; waited += 20) await sleep(20)
      expect(received.map(({ body }) => (JSON.parse(body) as { type: string; data: { caseId: string } }).type)).toEqual(
        ['case.opened', 'case.changed'],
      )
      expect(received.every(({ body }) => body.includes(caseId))).toBe(true)
      const key = createPublicKey({
        key: Buffer.concat([
          Buffer.from('302a300506032b6570032100', 'hex'),
          Buffer.from(webhook.publicKey.slice(5), 'base64'),
        ]),
        format: 'der',
        type: 'spki',
      })
      for (const { headers, body } of received) {
        const signature = Buffer.from(String(headers['webhook-signature']).replace('v1a,', ''), 'base64')
        expect(
          verify(null, Buffer.from(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`), key, signature),
        ).toBe(true)
      }
    } finally {
      await node.stop()
      receiver.close()
    }
  })

  it('shares a database with another process: both answer, each act is done once, the journal is one', async () => {
    // The embedded server of one node stands in for a server elsewhere.
    const home = nodeHome()
    await initNode(home, nodeConfig(), 'Ada', {})
    const first = await startNode(home, {}, { log: openLogger('silent') })
    const { host, port, user, database } = first.stores.database.config
    const url = `postgres://${user}@localhost:${port}/${database}?host=${encodeURIComponent(String(host))}`
    const second = await startNode(home, { DATABASE_URL: url }, { log: openLogger('silent') })
    try {
      const { items } = await first.stores.database
        .query<{ id: string }>("SELECT id FROM record_head WHERE kind = 'person'")
        .then((rows) => ({ items: rows }))
      const caller = () => ({
        personId: items[0]?.id ?? '',
        signedInBy: 'passkey' as const,
        provenAt: Date.now(),
        purpose: 'criminal-proceedings',
        scopes: null,
      })
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, at) =>
          (at % 2 === 0 ? first : second).door.run({
            caller: caller(),
            action: 'person.invite',
            input: { name: `Person ${at >> 1}`, role: 'investigator' },
            // Each act is sent to both processes.
            idempotencyKey: `invite-${at >> 1}`,
          }),
        ),
      )
      expect(answers.every(({ ok }) => ok)).toBe(true)
      const [count] = await first.stores.database.query<{ n: string }>(
        "SELECT count(*) AS n FROM record_head WHERE kind = 'person'",
      )
      expect(Number(count?.n)).toBe(21)
      for (let waited = 0; waited < 10_000; waited += 100) {
        const [left] = await first.stores.database.query<{ n: string }>(
          'SELECT count(*) AS n FROM journal_entry WHERE log_index IS NULL',
        )
        if (Number(left?.n) === 0) break
        await sleep(100)
      }
    } finally {
      await second.stop()
      await first.stop()
    }
    expect((await runComity(['log', 'verify', '--home', home])).exit).toBe(0)
    expect(existsSync(join(home, 'log/checkpoint'))).toBe(true)
  })
})

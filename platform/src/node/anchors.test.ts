/** Stamps of two authorities that openssl runs here, over HTTP on loopback, on the checkpoints of a real journal. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseRoots, signCheckpoint } from '../evidence/index.ts'
import { ECDSA, opensslAuthorities, RSA } from '../evidence/testing/openssl-authority.ts'
import { type Database, migrate } from '../io/postgres/index.ts'
import { ok, orStop } from '../kernel/index.ts'
import { type Anchors, eachAnchor, latestAnchors, openAnchors, type TimestampAuthority } from './anchors.ts'
import { openDoor } from './door/door.ts'
import { openJournal } from './journal.ts'
import { checkNode } from './journal-check.ts'
import { initKeys, openKeys } from './keys.ts'
import { openDecisionPoint } from './policy/decision-point.ts'
import { migrations } from './store/migrations.ts'
import { testDatabase } from './testing/test-database.ts'
import { POLICIES } from './testing/test-node.ts'

const folder = mkdtempSync(join(tmpdir(), 'comity-anchors-'))
const authorities = opensslAuthorities()
const never = new AbortController().signal
const told: string[] = []
let skipped = 0
let database: Database
let named: readonly TimestampAuthority[]
let served: readonly Awaited<ReturnType<typeof authorities.serve>>[]
let anchors: Anchors
let node: ReturnType<typeof open>

function open(from: Database) {
  initKeys(join(folder, 'keys'))
  const keys = openKeys(join(folder, 'keys'))
  const journal = openJournal(from, keys, 'anchors.example/comity', join(folder, 'log'))
  const door = openDoor({
    database: from,
    keys,
    policies: openDecisionPoint(POLICIES),
    actions: [],
    ports: new Map(),
    clock: Date.now,
    watch: { decided: () => {}, acted: () => {} },
  })
  return { keys, journal, door }
}

async function grow(): Promise<void> {
  orStop(
    await node.door.asNode(async ({ newId }) =>
      ok({ result: null, events: [{ name: 'person.invited', of: 'person', id: newId(), caseId: null, body: {} }] }),
    ),
  )
  await node.journal.advance()
}

beforeAll(async () => {
  database = await testDatabase()
  await migrate(database, migrations)
  node = open(database)
  authorities.make('one', RSA)
  authorities.make('two', ECDSA)
  served = [await authorities.serve('one'), await authorities.serve('two')]
  named = ['one', 'two'].map((name, at) => ({
    name,
    url: served[at]?.url ?? '',
    roots: orStop(parseRoots(readFileSync(authorities.file(name, 'ca.pem'), 'utf8'))),
  }))
  const clock = () => Date.now() + skipped
  const hear = (authority: string, outcome: string) => void told.push(`${authority} ${outcome}`)
  anchors = openAnchors({ database, journal: node.journal, authorities: named, clock, told: hear })
  await grow()
}, 60_000)
afterAll(async () => {
  for (const { stop } of served) await stop()
  authorities.remove()
  rmSync(folder, { recursive: true, force: true })
})

const kept = async () => {
  const all: string[] = []
  for await (const { size, authority } of eachAnchor(database)) all.push(`${size} ${authority}`)
  return all
}
const check = () =>
  checkNode(database, node.keys, node.journal, null, { report: () => {} }, named).then(
    ({ findings, anchors: count }) => ({ findings, count }),
  )

describe('anchors', () => {
  it('are stamps of every authority on the published checkpoint, once for each', async () => {
    expect(await anchors.renew(never)).toEqual({ stamped: 2, failed: 0 })
    expect(await anchors.renew(never)).toEqual({ stamped: 0, failed: 0 })
    expect(await kept()).toEqual(['1 one', '1 two'])
    const [one] = await latestAnchors(database)
    expect(one?.checkpoint).toEqual(await node.journal.log.checkpoint())
    expect(Math.abs(Date.parse(one?.at ?? '') - Date.now())).toBeLessThan(60_000)
    expect(await check()).toEqual({ findings: [], count: 2 })
  })

  it.each<[string, NonNullable<(typeof served)[0]['setting']['instead']>, string]>([
    ['an authority that fails', (_, response) => response.writeHead(500).end(), 'ANCHOR_NO_ANSWER'],
    ['one that redirects', (_, r) => r.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(), 'ANCHOR_NO_ANSWER'],
    ['an answer without an end', (_, response) => void response.write(Buffer.alloc(1 << 18)), 'ANCHOR_NO_ANSWER'],
    ['an answer that is none', (_, response) => response.writeHead(200).end('hello'), 'TIMESTAMP_MALFORMED'],
    [
      'the answer to another request',
      (_, response) => response.end(readFileSync(authorities.file('one', 'r.tsr'))),
      'TIMESTAMP_OF_OTHER',
    ],
  ])('%s leaves nothing, and keeps no other authority waiting', async (_, instead, code) => {
    await grow()
    const [first] = served
    if (!first) throw new Error('no authority')
    first.setting.instead = instead
    const before = await kept()
    told.length = 0
    try {
      expect(await anchors.renew(never)).toEqual({ stamped: 1, failed: 1 })
    } finally {
      first.setting.instead = null
    }
    expect(told.sort()).toEqual([`one ${code}`, 'two stamped'])
    expect((await kept()).slice(before.length)).toEqual([expect.stringMatching(/ two$/)])
    // What it has missed is made up for.
    expect(await anchors.renew(never)).toEqual({ stamped: 1, failed: 0 })
  })

  it('are not taken from an authority whose roots are others, nor where the clocks differ', async () => {
    await grow()
    const [one, two] = named as [TimestampAuthority, TimestampAuthority]
    const crossed = [{ ...one, roots: two.roots }]
    const outcomes: string[] = []
    const strict = openAnchors({
      ...{ database, journal: node.journal, authorities: crossed, clock: Date.now },
      told: (_, outcome) => void outcomes.push(outcome),
    })
    expect(await strict.renew(never)).toEqual({ stamped: 0, failed: 1 })
    skipped = 6 * 60_000
    expect(await anchors.renew(never)).toEqual({ stamped: 0, failed: 2 })
    skipped = 0
    expect(outcomes).toEqual(['TIMESTAMP_AUTHORITY_UNTRUSTED'])
    expect(told.slice(-2)).toEqual(expect.arrayContaining(['one ANCHOR_CLOCK', 'two ANCHOR_CLOCK']))
  })

  it('of one checkpoint are had at once, for a bundle', async () => {
    await grow()
    const checkpoint = (await node.journal.log.checkpoint()) as Uint8Array
    const asked = () => served.map(({ setting }) => setting.asked)
    const stamps = await anchors.stampsOn(checkpoint, never)
    expect(stamps.map(({ authority }) => authority).sort()).toEqual(['one', 'two'])
    const before = asked()
    expect(await anchors.stampsOn(checkpoint, never)).toHaveLength(2)
    expect(asked()).toEqual(before)
    expect(await anchors.stampsOn(checkpoint, AbortSignal.abort())).toHaveLength(2)
  })

  it('show that the past was rewritten, even by whoever holds the keys and every row', async () => {
    expect((await check()).findings).toEqual([])
    const { signer } = node.journal
    // The journal as a superuser with the keys would have it: another root of the same size, signed by the right key.
    const [anchor] = await latestAnchors(database)
    if (!anchor) throw new Error('no anchor')
    const forged = signCheckpoint(
      { origin: signer.key.name, size: BigInt(anchor.size), root: new Uint8Array(32) },
      signer.key,
      signer.sign,
    )
    const asSuperuser = (checkpoint: Uint8Array) =>
      database.transaction(async (sql) => {
        await sql.query('SET LOCAL session_replication_role = replica')
        await sql.query('UPDATE anchor SET checkpoint = $1 WHERE size = $2 AND authority = $3', [
          checkpoint,
          anchor.size,
          anchor.authority,
        ])
      })
    await expect(database.query('UPDATE anchor SET nonce = nonce')).rejects.toThrow('append-only')
    await asSuperuser(forged)
    const { findings } = await check()
    await asSuperuser(anchor.checkpoint)
    expect(findings).toEqual([
      { place: expect.stringContaining(`stamp of ${anchor.authority}`), problem: 'The stamp is on other bytes.' },
    ])
    // And the other way round: the anchors stand, and the journal is another one.
    const other = { ...node.journal, log: { ...node.journal.log, read: async () => null } }
    const cut = await checkNode(database, node.keys, other, null, { report: () => {} }, named)
    expect(cut.findings.filter(({ problem }) => problem.includes('the past was rewritten'))).toHaveLength(cut.anchors)
  })
})

/**
 * The founding of a directory of members by five agencies, three of whom must sign, on a folder for each of their machines and
 * one for the secretariat; then a life of it: a country of its own, members, a lost key, a suspension.
 *
 * Only files travel between the folders: public keys, drafts, signatures, cards, the published directory.
 */
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { loadTrusted, trustRoot, updateDirectory, view } from '../src/exchange/directory/index.ts'
import { folderSource, trustedFolder } from '../src/exchange/directory/store/index.ts'
import { cardJson, type TestMember } from '../src/exchange/directory/testing/cards.ts'
import { checkEd25519 } from '../src/kernel/crypto/index.ts'
import { canonicalJson } from '../src/kernel/index.ts'
import { askComity, type Refused, runComity, temporaryFolder } from './run-comity.ts'

const AT = '2026-11-26T12:00:00Z'
const NOW = Date.parse(AT)
const later = (hours: number) => `${new Date(NOW + hours * 3_600_000).toISOString().slice(0, 19)}Z`

const scratch = temporaryFolder()
const machine = (name: string) => {
  const folder = join(scratch, name)
  mkdirSync(folder, { recursive: true })
  return folder
}
const agencies = ['nl', 'de', 'us', 'sg', 'ch'] as const
type Agency = (typeof agencies)[number]
const home = machine('home')
const secretariat = machine('secretariat')
const dir = join(secretariat, 'directory')
const online = machine('online')
const passphrase = { COMITY_PASSPHRASE: 'correct horse battery staple' }
const at = (hours = 0) => ['--at', later(hours)]

type Named = { readonly keyid: string; readonly holder: string | null }
type Draft = {
  readonly role: string
  readonly version: number
  readonly path: string
  readonly complete: boolean
  readonly needs: readonly {
    readonly threshold: number
    readonly signed: readonly Named[]
    readonly missing: readonly Named[]
  }[]
  readonly changes: readonly string[]
}
type Drafts = { readonly drafts: readonly Draft[] }
type Published = { readonly published: readonly string[]; readonly waiting: readonly Draft[] }
type Verified = {
  readonly sound: boolean
  readonly members: readonly { readonly id: string; readonly status: string }[]
}

const ask = <Answer>(args: readonly string[], exit = 0) => askComity<Answer>(home, args, exit, { env: passphrase })
const refusal = async (args: readonly string[], exit = 1) => (await ask<Refused>(args, exit)).error.code
const keyOf = (agency: string) => join(machine(agency), `${agency}-root`)
/** What a person at the secretariat does with a stick: the public file, and nothing else. */
const carried = (path: string, to = secretariat) => {
  const target = join(to, basename(path))
  copyFileSync(path, target)
  return target
}

/** A draft goes to the machine of an agency, is signed there, and the signature comes back. */
async function signAt(agency: Agency, draft: string, key = keyOf(agency)): Promise<string> {
  const there = machine(`${agency}-sticks`)
  const copy = join(there, `copy-${readdirSync(there).length}`)
  cpSync(dir, copy, { recursive: true })
  const out = join(there, `${basename(draft)}.${agency}.signature.json`)
  await ask(['directory', 'sign', join(copy, draft), '--key', key, '--out', out, '--yes'])
  return carried(out)
}

async function signedBy(draft: string, by: readonly Agency[]): Promise<Draft | undefined> {
  const signatures = []
  for (const agency of by) signatures.push(await signAt(agency, draft))
  return (await ask<Drafts>(['directory', 'add-signature', dir, ...signatures])).drafts[0]
}

const publish = (hours: number, exit = 0) =>
  ask<Published>(
    ['directory', 'publish', dir, '--key', join(online, 'snapshot'), '--key', join(online, 'timestamp'), ...at(hours)],
    exit,
  )

function writeCard(member: TestMember): string {
  const path = join(secretariat, `${member.id}-${member.card?.revision ?? 1}.card.json`)
  writeFileSync(path, `${canonicalJson(cardJson(member))}\n`)
  return path
}

beforeAll(async () => {
  for (const agency of agencies)
    await ask(['directory', 'key', 'new', keyOf(agency), '--holder', `Agency of ${agency.toUpperCase()}`])
  for (const role of ['snapshot', 'timestamp'])
    await ask(['directory', 'key', 'new', join(online, role), '--holder', `Secretariat, ${role}`, '--plain-key'])
})

it('a key is for its owner alone, sealed under a passphrase, and never overwritten', async () => {
  expect(statSync(keyOf('nl')).mode & 0o777).toBe(0o600)
  expect(readFileSync(keyOf('nl'), 'utf8')).not.toContain('seed')
  expect(readFileSync(join(online, 'snapshot'), 'utf8')).toContain('seed')
  const before = readFileSync(keyOf('nl'), 'utf8')
  expect(await refusal(['directory', 'key', 'new', keyOf('nl'), '--holder', 'Somebody'])).toBe('FILE_EXISTS')
  expect(readFileSync(keyOf('nl'), 'utf8')).toBe(before)
  const warned = await runComity(['directory', 'key', 'new', join(scratch, 'warned'), '--holder', 'X', '--plain-key'])
  expect(warned.stderr).toContain('unsealed')
  const short = await runComity(['directory', 'key', 'new', join(scratch, 'short'), '--holder', 'X', '--json'], {
    env: { COMITY_PASSPHRASE: 'short' },
  })
  expect(short.stdout).toContain('PASSPHRASE_SHORT')
  expect(existsSync(join(scratch, 'short'))).toBe(false)
})

it('five keys and a threshold of three found a directory, and two signatures found none', async () => {
  const pubs = agencies.map((agency) => carried(`${keyOf(agency)}.pub`))
  const founding = [
    ...['directory', 'init', dir, '--root', ...pubs, '--threshold', '3'],
    ...['--targets', ...pubs, '--targets-threshold', '3'],
    ...['--snapshot', carried(join(online, 'snapshot.pub')), '--timestamp', carried(join(online, 'timestamp.pub'))],
    ...at(),
  ]
  // The secret key in place of the public one, by mistake.
  expect(await refusal(founding.map((word) => (word === pubs[0] ? keyOf('nl') : word)))).toBe('DIRECTORY_KEY_FILE')
  const { drafts } = await ask<Drafts>(founding)
  expect(drafts.map(({ path }) => path)).toEqual(['drafts/1.root.json', 'drafts/1.targets.json'])
  expect(drafts[0]?.needs[0]?.missing.map(({ holder }) => holder).sort()).toEqual(
    agencies.map((agency) => `Agency of ${agency.toUpperCase()}`).sort(),
  )
  expect(drafts[0]?.changes).toContain('+ roles.root.threshold: 3')
  expect(await refusal(founding)).toBe('DIRECTORY_EXISTS')
  // Nobody signs unseen: without a terminal and without --yes there is no signature.
  expect(await refusal(['directory', 'sign', join(dir, 'drafts/1.root.json'), '--key', keyOf('nl')])).toBe(
    'DIRECTORY_NOT_CONFIRMED',
  )
  const two = await signedBy('drafts/1.root.json', ['nl', 'de'])
  expect([two?.complete, two?.needs[0]?.signed.length, two?.needs[0]?.missing.length]).toEqual([false, 2, 3])
  expect((await publish(0)).published).toEqual([])
  expect((await signedBy('drafts/1.root.json', ['us']))?.complete).toBe(true)
  expect((await signedBy('drafts/1.targets.json', ['sg', 'ch', 'us']))?.complete).toBe(true)
  const { published } = await publish(0)
  expect(published).toEqual(['1.root.json', '1.targets.json', '1.snapshot.json', 'timestamp.json'])
  expect((await ask<Verified>(['directory', 'verify', dir, ...at()])).sound).toBe(true)
})

it('a country lists its own members, signed by keepers of its own', async () => {
  await ask([
    'directory',
    'delegate',
    dir,
    'countries/nl',
    '--keys',
    carried(`${keyOf('nl')}.pub`),
    '--threshold',
    '1',
    '--path',
    'members/nl-*.json',
    ...at(1),
  ])
  await signedBy('drafts/2.targets.json', ['nl', 'de', 'us'])
  await signedBy('drafts/1.countries.nl.json', ['nl'])
  expect((await publish(1)).published).toEqual(
    ['1.countries.nl.json', '2.targets.json', '2.snapshot.json', 'timestamp.json'].sort((a, b) => order(a) - order(b)),
  )
  const add = (member: TestMember, ...more: string[]) => [
    ...[
      'directory',
      'member',
      'add',
      dir,
      '--card',
      writeCard(member),
      '--role',
      'countries/nl',
      '--scope',
      '*',
      ...at(1),
    ],
    ...more,
  ]
  expect(await refusal(add({ id: 'de-bka', country: 'DE' }))).toBe('MEMBER_MISNAMED')
  expect(await refusal(add({ id: 'nl-foreign', country: 'DE' }))).toBe('MEMBER_MISNAMED')
  expect(await refusal(add({ id: 'nl-exchange', kind: 'vasp' }))).toBe('MEMBER_SCOPE_WIDE')
  const added = await ask<Drafts>(add({ id: 'nl-om' }))
  expect(added.drafts[0]?.changes).toContain('+ nl-om: country: NL')
  // A draft that nobody has signed is drafted further.
  await ask(add({ id: 'nl-fiod' }))
  await signedBy('drafts/2.countries.nl.json', ['nl'])
  // And one that somebody has signed is not.
  expect(await refusal(add({ id: 'nl-late' }))).toBe('DIRECTORY_DRAFT_SIGNED')
  await publish(1)
  const { members } = await ask<Verified>(['directory', 'verify', dir, ...at(1)])
  expect(members.map(({ id }) => id)).toEqual(['nl-fiod', 'nl-om'])

  function order(name: string): number {
    return ['2.targets.json', '1.countries.nl.json', '2.snapshot.json', 'timestamp.json'].indexOf(name)
  }
})

it('a signature of a stranger, of another draft or of changed bytes is not taken', async () => {
  await ask(['directory', 'member', 'suspend', dir, 'nl-om', ...at(2)])
  const draft = 'drafts/3.countries.nl.json'
  expect(await refusal(['directory', 'sign', join(dir, draft), '--key', keyOf('de'), '--yes'])).toBe(
    'DIRECTORY_SIGNATURE_WRONG',
  )
  const right = await signAt('nl', draft)
  const file = JSON.parse(readFileSync(right, 'utf8'))
  const wrong = join(secretariat, 'wrong.json')
  writeFileSync(wrong, JSON.stringify({ ...file, sig: `${'00'.repeat(32)}${file.sig.slice(64)}` }))
  expect(await refusal(['directory', 'add-signature', dir, wrong])).toBe('DIRECTORY_SIGNATURE_WRONG')
  writeFileSync(wrong, JSON.stringify({ ...file, sha256: '00'.repeat(32) }))
  expect(await refusal(['directory', 'add-signature', dir, wrong])).toBe('DIRECTORY_DRAFT_UNKNOWN')
  await ask(['directory', 'add-signature', dir, right])
  await publish(2)
  const { members } = await ask<Verified>(['directory', 'verify', dir, ...at(2)])
  expect(members.map(({ id, status }) => `${id} ${status}`)).toEqual(['nl-fiod active', 'nl-om suspended'])
})

it('a lost key is replaced by the keepers before and the keepers after', async () => {
  const lost = JSON.parse(readFileSync(`${keyOf('ch')}.pub`, 'utf8')).keyid as string
  const fresh = join(machine('ch'), 'ch-root-2')
  await ask(['directory', 'key', 'new', fresh, '--holder', 'Agency of CH, second key'])
  const { drafts } = await ask<Drafts>([
    'directory',
    'rotate',
    dir,
    'root',
    '--remove',
    lost.slice(0, 8),
    '--add',
    carried(`${fresh}.pub`),
    ...at(3),
  ])
  const [draft] = drafts
  expect(draft?.needs.map(({ threshold }) => threshold)).toEqual([3, 3])
  expect(draft?.changes.filter((line) => line.includes('roles.root.keyids'))).toHaveLength(2)
  await signedBy('drafts/2.root.json', ['nl', 'de'])
  const waiting = (await publish(3)).waiting.find(({ role }) => role === 'root')
  expect(waiting?.complete).toBe(false)
  await signedBy('drafts/2.root.json', ['sg'])
  expect((await publish(3)).published).toContain('2.root.json')
  expect((await ask<Verified>(['directory', 'verify', dir, ...at(3)])).sound).toBe(true)
})

it('new keys of targets need its list signed anew, and nothing that nodes would refuse is published', async () => {
  const pub = (agency: Agency) => JSON.parse(readFileSync(`${keyOf(agency)}.pub`, 'utf8')).keyid.slice(0, 8) as string
  await ask([
    'directory',
    'rotate',
    dir,
    'targets',
    '--remove',
    pub('us'),
    pub('nl'),
    pub('de'),
    '--threshold',
    '2',
    ...at(4),
  ])
  await signedBy('drafts/3.root.json', ['nl', 'de', 'us'])
  expect(
    await refusal([
      'directory',
      'publish',
      dir,
      '--key',
      join(online, 'snapshot'),
      '--key',
      join(online, 'timestamp'),
      ...at(4),
    ]),
  ).toBe('DIRECTORY_UNSIGNED')
  expect(existsSync(join(dir, '3.root.json'))).toBe(false)
  await signedBy('drafts/3.targets.json', ['sg', 'ch'])
  const { published } = await publish(4)
  expect(published).toEqual(['3.root.json', '3.targets.json', expect.stringContaining('snapshot'), 'timestamp.json'])
})

it('a changed card must be newer, and a removed member is gone', async () => {
  const change = (revision: number) => [
    'directory',
    'member',
    'change',
    dir,
    'nl-fiod',
    '--card',
    writeCard({ id: 'nl-fiod', card: { revision, name: 'FIOD' } }),
    ...at(5),
  ]
  expect(await refusal(change(1))).toBe('MEMBER_CARD_OLD')
  const { drafts } = await ask<Drafts>(change(2))
  expect(drafts[0]?.changes).toContain('~ nl-fiod: name: Agency nl-fiod → FIOD')
  expect(drafts[0]?.changes.filter((line) => line.includes('grant'))).toEqual([])
  await ask(['directory', 'member', 'remove', dir, 'nl-om', ...at(5)])
  await signedBy('drafts/4.countries.nl.json', ['nl'])
  await publish(5)
  expect((await ask<Verified>(['directory', 'verify', dir, ...at(5)])).members.map(({ id }) => id)).toEqual(['nl-fiod'])
})

it('the timestamp is renewed by a machine; without it nodes freeze, and a node follows all of this from its founding root', async () => {
  expect(await ask(['directory', 'timestamp', dir, '--key', join(online, 'timestamp'), ...at(6)])).toMatchObject({
    expires: (NOW + 7 * 3_600_000) / 1000,
  })
  expect(await refusal(['directory', 'timestamp', dir, '--key', join(online, 'snapshot'), ...at(6)])).toBe(
    'DIRECTORY_KEY_MISSING',
  )
  const root = readFileSync(join(dir, '1.root.json'))
  const files = await trustedFolder(join(machine('node'), 'directory'))
  expect((await trustRoot(files, root, checkEd25519)).ok).toBe(true)
  const report = await updateDirectory({
    source: folderSource(dir),
    files,
    check: checkEd25519,
    now: NOW + 6 * 3_600_000,
  })
  expect(report.refusal).toBeNull()
  const trusted = await loadTrusted(files, checkEd25519)
  expect(view(trusted, NOW + 6 * 3_600_000).mayOpen('nl-fiod')).toBe(true)
  expect(view(trusted, NOW + 8 * 3_600_000).standingOf('nl-fiod')).toMatchObject({ mayOpen: false, mayStill: true })
  expect((await ask<Verified>(['directory', 'verify', dir, ...at(8)], 1)).sound).toBe(false)
  expect(await refusal(['directory', 'verify', dir, '--root-sha256', '00'.repeat(32), ...at(6)])).toBe(
    'DIRECTORY_ROOT_OTHER',
  )
})

it('show says who keeps what, for people', async () => {
  const ran = await runComity(['directory', 'show', dir, ...at(6)])
  expect(ran.exit).toBe(0)
  expect(ran.stdout).toMatch(/^Directory [0-9a-f]{64}\n {2}root, version 3, until /)
  expect(ran.stdout).toContain('Agency of CH, second key')
  expect(ran.stdout).toMatch(/nl-fiod +NL +prosecutor +active +FIOD +countries\/nl/)
  expect(ran.stdout).not.toContain('EXPIRED')
  expect(await ask(['directory', 'show', dir, ...at(6)])).toMatchObject({ drafts: [], refusal: null })
})

it('nothing of any machine was overwritten on the way', () => {
  for (const agency of agencies) expect(existsSync(keyOf(agency))).toBe(true)
  const versions = readdirSync(dir)
    .filter((name) => /^\d+\./.test(name))
    .sort()
  expect(versions).toEqual([
    ...['1.countries.nl.json', '1.root.json', '1.snapshot.json', '1.targets.json'],
    ...['2.countries.nl.json', '2.root.json', '2.snapshot.json', '2.targets.json'],
    ...['3.countries.nl.json', '3.root.json', '3.snapshot.json', '3.targets.json'],
    ...['4.countries.nl.json', '4.snapshot.json', '5.snapshot.json', '6.snapshot.json'],
  ])
})

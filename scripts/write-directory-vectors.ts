/**
 * Writes vectors/directory from fixed keys, and the schema of a member's file: `node scripts/write-directory-vectors.ts`.
 * platform/src/exchange/directory/vectors.test.ts runs them, and fails where they are not what this writes.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MemberFile, memberFile, metadataFile } from '../platform/src/exchange/directory/index.ts'
import { memberBytes } from '../platform/src/exchange/directory/testing/cards.ts'
import {
  DAY,
  drawKey,
  idOf,
  type Keeper,
  type Loose,
  NOW,
  newFollower,
  newKeeper,
  signWith,
} from '../platform/src/exchange/directory/testing/keeper.ts'
import { bytesToHex, canonicalJson, sha256, textToBytes } from '../platform/src/kernel/index.ts'
import { formatted } from './formatted.ts'

export type VectorStep = {
  /** Seconds, UTC: the time of the update. */
  readonly at: string
  /** The published files by name, as UTF-8 text. */
  readonly files: { readonly [name: string]: string }
  readonly expect: {
    /** Null where the update ends whole. */
    readonly refusal: string | null
    /** Of the edition in force after the step; null where there is none. */
    readonly digest: string | null
    readonly members: readonly string[]
    /** Code by role or agency, of a step that ends whole. */
    readonly defects: { readonly [of: string]: string }
  }
}
export type Vector = { readonly name: string; readonly root: string; readonly steps: readonly VectorStep[] }

const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes)
const json = (bytes: Uint8Array | undefined): Loose => JSON.parse(text(bytes))
const instant = (at: number) => `${new Date(at).toISOString().slice(0, 19)}Z`

/** Each change of the published directory is a step; the expectation is what our own client does, held by the tests beside. */
async function vector(name: string, ...changes: readonly ((keeper: Keeper) => unknown)[]): Promise<Vector> {
  const keeper = newKeeper()
  const node = newFollower(keeper)
  const root = text(keeper.files.get('1.root.json'))
  await node.start()
  const steps: VectorStep[] = []
  for (const change of changes) {
    const given = change(keeper)
    const at = typeof given === 'number' && given >= NOW ? given : NOW
    const report = await node.update(at)
    const edition = (await node.trusted()).editions.at(-1)
    steps.push({
      at: instant(at),
      files: Object.fromEntries(
        [...keeper.files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([file, bytes]) => [file, text(bytes)]),
      ),
      expect: {
        refusal: report.refusal?.code ?? null,
        digest: edition?.digest ?? null,
        members: [...(edition?.members.keys() ?? [])],
        defects: Object.fromEntries([...(report.edition?.defects ?? [])].map(([of, { code }]) => [of, code])),
      },
    })
  }
  return { name, root, steps }
}

function country(keeper: Keeper): void {
  keeper.delegate('targets', 'countries/nl', { paths: ['members/nl-*.json'], terminating: true })
  keeper.list('countries/nl', { id: 'nl-om' })
  keeper.publish('countries/nl', 'targets', 'snapshot', 'timestamp')
}

/** The newest file of a role, changed after it was signed, or signed again where `again` says so. */
function change(keeper: Keeper, role: string, edit: (file: Loose) => void, again = false): void {
  const version = keeper.drafts[role].version
  const name = metadataFile(role, version)
  const file = json(keeper.files.get(name))
  edit(file)
  const bytes = again ? signWith(keeper.signers[role] ?? [], file.signed) : textToBytes(canonicalJson(file))
  keeper.put(role, version, bytes)
  if (role === 'targets' || role.startsWith('countries/')) keeper.publish('snapshot', 'timestamp')
  if (role === 'snapshot') keeper.publish('timestamp')
}

export async function directoryVectors(): Promise<ReadonlyMap<string, Vector>> {
  const good = [
    await vector('an empty directory', () => {}),
    await vector('one country, one member', country),
    await vector(
      'members that come, change, are suspended and go',
      country,
      (keeper) => {
        keeper.list('countries/nl', { id: 'nl-om', card: { revision: 2, name: 'Openbaar Ministerie' } })
        keeper.list('countries/nl', { id: 'nl-fiod', grant: { status: 'suspended' } })
        keeper.list('targets', { id: 'eu-example', country: 'EU' })
        keeper.publish('countries/nl', 'targets', 'snapshot', 'timestamp')
      },
      (keeper) => {
        delete keeper.drafts['countries/nl'].targets['members/nl-om.json']
        keeper.publish('countries/nl', 'snapshot', 'timestamp')
      },
    ),
    await vector(
      'a root of three of five, two keys exchanged',
      (keeper) => {
        for (let more = 0; more < 4; more++) keeper.addKey('root')
        keeper.drafts.root.roles.root.threshold = 3
        keeper.publish('root')
      },
      (keeper) => {
        const { role, keys } = keeper.keysPlace('root')
        for (const keyid of role.keyids.splice(0, 2)) delete keys[keyid]
        keeper.addKey('root')
        keeper.addKey('root')
        keeper.publish('root')
      },
    ),
    await vector(
      'new timestamp and snapshot keys after a fast forward',
      (keeper) => {
        keeper.publishAs('snapshot', 1_000)
        keeper.publishAs('timestamp', 1_000)
      },
      (keeper) => {
        keeper.rotateKeys('snapshot')
        keeper.rotateKeys('timestamp')
        keeper.publish('root')
        keeper.publishAs('snapshot', 1)
        keeper.publishAs('timestamp', 1)
      },
    ),
    await vector('members of metadata that nobody knows are signed over and kept', (keeper) => {
      keeper.drafts.root['x-note'] = { since: 2026 }
      keeper.drafts.targets['x-note'] = 'kept'
      keeper.publish('root', 'targets', 'snapshot', 'timestamp')
    }),
    await vector('a key of a type that nobody knows counts nothing and does no harm', (keeper) => {
      const keyid = 'cd'.repeat(32)
      keeper.drafts.root.keys[keyid] = { keytype: 'ml-dsa', scheme: 'ml-dsa-44', keyval: { public: 'ab' } }
      keeper.drafts.root.roles.root.keyids.push(keyid)
      keeper.publish('root')
    }),
    await vector('a wrong signature beside enough right ones', (keeper) => {
      keeper.addKey('timestamp')
      keeper.publish('root', 'timestamp')
      const file = json(keeper.files.get('timestamp.json'))
      file.signatures[0].sig = 'ab'.repeat(64)
      keeper.files.set('timestamp.json', textToBytes(canonicalJson(file)))
    }),
    await vector(
      'the same timestamp version with another content changes nothing',
      () => {},
      (keeper) => {
        keeper.drafts.timestamp.meta['snapshot.json'].version = 7
        keeper.publishAs('timestamp', 1)
      },
    ),
  ]
  const stolen = (keeper: Keeper) => {
    const copy = memberBytes({ id: 'nl-om' })
    const hash = bytesToHex(sha256(copy))
    keeper.drafts['countries/nl'].targets['members/nl-thief.json'] = { length: copy.length, hashes: { sha256: hash } }
    keeper.files.set(memberFile('nl-thief', hash), copy)
    keeper.publish('countries/nl', 'snapshot', 'timestamp')
  }
  const bad = [
    await vector('a root signed by the old key only', (keeper) => {
      const old = keeper.signers.root
      keeper.rotateKeys('root')
      keeper.signers.root = old ?? []
      keeper.publish('root')
    }),
    await vector('a root signed by the new key only', (keeper) => {
      keeper.rotateKeys('root')
      keeper.publish('root')
    }),
    await vector('a root that skips a version', (keeper) => {
      keeper.drafts.root.version = 3
      keeper.files.set('2.root.json', signWith(keeper.signers.root ?? [], keeper.drafts.root))
    }),
    await vector('an expired root', (keeper) => {
      keeper.expire('root', NOW - DAY)
      keeper.publish('root')
    }),
    await vector('a root with a key under another id', (keeper) => {
      const [first] = Object.values(keeper.drafts.root.keys)
      keeper.drafts.root.keys = { ...keeper.drafts.root.keys, ['ff'.repeat(32)]: first }
      keeper.publish('root')
    }),
    await vector('a root with an id that is no hash of its key', (keeper) => {
      const key = drawKey()
      keeper.drafts.root.keys['ee'.repeat(32)] = {
        keytype: 'ed25519',
        scheme: 'ed25519',
        keyval: { public: bytesToHex(key.publicKey.bytes) },
      }
      keeper.publish('root')
    }),
    await vector('a key id twice in a role', (keeper) => {
      const { keyids } = keeper.drafts.root.roles.snapshot
      keyids.push(keyids[0])
      keeper.publish('root')
    }),
    await vector('a signature twice', (keeper) =>
      change(keeper, 'snapshot', (file) => file.signatures.push(file.signatures[0])),
    ),
    await vector('a timestamp signed by nobody of the role', (keeper) => {
      keeper.signers.timestamp = [drawKey()]
      keeper.publish('timestamp')
    }),
    await vector(
      'an older timestamp',
      (keeper) => keeper.publish('timestamp'),
      (keeper) => void keeper.publishAs('timestamp', 1),
    ),
    await vector('an expired timestamp', (keeper) => {
      keeper.expire('timestamp', NOW - DAY)
      keeper.publish('timestamp')
    }),
    await vector('a timestamp that would last for years', (keeper) => {
      keeper.expire('timestamp', NOW + 1_000 * DAY)
      keeper.publish('timestamp')
    }),
    await vector(
      'a timestamp that runs out while nothing new comes',
      () => {},
      () => NOW + 31 * DAY,
    ),
    await vector(
      'a timestamp that names an older snapshot',
      (keeper) => keeper.publish('snapshot', 'timestamp'),
      (keeper) => {
        keeper.publishAs('snapshot', 1)
        keeper.publish('timestamp')
      },
    ),
    await vector('a snapshot in place of a timestamp', (keeper) => {
      const [key] = keeper.signers.timestamp ?? []
      if (!key) return
      keeper.drafts.snapshot.meta['snapshot.json'] = keeper.drafts.timestamp.meta['snapshot.json']
      keeper.drafts.snapshot.version = 2
      keeper.files.set('timestamp.json', signWith([key], keeper.drafts.snapshot))
    }),
    await vector('a snapshot of another length than announced', (keeper) => {
      keeper.drafts.timestamp.meta['snapshot.json'].length += 1
      keeper.publish('timestamp')
    }),
    await vector('a snapshot of another hash than announced', (keeper) => {
      keeper.drafts.timestamp.meta['snapshot.json'].hashes.sha256 = '00'.repeat(32)
      keeper.publish('timestamp')
    }),
    await vector('a snapshot that is not there', (keeper) => {
      keeper.publish('snapshot', 'timestamp')
      keeper.files.delete('2.snapshot.json')
    }),
    await vector('a snapshot that forgets a role', country, (keeper) => {
      delete keeper.drafts.snapshot.meta['countries/nl.json']
      keeper.publish('snapshot', 'timestamp')
    }),
    await vector(
      'a snapshot that names older targets',
      (keeper) => keeper.publish('targets', 'snapshot', 'timestamp'),
      (keeper) => {
        keeper.publishAs('targets', 1)
        keeper.publish('snapshot', 'timestamp')
      },
    ),
    await vector('targets of another version than named', (keeper) => {
      keeper.drafts.targets.version = 3
      keeper.put('targets', 2, signWith(keeper.signers.targets ?? [], keeper.drafts.targets))
      keeper.publish('snapshot', 'timestamp')
    }),
    await vector('expired targets', (keeper) => {
      keeper.expire('targets', NOW - DAY)
      keeper.publish('targets', 'snapshot', 'timestamp')
    }),
    await vector('targets with a path that is no member', (keeper) => {
      keeper.drafts.targets.targets['members/../root.json'] = { length: 1, hashes: { sha256: '00'.repeat(32) } }
      keeper.publish('targets', 'snapshot', 'timestamp')
    }),
    await vector('a role whose name would need quoting', (keeper) => {
      keeper.delegate('targets', '../countries')
      keeper.publish('targets', 'snapshot', 'timestamp')
    }),
    await vector('a file that is not canonical', (keeper) => {
      keeper.publish('timestamp')
      keeper.files.set('timestamp.json', textToBytes(`${text(keeper.files.get('timestamp.json'))}\n`))
    }),
    await vector('a key twice in the JSON', (keeper) => {
      keeper.publish('timestamp')
      keeper.files.set(
        'timestamp.json',
        textToBytes(text(keeper.files.get('timestamp.json')).replace('"version":2', '"version":2,"version":2')),
      )
    }),
    await vector('something beside signed and signatures', (keeper) => {
      keeper.publish('timestamp')
      const file = json(keeper.files.get('timestamp.json'))
      keeper.files.set('timestamp.json', textToBytes(canonicalJson({ ...file, unsigned: true })))
    }),
    await vector('a file that is too large', (keeper) => {
      keeper.drafts.timestamp['x-long'] = 'x'.repeat(17_000)
      keeper.publish('timestamp')
    }),
    await vector('a country that lists a member of another one', country, (keeper) => {
      keeper.list('countries/nl', { id: 'nl-de', country: 'DE' })
      keeper.publish('countries/nl', 'snapshot', 'timestamp')
    }),
    await vector('a country that hands on to another one', country, (keeper) => {
      keeper.delegate('countries/nl', 'countries/de', { paths: ['members/nl-*.json'] })
      keeper.publish('countries/de', 'countries/nl', 'snapshot', 'timestamp')
    }),
    await vector('a delegation that is deeper than four', (keeper) => {
      const chain = ['targets', 'one', 'two', 'three', 'four', 'five']
      for (const [at, name] of chain.slice(1).entries()) keeper.delegate(chain[at] ?? '', name)
      keeper.list('five', { id: 'xx-deep' })
      keeper.publish(...chain.slice(1).toReversed(), 'targets', 'snapshot', 'timestamp')
    }),
    await vector('a role that is not signed by its keepers', country, (keeper) => {
      keeper.signers['countries/nl'] = [drawKey()]
      keeper.publish('countries/nl', 'snapshot', 'timestamp')
    }),
    await vector('the file of one member in place of another', country, stolen),
    await vector('a member whose file was exchanged', country, (keeper) => {
      const bytes = keeper.list('countries/nl', { id: 'nl-fiod' })
      keeper.files.set(memberFile('nl-fiod', bytesToHex(sha256(bytes))), memberBytes({ id: 'nl-om' }))
      keeper.publish('countries/nl', 'snapshot', 'timestamp')
    }),
    await vector('a key that two members show', country, (keeper) => {
      const [key] = keeper.signers.root ?? []
      if (!key) return
      keeper.list('countries/nl', { id: 'nl-one', signingKeys: [key] })
      keeper.list('countries/nl', { id: 'nl-two', signingKeys: [key] })
      keeper.publish('countries/nl', 'snapshot', 'timestamp')
    }),
    await vector('a member that has not proven a key', country, (keeper) => {
      const [key] = keeper.signers.root ?? []
      if (!key) return
      const bytes = memberBytes({ id: 'nl-fiod', signingKeys: [key] })
      const file = json(bytes)
      file.card.signatures = file.card.signatures.filter(({ keyid }: Loose) => keyid !== idOf(key))
      const changed = textToBytes(canonicalJson(file))
      const hash = bytesToHex(sha256(changed))
      keeper.drafts['countries/nl'].targets['members/nl-fiod.json'] = {
        length: changed.length,
        hashes: { sha256: hash },
      }
      keeper.files.set(memberFile('nl-fiod', hash), changed)
      keeper.publish('countries/nl', 'snapshot', 'timestamp')
    }),
    await vector('a firm that is let into everything', country, (keeper) => {
      keeper.list('countries/nl', { id: 'nl-exchange', kind: 'vasp' })
      keeper.publish('countries/nl', 'snapshot', 'timestamp')
    }),
  ]
  const slug = (name: string) => name.replaceAll(/[^a-z0-9]+/g, '-')
  return new Map([
    ...good.map((one) => [`vectors/directory/good/${slug(one.name)}.json`, one] as const),
    ...bad.map((one) => [`vectors/directory/bad/${slug(one.name)}.json`, one] as const),
  ])
}

export const MEMBER_SCHEMA = 'docs/spec/directory-member.schema.json'

export function memberSchemaText(): string {
  const schema = { $schema: 'https://json-schema.org/draft/2020-12/schema', ...(MemberFile as object) }
  return formatted(MEMBER_SCHEMA, JSON.stringify(schema))
}

export const vectorText = (vector: Vector) => `${JSON.stringify(vector, null, 1)}\n`

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = new URL('../', import.meta.url)
  writeFileSync(new URL(MEMBER_SCHEMA, root), memberSchemaText())
  for (const part of ['good', 'bad'])
    rmSync(new URL(`vectors/directory/${part}`, root), { recursive: true, force: true })
  for (const [path, one] of await directoryVectors()) {
    const file = fileURLToPath(new URL(path, root))
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, vectorText(one))
    const last = one.steps.at(-1)?.expect
    process.stdout.write(
      `${path.includes('/bad/') ? 'bad ' : 'good'} ${last?.refusal ?? 'whole'} ${JSON.stringify(last?.defects)} ${last?.members} — ${one.name}\n`,
    )
  }
}

/**
 * The behaviours that the conformance suite of TUF asks of a client, each as a test of ours under the name that the suite gives
 * it (theupdateframework/tuf-conformance 2.4, 53 functions). Written anew for a directory of members; where a member is narrower
 * than any target of TUF, the comment of the test says how. docs/spec/directory.md holds the table.
 *
 * One file, long on purpose: the list is read as a whole beside that of the suite.
 */
import { describe, expect, it } from 'vitest'
import { checkEd25519 } from '../../kernel/crypto/index.ts'
import { bytesToHex, canonicalJson, sha256, textToBytes } from '../../kernel/index.ts'
import { findMember, loadTrusted, view } from './index.ts'
import {
  DAY,
  drawKey,
  idOf,
  instant,
  type Keeper,
  type Loose,
  memoryFiles,
  NOW,
  newFollower,
  newKeeper,
  signWith,
} from './testing/keeper.ts'

async function started(): Promise<{ keeper: Keeper; node: ReturnType<typeof newFollower> }> {
  const keeper = newKeeper()
  // The suite lets timestamps last for weeks; ours are refused beyond one (attacks.test.ts).
  keeper.expire('timestamp', NOW + 30 * DAY)
  keeper.publishAs('timestamp', 1)
  const node = newFollower(keeper, memoryFiles(), 90 * DAY)
  expect((await node.start()).ok).toBe(true)
  return { keeper, node }
}

async function refreshed() {
  const both = await started()
  expect(await both.node.refresh()).toBe('ok')
  both.keeper.requests.length = 0
  return both
}

const top = (root: number, timestamp: number, snapshot: number, targets: number) => ({
  root,
  timestamp,
  snapshot,
  targets,
})
const text = (bytes: Uint8Array | undefined | null) => new TextDecoder().decode(bytes ?? new Uint8Array())
const json = (bytes: Uint8Array | undefined): Loose => JSON.parse(text(bytes))
const bytesOf = (value: Loose) => textToBytes(canonicalJson(value))

describe('basic', () => {
  it('test_basic_refresh_requests: asks for the next root, timestamp, snapshot and targets, in this order', async () => {
    const { keeper, node } = await started()
    expect(await node.refresh()).toBe('ok')
    expect(keeper.requests).toEqual(['2.root.json', 'timestamp.json', '1.snapshot.json', '1.targets.json'])
  })

  it('test_basic_refresh_trusted_data: holds what was published', async () => {
    const { keeper, node } = await refreshed()
    expect(await node.versions()).toEqual(top(1, 1, 1, 1))
    for (const [head, file] of [
      ['root.json', '1.root.json'],
      ['timestamp.json', 'timestamp.json'],
      ['snapshot.json', '1.snapshot.json'],
    ] as const)
      expect(text(await node.files.read(head))).toBe(text(keeper.files.get(file)))
    const edition = (await node.trusted()).editions.at(-1)
    expect(text(edition?.targets.bytes)).toBe(text(keeper.files.get('1.targets.json')))
  })

  // A member is never asked for alone: the update brings all of them, and an unknown one is unknown after it.
  it('test_implicit_refresh: there is no member before an update, and an unknown one is none after it', async () => {
    const { node } = await started()
    expect(view(await node.trusted(), NOW).memberOf('nobody')).toBeNull()
    expect(await node.refresh()).toBe('ok')
    expect(view(await node.trusted(), NOW).memberOf('nobody')).toBeNull()
    expect(await node.versions()).toEqual(top(1, 1, 1, 1))
  })

  it('test_invalid_initial_root: nothing is asked of anybody with a root that is malformed', async () => {
    const keeper = newKeeper()
    const root = json(keeper.files.get('1.root.json'))
    delete root.signed.version
    const node = newFollower(keeper)
    expect((await node.start(bytesOf(root))).ok).toBe(false)
    expect(await node.refresh()).toBe('DIRECTORY_ROOT_UNKNOWN')
    // Also where it was put there by another hand.
    await node.files.write('root.json', bytesOf(root))
    expect(await node.refresh()).toBe('DIRECTORY_MALFORMED')
    expect(keeper.requests).toEqual([])
  })

  it('test_unsigned_initial_root: nothing is asked of anybody with a root that is not signed', async () => {
    const keeper = newKeeper()
    const root = json(keeper.files.get('1.root.json'))
    root.signatures[0].sig = '30'.repeat(70)
    const node = newFollower(keeper)
    expect((await node.start(bytesOf(root))).ok).toBe(false)
    await node.files.write('root.json', bytesOf(root))
    expect(await node.refresh()).toBe('DIRECTORY_UNSIGNED')
    expect(keeper.requests).toEqual([])
  })

  it.for([
    ['root', { root: 1 }],
    ['timestamp', { root: 2 }],
    ['snapshot', { root: 2, timestamp: 2 }],
    ['targets', { root: 2, timestamp: 2, snapshot: 2 }],
  ] as const)('test_unsigned_metadata: an unsigned %s ends the update there', async ([role, expected]) => {
    const { keeper, node } = await started()
    keeper.signers[role] = []
    keeper.publish('root', 'targets', 'snapshot', 'timestamp')
    expect(await node.refresh()).toBe('DIRECTORY_UNSIGNED')
    expect(await node.versions()).toEqual(expected)
  })

  it.for([
    ['root', { root: 1 }],
    ['snapshot', { root: 2, timestamp: 2 }],
    ['targets', { root: 2, timestamp: 2, snapshot: 2 }],
  ] as const)(
    'test_url_and_metadata_version_mismatch: a %s of another version than asked is refused',
    async ([role, expected]) => {
      const { keeper, node } = await started()
      for (const one of ['root', 'targets', 'snapshot', 'timestamp']) {
        if (one === role) {
          keeper.drafts[one].version = 3
          keeper.put(one, 2, signWith(keeper.signers[one] ?? [], keeper.drafts[one]))
        } else keeper.publish(one)
      }
      expect(await node.refresh()).toBe('DIRECTORY_VERSION')
      expect(await node.versions()).toEqual(expected)
    },
  )

  it('test_timestamp_content_changes: another content under the same version changes nothing', async () => {
    const { keeper, node } = await refreshed()
    keeper.drafts.timestamp.meta['snapshot.json'].version = 100
    keeper.publishAs('timestamp', 1)
    expect(await node.refresh()).toBe('ok')
    expect(keeper.requests.at(-1)).toBe('timestamp.json')
    expect(json((await node.files.read('timestamp.json')) ?? undefined).signed.meta['snapshot.json'].version).toBe(1)
  })

  // Lengths and hashes are never left out here, so that there is no other case.
  it('test_basic_metadata_hash_support: a wrong hash of targets in the snapshot is noticed', async () => {
    const { keeper, node } = await started()
    keeper.publish('targets', 'snapshot', 'timestamp')
    expect(await node.refresh()).toBe('ok')
    keeper.publish('targets')
    keeper.drafts.snapshot.meta['targets.json'].hashes.sha256 = '46'.repeat(32)
    keeper.publish('snapshot', 'timestamp')
    expect(await node.refresh()).toBe('DIRECTORY_HASH')
    expect(await node.versions()).toEqual(top(1, 3, 3, 2))
  })

  // Narrower: a second serialisation of a file is refused, so that what is kept can only be the bytes that came.
  it('test_metadata_bytes_match: keeps the very bytes, and takes no other serialisation of them', async () => {
    const { keeper, node } = await refreshed()
    expect(text(await node.files.read('timestamp.json'))).toBe(text(keeper.files.get('timestamp.json')))
    keeper.publish('timestamp')
    const spaced = textToBytes(`${text(keeper.files.get('timestamp.json'))} `)
    keeper.files.set('timestamp.json', spaced)
    expect(await node.refresh()).toBe('DIRECTORY_NOT_CANONICAL')
  })

  it('test_custom_fields: members that nobody knows are kept and signed over', async () => {
    const { keeper, node } = await refreshed()
    const key = keeper.addKey('root')
    keeper.drafts.root.keys[idOf(key)].extra = { a: 1, b: 2 }
    keeper.drafts.root['custom-field'] = 'value'
    keeper.drafts.root.roles.root['another-field'] = 'value'
    keeper.publish('root')
    expect(await node.refresh()).toBe('ok')
    expect((await node.versions()).root).toBe(2)
    keeper.publish('root')
    const changed = json(keeper.files.get('3.root.json'))
    changed.signed['custom-field'] = 'other'
    keeper.files.set('3.root.json', bytesOf(changed))
    expect(await node.refresh()).toBe('DIRECTORY_UNSIGNED')
  })

  it('test_deprecated_keyid_hash_algorithms: a misleading member of a key has no effect', async () => {
    const { keeper, node } = await started()
    keeper.rotateKeys('snapshot')
    const [keyid = ''] = keeper.drafts.root.roles.snapshot.keyids
    keeper.drafts.root.keys[keyid].keyid_hash_algorithms = 'md5'
    keeper.publish('root', 'snapshot', 'timestamp')
    expect(await node.refresh()).toBe('ok')
    expect(await node.versions()).toEqual(top(2, 2, 2, 1))
  })

  it('test_snapshot_404: a missing snapshot ends the update after the timestamp', async () => {
    const { keeper, node } = await refreshed()
    keeper.drafts.timestamp.meta['snapshot.json'].version += 1
    keeper.publish('timestamp')
    expect(await node.refresh()).toBe('DIRECTORY_ABSENT')
    expect(keeper.requests.at(-1)).toBe('2.snapshot.json')
    expect(await node.versions()).toEqual(top(1, 2, 1, 1))
  })

  it('test_targets_404: missing targets end the update after the snapshot', async () => {
    const { keeper, node } = await refreshed()
    const claim = keeper.drafts.snapshot.meta['targets.json']
    claim.version += 1
    claim.hashes.sha256 = '11'.repeat(32)
    keeper.publish('snapshot', 'timestamp')
    expect(await node.refresh()).toBe('DIRECTORY_ABSENT')
    expect(keeper.requests.at(-1)).toBe('2.targets.json')
    expect(await node.versions()).toEqual(top(1, 2, 2, 1))
  })

  it('test_timestamp_404: without a timestamp there is no update', async () => {
    const { keeper, node } = await refreshed()
    keeper.files.delete('timestamp.json')
    expect(await node.refresh()).toBe('DIRECTORY_ABSENT')
    expect(keeper.requests.at(-1)).toBe('timestamp.json')
  })

  it('test_incorrect_metadata_type: a snapshot signed by the timestamp key is no timestamp', async () => {
    const { keeper, node } = await started()
    const [timestampKey] = keeper.signers.timestamp ?? []
    if (!timestampKey) throw new Error('no key')
    keeper.drafts.root.roles.snapshot.keyids.push(idOf(timestampKey))
    keeper.signers.snapshot?.push(timestampKey)
    keeper.drafts.snapshot.meta['snapshot.json'] = keeper.drafts.timestamp.meta['snapshot.json']
    keeper.publish('root')
    keeper.drafts.snapshot.version = 2
    keeper.files.set('timestamp.json', signWith(keeper.signers.snapshot ?? [], keeper.drafts.snapshot))
    expect(await node.refresh()).toBe('DIRECTORY_TYPE')
    expect(await node.versions()).toEqual({ root: 2 })
  })

  it('test_faketime: time is what the update is given', async () => {
    const { keeper, node } = await started()
    keeper.expire('root', NOW + 7 * DAY)
    keeper.publish('root')
    expect(await node.refresh()).toBe('ok')
    expect(await node.refresh(NOW + 8 * DAY)).toBe('DIRECTORY_EXPIRED')
  })
})

describe('delegated expiration', () => {
  const delegated = async (expires: number) => {
    const { keeper, node } = await started()
    keeper.delegate('targets', 'countries/nl', { paths: ['members/nl-*.json'] })
    keeper.list('countries/nl', { id: 'nl-first' })
    keeper.list('countries/nl', { id: 'nl-second' })
    keeper.expire('countries/nl', expires)
    for (const role of ['targets', 'snapshot', 'timestamp', 'root']) keeper.expire(role, NOW + 60 * DAY)
    keeper.publish('countries/nl', 'targets', 'snapshot', 'timestamp', 'root')
    return { keeper, node }
  }

  it('test_delegated_targets_expired: a role that has expired when it is first seen is not used', async () => {
    const { node } = await delegated(NOW - DAY)
    expect(await node.refresh()).toBe('ok')
    expect(await node.members()).toEqual([])
    expect(await node.versions()).toEqual(top(2, 2, 2, 2))
    expect((await node.trusted()).editions.at(-1)?.defects.get('countries/nl')?.code).toBe('DIRECTORY_ABSENT')
  })

  // Members of a role that expires stay known, for receipts and erasures; nothing new begins with them.
  it('test_expired_local_delegated_targets: no new exchange with members of a role that has expired since', async () => {
    const { node } = await delegated(NOW + 7 * DAY)
    expect(await node.refresh()).toBe('ok')
    expect(view(await node.trusted(), NOW).mayOpen('nl-first')).toBe(true)
    const later = NOW + 18 * DAY
    expect(await node.refresh(later)).toBe('ok')
    const seen = view(await node.trusted(), later)
    expect([seen.mayOpen('nl-second'), seen.mayStill('nl-second')]).toEqual([false, true])
    expect(seen.standingOf('nl-second').because).toContain('countries/nl')
  })

  it('test_expired_local_delegated_targets_updates: a newer version of it is taken', async () => {
    const { keeper, node } = await delegated(NOW + 7 * DAY)
    expect(await node.refresh()).toBe('ok')
    keeper.expire('countries/nl', NOW + 21 * DAY)
    keeper.publish('countries/nl', 'snapshot', 'timestamp')
    const later = NOW + 18 * DAY
    expect(await node.refresh(later)).toBe('ok')
    expect((await node.versions())['countries/nl']).toBe(2)
    expect(view(await node.trusted(), later).mayOpen('nl-second')).toBe(true)
  })
})

describe('expiration', () => {
  it('test_root_expired: an expired root is kept, and nothing after it is', async () => {
    const { keeper, node } = await refreshed()
    keeper.publish('root')
    expect(await node.refresh()).toBe('ok')
    keeper.expire('root', NOW - DAY)
    keeper.publish('root', 'targets', 'snapshot', 'timestamp')
    expect(await node.refresh()).toBe('DIRECTORY_EXPIRED')
    expect(await node.versions()).toEqual(top(3, 1, 1, 1))
  })

  it.for([
    ['timestamp', ['timestamp'], top(1, 1, 1, 1)],
    ['snapshot', ['snapshot', 'timestamp'], top(1, 2, 1, 1)],
    ['targets', ['targets', 'snapshot', 'timestamp'], top(1, 2, 2, 1)],
  ] as const)('test_%s_expired: an expired new version is not taken', async ([role, publish, expected]) => {
    const { keeper, node } = await refreshed()
    keeper.expire(role, NOW - 5 * DAY)
    keeper.publish(...publish)
    expect(await node.refresh()).toBe('DIRECTORY_EXPIRED')
    expect(await node.versions()).toEqual(expected)
  })

  it('test_expired_local_root: from an expired root the way leads to a newer one', async () => {
    const { keeper, node } = await started()
    keeper.expire('root', NOW + 7 * DAY)
    keeper.publish('root')
    expect(await node.refresh()).toBe('ok')
    keeper.expire('root', NOW + 21 * DAY)
    keeper.publish('root')
    expect(await node.refresh(NOW + 18 * DAY)).toBe('ok')
    expect((await node.versions()).root).toBe(3)
  })

  it('test_expired_local_timestamp: from an expired timestamp the way leads to a newer one', async () => {
    const { keeper, node } = await started()
    keeper.expire('timestamp', NOW + 7 * DAY)
    keeper.publish('timestamp')
    expect(await node.refresh()).toBe('ok')
    keeper.expire('timestamp', NOW + 21 * DAY)
    keeper.publish('targets', 'snapshot', 'timestamp')
    expect(await node.refresh(NOW + 18 * DAY)).toBe('ok')
    expect(await node.versions()).toEqual(top(1, 3, 2, 2))
  })
})

describe('files of members', () => {
  // A path of a member has one form; a folder more would be no path of a member.
  it('test_client_downloads_expected_file: a listed member is known, with what its file says', async () => {
    const { keeper, node } = await started()
    keeper.list('targets', { id: 'nl-om' })
    keeper.publish('targets', 'snapshot', 'timestamp')
    expect(await node.refresh()).toBe('ok')
    expect(view(await node.trusted(), NOW).memberOf('nl-om')?.name).toBe('Agency nl-om')
  })

  it('test_client_downloads_expected_file_in_sub_dir: the file lies in its folder, and a deeper path is refused', async () => {
    const { keeper, node } = await started()
    const bytes = keeper.list('targets', { id: 'nl-om' })
    keeper.publish('targets', 'snapshot', 'timestamp')
    expect(await node.refresh()).toBe('ok')
    expect(keeper.requests.at(-1)).toBe(`members/${bytesToHex(sha256(bytes))}.nl-om.json`)
    const claim = keeper.drafts.targets.targets['members/nl-om.json']
    keeper.drafts.targets.targets['members/nl/om.json'] = claim
    keeper.publish('targets', 'snapshot', 'timestamp')
    expect(await node.refresh()).toBe('DIRECTORY_MALFORMED')
  })

  it('test_repository_substitutes_target_file: a file that was exchanged is not believed', async () => {
    const { keeper, node } = await started()
    keeper.list('targets', { id: 'nl-om' })
    keeper.publish('targets', 'snapshot', 'timestamp')
    expect(await node.refresh()).toBe('ok')
    const evil = keeper.list('targets', { id: 'nl-evil' })
    keeper.list('targets', { id: 'de-bka', country: 'DE' })
    for (const name of keeper.files.keys()) if (name.startsWith('members/')) keeper.files.set(name, evil)
    keeper.publish('targets', 'snapshot', 'timestamp')
    expect(await node.refresh()).toBe('ok')
    expect(await node.members()).toEqual(['nl-evil', 'nl-om'])
    expect((await node.trusted()).editions.at(-1)?.defects.get('de-bka')?.code).toBe('DIRECTORY_ABSENT')
  })

  it('test_multiple_changes_to_target: the newest listed file counts, never one in its place', async () => {
    const { keeper, node } = await started()
    for (let step = 0; step <= 10; step++) {
      keeper.list('targets', { id: 'nl-om', card: { name: `Name ${step}` } })
      keeper.publish('targets', 'snapshot', 'timestamp')
      if (step % 5 !== 0) continue
      expect(await node.refresh()).toBe('ok')
      const name = async () => view(await node.trusted(), NOW).memberOf('nl-om')?.name
      expect(await name()).toBe(`Name ${step}`)
      const [file = ''] = keeper.requests.filter((request) => request.startsWith('members/')).slice(-1)
      keeper.files.set(file, textToBytes('{}'))
      keeper.publish('targets', 'snapshot', 'timestamp')
      await node.refresh()
      expect(await name()).toBe(`Name ${step}`)
    }
  })

  // SHA-256 is always there; other hashes may stand beside it and are not looked at.
  it.for([
    ['sha256', ['sha256'], 'ok'],
    ['sha256 and sha512', ['sha256', 'sha512'], 'ok'],
    ['sha512 alone', ['sha512'], 'DIRECTORY_MALFORMED'],
  ] as const)('test_download_with_hash_algorithms: %s', async ([, hashes, code]) => {
    const { keeper, node } = await started()
    keeper.list('targets', { id: 'nl-om' })
    const claim = keeper.drafts.targets.targets['members/nl-om.json']
    const all: Record<string, string> = { sha256: claim.hashes.sha256, sha512: 'ab'.repeat(64) }
    claim.hashes = Object.fromEntries(hashes.map((name) => [name, all[name]]))
    keeper.publish('targets', 'snapshot', 'timestamp')
    expect(await node.refresh()).toBe(code)
  })

  it('test_download_with_unknown_hash_algorithm: a hash that nobody knows is none', async () => {
    const { keeper, node } = await started()
    keeper.list('targets', { id: 'nl-om' })
    keeper.drafts.targets.targets['members/nl-om.json'].hashes = { 'unknown-hash': 'ab'.repeat(32) }
    keeper.publish('targets', 'snapshot', 'timestamp')
    expect(await node.refresh()).toBe('DIRECTORY_MALFORMED')
    expect(await node.members()).toEqual([])
  })

  it('test_artifact_cache: a file that is kept is not asked for again', async () => {
    const { keeper, node } = await started()
    keeper.list('targets', { id: 'nl-om' })
    keeper.publish('targets', 'snapshot', 'timestamp')
    expect(await node.refresh()).toBe('ok')
    keeper.publish('targets', 'snapshot', 'timestamp')
    expect(await node.refresh()).toBe('ok')
    expect(keeper.requests.filter((name) => name.startsWith('members/'))).toHaveLength(1)
    expect(await node.members()).toEqual(['nl-om'])
  })
})

describe('keys', () => {
  it('test_snapshot_does_not_meet_threshold: two of three signatures are not three', async () => {
    const { keeper, node } = await started()
    keeper.drafts.root.roles.snapshot.threshold = 3
    keeper.addKey('snapshot')
    keeper.addKey('snapshot')
    keeper.publish('root', 'targets', 'snapshot', 'timestamp')
    expect(await node.refresh()).toBe('ok')
    keeper.signers.snapshot?.pop()
    keeper.publish('targets', 'snapshot', 'timestamp')
    expect(await node.refresh()).toBe('DIRECTORY_UNSIGNED')
    expect((await node.versions()).snapshot).toBe(2)
  })

  it('test_snapshot_has_too_few_keys: a threshold above the number of keys is met by nothing', async () => {
    const { keeper, node } = await started()
    for (let more = 0; more < 4; more++) keeper.addKey('snapshot')
    keeper.drafts.root.roles.snapshot.threshold = 6
    keeper.publish('root', 'snapshot', 'timestamp')
    expect(await node.refresh()).toBe('DIRECTORY_UNSIGNED')
    expect(await node.versions()).toEqual({ root: 2, timestamp: 2 })
    // And the next root can put it right.
    keeper.drafts.root.roles.snapshot.threshold = 5
    keeper.publish('root')
    expect(await node.refresh()).toBe('ok')
  })

  it('test_duplicate_keys: one key named nine times is refused with the root that names it so', async () => {
    const { keeper, node } = await started()
    const key = keeper.addKey('snapshot')
    for (let more = 0; more < 8; more++) keeper.drafts.root.roles.snapshot.keyids.push(idOf(key))
    keeper.drafts.root.roles.snapshot.threshold = 6
    keeper.publish('root', 'snapshot', 'timestamp')
    const snapshot = json(keeper.files.get('2.snapshot.json'))
    for (let more = 0; more < 8; more++) snapshot.signatures.push(snapshot.signatures[0])
    keeper.put('snapshot', 2, bytesOf(snapshot))
    keeper.publish('timestamp')
    expect(await node.refresh()).toBe('DIRECTORY_KEY_TWICE')
    expect(await node.versions()).toEqual({ root: 1 })
  })

  it('test_duplicate_sig_keyids: a signature that stands twice is refused', async () => {
    const { keeper, node } = await started()
    const snapshot = json(keeper.files.get('1.snapshot.json'))
    snapshot.signatures.push(snapshot.signatures[0])
    keeper.put('snapshot', 1, bytesOf(snapshot))
    keeper.publish('timestamp')
    expect(await node.refresh()).toBe('DIRECTORY_SIGNED_TWICE')
    expect((await node.versions()).snapshot).toBeUndefined()
  })

  // One verifier for all nodes: Ed25519. A key of another type may be named, and counts nothing.
  it.for([
    ['rsa', 'rsassa-pss-sha256', 'DIRECTORY_UNSIGNED'],
    ['ecdsa', 'ecdsa-sha2-nistp256', 'DIRECTORY_UNSIGNED'],
    ['ed25519', 'ed25519', 'ok'],
  ] as const)('test_keytype_and_scheme: %s/%s', async ([keytype, scheme, code]) => {
    const { keeper, node } = await started()
    const key = keeper.addKey('root')
    const named = keeper.drafts.root.keys[idOf(key)]
    named.keytype = keytype
    named.scheme = scheme
    keeper.drafts.root.roles.root.threshold = 2
    keeper.publish('root')
    expect(await node.refresh()).toBe(code)
    if (code !== 'ok') return
    keeper.publish('root')
    const root = json(keeper.files.get('3.root.json'))
    root.signatures.find((one: Loose) => one.keyid === idOf(key)).sig = 'b6'.repeat(64)
    keeper.files.set('3.root.json', bytesOf(root))
    expect(await node.refresh()).toBe('DIRECTORY_UNSIGNED')
    expect((await node.versions()).root).toBe(2)
  })

  it('test_invalid_sig_in_valid_metadata: a wrong signature beside enough right ones spoils nothing', async () => {
    const { keeper, node } = await started()
    const [first] = keeper.signers.timestamp ?? []
    if (!first) throw new Error('no key')
    keeper.addKey('timestamp')
    keeper.publish('root')
    for (const sig of ['ab'.repeat(64), '']) {
      keeper.publish('timestamp')
      const timestamp = json(keeper.files.get('timestamp.json'))
      timestamp.signatures.find((one: Loose) => one.keyid === idOf(first)).sig = sig
      keeper.files.set('timestamp.json', bytesOf(timestamp))
      expect(await node.refresh()).toBe('ok')
    }
    expect((await node.versions()).timestamp).toBe(3)
  })
})

describe('quoting', () => {
  // Narrower: a name that would need quoting is refused, and nothing is asked for under it.
  it.for(['?', '#', '/delegatedrole', '../delegatedrole'])('test_unusual_role_name: %s', async (name) => {
    const { keeper, node } = await started()
    keeper.delegate('targets', name)
    keeper.publish(name, 'targets')
    delete keeper.drafts.snapshot.meta[`${name}.json`]
    keeper.publish('snapshot', 'timestamp')
    expect(await node.refresh()).toBe('DIRECTORY_MALFORMED')
    expect(keeper.requests.filter((request) => request.includes(name))).toEqual([])
    expect(await node.versions()).toEqual({ root: 1, timestamp: 2, snapshot: 2 })
  })
})

describe('rollback', () => {
  it('test_simple_snapshot_rollback: a snapshot that no timestamp names is not looked at', async () => {
    const { keeper, node } = await started()
    keeper.publish('snapshot', 'timestamp')
    expect(await node.refresh()).toBe('ok')
    keeper.publishAs('snapshot', 1)
    expect(await node.refresh()).toBe('ok')
    expect((await node.versions()).snapshot).toBe(2)
    expect(keeper.requests.at(-1)).toBe('timestamp.json')
  })

  it('test_new_timestamp_version_rollback: an older timestamp is refused', async () => {
    const { keeper, node } = await started()
    keeper.publish('timestamp')
    expect(await node.refresh()).toBe('ok')
    keeper.publishAs('timestamp', 1)
    expect(await node.refresh()).toBe('DIRECTORY_ROLLBACK')
    expect((await node.versions()).timestamp).toBe(2)
    expect(keeper.requests.at(-1)).toBe('timestamp.json')
  })

  it('test_snapshot_rollback: a timestamp that names an older snapshot is refused', async () => {
    const { keeper, node } = await started()
    keeper.publish('snapshot', 'timestamp')
    expect(await node.refresh()).toBe('ok')
    keeper.publishAs('snapshot', 1)
    keeper.publish('timestamp')
    expect(await node.refresh()).toBe('DIRECTORY_ROLLBACK')
    expect(await node.versions()).toEqual(top(1, 2, 2, 1))
    expect(keeper.requests.at(-1)).toBe('timestamp.json')
  })

  it('test_targets_rollback: a snapshot that names older targets is refused', async () => {
    const { keeper, node } = await started()
    keeper.publish('targets', 'snapshot', 'timestamp')
    expect(await node.refresh()).toBe('ok')
    keeper.publishAs('targets', 1)
    keeper.publish('snapshot', 'timestamp')
    expect(await node.refresh()).toBe('DIRECTORY_ROLLBACK')
    expect((await node.versions()).snapshot).toBe(2)
    expect((await node.versions()).targets).toBe(2)
  })

  it('test_new_targets_fast_forward_recovery: new snapshot keys let targets begin anew', async () => {
    const { keeper, node } = await started()
    keeper.publishAs('targets', 100)
    keeper.publish('snapshot', 'timestamp')
    expect(await node.refresh()).toBe('ok')
    expect((await node.versions()).targets).toBe(100)
    keeper.rotateKeys('snapshot')
    keeper.publishAs('targets', 2)
    keeper.publish('root', 'snapshot', 'timestamp')
    expect(await node.refresh()).toBe('ok')
    expect((await node.versions()).targets).toBe(2)
  })

  it('test_new_snapshot_fast_forward_recovery: new keys of snapshot and timestamp let snapshots begin anew', async () => {
    const { keeper, node } = await started()
    keeper.publishAs('snapshot', 100)
    keeper.publish('timestamp')
    expect(await node.refresh()).toBe('ok')
    keeper.rotateKeys('snapshot')
    keeper.rotateKeys('timestamp')
    keeper.publish('root', 'targets')
    keeper.publishAs('snapshot', 1)
    keeper.publish('timestamp')
    expect(await node.refresh()).toBe('ok')
    expect((await node.versions()).snapshot).toBe(1)
  })

  it('test_new_snapshot_version_mismatch: a newer snapshot that the timestamp does not name is not taken', async () => {
    const { keeper, node } = await refreshed()
    const claim = { ...keeper.drafts.timestamp.meta['snapshot.json'] }
    keeper.publish('snapshot')
    keeper.drafts.timestamp.meta['snapshot.json'] = claim
    keeper.publish('root', 'timestamp')
    expect(await node.refresh()).toBe('ok')
    expect(await node.versions()).toEqual(top(2, 2, 1, 1))
  })

  it('test_new_timestamp_fast_forward_recovery: new timestamp keys let timestamps begin anew', async () => {
    const { keeper, node } = await started()
    keeper.publishAs('timestamp', 100)
    expect(await node.refresh()).toBe('ok')
    expect((await node.versions()).timestamp).toBe(100)
    keeper.rotateKeys('timestamp')
    keeper.publish('root', 'targets', 'snapshot')
    keeper.publishAs('timestamp', 1)
    expect(await node.refresh()).toBe('ok')
    expect((await node.versions()).timestamp).toBe(1)
  })
})

describe('static repositories', () => {
  // Directories of other tools (RSA and ECDSA keys, other paths) are none of members; ours lies in vectors/directory/good.
  it('test_static_repository: a directory that lies there as files is read from its first root on', async () => {
    const { keeper } = await started()
    keeper.list('targets', { id: 'nl-om' })
    keeper.rotateKeys('targets')
    keeper.publish('root', 'targets', 'snapshot', 'timestamp')
    const frozen = new Map(keeper.files)
    const source = { fetch: async (name: string) => frozen.get(name) ?? null }
    const node = newFollower({ source, files: frozen }, memoryFiles(), 90 * DAY)
    expect((await node.start()).ok).toBe(true)
    expect(await node.refresh()).toBe('ok')
    expect(await node.members()).toEqual(['nl-om'])
  })
})

describe('delegation graphs', () => {
  type Edge = readonly [from: string, to: string, more?: { paths?: string[]; terminating?: boolean }]
  const python = { paths: ['members/py-*.json'] }
  const graphs: Readonly<Record<string, readonly [readonly Edge[], readonly string[]]>> = {
    'one delegation': [[['targets', 'a']], ['a']],
    'two on one level': [
      [
        ['targets', 'a'],
        ['targets', 'b'],
      ],
      ['a', 'b'],
    ],
    'two levels': [
      [
        ['targets', 'a'],
        ['targets', 'b'],
        ['b', 'c'],
      ],
      ['a', 'b', 'c'],
    ],
    'two levels, depth first': [
      [
        ['targets', 'a'],
        ['targets', 'b'],
        ['a', 'c'],
        ['a', 'd'],
      ],
      ['a', 'c', 'd', 'b'],
    ],
    'three levels, depth first': [
      [
        ['targets', 'a'],
        ['targets', 'b'],
        ['a', 'c'],
        ['c', 'd'],
      ],
      ['a', 'c', 'd', 'b'],
    ],
    'terminating on the second level': [
      [
        ['targets', 'a'],
        ['targets', 'b'],
        ['a', 'c', { terminating: true }],
        ['a', 'd'],
      ],
      ['a', 'c'],
    ],
    'terminating with a level below': [
      [
        ['targets', 'a'],
        ['targets', 'b'],
        ['a', 'c', { terminating: true }],
        ['c', 'd'],
      ],
      ['a', 'c', 'd'],
    ],
    'a branch whose pattern does not match': [
      [
        ['targets', 'a', python],
        ['targets', 'b'],
        ['a', 'c'],
      ],
      ['b'],
    ],
    'a branch further down whose pattern does not match': [
      [
        ['targets', 'a'],
        ['targets', 'b'],
        ['a', 'c', python],
        ['c', 'd'],
      ],
      ['a', 'b'],
    ],
    'a circle': [
      [
        ['targets', 'a'],
        ['targets', 'b'],
        ['b', 'c'],
        ['c', 'd'],
        ['d', 'b'],
      ],
      ['a', 'b', 'c', 'd'],
    ],
    'two that delegate to a third': [
      [
        ['targets', 'a'],
        ['targets', 'b'],
        ['b', 'c'],
        ['a', 'c'],
      ],
      ['a', 'c', 'b'],
    ],
    'two that delegate to a third, one of them other paths': [
      [
        ['targets', 'a'],
        ['targets', 'b'],
        ['b', 'c'],
        ['a', 'c', python],
      ],
      ['a', 'b', 'c'],
    ],
  }

  async function searched(keeper: Keeper, node: ReturnType<typeof newFollower>, path: string) {
    expect(await node.refresh()).toBe('ok')
    const edition = (await node.trusted()).editions.at(-1)
    if (!edition) throw new Error('no edition')
    expect(keeper.requests.filter((name) => name.endsWith('.json')).length).toBeGreaterThan(4)
    return findMember(edition, path, checkEd25519)
  }

  it.for(Object.entries(graphs))('test_graph_traversal: %s', async ([, [edges, order]]) => {
    const { keeper, node } = await started()
    for (const [from, to, more] of edges) keeper.delegate(from, to, more)
    const roles = [...new Set(edges.map(([, to]) => to))]
    keeper.publish(...roles, 'targets', 'snapshot', 'timestamp')
    const search = await searched(keeper, node, 'members/missing.json')
    expect(search).toEqual({ found: null, visited: order, ended: null })
  })

  // Roles are read ahead of any search, so that the order shows in the search and not in the requests.
  it.for([
    ['eu-ojlaf', 'targets', []],
    ['fr-dnfa', 'a', ['a']],
    ['nl-x-om', 'c', ['b', 'c']],
    ['nl-y-om', 'd', ['b', 'd']],
    ['nl-z-om', null, ['b']],
  ] as const)('test_targetfile_search: %s', async ([id, role, visited]) => {
    const { keeper, node } = await started()
    keeper.delegate('targets', 'a', { paths: ['members/fr-*.json', 'members/be-*.json'] })
    keeper.delegate('targets', 'b', { paths: ['members/nl-*.json'] })
    keeper.delegate('b', 'c', { paths: ['members/nl-x-*.json'] })
    keeper.delegate('b', 'd', { paths: ['members/nl-y-*.json'] })
    keeper.list('targets', { id: 'eu-ojlaf' })
    keeper.list('a', { id: 'fr-dnfa' })
    keeper.list('c', { id: 'nl-x-om' })
    keeper.list('d', { id: 'nl-y-om' })
    keeper.list('d', { id: 'nl-z-om' })
    keeper.publish('c', 'd', 'a', 'b', 'targets', 'snapshot', 'timestamp')
    const search = await searched(keeper, node, `members/${id}.json`)
    expect([search.found?.role ?? null, search.visited]).toEqual([role, visited])
    expect((await node.members()).includes(id)).toBe(role !== null)
  })
})

describe('key rotations', () => {
  type Step = readonly [keys: readonly number[], threshold: number, signed: readonly number[]]
  const five = [0, 1, 2, 3, 4]
  const rotated = [0, 1, 3, 4, 5]
  const rootCases: Readonly<Record<string, readonly [readonly Step[], boolean]>> = {
    'one of one': [
      [
        [[1], 1, [1]],
        [[2], 1, [2, 1]],
        [[2], 1, [2]],
      ],
      true,
    ],
    'one of one with signatures that nobody asked for': [
      [
        [[1], 1, [3, 1, 4]],
        [[2], 1, [3, 2, 1, 4]],
        [[2], 1, [3, 2, 4]],
      ],
      true,
    ],
    'three of five by different ones': [
      [
        [five, 3, [0, 2, 4]],
        [five, 3, [0, 4, 1]],
        [five, 3, [0, 1, 3]],
        [five, 3, [0, 1, 3]],
      ],
      true,
    ],
    'three of five, one exchanged': [
      [
        [five, 3, [0, 2, 4]],
        [rotated, 3, [0, 4, 1]],
      ],
      true,
    ],
    'three of five, one exchanged, with a step between': [
      [
        [five, 3, [0, 2, 4]],
        [rotated, 3, [0, 2, 4, 5]],
        [rotated, 3, [0, 4, 5]],
      ],
      true,
    ],
    'three of five, all exchanged': [
      [
        [five, 3, [0, 2, 4]],
        [[5, 6, 7, 8, 9], 3, [0, 2, 4, 5, 6, 7]],
        [[5, 6, 7, 8, 9], 3, [5, 6, 7]],
      ],
      true,
    ],
    'one of three to two of three': [
      [
        [[1, 2, 3], 1, [1]],
        [[1, 2, 3], 2, [1, 2]],
      ],
      true,
    ],
    'two of three to one of three': [
      [
        [[1, 2, 3], 2, [1, 2]],
        [[1, 2, 3], 1, [1, 2]],
        [[1, 2, 3], 1, [1]],
      ],
      true,
    ],
    'one of one to two of two': [
      [
        [[1], 1, [1]],
        [[1, 2], 2, [1, 2]],
      ],
      true,
    ],
    'not signed by the old key': [
      [
        [[1], 1, [1]],
        [[2], 1, [2, 3, 4]],
      ],
      false,
    ],
    'not signed by the new key': [
      [
        [[1], 1, [1]],
        [[2], 1, [1, 3, 4]],
      ],
      false,
    ],
    'not signed by three of the new': [
      [
        [five, 3, [0, 2, 4]],
        [rotated, 3, [0, 2, 4]],
      ],
      false,
    ],
    'not signed by three of the old': [
      [
        [five, 3, [0, 2, 4]],
        [rotated, 3, [0, 4, 5]],
      ],
      false,
    ],
    'the higher threshold not met': [
      [
        [[1, 2, 3], 1, [1]],
        [[1, 2, 3], 2, [2]],
      ],
      false,
    ],
    'the lower threshold met, the old one not': [
      [
        [[1, 2, 3], 2, [1, 2]],
        [[1, 2, 3], 1, [1]],
      ],
      false,
    ],
  }

  it.for(Object.entries(rootCases))('test_root_rotation: %s', async ([, [steps, right]]) => {
    const keeper = newKeeper()
    const keys = Array.from({ length: 10 }, () => drawKey())
    const pick = (numbers: readonly number[]) => numbers.flatMap((number) => keys[number] ?? [])
    keeper.drafts.root.version = 0
    for (const [named, threshold, signed] of steps) {
      const role = keeper.drafts.root.roles.root
      for (const keyid of role.keyids.splice(0)) delete keeper.drafts.root.keys[keyid]
      for (const key of pick(named)) keeper.addKey('root', key)
      role.threshold = threshold
      keeper.signers.root = pick(signed)
      keeper.publish('root')
    }
    keeper.publish('targets', 'snapshot', 'timestamp')
    const node = newFollower(keeper)
    expect((await node.start()).ok).toBe(true)
    expect(await node.refresh()).toBe(right ? 'ok' : 'DIRECTORY_UNSIGNED')
    const last = right ? steps.length : steps.length - 1
    expect(text(await node.files.read('root.json'))).toBe(text(keeper.files.get(`${last}.root.json`)))
  })

  const otherCases: Readonly<Record<string, readonly [Step, boolean]>> = {
    'one of one': [[[2], 1, [2]], true],
    'one of one with signatures that nobody asked for': [[[1], 1, [3, 1, 4]], true],
    'not signed by the new key': [[[2], 1, [1, 3, 4]], false],
    'one of three signatures by a key that is none of the role': [[rotated, 3, [0, 2, 4]], false],
    'two of three signatures': [[rotated, 3, [0, 4]], false],
    'three of five: 0 2 4': [[five, 3, [0, 2, 4]], true],
    'three of five: 0 4 1': [[five, 3, [0, 4, 1]], true],
    'three of five: 0 1 3': [[five, 3, [0, 1, 3]], true],
    'three of five: 1 2 3': [[five, 3, [1, 2, 3]], true],
    'three of five: 2 3 4': [[five, 3, [2, 3, 4]], true],
  }

  it.for(
    Object.entries(otherCases).flatMap(([name, [step, right]]) =>
      ['timestamp', 'snapshot', 'targets'].map((role) => [`${name}, ${role}`, role, step, right] as const),
    ),
  )('test_non_root_rotations: %s', async ([, role, [named, threshold, signed], right]) => {
    const { keeper, node } = await started()
    const keys = Array.from({ length: 10 }, () => drawKey())
    const pick = (numbers: readonly number[]) => numbers.flatMap((number) => keys[number] ?? [])
    const { role: of } = keeper.keysPlace(role)
    for (const keyid of of.keyids.splice(0)) delete keeper.drafts.root.keys[keyid]
    for (const key of pick(named)) keeper.addKey(role, key)
    of.threshold = threshold
    keeper.signers[role] = pick(signed)
    keeper.publish('root', 'targets', 'snapshot', 'timestamp')
    expect(await node.refresh()).toBe(right ? 'ok' : 'DIRECTORY_UNSIGNED')
    if (right) expect(await node.versions()).toEqual(top(2, 2, 2, 2))
  })
})

it('a store that was filled by one process is read by the next', async () => {
  const { node } = await refreshed()
  const again = memoryFiles((node.files as ReturnType<typeof memoryFiles>).kept)
  expect((await loadTrusted(again, checkEd25519)).editions).toHaveLength(1)
  expect(instant(NOW)).toBe('2026-11-26T12:00:00Z')
})

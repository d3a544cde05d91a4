/** What an adversary does who holds fewer keys than it takes, keeps a mirror, or ends the process at the worst moment. */
import { describe, expect, it } from 'vitest'
import { checkEd25519 } from '../../kernel/crypto/index.ts'
import { canonicalJson, textToBytes } from '../../kernel/index.ts'
import { loadTrusted, metadataFile, type TrustedFiles, trustRoot, updateDirectory } from './index.ts'
import { DAY, drawKey, idOf, type Loose, memoryFiles, NOW, newFollower, newKeeper, signWith } from './testing/keeper.ts'

/** Numbers that are the same in every run (xorshift32). */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

/** A directory as an agency would keep it: root 3 of 5, targets 2 of 3, snapshot 2 of 3, timestamp 2 of 2. */
function guarded() {
  const keeper = newKeeper()
  const sizes = { root: [5, 3], targets: [3, 2], snapshot: [3, 2], timestamp: [2, 2] } as const
  for (const [role, [keys, threshold]] of Object.entries(sizes)) {
    for (let more = 1; more < keys; more++) keeper.addKey(role)
    keeper.drafts.root.roles[role].threshold = threshold
  }
  keeper.delegate('targets', 'countries/nl', { paths: ['members/nl-*.json'], threshold: 2 })
  keeper.addKey('countries/nl')
  keeper.list('countries/nl', { id: 'nl-om' })
  keeper.list('targets', { id: 'eu-one', country: 'EU' })
  return keeper
}

describe('fewer keys than the threshold', () => {
  it('forge none of a thousand random changes', async () => {
    const keeper = guarded()
    keeper.publish('root', 'countries/nl', 'targets', 'snapshot', 'timestamp')
    const base = memoryFiles()
    const node = newFollower(keeper, base)
    await node.start(keeper.files.get('1.root.json'))
    expect(await node.refresh()).toBe('ok')
    const honest = new Map(keeper.files)
    const saved = structuredClone(keeper.drafts)
    const random = numbersFrom(20_261_126)
    const roles = ['root', 'targets', 'snapshot', 'timestamp', 'countries/nl']
    const evilKey = drawKey()
    const evil = {
      keytype: 'ed25519',
      scheme: 'ed25519',
      keyval: { public: Buffer.from(evilKey.publicKey.bytes).toString('hex') },
    }
    const tried = new Map<string, number>()
    const accepted: string[] = []
    for (let round = 0; round < 1_000; round++) {
      const role = roles[random(roles.length)] ?? 'root'
      const draft = keeper.drafts[role]
      const named: { keys: Loose; of: Loose }[] = [
        ...Object.values(draft.roles ?? {}).map((of) => ({ keys: draft.keys, of })),
        ...(draft.delegations?.roles ?? []).map((of: Loose) => ({ keys: draft.delegations.keys, of })),
      ]
      const changes: readonly (() => void)[] = [
        () => {
          draft.expires = '2099-01-01T00:00:00Z'
        },
        () => {
          draft[`more${random(9)}`] = random(1000)
        },
        ...(draft.targets ? [() => void keeper.list(role, { id: 'nl-evil' })] : []),
        ...named.flatMap(({ keys, of }) => [
          () => {
            of.threshold = 1
          },
          () => {
            keys[idOf(evilKey)] = evil
            of.keyids.push(idOf(evilKey))
          },
        ]),
      ]
      changes[random(changes.length)]?.()
      // The adversary has one key too few of this role and a key of its own, copies what it finds, and has every other role's
      // keepers publish what it made.
      const keys = keeper.signers[role] ?? []
      const stolen = keys.slice(0, keeper.keysPlace(role).role.threshold - 1)
      const version = draft.version + 1
      draft.version = version
      const file = JSON.parse(new TextDecoder().decode(signWith([...stolen, evilKey], draft))) as Loose
      const former = JSON.parse(
        new TextDecoder().decode(honest.get(role === 'timestamp' ? 'timestamp.json' : metadataFile(role, version - 1))),
      )
      const have = new Set(file.signatures.map(({ keyid }: Loose) => keyid))
      file.signatures.push(...former.signatures.filter(({ keyid }: Loose) => !have.has(keyid)))
      keeper.put(role, version, textToBytes(canonicalJson(file)))
      for (const above of ['targets', 'snapshot', 'timestamp'])
        if (roles.indexOf(above) > roles.indexOf(role) || role === 'countries/nl') keeper.publish(above)
      const files = memoryFiles(new Map(base.kept))
      const report = await updateDirectory({ source: keeper.source, files, check: checkEd25519, now: NOW })
      tried.set(role, (tried.get(role) ?? 0) + 1)
      const taken = report.accepted.some(({ name }) => name === role) || report.edition?.members.has('nl-evil')
      if (taken) accepted.push(`round ${round}: ${role}`)
      Object.assign(keeper.drafts, structuredClone(saved))
      keeper.files.clear()
      for (const [name, bytes] of honest) keeper.files.set(name, bytes)
    }
    expect(accepted).toEqual([])
    expect([...tried.values()].reduce((sum, number) => sum + number, 0)).toBe(1_000)
    expect(Math.min(...roles.map((role) => tried.get(role) ?? 0))).toBeGreaterThan(100)
  }, 120_000)

  it('and with the threshold met, the same change is accepted', async () => {
    const keeper = guarded()
    keeper.publish('root', 'countries/nl', 'targets', 'snapshot', 'timestamp')
    const node = newFollower(keeper)
    await node.start(keeper.files.get('1.root.json'))
    expect(await node.refresh()).toBe('ok')
    keeper.list('countries/nl', { id: 'nl-evil' })
    keeper.signers['countries/nl'] = keeper.signers['countries/nl']?.slice(0, 2) ?? []
    keeper.publish('countries/nl', 'snapshot', 'timestamp')
    expect(await node.refresh()).toBe('ok')
    expect(await node.members()).toContain('nl-evil')
  })
})

/** The same answer to the same question, worked out once: most signatures are looked at thousands of times here. */
const answers = new Map<string, boolean>()
const remembered: typeof checkEd25519 = (publicKey, message, signature) => {
  const question = [publicKey, message, signature].map((bytes) => Buffer.from(bytes).toString('latin1')).join('|')
  const known = answers.get(question)
  if (known !== undefined) return known
  const answer = checkEd25519(publicKey, message, signature)
  answers.set(question, answer)
  return answer
}

describe('a mirror that changes what it shows', () => {
  it('gets no changed byte of any file accepted', async () => {
    // Exactly as many signatures as are needed: one more would make one of them surplus, and a surplus one may be wrong.
    const keeper = newKeeper()
    keeper.delegate('targets', 'countries/nl', { paths: ['members/nl-*.json'] })
    keeper.list('countries/nl', { id: 'nl-om' })
    keeper.files.delete('1.snapshot.json')
    keeper.files.delete('1.targets.json')
    keeper.publish('root', 'countries/nl', 'targets', 'snapshot', 'timestamp')
    const founding = keeper.files.get('1.root.json') ?? new Uint8Array()
    const good = newFollower(keeper)
    await good.start(founding)
    expect(await good.refresh()).toBe('ok')
    let changed = 0
    for (const [name, bytes] of keeper.files) {
      for (let at = 0; at < bytes.length; at++) {
        const other = Uint8Array.from(bytes)
        other[at] = (other[at] ?? 0) ^ (1 << (at % 8))
        const source = { fetch: async (asked: string) => (asked === name ? other : (keeper.files.get(asked) ?? null)) }
        const files = memoryFiles()
        const trusted = await trustRoot(files, name === '1.root.json' ? other : founding, remembered)
        changed += 1
        if (!trusted.ok) continue
        const report = await updateDirectory({ source, files, check: remembered, now: NOW })
        // A member or a role that was changed is a defect of the edition; anything above it ends the update.
        if (report.refusal === null && report.edition?.defects.size === 0)
          throw new Error(`byte ${at} of ${name} was changed and accepted`)
      }
    }
    expect(changed).toBe([...keeper.files.values()].reduce((sum, bytes) => sum + bytes.length, 0))
    expect(changed).toBeGreaterThan(5_000)
  }, 300_000)

  it('costs no more than the largest file of its kind, however much it sends', async () => {
    const keeper = newKeeper()
    const node = newFollower(keeper)
    await node.start()
    const asked: [string, number][] = []
    const endless = {
      fetch: async (name: string, maxBytes: number) => {
        asked.push([name, maxBytes])
        if (name === '2.root.json') return null
        return new Uint8Array(maxBytes + 1).fill(0x5b)
      },
    }
    const report = await updateDirectory({ source: endless, files: node.files, check: checkEd25519, now: NOW })
    expect(report.refusal?.code).toBe('DIRECTORY_TOO_LARGE')
    expect(asked.at(-1)).toEqual(['timestamp.json', 16 * 1024])
    // After the timestamp, lengths are known to the byte.
    keeper.files.set('1.snapshot.json', new Uint8Array(100_000))
    const claimed: number[] = []
    const counting = {
      fetch: async (name: string, maxBytes: number) => {
        if (name === '1.snapshot.json') claimed.push(maxBytes)
        return keeper.source.fetch(name, maxBytes)
      },
    }
    const second = await updateDirectory({ source: counting, files: node.files, check: checkEd25519, now: NOW })
    expect(second.refusal?.code).toBe('DIRECTORY_HASH')
    expect(claimed[0]).toBeLessThan(1_000)
  })

  it('cannot lead the chain of roots on for ever', async () => {
    const keeper = newKeeper()
    for (let more = 0; more < 300; more++) keeper.publish('root')
    const node = newFollower(keeper)
    await node.start()
    await node.refresh()
    expect((await node.versions()).root).toBe(257)
    await node.refresh()
    expect((await node.versions()).root).toBe(301)
  })

  it('cannot mix files of two states', async () => {
    const keeper = newKeeper()
    keeper.list('targets', { id: 'nl-om' })
    keeper.publish('targets', 'snapshot', 'timestamp')
    const old = new Map(keeper.files)
    keeper.list('targets', { id: 'nl-new' })
    keeper.publish('targets', 'snapshot', 'timestamp')
    for (const name of ['3.snapshot.json', '3.targets.json']) {
      const mixed = new Map(keeper.files)
      mixed.set(name, old.get(name.replace('3', '2')) ?? new Uint8Array())
      const node = newFollower({ source: { fetch: async (asked) => mixed.get(asked) ?? null }, files: mixed })
      await node.start()
      expect(await node.refresh()).toBe('DIRECTORY_HASH')
      expect(await node.members()).toEqual([])
    }
  })

  it('with the timestamp key cannot say for years that nothing is new', async () => {
    const keeper = newKeeper()
    const node = newFollower(keeper)
    await node.start()
    expect(await node.refresh()).toBe('ok')
    keeper.expire('timestamp', NOW + 7 * DAY + 1_000)
    keeper.publish('timestamp')
    expect(await node.refresh()).toBe('DIRECTORY_LASTS_LONG')
    expect((await node.versions()).timestamp).toBe(1)
    expect(await node.refresh(NOW + 1_000)).toBe('ok')
  })

  it('that answers nothing freezes the node when the timestamp runs out', async () => {
    const keeper = newKeeper()
    keeper.expire('timestamp', NOW + 3_600_000)
    keeper.publish('timestamp')
    const node = newFollower(keeper)
    await node.start()
    expect(await node.refresh()).toBe('ok')
    expect(await node.refresh(NOW + DAY)).toBe('DIRECTORY_EXPIRED')
  })
})

describe('a process that ends at any step of the store', () => {
  /** Ends after `steps` calls of the store, each of them a moment at which a process may die. */
  function ending(files: TrustedFiles, steps: number): TrustedFiles {
    let left = steps
    const step = () => {
      if (left-- <= 0) throw new Error('the process ended here')
    }
    return {
      read: async (name) => {
        step()
        return files.read(name)
      },
      write: async (name, bytes) => {
        step()
        await files.write(name, bytes)
        step()
      },
      list: async (folder) => {
        step()
        return files.list(folder)
      },
    }
  }

  it('leaves a state from which the next update succeeds, and of which the view was never half of anything', async () => {
    const keeper = guarded()
    keeper.publish('root', 'countries/nl', 'targets', 'snapshot', 'timestamp')
    const first = memoryFiles()
    await trustRoot(first, keeper.files.get('1.root.json') ?? new Uint8Array(), checkEd25519)
    expect(
      (await updateDirectory({ source: keeper.source, files: first, check: checkEd25519, now: NOW })).refusal,
    ).toBeNull()
    const before = (await loadTrusted(first, checkEd25519)).editions.at(-1)?.digest
    // Everything changes: root with new keys for three roles, a new country, a new member, one removed.
    keeper.rotateKeys('timestamp')
    keeper.drafts.root.roles.timestamp.threshold = 1
    keeper.rotateKeys('snapshot')
    keeper.drafts.root.roles.snapshot.threshold = 1
    keeper.delegate('targets', 'countries/de', { paths: ['members/de-*.json'] })
    keeper.list('countries/de', { id: 'de-bka', country: 'DE' })
    delete keeper.drafts['countries/nl'].targets['members/nl-om.json']
    keeper.list('countries/nl', { id: 'nl-fiod' })
    keeper.publish('root', 'countries/de', 'countries/nl', 'targets', 'snapshot', 'timestamp')
    const straight = memoryFiles(new Map(first.kept))
    await updateDirectory({ source: keeper.source, files: straight, check: checkEd25519, now: NOW + DAY })
    const after = (await loadTrusted(straight, checkEd25519)).editions.at(-1)?.digest
    expect(after).not.toBe(before)
    let ended = 0
    for (let steps = 0; ; steps++) {
      const files = memoryFiles(new Map(first.kept))
      const died = await updateDirectory({
        source: keeper.source,
        files: ending(files, steps),
        check: checkEd25519,
        now: NOW + DAY,
      }).then(
        () => false,
        () => true,
      )
      const between = (await loadTrusted(files, checkEd25519)).editions.at(-1)
      if (died) ended += 1
      expect([before, after]).toContain(between?.digest)
      const report = await updateDirectory({ source: keeper.source, files, check: checkEd25519, now: NOW + DAY })
      expect(report.refusal).toBeNull()
      expect([...(report.edition?.members.keys() ?? [])]).toEqual(['de-bka', 'eu-one', 'nl-fiod'])
      expect((await loadTrusted(files, checkEd25519)).editions).toHaveLength(2)
      if (!died) break
    }
    expect(ended).toBeGreaterThan(30)
  })
})

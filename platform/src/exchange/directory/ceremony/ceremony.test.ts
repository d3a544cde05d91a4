/** The rules of the ceremony over a folder as a value; the whole of it by commands is in platform/tests. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkEd25519, type SigningKey, signEd25519 } from '../../../kernel/crypto/index.ts'
import { bytesToHex, canonicalJson, textToBytes } from '../../../kernel/index.ts'
import {
  changesBetween,
  countsFor,
  draftDelegation,
  draftFounding,
  draftNewMember,
  draftOf,
  draftRotation,
  draftStatus,
  type Files,
  formatPublicKeyFile,
  formatSignatureFile,
  keyIdOf,
  keyProofMessage,
  type PublicKeyFile,
  parsePublicKeyFile,
  planPublication,
  readAsNode,
  signedHash,
  signedMessage,
  type Write,
} from '../index.ts'
import { signedCardOf, testGrant } from '../testing/cards.ts'
import { DAY, drawKey, NOW } from '../testing/keeper.ts'

const keys = Array.from({ length: 6 }, () => drawKey())
const [a, b, c, d, e, f] = keys as [SigningKey, SigningKey, SigningKey, SigningKey, SigningKey, SigningKey]
const named = (key: SigningKey, holder = 'An agency'): PublicKeyFile => ({
  keyid: keyIdOf(key.publicKey.bytes),
  publicKey: key.publicKey.bytes,
  holder,
})
const role = (threshold: number, ...of: readonly SigningKey[]) => ({ threshold, keys: of.map((key) => named(key)) })
const founding = { root: role(2, a, b, c), targets: role(1, a), snapshot: role(1, d), timestamp: role(1, e) }
const signer = (key: SigningKey) => ({
  keyid: keyIdOf(key.publicKey.bytes),
  sign: (message: Uint8Array) => signEd25519(key, message),
})

function written(
  files: Files,
  result: { ok: true; value: readonly Write[] } | { ok: false; refusal: { code: string } },
): Map<string, Uint8Array> {
  if (!result.ok) throw new Error(result.refusal.code)
  return new Map([...files, ...result.value.map(({ path, bytes }) => [path, bytes] as const)])
}

const codeOf = (result: { ok: true } | { ok: false; refusal: { code: string } }) =>
  result.ok ? 'ok' : result.refusal.code

function signed(files: Files, of: string, ...by: readonly SigningKey[]): Map<string, Uint8Array> {
  const draft = draftOf(files, of)
  if (!draft) throw new Error(`no draft of ${of}`)
  const hash = signedHash(draft.document.signed)
  return new Map([
    ...files,
    ...by.map((key) => {
      const keyid = keyIdOf(key.publicKey.bytes)
      const sig = bytesToHex(signEd25519(key, signedMessage(draft.document.signed)))
      return [`${draft.path}.signatures/${keyid}.json`, formatSignatureFile(draft.path, hash, { keyid, sig })] as const
    }),
  ])
}

const publishing = { now: NOW, check: checkEd25519, signers: [signer(d), signer(e)], renew: false, timestampHours: 1 }

async function founded(): Promise<Map<string, Uint8Array>> {
  let files = written(new Map(), draftFounding(new Map(), founding, NOW))
  files = signed(signed(files, 'root', a, b), 'targets', a)
  const planned = await planPublication(files, publishing)
  if (!planned.ok) throw new Error(planned.refusal.message)
  return new Map([...files, ...planned.value.writes.map(({ path, bytes }) => [path, bytes] as const)])
}

describe('what changes is shown', () => {
  const cases: Readonly<Record<string, readonly [unknown, unknown, readonly string[]]>> = {
    nothing: [{ a: 1 }, { a: 1 }, []],
    'a new thing': [{}, { a: { b: 'x' } }, ['+ a.b: x', '- : {}']],
    'a thing that is gone': [{ a: 1, b: 2 }, { a: 1 }, ['- b: 2']],
    'another value': [{ a: 1 }, { a: 2 }, ['~ a: 1 → 2']],
    'a list as a set': [{ a: ['x', 'y'] }, { a: ['y', 'z'] }, ['- a: x', '+ a: z']],
    'an order that changes': [
      { a: ['x', 'y'] },
      { a: ['y', 'x'] },
      ['~ the order of a list, or how often something stands in it'],
    ],
    'a role by its name': [
      { roles: [{ name: 'n', threshold: 1 }] },
      {
        roles: [
          { name: 'm', threshold: 1 },
          { name: 'n', threshold: 2 },
        ],
      },
      ['+ roles[m].name: m', '+ roles[m].threshold: 1', '~ roles[n].threshold: 1 → 2'],
    ],
    'a key as one line, with all that is in it': [
      {},
      { keys: { k: { keytype: 'ed25519', holder: 'X' } } },
      ['- : {}', '+ keys.k: {"holder":"X","keytype":"ed25519"}'],
    ],
    'a list that becomes empty': [{ a: ['x'] }, { a: [] }, ['+ a: []', '- a: x']],
    'two of one name': [
      { scopes: [{ messages: 'x', send: true }] },
      {
        scopes: [
          { messages: 'x', send: true },
          { messages: 'x', receive: true },
        ],
      },
      [
        '+ scopes[0].messages: x',
        '+ scopes[0].send: true',
        '+ scopes[1].messages: x',
        '+ scopes[1].receive: true',
        '- scopes[x].messages: x',
        '- scopes[x].send: true',
      ],
    ],
    'a name that looks like a path': [{ a: { b: 1 } }, { 'a.b': 1 }, ['+ "a.b": 1', '- a.b: 1']],
    'the same thing twice': [
      { a: ['x', 'y'] },
      { a: ['x', 'x', 'y'] },
      ['~ the order of a list, or how often something stands in it'],
    ],
    'a number that becomes a text': [{ a: 1 }, { a: '1' }, ['~ a: 1 → "1"']],
  }
  it('any two that differ have a line', () => {
    const json = fc.jsonValue({ maxDepth: 3 }).map((value) => ({ value: JSON.parse(JSON.stringify(value, whole)) }))
    fc.assert(
      fc.property(json, json, (before, after) => {
        const same = canonicalJson(before) === canonicalJson(after)
        expect(changesBetween(before, after).length === 0).toBe(same)
      }),
      { numRuns: 2_000 },
    )
  })

  /** Canonical JSON here has whole numbers only. */
  function whole(_key: string, value: unknown): unknown {
    if (typeof value === 'number') return Math.trunc(value % 1000) + 0
    return typeof value === 'string' ? value.toWellFormed() : value
  }

  it.for(Object.entries(cases))('%s', ([, [before, after, lines]]) => {
    expect([...changesBetween(before as never, after as never)].sort()).toEqual([...lines].sort())
  })
})

describe('drafts', () => {
  it('are refused where a threshold could not be met, or would be none', () => {
    const of = (threshold: number) =>
      codeOf(draftFounding(new Map(), { ...founding, root: role(threshold, a, b) }, NOW))
    expect([of(0), of(1), of(2), of(3), of(1.5)]).toEqual([
      'DIRECTORY_THRESHOLD',
      'ok',
      'ok',
      'DIRECTORY_THRESHOLD',
      'DIRECTORY_THRESHOLD',
    ])
  })

  it('of keys name a key that is there, by enough of its id', async () => {
    const files = await founded()
    const remove = (id: string) =>
      codeOf(draftRotation(files, 'root', { add: [named(f)], remove: [id], threshold: null }, NOW))
    const id = keyIdOf(a.publicKey.bytes)
    expect([remove(id), remove(id.slice(0, 8)), remove(id.slice(0, 7)), remove('00000000')]).toEqual([
      'ok',
      'ok',
      'DIRECTORY_KEY_UNKNOWN',
      'DIRECTORY_KEY_UNKNOWN',
    ])
    expect(codeOf(draftRotation(files, 'countries/xx', { add: [], remove: [], threshold: 1 }, NOW))).toBe(
      'DIRECTORY_ROLE_UNKNOWN',
    )
  })

  it('of delegations name a role and paths that nodes will take', async () => {
    const files = await founded()
    const of = (name: string, path: string) =>
      codeOf(
        draftDelegation(
          files,
          { role: name, from: 'targets', keys: [named(f)], threshold: 1, paths: [path], terminating: true },
          NOW,
        ),
      )
    expect([
      of('countries/nl', 'members/nl-*.json'),
      of('../nl', 'members/*.json'),
      of('root', 'members/*.json'),
      of('countries/nl', '*'),
    ]).toEqual(['ok', 'DIRECTORY_ROLE_NAME', 'DIRECTORY_ROLE_NAME', 'DIRECTORY_ROLE_NAME'])
  })

  it('say who has signed and who is missing, and count nobody twice or in place of another', async () => {
    let files = written(
      await founded(),
      draftRotation(
        await founded(),
        'root',
        { add: [named(f)], remove: [keyIdOf(c.publicKey.bytes)], threshold: 3 },
        NOW,
      ),
    )
    files = signed(files, 'root', a, c, f)
    const draft = draftOf(files, 'root')
    if (!draft) throw new Error('no draft')
    const { needs, complete } = draftStatus(files, draft, checkEd25519)
    expect(needs.map(({ threshold, signed: by, missing }) => [threshold, by.length, missing.length])).toEqual([
      [2, 2, 1],
      [3, 2, 1],
    ])
    expect(complete).toBe(false)
    const sig = bytesToHex(signEd25519(b, signedMessage(draft.document.signed)))
    expect(countsFor(files, draft, keyIdOf(b.publicKey.bytes), sig, checkEd25519)).toBe('yes')
    expect(countsFor(files, draft, keyIdOf(a.publicKey.bytes), sig, checkEd25519)).toBe('wrong')
    expect(countsFor(files, draft, keyIdOf(d.publicKey.bytes), sig, checkEd25519)).toBe('stranger')
  })
})

describe('publishing', () => {
  it('needs the keys of snapshot and timestamp at hand', async () => {
    let files = written(new Map(), draftFounding(new Map(), founding, NOW))
    files = signed(signed(files, 'root', a, b), 'targets', a)
    expect(codeOf(await planPublication(files, { ...publishing, signers: [signer(d)] }))).toBe('DIRECTORY_KEY_MISSING')
    expect(codeOf(await planPublication(files, { ...publishing, signers: [signer(a), signer(e)] }))).toBe(
      'DIRECTORY_KEY_MISSING',
    )
  })

  it('that was interrupted after any of its files is completed by the next', async () => {
    const files = await founded()
    const rotated = written(
      files,
      draftRotation(
        files,
        'timestamp',
        { add: [named(f)], remove: [keyIdOf(e.publicKey.bytes)], threshold: null },
        NOW,
      ),
    )
    const listed = written(
      rotated,
      draftNewMember(rotated, 'targets', signedCardOf({ id: 'nl-om' }), testGrant, NOW, checkEd25519),
    )
    const ready = signed(signed(listed, 'root', a, b), 'targets', a)
    const options = { ...publishing, signers: [signer(d), signer(f)] }
    const planned = await planPublication(ready, options)
    if (!planned.ok) throw new Error(planned.refusal.message)
    const { writes } = planned.value
    expect(writes.map(({ path }) => path.replace(/[0-9a-f]{64}/, '…'))).toEqual([
      ...['2.root.json', 'members/….nl-om.json', '2.targets.json', '2.snapshot.json', 'timestamp.json'],
    ])
    for (let done = 0; done <= writes.length; done++) {
      const part = new Map([...ready, ...writes.slice(0, done).map(({ path, bytes }) => [path, bytes] as const)])
      const rest = await planPublication(part, options)
      if (!rest.ok) throw new Error(rest.refusal.message)
      expect(rest.value.writes.at(-1)?.path).toBe(done === writes.length ? undefined : 'timestamp.json')
      const whole = new Map([...part, ...rest.value.writes.map(({ path, bytes }) => [path, bytes] as const)])
      const report = await readAsNode(whole, NOW, checkEd25519)
      expect([...(report.edition?.members.keys() ?? [])], `after ${done}`).toEqual(['nl-om'])
    }
  })

  it('publishes nothing twice, and renews when it is asked to', async () => {
    const files = await founded()
    const again = await planPublication(files, publishing)
    expect(again).toMatchObject({ ok: true, value: { published: [] } })
    const renewed = await planPublication(files, { ...publishing, now: NOW + DAY, renew: true })
    expect(renewed).toMatchObject({ ok: true, value: { published: ['2.snapshot.json', 'timestamp.json'] } })
  })

  it('publishes nothing that has expired meanwhile', async () => {
    const files = await founded()
    expect(codeOf(await planPublication(files, { ...publishing, now: NOW + 100 * DAY, renew: true }))).toBe(
      'DIRECTORY_EXPIRED',
    )
    // Targets, drafted and signed again, make it whole.
    const later = { ...publishing, now: NOW + 100 * DAY, renew: true }
    const drafted = signed(
      written(files, draftRotation(files, 'targets', { add: [], remove: [], threshold: null }, later.now)),
      'targets',
      a,
    )
    expect(codeOf(await planPublication(drafted, later))).toBe('ok')
  })

  it('publishes no member whose file is not there', async () => {
    const files = await founded()
    const drafted = written(
      files,
      draftNewMember(files, 'targets', signedCardOf({ id: 'nl-om' }), testGrant, NOW, checkEd25519),
    )
    const whole = signed(drafted, 'targets', a)
    expect(codeOf(await planPublication(whole, publishing))).toBe('ok')
    for (const path of whole.keys()) if (path.startsWith('drafts/members/')) whole.delete(path)
    expect(codeOf(await planPublication(whole, publishing))).toBe('DIRECTORY_ABSENT')
  })
})

describe('public key files', () => {
  const file = formatPublicKeyFile(
    a.publicKey.bytes,
    'Openbaar Ministerie',
    signEd25519(a, keyProofMessage(a.publicKey.bytes, 'Openbaar Ministerie')),
  )
  it('are read with their holder', () => {
    expect(parsePublicKeyFile(file, checkEd25519)).toMatchObject({
      ok: true,
      value: { holder: 'Openbaar Ministerie', keyid: keyIdOf(a.publicKey.bytes) },
    })
  })
  it('cannot be changed in any byte, nor made for the key of another', () => {
    for (let at = 0; at < file.length - 1; at++) {
      const other = Uint8Array.from(file)
      other[at] = (other[at] ?? 0) ^ 1
      expect(parsePublicKeyFile(other, checkEd25519).ok, `byte ${at}`).toBe(false)
    }
    const stolen = formatPublicKeyFile(
      a.publicKey.bytes,
      'Somebody',
      signEd25519(b, keyProofMessage(a.publicKey.bytes, 'Somebody')),
    )
    expect(parsePublicKeyFile(stolen, checkEd25519).ok).toBe(false)
    const secret = parsePublicKeyFile(textToBytes('{"type":"comity-directory-secret","v":1}'), checkEd25519)
    expect(secret).toMatchObject({ ok: false, refusal: { message: expect.stringContaining('secret') } })
  })
})

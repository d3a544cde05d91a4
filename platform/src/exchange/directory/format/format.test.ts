/** What a file of the directory must look like before anybody looks at its signatures. */
import { expect, it, test } from 'vitest'
import { checkEd25519, newSigningKey } from '../../../kernel/crypto/index.ts'
import { canonicalJson, textToBytes } from '../../../kernel/index.ts'
import { checkThreshold, keyIdOf, keyToJson, type MetadataType, parseMetadata } from '../index.ts'
import { idOf, type Loose, newKeeper, signWith } from '../testing/keeper.ts'
import { isDelegatedRole, isPathPattern, matchesPattern, metadataFile } from './names.ts'

const codeOf = (type: MetadataType, bytes: Uint8Array) => {
  const read = parseMetadata(type, bytes)
  return read.ok ? 'ok' : read.refusal.code
}

/** The root of a new directory, changed and signed again. */
function changedRoot(change: (root: Loose) => void): Uint8Array {
  const keeper = newKeeper()
  change(keeper.drafts.root)
  return signWith(keeper.signers.root ?? [], keeper.drafts.root)
}

test('a key id is the SHA-256 of the SubjectPublicKeyInfo', () => {
  const key = newSigningKey()
  const spki = key.publicKey.handle.export({ format: 'der', type: 'spki' })
  return crypto.subtle.digest('SHA-256', spki).then((hash) => {
    expect(keyIdOf(key.publicKey.bytes)).toBe(Buffer.from(hash).toString('hex'))
  })
})

const other = newSigningKey()
const refusals: Readonly<Record<string, readonly [string, (root: Loose) => void]>> = {
  'a key under an id of its own choosing': [
    'DIRECTORY_KEY_MISNAMED',
    (root) => {
      root.keys['ab'.repeat(32)] = keyToJson(other.publicKey.bytes)
    },
  ],
  'one key under two ids': [
    'DIRECTORY_KEY_TWICE',
    (root) => {
      const [first] = Object.values(root.keys)
      root.keys['ff'.repeat(32)] = first
    },
  ],
  'one key under two ids, the second time as a type that nobody knows': [
    'DIRECTORY_KEY_TWICE',
    (root) => {
      const [first] = Object.values(root.keys) as Loose[]
      root.keys['ff'.repeat(32)] = { ...first, scheme: 'ed25519ph' }
    },
  ],
  'a key id twice in a role': [
    'DIRECTORY_KEY_TWICE',
    (root) => {
      root.roles.root.keyids.push(root.roles.root.keyids[0])
    },
  ],
  'a threshold of none': [
    'DIRECTORY_MALFORMED',
    (root) => {
      root.roles.root.threshold = 0
    },
  ],
  'no role of the timestamp': [
    'DIRECTORY_MALFORMED',
    (root) => {
      delete root.roles.timestamp
    },
  ],
  'version 0': [
    'DIRECTORY_MALFORMED',
    (root) => {
      root.version = 0
    },
  ],
  'a date without a zone': [
    'DIRECTORY_MALFORMED',
    (root) => {
      root.expires = '2027-01-01T00:00:00'
    },
  ],
  'a day that is none': [
    'DIRECTORY_MALFORMED',
    (root) => {
      root.expires = '2027-02-30T00:00:00Z'
    },
  ],
  'snapshots that are not consistent': [
    'DIRECTORY_MALFORMED',
    (root) => {
      root.consistent_snapshot = false
    },
  ],
  'another specification': [
    'DIRECTORY_MALFORMED',
    (root) => {
      root.spec_version = '2.0.0'
    },
  ],
  'another role': [
    'DIRECTORY_TYPE',
    (root) => {
      root._type = 'targets'
    },
  ],
}

it.for(Object.entries(refusals))('refuses %s', ([, [code, change]]) => {
  expect(codeOf('root', changedRoot(change))).toBe(code)
})

it('refuses another serialisation of the same file', () => {
  const bytes = changedRoot(() => {})
  const json = JSON.parse(new TextDecoder().decode(bytes))
  expect(codeOf('root', bytes)).toBe('ok')
  expect(codeOf('root', textToBytes(JSON.stringify(json, null, 1)))).toBe('DIRECTORY_NOT_CANONICAL')
  expect(codeOf('root', textToBytes(`${new TextDecoder().decode(bytes)} `))).toBe('DIRECTORY_NOT_CANONICAL')
})

it('refuses a member that nobody signed, a key twice in the JSON, and a file that is too large or too deep', () => {
  const bytes = changedRoot(() => {})
  const text = new TextDecoder().decode(bytes)
  const json = JSON.parse(text)
  expect(codeOf('root', textToBytes(canonicalJson({ ...json, more: 1 })))).toBe('DIRECTORY_MALFORMED')
  expect(codeOf('root', textToBytes(text.replace('"version":1', '"version":1,"version":1')))).toBe('JSON_DUPLICATE_KEY')
  expect(codeOf('root', new Uint8Array(300 * 1024))).toBe('DIRECTORY_TOO_LARGE')
  expect(codeOf('timestamp', new Uint8Array(17 * 1024))).toBe('DIRECTORY_TOO_LARGE')
  expect(codeOf('root', textToBytes('['.repeat(33)))).toBe('JSON_TOO_DEEP')
})

it('refuses two signatures under one key id', () => {
  const json = JSON.parse(new TextDecoder().decode(changedRoot(() => {})))
  json.signatures.push(json.signatures[0])
  expect(codeOf('root', textToBytes(canonicalJson(json)))).toBe('DIRECTORY_SIGNED_TWICE')
})

it('counts a signature once, and only of the keys of the role', () => {
  const keeper = newKeeper()
  keeper.addKey('root')
  keeper.drafts.root.roles.root.threshold = 2
  const check = (keys: Parameters<typeof signWith>[0]) => {
    const read = parseMetadata('root', signWith(keys, keeper.drafts.root))
    if (!read.ok) return read.refusal.code
    const { keys: known, roles } = read.value.content
    const signed = checkThreshold(read.value, known, roles.root, 'root', checkEd25519)
    return signed.ok ? 'ok' : signed.refusal.code
  }
  const [first, second] = keeper.signers.root ?? []
  const [targets] = keeper.signers.targets ?? []
  if (!first || !second || !targets) throw new Error('no keys')
  expect(check([first, second])).toBe('ok')
  expect(check([first])).toBe('DIRECTORY_UNSIGNED')
  expect(check([first, targets])).toBe('DIRECTORY_UNSIGNED')
  expect(check([first, other])).toBe('DIRECTORY_UNSIGNED')
})

it('a key of a type that is not known is kept, and counts nothing', () => {
  const keeper = newKeeper()
  keeper.drafts.root.keys['cd'.repeat(32)] = { keytype: 'ml-dsa', scheme: 'ml-dsa-44', keyval: { public: 'ab' } }
  keeper.drafts.root.roles.root.keyids.push('cd'.repeat(32))
  keeper.drafts.root.roles.root.threshold = 2
  const [first] = keeper.signers.root ?? []
  if (!first) throw new Error('no key')
  const json = JSON.parse(new TextDecoder().decode(signWith([first], keeper.drafts.root)))
  json.signatures.push({ keyid: 'cd'.repeat(32), sig: '00'.repeat(64) })
  const read = parseMetadata('root', textToBytes(canonicalJson(json)))
  if (!read.ok) throw new Error(read.refusal.message)
  const { keys, roles } = read.value.content
  expect(checkThreshold(read.value, keys, roles.root, 'root', checkEd25519)).toMatchObject({
    ok: false,
    refusal: { code: 'DIRECTORY_UNSIGNED' },
  })
  expect(idOf(first)).toHaveLength(64)
})

test('names of roles need no quoting anywhere', () => {
  const good = ['countries/nl', 'organisations', 'countries/nl/police', 'a']
  const bad = [
    '',
    '?',
    '#',
    '/delegatedrole',
    '../delegatedrole',
    'a//b',
    'a/',
    'A',
    'a.b',
    'root',
    'timestamp',
    '-a',
    'a b',
    'é',
  ]
  expect(good.filter((name) => !isDelegatedRole(name))).toEqual([])
  expect(bad.filter(isDelegatedRole)).toEqual([])
  const files = good.map((name) => metadataFile(name, 3))
  expect(files).toEqual(['3.countries.nl.json', '3.organisations.json', '3.countries.nl.police.json', '3.a.json'])
})

test('patterns cover what they say and nothing across a slash', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['members/nl-*.json', 'members/nl-om.json', true],
    ['members/nl-*.json', 'members/de-bka.json', false],
    ['members/*.json', 'members/a/b.json', false],
    ['members/*.json', 'members/.json', true],
    ['members/n?-om.json', 'members/nl-om.json', true],
    ['members/?????.json', 'members/nl-om.json', true],
    ['members/*-*-*.json', 'members/a-b-c.json', true],
    ['members/*a*a*a*a*a*b.json', `members/${'a'.repeat(60)}.json`, false],
  ]
  for (const [pattern, path, covered] of cases)
    expect([pattern, path, matchesPattern(pattern, path)]).toEqual([pattern, path, covered])
  expect(['members/nl-*.json', 'members/*'].map(isPathPattern)).toEqual([true, false])
})

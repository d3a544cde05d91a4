/** Cards and files of members: what must be proven, and what is refused. */
import { expect, it } from 'vitest'
import { checkEd25519, newSigningKey } from '../../../kernel/crypto/index.ts'
import { canonicalJson, type Json, textToBytes } from '../../../kernel/index.ts'
import { type Card, formatMember, type Grant, keyIdOf, parseCard, parseMember } from '../index.ts'
import { cardOf, keysOfTestMember, memberBytes, signCard, signedCardOf, testGrant } from '../testing/cards.ts'

const id = 'nl-om'
const own = keysOfTestMember(id)
const codeOf = (bytes: Uint8Array) => {
  const read = parseMember(bytes, checkEd25519)
  return read.ok ? 'ok' : read.refusal.code
}
const made = (card: Partial<Card>, grant: Partial<Grant> = {}) => {
  const whole = cardOf({ id, card })
  return formatMember(signCard(whole, whole.witnessKey === null ? [own.signing] : [own.signing, own.witness]), {
    ...testGrant,
    ...grant,
  })
}

it('a whole file gives the member', () => {
  const read = parseMember(memberBytes({ id }), checkEd25519)
  expect(read).toMatchObject({
    ok: true,
    value: { id, country: 'NL', status: 'active', endpoint: 'https://nl-om.example/comity' },
  })
  expect(parseCard(textToBytes(canonicalJson(signedCardOf({ id }) as Json)), checkEd25519).ok).toBe(true)
})

const second = newSigningKey()
const published = (key: typeof second) => ({
  keyid: keyIdOf(key.publicKey.bytes),
  publicKey: Buffer.from(key.publicKey.bytes).toString('hex'),
  from: '2026-01-01T00:00:00Z',
  until: null,
})
const [ownKey] = cardOf({ id }).signingKeys
const [ownHpke] = cardOf({ id }).hpkeKeys
if (!ownKey || !ownHpke) throw new Error('no keys')
const hpke = (publicKey: string) => ({
  hpkeKeys: [{ ...ownHpke, publicKey, keyid: keyIdOf(Uint8Array.from(Buffer.from(publicKey, 'hex')), 'x25519') }],
})

const cases: Readonly<Record<string, readonly [string, Partial<Card>, Partial<Grant>?]>> = {
  'nothing changed': ['ok', {}],
  'a key that has not signed': ['MEMBER_UNPROVEN', { signingKeys: [ownKey, published(second)] }],
  'a witness that is not the one who signed': ['MEMBER_UNPROVEN', { signingKeys: [published(second)] }],
  'a key under another id': ['DIRECTORY_KEY_MISNAMED', { signingKeys: [{ ...ownKey, keyid: 'ab'.repeat(32) }] }],
  'a key twice': ['DIRECTORY_KEY_TWICE', { signingKeys: [ownKey, { ...ownKey, from: '2026-02-01T00:00:00Z' }] }],
  'the id of an Ed25519 key for an X25519 key': [
    'DIRECTORY_KEY_MISNAMED',
    { hpkeKeys: [{ ...ownHpke, keyid: keyIdOf(Uint8Array.from(Buffer.from(ownHpke.publicKey, 'hex'))) }] },
  ],
  'an X25519 key of zero': ['MEMBER_KEY_WEAK', hpke('00'.repeat(32))],
  'an X25519 key of one': ['MEMBER_KEY_WEAK', hpke(`01${'00'.repeat(31)}`)],
  'an X25519 key of order eight': [
    'MEMBER_KEY_WEAK',
    hpke('e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800'),
  ],
  'the other X25519 key of order eight': [
    'MEMBER_KEY_WEAK',
    hpke('5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157'),
  ],
  'an X25519 key written a second way': ['MEMBER_KEY_WEAK', hpke(`ee${'ff'.repeat(30)}7f`)],
  'two OPRF keys of one epoch': [
    'DIRECTORY_KEY_TWICE',
    {
      oprfKeys: ['aa', 'bb'].map((byte) => ({
        epoch: 1,
        publicKey: byte.repeat(32),
        from: '2026-11-01T00:00:00Z',
        until: '2026-12-01T00:00:00Z',
      })),
    },
  ],
  'a period that ends before it begins': [
    'MEMBER_MALFORMED',
    { signingKeys: [{ ...ownKey, until: '2025-01-01T00:00:00Z' }] },
  ],
  'a witness key of the type of a journal': [
    'MEMBER_MALFORMED',
    { witnessKey: 'example+5f0b9d2c+AUv2JwmJyKJbNQmmvZ8f5ydyd4xnVl0sG1zh0Bz5q3U8' },
  ],
  'an endpoint without TLS': ['MEMBER_MALFORMED', { endpoint: 'http://nl-om.example/comity' }],
  'an endpoint with a name and a password': ['MEMBER_MALFORMED', { endpoint: 'https://a:b@nl-om.example' }],
  'an endpoint with a query': ['MEMBER_MALFORMED', { endpoint: 'https://nl-om.example/?x=1' }],
  'no TLS pin': ['MEMBER_MALFORMED', { tlsPins: [] }],
  'a name that turns the line round': ['ok', { name: 'Agency \u2067' }],
  'a name with a line break': ['MEMBER_MALFORMED', { name: 'Agency\nOther' }],
  'an id in capitals': ['MEMBER_MALFORMED', { id: 'NL-OM' }],
  'a country in lower case': ['MEMBER_MALFORMED', { country: 'nl' }],
  'an exchange that is let into everything': ['MEMBER_SCOPE_WIDE', { kind: 'vasp' }],
  'a firm of analysts that is let into everything': ['MEMBER_SCOPE_WIDE', { kind: 'analytics' }],
  'an exchange with the families that it needs': [
    'ok',
    { kind: 'vasp' },
    { scopes: [{ messages: 'production.*', send: true, receive: true }] },
  ],
  'a scope that is no pattern': [
    'MEMBER_MALFORMED',
    {},
    { scopes: [{ messages: '*.request', send: true, receive: true }] },
  ],
  'no scope at all': ['MEMBER_MALFORMED', {}, { scopes: [] }],
  'a limit below nothing': ['MEMBER_MALFORMED', {}, { limits: { ...testGrant.limits, bytesPerDay: -1 } }],
  'a membership that ends before it begins': ['MEMBER_MALFORMED', {}, { notAfter: '2025-01-01T00:00:00Z' }],
}

it.for(Object.entries(cases))('%s', ([, [code, card, grant]]) => {
  expect(codeOf(made(card, grant))).toBe(code)
})

it('the weak X25519 keys are those with which node:crypto gives no secret', async () => {
  const { createPublicKey, diffieHellman, generateKeyPairSync } = await import('node:crypto')
  const { privateKey } = generateKeyPairSync('x25519')
  const head = Buffer.from('302a300506032b656e032100', 'hex')
  for (const [name, [code, card]] of Object.entries(cases)) {
    const key = card.hpkeKeys?.[0]?.publicKey
    if (code !== 'MEMBER_KEY_WEAK' || key === undefined) continue
    const publicKey = createPublicKey({
      key: Buffer.concat([head, Buffer.from(key, 'hex')]),
      format: 'der',
      type: 'spki',
    })
    expect(() => diffieHellman({ privateKey, publicKey }), name).toThrow()
  }
})

it('no byte of a file can be changed', () => {
  const bytes = memberBytes({ id })
  const grantAt = new TextDecoder().decode(bytes).indexOf('"grant"')
  // The grant is not signed in the file: the role that lists the member holds it by hash. The card is.
  for (let at = 0; at < grantAt; at++) {
    const other = Uint8Array.from(bytes)
    other[at] = (other[at] ?? 0) ^ 1
    expect(codeOf(other), `byte ${at}`).not.toBe('ok')
  }
})

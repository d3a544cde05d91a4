/** Cards and files of members for tests, with real keys and real proofs of possession. */
import { createPrivateKey, createPublicKey } from 'node:crypto'
import { formatVkey, noteKey } from '../../../evidence/index.ts'
import { type SigningKey, signEd25519, signingKeyFromSeed } from '../../../kernel/crypto/index.ts'
import { bytesToHex, type Json, sha256, sha256Text, textToBytes } from '../../../kernel/index.ts'
import { type Card, cardMessage, formatMember, type Grant, keyIdOf, type SignedCard } from '../index.ts'

export type TestMember = {
  readonly id: string
  readonly country?: string
  readonly kind?: Card['kind']
  readonly signingKeys?: readonly SigningKey[]
  readonly hpke?: string
  readonly card?: Partial<Card>
  readonly grant?: Partial<Grant>
}

const keysById = new Map<string, { signing: SigningKey; witness: SigningKey; hpke: string }>()

/** PKCS #8 of X25519 (RFC 8410): these bytes, then the 32 bytes of the key. */
const X25519_PKCS8 = Buffer.from('302e020100300506032b656e04220420', 'hex')

/** The keys of a test member: the same for the same id, in every run. */
export function keysOfTestMember(id: string) {
  const known = keysById.get(id)
  if (known) return known
  const seed = (use: string) => sha256(textToBytes(`comity member ${id} ${use}`))
  const secret = createPrivateKey({ key: Buffer.concat([X25519_PKCS8, seed('hpke')]), format: 'der', type: 'pkcs8' })
  const spki = createPublicKey(secret).export({ format: 'der', type: 'spki' })
  const made = {
    signing: signingKeyFromSeed(seed('signing')),
    witness: signingKeyFromSeed(seed('witness')),
    hpke: bytesToHex(Uint8Array.from(spki.subarray(12))),
  }
  keysById.set(id, made)
  return made
}

const period = { from: '2026-01-01T00:00:00Z', until: null }

export function cardOf({ id, country = 'NL', kind = 'prosecutor', signingKeys, hpke, card }: TestMember): Card {
  const own = keysOfTestMember(id)
  const x25519 = hpke ?? own.hpke
  return {
    _type: 'member-card',
    v: 1,
    revision: 1,
    id,
    name: `Agency ${id}`,
    country,
    kind,
    endpoint: `https://${id}.example/comity`,
    tlsPins: [sha256Text(`tls ${id}`)],
    signingKeys: (signingKeys ?? [own.signing]).map(({ publicKey }) => ({
      keyid: keyIdOf(publicKey.bytes),
      publicKey: bytesToHex(publicKey.bytes),
      ...period,
    })),
    hpkeKeys: [{ keyid: keyIdOf(hexBytes(x25519), 'x25519'), publicKey: x25519, ...period }],
    oprfKeys: [
      { epoch: 1, publicKey: sha256Text(`oprf ${id}`), from: '2026-11-01T00:00:00Z', until: '2026-12-01T00:00:00Z' },
    ],
    journalKey: null,
    witnessKey: formatVkey(noteKey(`${id}.example/witness`, 4, own.witness.publicKey.bytes)),
    contact: { hours: 'Mon-Fri 09:00-17:00 Europe/Amsterdam', languages: ['nl', 'en'], dutyLine: '+31 70 000 0000' },
    ...card,
  }
}

export const testGrant: Grant = {
  status: 'active',
  scopes: [{ messages: '*', send: true, receive: true }],
  roles: [],
  limits: {
    messagesPerMinute: 120,
    bytesPerDay: 1_000_000_000,
    oprfElementsPerDay: 10_000,
    openConnections: 8,
    attachmentBytes: 100_000_000,
  },
  notBefore: '2026-01-01T00:00:00Z',
  notAfter: '2028-01-01T00:00:00Z',
}

/** A card signed by the keys that it names. */
export function signCard(card: Card, keys: readonly SigningKey[]): SignedCard {
  const message = cardMessage(card)
  const signatures = keys.map((key) => ({
    keyid: keyIdOf(key.publicKey.bytes),
    sig: bytesToHex(signEd25519(key, message)),
  }))
  return { signed: card, signatures }
}

export function signedCardOf(member: TestMember): SignedCard {
  const own = keysOfTestMember(member.id)
  const card = cardOf(member)
  return signCard(card, [...(member.signingKeys ?? [own.signing]), ...(card.witnessKey === null ? [] : [own.witness])])
}

export function memberBytes(member: TestMember): Uint8Array {
  return formatMember(signedCardOf(member), { ...testGrant, ...member.grant })
}

export function cardJson(member: TestMember): Json {
  return signedCardOf(member) as Json
}

function hexBytes(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex, 'hex'))
}

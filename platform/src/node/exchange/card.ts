/** The card with which this agency shows itself to those who keep the directory: signed by each of the keys that it names. */
import { hpkeKeyIdOf } from '../../exchange/attachments/crypto/index.ts'
import { type Card, cardMessage, keyIdOf, parseCard, type SignedCard } from '../../exchange/directory/index.ts'
import { checkEd25519, type SigningKey, signEd25519 } from '../../kernel/crypto/index.ts'
import { bytesToHex, canonicalJson, type Json, orStop, textToBytes } from '../../kernel/index.ts'
import type { ExchangeConfig, NodeConfig } from '../config.ts'
import type { ExchangeKeys } from './exchange-keys.ts'

/** As the configuration calls an agency, and as the directory does. */
const kindOf = { 'asset-recovery-office': 'aro' } as const

export function signedCard(
  config: NodeConfig,
  { agency, endpoint, contact, revision }: ExchangeConfig,
  keys: ExchangeKeys,
  journal: { readonly vkey: string; readonly key: SigningKey },
  now: number,
): Uint8Array {
  const { name, country, kind } = config.agency
  const period = { from: `${new Date(now).toISOString().slice(0, 19)}Z`, until: null }
  const signing = keys.signing.publicKey.bytes
  const hpke = keys.hpke.publicKey
  const card: Card = {
    _type: 'member-card',
    v: 1,
    revision,
    id: agency,
    name,
    country,
    kind: (kind in kindOf ? kindOf[kind as keyof typeof kindOf] : kind) as Card['kind'],
    endpoint,
    tlsPins: [keys.tls.pin],
    signingKeys: [{ keyid: keyIdOf(signing), publicKey: bytesToHex(signing), ...period }],
    hpkeKeys: [{ keyid: hpkeKeyIdOf(hpke), publicKey: bytesToHex(hpke.bytes), ...period }],
    oprfKeys: [],
    journalKey: journal.vkey,
    witnessKey: null,
    contact: { ...contact, languages: [...contact.languages] },
  }
  const message = cardMessage(card)
  const signatures = [keys.signing, journal.key].map((key) => ({
    keyid: keyIdOf(key.publicKey.bytes),
    sig: bytesToHex(signEd25519(key, message)),
  }))
  const signed: SignedCard = { signed: card, signatures }
  const bytes = textToBytes(canonicalJson(signed as unknown as Json))
  // What the keepers would refuse is not handed to them.
  orStop(parseCard(bytes, checkEd25519))
  return bytes
}

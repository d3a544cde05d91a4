/**
 * The keys of this node towards others: one signs messages, one is shown in TLS, and files are encrypted to one. They lie in
 * `keys/exchange`, sealed under a key of the node, and are made once; what the directory says of them stands on the card.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { keyIdOf, type Signer } from '../../exchange/wire/index.ts'
import {
  type HpkeKey,
  hpkeKeyFromSecret,
  hpkeSecretOf,
  newHpkeKey,
  newSigningKey,
  type SigningKey,
  seal,
  seedOf,
  signEd25519,
  signingKeyFromSeed,
  unseal,
} from '../../kernel/crypto/index.ts'
import { stop, textToBytes } from '../../kernel/index.ts'
import type { NodeKeys } from '../keys.ts'
import { newTlsIdentity, pinOfCertificate, type TlsIdentity } from './tls-identity.ts'

export type ExchangeKeys = {
  readonly signing: SigningKey
  readonly tls: TlsIdentity
  readonly hpke: HpkeKey
}

const FILES = { signing: 'signing.key', tls: 'tls.key', hpke: 'hpke.key' } as const

/** Those that are not there yet are made; what is there is never replaced. */
export async function openExchangeKeys(
  folder: string,
  keys: NodeKeys,
  agency: string,
  now: number,
): Promise<ExchangeKeys> {
  const own = join(folder, 'exchange')
  mkdirSync(own, { recursive: true, mode: 0o700 })
  const root = keys.nodeKey('exchange')
  const keep = async (name: keyof typeof FILES, make: () => Uint8Array | Promise<Uint8Array>): Promise<Uint8Array> => {
    const path = join(own, FILES[name])
    const purpose = `exchange ${name} of ${agency}`
    if (!existsSync(path)) {
      const draft = `${path}.${process.pid}.draft`
      writeFileSync(draft, seal(root, await make(), purpose), { mode: 0o600, flush: true })
      renameSync(draft, path)
    }
    const opened = unseal(root, readFileSync(path), purpose)
    if (opened.ok) return opened.value
    return stop('EXCHANGE_KEY', 'A key of the exchange does not open.', {
      place: path,
      fix: 'Restore it from its backup; or take it away, start again, and have the new card published.',
    })
  }
  const tls = await keep('tls', async () => {
    const made = await newTlsIdentity(agency, now)
    return textToBytes(`${made.key}${made.certificate}`)
  })
  const [key = '', certificate = ''] = new TextDecoder().decode(tls).split(/(?<=-----END PRIVATE KEY-----\n)/)
  return {
    signing: signingKeyFromSeed(await keep('signing', () => seedOf(newSigningKey()))),
    tls: { key, certificate, pin: pinOfCertificate(certificate) },
    hpke: hpkeKeyFromSecret(await keep('hpke', () => hpkeSecretOf(newHpkeKey()))),
  }
}

export function signerOf({ signing }: Pick<ExchangeKeys, 'signing'>): Signer {
  return { keyId: keyIdOf(signing.publicKey.bytes), sign: (bytes) => signEd25519(signing, bytes) }
}

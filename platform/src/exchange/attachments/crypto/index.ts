/** The ports of attachments over kernel/crypto. */
import { createHash } from 'node:crypto'
import { type HpkeKey, type HpkePublicKey, newSecret, openReceiver, openSender } from '../../../kernel/crypto/index.ts'
import { SALT_BYTES } from '../head.ts'
import type { OpeningPorts, RunningHash, SealingPorts } from '../ports.ts'

/** SHA-256 of the SubjectPublicKeyInfo, as every key of the exchange is named. */
export function hpkeKeyIdOf({ handle }: HpkePublicKey): string {
  return createHash('sha256')
    .update(handle.export({ format: 'der', type: 'spki' }))
    .digest('hex')
}

export function sealingFor(recipient: HpkePublicKey): SealingPorts {
  return {
    newSalt: () => newSecret(SALT_BYTES),
    newHash,
    recipientKeyId: hpkeKeyIdOf(recipient),
    openSender: (info) => openSender(recipient, info),
  }
}

export function openingWith(key: HpkeKey): OpeningPorts {
  return {
    newHash,
    keyId: hpkeKeyIdOf(key.publicKey),
    openReceiver: (encapsulated, info) => openReceiver(key, encapsulated, info),
  }
}

function newHash(): RunningHash {
  const running = createHash('sha256')
  return {
    update: (bytes) => {
      running.update(bytes)
    },
    digest: () => new Uint8Array(running.digest()),
  }
}

/** Cryptography of the house, by node:crypto. A door of its own: the kernel's own door carries no Node module. */
export { CHUNK_TAG, openChunk, sealChunk } from './chunks.ts'
export {
  checkEd25519,
  newSigningKey,
  type PublicKey,
  parsePublicKey,
  type SigningKey,
  seedOf,
  signEd25519,
  signingKeyFromSeed,
  verifyEd25519,
} from './ed25519.ts'
export { type EvmCrypto, loadEvmCrypto } from './evm.ts'
export { type FileHashes, fileHashes, lineChecksum, lineChecksums } from './file-hashes.ts'
export {
  HPKE_TAG,
  type HpkeKey,
  type HpkePublicKey,
  type HpkeReceiver,
  type HpkeSender,
  hpkeKeyFromSecret,
  hpkeSecretOf,
  newHpkeKey,
  openReceiver,
  openSender,
  publicHpkeKey,
} from './hpke.ts'
export { checkJwk } from './jwk.ts'
export { openWithPassphrase, type PassphraseSealed, sealUnderPassphrase } from './passphrase.ts'
export { deriveKey, hmacSha256, newNonce, newSecret, seal, unseal } from './sealing.ts'
export { type Blinded, type Evaluation, loadVoprf, type Voprf, type VoprfKey } from './voprf.ts'

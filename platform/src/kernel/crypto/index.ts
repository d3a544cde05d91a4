/** Cryptography of the house, by node:crypto. A door of its own: the kernel's own door carries no Node module. */
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
export { deriveKey, hmacSha256, newSecret, seal, unseal } from './sealing.ts'

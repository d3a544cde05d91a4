/** The vault: rules on uploads and downloads of evidence. The bytes themselves are moved by io/vault. */
export { vaultCodes } from './codes.ts'
export { type AskedRange, type Download, downloadHeaders, parseRange } from './download-headers.ts'
export { quotaRefusal, uploadActions } from './upload-actions.ts'
export type { Upload, VaultContent, VaultLimits, VaultObject, VaultStore } from './vault-ports.ts'

/** The stores of custody and of the vault: their ports, and the schema that the node adds after its own. */
export { custodyMigrations } from './custody-migrations.ts'
export { custodyRows, custodyStore } from './custody-store.ts'
export type { CaseKeys } from './sealed-text.ts'
export { findUpload, objectsAfter, redeemTicket, vaultRows, vaultStore } from './vault-store.ts'

/**
 * Names and ids of STIX 2.1 that are used here.
 *
 * The wallet and transaction objects are those of the community (muchdogesec/stix2extensions, Apache-2.0); OASIS has none.
 * Their ids come from the bare address, so that the same address on two chains is one object: which chains, assets and
 * exact amounts are meant stands in our property extension, and `value` stays untouched.
 */
import { canonicalJson, type Json } from '../../../kernel/index.ts'
import type { Tlp } from '../model.ts'
import { STIX_NAMESPACE, uuidV5 } from '../uuid.ts'

export const WALLET_EXTENSION = 'extension-definition--be78509e-6958-51b1-8b26-d17ee0eba2d7'
export const TRANSACTION_EXTENSION = 'extension-definition--151d042d-4dcf-5e44-843f-1024440318e5'
/** TLP 2.0 as OASIS defines it for STIX 2.1. */
export const TLP_EXTENSION = 'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d'
/** Ours: UUIDv5 (STIX namespace, "comity evidence package"). */
export const COMITY_EXTENSION = `extension-definition--${uuidV5(STIX_NAMESPACE, 'comity evidence package')}`
export const COMITY_IDENTITY = `identity--${uuidV5(STIX_NAMESPACE, 'comity')}`

export const tlpIds: Readonly<Record<Tlp, string>> = {
  clear: 'marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487',
  green: 'marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb',
  amber: 'marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421',
  'amber+strict': 'marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003',
  red: 'marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1',
}

/** TLP 1 of STIX 2.0 and 2.1 (section 7.2.1.4), which other senders still use. */
export const oldTlpIds: Readonly<Record<string, Tlp>> = {
  'marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9': 'clear',
  'marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da': 'green',
  'marking-definition--f88d31f6-486f-44da-b317-01333bde0b82': 'amber',
  'marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed': 'red',
}

/** The deterministic id of a Cyber-observable Object from its contributing properties (STIX 2.1 section 2.9). */
export function observableId(type: string, contributing: Json): string {
  return `${type}--${uuidV5(STIX_NAMESPACE, canonicalJson(contributing))}`
}

export const walletId = (address: string) => observableId('cryptocurrency-wallet', { value: address })
export const transactionId = (txid: string, symbol: string) =>
  observableId('cryptocurrency-transaction', { symbol, value: txid })

/** Epoch: required times of objects of which nobody said when. The package keeps `null`. */
export const UNKNOWN_TIME = '1970-01-01T00:00:00Z'
export const NOT_NAMED = '(not named)'

/** Kinds of exhibit that are a file in the sense of STIX 2.1 section 6.7. */
export const fileKinds: readonly (string | null)[] = ['file', 'document', 'trace-record', 'chain-data', null]

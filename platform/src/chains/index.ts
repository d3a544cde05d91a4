/** The door of the room `chains`: ledgers, chain packs, scripts and addresses. */
export {
  accountAddressOf,
  accountBytes,
  createdAddress,
  type ParsedAccountAddress,
  parseAccountAddress,
  readAccountAddress,
  shownAccountAddress,
} from './account-address.ts'
export { type AccountImport, type AccountReader, type AccountStep, importAccountSource } from './account-import.ts'
export * from './account-ledger.ts'
export type { AccountPack } from './account-pack.ts'
export { accountPacks, isAccountChain, packFamily } from './account-packs.ts'
export type * from './account-store.ts'
export { ADDRESS_MAX, addressToScript, type ParsedAddress, parseAddress } from './address.ts'
export {
  type BlockHeader,
  checkMerkleRoot,
  checkWitnessCommitment,
  coinbaseHeight,
  decodeBlock,
  decodeHeader,
  encodeBlock,
  headerHash,
  type RawBlock,
} from './block-codec.ts'
export { readerOf } from './byte-reader.ts'
export type { ChainPack } from './chain-pack.ts'
export { chainPacks, findChain } from './chain-packs.ts'
export type * from './chain-store.ts'
export { chainsCodes } from './codes.ts'
export { heightIn, importSource, type SourceImport, type SourceReader } from './import-source.ts'
export type * from './ledger.ts'
export { merkleRoot, targetOf } from './merkle.ts'
export { describeScript, type ScriptDescription } from './script.ts'
export { type MultisigKeys, multisigKeys } from './script-multisig.ts'
export { shippedAccountPacks, shippedChainPacks } from './shipped-chain-packs.ts'
export { subsidyAt } from './subsidy.ts'
export { decodeTransaction, encodeForId, type IdContent, type RawTransaction, txidOf } from './transaction-codec.ts'

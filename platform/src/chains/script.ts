/** Output scripts: what kind each is, and the address that stands for it on its chain. */
import { bytesToHex, hexToBytes, isHex } from '../kernel/index.ts'
import { encodeBase58check } from './address-base58.ts'
import { encodeSegwit } from './address-bech32.ts'
import { CASH_P2PKH, CASH_P2SH, encodeCashaddr } from './address-cashaddr.ts'
import type { ChainPack } from './chain-pack.ts'
import type { ScriptType } from './ledger.ts'
import { keyAddress, multisigParts } from './script-multisig.ts'
import { withoutTokenPrefix } from './script-token.ts'

export type ScriptDescription = {
  readonly type: ScriptType
  /**
   * The canonical address, or `null` for scripts that have none.
   *
   * A bare public key (`p2pk`) has no address of its own. It is given the P2PKH address of its key, as bitcoin-etl and
   * BlockSci do, so that all sources agree; Esplora gives none.
   */
  readonly address: string | null
}

/**
 * Describes an output script given in lower-case hex.
 *
 * - `op_return` is every script that begins with OP_RETURN, whether or not only pushes follow: none can be spent.
 * - Witness programs are seen on chains with segwit only. Version 0 with a length other than 20 or 32 is `nonstandard`:
 *   it cannot be spent (BIP-141) and has no address (BIP-173).
 * - MWEB peg-in and HogAddr outputs of Litecoin are `witness_unknown` without address, as in Litecoin Core.
 * - On Bitcoin Cash a token prefix is set aside first: an output that carries tokens has the address of its script.
 *
 * Throws on text that is not hex: check foreign text with `isHex` first.
 */
export function describeScript(scriptHex: string, pack: ChainPack): ScriptDescription {
  const script = pack.cashTokens ? withoutTokenPrefix(scriptHex) : scriptHex
  const known = describeHash(script, pack) ?? describeKey(script, pack) ?? describeWitness(script, pack)
  if (known) return known
  if (!isHex(script)) throw new TypeError('an output script is even-length lower-case hexadecimal text')
  if (script.startsWith('6a')) return { type: 'op_return', address: null }
  return { type: multisigParts(script) ? 'multisig' : 'nonstandard', address: null }
}

const P2PKH = /^76a914([0-9a-f]{40})88ac$/
const P2SH = /^a914([0-9a-f]{40})87$/
const P2SH32 = /^aa20([0-9a-f]{64})87$/
const P2PK = /^(?:21(0[23][0-9a-f]{64})|41(0[467][0-9a-f]{128}))ac$/
/** OP_0 or OP_1 to OP_16, then one push of 2 to 40 bytes (BIP-141). */
const WITNESS = /^(00|5[1-9a-f]|60)(0[2-9a-f]|1[0-9a-f]|2[0-8])((?:[0-9a-f]{2}){2,40})$/

function describeHash(script: string, pack: ChainPack): ScriptDescription | null {
  const keyHash = P2PKH.exec(script)?.[1]
  if (keyHash) return { type: 'p2pkh', address: keyHashAddress(hexToBytes(keyHash), pack) }
  const scriptHash = P2SH.exec(script)?.[1] ?? (pack.p2sh32 ? P2SH32.exec(script)?.[1] : undefined)
  return scriptHash ? { type: 'p2sh', address: scriptHashAddress(hexToBytes(scriptHash), pack) } : null
}

function describeKey(script: string, pack: ChainPack): ScriptDescription | null {
  const match = P2PK.exec(script)
  const key = match?.[1] ?? match?.[2]
  return key ? { type: 'p2pk', address: keyAddress(key, pack) } : null
}

function describeWitness(script: string, pack: ChainPack): ScriptDescription | null {
  if (!pack.segwit) return null
  const [, opcode, length, hex] = WITNESS.exec(script) ?? []
  if (opcode === undefined || length === undefined || hex === undefined) return null
  if (hex.length !== Number.parseInt(length, 16) * 2) return null
  const version = opcode === '00' ? 0 : Number.parseInt(opcode, 16) - 0x50
  const program = hexToBytes(hex)
  const type = witnessType(version, program.length)
  if (type === 'nonstandard' || isMweb(version, program.length, pack)) return { type, address: null }
  return {
    type,
    address: pack.address.bech32 === null ? null : encodeSegwit(pack.address.bech32, { version, program }),
  }
}

/** The type of a witness program by version and length in bytes. */
export function witnessType(version: number, length: number): ScriptType {
  if (version === 0) return length === 20 ? 'v0_p2wpkh' : length === 32 ? 'v0_p2wsh' : 'nonstandard'
  return version === 1 && length === 32 ? 'v1_p2tr' : 'witness_unknown'
}

/** Litecoin: version 8 carries the hash of an extension block's header, version 9 the kernel of a peg-in (LIP-0003). */
export function isMweb(version: number, length: number, pack: ChainPack): boolean {
  return pack.mweb && (version === 8 || version === 9) && length === 32
}

export function keyHashAddress(hash: Uint8Array, pack: ChainPack): string {
  if (pack.address.cashaddr !== null) return encodeCashaddr(pack.address.cashaddr, { kind: CASH_P2PKH, hash })
  return encodeBase58check(pack.address.p2pkh, hash)
}

export function scriptHashAddress(hash: Uint8Array, pack: ChainPack): string {
  if (pack.address.cashaddr !== null) return encodeCashaddr(pack.address.cashaddr, { kind: CASH_P2SH, hash })
  return encodeBase58check(pack.address.p2sh[0] ?? 0, hash)
}

export function keyHashScript(hash: Uint8Array): string {
  return `76a914${bytesToHex(hash)}88ac`
}

/** P2SH with 20 bytes, P2SH32 with 32. */
export function scriptHashScript(hash: Uint8Array): string {
  return hash.length === 32 ? `aa20${bytesToHex(hash)}87` : `a914${bytesToHex(hash)}87`
}

export function witnessScript(version: number, program: Uint8Array): string {
  const opcode = version === 0 ? 0 : 0x50 + version
  return bytesToHex(Uint8Array.of(opcode, program.length, ...program))
}

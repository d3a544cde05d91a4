/** Bare multisig outputs: `m <key> … <key> n OP_CHECKMULTISIG`. */
import { hash160, hexToBytes } from '../kernel/index.ts'
import { encodeBase58check } from './address-base58.ts'
import { CASH_P2PKH, encodeCashaddr } from './address-cashaddr.ts'
import type { ChainPack } from './chain-pack.ts'
import { withoutTokenPrefix } from './script-token.ts'

export type MultisigKeys = {
  /** Signatures needed (m). */
  readonly required: number
  /** Keys that may sign (n). */
  readonly total: number
  /** In the order of the script; `address` is the P2PKH form of the key, which holds none of this output's money. */
  readonly keys: readonly { readonly key: string; readonly address: string }[]
}

/** The keys of a bare multisig script, or `null` where the script is not one. */
export function multisigKeys(scriptHex: string, pack: ChainPack): MultisigKeys | null {
  const parts = multisigParts(pack.cashTokens ? withoutTokenPrefix(scriptHex) : scriptHex)
  if (!parts) return null
  const keys = parts.keys.map((key) => ({ key, address: keyAddress(key, pack) }))
  return { required: parts.required, total: keys.length, keys }
}

/** Required signatures and keys in hex; as Bitcoin Core's solver reads them: 1 ≤ m ≤ n ≤ 20, keys checked by length only. */
export function multisigParts(
  scriptHex: string,
): { readonly required: number; readonly keys: readonly string[] } | null {
  if (!scriptHex.endsWith('ae')) return null
  const m = readStep(scriptHex, 0)
  const required = m && smallNumber(m)
  if (!m || !required) return null
  const keys: string[] = []
  let step = readStep(scriptHex, m.next)
  while (step && isKey(step.data)) {
    keys.push(step.data)
    step = readStep(scriptHex, step.next)
  }
  if (!step || smallNumber(step) !== keys.length || required > keys.length) return null
  return step.next + 2 === scriptHex.length ? { required, keys } : null
}

/** The P2PKH address of a public key in hex. */
export function keyAddress(key: string, pack: ChainPack): string {
  const hash = hash160(hexToBytes(key))
  if (pack.address.cashaddr !== null) return encodeCashaddr(pack.address.cashaddr, { kind: CASH_P2PKH, hash })
  return encodeBase58check(pack.address.p2pkh, hash)
}

/** 33 bytes compressed; 65 bytes uncompressed, or hybrid (06, 07), which consensus still accepts. */
export function isKey(hex: string): boolean {
  return /^(?:0[23][0-9a-f]{64}|0[467][0-9a-f]{128})$/.test(hex)
}

/** One instruction: its opcode, the data it pushes in hex, and the place in the text after it. */
type Step = { readonly opcode: number; readonly data: string; readonly next: number }

function readStep(hex: string, at: number): Step | null {
  const opcode = Number.parseInt(hex.slice(at, at + 2), 16)
  if (Number.isNaN(opcode)) return null
  if (opcode > 0x4e) return { opcode, data: '', next: at + 2 }
  const width = opcode < 0x4c ? 0 : 2 ** (opcode - 0x4c)
  const lengthHex = hex.slice(at + 2, at + 2 + width * 2)
  if (lengthHex.length < width * 2) return null
  const length = width === 0 ? opcode : Number.parseInt((lengthHex.match(/../g) ?? []).reverse().join(''), 16)
  const start = at + 2 + width * 2
  const data = hex.slice(start, start + length * 2)
  return data.length === length * 2 ? { opcode, data, next: start + length * 2 } : null
}

/** OP_1 to OP_16, or 17 to 20 as a one-byte push, which is their shortest form. */
function smallNumber({ opcode, data }: Step): number | null {
  if (opcode >= 0x51 && opcode <= 0x60) return opcode - 0x50
  const pushed = opcode === 1 ? Number.parseInt(data, 16) : 0
  return pushed >= 17 && pushed <= 20 ? pushed : null
}

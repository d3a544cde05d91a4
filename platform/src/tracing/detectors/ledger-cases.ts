/** Transactions for the tests of this folder, built from labels: equal labels are equal scripts. */
import type { LedgerInput, LedgerOutput, LedgerTx, ScriptType } from '../../chains/index.ts'
import { sha256Text } from '../../kernel/index.ts'

/** Amount and owner. `null` for an owner means OP_RETURN. */
export type Coin = readonly [amount: bigint | number, owner: string | null]

export type Parts = {
  readonly inputs: readonly Coin[]
  readonly outputs: readonly Coin[]
  readonly height?: number
  readonly coinbase?: boolean
  readonly locktime?: number | null
}

export function ledgerTx({ inputs, outputs, height = 800_000, coinbase = false, locktime = 0 }: Parts): LedgerTx {
  return {
    txid: sha256Text(
      JSON.stringify([inputs, outputs].map((coins) => coins.map(([amount, owner]) => [String(amount), owner]))),
    ),
    coinbase,
    block: { height, hash: null, time: null },
    index: null,
    version: 2,
    locktime,
    inputs: inputs.map(spend),
    outputs: outputs.map(pay),
    proof: 'stated',
  }
}

/** `n` coins of one amount, each of an owner of its own. */
export function coins(n: number, amount: bigint | number, label: string): readonly Coin[] {
  return Array.from({ length: n }, (_, i) => [amount, `${label}_${i}`] as const)
}

/** `n` coins of amounts that all differ, from `first` upwards, none of them round. */
export function oddCoins(n: number, first: number, label: string): readonly Coin[] {
  return Array.from({ length: n }, (_, i) => [first + i * 1_337, `${label}_${i}`] as const)
}

/** The transaction with nothing known of its inputs but which outputs they spend. */
export function withoutPrevouts(tx: LedgerTx): LedgerTx {
  return { ...tx, inputs: tx.inputs.map((input) => ({ ...input, prevout: null })) }
}

/** The transaction with its amounts, and no script, type or address of any output or spent output. */
export function withoutScripts(tx: LedgerTx): LedgerTx {
  return {
    ...tx,
    inputs: tx.inputs.map((input) => ({
      ...input,
      prevout: input.prevout && { ...input.prevout, script: null, address: null },
    })),
    outputs: tx.outputs.map((output) => ({ ...output, script: null, type: 'unknown', address: null })),
  }
}

/** A label may name its form: `p2sh:x`, `p2pkh:x`, `p2tr:x`; else P2WPKH. `script:` gives the hex itself. */
export function scriptOf(label: string): string {
  if (label.startsWith('script:')) return label.slice('script:'.length)
  const hash = sha256Text(label)
  if (label.startsWith('p2sh:')) return `a914${hash.slice(0, 40)}87`
  if (label.startsWith('p2pkh:')) return `76a914${hash.slice(0, 40)}88ac`
  if (label.startsWith('p2tr:')) return `5120${hash}`
  return `0014${hash.slice(0, 40)}`
}

function spend([amount, owner]: Coin, place: number): LedgerInput {
  const { script, address } = outputTo(owner ?? 'nobody')
  return {
    prev: { txid: sha256Text(`funding ${place}`), vout: 0 },
    prevout: { value: BigInt(amount), script, address },
    sequence: 0xfffffffd,
  }
}

function pay([amount, owner]: Coin): LedgerOutput {
  const { script, address, type } = outputTo(owner ?? 'script:6a0568656c6c6f')
  return { value: BigInt(amount), script, type, address }
}

function outputTo(label: string): {
  readonly script: string
  readonly type: ScriptType
  readonly address: string | null
} {
  const script = scriptOf(label)
  const type = FORMS.find(([start]) => script.startsWith(start))?.[1] ?? 'nonstandard'
  return { script, type, address: type === 'op_return' || type === 'nonstandard' ? null : `address of ${script}` }
}

const FORMS: readonly (readonly [start: string, type: ScriptType])[] = [
  ['0014', 'v0_p2wpkh'],
  ['a914', 'p2sh'],
  ['76a914', 'p2pkh'],
  ['5120', 'v1_p2tr'],
  ['5102', 'witness_unknown'],
  ['6a', 'op_return'],
]

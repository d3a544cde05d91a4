/**
 * From what a source states of a transaction to what the ledger keeps: amounts within range, the id recomputed where
 * the source carries enough, addresses from the scripts, and the source's own sums held against its own parts.
 *
 * What the txid proves: inputs, outputs and amounts of this transaction. What it does not prove: the block it is said to
 * be in, and what the source says of the outputs it spends; those are proved by the block and by the spent transaction.
 */
import { parseAddress } from './address.ts'
import { addressForms } from './address-forms.ts'
import type { ChainPack } from './chain-pack.ts'
import type {
  BlockRef,
  Defect,
  LedgerInput,
  LedgerOutput,
  LedgerTx,
  OutPoint,
  Prevout,
  Proof,
  ScriptType,
} from './ledger.ts'
import { describeScript } from './script.ts'
import { isCoinbase, txidOf } from './transaction-codec.ts'

export type StatedOutput = {
  readonly value: bigint
  readonly script: string | null
  readonly address: string | null
  readonly type: ScriptType
}

export type StatedInput = {
  readonly prev: OutPoint | null
  /** Input script in hex; `null` where the source has none. */
  readonly script: string | null
  readonly sequence: number | null
  readonly prevout: StatedOutput | null
}

export type StatedTransaction = {
  readonly txid: string
  readonly version: number | null
  readonly locktime: number | null
  readonly inputs: readonly StatedInput[]
  readonly outputs: readonly StatedOutput[]
  readonly block: BlockRef
  readonly index: number | null
  /** Sums the source states beside the parts; `null` where it does not. */
  readonly sums: { readonly inputs: bigint | null; readonly outputs: bigint | null; readonly fee: bigint | null }
  /** Whether amounts came as floating point numbers. */
  readonly doubles: boolean
  /** Fields that the id depends on and that are missing although others are there. */
  readonly missing?: string
  /** The id computed from the bytes, where the source gave bytes. */
  readonly idFromBytes?: string
}

export type Concluded = { readonly transaction: LedgerTx | null; readonly defects: readonly Defect[] }

/** `place` names the file and the offset for the defects. */
export function concludeTransaction(stated: StatedTransaction, pack: ChainPack, place: string): Concluded {
  const defects: Defect[] = []
  const note = (code: string, message: string) => defects.push({ code, message, place, txid: stated.txid, count: 1 })
  const flaw = shapeFlaw(stated) ?? rangeFlaw(stated, BigInt(pack.maxMoney))
  if (flaw) {
    note(flaw.code, flaw.message)
    return { transaction: null, defects }
  }
  if (stated.missing !== undefined)
    note('TXID_NOT_CHECKED', `The id cannot be recomputed: ${stated.missing} missing. The content counts as stated.`)
  const proof = proofOf(stated)
  if (proof === 'mismatch')
    note(
      'TXID_MISMATCH',
      'The content of the transaction does not give its id: one of them is wrong. The transaction is kept and marked.',
    )
  const outputs = stated.outputs.map((output, n) =>
    concludeOutput(output, pack, (code, message) => note(code, `Output ${n}: ${message}`)),
  )
  const coinbase = isCoinbase(stated.inputs)
  const sumFlaw = sumsFlaw(stated, coinbase)
  if (sumFlaw) note('AMOUNTS_DISAGREE', `${sumFlaw} What the source says of the spent outputs was left out.`)
  const inputs = stated.inputs.map((input, n): LedgerInput => {
    const prevout =
      input.prevout && !sumFlaw
        ? concludePrevout(input.prevout, pack, (code, message) => note(code, `Input ${n}: ${message}`))
        : null
    return { prev: input.prev, prevout, sequence: input.sequence }
  })
  const { txid, block, index, version, locktime } = stated
  return { transaction: { txid, coinbase, block, index, version, locktime, inputs, outputs, proof }, defects }
}

function shapeFlaw(stated: StatedTransaction): { code: string; message: string } | null {
  const malformed = (message: string) => ({
    code: 'SOURCE_MALFORMED',
    message: `${message} The transaction was left out.`,
  })
  if (stated.inputs.length === 0) return malformed('The transaction has no input.')
  if (stated.outputs.length === 0) return malformed('The transaction has no output.')
  if (stated.inputs.length > 1 && stated.inputs.some((input) => input.prev === null))
    return malformed('An input of several spends nothing.')
  const spent = new Set<string>()
  for (const { prev } of stated.inputs) {
    if (!prev) continue
    const key = `${prev.txid}:${prev.vout}`
    if (spent.has(key))
      return { code: 'INPUT_LISTED_TWICE', message: `The transaction spends ${key} twice. It was left out.` }
    spent.add(key)
  }
  return null
}

function rangeFlaw(stated: StatedTransaction, maxMoney: bigint): { code: string; message: string } | null {
  const wrong = (value: bigint, what: string) => ({
    code: 'AMOUNT_OUT_OF_RANGE',
    message: `${what} is ${value} base units; this chain knows 0 to ${maxMoney}. The transaction was left out.`,
  })
  let sum = 0n
  for (const [n, { value }] of stated.outputs.entries()) {
    if (value < 0n || value > maxMoney) return wrong(value, `Output ${n}`)
    sum += value
  }
  if (sum > maxMoney) return wrong(sum, 'The sum of the outputs')
  for (const [n, { prevout }] of stated.inputs.entries()) {
    if (prevout && (prevout.value < 0n || prevout.value > maxMoney))
      return wrong(prevout.value, `The output spent by input ${n}`)
  }
  return null
}

function proofOf(stated: StatedTransaction): Proof {
  const id = stated.idFromBytes ?? recomputedId(stated)
  if (id === stated.txid) return 'txid'
  // Amounts that passed through floating point and do not give the id were perhaps altered on the way.
  if (stated.doubles) return 'doubles'
  return id === null ? 'stated' : 'mismatch'
}

function recomputedId(stated: StatedTransaction): string | null {
  if (stated.version === null || stated.locktime === null) return null
  const inputs: { prev: OutPoint | null; script: string; sequence: number }[] = []
  for (const { prev, script, sequence } of stated.inputs) {
    if (script === null || sequence === null) return null
    inputs.push({ prev, script, sequence })
  }
  const outputs: { value: bigint; script: string }[] = []
  for (const { value, script } of stated.outputs) {
    if (script === null) return null
    outputs.push({ value, script })
  }
  return txidOf({ version: stated.version, inputs, outputs, locktime: stated.locktime })
}

type Note = (code: string, message: string) => void

function concludeOutput(output: StatedOutput, pack: ChainPack, note: Note): LedgerOutput {
  const { value, script, type } = output
  if (script === null) return { value, script, type, address: readableAddress(output.address, pack, note) }
  const described = describeScript(script, pack)
  const { address } = described
  const agrees = output.address === null || address === null || output.address === address
  if (!agrees && !addressForms(script, pack).includes(output.address)) {
    note(
      'ADDRESS_MISMATCH',
      `the source states ${output.address.slice(0, 100)}, but the script pays ${address}. The script holds.`,
    )
  }
  return { value, script, ...described }
}

function concludePrevout(prevout: StatedOutput, pack: ChainPack, note: Note): Prevout {
  const { value, script, address } = concludeOutput(prevout, pack, note)
  return { value, script, address }
}

/** Where there is no script the stated address counts, but only if it is one, and then in its canonical form. */
function readableAddress(address: string | null, pack: ChainPack, note: Note): string | null {
  if (address === null) return null
  const parsed = parseAddress(address, pack)
  if (parsed.ok) return parsed.value.text
  note('ADDRESS_NOT_READ', `the address was left out. ${parsed.refusal.message}`)
  return null
}

/** One sentence if the source's sums and its parts disagree; only sums whose every part is known are compared. */
function sumsFlaw(stated: StatedTransaction, coinbase: boolean): string | null {
  const out = stated.outputs.reduce((sum, { value }) => sum + value, 0n)
  const { sums } = stated
  if (sums.outputs !== null && sums.outputs !== out)
    return `The outputs add up to ${out}, but the source states ${sums.outputs}.`
  if (coinbase) return null
  let into = 0n
  for (const { prevout } of stated.inputs) {
    if (!prevout) return null
    into += prevout.value
  }
  if (sums.inputs !== null && sums.inputs !== into)
    return `The spent outputs add up to ${into}, but the source states ${sums.inputs}.`
  if (into < out) return `The spent outputs add up to ${into}, less than the outputs, ${out}.`
  if (sums.fee !== null && sums.fee !== into - out)
    return `The fee is ${into - out} by the parts, but the source states ${sums.fee}.`
  return null
}

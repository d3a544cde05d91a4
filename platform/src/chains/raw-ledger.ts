/** A raw block as the ledger keeps it. Everything in it is bound to the header hash, so every transaction is proved. */
import { bytesToHex } from '../kernel/index.ts'
import { checkMerkleRoot, checkWitnessCommitment, type RawBlock } from './block-codec.ts'
import { type ByteReader, malformed, readU64, readVarBytes, remaining } from './byte-reader.ts'
import type { ChainPack } from './chain-pack.ts'
import type { Defect, LedgerBlock, LedgerTx, Prevout } from './ledger.ts'
import { describeScript } from './script.ts'
import { isCoinbase, type RawOutput, type RawTransaction } from './transaction-codec.ts'

export type RawLedger = {
  readonly block: LedgerBlock | null
  readonly transactions: readonly LedgerTx[]
  readonly defects: readonly Defect[]
}

/**
 * `spent`: the outputs that the inputs of the block spend, in input order without the coinbase; `null` where nobody gave
 * them. They are not bound to the header hash: they are dropped if they do not fit, and never prove anything.
 */
export function rawLedger(
  raw: RawBlock,
  height: number,
  pack: ChainPack,
  spent: readonly RawOutput[] | null,
  place: string,
): RawLedger {
  const defects: Defect[] = []
  const note = (code: string, message: string, txid?: string) =>
    defects.push({ code, message, place, count: 1, ...(txid ? { txid } : {}) })
  const { hash, prevHash, time, merkleRoot, bits } = raw.header
  const root = checkMerkleRoot(raw)
  if (root !== 'right') {
    const why =
      root === 'wrong'
        ? 'do not give the Merkle root of its header'
        : 'repeat, and a shorter list gives the same Merkle root (CVE-2012-2459)'
    note('BLOCK_MERKLE_MISMATCH', `The transactions of block ${hash} ${why}. The block was left out.`)
    return { block: null, transactions: [], defects }
  }
  if (checkWitnessCommitment(raw) === 'wrong') {
    note(
      'BLOCK_WITNESS_MISMATCH',
      `The witnesses of block ${hash} are not those that its coinbase commits to. Nothing of the witnesses was imported.`,
    )
  }
  const prevouts =
    spent && prevoutsOf(raw, spent, pack, (message) => note('UNDO_MISMATCH', `${message} Nothing of it was used.`))
  const transactions: LedgerTx[] = []
  let at = 0
  for (const [index, transaction] of raw.transactions.entries()) {
    const count = isCoinbase(transaction.inputs) ? 0 : transaction.inputs.length
    const its = prevouts?.slice(at, at + count) ?? []
    at += count
    const flaw = rangeFlaw(transaction, BigInt(pack.maxMoney))
    if (flaw) note('AMOUNT_OUT_OF_RANGE', `${flaw} The transaction was left out.`, transaction.txid)
    else transactions.push(ledgerTransaction(transaction, { height, hash, time }, index, its, pack))
  }
  const completeness = transactions.length === raw.transactions.length ? 'merkle' : 'partial'
  return {
    block: {
      height,
      hash,
      prevHash: height === 0 ? null : prevHash,
      time,
      merkleRoot,
      bits,
      headerVerified: true,
      completeness,
    },
    transactions,
    defects,
  }
}

/** Spent outputs one after the other: value in eight bytes, script with its length. */
export function decodeSpentOutputs(reader: ByteReader): readonly RawOutput[] {
  const outputs: RawOutput[] = []
  while (remaining(reader) > 0) {
    const place = reader.at
    const output = { value: readU64(reader), script: readVarBytes(reader) }
    if (output.value >= 1n << 63n) malformed(reader, place, 'an amount')
    outputs.push(output)
  }
  return outputs
}

function ledgerTransaction(
  raw: RawTransaction,
  block: LedgerTx['block'],
  index: number,
  prevouts: readonly Prevout[],
  pack: ChainPack,
): LedgerTx {
  return {
    txid: raw.txid,
    coinbase: isCoinbase(raw.inputs),
    block,
    index,
    version: raw.version,
    locktime: raw.locktime,
    inputs: raw.inputs.map(({ prev, sequence }, n) => ({ prev, prevout: prevouts[n] ?? null, sequence })),
    outputs: raw.outputs.map(({ value, script }) => {
      const hex = bytesToHex(script)
      return { value, script: hex, ...describeScript(hex, pack) }
    }),
    proof: 'txid',
  }
}

function prevoutsOf(
  raw: RawBlock,
  spent: readonly RawOutput[],
  pack: ChainPack,
  mismatch: (message: string) => void,
): readonly Prevout[] | null {
  const spending = raw.transactions.filter(({ inputs }) => !isCoinbase(inputs))
  const needed = spending.reduce((sum, { inputs }) => sum + inputs.length, 0)
  if (needed !== spent.length) {
    mismatch(`The file of spent outputs holds ${spent.length} outputs, but block ${raw.header.hash} spends ${needed}.`)
    return null
  }
  let at = 0
  for (const { txid, inputs, outputs } of spending) {
    const into = spent.slice(at, at + inputs.length).reduce((sum, { value }) => sum + value, 0n)
    const out = outputs.reduce((sum, { value }) => sum + value, 0n)
    at += inputs.length
    if (into >= out) continue
    mismatch(`By the file of spent outputs, transaction ${txid} spends ${into} and pays ${out}.`)
    return null
  }
  return spent.map(({ value, script }) => {
    const hex = bytesToHex(script)
    return { value, script: hex, address: describeScript(hex, pack).address }
  })
}

function rangeFlaw(raw: RawTransaction, maxMoney: bigint): string | null {
  let sum = 0n
  for (const [n, { value }] of raw.outputs.entries()) {
    if (value > maxMoney) return `Output ${n} is ${value} base units; this chain knows at most ${maxMoney}.`
    sum += value
  }
  return sum > maxMoney ? `The outputs add up to ${sum} base units; this chain knows at most ${maxMoney}.` : null
}

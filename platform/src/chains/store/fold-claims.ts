/**
 * Merges what several sources state of one transaction.
 *
 * The result is a function of the *set* of statements: they are put in an order of their own (better proof first, then
 * the smaller canonical hash), the first is the base, and each further one either agrees, and fills what is still
 * unsaid, or contradicts, and is set aside with a defect. Pure: no order of arrival can show through.
 */
import { canonicalJson, type Json, sha256Text } from '../../kernel/index.ts'
import type { LedgerInput, LedgerOutput, LedgerTx, Prevout, Proof, ScriptType } from '../ledger.ts'

/** What a source states of a transaction, apart from where it was included. */
export type Claim = Pick<LedgerTx, 'coinbase' | 'version' | 'locktime' | 'proof' | 'inputs' | 'outputs'>

/** A statement, its canonical text (`claimText`) and who makes it. */
export type SourcedClaim = { readonly source: number; readonly claim: Claim; readonly text: string }

export type ClaimConflict = {
  readonly source: number
  readonly code: 'TX_CONFLICT' | 'PREVOUT_DISAGREES'
  readonly message: string
}

export type Folded = { readonly claim: Claim; readonly conflicts: readonly ClaimConflict[] }

export const PROOF_ORDER: readonly Proof[] = ['txid', 'stated', 'mismatch', 'doubles']

export function foldClaims(sourced: readonly SourcedClaim[]): Folded {
  const distinct = new Map<string, { claim: Claim; text: string; sources: Set<number> }>()
  for (const { source, claim, text } of sourced) {
    const known = distinct.get(text)
    if (known) known.sources.add(source)
    else distinct.set(text, { claim, text, sources: new Set([source]) })
  }
  const hashes = new Map<string, string>()
  const hashOf = (text: string) => {
    const hash = hashes.get(text) ?? sha256Text(text)
    hashes.set(text, hash)
    return hash
  }
  const [base, ...others] = [...distinct.values()].sort(
    (a, b) => proofRank(a.claim) - proofRank(b.claim) || (hashOf(a.text) < hashOf(b.text) ? -1 : 1),
  )
  if (!base) throw new TypeError('a transaction without any statement cannot be merged')
  let merged = base.claim
  const conflicts: ClaimConflict[] = []
  for (const other of others) {
    const difference = contradiction(merged, other.claim)
    if (difference !== null) {
      for (const source of other.sources) conflicts.push({ source, code: 'TX_CONFLICT', message: difference })
      continue
    }
    for (const message of prevoutDifferences(merged, other.claim)) {
      for (const source of other.sources) conflicts.push({ source, code: 'PREVOUT_DISAGREES', message })
    }
    merged = filled(merged, other.claim)
  }
  return { claim: merged, conflicts }
}

function proofRank(claim: Claim): number {
  return PROOF_ORDER.indexOf(claim.proof)
}

/** The canonical text of a statement: what is compared, hashed and kept. */
export function claimText(claim: Claim): string {
  const inputs: Json = claim.inputs.map((input) => [
    input.prev && [input.prev.txid, input.prev.vout],
    input.sequence,
    input.prevout && [String(input.prevout.value), input.prevout.script, input.prevout.address],
  ])
  const outputs: Json = claim.outputs.map((output) => [
    String(output.value),
    output.script,
    output.type,
    output.address,
  ])
  return canonicalJson([claim.coinbase, claim.version, claim.locktime, claim.proof, inputs, outputs])
}

/** The inverse of `claimText`, for text that this store wrote. */
export function textToClaim(text: string): Claim {
  const [coinbase, version, locktime, proof, inputs, outputs] = JSON.parse(text) as [
    boolean,
    number | null,
    number | null,
    Proof,
    [[string, number] | null, number | null, [string, string | null, string | null] | null][],
    [string, string | null, ScriptType, string | null][],
  ]
  return {
    coinbase,
    version,
    locktime,
    proof,
    inputs: inputs.map(([prev, sequence, prevout]) => ({
      prev: prev && { txid: prev[0], vout: prev[1] },
      sequence,
      prevout: prevout && { value: BigInt(prevout[0]), script: prevout[1], address: prevout[2] },
    })),
    outputs: outputs.map(([value, script, type, address]) => ({ value: BigInt(value), script, type, address })),
  }
}

/** The first thing on which two statements cannot both be right, in words; `null` where they can. */
function contradiction(kept: Claim, other: Claim): string | null {
  const say = (what: string, mine: unknown, theirs: unknown) =>
    `${what} is ${String(theirs)} here and ${String(mine)} in the statement kept`
  if (kept.coinbase !== other.coinbase) return say('coinbase', kept.coinbase, other.coinbase)
  if (differ(kept.version, other.version)) return say('version', kept.version, other.version)
  if (differ(kept.locktime, other.locktime)) return say('locktime', kept.locktime, other.locktime)
  if (kept.inputs.length !== other.inputs.length)
    return say('number of inputs', kept.inputs.length, other.inputs.length)
  if (kept.outputs.length !== other.outputs.length)
    return say('number of outputs', kept.outputs.length, other.outputs.length)
  for (const [vin, theirs] of other.inputs.entries()) {
    const mine = kept.inputs[vin]
    const outpoint = (input: LedgerInput | undefined) =>
      input?.prev ? `${input.prev.txid}:${input.prev.vout}` : 'none'
    if (outpoint(mine) !== outpoint(theirs)) return say(`outpoint of input ${vin}`, outpoint(mine), outpoint(theirs))
    if (differ(mine?.sequence ?? null, theirs.sequence))
      return say(`sequence of input ${vin}`, mine?.sequence, theirs.sequence)
  }
  for (const [vout, theirs] of other.outputs.entries()) {
    const mine = kept.outputs[vout]
    if (mine?.value !== theirs.value) return say(`value of output ${vout}`, mine?.value, theirs.value)
    if (differ(mine.script, theirs.script)) return say(`script of output ${vout}`, mine.script, theirs.script)
    if (differ(mine.address, theirs.address)) return say(`address of output ${vout}`, mine.address, theirs.address)
  }
  return null
}

function prevoutDifferences(kept: Claim, other: Claim): readonly string[] {
  return other.inputs.flatMap((theirs, vin) => {
    const mine = kept.inputs[vin]?.prevout ?? null
    if (mine === null || theirs.prevout === null) return []
    const difference = prevoutDifference(mine, theirs.prevout)
    return difference === null
      ? []
      : [`Input ${vin} spends, by this source, an output whose ${difference} in the statement kept.`]
  })
}

/** The first field in which two statements of one output differ, in words. */
export function prevoutDifference(kept: Prevout, other: Prevout): string | null {
  if (kept.value !== other.value) return `value is ${other.value}, and ${kept.value}`
  if (differ(kept.script, other.script)) return `script is ${other.script}, and ${kept.script}`
  if (differ(kept.address, other.address)) return `address is ${other.address}, and ${kept.address}`
  return null
}

function filled(kept: Claim, other: Claim): Claim {
  return {
    coinbase: kept.coinbase,
    version: kept.version ?? other.version,
    locktime: kept.locktime ?? other.locktime,
    proof: kept.proof,
    inputs: kept.inputs.map((input, vin) => filledInput(input, other.inputs[vin])),
    outputs: kept.outputs.map((output, vout) => filledOutput(output, other.outputs[vout])),
  }
}

function filledInput(kept: LedgerInput, other: LedgerInput | undefined): LedgerInput {
  return {
    prev: kept.prev,
    sequence: kept.sequence ?? other?.sequence ?? null,
    prevout: filledPrevout(kept.prevout, other?.prevout ?? null),
  }
}

function filledPrevout(kept: Prevout | null, other: Prevout | null): Prevout | null {
  if (kept === null || other === null) return kept ?? other
  if (prevoutDifference(kept, other) !== null) return kept
  return { value: kept.value, script: kept.script ?? other.script, address: kept.address ?? other.address }
}

/** A script decides type and address: where one is known, "no address" is knowledge and not a gap. */
function filledOutput(kept: LedgerOutput, other: LedgerOutput | undefined): LedgerOutput {
  if (!other || kept.script !== null) return kept.type === 'unknown' && other ? { ...kept, type: other.type } : kept
  if (other.script !== null) return other
  return { ...kept, type: kept.type === 'unknown' ? other.type : kept.type, address: kept.address ?? other.address }
}

function differ<T>(a: T | null, b: T | null): boolean {
  return a !== null && b !== null && a !== b
}

/**
 * Seeds: what a person writes, resolved against the ledger before a trace starts.
 *
 * `TXID:VOUT[=AMOUNT][@LABEL]` on the command line or one per line in a file; or a table with the columns
 * `txid, vout, address, amount, claimed, label` (a header line; `txid` is required, and `vout` or `address`).
 * `amount` is what is traced and may not exceed the output. `claimed` is what some document says; it is kept beside, and
 * it is the value of the seed only where no imported data shows the output.
 */
import type { ChainPack, ChainStore, KnownOutput } from '../chains/index.ts'
import { parseAddress } from '../chains/index.ts'
import { isHex, ok, parseBaseUnits, type Refusal, type Result, refuse } from '../kernel/index.ts'
import { outputKey } from './movement.ts'
import type { ResolvedSeed } from './request.ts'

export type SeedText = {
  readonly txid: string
  readonly vout: number | null
  readonly address: string | null
  readonly amount: bigint | null
  readonly claimed: bigint | null
  readonly label: string | null
  /** Where it was written: a flag, or file and line. */
  readonly place: string
}

/** Reads `TXID:VOUT[=AMOUNT][@LABEL]`. */
export function parseSeed(text: string, place: string): Result<SeedText> {
  const match = /^([0-9a-fA-F]{64}):([0-9]{1,10})(?:=([^@]*))?(?:@(.+))?$/.exec(text.trim())
  if (!match) {
    return refuse('SEED_MALFORMED', `"${text.slice(0, 120)}" does not name an output.`, {
      place,
      fix: 'Write TXID:VOUT, optionally =AMOUNT (base units) and @LABEL, for example 4a5e…da33:0=5000000000@victim-1.',
    })
  }
  const [, txid = '', voutText = '', amountText, label] = match
  const vout = Number(voutText)
  if (vout > 0xffffffff)
    return refuse('SEED_MALFORMED', `Output number ${voutText} is larger than any output can have.`, { place })
  const amount = amountText === undefined ? ok(null) : parseBaseUnits(amountText)
  if (!amount.ok) return { ok: false, refusal: { ...amount.refusal, place } }
  return ok({
    txid: txid.toLowerCase(),
    vout,
    address: null,
    amount: amount.value,
    claimed: null,
    label: label?.trim() || null,
    place,
  })
}

/** Reads one row of a seed table. */
export function parseSeedRow(row: Readonly<Record<string, string>>, pack: ChainPack, place: string): Result<SeedText> {
  const txid = (row.txid ?? '').trim().toLowerCase()
  if (!isHex(txid, 32))
    return refuse('SEED_MALFORMED', `"${txid.slice(0, 90)}" is not a transaction id.`, {
      place,
      fix: 'The column txid holds 64 hexadecimal digits.',
    })
  const voutText = (row.vout ?? '').trim()
  const addressText = (row.address ?? '').trim()
  if (voutText === '' && addressText === '') {
    return refuse('SEED_MALFORMED', 'The row names neither an output number nor an address.', {
      place,
      fix: 'Fill the column vout or the column address.',
    })
  }
  if (voutText !== '' && (!/^[0-9]{1,10}$/.test(voutText) || Number(voutText) > 0xffffffff)) {
    return refuse('SEED_MALFORMED', `"${voutText.slice(0, 40)}" is not an output number.`, { place })
  }
  const address = addressText === '' ? ok(null) : parseAddress(addressText, pack)
  if (!address.ok) return { ok: false, refusal: { ...address.refusal, place } }
  const amounts: (bigint | null)[] = []
  for (const text of [row.amount, row.claimed]) {
    const amount = (text ?? '').trim() === '' ? ok(null) : parseBaseUnits((text ?? '').trim())
    if (!amount.ok) return { ok: false, refusal: { ...amount.refusal, place } }
    amounts.push(amount.value)
  }
  const [amount = null, claimed = null] = amounts
  return ok({
    txid,
    vout: voutText === '' ? null : Number(voutText),
    address: address.value?.text ?? null,
    amount,
    claimed,
    label: (row.label ?? '').trim() || null,
    place,
  })
}

/**
 * Looks each seed up. A seed whose output no data shows is refused, unless it carries a claim: then it is a declared
 * seed. Seeds come back in a fixed order (label, txid, output), whatever order they were written in.
 */
export async function resolveSeeds(
  texts: readonly SeedText[],
  store: ChainStore,
  pack: ChainPack,
): Promise<Result<readonly ResolvedSeed[]>> {
  const known = await store.outputsOf(pack.caip2, [...new Set(texts.map(({ txid }) => txid))])
  const outputsByTxid = Map.groupBy(known, ({ outpoint }) => outpoint.txid)
  const seeds: ResolvedSeed[] = []
  for (const text of texts) {
    const seed = resolveSeed(text, outputsByTxid.get(text.txid) ?? [])
    if (!seed.ok) return seed
    seeds.push(seed.value)
  }
  seeds.sort((a, b) => compare(a.label, b.label) || compare(a.txid, b.txid) || (a.vout ?? -1) - (b.vout ?? -1))
  const refusal = overClaimed(seeds)
  return refusal ? { ok: false, refusal } : ok(seeds)
}

function resolveSeed(text: SeedText, outputs: readonly KnownOutput[]): Result<ResolvedSeed> {
  const candidates = outputs.filter(
    ({ outpoint, address }) =>
      (text.vout === null || outpoint.vout === text.vout) && (text.address === null || address === text.address),
  )
  const [output, another] = candidates
  const name = `${text.txid}${text.vout === null ? '' : `:${text.vout}`}${text.address === null ? '' : ` to ${text.address}`}`
  if (another) {
    return refuse('SEED_AMBIGUOUS', `${name} may be any of ${candidates.length} outputs.`, {
      place: text.place,
      fix: 'Name the output number (vout).',
    })
  }
  if (!output) {
    if (text.claimed === null) {
      return refuse('SEED_UNKNOWN', `No imported data shows the output ${name}.`, {
        place: text.place,
        fix: 'Import the transaction first (comity chain import), or check the id and the output number with comity tx show.',
      })
    }
    const amount = text.amount ?? text.claimed ?? 0n
    return ok({
      ...identity(text, text.vout),
      address: text.address,
      value: null,
      amount,
      claimed: text.claimed,
      known: 'declared',
    })
  }
  const amount = text.amount ?? output.value
  if (amount > output.value) {
    return refuse(
      'SEED_EXCEEDS_OUTPUT',
      `${name} is worth ${output.value} base units; ${amount} cannot be traced from it.`,
      {
        place: text.place,
        fix: 'Leave the amount out to trace the whole output.',
      },
    )
  }
  return ok({
    ...identity(text, output.outpoint.vout),
    address: output.address,
    value: output.value,
    amount,
    claimed: text.claimed,
    known: output.knownFrom,
  })
}

function identity(text: SeedText, vout: number | null): { txid: string; vout: number | null; label: string } {
  return {
    txid: text.txid,
    vout,
    label: text.label ?? (vout === null ? text.txid : outputKey({ txid: text.txid, vout })),
  }
}

/** Several seeds may share an output (two victims of one payment), but not claim more than it is worth. */
function overClaimed(seeds: readonly ResolvedSeed[]): Refusal | null {
  const claimedByKey = new Map<string, bigint>()
  for (const seed of seeds) {
    if (seed.value === null || seed.vout === null) continue
    const key = outputKey({ txid: seed.txid, vout: seed.vout })
    const claimed = (claimedByKey.get(key) ?? 0n) + seed.amount
    claimedByKey.set(key, claimed)
    if (claimed > seed.value) {
      return {
        code: 'SEED_EXCEEDS_OUTPUT',
        message: `The seeds on ${key} together claim ${claimed} base units; the output is worth ${seed.value}.`,
        fix: 'Give each seed of one output an amount (=AMOUNT), or name the output once.',
      }
    }
  }
  return null
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

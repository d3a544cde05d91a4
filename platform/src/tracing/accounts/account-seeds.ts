/**
 * Seeds of a trace on account chains, as a person writes them: `ADDRESS[=AMOUNT][@LABEL]`, or a move,
 * `TXID#PLACE[=AMOUNT][@LABEL]` (`0x…#value`, `0x…#log:17`, `0x…#trace:0.1`). Amounts are base units.
 */
import { ok, parseBaseUnits, type Result, refuse } from '../../kernel/index.ts'
import type { AccountSeed } from './request.ts'

const FORM =
  'Write ADDRESS or TXID#PLACE, optionally =AMOUNT (base units) and @LABEL, for example 0x8b3c…cdf3@victim-1.'

/** `readAddress` is the gate of the chain: it gives the form in which the ledger holds an address. */
export function parseAccountSeed(
  text: string,
  place: string,
  readAddress: (text: string) => Result<string>,
): Result<AccountSeed> {
  const match = /^([^=@#\s]+)(?:#([^=@\s]+))?(?:=([^@]*))?(?:@(.+))?$/.exec(text.trim())
  if (!match)
    return refuse('SEED_MALFORMED', `"${text.slice(0, 120)}" names neither an address nor a move.`, {
      place,
      fix: FORM,
    })
  const [, name = '', movePlace, amountText, labelText] = match
  const amount = amountText === undefined ? ok(null) : parseBaseUnits(amountText)
  if (!amount.ok) return { ok: false, refusal: { ...amount.refusal, place } }
  const label = labelText?.trim() || null
  if (movePlace !== undefined) {
    const txid = name.toLowerCase().replace(/^0x/, '')
    if (!/^[0-9a-f]{64}$/.test(txid) && !/^block:[0-9]+$/.test(txid))
      return refuse('SEED_MALFORMED', `"${name.slice(0, 90)}" is not a transaction id.`, { place, fix: FORM })
    return ok({
      address: null,
      move: { txid, place: movePlace },
      amount: amount.value,
      label: label ?? `${txid}#${movePlace}`,
    })
  }
  const address = readAddress(name)
  if (!address.ok) return { ok: false, refusal: { ...address.refusal, place } }
  return ok({ address: address.value, move: null, amount: amount.value, label: label ?? address.value })
}

/** A fixed order, whatever order they were written in; what is named twice is refused. */
export function arrangeSeeds(seeds: readonly AccountSeed[]): Result<readonly AccountSeed[]> {
  const named = seeds.map((seed) => ({
    seed,
    name: seed.move ? `${seed.move.txid}#${seed.move.place}` : (seed.address as string),
  }))
  named.sort((a, b) => compare(a.seed.label, b.seed.label) || compare(a.name, b.name))
  const seen = new Map<string, AccountSeed>()
  for (const { seed, name } of named) {
    const other = seen.get(name)
    if (other && (other.amount === null || seed.amount === null)) {
      return refuse('SEED_EXCEEDS_OUTPUT', `${name} is named by several seeds, and one of them takes all of it.`, {
        fix: 'Give each of them an amount (=AMOUNT), or name it once.',
      })
    }
    if (other?.label === seed.label) {
      return refuse('SEED_EXCEEDS_OUTPUT', `${name} is named twice with the label ${seed.label}.`, {
        fix: 'Name it once, with the sum of the amounts.',
      })
    }
    seen.set(name, seed)
  }
  return ok(named.map(({ seed }) => seed))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

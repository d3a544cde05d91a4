/** The words of a report for what the records call by codes. */
import type { PositionStatus } from '../positions.ts'
import type { TraceRecord } from '../record.ts'

/** The last three are of chains of accounts only. */
export type EndStatus = PositionStatus | 'overlap' | 'burnt' | 'crossed' | 'mixer'

export type StatusWords = {
  readonly status: EndStatus
  readonly name: string
  /** "Of this, 5 BTC …": what is said of the amount. */
  readonly forward: string
  readonly backward: string
  readonly meaning: string
}

/** In the order in which ledgers and legends show them. */
export const statusWords: readonly StatusWords[] = [
  {
    status: 'unspent',
    name: 'Unspent',
    forward: 'lies unspent',
    backward: 'lies unspent',
    meaning: 'Still there as of the block named: every block since is complete and no transaction spends it.',
  },
  {
    status: 'service',
    name: 'Service',
    forward: 'reached a service',
    backward: 'came from a service',
    meaning: 'The address carries a service tag. What the service did with it is in the service’s own books.',
  },
  {
    status: 'data-ends',
    name: 'Data ends',
    forward: 'cannot be followed further because the data ends',
    backward: 'cannot be followed back further because the data ends',
    meaning: 'The imported data does not show what came next. This is a gap in the data, not a finding.',
  },
  {
    status: 'not-followed',
    name: 'Not followed',
    forward: 'was deliberately not followed further',
    backward: 'was deliberately not followed back further',
    meaning: 'A budget or a stop that was set before the trace ended it here.',
  },
  {
    status: 'fee',
    name: 'Fee',
    forward: 'was paid in fees',
    backward: 'was counted as fees',
    meaning: 'Paid to the miners of the blocks.',
  },
  {
    status: 'written-off',
    name: 'Written off',
    forward: 'can never be spent',
    backward: 'can never be spent',
    meaning: 'Unspendable or left unclaimed: these coins no longer exist.',
  },
  {
    status: 'overlap',
    name: 'Counted once',
    forward: 'was named by two sources and is counted once',
    backward: 'was named by two sources and is counted once',
    meaning: 'Other sources had already brought this value to the same place.',
  },
  {
    status: 'mixer',
    name: 'Into a mixer',
    forward: 'went into a mixer',
    backward: 'came out of a mixer',
    meaning: 'Pooled with the value of others. Withdrawals that could be it are listed; none is attributed.',
  },
  {
    status: 'crossed',
    name: 'Left the chain',
    forward: 'crossed to another chain that was not read',
    backward: 'crossed from another chain that was not read',
    meaning: 'A bridge took it to the chain that is named, whose data is not here.',
  },
  {
    status: 'burnt',
    name: 'Burnt',
    forward: 'ceased to be',
    backward: 'ceased to be',
    meaning: 'Destroyed by the chain or the token, or sent to an address from which nobody can spend.',
  },
]

export function wordsOf(status: string): StatusWords {
  return (
    statusWords.find((words) => words.status === status) ?? {
      status: 'data-ends',
      name: status,
      forward: status,
      backward: status,
      meaning: 'A status that this version of the report does not know.',
    }
  )
}

export function isBackward(record: TraceRecord): boolean {
  return record.parameters.direction === 'backward'
}

export const gradeWords: Readonly<
  Record<TraceRecord['evidence']['grade'], { readonly title: string; readonly meaning: string }>
> = {
  verified: {
    title: 'Verified',
    meaning: 'The content of every transaction in this trace was hashed here and gives its id.',
  },
  stated: {
    title: 'Stated, not fully verified',
    meaning: 'Part of what this trace rests on is stated by a source and could not be recomputed here.',
  },
  mismatch: {
    title: 'Mismatch',
    meaning: 'The content of at least one transaction does not hash to its id: the content or the id is wrong.',
  },
  refused: {
    title: 'NOT EVIDENCE',
    meaning:
      'The amounts passed through floating point and were not verified again. This result must not be used as evidence.',
  },
}

export const completenessWords: Readonly<Record<string, string>> = {
  merkle: 'complete, proven by the Merkle root of the header',
  declared: 'complete as its source declares, not proven',
  partial: 'some of its transactions only',
}

export const knownWords: Readonly<Record<string, string>> = {
  ledger: 'in the imported transactions',
  prevout: 'in the transaction that spends it only',
  declared: 'named by the claim only; no imported data shows it',
}

/** What tracing cannot say, whatever the data. */
export const limits: readonly string[] = [
  'It does not say who holds a key, nor who gave an order to pay. A ledger knows outputs and addresses, not persons.',
  'Coins of one kind are alike. Which of the coins in a mixture are “the same” is decided by the rule that was chosen, not by the chain.',
  'It does not see what happens outside this ledger: the books of a service, a sale of keys, a payment in cash, another chain.',
  'Behind a service the coins of many customers lie together. What a service pays out later is not followed as this money.',
  'Tags, CoinJoin rules and change rules are opinions of their publishers, with the confidence they state. They stand beside the amounts and do not change them, except where a stop at them is listed among the parameters.',
  'It is said as of one block. Later payments, and a reorganisation of the chain, can change what is still unspent.',
  'Where the data has a gap, the trace shows the gap. It does not guess across it.',
]

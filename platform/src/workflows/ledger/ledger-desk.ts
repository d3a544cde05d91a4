/** The ledger beside a node, as people of the node ask it: what it holds, what moved at an address, where value went. */
import { Type } from '@sinclair/typebox'
import { closed, nullable } from '../../casework/index.ts'

export const LEDGER = 'ledger'

const Chain = Type.String({ minLength: 3, maxLength: 80, description: 'A chain by its CAIP-2 id.' })
const Count = Type.Integer({ minimum: 0 })
const Amount = Type.String({ pattern: '^-?[0-9]+$', description: 'Base units of the asset, in digits.' })
const Time = nullable(Type.Integer({ description: 'Unix seconds of the block; null where no source gives it.' }))

export const HeldChain = closed({
  chain: Chain,
  family: Type.Union([Type.Literal('utxo'), Type.Literal('account')]),
  tip: nullable(closed({ height: Count, time: Time })),
  transactions: Count,
  /** Heights of which every transaction is here; only there can an output be said to be unspent. None on chains of accounts. */
  complete: Type.Array(closed({ from: Count, to: Count })),
})
export type HeldChain = (typeof HeldChain)['static']

/** A rule of tracing that the ledger can run, by the family of chains. */
export const HeldRules = closed({ utxo: Type.Array(Type.String()), account: Type.Array(Type.String()) })
export type HeldRules = (typeof HeldRules)['static']

export const TraceQuestion = {
  chain: Chain,
  rule: Type.String({ minLength: 2, maxLength: 40, description: 'The id of a rule, as ledger.read lists it.' }),
  from: Type.Array(Type.String({ minLength: 3, maxLength: 300 }), {
    minItems: 1,
    maxItems: 500,
    uniqueItems: true,
    description:
      'Where traced value starts: TXID:VOUT[=AMOUNT][@LABEL]; on chains of accounts ADDRESS[=AMOUNT][@LABEL] or TXID#PLACE[=AMOUNT][@LABEL].',
  }),
  backward: Type.Optional(Type.Boolean({ description: 'To where the value came from.' })),
  stopAtTags: Type.Optional(Type.Boolean({ description: 'Stop at addresses that carry the tag of a service.' })),
  stopAtCoinJoin: Type.Optional(
    Type.Boolean({ description: 'Stop before CoinJoins, as the default rules find them.' }),
  ),
  maxHops: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 100_000, description: 'Follow at most so many transactions in a row.' }),
  ),
  maxTransactions: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 100_000, description: 'Walk at most so many transactions; absent: 100,000.' }),
  ),
  asset: Type.Optional(
    Type.String({
      maxLength: 200,
      description: 'Chains of accounts: in which asset it starts, as CAIP-19; absent: all.',
    }),
  ),
} as const
const TraceAsked = closed(TraceQuestion)
export type TraceQuestion = (typeof TraceAsked)['static']

const Movement = closed({
  txid: Type.String(),
  place: Type.String({
    description: 'Of outputs: the number of the output or input. Of accounts: the place in the transaction.',
  }),
  direction: Type.Union([Type.Literal('in'), Type.Literal('out')]),
  asset: Type.String(),
  amount: Amount,
  other: nullable(Type.String({ description: 'Of accounts: who paid, or was paid.' })),
  height: Count,
  time: Time,
})

const Indicator = {
  id: Type.String(),
  page: nullable(Type.Integer()),
  text: Type.String(),
  verified: Type.String(),
} as const

export const AddressFacts = closed({
  chain: Chain,
  address: Type.String(),
  balances: Type.Array(closed({ asset: Type.String(), amount: Amount })),
  /** The newest, oldest of them first. */
  movements: Type.Array(Movement),
  isCut: Type.Boolean({ description: 'There are older movements than are shown.' }),
  whole: Type.Boolean({ description: 'The ledger holds every block up to its tip, and every movement was read.' }),
  tags: Type.Array(
    closed({
      label: Type.String(),
      source: Type.String(),
      category: nullable(Type.String()),
      confidence: nullable(Type.String()),
    }),
  ),
  indicators: closed({
    notice: Type.String(),
    fired: Type.Array(
      closed({
        ...Indicator,
        says: Type.String(),
        txids: Type.Array(Type.String()),
        questions: Type.Array(closed({ question: Type.String(), answer: Type.String() })),
      }),
    ),
    notFired: Type.Array(closed({ ...Indicator, why: Type.String() })),
    notChecked: Type.Array(closed({ ...Indicator, why: Type.String() })),
  }),
})
export type AddressFacts = (typeof AddressFacts)['static']

export type Held = { readonly chains: readonly HeldChain[]; readonly rules: HeldRules }

/** Each refuses by a `Stop`, as the command line would: HOME_LOCKED while another process has the ledger. */
export interface LedgerDesk {
  held(): Promise<Held>
  address(chain: string, text: string): Promise<AddressFacts>
  /** The record, as its file. Nothing of it is kept beside the ledger. */
  trace(question: TraceQuestion): Promise<string>
}

/**
 * Deposit addresses that several payers share: the rule by which addresses of chains of accounts are put into one cluster, its
 * thresholds, and what keeps it from joining strangers. Each guard can be taken away, to see what it does.
 */
import type { ClusterRule } from './rules.ts'

export const depositReuse: ClusterRule = {
  id: 'deposit-address-reuse',
  version: '1',
  says: 'An exchange gives each customer a deposit address and passes on whatever comes in there; who pays the same deposit address is presumed to be that customer.',
  source:
    'F. Victor, Address Clustering Heuristics for Ethereum, FC 2020 (deposit address reuse). The paper was not read here; 0.01 ether and 3,200 blocks as a program states that follows it. All other thresholds, and the guards, are ours.',
  questions: [
    'Does somebody else pay the customer at this deposit address: a buyer, an employer, a trade between persons?',
    'Does a dealer (OTC) or a payment service pay for several customers from one address?',
    'Does the exchange give one address to several customers and tell them apart by a memo, or give an old one to a new customer?',
    'Did a mixer or a swap service pay for its own customers, through an address that no tag names?',
    'Is a payer code that an account of EIP-7702 or a smart wallet runs for several holders?',
    'Does the exchange confirm that the deposit address is its own, and whose it is?',
  ],
}

export const depositLimits = {
  /** A payment is passed on within so many blocks, or within so many seconds where blocks are faster: about half a day. */
  withinBlocks: 3_200,
  withinSeconds: 43_200,
  /** What may stay behind of the native coin, in thousandths of one: 0.01. Of a token nothing may. */
  staysThousandths: 10,
  /** But never more than so many percent of what was there. */
  staysPercent: 10,
  /** Of what left by the address's own hand, in percent, that must have gone to one exchange, for each asset. */
  toOnePercent: 95,
  /** More payers are not one customer. */
  payersOfDeposit: 20,
  /** Who pays more deposit addresses is no customer. */
  depositsOfPayer: 20,
  /** With more movements an address is no deposit address of one customer; it is not read to the end. */
  movements: 20_000,
} as const

/** In the order in which they are asked. */
export const depositGuards = [
  'deposit-producer',
  'deposit-contract',
  'deposit-many-payers',
  'payer-service',
  'payer-producer',
  'payer-contract',
  'payer-many-deposits',
] as const
export type DepositGuard = (typeof depositGuards)[number]

export const guardSays: Readonly<Record<DepositGuard, string>> = {
  'deposit-producer': 'the deposit address was paid for producing blocks',
  'deposit-contract': 'the deposit address is a contract, which may pass on for several customers',
  'deposit-many-payers': `the deposit address is paid by more than ${depositLimits.payersOfDeposit} addresses`,
  'payer-service': 'the payer is tagged as a service',
  'payer-producer': 'the payer was paid for producing blocks',
  'payer-contract': 'the payer is a contract (a router, a pool, a smart wallet)',
  'payer-many-deposits': `the payer pays more than ${depositLimits.depositsOfPayer} deposit addresses`,
}

export const DEPOSIT_CAVEATS: readonly string[] = [
  'A cluster is a presumption about who is behind addresses, not a fact of the ledger.',
  'On chains of accounts it is made of payers of the same deposit addresses of tagged exchanges. The exchange holds the keys of a deposit address; it is shown with the role deposit, as part of the account of its customer.',
  'Whoever is told the address can pay there: that a payer is the customer is the weakest part of the presumption.',
  'Without tags of exchanges nothing is joined. Rows of analysts’ tables join nothing.',
  'Addresses whose data was not imported are not in any cluster.',
]

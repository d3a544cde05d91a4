/**
 * The rules of tracing on accounts, by id. Each has a version of its own: a change of what it computes is a new one.
 * The order of moves at the same time is a parameter of a trace, not of a rule (`move-order.ts`).
 */
import type { Parts } from '../rules/parts.ts'
import { openFund } from './fund-holding.ts'
import type { Holding } from './holding.ts'
import { openLine } from './line-holding.ts'
import { openPoison } from './poison-holding.ts'
import { cleanFirst, openShares, sharedAlike, tracedFirst } from './share-holding.ts'

export type AccountRuleId =
  | 'poison'
  | 'haircut'
  | 'fifo'
  | 'lifo'
  | 'pifo'
  | 'libr'
  | 'pari-passu'
  | 'rolling-charge'
  | 'seniority-traced-first'
  | 'seniority-clean-first'

export type AccountRule = {
  readonly id: AccountRuleId
  readonly version: number
  /** The name used in court papers or in the literature. */
  readonly legalName: string
  readonly definition: string
  readonly source: string
  readonly conserves: boolean
  /** Whether value keeps its order in an account: then the parts of a move are its line from end to end. */
  readonly ordered: boolean
  open(): Holding
}

export const accountRules: readonly AccountRule[] = [
  {
    id: 'poison',
    version: 1,
    legalName: 'Poison (no apportionment)',
    conserves: false,
    ordered: false,
    definition:
      'From the first traced unit until an account is empty, whatever is in it and whatever leaves it is traced in full.',
    source:
      'After Möser, Böhme, Breuker, Towards Risk Scoring of Bitcoin Transactions, FC 2014 workshops; the reading for accounts is ours',
    open: openPoison,
  },
  {
    id: 'haircut',
    version: 1,
    legalName: 'Haircut (proportional sharing in each payment)',
    conserves: true,
    ordered: false,
    definition: 'Every payment carries the share of traced value that the account has at that moment.',
    source: 'Möser, Böhme, Breuker, Towards Risk Scoring of Bitcoin Transactions, FC 2014 workshops',
    open: () => openShares(sharedAlike, 'alike'),
  },
  {
    id: 'fifo',
    version: 1,
    legalName: "First in, first out (Clayton's case)",
    conserves: true,
    ordered: true,
    definition: 'What came into the account first leaves it first.',
    source: 'Devaynes v Noble (1816) 1 Mer 572; Anderson, Shumailov, Ahmed, Making Bitcoin Legal, 2018',
    open: () => openLine('first'),
  },
  {
    id: 'lifo',
    version: 1,
    legalName: 'Last in, first out',
    conserves: true,
    ordered: true,
    definition: 'What came into the account last leaves it first.',
    source: 'Kokelj, Bitcoin tainting methods, University of Ljubljana, 2023, fig. 4.5',
    open: () => openLine('last'),
  },
  {
    id: 'pifo',
    version: 1,
    legalName: 'Proceeds in, first out',
    conserves: true,
    ordered: false,
    definition: 'The proceeds held by an account leave it before anything else does; several sources alike.',
    source: 'Block Audit Tracing Standard, desk reference 2025, p. 15 (a contested position, as it says itself)',
    open: () => openShares(tracedFirst, 'alike'),
  },
  {
    id: 'libr',
    version: 1,
    legalName: 'Lowest intermediate balance rule',
    conserves: true,
    ordered: false,
    definition:
      'What can be traced into an account is never more than its lowest balance since: clean value leaves first, and a later receipt revives nothing. What left is traced on to whoever received it.',
    source:
      "Re Hallett's Estate (1880) 13 Ch D 696, James Roscoe (Bolton) v Winder [1915] 1 Ch 62 (from memory, not read here); the form after See v See (1966)",
    open: () => openShares(cleanFirst, 'alike'),
  },
  {
    id: 'pari-passu',
    version: 1,
    legalName: 'Pari passu over all contributions',
    conserves: true,
    ordered: false,
    definition:
      'What is left in an account belongs to its contributors in proportion to all that each put in; each payment is charged so that this holds as nearly as it can.',
    source: 'Barlow Clowes International Ltd v Vaughan [1992] 4 All ER 22; the charging of single payments is ours',
    open: openFund,
  },
  {
    id: 'rolling-charge',
    version: 1,
    legalName: 'Rolling charge (North American rule)',
    conserves: true,
    ordered: false,
    definition:
      'Each payment is borne by all who have something in the account at that moment, in proportion to what each then has, the clean value alike: on one account the amounts are those of haircut.',
    source: 'Barlow Clowes International Ltd v Vaughan [1992] 4 All ER 22, as the second of its three solutions',
    open: () => openShares(sharedAlike, 'alike'),
  },
  {
    id: 'seniority-traced-first',
    version: 1,
    legalName: 'Seniority, traced value first',
    conserves: true,
    ordered: false,
    definition: 'Traced value leaves first, of several sources the one that came first; clean value follows.',
    source:
      'Definition of Comity after Abramova, Schöttle, Böhme, Mixing Coins of Different Quality, FC 2017 workshops',
    open: () => openShares(tracedFirst, 'senior-first'),
  },
  {
    id: 'seniority-clean-first',
    version: 1,
    legalName: 'Seniority, clean value first',
    conserves: true,
    ordered: false,
    definition: 'Clean value leaves first; then of several sources the one that came last.',
    source:
      'Definition of Comity after Abramova, Schöttle, Böhme, Mixing Coins of Different Quality, FC 2017 workshops',
    open: () => openShares(cleanFirst, 'senior-last'),
  },
]

export const accountRuleIds: readonly AccountRuleId[] = accountRules.map(({ id }) => id)

/** `"seniority"` alone means the direction named first in the literature: the traced value ranks first. */
const aliases: Readonly<Record<string, AccountRuleId>> = { seniority: 'seniority-traced-first' }

export function findAccountRule(text: string): AccountRule | undefined {
  const name = text.toLowerCase()
  const id = aliases[name] ?? name
  return accountRules.find((rule) => rule.id === id)
}

/** Traced value in parts: their sum, but under poison, where each source claims the whole, the greatest. */
export function worth(rule: AccountRule, parts: Parts): bigint {
  let sum = 0n
  let greatest = 0n
  for (const { source, amount } of parts) {
    if (source < 0) continue
    sum += amount
    if (amount > greatest) greatest = amount
  }
  return rule.conserves ? sum : greatest
}

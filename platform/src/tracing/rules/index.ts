/**
 * The rules of tracing, by id. A rule is named by its id and version in every trace record; a change of what a rule
 * computes is a new version.
 */
import { comb } from './comb.ts'
import {
  type ExactShareRule,
  exactComb,
  exactHaircut,
  exactPoison,
  exactProRata,
  exactSeniorityCleanFirst,
  exactSeniorityTracedFirst,
  exactTiho,
} from './exact-shares.ts'
import { fifo, lifo } from './line.ts'
import { bySharing, haircut, poison, proRata, seniorityCleanFirst, seniorityTracedFirst, tiho } from './totals.ts'
import type { ShareRule, TransactionRule } from './transaction-rule.ts'

export type RuleId =
  | 'poison'
  | 'haircut'
  | 'pro-rata'
  | 'fifo'
  | 'lifo'
  | 'tiho'
  | 'seniority-traced-first'
  | 'seniority-clean-first'
  | 'pifo'
  | 'comb'

export type RuleDescription = {
  readonly id: RuleId
  readonly version: number
  /** The name used in court papers or in the literature. */
  readonly legalName: string
  readonly definition: string
  readonly source: string
  /** Everything but poison keeps the traced total equal from transaction to transaction. */
  readonly conserves: boolean
  /** Rules on accounts follow what an address owns; the others follow each output. */
  readonly unit: 'output' | 'address'
}

export const rules: readonly RuleDescription[] = [
  {
    id: 'poison',
    version: 1,
    legalName: 'Poison (no apportionment)',
    conserves: false,
    unit: 'output',
    definition: 'Every output of a transaction that spends traced value is traced in full.',
    source: 'Möser, Böhme, Breuker, Towards Risk Scoring of Bitcoin Transactions, FC 2014 workshops',
  },
  {
    id: 'haircut',
    version: 1,
    legalName: 'Haircut (proportional sharing in each payment)',
    conserves: true,
    unit: 'output',
    definition: 'Every output, and the fee, carries the share of traced value that entered the transaction.',
    source: 'Möser, Böhme, Breuker, Towards Risk Scoring of Bitcoin Transactions, FC 2014 workshops',
  },
  {
    id: 'pro-rata',
    version: 1,
    legalName: 'Pro-rata over outputs',
    conserves: true,
    unit: 'output',
    definition:
      'Like haircut, but the fee is taken to be paid with clean value as long as the outputs can hold the traced value.',
    source: 'Definition of Comity after the figures in docs/guides/tracing-rules.md',
  },
  {
    id: 'fifo',
    version: 1,
    legalName: "First in, first out (Clayton's case)",
    conserves: true,
    unit: 'output',
    definition: 'Inputs laid end to end in order; outputs cut the line in order; the remainder is the fee.',
    source: 'Devaynes v Noble (1816) 1 Mer 572; Anderson, Shumailov, Ahmed, Making Bitcoin Legal, 2018',
  },
  {
    id: 'lifo',
    version: 1,
    legalName: 'Last in, first out',
    conserves: true,
    unit: 'output',
    definition: 'The line of first in, first out, read from its end.',
    source: 'Kokelj, Bitcoin tainting methods, University of Ljubljana, 2023, fig. 4.5',
  },
  {
    id: 'tiho',
    version: 1,
    legalName: 'Taint in, highest out',
    conserves: true,
    unit: 'output',
    definition: 'Traced value fills the outputs by value, largest first (of equals the lower index), the fee last.',
    source: 'Tironsakkul, Maarek, Eross, Just, arXiv 1906.05754, 2019',
  },
  {
    id: 'seniority-traced-first',
    version: 1,
    legalName: 'Seniority, traced value first',
    conserves: true,
    unit: 'output',
    definition: 'Traced value fills the outputs in their order; clean value follows and pays the fee.',
    source:
      'Definition of Comity after Abramova, Schöttle, Böhme, Mixing Coins of Different Quality, FC 2017 workshops',
  },
  {
    id: 'seniority-clean-first',
    version: 1,
    legalName: 'Seniority, clean value first',
    conserves: true,
    unit: 'output',
    definition: 'Clean value fills the outputs in their order; traced value takes what is left, the fee before all.',
    source:
      'Definition of Comity after Abramova, Schöttle, Böhme, Mixing Coins of Different Quality, FC 2017 workshops',
  },
  {
    id: 'pifo',
    version: 1,
    legalName: 'Proceeds in, first out',
    conserves: true,
    unit: 'address',
    definition: 'The proceeds held by an address leave it before anything else does, whichever output is spent.',
    source: 'Block Audit Tracing Standard, desk reference 2025, p. 15 (a contested position, as it says itself)',
  },
  {
    id: 'comb',
    version: 1,
    legalName: 'Combinations of inputs and outputs',
    conserves: true,
    unit: 'output',
    definition: 'What every way to match inputs with outputs has in common is certain; the rest is shared by haircut.',
    source: 'Kokelj, Bitcoin tainting methods, University of Ljubljana, 2023, fig. 4.7',
  },
]

export const ruleIds: readonly RuleId[] = rules.map(({ id }) => id)

/** The rules that look at one transaction at a time; PIFO looks at addresses and has a pass of its own. */
export const transactionRules: Readonly<Record<Exclude<RuleId, 'pifo'>, TransactionRule>> = {
  poison,
  haircut: bySharing(haircut),
  'pro-rata': bySharing(proRata),
  fifo,
  lifo,
  tiho: bySharing(tiho),
  'seniority-traced-first': bySharing(seniorityTracedFirst),
  'seniority-clean-first': bySharing(seniorityCleanFirst),
  comb: bySharing(comb),
}

/** A rule that looks at amounts only: by definition in bigints, and the same in doubles where amounts allow it. */
export type ColumnRule = { readonly inBigints: ShareRule; readonly inDoubles: ExactShareRule }

/** Of these, the rules that look at amounts only. Under poison every source claims the whole of each share. */
export const columnRules: Readonly<Partial<Record<RuleId, ColumnRule>>> = {
  poison: { inBigints: ({ outs }) => outs, inDoubles: exactPoison },
  haircut: { inBigints: haircut, inDoubles: exactHaircut },
  'pro-rata': { inBigints: proRata, inDoubles: exactProRata },
  tiho: { inBigints: tiho, inDoubles: exactTiho },
  'seniority-traced-first': { inBigints: seniorityTracedFirst, inDoubles: exactSeniorityTracedFirst },
  'seniority-clean-first': { inBigints: seniorityCleanFirst, inDoubles: exactSeniorityCleanFirst },
  comb: { inBigints: comb, inDoubles: exactComb },
}

/** `"seniority"` alone means the direction named first in the literature: the traced value ranks first. */
const aliases: Readonly<Record<string, RuleId>> = { seniority: 'seniority-traced-first', prorata: 'pro-rata' }

export function findRule(text: string): RuleDescription | undefined {
  const name = text.toLowerCase()
  const id = aliases[name] ?? name
  return rules.find((rule) => rule.id === id)
}

/**
 * The rules by which addresses are put into one cluster. Each is a presumption of its authors: a cluster is an
 * assumption about who holds the keys, and it carries the reason for each of its joints.
 */
import { rules as detectors, type Rule } from '../detectors/index.ts'

export type ClusterRule = {
  readonly id: string
  readonly version: string
  readonly says: string
  readonly source: string
  /** Critical questions after Deuber et al. 2024 that the engine cannot answer for this rule. */
  readonly questions: readonly string[]
}

export const multiInput: ClusterRule = {
  id: 'multi-input',
  version: '1',
  says: 'Who signs for all inputs of one transaction holds the keys of all their addresses.',
  source: 'Nakamoto 2008, section 10; Meiklejohn et al., IMC 2013, heuristic 1',
  questions: [
    'Is it a PayJoin, in which the payee also contributes an input? No shape tells it.',
    'Is it a custodial wallet, whose coins belong to many customers?',
    'Do several people share the keys (joint wallet, escrow)?',
    'Did the holder of the keys change between two transactions (sale, seizure)?',
  ],
}

/** Asks for the clusters that are being made. */
const NEEDS_CLUSTERS: readonly string[] = ['gs-multi-input-change']

/** Detectors of change that may join an output to the inputs, where they leave exactly one candidate. */
const changeDetectors = detectors.filter(({ kind, id }) => kind === 'change' && !NEEDS_CLUSTERS.includes(id))

export const changeRuleIds: readonly string[] = changeDetectors.map(({ id }) => id)

/** By its id, or without the mark of its publisher: `one-time-change` is `gs-one-time-change`. */
export function findChangeRule(text: string): Rule | null {
  return changeDetectors.find(({ id }) => id === text || id.replace(/^(gs|blocksci)-/, '') === text) ?? null
}

export function asClusterRule(rule: Rule): ClusterRule {
  return {
    id: rule.id,
    version: rule.version,
    says: 'The one output that the rule leaves as change goes back to whoever paid.',
    source: rule.source,
    questions: rule.questions,
  }
}

export const CLUSTER_CAVEATS: readonly string[] = [
  'A cluster is a presumption about who holds keys, not a fact of the ledger.',
  'Transactions that any CoinJoin rule matches join nothing. A PayJoin cannot be told from its shape and may have joined owners.',
  'Addresses whose data was not imported are not in any cluster.',
]

/** From this many addresses on a cluster is likely to hold a service, or several owners joined by mistake. Our number. */
export const SUPER_CLUSTER_SIZE = 10_000

/** Clusters: addresses presumed to be of one holder, with the reason for each joint. */
export { type AccountLedger, depositsAmong } from './account-deposits.ts'
export { DEPOSIT_RULE, type DepositStatement, depositStatements } from './deposit.ts'
export {
  DEPOSIT_CAVEATS,
  type DepositGuard,
  depositGuards,
  depositLimits,
  depositReuse,
  guardSays,
} from './deposit-guards.ts'
export type { ClusterQuestion, Evidence, LeftOut, Link } from './evidence.ts'
export { type Bridge, bridgesOf, bridgesOfPayments, forestOf, type Merge, pathInForest } from './forest.ts'
export { type Cluster, growCluster, readWith } from './grow.ts'
export {
  type AccountCluster,
  type AccountQuestion,
  type DepositMember,
  growAccountCluster,
  linkedByTransaction,
} from './grow-accounts.ts'
export { type Deposit, type DepositPayment, exchangeOf, readDeposit } from './read-deposit.ts'
export {
  parseStatements,
  type Rejection,
  type RejectionStatement,
  rejectedTransactions,
  rejectionsInForce,
  statementId,
  statementsToText,
} from './rejections.ts'
export { asClusterRule, CLUSTER_CAVEATS, type ClusterRule, changeRuleIds, findChangeRule, multiInput } from './rules.ts'
export {
  accountsOfKey,
  bareKeyOf,
  hashesOfKey,
  keyHashOf,
  SAME_KEY,
  type SameKey,
  sameAccountOn,
  sameHashOn,
} from './same-key.ts'
export { type ClusterWarning, warningsOf } from './warnings.ts'
export { type AllAccountClusters, allAccountClusters } from './whole-accounts.ts'
export { type AllClusters, allClusters, type ClusterSummary } from './whole-ledger.ts'

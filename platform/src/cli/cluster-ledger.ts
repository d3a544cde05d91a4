/** What the commands of clusters ask of a chain, the same on chains of outputs and of accounts. */
import { type AccountPack, type ChainPack, parseAddress } from '../chains/index.ts'
import { isHex, Stop, stop } from '../kernel/index.ts'
import {
  type AccountLedger,
  type AccountQuestion,
  type AllAccountClusters,
  type AllClusters,
  allAccountClusters,
  allClusters,
  asClusterRule,
  type Bridge,
  bridgesOf,
  bridgesOfPayments,
  CLUSTER_CAVEATS,
  type Cluster,
  type ClusterQuestion,
  type ClusterRule,
  changeRuleIds,
  DEPOSIT_CAVEATS,
  type DepositMember,
  depositGuards,
  depositReuse,
  type Evidence,
  findChangeRule,
  growAccountCluster,
  growCluster,
  linkedByTransaction,
  multiInput,
  readWith,
  rejectedTransactions,
} from '../tracing/index.ts'
import { readRejections } from './cluster-rejections.ts'
import type { Flags } from './command.ts'
import type { Desk } from './desk.ts'

export type ShownCluster = Cluster & { readonly deposits?: readonly DepositMember[] }

export type ClusterLedger = {
  readonly pack: ChainPack | AccountPack
  readonly rules: readonly ClusterRule[]
  readonly caveats: readonly string[]
  readAddress(text: string): string
  readTxid(text: string): string
  /** `rejected`: instead of what is rejected in the data folder. */
  grow(start: string, rejected?: ReadonlySet<string>): Promise<ShownCluster>
  all(onPart: (done: number, of: number) => void): Promise<AllClusters | AllAccountClusters>
  bridges(evidence: readonly Evidence[], between?: readonly [string, string]): readonly Bridge[]
  /** What a transaction links, whatever was rejected; `null` where no imported data holds it. */
  linkedBy(txid: string): Promise<readonly string[] | null>
  /** Whether what was left out is worth showing for these two addresses. */
  parts(addresses: readonly string[], a: string, b: string): boolean
}

export async function openClusterLedger(
  desk: Desk,
  pack: ChainPack | AccountPack,
  flags: Flags,
): Promise<ClusterLedger> {
  return pack.family === 'account' ? ofAccounts(desk, pack, flags) : ofOutputs(desk, pack, flags)
}

async function ofOutputs(desk: Desk, pack: ChainPack, flags: Flags): Promise<ClusterLedger> {
  if (flags.without !== undefined)
    stop('FLAG_VALUE', `${pack.name} is a chain of outputs: there are no guards to be taken away.`, {
      place: '--without',
      fix: 'Leave --without out.',
    })
  const { asked, rules } = readQuestion(desk, pack, flags)
  const store = await desk.store()
  return {
    ...{ pack, rules, caveats: CLUSTER_CAVEATS, bridges: bridgesOf },
    readAddress: (text) => readAddress(text, pack),
    readTxid: (text) => readTxid(text),
    grow: (start, rejected = asked.rejected) => growCluster(store, pack.caip2, start, { ...asked, rejected }),
    all: (onPart) => allClusters(store, pack.caip2, asked, onPart),
    linkedBy: async (txid) => {
      const [tx] = await store.transactions(pack.caip2, [txid])
      if (!tx) return null
      const { evidence } = await readWith(store, pack.caip2, tx, { ...asked, rejected: new Set() })
      return evidence?.links.flatMap(({ a, b }) => [a, b]) ?? []
    },
    parts: (addresses, a, b) => addresses.includes(a) && addresses.includes(b),
  }
}

async function ofAccounts(desk: Desk, pack: AccountPack, flags: Flags): Promise<ClusterLedger> {
  if (flags.with !== undefined)
    stop('FLAG_VALUE', `${pack.name} is a chain of accounts: there is no change, and no rule of it.`, {
      place: '--with',
      fix: 'Leave --with out.',
    })
  const asked: AccountQuestion = {
    rejected: rejectedTransactions(readRejections(desk.home), pack.caip2),
    without: readGuards(flags),
  }
  const tagStore = await desk.tagStore()
  const ledger: AccountLedger = {
    store: await desk.accounts(),
    chain: pack.caip2,
    coin: { asset: pack.asset.caip19, decimals: pack.asset.decimals },
    tagsOf: (addresses) => tagStore.tagsOf(pack.caip2, addresses, LATEST),
  }
  return {
    ...{ pack, rules: [depositReuse], caveats: DEPOSIT_CAVEATS, bridges: bridgesOfPayments },
    readAddress: (text) => readAddress(text, pack),
    readTxid: (text) => readTxid(text.replace(/^0x/i, '')),
    grow: (start, rejected = asked.rejected) => growAccountCluster(ledger, start, { ...asked, rejected }),
    all: async (onPart) => allAccountClusters(ledger, await tagStore.tagsOn(pack.caip2, LATEST), asked, onPart),
    linkedBy: async (txid) =>
      (await ledger.store.transactions(pack.caip2, [txid])).length === 0
        ? null
        : linkedByTransaction(ledger, txid, asked),
    parts: (addresses, a, b) => addresses.includes(a) || addresses.includes(b),
  }
}

export function readQuestion(
  desk: Desk,
  pack: ChainPack,
  flags: Flags,
): { readonly asked: ClusterQuestion; readonly rules: readonly ClusterRule[] } {
  const names = flags.with === undefined ? [] : String(flags.with).split(',')
  const change = names.map(
    (name) =>
      findChangeRule(name.trim()) ??
      stop('FLAG_VALUE', `"${name.slice(0, 60)}" is not a change rule that can link addresses.`, {
        place: '--with',
        fix: `Use ${changeRuleIds.join(', ')}.`,
      }),
  )
  return {
    asked: { change: [...new Set(change)], rejected: rejectedTransactions(readRejections(desk.home), pack.caip2) },
    rules: [multiInput, ...[...new Set(change)].map(asClusterRule)],
  }
}

function readGuards(flags: Flags): AccountQuestion['without'] {
  const names = flags.without === undefined ? [] : String(flags.without).split(',')
  return new Set(
    names.map(
      (name) =>
        depositGuards.find((guard) => guard === name.trim()) ??
        stop('FLAG_VALUE', `"${name.slice(0, 60)}" is no guard of clusters.`, {
          place: '--without',
          fix: `Use ${depositGuards.join(', ')}.`,
        }),
    ),
  )
}

export const LATEST = { asOf: Number.MAX_SAFE_INTEGER }

export function readAddress(text: string, pack: ChainPack | AccountPack): string {
  const parsed = pack.family === 'account' ? parseAddress(text, pack) : parseAddress(text, pack)
  if (!parsed.ok) throw new Stop(parsed.refusal)
  return parsed.value.text
}

function readTxid(text: string): string {
  const txid = text.toLowerCase()
  return isHex(txid, 32)
    ? txid
    : stop('TXID_MALFORMED', `"${text.slice(0, 90)}" is not a transaction id.`, { fix: 'Give 64 hexadecimal digits.' })
}

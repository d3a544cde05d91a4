/**
 * Deposit addresses of services, by consolidation: an address that others pay, and that passes (almost) all of it on to one
 * address that is tagged as a service's. Works on chains of outputs and of accounts alike, asset by asset. It is a statement
 * with its reasons; the address joins no cluster by it.
 */
import type { Activity, Flow } from '../indicators/activity.ts'
import { isService, type Tag } from '../tags/index.ts'

export const DEPOSIT_RULE = {
  rule: 'deposit-by-consolidation',
  version: '1',
  source:
    'after F. Victor, Address Clustering Heuristics for Ethereum, FC 2020 (deposit address reuse; from memory, not verified here); thresholds are ours',
  /** Of what left, in percent, that must have gone to one service. */
  toOnePercent: 95,
} as const

export type DepositStatement = {
  readonly asset: string
  readonly service: string
  /** Addresses of the service that were paid. */
  readonly to: readonly string[]
  readonly passedOn: bigint
  readonly left: bigint
  readonly received: bigint
  readonly payers: number
  readonly txids: readonly string[]
  readonly tags: readonly string[]
  readonly says: string
  readonly questions: readonly { readonly question: string; readonly answer: 'yes' | 'no' | 'not checked' }[]
}

/**
 * One statement for each asset that fits. Without a tag of the service there is none: nobody is a service by shape alone.
 * `toOnePercent`: for measuring what the threshold does.
 */
export function depositStatements(
  activity: Pick<Activity, 'subject' | 'flows' | 'whole' | 'tagsByAddress'>,
  toOnePercent: number = DEPOSIT_RULE.toOnePercent,
): readonly DepositStatement[] {
  const own = [...activity.subject].flatMap((address) => activity.tagsByAddress.get(address) ?? [])
  if (own.some((tag) => isService(tag, { minConfidence: 0 }))) return []
  return [...Map.groupBy(activity.flows, ({ asset }) => asset)].flatMap(
    ([asset, flows]) => ofAsset(asset, flows, activity, toOnePercent) ?? [],
  )
}

function ofAsset(
  asset: string,
  flows: readonly Flow[],
  activity: Parameters<typeof depositStatements>[0],
  toOnePercent: number,
): DepositStatement | null {
  const incoming = flows.filter(({ direction }) => direction === 'in')
  const outgoing = flows.filter(({ direction }) => direction === 'out')
  const paid = new Map<string, { value: bigint; to: Set<string>; tags: Set<string>; txids: Set<string> }>()
  let left = 0n
  for (const { txid, others } of outgoing) {
    for (const { address, value } of others) {
      left += value
      const tag = serviceTagOf(activity, address)
      if (!tag) continue
      const name = tag.actor ?? tag.label
      const known = paid.get(name) ?? { value: 0n, to: new Set(), tags: new Set(), txids: new Set() }
      known.value += value
      known.to.add(address)
      known.tags.add(tag.id)
      known.txids.add(txid)
      paid.set(name, known)
    }
  }
  const [top] = [...paid].sort(([a, x], [b, y]) =>
    x.value === y.value ? (a < b ? -1 : 1) : x.value > y.value ? -1 : 1,
  )
  if (!top || incoming.length === 0 || left === 0n) return null
  const [service, { value, to, tags, txids }] = top
  if (value * 100n < BigInt(toOnePercent) * left) return null
  const payers = new Set(incoming.flatMap(({ others }) => others.map(({ address }) => address)))
  return {
    asset,
    service,
    to: [...to].sort(),
    passedOn: value,
    left,
    received: incoming.reduce((sum, flow) => sum + flow.value, 0n),
    payers: payers.size,
    txids: [...txids],
    tags: [...tags].sort(),
    says: `Of ${left} base units that left, ${value} went to ${service}, in ${txids.size} transactions; ${payers.size} addresses had paid it. It looks like an address at which a customer of ${service} is paid.`,
    questions: [
      { question: 'Is the whole history of the address in the data?', answer: activity.whole ? 'yes' : 'no' },
      { question: 'Is it an address of a customer who always pays the same service?', answer: 'not checked' },
      { question: 'Does the service confirm that the address is its own?', answer: 'not checked' },
    ],
  }
}

function serviceTagOf({ tagsByAddress }: Pick<Activity, 'tagsByAddress'>, address: string): Tag | undefined {
  return (tagsByAddress.get(address) ?? []).find((tag) => isService(tag, { minConfidence: 0 }))
}

/**
 * How right "this is a deposit address of that service" is (`deposit-by-consolidation`), where it is known whose each address
 * is: on the emulated worlds of Bitcoin, and on an emulated chain of accounts. Only addresses that paid a tagged service can be
 * named, and all of them are asked.
 */
import { shippedChainPacks } from '../../chains/index.ts'
import { DEPOSIT_RULE, depositStatements } from '../clusters/index.ts'
import { type Activity, type Flow, flowOf } from '../indicators/activity.ts'
import { newTag, type Tag } from '../tags/index.ts'
import { type AccountWorld, playAccountWorld } from './emulated/account-world.ts'
import type { World } from './emulated/truth.ts'
import type { FlowCase } from './measure-flows.ts'
import { type Rate, rate } from './rate.ts'

/** Of the addresses from which a service pays out: all are tagged, or one alone. */
export type KnownTags = 'every hot wallet' | 'one hot wallet of each'

export type DepositFigure = {
  readonly set: string
  /** What tags know of the services: every address from which they pay out, or one of each. */
  readonly tags: KnownTags
  /** The threshold of the rule, and others to see what it does. */
  readonly toOnePercent: number
  /** Of the addresses that were named: deposit addresses of the service that was named. */
  readonly precision: Rate
  /** Of the deposit addresses that were emptied: named. What still lies where it was paid cannot be named. */
  readonly recall: Rate
  /** Whose the wrongly named were. */
  readonly takenFor: readonly { readonly kind: string; readonly count: number }[]
  readonly byService: readonly { readonly service: string; readonly precision: Rate; readonly recall: Rate }[]
}

type Asked = Pick<Activity, 'subject' | 'flows' | 'whole'>

/** One set: who could be named, and what is true. */
type DepositCases = {
  readonly set: string
  readonly asked: ReadonlyMap<string, Asked>
  readonly hotByService: ReadonlyMap<string, readonly string[]>
  /** Deposit addresses that were emptied, with their service. */
  readonly serviceByDeposit: ReadonlyMap<string, string>
  readonly kindOf: (address: string) => string
}

const THRESHOLDS = [50, DEPOSIT_RULE.toOnePercent, 100]

export function measureWorldDeposits(world: World): readonly DepositFigure[] {
  return measure(casesOfWorld(world))
}

export function measureAccountDeposits(seed: string): readonly DepositFigure[] {
  return measure(casesOfAccounts(playAccountWorld(seed)))
}

/**
 * Where an analyst's names tell which addresses are deposit addresses, and of whom: `KuCoin_Deposit_0x23aa`. Only addresses with a
 * name are asked: of the others nobody says what they are.
 */
export function measureNamedDeposits(sets: readonly FlowCase[]): readonly DepositFigure[] {
  return sets.map(casesOfNames).flatMap((cases) => (cases.serviceByDeposit.size === 0 ? [] : measure(cases)))
}

function measure(cases: DepositCases): readonly DepositFigure[] {
  return (['every hot wallet', 'one hot wallet of each'] as const).flatMap((tags) => {
    const known = [...cases.hotByService].flatMap(([service, hot]) =>
      (tags === 'every hot wallet' ? hot : hot.slice(0, 1)).map(
        (address) => [address, [serviceTag(service, address)]] as const,
      ),
    )
    const tagsByAddress = new Map<string, readonly Tag[]>(known)
    return THRESHOLDS.map((toOnePercent) => {
      const named = new Map<string, string>()
      for (const [address, activity] of cases.asked) {
        const [said] = depositStatements({ ...activity, tagsByAddress }, toOnePercent)
        if (said) named.set(address, said.service)
      }
      return { set: cases.set, tags, toOnePercent, ...counted(cases, named) }
    })
  })
}

function counted({ serviceByDeposit, hotByService, kindOf }: DepositCases, named: ReadonlyMap<string, string>) {
  const isRight = ([address, service]: readonly [string, string]) => serviceByDeposit.get(address) === service
  const wrong = [...named].filter((one) => !isRight(one)).map(([address]) => kindOf(address))
  const of = (service: string | null) => {
    const its = [...named].filter(([, name]) => service === null || name === service)
    const there = [...serviceByDeposit].filter(([, name]) => service === null || name === service)
    return {
      precision: rate(its.filter(isRight).length, its.length),
      recall: rate(there.filter(([address, name]) => named.get(address) === name).length, there.length),
    }
  }
  return {
    ...of(null),
    takenFor: [...new Set(wrong)].sort().map((kind) => ({ kind, count: wrong.filter((one) => one === kind).length })),
    byService: [...hotByService.keys()].sort().map((service) => ({ service, ...of(service) })),
  }
}

function casesOfWorld({
  name,
  transactions,
  ownerByAddress,
  kindByOwner,
  depositAddresses,
  hotAddresses,
}: World): DepositCases {
  const chain = shippedChainPacks[0]?.caip2 ?? ''
  const hotByService = new Map<string, string[]>()
  for (const address of hotAddresses) {
    const owner = ownerByAddress.get(address) ?? ''
    hotByService.set(owner, [...(hotByService.get(owner) ?? []), address])
  }
  const spent = new Set<string>()
  const candidates = new Set<string>()
  for (const { inputs, outputs } of transactions) {
    const paysService = outputs.some(({ address }) => address !== null && hotAddresses.has(address))
    for (const { prevout } of inputs) {
      if (!prevout?.address) continue
      spent.add(prevout.address)
      if (paysService && !hotAddresses.has(prevout.address)) candidates.add(prevout.address)
    }
  }
  const touching = new Map<string, (typeof transactions)[number][]>()
  for (const tx of transactions) {
    const all = [...tx.inputs.map(({ prevout }) => prevout?.address), ...tx.outputs.map(({ address }) => address)]
    for (const address of new Set(all))
      if (address && candidates.has(address)) touching.set(address, [...(touching.get(address) ?? []), tx])
  }
  return {
    set: name,
    asked: new Map(
      [...touching].map(([address, its]) => {
        const subject = new Set([address])
        return [address, { subject, flows: its.flatMap((tx) => flowOf(tx, chain, subject) ?? []), whole: true }]
      }),
    ),
    hotByService,
    serviceByDeposit: new Map(
      [...depositAddresses].flatMap((address) =>
        spent.has(address) ? [[address, ownerByAddress.get(address) ?? ''] as const] : [],
      ),
    ),
    kindOf: (address) => kindByOwner.get(ownerByAddress.get(address) ?? '') ?? 'unknown',
  }
}

function casesOfAccounts(world: AccountWorld): DepositCases {
  return {
    set: 'accounts',
    asked: new Map(
      [...world.flowsByAddress].map(([address, flows]) => [
        address,
        { subject: new Set([address]), flows, whole: true },
      ]),
    ),
    hotByService: world.hotByService,
    serviceByDeposit: world.serviceByDeposit,
    kindOf: (address) => world.kindByAddress.get(address) ?? 'unknown',
  }
}

function casesOfNames({ name, moves, labels }: FlowCase): DepositCases {
  const deposit = /^(.+)_Deposit_/
  const serviceByDeposit = new Map(
    [...labels].flatMap(([address, label]) => {
      const service = deposit.exec(label)?.[1]
      return service === undefined ? [] : [[address, service] as const]
    }),
  )
  const ofService = (service: string) =>
    [...labels]
      .flatMap(([address, label]) => (label.startsWith(service) && !deposit.test(label) ? [address] : []))
      .sort()
  const flows = new Map<string, Flow[]>()
  for (const { txid, height, time, asset, from, to, amount: value } of moves) {
    if (from === null || to === null) continue
    const plain = { txid, height, time, asset, value, coinJoin: [], stonewall: false }
    const add = (address: string, other: string, direction: Flow['direction']) =>
      labels.has(address) &&
      flows.set(address, [...(flows.get(address) ?? []), { ...plain, direction, others: [{ address: other, value }] }])
    add(from, to, 'out')
    add(to, from, 'in')
  }
  return {
    set: name,
    asked: new Map(
      [...flows].map(([address, its]) => [address, { subject: new Set([address]), flows: its, whole: false }]),
    ),
    hotByService: new Map(
      [...new Set(serviceByDeposit.values())].sort().map((service) => [service, ofService(service)]),
    ),
    serviceByDeposit,
    kindOf: (address) => (labels.get(address)?.startsWith('transit') ? 'named "transit"' : 'without a name'),
  }
}

/** As somebody would state it who knows the hot wallets of a service. */
export function serviceTag(service: string, address: string, category = 'exchange'): Tag {
  const unsaid = { date: null, abuse: null, tagType: null, isClusterDefiner: null, context: null, creator: null }
  return newTag({
    ...unsaid,
    subject: {
      kind: 'address',
      chain: null,
      text: address,
      stated: address,
      currency: null,
      network: null,
      check: 'form',
    },
    label: service,
    source: 'emulated',
    confidence: { id: 'ownership', level: 100 },
    category,
    concepts: [],
    actor: service,
    validFrom: null,
    validTo: null,
    provenance: { file: 'emulated', sha256: '0'.repeat(64), index: 0, line: null },
  })
}

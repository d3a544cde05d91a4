/**
 * Which payment out of a bridge answers a payment into it on a chain of outputs. Only the protocol itself links them: the payment out
 * names the transaction that it answers, and nothing else speaks against it. Assets differ (it is a swap), so that amounts are not
 * compared. A link that a person rejected is not made; where several payments out fit, none is.
 */
import type { AccountStore } from '../../chains/index.ts'
import type { BridgeSide, BridgeStop, Crossing } from '../crossing.ts'
import { type BridgeEvent, compareEvents, normalTransferId } from './bridge-event.ts'
import { bridgeEventsOf } from './bridge-ledger.ts'
import { tokenKey } from './bridge-packs.ts'
import { CLOCK_SKEW_SECONDS } from './compare-ends.ts'
import { type Decoders, shippedDecoders } from './decoders.ts'
import { linkId } from './match-bridges.ts'
import type { MemoPayment } from './memos.ts'
import { sideOf } from './open-crossings.ts'

/** A payment by its memo, with where it stands. */
export type PlacedPayment = {
  readonly payment: MemoPayment
  readonly chain: string
  /** CAIP-19 of what was paid. */
  readonly paid: string
  readonly height: number
  readonly time: number | null
}

export type PaymentLink = {
  readonly of: PlacedPayment
  readonly id: string
  readonly source: BridgeEvent
  readonly destination: BridgeEvent
  readonly evidence: Readonly<Record<string, string>>
  readonly candidates: readonly BridgeEvent[]
}

export type UnlinkedPayment = {
  readonly of: PlacedPayment
  readonly source: BridgeEvent
  readonly reason: string
  readonly candidates: readonly BridgeEvent[]
}

const EVM_ADDRESS = /^0x[0-9a-f]{40}$/

/** Pure: the order of payments and events does not matter for what is linked. */
export function linkPayments(
  payments: readonly PlacedPayment[],
  events: readonly BridgeEvent[],
  rejected: ReadonlySet<string> = new Set(),
): { readonly links: readonly PaymentLink[]; readonly unlinked: readonly UnlinkedPayment[] } {
  const named = new Set(payments.map(({ payment }) => normalTransferId(payment.txid)))
  const answersById = Map.groupBy(
    events.filter(({ side, transferId }) => side === 'destination' && transferId !== null && named.has(transferId)),
    ({ transferId }) => transferId as string,
  )
  const links: PaymentLink[] = []
  const unlinked: UnlinkedPayment[] = []
  for (const of of payments) {
    const source = sourceOf(of)
    const answers = (answersById.get(source.transferId as string) ?? []).toSorted(compareEvents)
    const judged = answers.map((event) => ({ event, against: reasonsAgainst(of, source, event, rejected) }))
    const fitting = judged.filter(({ against }) => against.length === 0).map(({ event }) => event)
    const [destination] = fitting
    if (destination === undefined || fitting.length > 1) {
      unlinked.push({ of, source, candidates: answers, reason: whyNone(of, judged, fitting.length) })
      continue
    }
    const candidates = answers.filter((event) => event !== destination)
    const choice =
      candidates.length === 0 ? 'the only one that names it' : `${candidates.length} others name it and contradict it`
    links.push({
      of,
      id: linkId(source, destination),
      source,
      destination,
      evidence: { ...evidenceOf(of, destination), choice },
      candidates,
    })
  }
  return { links, unlinked }
}

/** The same over the ends in a store, in the form in which records name crossings. */
export async function crossingsOfPayments(
  store: AccountStore,
  payments: readonly PlacedPayment[],
  rejected: ReadonlySet<string> = new Set(),
  decoders: Decoders = shippedDecoders,
): Promise<{ readonly crossings: readonly Crossing[]; readonly stops: readonly BridgeStop[] }> {
  const { links, unlinked } = linkPayments(payments, await bridgeEventsOf(store, decoders), rejected)
  const sides = (events: readonly BridgeEvent[]) => Promise.all(events.map((event) => sideOf(store, event)))
  const crossings = links.map(
    async ({ of, id, source, destination, evidence, candidates }): Promise<Crossing> => ({
      id,
      bridge: of.payment.bridge,
      transferId: source.transferId,
      tier: 'protocol',
      source: sideOfPayment(of),
      destination: await sideOf(store, destination),
      evidence,
      candidates: await sides(candidates),
    }),
  )
  const stops = unlinked.map(
    async ({ of, reason, candidates }): Promise<BridgeStop> => ({
      bridge: of.payment.bridge,
      source: sideOfPayment(of),
      reason,
      candidates: await sides(candidates),
    }),
  )
  return { crossings: await Promise.all(crossings), stops: await Promise.all(stops) }
}

function sourceOf({ payment, chain, paid, time }: PlacedPayment): BridgeEvent {
  const { bridge, txid, amount, recipient, toChain } = payment
  return {
    ...{ side: 'source', bridge, transferId: normalTransferId(txid), chain, txid, logIndex: null, time },
    ...{ token: paid, amount, sender: null, recipient, otherChain: toChain, row: null },
  }
}

/** The place of an output is its number. */
function sideOfPayment({ payment, chain, paid, height, time }: PlacedPayment): BridgeSide {
  const { txid, vout, amount, refundTo, recipient } = payment
  return {
    ...{ chain, txid, logIndex: null, place: `${vout}`, height, time, asset: paid, amount },
    ...{ sender: refundTo, recipient },
  }
}

function reasonsAgainst(
  { payment, time }: PlacedPayment,
  source: BridgeEvent,
  event: BridgeEvent,
  rejected: ReadonlySet<string>,
): readonly string[] {
  const reasons: string[] = []
  if (event.bridge !== payment.bridge) reasons.push(`the bridges differ (${payment.bridge}, ${event.bridge})`)
  if (payment.toChain === null) reasons.push(`the memo asks for ${payment.asset}, on no chain that is read here`)
  else if (payment.toChain !== event.chain)
    reasons.push(`the memo asks for ${payment.toChain}, paid was on ${event.chain}`)
  if (isComparable(payment) && event.recipient !== null && event.recipient !== payment.recipient)
    reasons.push(`the recipients differ (${payment.recipient}, ${event.recipient})`)
  const contract = contractOf(payment)
  if (contract !== null && event.token !== null && !event.token.endsWith(contract))
    reasons.push(`the tokens differ (${payment.asset}, ${event.token})`)
  if (time !== null && event.time !== null && event.time < time - CLOCK_SKEW_SECONDS)
    reasons.push(`it is ${time - event.time} s before the payment`)
  if (rejected.has(linkId(source, event))) reasons.push(`the link ${linkId(source, event)} was rejected`)
  return reasons
}

/** Names in the bridge's own book of names are not addresses of the other chain. */
function isComparable({ recipient, toChain }: MemoPayment): boolean {
  return recipient !== null && (toChain?.startsWith('eip155:') !== true || EVM_ADDRESS.test(recipient))
}

/** The end of the contract's address that the asset bears (often shortened to its last digits). */
function contractOf({ asset, toChain }: MemoPayment): string | null {
  const digits = /-(?:0X)?([0-9A-F]{2,40})$/.exec(asset)?.[1]
  return digits !== undefined && toChain?.startsWith('eip155:') ? digits.toLowerCase() : null
}

function whyNone(
  { payment }: PlacedPayment,
  judged: readonly { readonly against: readonly string[] }[],
  fitting: number,
): string {
  if (payment.toChain === null) return `the memo asks for ${payment.asset}, which is on no chain that is read here`
  if (fitting > 1) return `not decided: ${fitting} payments name it, none better than the rest`
  const [first] = judged
  return first === undefined
    ? 'no payment in the imported data names it'
    : `${judged.length} name it, and something speaks against each: ${first.against.join('; ')}`
}

function evidenceOf({ payment, chain, time }: PlacedPayment, event: BridgeEvent): Record<string, string> {
  const compared = isComparable(payment) && event.recipient !== null
  const token = event.token === null ? null : tokenKey(event.chain, event.token).symbol
  return {
    bridge: `equal: ${payment.bridge}`,
    transferId: `equal: ${event.transferId}, named by the payment out`,
    chains: `stated by the memo: ${chain} to ${payment.toChain}`,
    recipient: compared
      ? `equal: ${event.recipient}`
      : `not compared: the memo says ${payment.recipient ?? 'the sender'}`,
    token: `the memo asks for ${payment.asset}, paid was ${token ?? event.token ?? 'what is not stated'}`,
    amount: 'not compared: another asset came out',
    time:
      time === null || event.time === null
        ? 'not compared: one side states no time'
        : `${event.time - time} s after the payment`,
    contract: 'the contract that wrote the payment out is held against no list of routers',
  }
}

/**
 * What agrees and what does not between a source and a destination: the evidence of a bridge link, and the reasons against it.
 * Nothing here decides; match-bridges.ts does.
 */
import type { BridgeEvent } from './bridge-event.ts'
import { bridgePackOf, type TokenKey, tokenKey, windowOf } from './bridge-packs.ts'

/** A destination of at most this much less than the source is near; in millionths. The rest is the fee. */
export const NEAR_PPM = 10_000
/** With everything else stated and equal, at most this much less. */
export const FAR_PPM = 50_000
/** An id is believed while the destination pays between a half and a twentieth more of what was given. */
export const LEAST_SHARE_PPM = 500_000
export const MOST_GAIN_PPM = 50_000
/** Clocks of two chains differ; an id is believed up to this much before its source. */
export const CLOCK_SKEW_SECONDS = 900

export type AmountClass = 'exact' | 'near' | 'far' | 'apart'
type Agreement = 'equal' | 'unknown' | 'differs'

export type Comparison = {
  readonly bridge: Agreement
  readonly chains: 'both' | 'one' | 'none' | 'differs'
  readonly recipient: Agreement | 'sender'
  readonly token: Agreement
  readonly amount: { readonly class: AmountClass; readonly believable: boolean; readonly text: string }
  /** Seconds from source to destination; `null` where one of them has no time. */
  readonly delay: number | null
  readonly windowSeconds: number
}

/** An event with what is asked of it again and again. */
export type End = { readonly event: BridgeEvent; readonly token: TokenKey | null; readonly gainPpm: number }

export function endOf(event: BridgeEvent): End {
  return {
    event,
    token: event.token === null ? null : tokenKey(event.chain, event.token),
    gainPpm: bridgePackOf(event.bridge)?.gainPpm ?? 0,
  }
}

export function compareEnds(source: End, destination: End): Comparison {
  const from = source.event
  const to = destination.event
  return {
    bridge: agreement(from.bridge, to.bridge),
    chains: compareChains(from, to),
    recipient: compareRecipients(from, to),
    token: compareTokens(source.token, destination.token),
    amount: compareAmounts(source, destination),
    delay: from.time === null || to.time === null ? null : to.time - from.time,
    windowSeconds: windowOf(from.bridge ?? to.bridge, from.chain),
  }
}

function agreement(a: string | null, b: string | null): Agreement {
  return a === null || b === null ? 'unknown' : a === b ? 'equal' : 'differs'
}

function compareChains(from: BridgeEvent, to: BridgeEvent): Comparison['chains'] {
  if (from.chain === to.chain) return 'differs'
  if (from.otherChain !== null && from.otherChain !== to.chain) return 'differs'
  if (to.otherChain !== null && to.otherChain !== from.chain) return 'differs'
  const stated = (from.otherChain === null ? 0 : 1) + (to.otherChain === null ? 0 : 1)
  return stated === 2 ? 'both' : stated === 1 ? 'one' : 'none'
}

/** Where the source names no recipient, its sender mostly is it; that is weaker and said. */
function compareRecipients(from: BridgeEvent, to: BridgeEvent): Comparison['recipient'] {
  if (to.recipient === null) return 'unknown'
  if (from.recipient !== null) return from.recipient === to.recipient ? 'equal' : 'differs'
  return from.sender !== null && from.sender === to.recipient ? 'sender' : 'unknown'
}

function compareTokens(a: TokenKey | null, b: TokenKey | null): Agreement {
  if (a === null || b === null) return 'unknown'
  if (a.symbol !== null && b.symbol !== null) return a.symbol === b.symbol ? 'equal' : 'differs'
  // The same contract address on two chains is the same deployer's token; different ones say nothing.
  return a.address !== null && a.address === b.address ? 'equal' : 'unknown'
}

/** Both amounts in the finer of the two tokens' units where both are known, else as they stand. */
export function sameUnits(source: End, destination: End): readonly [bigint, bigint] {
  const from = source.token?.decimals ?? null
  const to = destination.token?.decimals ?? null
  if (from === null || to === null || from === to) return [source.event.amount, destination.event.amount]
  const most = Math.max(from, to)
  return [source.event.amount * 10n ** BigInt(most - from), destination.event.amount * 10n ** BigInt(most - to)]
}

function compareAmounts(source: End, destination: End): Comparison['amount'] {
  const [given, paid] = sameUnits(source, destination)
  if (given === paid) return { class: 'exact', believable: true, text: 'equal' }
  if (given === 0n) return { class: 'apart', believable: false, text: `0 was given, ${paid} paid` }
  const change = ((paid - given) * 1_000_000n) / given
  const ppm = Number(change)
  const text = `${percent(ppm)} (${given} given, ${paid} paid)`
  if (paid > given) {
    const near = ppm <= source.gainPpm && (paid - given) * 1_000_000n <= given * BigInt(source.gainPpm)
    return { class: near ? 'near' : 'apart', believable: ppm <= MOST_GAIN_PPM, text }
  }
  const within = (most: number) => (given - paid) * 1_000_000n <= given * BigInt(most)
  return {
    class: within(NEAR_PPM) ? 'near' : within(FAR_PPM) ? 'far' : 'apart',
    believable: within(LEAST_SHARE_PPM),
    text,
  }
}

function percent(ppm: number): string {
  return `${ppm > 0 ? '+' : ppm < 0 ? '' : '-'}${(ppm / 10_000).toFixed(4).replace(/\.?0+$/, '')} %`
}

/** Why an equal id is not believed: each reason in words. None: it is. */
export function reasonsAgainstId(one: Comparison, source: End, destination: End): readonly string[] {
  const reasons: string[] = []
  if (one.bridge === 'differs') reasons.push(`the bridges differ (${source.event.bridge}, ${destination.event.bridge})`)
  if (one.chains === 'differs') reasons.push(chainsText(one, source.event, destination.event))
  if (one.token === 'differs') reasons.push(`the tokens differ (${source.event.token}, ${destination.event.token})`)
  if (!one.amount.believable) reasons.push(`the amounts are too far apart: ${one.amount.text}`)
  if (one.delay !== null && one.delay < -CLOCK_SKEW_SECONDS)
    reasons.push(`the destination is ${-one.delay} s before the source`)
  return reasons
}

/** Every field in words, for whoever has to check the link by hand. */
export function evidenceOf(one: Comparison, source: End, destination: End): Record<string, string> {
  const from = source.event
  const to = destination.event
  return {
    bridge:
      one.bridge === 'equal'
        ? `equal: ${from.bridge}`
        : one.bridge === 'unknown'
          ? notStated(from.bridge, to.bridge)
          : `differs: ${from.bridge}, ${to.bridge}`,
    transferId:
      from.transferId !== null && from.transferId === to.transferId
        ? `equal: ${from.transferId}`
        : notStated(from.transferId, to.transferId),
    chains: chainsText(one, from, to),
    recipient: recipientText(one, from, to),
    token:
      one.token === 'equal'
        ? 'equal'
        : one.token === 'differs'
          ? `differs: ${from.token}, ${to.token}`
          : 'not compared: no list here joins the two',
    amount: one.amount.text,
    time:
      one.delay === null
        ? 'not compared: one side states no time'
        : `${one.delay} s after the source, window ${one.windowSeconds} s${one.delay > one.windowSeconds ? ', later than is usual' : ''}`,
  }
}

function chainsText(one: Comparison, from: BridgeEvent, to: BridgeEvent): string {
  if (from.chain === to.chain) return `both sides are on ${from.chain}`
  if (one.chains === 'differs')
    return `differs: from ${from.chain} to ${from.otherChain ?? 'a chain not stated'}, but paid on ${to.chain} from ${to.otherChain ?? 'a chain not stated'}`
  return {
    both: `stated by both: ${from.chain} to ${to.chain}`,
    one: `stated by ${from.otherChain === null ? 'the destination' : 'the source'}: ${from.chain} to ${to.chain}`,
    none: `stated by neither: ${from.chain}, ${to.chain}`,
  }[one.chains]
}

function recipientText(one: Comparison, from: BridgeEvent, to: BridgeEvent): string {
  return {
    equal: `equal: ${to.recipient}`,
    sender: `the sender of the source, which states no recipient: ${to.recipient}`,
    unknown: to.recipient === null ? 'not stated by the destination' : 'not stated by the source',
    differs: `differs: ${from.recipient}, ${to.recipient}`,
  }[one.recipient]
}

function notStated(from: string | null, to: string | null): string {
  if (from === null && to === null) return 'stated by neither'
  return from === null
    ? 'not stated by the source'
    : to === null
      ? 'not stated by the destination'
      : `differs: ${from}, ${to}`
}

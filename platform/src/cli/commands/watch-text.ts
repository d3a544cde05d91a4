/** Watches, alarms and notices, for people and for programs. */
import { type ChainPack, shownAccountAddress } from '../../chains/index.ts'
import type { Json } from '../../kernel/index.ts'
import type { Alarm, Until } from '../../tracing/watch/index.ts'
import type { StoredAlarm, StoredNotice, StoredWatch, WatchedAddress } from '../../tracing/watch/store/index.ts'
import { coins, count, plain, utc } from '../present.ts'

export function noticeToText({ seq, kind, alarm }: StoredNotice, pack: Pick<ChainPack, 'asset'>): string {
  const { block, id } = alarm
  const where = `block ${block.height}, ${utc(block.time)}`
  const what = movementToText(alarm, pack)
  if (kind === 'raised') return `${seq} ALARM ${what}; ${where} [${id}]`
  if (kind === 'moved') return `${seq} moved: the block was replaced, and the alarm stands in ${where}: ${what} [${id}]`
  return `${seq} withdrawn: ${where} is stale, and no block of the chain holds it now: ${what} [${id}]`
}

export function movementToText(
  { direction, address, amount, asset, txid, place, watch }: Alarm,
  pack: Pick<ChainPack, 'asset'>,
): string {
  const own = asset === pack.asset.caip19
  const worth = amount === null ? 'an amount not known' : own ? coins(amount, pack) : `${amount} of ${asset}`
  const who = address === null ? 'an output without an address' : plain(shownAddress(address))
  return `${worth} ${direction === 'in' ? `came to ${who}` : `left ${who}`} in ${txid} (${place}), watch ${watch}`
}

/** As people compare it: on chains of the EVM with the checksum of EIP-55. */
function shownAddress(address: string): string {
  return address.startsWith('0x') ? shownAccountAddress(address) : address
}

export function noticeToJson({ seq, kind, alarm, at }: StoredNotice): Json {
  return { seq, kind, at, ...alarmFields(alarm) }
}

export function alarmToJson({ stands, ...alarm }: StoredAlarm): Json {
  return { ...alarmFields(alarm), stands }
}

function alarmFields({ id, chain, watch, txid, place, direction, address, output, asset, amount, block }: Alarm) {
  return {
    id,
    chain,
    watch,
    txid,
    place,
    direction,
    address,
    output,
    asset,
    amount: amount === null ? null : String(amount),
    block: { ...block },
  }
}

export function watchToJson(
  { id, chain, kind, subject, until, note, added, addresses, outputs, alarms }: StoredWatch,
  members: readonly WatchedAddress[] | null = null,
): Json {
  return {
    id,
    chain,
    kind,
    subject,
    addresses,
    outputs,
    until: until === null ? null : { ...until },
    note,
    added,
    alarms,
    ...(members === null
      ? {}
      : { members: members.map(({ address, why }) => ({ address, why: why === null ? null : { ...why } })) }),
  }
}

export function watchToText(
  { id, chain, kind, subject, until, note, addresses, outputs, alarms }: StoredWatch,
  members: readonly WatchedAddress[] | null = null,
): string {
  const what =
    kind === 'address'
      ? plain(subject)
      : `${plain(subject)} (${count(addresses, 'address', 'addresses')}, ${count(outputs, 'output')})`
  const head = `${id}  ${chain}  ${kind} ${what}, ${untilToText(until)}, ${count(alarms, 'alarm')}${note === null ? '' : `: ${plain(note)}`}`
  return [head, ...(members ?? []).map(memberToText)].join('\n')
}

export function memberToText({ address, why }: WatchedAddress): string {
  const joined = why === null ? '' : `, with ${plain(why.to)} in ${why.txid} (block ${why.height}, ${why.rule})`
  return `  ${plain(address)}${joined}`
}

function untilToText(until: Until): string {
  if (until === null) return 'without an end'
  return 'height' in until ? `to block ${until.height}` : `until ${utc(until.time)}`
}

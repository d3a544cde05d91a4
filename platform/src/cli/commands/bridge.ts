import { readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { basename } from 'node:path'
import { shippedAccountPacks } from '../../chains/index.ts'
import { isHex, type Json, orStop, stop } from '../../kernel/index.ts'
import {
  type BridgeEvent,
  type BridgeEventTable,
  type BridgeLink,
  type BridgeMatches,
  bridgeEventColumns,
  matchBridgeEvents,
  parseBridgeEvents,
} from '../../tracing/crossing/index.ts'
import type { Rejection } from '../../tracing/crossing/store/index.ts'
import { measuredInWords, measuredOf } from '../../tracing/index.ts'
import type { CommandDefinition } from '../command.ts'
import type { Desk } from '../desk.ts'
import { measuredToJson } from '../measured-json.ts'
import { count, plain, utc } from '../present.ts'
import { type Recomputed, recomputeTraces } from '../recompute-traces.ts'
import { assetAmount, party } from './account-words.ts'

/** So many of a list are shown to people; --json has all. */
const SHOWN = 20

export const bridgeMatch: CommandDefinition = {
  path: ['bridge', 'match'],
  summary: 'Join the two ends of bridge transfers, with the evidence of each link',
  about:
    'In tiers: by the id that the protocol gives, then by bridge, recipient, chains, token, amount and time, then by amount and time alone. What the data do not decide stays a candidate. Nothing is fetched; rejected links are not made again.',
  arguments: [],
  options: [
    { flags: '--events <file>', help: `a CSV file with the columns ${bridgeEventColumns.join(', ')}`, required: true },
    { flags: '--keep', help: 'write the links with their evidence into the book of links of the data folder' },
  ],
  examples: ['comity bridge match --events events.csv', 'comity bridge match --events events.csv --json'],
  async run(desk, _args, flags) {
    const path = String(flags.events)
    const table = orStop(parseBridgeEvents(readEvents(path), basename(path)))
    const book = await desk.linkBook()
    const matches = matchBridgeEvents(table.events, book.rejectedIds())
    if (flags.keep === true)
      book.keep(matches.pairs.map(({ id, tier, ...link }) => ({ id, tier, link: linkToJson({ id, tier, ...link }) })))
    return { exit: 0, json: matchesToJson(table, matches), text: matchesToText(table, matches) }
  },
}

export const bridgeReject: CommandDefinition = {
  path: ['bridge', 'reject'],
  summary: 'Reject a bridge link, with the reason; traces that depend on it are run again',
  about:
    'The link is not made again, and what competed with it is looked at anew. Every kept trace on which that changes anything is run again with its own parameters, as of the same block; its new record is kept beside the old one, which stays and says what took its place, why and by whom (comity trace list). Watches of such a trace go on from the new one. With --withdraw the rejection is taken back, in the same way.',
  arguments: [{ name: '<link-id>', help: 'as bridge match gives it' }],
  options: [
    { flags: '--reason <text>', help: 'why', required: true },
    { flags: '--by <who>', help: 'who says so (default: the name of the user of this machine)' },
    { flags: '--withdraw', help: 'take the rejection of this link back' },
  ],
  examples: ['comity bridge reject 3f2a… --reason "the recipient is another customer" --by "Analyst 7"'],
  async run(desk, [text = ''], flags) {
    const id = text.toLowerCase()
    if (!isHex(id, 32))
      stop('BRIDGE_LINK_ID_MALFORMED', `"${plain(text.slice(0, 90))}" is not the id of a link.`, {
        fix: 'Give 64 hexadecimal digits, as bridge match shows them.',
      })
    const reason = String(flags.reason).trim()
    if (reason === '')
      stop('FLAG_VALUE', 'A rejection, or its withdrawal, needs a reason.', { place: '--reason', fix: 'Say why.' })
    const by = flags.by === undefined ? userInfo().username : String(flags.by)
    const said = { id, by, reason, at: Math.floor(Date.now() / 1000) }
    return flags.withdraw === true ? withdraw(desk, said) : reject(desk, said)
  },
}

async function reject(desk: Desk, said: Rejection) {
  const book = await desk.linkBook()
  const { already, staleTraces } = book.reject(said)
  const { id, ...standing } = already ?? said
  const { by: who, reason, at } = standing
  const recomputed = await recomputeTraces(desk, { cause: 'link-rejected', link: id, who, reason, at })
  const word = already === null ? 'rejected' : 'was rejected before'
  const facts = { already: already !== null, withdrawn: false, kept: book.kept(id) !== null }
  return {
    exit: 0 as const,
    json: { id, ...standing, ...facts, staleTraces: [...staleTraces], recomputed: recomputed.map(recomputedToJson) },
    text: [
      `${word}: link ${id}, by ${plain(standing.by)} on ${utc(standing.at)}: ${plain(standing.reason)}`,
      ...recomputed.map(recomputedToText),
    ].join('\n'),
  }
}

async function withdraw(desk: Desk, { id, ...said }: Rejection) {
  const book = await desk.linkBook()
  if (!book.withdraw({ id, ...said }))
    stop('BRIDGE_LINK_NOT_REJECTED', `The link ${id} is not rejected.`, { fix: 'Leave --withdraw out.' })
  const { by: who, reason, at } = said
  const recomputed = await recomputeTraces(desk, { cause: 'rejection-withdrawn', link: id, who, reason, at })
  const facts = { already: false, withdrawn: true, kept: book.kept(id) !== null }
  return {
    exit: 0 as const,
    json: { id, ...said, ...facts, staleTraces: [], recomputed: recomputed.map(recomputedToJson) },
    text: [
      `taken back: the rejection of link ${id}, by ${plain(said.by)} on ${utc(said.at)}: ${plain(said.reason)}`,
      ...recomputed.map(recomputedToText),
    ].join('\n'),
  }
}

function recomputedToJson({ differences, watches, ...one }: Recomputed): Json {
  return {
    ...one,
    differences: differences.map(({ chain, address, asset, status, label, byRule }) => ({
      ...{ chain, address, asset, status, label },
      before: byRule.before ?? '0',
      after: byRule.after ?? '0',
    })),
    watches: [...watches],
  }
}

function recomputedToText({ trace, rule, by, file, why, fix, differences, watches }: Recomputed): string {
  const head = `  trace ${trace} (${rule})`
  if (by === null) return `${head} could not be run again: ${plain(why ?? '')}\n    ${plain(fix ?? '')}`
  if (by === trace) return `${head} was run again: nothing comes out otherwise`
  const money = (amount: string, asset: string, chain: string) => {
    // A trace may have come to a chain of which nothing is known but its events.
    const pack = shippedAccountPacks.find(({ caip2 }) => caip2 === chain)
    return pack ? assetAmount(BigInt(amount), asset, pack) : `${amount} of ${plain(asset)}`
  }
  return [
    `${head} is superseded by ${by}`,
    ...(file === null ? [] : [`    ${file}`]),
    ...differences.slice(0, SHOWN).map(({ chain, address, asset, status, label, byRule }) => {
      const [before, after] = [byRule.before ?? '0', byRule.after ?? '0'].map((one) => money(one, asset, chain))
      return `    ${chain} ${party(address)}, ${status}${label === '' ? '' : ` (${plain(label)})`}: ${before} → ${after}`
    }),
    ...(differences.length > SHOWN ? [`    … and ${differences.length - SHOWN} more (--json lists all)`] : []),
    ...watches.map((id) => `    its watch ${id} goes on from there`),
  ].join('\n')
}

function readEvents(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return stop('SOURCE_NOT_FOUND', 'There is no such file.', { place: path, fix: 'Check the path after --events.' })
  }
}

function matchesToJson({ events, repeated }: BridgeEventTable, matches: BridgeMatches): Json {
  return {
    events: events.length,
    repeated: repeated.map((one) => ({ ...one })),
    pairs: matches.pairs.map(({ candidates, ...link }) => ({
      ...(linkToJson(link) as Record<string, Json>),
      candidates: candidates.map(eventToJson),
    })),
    candidates: matches.candidates.map(({ reason, ...link }) => ({
      ...(linkToJson(link) as Record<string, Json>),
      reason,
    })),
    unmatched: matches.unmatched.map(({ event, reason }) => ({
      side: event.side,
      ...(eventToJson(event) as Record<string, Json>),
      reason,
    })),
    rejected: [...matches.rejected],
    measured: measuredToJson(measuredOf(tiersOf(matches))),
  }
}

function linkToJson({ id, tier, source, destination, evidence }: BridgeLink): Json {
  return {
    id,
    tier,
    bridge: source.bridge ?? destination.bridge,
    transferId: source.transferId !== null && source.transferId === destination.transferId ? source.transferId : null,
    source: eventToJson(source),
    destination: eventToJson(destination),
    evidence: { ...evidence },
  }
}

function eventToJson({ side: _side, txid, amount, row, ...event }: BridgeEvent): Json {
  return { row, tx: txid, amount: amount.toString(), ...event }
}

function matchesToText({ events, repeated }: BridgeEventTable, matches: BridgeMatches): string {
  const byTier = (tier: string) => matches.pairs.filter((pair) => pair.tier === tier).length
  const short = ({ chain, txid, amount, token }: BridgeEvent) =>
    `${plain(chain)} ${plain(txid)} ${amount} ${plain(token ?? '')}`.trim()
  const more = (list: readonly unknown[]) =>
    list.length > SHOWN ? [`  … and ${list.length - SHOWN} more (--json lists all)`] : []
  return [
    `${count(events.length, 'event')}: ${count(matches.pairs.length, 'pair')} (${byTier('protocol')} by protocol id, ${byTier('fields')} by fields, ${byTier('amount-time')} by amount and time), ${count(matches.candidates.length, 'candidate link')}, ${count(matches.unmatched.length, 'event')} unmatched`,
    ...repeated.map(({ row, of, contradicts }) =>
      contradicts
        ? `  ! row ${row} contradicts row ${of} about the same log; row ${of} counts`
        : `  ! row ${row} repeats row ${of}; it counts once`,
    ),
    ...matches.pairs
      .slice(0, SHOWN)
      .flatMap(({ id, tier, source, destination, evidence }) => [
        `${tier}: ${short(source)} → ${short(destination)} [${id}]`,
        ...['recipient', 'amount', 'time', 'choice'].map((field) => `    ${field}: ${plain(evidence[field] ?? '')}`),
      ]),
    ...more(matches.pairs),
    ...matches.candidates
      .slice(0, SHOWN)
      .map(
        ({ tier, source, destination, reason }) =>
          `candidate (${tier}): ${short(source)} → ${short(destination)}: ${plain(reason)}`,
      ),
    ...more(matches.candidates),
    ...matches.unmatched
      .slice(0, SHOWN)
      .map(({ event, reason }) => `unmatched ${event.side}: ${short(event)}: ${reason}`),
    ...more(matches.unmatched),
    ...matches.rejected.map((id) => `rejected, not made again: ${id}`),
    ...measuredInWords(measuredOf(tiersOf(matches))),
  ].join('\n')
}

/** As the figures of the release name them. */
function tiersOf({ pairs, candidates }: BridgeMatches): readonly string[] {
  return [...pairs, ...candidates].map(({ tier }) => `bridge-${tier}`)
}

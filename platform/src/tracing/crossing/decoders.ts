/**
 * The decoders that come with the program: packs/decoders. An event is known by its first topic, by which of its parameters are
 * topics, and where the pack names contracts, by who wrote it. Checked when the program starts: each first topic is the
 * Keccak-256 of its signature, and fields name parameters that are there.
 */
import bridges from '../../../../packs/decoders/bridges.json' with { type: 'json' }
import lending from '../../../../packs/decoders/lending.json' with { type: 'json' }
import mixers from '../../../../packs/decoders/mixers.json' with { type: 'json' }
import swaps from '../../../../packs/decoders/swaps.json' with { type: 'json' }
import type { LogEntry } from '../../chains/index.ts'
import { catchRefusal, orStop, type Refusal, type Result, stop } from '../../kernel/index.ts'
import { type AbiValues, decodeEvent } from './abi-decode.ts'
import { type AbiEvent, type AbiParameter, parseEvent } from './abi-type.ts'

export const decoderRoles = [
  'swap',
  'wrap',
  'unwrap',
  'deposit',
  'withdraw',
  'bridge-source',
  'bridge-destination',
  'mixer-deposit',
  'mixer-withdrawal',
] as const
export type DecoderRole = (typeof decoderRoles)[number]

export type Decoder = {
  readonly id: string
  /** As results name it: `uniswap-v2@1`. */
  readonly name: string
  readonly role: DecoderRole
  readonly bridge: string | null
  readonly event: AbiEvent
  readonly fields: Readonly<Record<string, string | readonly string[]>>
  /** A message inside a parameter, as packed bytes: names and lengths in order, and for which values of one it is read. */
  readonly message: DecoderMessage | null
  /** Chain → contracts; a chain that is not named here has none that count. Empty: whoever writes it. */
  readonly addresses: Readonly<Record<string, readonly string[]>>
  readonly chains: readonly string[]
  readonly source: string
  readonly verified: string
}

export type DecoderMessage = {
  readonly field: string
  readonly layout: readonly (readonly [name: string, bytes: number])[]
  readonly when: readonly [name: string, values: readonly string[]]
}

export type DecodedLog = { readonly decoder: Decoder; readonly log: LogEntry; readonly values: AbiValues }

export type Decoders = {
  readonly list: readonly Decoder[]
  readonly topics: (...roles: DecoderRole[]) => readonly string[]
  /** What is known of a log; `null` where nothing is. A log that only looks like a known event is a refusal. */
  readonly decode: (chain: string, log: LogEntry) => Result<DecodedLog> | null
}

export function openDecoders(packs: readonly unknown[]): Result<Decoders> {
  return catchRefusal(() => {
    const list = packs.flatMap((pack, index) => readPack(pack, `decoder pack ${index + 1}`))
    const ids = list.map(({ name }) => name)
    for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) wrong(id, 'is named twice')
    const byTopic = new Map<string, Decoder[]>()
    for (const decoder of list) {
      const others = byTopic.get(decoder.event.topic0)
      if (others === undefined) byTopic.set(decoder.event.topic0, [decoder])
      else others.push(decoder)
    }
    return {
      list,
      topics: (...roles) => [
        ...new Set(list.filter(({ role }) => roles.includes(role)).map(({ event }) => event.topic0)),
      ],
      decode: (chain, log) => decodeLog(byTopic.get(log.topics[0] ?? '') ?? [], chain, log),
    }
  })
}

/** The decoders in packs/decoders. */
export const shippedDecoders: Decoders = orStop(openDecoders([swaps, lending, bridges, mixers]))

function decodeLog(known: readonly Decoder[], chain: string, log: LogEntry): Result<DecodedLog> | null {
  let refused: Refusal | null = null
  for (const decoder of known) {
    if (decoder.chains.length > 0 && !decoder.chains.includes(chain)) continue
    if (Object.keys(decoder.addresses).length > 0 && !decoder.addresses[chain]?.includes(log.address)) continue
    // Two events may share a first topic and differ in what they put into topics.
    if (decoder.event.parameters.filter(({ indexed }) => indexed).length + 1 !== log.topics.length) continue
    const values = decodeEvent(decoder.event, log.topics, log.data)
    if (values.ok) return { ok: true, value: { decoder, log, values: values.value } }
    refused = values.refusal
  }
  return refused === null ? null : { ok: false, refusal: refused }
}

function readPack(pack: unknown, place: string): readonly Decoder[] {
  const { events } = (pack ?? {}) as { events?: unknown }
  if (!Array.isArray(events)) wrong(`${place}.events`, 'is not a list')
  return (events as unknown[]).map((entry, index) => readDecoder(entry, `${place}.events[${index}]`))
}

function readDecoder(entry: unknown, at: string): Decoder {
  if (typeof entry !== 'object' || entry === null) wrong(at, 'is not an object')
  const of = entry as Readonly<Record<string, unknown>>
  const text = (name: string): string => {
    const value = of[name]
    return typeof value === 'string' && value !== '' ? value : wrong(`${at}.${name}`, 'is not a text')
  }
  const id = text('id')
  if (!Number.isSafeInteger(of.version)) wrong(`${at}.version`, 'is not a whole number')
  const event = parseEvent(text('event'), `${at}.event`)
  if (text('topic0') !== event.topic0)
    wrong(`${at}.topic0`, `is not the hash of ${event.signature}, which is ${event.topic0}`)
  const role =
    decoderRoles.find((one) => one === of.role) ?? wrong(`${at}.role`, `is not one of ${decoderRoles.join(', ')}`)
  const decoder: Decoder = {
    id,
    name: `${id}@${String(of.version)}`,
    role,
    bridge: of.bridge === undefined ? null : text('bridge'),
    event,
    fields: (of.fields ?? {}) as Decoder['fields'],
    message: (of.message ?? null) as DecoderMessage | null,
    addresses: (of.addresses ?? {}) as Decoder['addresses'],
    chains: (of.chains ?? []) as readonly string[],
    source: text('source'),
    verified: text('verified'),
  }
  if (role.startsWith('bridge-') !== (decoder.bridge !== null))
    wrong(`${at}.bridge`, 'stands with events of bridges only')
  for (const list of Object.values(decoder.addresses))
    for (const address of list) if (!/^0x[0-9a-f]{40}$/.test(address)) wrong(`${at}.addresses`, `holds ${address}`)
  checkFields(decoder, at)
  return decoder
}

/** Every name that a field refers to is a parameter, a part of the message, or one of the words that need none. */
function checkFields({ fields, event, message }: Decoder, at: string): void {
  const known = new Set([...namesOf(event.parameters, ''), ...(message?.layout.map(([name]) => name) ?? [])])
  if (message !== null && !known.has(message.field)) wrong(`${at}.message.field`, 'is no parameter')
  const check = (name: string, field: string) => {
    if (!known.has(name)) wrong(`${at}.fields.${field}`, `names ${name}, which the event does not have`)
  }
  for (const [field, value] of Object.entries(fields)) {
    if (typeof value !== 'string') for (const name of value) check(name, field)
    else if (field === 'transferId') {
      for (const [, name = ''] of value.matchAll(/\{([^}]+)\}/g)) {
        if (/^(txid|chain|number:[a-z]+)$/.test(name)) continue
        check(name.split(':')[0] ?? '', field)
      }
    } else if (field === 'otherChain') {
      if (!value.startsWith('=')) check(value.split(':')[1] ?? '', field)
    } else if (!value.startsWith('@')) for (const name of value.split('-')) check(name, field)
  }
}

function namesOf(parameters: readonly AbiParameter[], before: string): readonly string[] {
  return parameters.flatMap(({ name, type }) => [
    `${before}${name}`,
    ...(type.kind === 'tuple' ? namesOf(type.parts, `${before}${name}.`) : []),
  ])
}

function wrong(at: string, why: string): never {
  return stop('DECODER_PACK_FIELD', `${at} ${why}.`, { place: at, fix: 'Correct this field of the decoder pack.' })
}

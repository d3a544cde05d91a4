/**
 * Logs of contracts decoded, strictly, beside viem, which reads the same events leniently (dirty padding passes there), and
 * beside the limit: turning the digits of the same logs into bytes, and nothing more.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Abi, decodeAbiParameters, decodeEventLog } from 'viem'
import type { LogEntry } from '../../platform/src/chains/index.ts'
import { shippedDecoders } from '../../platform/src/tracing/crossing/index.ts'
import { floors } from '../floors.ts'
import { type Context, type Finding, median, rate, timeRuns } from '../measure.ts'

const LOGS = 200_000
const task = 'decode logs'
const vectors = fileURLToPath(new URL('../../vectors/decoders/logs.json', import.meta.url))

type Parameter = (typeof shippedDecoders.list)[number]['event']['parameters'][number]
type Hex = `0x${string}`
type Input = { name: string; type: string; indexed: boolean; components?: readonly Input[] }
type Read = { readonly log: LogEntry; readonly event: Input[]; readonly plain: Input[]; readonly name: string }

export function decodeLogs({ runs, say }: Context): Finding[] {
  const real = (JSON.parse(readFileSync(vectors, 'utf8')) as { readonly log: LogEntry }[]).map(({ log }) => log)
  const reads = real.map(describe)
  say('decode logs')
  const ours = measure(runs, () => decoded(real, (log) => shippedDecoders.decode('eip155:1', log)?.ok ?? false))
  const abis: readonly Abi[] = reads.map(({ name, event }) => [{ type: 'event', name, inputs: event }])
  const viem = measure(runs, () =>
    decoded(real, (log, which) => {
      const topics = log.topics as [Hex, ...Hex[]]
      return decodeEventLog({ abi: abis[which] as Abi, topics, data: log.data as Hex }).args !== undefined
    }),
  )
  const parameters = measure(runs, () =>
    decoded(real, (log, which) => {
      const { plain } = reads[which] as Read
      return plain.length === 0 || decodeAbiParameters(plain, log.data as Hex).length > 0
    }),
  )
  const texts = real.map(({ topics, data }) => topics.map((topic) => topic.slice(2)).join('') + data.slice(2))
  const limit = measure(runs, () => decoded(real, (_, which) => Buffer.from(texts[which] ?? '', 'hex').length > 0))
  const against = (contender: string, other: Timed, floor?: number, note?: string): Finding => ({
    task,
    contender,
    ms: other.ms,
    millionPerSecond: other.speed,
    ratio: ours.speed / other.speed,
    ...(floor !== undefined && { floor }),
    ...(note !== undefined && { note }),
    answer: other.answer,
  })
  return [
    { task, contender: 'decoder packs', ms: ours.ms, millionPerSecond: ours.speed, answer: ours.answer },
    against(
      'viem, decodeEventLog',
      viem,
      floors.decode.viem,
      'without looking the event up; it hashes its signature each time',
    ),
    against('viem, decodeAbiParameters', parameters, floors.decode.viemData, 'the data alone, without topics'),
    against('hexadecimal to bytes (Node.js)', limit, floors.decode.ofLimit, 'the limit of whatever reads these texts'),
  ]
}

type Timed = { readonly ms: number; readonly speed: number; readonly answer: string }

function measure(runs: number, body: () => number): Timed {
  const ms = median(timeRuns(runs, body))
  return { ms, speed: rate(LOGS, ms), answer: String(body()) }
}

function decoded(real: readonly LogEntry[], read: (log: LogEntry, which: number) => boolean): number {
  let count = 0
  for (let index = 0; index < LOGS; index += 1) {
    const which = index % real.length
    if (read(real[which] as LogEntry, which)) count += 1
  }
  return count
}

/** The event of a log as viem takes it; both must read the same values, or the bench ends here. */
function describe(log: LogEntry): Read {
  const found = shippedDecoders.decode('eip155:1', log)
  if (found === null || !found.ok) throw new Error(`a log of ${vectors} is not decoded: ${log.topics[0]}`)
  const { event } = found.value.decoder
  const inputs = event.parameters.map(asInput)
  const { args } = decodeEventLog({
    abi: [{ type: 'event', name: event.name, inputs }] as Abi,
    topics: log.topics as [Hex, ...Hex[]],
    data: log.data as Hex,
  })
  const [ours, theirs] = [found.value.values, args].map((values) =>
    JSON.stringify(values, (_, value: unknown) => (typeof value === 'object' ? value : String(value).toLowerCase())),
  )
  const [mine, other] = [ours, theirs].map((text) =>
    Object.entries(JSON.parse(text ?? '{}'))
      .sort()
      .join(' '),
  )
  if (mine !== other) throw new Error(`${event.signature}: we read ${ours}, viem reads ${theirs}`)
  return { log, event: inputs, plain: inputs.filter(({ indexed }) => !indexed), name: event.name }
}

function asInput({ name, type, indexed }: Parameter): Input {
  let [inner, suffix] = [type, '']
  while (inner.kind === 'array') {
    suffix = `[${inner.length ?? ''}]${suffix}`
    inner = inner.of
  }
  if (inner.kind === 'tuple') return { name, type: `tuple${suffix}`, indexed, components: inner.parts.map(asInput) }
  const word =
    inner.kind === 'uint' || inner.kind === 'int'
      ? `${inner.kind}${inner.bits}`
      : inner.kind === 'fixed'
        ? `bytes${inner.size}`
        : inner.kind
  return { name, type: `${word}${suffix}`, indexed }
}

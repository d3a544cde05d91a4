/**
 * The third case of the demonstration: a theft on Ethereum as an analyst's table tells it, through aggregators, swaps and bridges to
 * exchanges. Its figures are secondary: they are traced and shown, and no record of them is written.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse as parseCsv } from 'csv-parse/sync'
import { type AccountPack, shippedAccountPacks } from '../../chains/index.ts'
import { type AccountTraceRecord, accountRuleIds } from '../../tracing/index.ts'
import type { Desk } from '../desk.ts'
import { count, table } from '../present.ts'
import { assetAmount, party } from './account-words.ts'
import { importAccounts } from './chain-import-accounts.ts'
import { runAccountRules } from './trace-accounts.ts'

type Step = AccountTraceRecord['result']['flow'][number]
type Place = { readonly address: string; readonly name: string; came: bigint; passedOn: bigint }
type Path = { readonly amount: bigint; readonly through: readonly string[] }

/** Answers the digests of what was traced, by rule. */
export async function demoAccounts(
  desk: Desk,
  root: string,
  say: (text: string) => void,
): Promise<Readonly<Record<string, string>>> {
  const pack = shippedAccountPacks.find(({ aliases }) => aliases.includes('ethereum')) as AccountPack
  const folder = join(root, 'samples/eth-crime-flows')
  const { text } = await importAccounts(desk, pack, 'flow-csv', [join(folder, '54m.csv')], { knownPacks: [] })
  say(`   ${text.trim().replaceAll('\n', '\n   ')}`)
  const ends = readTable(join(folder, '54m-ends.csv'))
  const sources = ends.filter(({ end }) => end === 'source').map(({ address }) => address ?? '')
  const flags = {
    chain: pack.caip2,
    asset: 'usd-flow',
    from: sources.map((address, at) => `${address}@thief-${at + 1}`),
  }
  const records = await runAccountRules(desk, flags, accountRuleIds, pack)
  const fifo = records.find(({ rule }) => rule.id === 'fifo') as AccountTraceRecord
  const names = namesIn(join(folder, '54m.csv'))
  for (const line of describeFlow(fifo, names, sources, pack)) say(line)
  say(rulesTable(records, pack))
  return Object.fromEntries(records.map(({ rule, digest }) => [rule.id, digest]))
}

function describeFlow(
  { result }: AccountTraceRecord,
  names: ReadonlyMap<string, string>,
  sources: readonly string[],
  pack: AccountPack,
): string[] {
  const money = (amount: bigint) =>
    assetAmount(amount, `${pack.caip2}/usd:flow`, pack).replace(' (as an analyst says)', '')
  const places = namedPlaces(result.flow, names)
  const rests = ({ came, passedOn }: Place) => came - passedOn
  const ended = places.filter((place) => rests(place) > 0n).sort((a, b) => Number(rests(b) - rests(a)))
  const crossed = places.filter(({ passedOn }) => passedOn > 0n).slice(0, 5)
  const rows = (shown: readonly Place[], amount: (place: Place) => bigint) =>
    table(
      shown.map((place) => [`     ${money(amount(place))}`, `  ${place.name}`, party(place.address)]),
      [0],
    )
  const held = ended.filter(({ address }) => !/^0x0+$/.test(address))
  const path = widestThrough(result.flow, sources, crossed, held)
  return [
    '   through these it went on, into other assets and other hands:',
    rows(crossed, ({ passedOn }) => passedOn),
    '   and here it ended, or left the chain:',
    rows(ended.slice(0, 8), rests),
    ...(path
      ? [
          `   one way, ${money(path.amount)}: ${path.through.map((address) => names.get(address) ?? party(address)).join(' → ')}`,
        ]
      : []),
  ]
}

/** Places that have a name of their own, the largest first; wallets that the analyst only numbered are left out. */
function namedPlaces(flow: readonly Step[], names: ReadonlyMap<string, string>): readonly Place[] {
  const places = new Map<string, Place>()
  const at = (address: string | null) => {
    const name = address === null ? undefined : names.get(address)
    if (address === null || name === undefined || /^(transit_|Fake_)/.test(name)) return null
    const place = places.get(address) ?? { address, name, came: 0n, passedOn: 0n }
    places.set(address, place)
    return place
  }
  for (const { from, to, traced } of flow) {
    const [payer, payee] = [at(from), at(to)]
    if (payer) payer.passedOn += BigInt(traced)
    if (payee) payee.came += BigInt(traced)
  }
  return [...places.values()].sort((a, b) => Number(b.came - a.came))
}

/** The way from a source to a named end that crosses a named place and carries most, payments in their order. */
function widestThrough(
  flow: readonly Step[],
  sources: readonly string[],
  crossed: readonly Place[],
  ended: readonly Place[],
): Path | null {
  const between = new Set(crossed.map(({ address }) => address))
  const plain = new Map<string, Path>(sources.map((address) => [address, { amount: 2n ** 255n, through: [address] }]))
  const through = new Map<string, Path>()
  for (const { from, to, traced } of flow) {
    if (from === null || to === null) continue
    for (const ways of [plain, through]) {
      const way = ways.get(from)
      if (!way || way.through.includes(to)) continue
      const amount = BigInt(traced) < way.amount ? BigInt(traced) : way.amount
      const into = ways === through || between.has(from) ? through : plain
      if (amount > (into.get(to)?.amount ?? 0n)) into.set(to, { amount, through: [...way.through, to] })
    }
  }
  const reached = ended.flatMap(({ address }) => through.get(address) ?? [])
  return reached.sort((a, b) => Number(b.amount - a.amount))[0] ?? null
}

function rulesTable(records: readonly AccountTraceRecord[], pack: AccountPack): string {
  const rows = records.map(({ rule, result }) => {
    const [ledger] = result.ledgers
    const amount = (text: string | undefined) => assetAmount(BigInt(text ?? 0), `${pack.caip2}/usd:flow`, pack)
    return [
      `     ${rule.id}`,
      amount(ledger?.root).replace(' (as an analyst says)', ''),
      count(result.positions.length, 'end'),
      ledger?.balanced ? 'adds up' : 'DOES NOT ADD UP',
    ]
  })
  return table([['     rule', 'went in', 'ends', ''], ...rows], [1, 2])
}

function namesIn(path: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const { From, From_label, To, To_label } of readTable(path)) {
    if (From && From_label) names.set(From.toLowerCase(), From_label)
    if (To && To_label) names.set(To.toLowerCase(), To_label)
  }
  return names
}

function readTable(path: string): readonly Readonly<Record<string, string>>[] {
  return parseCsv(readFileSync(path), { columns: true, bom: true, skip_empty_lines: true, trim: true })
}

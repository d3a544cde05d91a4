/**
 * `npm start`: three real cases, offline, from the samples of the repository: imported, tagged, traced under every rule,
 * compared and reported. The data folder of the demonstration is its own.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { parse as parseCsv } from 'csv-parse/sync'
import { type ChainPack, type ChainStore, importSource, shippedChainPacks } from '../../chains/index.ts'
import { orStop, parseDecimal, stop } from '../../kernel/index.ts'
import {
  compareRules,
  type Divergence,
  findPaths,
  openLedgerWindow,
  recordToText,
  ruleIds,
  type TraceRecord,
} from '../../tracing/index.ts'
import { readTagFile } from '../../tracing/tags/sources/read-tag-file.ts'
import type { CommandDefinition, Flags } from '../command.ts'
import { type Desk, openDesk } from '../desk.ts'
import { coins, count, table, utc } from '../present.ts'
import { demoAccounts } from './demo-accounts.ts'
import { runRules } from './trace-run.ts'
import { ledgerToText } from './trace-text.ts'
import { writeReport } from './trace-verify.ts'

/** Facts of the public ledger, see samples/colonial2021/MANIFEST.md. */
const RANSOM = '6a798026d44af27dbacd28ea21462808df8deca51794cec80c1b59e07ef924a2'
const LAST_KNOWN = '915fb4f0a030937f2c1d2210996e8eb32b5a41b331965c7ec78961923775bd62'
const CONSOLIDATION = 'daf38c7b38eb0a587cf843f47000d5c294affb4f56017370ad48c5147f5e69d9'

export const demo: CommandDefinition = {
  path: ['demo'],
  summary: 'Trace three real cases from the samples: Colonial Pipeline 2021, Bitfinex 2016, a theft on Ethereum 2024',
  about: 'Works offline. Everything it makes lies in one folder.',
  arguments: [],
  options: [{ flags: '--out <folder>', help: 'where to write (default: out/demo in the workspace)' }],
  examples: ['comity demo', 'comity demo --out /tmp/comity-demo'],
  async run(desk, _args, flags) {
    const root = workspaceRoot()
    const out = flags.out === undefined ? join(root, 'out', 'demo') : String(flags.out)
    mkdirSync(out, { recursive: true })
    const own = openDesk(join(out, 'home'), 30_000, desk.progress, desk.environment)
    try {
      const results = await runCases(own, root, out)
      say('\n4. Ethereum, August 2024: 54 million dollars, as an analyst followed them')
      const accounts = await demoAccounts(own, root, say)
      return {
        exit: 0,
        json: {
          out,
          cases: results.map(({ name, records, report }) => ({
            name,
            report,
            digests: Object.fromEntries(records.map((record) => [record.rule.id, record.digest])),
          })),
          accounts,
        },
        text: nextSteps(root, out, results),
      }
    } finally {
      await own.close()
    }
  },
}

type CaseResult = { readonly name: string; readonly records: readonly TraceRecord[]; readonly report: string }

export function workspaceRoot(): string {
  return (
    findWorkspace() ??
    stop('SAMPLES_MISSING', 'The samples are not here: the demonstration runs from a clone of the repository.', {
      fix: 'Clone the repository and run npm start there.',
    })
  )
}

/** The folder of the repository that this program lies in; `null` where it was installed without its samples. */
export function findWorkspace(): string | null {
  for (let folder = dirname(fileURLToPath(import.meta.url)); folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'samples', 'colonial2021'))) return folder
  }
  return null
}

async function runCases(desk: Desk, root: string, out: string): Promise<CaseResult[]> {
  const pack = shippedChainPacks.find(({ aliases }) => aliases.includes('bitcoin')) as ChainPack
  const store = await desk.store()
  say('1. Import the ledger: every transaction is hashed here and must give its own id')
  await importInto(desk, store, pack, join(root, 'samples/colonial2021'), 'the Colonial Pipeline transactions')
  await importInto(desk, store, pack, join(root, 'samples/bitfinex2016/ledger'), 'the Bitfinex transactions')
  await importTags(desk, root)

  const results: CaseResult[] = []
  say('\n2. Colonial Pipeline, May 2021: a ransom of 75 BTC')
  results.push(
    await traceCase(desk, pack, out, {
      folder: 'colonial-ransom',
      title: 'Colonial Pipeline: the ransom of 8 May 2021',
      intro:
        'The ransom payment, forwards. The imported data holds one more hop; what came after is a gap, and it is not bridged.',
      flags: { from: [`${RANSOM}:3@ransom`] },
    }),
  )
  say(await gap(store, pack))
  results.push(
    await traceCase(desk, pack, out, {
      folder: 'colonial-seizure',
      title: 'Colonial Pipeline: the wallet named in the seizure papers',
      intro:
        'From the wallet that the seizure papers name, up to the seizure (30 June 2021): 63.7 BTC lie where they were seized.',
      flags: { from: [`${CONSOLIDATION}:0@affiliate`], until: '2021-06-30' },
    }),
  )
  say('\n3. Bitfinex, August 2016: 2,072 thefts, and the seizure of February 2022')
  const seedFile = join(out, 'bitfinex-seeds.csv')
  writeFileSync(seedFile, bitfinexSeeds(root, pack))
  say(`   seeds: ${relative(process.cwd(), seedFile)} (2,072 sources, each kept apart)`)
  results.push(
    await traceCase(desk, pack, out, {
      folder: 'bitfinex',
      title: 'Bitfinex: 2,072 thefts to the seizure of 2022',
      intro: 'Every stolen output that the imported data shows, and every other as its claim states it.',
      flags: { fromFile: seedFile },
    }),
  )
  const bitfinex = results.at(-1)?.records.find(({ rule }) => rule.id === 'fifo')
  if (bitfinex) for (const line of sharesPerSource(bitfinex, pack)) say(line)
  return results
}

/** Where the seized value of the Colonial case went next; that the exchange of the story holds it is a fiction. */
const ENDPOINT = 'bc1q20yetypzeukflzlg3qkgfjl8awtklq85t5vct3'

/** A trace of the sample case that ends at a service: the ledger is real, the tag is of the story. */
export async function storyTrace(desk: Desk, root: string, home: string): Promise<string> {
  const own = openDesk(home, 30_000, desk.progress, desk.environment)
  try {
    const pack = shippedChainPacks.find(({ aliases }) => aliases.includes('bitcoin')) as ChainPack
    await importInto(own, await own.store(), pack, join(root, 'samples/colonial2021'), 'the ledger of the case')
    const tagFile = join(home, 'example-exchange.yaml')
    writeFileSync(
      tagFile,
      [
        ...[
          'title: The exchange of the story',
          'creator: comity',
          'tags:',
          `  - address: ${ENDPOINT}`,
          '    currency: BTC',
        ],
        ...['    label: Example Exchange', '    source: https://exchange.example', '    category: exchange'],
        ...['    confidence: ownership', '    lastmod: 2026-01-01', ''],
      ].join('\n'),
    )
    const tags = await own.tagStore()
    orStop(await tags.importFile(orStop(await readTagFile(tagFile)), Math.floor(Date.now() / 1000)))
    const flags = { chain: pack.caip2, stopAtTags: true, from: [`${CONSOLIDATION}:0@ransom`] }
    const [record] = await runRules(own, flags, ['fifo'])
    return recordToText(record as TraceRecord)
  } finally {
    await own.close()
  }
}

/** Whose money reached the largest end that the ledger shows: the wallet of the seizure. */
function sharesPerSource(record: TraceRecord, pack: ChainPack): string[] {
  const [largest] = record.result.positions
    .filter(({ height }) => height !== null)
    .sort((a, b) => (BigInt(a.traced) > BigInt(b.traced) ? -1 : 1))
  if (!largest) return []
  const shares = Object.entries(largest.bySeed).sort(([, a], [, b]) => (BigInt(a) > BigInt(b) ? -1 : 1))
  return [
    `   ${count(shares.length, 'source')} of ${count(record.seeds.length, 'source')} reach ${short(largest.txid)}:${largest.vout} ${largest.address ?? ''}, worth ${coins(largest.amount, pack)}; the largest shares:`,
    ...shares.slice(0, 3).map(([label, amount]) => `     ${coins(amount, pack).padStart(24)}  ${label}`),
    '     every share is in the report and in split-fifo.csv beside it',
  ]
}

async function importInto(desk: Desk, store: ChainStore, pack: ChainPack, path: string, what: string): Promise<void> {
  const { openImporter } = await import('../../chains/sources/index.ts')
  const importer = orStop(await openImporter('esplora', [path], pack, { knownPacks: shippedChainPacks }))
  const { report, state } = await importSource(store, importer, desk.progress)
  desk.progress.done()
  say(
    `   ${what}: ${count(report.counts.transactions, 'transaction')}, ${count(report.counts.inputs, 'input')}, ${count(report.counts.outputs, 'output')}, ${count(report.defects.length, 'defect')}${state === 'known' ? ' (imported before)' : ''}`,
  )
  for (const defect of report.defects)
    say(`     ! ${defect.code}${defect.count > 1 ? ` ×${defect.count}` : ''}: ${defect.message}`)
}

async function importTags(desk: Desk, root: string): Promise<void> {
  const store = await desk.tagStore()
  let tags = 0
  const names = [
    'packs/exchange-wallets-bitfinexcom.yaml',
    'packs/walletexplorer.yaml',
    'packs/ransomwhere.yaml.gz',
    'ofac/sanctioned_addresses_XBT.txt',
  ].map((name) => join(root, 'samples/tags', name))
  for (const path of names) {
    const { file } = orStop(await store.importFile(orStop(await readTagFile(path)), Math.floor(Date.now() / 1000)))
    tags += file.tags
  }
  say(
    `   tags: ${count(tags, 'tag')} from ${count(names.length, 'file')} (service wallets, ransom addresses, sanctions)`,
  )
}

async function traceCase(
  desk: Desk,
  pack: ChainPack,
  out: string,
  plan: { folder: string; title: string; intro: string; flags: Flags },
): Promise<CaseResult> {
  say(`   ${plan.intro}`)
  const records = await runRules(desk, { chain: pack.caip2, stopAtTags: true, ...plan.flags }, ruleIds)
  const folder = join(out, plan.folder)
  mkdirSync(folder, { recursive: true })
  for (const record of records) writeFileSync(join(folder, `trace-${record.rule.id}.json`), recordToText(record))
  const fifo = records.find(({ rule }) => rule.id === 'fifo') as TraceRecord
  say(`   under first in, first out (Clayton's case), as of block ${fifo.asOf.height} (${utc(fifo.asOf.time)}):`)
  for (const line of largestEnds(fifo, pack)) say(line)
  say(ledgerToText(fifo, pack).replace(/^/gm, '  '))
  say(rulesTable(compareRules(records), pack))
  // The first record leads the report: the rule most often argued, before those it is compared with.
  writeReport(join(folder, 'report'), [fifo, ...records.filter((record) => record !== fifo)], plan.title)
  const report = join(folder, 'report', 'index.html')
  say(`   report: ${relative(process.cwd(), report)}`)
  return { name: plan.title, records, report }
}

/** The ransom's last known output and the wallet of the seizure are both in the data; nothing in it links them. */
async function gap(store: ChainStore, pack: ChainPack): Promise<string> {
  const { tip } = await store.status(pack.caip2)
  const window = openLedgerWindow(store, pack, tip?.height ?? 0)
  const budget = { maxHops: 100, maxTransactions: 100_000, maxPaths: 1 }
  const answer = await findPaths(window, [{ txid: LAST_KNOWN, vout: 1 }], (txid) => txid === CONSOLIDATION, budget)
  return answer.found
    ? `   the imported data links ${short(LAST_KNOWN)} with ${short(CONSOLIDATION)} in ${count(answer.hops ?? 0, 'hop')}`
    : `   GAP: no imported transaction leads from ${short(LAST_KNOWN)}:1 to ${short(CONSOLIDATION)}, the wallet of the seizure papers. It is not bridged.`
}

function short(txid: string): string {
  return `${txid.slice(0, 8)}…`
}

function largestEnds(record: TraceRecord, pack: ChainPack): string[] {
  const ends = [...record.result.positions].sort((a, b) => (BigInt(a.traced) > BigInt(b.traced) ? -1 : 1)).slice(0, 4)
  return ends.map(
    (end) =>
      `     ${coins(end.traced, pack).padStart(24)}  ${end.status.padEnd(12)}  ${end.txid.slice(0, 8)}…:${end.vout ?? (end.status === 'fee' ? 'fee' : '?')} ${end.address ?? ''}`,
  )
}

function rulesTable(divergence: Divergence, pack: ChainPack): string {
  const rows = divergence.byStatus.map((row) => [
    `     ${row.rule}`,
    coins(row.dataEnds, pack),
    coins(row.notFollowed, pack),
    coins(row.fee, pack),
    String(row.ends),
    row.balanced ? 'adds up' : 'DOES NOT ADD UP',
  ])
  return table([['     rule', 'data ends', 'not followed', 'fees', 'ends', ''], ...rows], [1, 2, 3, 4])
}

/** The list of thefts in our own seed table. `claimed` is the amount of the list, which includes the fee of each theft. */
export function bitfinexSeeds(root: string, pack: ChainPack): string {
  const text = gunzipSync(readFileSync(join(root, 'samples/bitfinex2016/bitfinex_tx_dataset.csv.gz'))).toString('utf8')
  const rows: Record<string, string>[] = parseCsv(text, {
    columns: true,
    bom: true,
    skip_empty_lines: true,
    trim: true,
  })
  const lines = rows.map((row, index) => {
    const claimed = orStop(parseDecimal(row.amount ?? '', pack.asset.decimals))
    return `${row.txid},${row.to},${claimed},theft-${String(index + 1).padStart(4, '0')}`
  })
  return `txid,address,claimed,label\n${lines.join('\n')}\n`
}

function nextSteps(root: string, out: string, results: readonly CaseResult[]): string {
  const here = (path: string) => relative(process.cwd(), path) || path
  const home = here(join(out, 'home'))
  return [
    '',
    'Made here:',
    ...results.map(({ name, report }) => `  ${name}\n    ${here(report)}`),
    `  trace records beside each report, data in ${home}`,
    '',
    'Try next:',
    `  npx comity trace verify ${here(join(out, 'colonial-seizure/trace-fifo.json'))} --home ${home}`,
    `  npx comity chain status --home ${home}`,
    `  npx comity trace compare --home ${home} --chain bitcoin --from-file ${here(join(out, 'bitfinex-seeds.csv'))} --rules fifo,haircut`,
    '  npx comity trace run --help',
    ...(root === process.cwd() ? [] : [`  (in ${root})`]),
  ].join('\n')
}

function say(text: string): void {
  if (text !== '') process.stderr.write(`${text}\n`)
}

/** Traces for reports: one that ends in every way, one with a crowd, one with hostile labels, and two of real events. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { shippedChainPacks } from '../../src/chains/index.ts'
import { openImporter } from '../../src/chains/sources/index.ts'
import { openDuckDbChainStore } from '../../src/chains/store/index.ts'
import { orStop, parseDecimal } from '../../src/kernel/index.ts'
import {
  openTrace,
  parseSeed,
  type RuleId,
  resolveSeeds,
  type SeedText,
  type TraceRecord,
} from '../../src/tracing/index.ts'
import type { PlainTx } from '../../src/tracing/testing/memory-ledger.ts'
import { type Trial, tryTrace } from '../../src/tracing/testing/try-trace.ts'

const COIN = 100_000_000n

/** Unspent, service, data ends, not followed, fee, written off; a payment that skips a hop; two victims of one payment. */
const everyEnd: readonly PlainTx[] = [
  {
    id: 'theft',
    height: 100,
    index: 1,
    ins: [['bank:0', 130n * COIN]],
    outs: [
      [80n * COIN, 'thief'],
      [40n * COIN, 'helper'],
      [9n * COIN, 'mule'],
    ],
  },
  {
    id: 'splits',
    height: 101,
    index: 1,
    ins: ['theft:0'],
    outs: [
      [50n * COIN, 'exchange-hot'],
      [20n * COIN, 'cold'],
      [9n * COIN, 'onward'],
    ],
  },
  { id: 'burns', height: 102, index: 1, ins: ['splits:2'], outs: [9n * COIN - 20_000n], type: 'op_return' },
  {
    id: 'joins',
    height: 103,
    index: 1,
    ins: ['splits:1', 'theft:1', ['clean:0', 15n * COIN]],
    outs: [
      [60n * COIN, 'pot'],
      [14n * COIN, 'change'],
    ],
  },
  { id: 'unclear', height: 104, index: 1, ins: ['theft:2', 'nobody-knows:0'], outs: [[12n * COIN, 'somewhere']] },
  {
    id: 'peels',
    height: 105,
    index: 1,
    ins: ['joins:0'],
    outs: [
      [5n * COIN, 'shop'],
      [54n * COIN, 'pot-2'],
    ],
  },
  {
    id: 'peels-2',
    height: 106,
    index: 1,
    ins: ['peels:1'],
    outs: [
      [7n * COIN, 'shop-2'],
      [46n * COIN, 'pot-3'],
    ],
  },
  { id: 'peels-3', height: 107, index: 1, ins: ['peels-2:1'], outs: [[45n * COIN, 'late']] },
]

const everyEndTrial: Omit<Trial, 'rule'> = {
  from: [
    'theft:0=6000000000@First victim',
    'theft:0=2000000000@Second victim',
    'theft:1@Second victim',
    'theft:2@Third victim, Ltd',
  ],
  services: { 'exchange-hot': 'Example Exchange' },
  maxHops: 4,
  complete: [{ from: 100, to: 110, completeness: 'merkle' }],
}

export function traceEveryEnd(rules: readonly RuleId[]): Promise<TraceRecord[]> {
  return Promise.all(rules.map((rule) => tryTrace(everyEnd, { rule, ...everyEndTrial })))
}

export function traceBackward(): Promise<TraceRecord> {
  return tryTrace(everyEnd, { rule: 'fifo', from: ['peels:1@What was found'], backward: true })
}

/** Several hundred sources through more hops, transactions and ends than can be drawn one by one. */
export function traceCrowd(layers: number, width: number): Promise<TraceRecord> {
  const random = randomFrom(20_160_802)
  const sources: PlainTx[] = Array.from({ length: width }, (_, at) => ({
    id: `s${at}`,
    height: 100,
    index: at + 1,
    ins: [[`in${at}:0`, COIN * BigInt(1 + random(400)) + 5_000n]],
    outs: [],
  }))
  const open: { key: string; value: bigint }[] = []
  const txs = sources.map((tx) => {
    const [first] = tx.ins
    const value = BigInt((first as readonly [string, bigint])[1]) - 5_000n
    open.push({ key: `${tx.id}:0`, value })
    return { ...tx, outs: [value] }
  })
  const from = open.map(({ key }) => key)
  for (let layer = 1; layer <= layers; layer++) {
    for (let at = 0; at < width && open.length > 2; at++) {
      const inputs = [take(), take()]
      const value = inputs.reduce((sum, input) => sum + input.value, 0n) - 1_000n
      if (value < 10_000n) continue
      const id = `t${layer}-${at}`
      const parts = [value / 3n, value / 5n]
      const outs = [...parts, value - parts.reduce((sum, part) => sum + part, 0n)]
      txs.push({ id, height: 100 + layer, index: at + 1, ins: inputs.map(({ key }) => key), outs })
      outs.slice(0, 2).forEach((part, vout) => {
        open.push({ key: `${id}:${vout}`, value: part })
      })
    }
  }
  return tryTrace(txs, { rule: 'fifo', from, complete: [{ from: 100, to: 100 + layers, completeness: 'merkle' }] })

  function take(): { key: string; value: bigint } {
    const [taken] = open.splice(random(open.length), 1)
    return taken ?? { key: 'none:0', value: 0n }
  }
}

export const hostileLabels = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '</title></svg><svg onload=alert(1)>',
  '=HYPERLINK("http://example.invalid";"click")',
  '@SUM(1+1)*cmd|calc',
  'harmless;=1+1',
  '\u202egnp.txt',
  'شركة الاختبار المحدودة',
  ']]>&lt;b&gt;',
  '</style><style>*{display:none}</style>',
] as const

export function traceHostile(): Promise<TraceRecord> {
  const txs: PlainTx[] = [
    { id: 'a', height: 100, index: 1, ins: [['x:0', 100n * COIN]], outs: hostileLabels.map(() => COIN) },
    { id: 'b', height: 101, index: 1, ins: hostileLabels.map((_, at) => `a:${at}`), outs: [[9n * COIN, 'x<b>"\'&']] },
  ]
  return tryTrace(txs, {
    rule: 'fifo',
    from: hostileLabels.map((text, at) => `a:${at}@${text}`),
    services: { 'x<b>"\'&': '<i>service</i>' },
  })
}

export function traceColonial(rules: readonly RuleId[]): Promise<TraceRecord[]> {
  const seeds = [
    '6a798026d44af27dbacd28ea21462808df8deca51794cec80c1b59e07ef924a2:3@Ransom payment of 8 May 2021',
    'daf38c7b38eb0a587cf843f47000d5c294affb4f56017370ad48c5147f5e69d9:0@Output named in the seizure papers',
  ]
  return traceSamples(
    'colonial2021',
    seeds.map((text) => orStop(parseSeed(text, 'case'))),
    rules,
  )
}

export function traceBitfinex(rules: readonly RuleId[]): Promise<TraceRecord[]> {
  const lines = gunzipSync(readFileSync(sampleOf('bitfinex2016/bitfinex_tx_dataset.csv.gz')))
    .toString()
    .trim()
    .split(/\r?\n/)
  const seeds = lines.slice(1).map((line, row): SeedText => {
    const [txid = '', , address = '', amount = ''] = line.split(',').map((cell) => cell.trim())
    return {
      txid,
      vout: null,
      address,
      amount: null,
      claimed: orStop(parseDecimal(amount, 8)),
      label: null,
      place: `row ${row + 2}`,
    }
  })
  return traceSamples('bitfinex2016/ledger', seeds, rules)
}

async function traceSamples(
  folder: string,
  texts: readonly SeedText[],
  rules: readonly RuleId[],
): Promise<TraceRecord[]> {
  const pack = shippedChainPacks.find(({ aliases }) => aliases.includes('bitcoin'))
  if (!pack) throw new Error('no chain pack is called bitcoin')
  const store = await openDuckDbChainStore(':memory:')
  try {
    const importer = orStop(await openImporter('esplora', sampleOf(folder), pack, { knownPacks: shippedChainPacks }))
    const { sourceId } = await store.beginSource(await importer.describe())
    for await (const { batch, cursor } of importer.read({ cursor: null })) await store.stage(sourceId, batch, cursor)
    await store.publish(sourceId)
    const seeds = orStop(await resolveSeeds(texts, store, pack))
    const tags = { minConfidence: 0, tagSet: async () => ({ digest: '', tags: 0 }), serviceTags: async () => new Map() }
    const opened = orStop(await openTrace({ store, pack, tags, progress: { report: () => {} } }, null))
    const records: TraceRecord[] = []
    for (const rule of rules) {
      const budget = { maxHops: null, minValue: null, maxTransactions: 100_000, untilHeight: null }
      records.push(
        orStop(
          await opened.run({
            rule,
            direction: 'forward',
            seeds,
            budget,
            stops: { atTags: false, atCoinJoin: [] },
            followFees: false,
          }),
        ),
      )
    }
    return records
  } finally {
    await store.close()
  }
}

function sampleOf(path: string): string {
  return fileURLToPath(new URL(`../../../samples/${path}`, import.meta.url))
}

/** A linear congruential generator (Numerical Recipes): the same crowd every time. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

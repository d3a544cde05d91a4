/**
 * Two real cases through the command line, under each of the ten rules: the Colonial Pipeline ransom of 2021 and the
 * Bitfinex theft of 2016. What is known to be true of them stands in the manifests of samples/colonial2021 and
 * samples/bitfinex2016; what every trace owes is recomputed here from the published answers of the servers.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkAlone, parseRecord, type TraceRecord, verdictOf } from '../src/tracing/index.ts'
import { askComity, type Refused, sample, temporaryFolder } from './run-comity.ts'
import {
  allRules,
  auditBooks,
  type CompareAnswer,
  digestsOf,
  sum,
  type TraceAnswer,
  type WorthOf,
} from './trace-answers.ts'

const RANSOM = '6a798026d44af27dbacd28ea21462808df8deca51794cec80c1b59e07ef924a2'
const LAST_KNOWN = '915fb4f0a030937f2c1d2210996e8eb32b5a41b331965c7ec78961923775bd62'
const CONSOLIDATION = 'daf38c7b38eb0a587cf843f47000d5c294affb4f56017370ad48c5147f5e69d9'
const SEIZURE = '943f2d576ed8d9f388ba75eb82fe35cce29479b84121827ac368a5a94f44cf7a'
const SEIZED = 6_369_996_546n
const CHANGE = 590_422_177n
const bitcoin = ['--chain', 'bitcoin'] as const

type EsploraTx = {
  readonly txid: string
  readonly vin: readonly {
    readonly prevout: { readonly value: number } | null
    readonly txid: string
    readonly vout: number
  }[]
  readonly vout: readonly { readonly value: number }[]
  readonly fee: number
}

/** The answers as published, read with nothing of ours. */
function publishedTransactions(folder: string): Map<string, EsploraTx> {
  const found = new Map<string, EsploraTx>()
  const take = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) take(item)
    else if (typeof value === 'object' && value !== null) {
      if ('txid' in value && 'vin' in value && 'vout' in value && Array.isArray(value.vout))
        found.set((value as EsploraTx).txid, value as EsploraTx)
      else for (const item of Object.values(value)) take(item)
    }
  }
  for (const name of readdirSync(folder))
    if (name.endsWith('.json')) take(JSON.parse(readFileSync(join(folder, name), 'utf8')))
  return found
}

const published = new Map([
  ...publishedTransactions(sample('colonial2021')),
  ...publishedTransactions(sample('bitfinex2016/ledger')),
])
const worthOf: WorthOf = (txid, vout) => {
  const tx = published.get(txid)
  if (!tx) return undefined
  return vout === null ? BigInt(tx.fee) : BigInt(tx.vout[vout]?.value ?? -1)
}

async function importCases(home: string, order: readonly string[]): Promise<string> {
  for (const path of order) await askComity(home, ['chain', 'import', ...bitcoin, '--format', 'esplora', sample(path)])
  return home
}

const compare = (home: string, more: readonly string[], exit = 0) =>
  askComity<CompareAnswer>(home, ['trace', 'compare', ...bitcoin, ...more], exit)

let home = ''
let other = ''
beforeAll(async () => {
  home = await importCases(temporaryFolder(), ['colonial2021', 'bitfinex2016/ledger'])
  other = await importCases(temporaryFolder(), ['bitfinex2016/ledger', 'colonial2021'])
})

/** Name → flags; each is run under all rules. */
const scenes: Readonly<Record<string, readonly string[]>> = {
  'the wallet of the seizure papers, up to the seizure': [
    '--from',
    `${CONSOLIDATION}:0@affiliate`,
    '--until',
    '2021-06-30',
  ],
  'the wallet of the seizure papers, to the end of the data': ['--from', `${CONSOLIDATION}:0@affiliate`],
  'the ransom': ['--from', `${RANSOM}:3@ransom`],
  'two victims of one output': ['--from', `${CONSOLIDATION}:0=5000000000@one`, `${CONSOLIDATION}:0=1900000000@two`],
  'a seed downstream of another': ['--from', `${CONSOLIDATION}:0@affiliate`, `${SEIZURE}:1@authorities`],
  'the seized coins backwards': ['--from', `${SEIZURE}:1@seized`, '--backward'],
  'the ransom payment backwards': ['--from', `${RANSOM}:3@ransom`, '--backward'],
  'with fees followed': ['--from', `${CONSOLIDATION}:0@affiliate`, '--follow-fees'],
  'fees followed backwards': ['--from', `${SEIZURE}:1@seized`, '--backward', '--follow-fees'],
  'one hop only': ['--from', `${CONSOLIDATION}:0@affiliate`, '--max-hops', '1'],
  'nothing small': ['--from', `${SEIZURE}:1@seized`, '--backward', '--min-value', '100000'],
  'one transaction only': ['--from', `${CONSOLIDATION}:0@affiliate`, '--max-transactions', '1'],
}

describe('Colonial Pipeline 2021', () => {
  it.for(Object.entries(scenes))(
    '%s: the books balance under every rule, and a fresh home gives the same digests',
    async ([, flags]) => {
      const answer = await compare(home, flags)
      expect(answer.traces.map(({ rule }) => rule)).toEqual(allRules)
      for (const trace of answer.traces) auditBooks(trace, worthOf)
      expect(new Set(answer.traces.map(({ ledger }) => ledger.root)).size).toBe(1)
      expect(digestsOf(await compare(other, flags))).toEqual(digestsOf(answer))
    },
  )

  it.for(allRules)('63.69996546 BTC lie where they were seized, under %s', async (rule) => {
    const flags = ['--from', `${CONSOLIDATION}:0@affiliate`, '--until', '2021-06-30', '--rule', rule]
    const trace = await askComity<TraceAnswer>(home, ['trace', 'run', ...bitcoin, ...flags])
    expect(trace.positions.find(({ txid, vout }) => txid === SEIZURE && vout === 1)).toMatchObject({
      traced: SEIZED.toString(),
      amount: SEIZED.toString(),
      status: 'not-followed',
      code: 'until',
      bySeed: { affiliate: SEIZED.toString() },
    })
    expect(trace.legalName).not.toBe('')
  })

  it('leaves 5.90422177 BTC of change at the seizure, and loses the fee alone on the way', async () => {
    const { traces } = await compare(home, ['--from', `${CONSOLIDATION}:0@affiliate`, '--until', '686683'])
    for (const { rule, positions } of traces) {
      const held = Object.fromEntries(positions.map(({ txid, vout, traced }) => [`${txid}:${vout ?? 'fee'}`, traced]))
      const expected = { [`${SEIZURE}:0`]: `${CHANGE}`, [`${SEIZURE}:1`]: `${SEIZED}`, [`${SEIZURE}:fee`]: '3454' }
      expect(held, rule).toEqual(expected)
    }
  })

  it('ends the ransom where the data ends, and does not bridge the gap to the seized wallet', async () => {
    const { traces } = await compare(home, ['--from', `${RANSOM}:3@ransom`])
    for (const trace of traces) {
      const ends = trace.positions.map(({ txid, vout, code }) => `${txid}${vout === null ? ' fee' : ''} ${code}`)
      expect(new Set(ends), trace.rule).toContain(`${LAST_KNOWN} no-later-data`)
      for (const end of ends) expect([`${LAST_KNOWN} no-later-data`, `${LAST_KNOWN} fee fee`]).toContain(end)
      expect(JSON.stringify({ positions: trace.positions, flow: trace.flow })).not.toContain(CONSOLIDATION)
    }
    const path = (from: string, to: string, exit: number) =>
      askComity<{ found: boolean; ended: string; hops: number | null }>(
        home,
        ['trace', 'path', ...bitcoin, '--from', from, '--to', to],
        exit,
      )
    expect(await path(LAST_KNOWN, CONSOLIDATION, 1)).toMatchObject({ found: false, ended: 'exhausted' })
    expect(await path(RANSOM, CONSOLIDATION, 1)).toMatchObject({ found: false, ended: 'exhausted' })
    expect(await path(RANSOM, LAST_KNOWN, 0)).toMatchObject({ found: true, hops: 1 })
    expect(await path(`${CONSOLIDATION}:0`, SEIZURE, 0)).toMatchObject({ found: true, hops: 1 })
  })

  it('counts value once where one seed lies downstream of another', async () => {
    const { traces } = await compare(home, ['--from', `${CONSOLIDATION}:0@affiliate`, `${SEIZURE}:1@authorities`])
    for (const { rule, ledger } of traces) {
      expect(ledger.root, rule).toBe((6_960_422_177n + SEIZED).toString())
      // Every rule brings the whole of the seized output from the one wallet, so the second seed is the same money.
      expect(ledger.overlap, rule).toBe(SEIZED.toString())
    }
  })

  it('shows between the rules the least and the most that reaches each end', async () => {
    const answer = await compare(home, ['--from', `${SEIZURE}:1@seized`, '--backward'])
    expect(answer.rules).toEqual(allRules)
    expect(answer.ends.length).toBeGreaterThan(5)
    for (const { txid, vout, byRule, least, most } of answer.ends) {
      for (const { rule, positions } of answer.traces) {
        const found = positions
          .filter((position) => position.txid === txid && position.vout === vout)
          .map(({ traced }) => traced)
        expect(byRule[rule], `${rule} at ${txid}:${vout}`).toBe(sum(found).toString())
        if (rule === 'poison') continue
        expect(BigInt(least) <= BigInt(byRule[rule] ?? -1) && BigInt(byRule[rule] ?? -1) <= BigInt(most)).toBe(true)
      }
    }
    expect(answer.agreed).toBe(sum(answer.ends.map(({ least }) => least)).toString())
    const ends = new Set(answer.ends.map(({ txid, vout }) => `${txid}:${vout}`))
    for (const { positions } of answer.traces)
      for (const { txid, vout } of positions) expect(ends).toContain(`${txid}:${vout}`)
  })
})

describe('Bitfinex 2016', () => {
  const thefts = readThefts()
  const files = temporaryFolder()
  const seedFile = (name: string, rows: readonly string[]) => {
    const path = join(files, name)
    writeFileSync(path, `txid,address,claimed,label\n${rows.join('\n')}\n`)
    return path
  }
  const inOrder = seedFile('seeds.csv', thefts)
  let answer: CompareAnswer
  beforeAll(async () => {
    answer = await compare(home, ['--from-file', inOrder])
  })

  it('keeps 2,072 thefts apart: 165 are in the data, of the other 1,907 it has the claim alone', () => {
    expect(thefts).toHaveLength(2_072)
    const seizure = [...published.values()].find(({ vin }) => vin.length === 562)
    const stolen = new Set(thefts.map((row) => row.slice(0, 64)))
    const spentThefts = (seizure?.vin ?? []).filter(({ txid }) => stolen.has(txid))
    expect(spentThefts).toHaveLength(165)
    expect(sum(spentThefts.map(({ prevout }) => BigInt(prevout?.value ?? 0)))).toBe(1_496_425_813_689n)
    for (const { rule, seeds, positions, flow } of answer.traces) {
      expect(seeds).toHaveLength(2_072)
      const known = seeds.filter(({ known: how }) => how !== 'declared')
      expect(known, rule).toHaveLength(165)
      expect(sum(known.map(({ amount }) => amount)), rule).toBe(1_496_425_813_689n)
      expect(new Set(known.map(({ txid, vout }) => `${txid}:${vout}`))).toEqual(
        new Set(spentThefts.map(({ txid, vout }) => `${txid}:${vout}`)),
      )
      const declared = positions.filter(({ code }) => code === 'declared-only')
      expect(declared, rule).toHaveLength(1_907)
      expect(
        declared.every(({ status, hops, height }) => status === 'data-ends' && hops === 0 && height === null),
      ).toBe(true)
      expect(
        flow.map(({ txid, from }) => ({ txid, from: from.length })),
        rule,
      ).toEqual([{ txid: seizure?.txid, from: 165 }])
      expect(sum(flow.flatMap(({ from }) => from.map(({ traced }) => traced))), rule).toBe(1_496_425_813_689n)
    }
  })

  it('accounts for every source to the last unit, under every rule', () => {
    expect(answer.traces.map(({ rule }) => rule)).toEqual(allRules)
    for (const trace of answer.traces) auditBooks(trace, worthOf)
  })

  it('gives the same digests whatever the order of the seed file, and in a fresh home', async () => {
    const digests = digestsOf(answer)
    expect(new Set(Object.values(digests)).size).toBe(allRules.length)
    expect(digestsOf(await compare(home, ['--from-file', seedFile('reversed.csv', thefts.toReversed())]))).toEqual(
      digests,
    )
    expect(digestsOf(await compare(other, ['--from-file', seedFile('shuffled.csv', shuffled(thefts))]))).toEqual(
      digests,
    )
  })

  it('balances backwards and with fees followed', async () => {
    const flags = ['--from', `${answer.traces[0]?.flow[0]?.txid}:0@seized`]
    for (const more of [['--backward'], ['--follow-fees'], ['--backward', '--follow-fees']]) {
      const { traces } = await compare(home, [...flags, ...more])
      expect(traces).toHaveLength(allRules.length)
      for (const trace of traces) auditBooks(trace, worthOf)
    }
  })
})

describe('records', () => {
  const folder = temporaryFolder()
  const records = join(folder, 'records')
  const recordPath = (rule: string) => join(records, `trace-${rule}.json`)
  type Verified = {
    readonly verdict: string
    readonly digest: string
    readonly checks: readonly { readonly name: string; readonly verdict: string; readonly detail: string }[]
  }
  const verify = (where: string, path: string, exit: number, more: readonly string[] = []) =>
    askComity<Verified>(where, ['trace', 'verify', path, ...more], exit)
  beforeAll(async () => {
    await compare(home, ['--from', `${SEIZURE}:1@seized`, '--backward', '--out', records])
  })

  it.for(allRules)('the record of %s is confirmed where its data is, and consistent where it is not', async (rule) => {
    const text = readFileSync(recordPath(rule), 'utf8')
    const { digest, ...body } = JSON.parse(text) as TraceRecord
    expect(digest, 'the digest covers all but itself').toBe(digestOf(body))
    expect(text, 'the file is canonical').toBe(`${canonical({ ...body, digest })}\n`)
    expect(await verify(home, recordPath(rule), 0)).toMatchObject({ verdict: 'confirmed', digest })
    expect(await verify(other, recordPath(rule), 0)).toMatchObject({ verdict: 'confirmed', digest })
    expect(await verify(join(folder, 'nothing'), recordPath(rule), 0)).toMatchObject({ verdict: 'consistent', digest })
    expect(await verify(home, recordPath(rule), 0, ['--offline'])).toMatchObject({ verdict: 'consistent', digest })
  })

  it.for(allRules)('one changed digit anywhere in the record of %s is found', async (rule) => {
    const text = readFileSync(recordPath(rule), 'utf8')
    const digits = [...text.matchAll(/[0-9]/g)].map(({ index }) => index)
    // Places spread over the whole file, others for each rule.
    for (let choice = 0; choice < 60; choice++) {
      const at = digits[Math.floor(((choice + allRules.indexOf(rule) / 10) / 60) * digits.length)] as number
      const changed = `${text.slice(0, at)}${(Number(text[at]) + 1) % 10}${text.slice(at + 1)}`
      const where = `digit at ${at}: ${changed.slice(Math.max(0, at - 60), at + 10)}`
      const record = parseRecord(changed, 'changed.json')
      // A digit of the format's name makes it no record at all, which is refused; everything else is found false.
      if (record.ok) expect(verdictOf(checkAlone(record.value)).verdict, where).toBe('false')
      else expect(record.refusal.code, where).toBe('RECORD_MALFORMED')
    }
    const changed = join(folder, `changed-${rule}.json`)
    writeFileSync(
      changed,
      text.replace(
        /"traced":"[0-9]*([0-9])"/,
        (field, digit: string) => `${field.slice(0, -2)}${(Number(digit) + 1) % 10}"`,
      ),
    )
    expect(await verify(home, changed, 1)).toMatchObject({ verdict: 'false' })
    expect(await verify(join(folder, 'nothing'), changed, 1)).toMatchObject({ verdict: 'false' })
  })

  it('a forgery with digests made anew stands in itself, and falls where the data is', async () => {
    const record = JSON.parse(readFileSync(recordPath('haircut'), 'utf8')) as TraceRecord
    const movable = record.result.positions.filter(
      ({ vout, traced, amount }) => vout !== null && BigInt(traced) > 1n && BigInt(traced) < BigInt(amount),
    )
    const [from, to] = [movable[0], movable.at(-1)]
    if (!from || !to || from === to) throw new Error('no two positions to move a unit between')
    const positions = record.result.positions.map((position) => {
      const by = position === from ? -1n : position === to ? 1n : 0n
      const traced = (BigInt(position.traced) + by).toString()
      return { ...position, traced, bySeed: { seized: traced } }
    })
    const { digest: _, ...body } = { ...record, result: { ...record.result, positions } }
    const forged = { ...body, resultDigest: digestOf(body.result) }
    const path = join(folder, 'forged.json')
    writeFileSync(path, `${canonical({ ...forged, digest: digestOf(forged) })}\n`)
    expect(await verify(home, path, 0, ['--offline'])).toMatchObject({ verdict: 'consistent' })
    const found = await verify(home, path, 1)
    expect(found.verdict).toBe('false')
    const failed = found.checks.filter(({ verdict }) => verdict === 'fails')
    expect(failed.map(({ name }) => name)).toEqual(['the result is the same'])
    expect(failed[0]?.detail).toContain(`${from.txid}:${from.vout}`)
    expect(failed[0]?.detail).toContain(`${to.txid}:${to.vout}`)
  })

  it('become one report that holds what the records hold, runs no script and asks no server', async () => {
    const out = join(folder, 'report')
    const answer = await askComity<{ out: string; files: readonly string[] }>(home, [
      'trace',
      'report',
      ...allRules.map(recordPath),
      '--out',
      out,
      '--title',
      'Case <12> & "others"',
    ])
    expect([...answer.files].sort()).toEqual(readdirSync(out).sort())
    for (const name of answer.files) expect(statSync(join(out, name)).size, name).toBeGreaterThan(0)
    expect(answer.files).toContain('index.html')
    for (const rule of allRules) expect(answer.files).toContain(`positions-${rule}.csv`)
    const page = readFileSync(join(out, 'index.html'), 'utf8')
    const record = JSON.parse(readFileSync(recordPath('fifo'), 'utf8')) as TraceRecord
    // Long ids may be broken over lines.
    const words = page.replaceAll('<wbr>', '')
    for (const held of ['63.69996546', 'Case &lt;12&gt; &amp; ', record.digest]) {
      expect(words.includes(held), `the page holds ${held}`).toBe(true)
    }
    const active =
      /<script|javascript:|@import|\son[a-z]+\s*=|(?:src|href|action)\s*=\s*["']?\s*(?:https?:|\/\/)|url\(\s*["']?(?!#|data:)/i
    expect(active.exec(page)?.[0]).toBeUndefined()
    const table = readFileSync(join(out, 'positions-fifo.csv'), 'utf8')
    for (const { txid, traced } of record.result.positions) {
      expect(table).toContain(txid)
      expect(table).toContain(traced)
    }
  })

  it('are refused for a report where they contradict themselves', async () => {
    mkdirSync(join(folder, 'bad'), { recursive: true })
    const path = join(folder, 'bad', 'trace.json')
    writeFileSync(path, readFileSync(recordPath('fifo'), 'utf8').replace(/"traced":"(\d+)"/, '"traced":"1$1"'))
    const { error } = await askComity<Refused>(home, ['trace', 'report', path, '--out', join(folder, 'none')], 1)
    expect(error.code).toBe('RECORD_FALSE')
  })
})

function readThefts(): string[] {
  const text = gunzipSync(readFileSync(sample('bitfinex2016/bitfinex_tx_dataset.csv.gz'))).toString('utf8')
  const [head, ...lines] = text.trim().split(/\r?\n/)
  expect(head).toBe('txid,from,to,amount')
  return lines.map((line) => {
    const [txid, , to, amount = ''] = line.split(',')
    const [whole = '', decimals = ''] = amount.split('.')
    return `${txid},${to},${BigInt(whole + decimals.padEnd(8, '0'))},${txid}`
  })
}

/** A fixed disorder: sorted by the end of the txid. */
function shuffled(rows: readonly string[]): string[] {
  return rows.toSorted((a, b) => (a.slice(50, 64) < b.slice(50, 64) ? -1 : 1))
}

/** RFC 8785 for what records hold (text, safe integers, lists, objects), written here a second time on purpose. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`
}

function digestOf(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex')
}

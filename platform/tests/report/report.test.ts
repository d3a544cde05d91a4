import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canonicalJson, type Json, Stop } from '../../src/kernel/index.ts'
import { type ReportInput, renderReport, type TraceRecord } from '../../src/tracing/index.ts'
import { findChromium, openChromium } from '../chromium.ts'
import {
  hostileLabels,
  traceBackward,
  traceBitfinex,
  traceColonial,
  traceCrowd,
  traceEveryEnd,
  traceHostile,
} from './cases.ts'
import {
  activeElements,
  countOf,
  faintTexts,
  misplacedTexts,
  outlineOf,
  seenText,
  sidewaysScroll,
} from './page-questions.ts'

const tags = [
  { address: 'exchange-hot', label: 'Example Exchange', category: 'exchange', confidence: 'ownership', source: 'test' },
]

const cases: Readonly<Record<string, () => Promise<ReportInput>>> = {
  'a trace that ends in every way': async () => ({
    records: await traceEveryEnd(['haircut', 'fifo', 'poison', 'pifo']),
    title: 'Every end',
    tags,
  }),
  'a trace by addresses': async () => ({ records: await traceEveryEnd(['pifo']), title: 'Addresses' }),
  'a backward trace': async () => ({ records: [await traceBackward()], title: 'Backwards' }),
  'a crowd of thousands': async () => ({ records: [await traceCrowd(16, 150)], title: 'A crowd' }),
  'hostile labels': async () => ({ records: [await traceHostile()], title: hostileLabels[0], notes: hostileLabels }),
  'the Colonial Pipeline ransom': async () => ({
    records: await traceColonial(['fifo', 'haircut', 'poison', 'comb']),
    title: 'Colonial Pipeline, May 2021',
  }),
  'the Bitfinex theft': async () => ({ records: await traceBitfinex(['haircut']), title: 'Bitfinex, August 2016' }),
}

const inputs = new Map<string, ReportInput>()
const reports = new Map<string, ReadonlyMap<string, string>>()

beforeAll(async () => {
  for (const [name, make] of Object.entries(cases)) {
    const input = await make()
    inputs.set(name, input)
    reports.set(name, renderReport(input))
  }
})

describe.each(Object.keys(cases))('the files of %s', (name) => {
  test('are the same bytes from the same records, whatever became of the objects in between', () => {
    const copy = JSON.parse(canonicalJson(inputOf(name) as unknown as Json)) as ReportInput
    expect([...renderReport(copy)]).toEqual([...reportOf(name)])
  })

  test('hold every position, step, source and block in full', () => {
    const report = reportOf(name)
    for (const { rule, seeds, result, data } of inputOf(name).records) {
      expect(rowsOf(report, `positions-${rule.id}.csv`)).toHaveLength(result.positions.length)
      expect(rowsOf(report, `flow-${rule.id}.csv`)).toHaveLength(
        result.flow.reduce((sum, { from, to }) => sum + from.length + to.length, 0),
      )
      expect(rowsOf(report, `split-${rule.id}.csv`)).toHaveLength(
        result.positions.reduce((sum, { bySeed }) => sum + Object.keys(bySeed).length, 0),
      )
      expect(rowsOf(report, `annotations-${rule.id}.csv`)).toHaveLength(result.annotations.length)
      expect(rowsOf(report, `blocks-${rule.id}.csv`)).toHaveLength(data.blocks.length)
      expect(rowsOf(report, 'seeds.csv')).toHaveLength(seeds.length)
      const traced = rowsOf(report, `positions-${rule.id}.csv`).reduce((sum, row) => sum + BigInt(row[6] ?? ''), 0n)
      expect(traced + BigInt(result.ledger.overlap)).toBe(BigInt(result.ledger.sum))
    }
  })

  test('never begin a cell with what a spreadsheet takes for a formula', () => {
    for (const [file, text] of reportOf(name)) {
      if (!file.endsWith('.csv')) continue
      const cells = parseCsv(text).flat()
      expect(cells.filter((cell) => /^[\s"']*[=+\-@]/.test(cell) && !cell.startsWith("'"))).toEqual([])
      expect(cells.filter((cell) => /[;|]\s*[=+\-@]/.test(cell))).toEqual([])
    }
  })

  test('put together what is too much to draw, and lose none of it', () => {
    const record = mainOf(name)
    const report = reportOf(name)
    const svg = report.get(`flow-${record.rule.id}.svg`) ?? ''
    const description = /<desc[^>]*>([^<]*)<\/desc>/.exec(svg)?.[1] ?? ''
    const drawn = [...description.matchAll(/ ([0-9,]+)\.([0-9]{8}) BTC/g)].reduce(
      (sum, [, whole = '', part = '']) => sum + BigInt(whole.replaceAll(',', '') + part),
      0n,
    )
    expect(drawn).toBe(BigInt(record.result.ledger.sum))
  })
})

describe('what a report says', () => {
  test('states the sum of 1,906 declared sources of the Bitfinex theft, and where all rows are', () => {
    const { seeds } = mainOf('the Bitfinex theft')
    expect(seeds).toHaveLength(2_072)
    const page = reportOf('the Bitfinex theft').get('index.html') ?? ''
    expect(page).toContain('This table has 2,072 rows.')
    expect(page).toContain('href="seeds.csv"')
  })

  test('shows a banner where the evidence is not verified, and none where it is', async () => {
    expect(reportOf('the Colonial Pipeline ransom').get('index.html')).not.toContain('class="banner')
    expect(reportOf('the Bitfinex theft').get('index.html')).toContain('Evidence: stated, not fully verified')
    const [record] = await traceEveryEnd(['fifo'])
    const refused = {
      ...(record as TraceRecord),
      evidence: { grade: 'refused', reasons: ['12 transactions come from doubles'] },
    } as const
    expect(renderReport({ records: [refused], title: 'x' }).get('index.html')).toContain(
      '<p class="banner-title">NOT EVIDENCE</p>',
    )
  })

  test('calls a record that was changed no evidence, and a ledger that does not add up by its name', async () => {
    const [record] = await traceEveryEnd(['fifo'])
    const { result } = record as TraceRecord
    const positions = result.positions.map((position, index) =>
      index === 0 ? { ...position, traced: (BigInt(position.traced) + 1n).toString() } : position,
    )
    const changed = { ...(record as TraceRecord), result: { ...result, positions } }
    const page = renderReport({ records: [changed], title: 'x' }).get('index.html') ?? ''
    expect(page).toContain('NOT EVIDENCE')
    expect(page).toContain('IT DOES NOT ADD UP')
  })

  test.each([
    ['no record', async () => ({ records: [], title: 'x' }), 'REPORT_WITHOUT_RECORD'],
    [
      'records of different seeds',
      async () => ({ records: [...(await traceEveryEnd(['fifo'])), await traceBackward()], title: 'x' }),
      'REPORT_RECORDS_DIFFER',
    ],
    [
      'one rule twice',
      async () => ({ records: await traceEveryEnd(['fifo', 'fifo']), title: 'x' }),
      'REPORT_RECORDS_DIFFER',
    ],
  ] as const)('refuses %s', async (_, make, code) => {
    const input = await make()
    expect(() => renderReport(input)).toThrow(Stop)
    expect(() => renderReport(input)).toThrow(code)
  })

  test('names files by letters, digits and hyphens, whatever a record calls its rule', async () => {
    const [record] = await traceEveryEnd(['fifo'])
    const strange = { ...(record as TraceRecord), rule: { ...(record as TraceRecord).rule, id: '../../<b>' } }
    const names = [...renderReport({ records: [strange], title: 'x' }).keys()]
    expect(names.filter((file) => !/^[a-z0-9-]+\.(html|svg|csv)$/.test(file))).toEqual([])
  })
})

const chromium = findChromium()

describe.skipIf(chromium === null)('in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'comity-report-'))
  let browser: Browser

  beforeAll(async () => {
    browser = await openChromium(chromium ?? '')
  })

  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test.each(Object.keys(cases))('%s opens without a request, a script, an error or a sideways scroll', async (name) => {
    for (const width of [1280, 800]) {
      const { page, requests, messages } = await openReport(name, width)
      expect(requests).toEqual([])
      expect(messages).toEqual([])
      expect(await sidewaysScroll(page)).toBe(0)
      expect(await activeElements(page)).toBe(0)
      expect(await faintTexts(page)).toEqual([])
      await page.close()
    }
  })

  test.each(Object.keys(cases))(
    'no text touches another, and none leaves its card, in the pictures of %s',
    async (name) => {
      const { page } = await openReport(name, 1280)
      expect(await misplacedTexts(page)).toEqual([])
      await page.close()
      for (const file of reportOf(name).keys()) {
        if (!file.endsWith('.svg')) continue
        const picture = await browser.newPage({ viewport: { width: 1000, height: 900 } })
        await picture.goto(pathToFileURL(join(folder, fileStem(name), file)).href)
        expect(await countOf(picture, 'parsererror')).toBe(0)
        expect(await misplacedTexts(picture)).toEqual([])
        await picture.close()
      }
    },
  )

  test.each(Object.keys(cases))('%s has headings in order, captions and scopes', async (name) => {
    const { page } = await openReport(name, 1280)
    const found = await outlineOf(page)
    expect(found.levels[0]).toBe(1)
    found.levels.forEach((level, at) => {
      expect(level - (found.levels[at - 1] ?? 1)).toBeLessThanOrEqual(1)
    })
    expect(found).toMatchObject({
      tablesWithoutCaption: 0,
      headsWithoutScope: 0,
      picturesWithoutName: 0,
      idsTwice: 0,
      deadLinks: 0,
    })
    await page.close()
  })

  test('hostile labels are shown as text, in full, and become no element', async () => {
    const { page } = await openReport('hostile labels', 1280)
    const seen = await seenText(page)
    for (const label of hostileLabels) expect(seen).toContain(label.replace('\u202e', '⟨U+202E⟩'))
    expect(await countOf(page, 'b, i, main style')).toBe(0)
    expect(await page.title()).toContain('<script>')
    await page.close()
  })

  test.each(['a trace that ends in every way', 'the Colonial Pipeline ransom', 'hostile labels', 'a backward trace'])(
    '%s prints, with every position in the text',
    async (name) => {
      const { page } = await openReport(name, 1280)
      const file = join(folder, `${fileStem(name)}.pdf`)
      await page.pdf({ path: file, preferCSSPageSize: true, printBackground: true, tagged: true })
      await page.close()
      if (!existsSync('/usr/bin/pdftotext')) {
        console.log(
          'The text of the printed report is not looked at: pdftotext is missing (on Debian: apt-get install poppler-utils).',
        )
        expect(existsSync(file)).toBe(true)
        return
      }
      const text = execFileSync('pdftotext', ['-raw', file, '-'], { maxBuffer: 1 << 28 }).toString()
      const squeezed = text.replace(/\s+/g, '')
      const record = mainOf(name)
      const missing = record.result.positions.filter(
        ({ txid, vout }) => !squeezed.includes(vout === null ? txid : `${txid}:${vout}`),
      )
      expect(missing).toEqual([])
      expect(squeezed).toContain(`Record${record.digest}`)
      expect(execFileSync('pdfinfo', [file]).toString()).toMatch(/Page size: +59[0-9.]+ x 84[0-9.]+ pts \(A4\)/)
    },
  )

  async function openReport(
    name: string,
    width: number,
  ): Promise<{ page: Page; requests: string[]; messages: string[] }> {
    const at = join(folder, fileStem(name))
    if (!existsSync(at)) {
      execFileSync('mkdir', ['-p', at])
      for (const [file, text] of reportOf(name)) writeFileSync(join(at, file), text)
    }
    const own = pathToFileURL(join(at, 'index.html')).href
    const page = await browser.newPage({ viewport: { width, height: 900 } })
    const requests: string[] = []
    const messages: string[] = []
    page.on('request', (request) => {
      if (request.url() !== own && request.url() !== 'data:,') requests.push(request.url())
    })
    page.on('console', (message) => messages.push(message.text()))
    page.on('pageerror', (error) => messages.push(error.message))
    await page.goto(own)
    return { page, requests, messages }
  }
})

function inputOf(name: string): ReportInput {
  const input = inputs.get(name)
  if (!input) throw new Error(`no case is called ${name}`)
  return input
}

function mainOf(name: string): TraceRecord {
  return inputOf(name).records[0] as TraceRecord
}

function reportOf(name: string): ReadonlyMap<string, string> {
  return reports.get(name) ?? new Map()
}

function fileStem(name: string): string {
  return name.replace(/[^a-zA-Z]+/g, '-')
}

function rowsOf(report: ReadonlyMap<string, string>, file: string): string[][] {
  return parseCsv(report.get(file) ?? '').slice(1)
}

/** RFC 4180, as a program reads it. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? '')
    if (end === ',') continue
    rows.push(row)
    row = []
  }
  return rows
}

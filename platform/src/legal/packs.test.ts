/** The packs that ship are sound; planted bad ones are found, by code and path; the published schemas are those in code. */
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { packSchemaFiles, packSchemaFolder } from '../../../scripts/write-pack-schemas.ts'
import { orStop } from '../kernel/index.ts'
import { checkPacks } from './check-packs.ts'
import { label, labelsOf } from './labels.ts'
import { languages } from './pack.ts'
import { findInstrument, gatherPacks, isEffective } from './packs.ts'
import { readPack } from './read-pack.ts'
import { holidayCalendars, knowsHolidays, packFolder, readPackFiles, readPacks } from './sources/index.ts'

const shippedFiles = orStop(readPackFiles([orStop(packFolder())]))
const shipped = shippedFiles.map(readPack)
const context = shipped.flatMap(({ pack }) => pack ?? [])
const vectors = fileURLToPath(new URL('../../../vectors/packs/', import.meta.url))
const check = (path: string) =>
  checkPacks(orStop(readPackFiles([join(vectors, path)])).map(readPack), context, knowsHolidays)

describe('the packs that ship', () => {
  it('are sound', () => {
    expect(shipped.length).toBeGreaterThan(40)
    expect(checkPacks(shipped, [], knowsHolidays)).toEqual([])
  })

  it('do not depend on the order in which they are found', () => {
    expect(gatherPacks(context.toReversed())).toEqual(gatherPacks(context))
  })

  it('say of every instrument not yet in force that it is not', () => {
    const packs = gatherPacks(context)
    for (const id of ['COE-CETS-224', 'UN-CYBERCRIME-2024'])
      expect(orStop(findInstrument(packs, id)).status.state).toBe('not-in-force')
  })

  it('hold twelve countries or more, the indicators A1 to G3, and the 32 categories', () => {
    const packs = gatherPacks(context)
    expect(packs.jurisdictions.length).toBeGreaterThanOrEqual(12)
    const [indicators] = packs.indicators
    expect(indicators?.indicators).toHaveLength(54)
    expect(indicators?.indicators.every(({ verified }) => verified === 'unverified')).toBe(true)
    expect(packs.offences[0]?.lists.find(({ id }) => id === 'EU32')?.entries).toHaveLength(32)
  })

  it('name things in each language, in its own script', () => {
    const packs = gatherPacks(context)
    const keys = packs.labels.flatMap(({ labels }) => Object.keys(labels))
    expect(keys.length).toBeGreaterThan(350)
    for (const key of keys) {
      const texts = orStop(labelsOf(packs, key))
      expect(Object.keys(texts).sort()).toEqual([...languages].sort())
      if (!['field.iban', 'field.bic'].includes(key)) expect(texts.ar, key).toMatch(/\p{Script=Arabic}/u)
      expect(texts.zh, key).toMatch(/\p{Script=Han}/u)
      expect(texts.en, key).not.toMatch(/\p{Script=Arabic}|\p{Script=Han}|\p{Script=Cyrillic}/u)
    }
    expect(orStop(label(packs, 'NE_BIS', 'zh'))).toBe('一事不再理')
    expect(label(packs, 'NO_SUCH_CODE', 'en')).toMatchObject({ ok: false, refusal: { code: 'LABEL_UNKNOWN' } })
  })

  it('are found by the day for which the law is asked', () => {
    const packs = gatherPacks(context)
    expect(findInstrument(packs, 'EU-2018-1805', '2020-12-18')).toMatchObject({
      ok: false,
      refusal: { code: 'INSTRUMENT_UNKNOWN' },
    })
    expect(orStop(findInstrument(packs, 'EU-2018-1805', '2020-12-19')).short).toBe('Reg. 2018/1805')
    expect(findInstrument(packs, 'EU-1')).toMatchObject({ ok: false, refusal: { code: 'INSTRUMENT_UNKNOWN' } })
    const ended = { effective: { from: '2026-01-01', to: '2026-01-31' } }
    expect([isEffective(ended, '2026-01-31'), isEffective(ended, '2026-02-01')]).toEqual([true, false])
  })
})

describe('planted packs', () => {
  it('good ones have no findings', () => {
    expect(check('good')).toEqual([])
  })

  it.for(globSync('bad/*.yaml', { cwd: vectors }).map((path) => [basename(path), path] as const))('%s', ([, path]) => {
    const [first = ''] = readFileSync(join(vectors, path), 'utf8').split('\n')
    const [, code, at] = /^# expects: ([A-Z_]+)(?: at (\S+))?$/.exec(first) ?? []
    const findings = check(path)
    expect(findings.map((finding) => finding.code)).toContain(code)
    const found = findings.find((finding) => finding.code === code)
    expect(found?.place).toContain(basename(path))
    if (at !== undefined)
      expect(findings.filter((one) => one.code === code).some(({ place }) => place?.endsWith(`, ${at}`))).toBe(true)
    expect(found?.fix).toMatch(/\S/)
    // A planted flaw spoils nothing else.
    expect(new Set(findings.map((finding) => finding.code))).toEqual(new Set([code]))
  })

  it('every code of the check is planted at least once', () => {
    const planted = globSync('bad/*.yaml', { cwd: vectors }).map(
      (path) => /expects: (\w+)/.exec(readFileSync(join(vectors, path), 'utf8'))?.[1],
    )
    const source = ['check-packs.ts', 'read-pack.ts', 'pack-yaml.ts']
      .map((file) => readFileSync(new URL(file, import.meta.url), 'utf8'))
      .join('\n')
    const given = new Set([...source.matchAll(/'(PACK_[A-Z_]+)'/g)].map(([, code]) => code))
    expect([...given].filter((code) => !planted.includes(code))).toEqual([])
  })

  it('a broken pack refuses the whole folder', () => {
    expect(readPacks(join(vectors, 'bad'))).toMatchObject({ ok: false })
    expect(readPacks(join(vectors, 'nowhere'))).toMatchObject({ ok: false, refusal: { code: 'PACKS_MISSING' } })
    expect(readPacks(join(vectors, 'good/labels.yaml'))).toMatchObject({
      ok: false,
      refusal: { code: 'PACKS_MISSING' },
    })
  })
})

describe('published schemas', () => {
  it.for([...packSchemaFiles()].map(([name, text]) => [name, text] as const))(
    '%s is the one in code, and a schema',
    ([name, text]) => {
      expect(
        readFileSync(join(packSchemaFolder, name), 'utf8') === text,
        'run: node scripts/write-pack-schemas.ts',
      ).toBe(true)
      expect(() => new Ajv2020({ strict: false }).compile(JSON.parse(text))).not.toThrow()
    },
  )

  it('there is none without a kind', () => {
    expect(globSync('*.schema.json', { cwd: packSchemaFolder }).sort()).toEqual([...packSchemaFiles().keys()].sort())
  })
})

describe('calendars', () => {
  const calendars = holidayCalendars(gatherPacks(context).jurisdictions)

  it.each([
    // Published calendars of 2026.
    ['NL', '2026-04-27', true],
    ['NL', '2026-05-01', false],
    ['DE', '2026-10-03', true],
    ['FR', '2026-07-14', true],
    ['EE', '2026-02-24', true],
    ['US', '2026-11-26', true],
    ['US', '2026-07-03', true],
    ['GB', '2026-12-28', true],
    ['SG', '2026-08-10', true],
    ['JP', '2026-05-06', true],
    ['BR', '2026-09-07', true],
    ['NL', '2026-11-25', false],
  ])('%s %s: %s', (country, day, isHoliday) => {
    expect(calendars.of(country)?.holidayOn(day) !== null).toBe(isHoliday)
  })

  it('a feast of three days covers three days', () => {
    const uae = calendars.of('AE')
    expect(
      ['2026-03-19', '2026-03-20', '2026-03-21', '2026-03-22', '2026-03-23'].map((day) => uae?.holidayOn(day) !== null),
    ).toEqual([false, true, true, true, false])
  })

  it('overrides of a pack win over the table', () => {
    const [nl] = gatherPacks(context).jurisdictions.filter(({ code }) => code === 'NL')
    if (!nl) throw new Error('NL is missing')
    const source = 'a test'
    const overridden = holidayCalendars([
      {
        ...nl,
        holidays: {
          key: 'NL',
          overrides: [
            { date: '2026-11-25', holiday: true, name: 'a day of ours', source },
            { date: '2026-12-25', holiday: false, name: 'taken away', source },
          ],
        },
      },
    ]).of('NL')
    expect([overridden?.holidayOn('2026-11-25'), overridden?.holidayOn('2026-12-25')]).toEqual(['a day of ours', null])
  })

  it('no calendar is made up for a country without a pack', () => {
    expect(calendars.of('XX')).toBeNull()
  })
})

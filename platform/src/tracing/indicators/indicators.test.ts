import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { LedgerTx } from '../../chains/index.ts'
import { type Coin, ledgerTx, scriptOf } from '../detectors/ledger-cases.ts'
import { matching } from '../detectors/matching-cases.ts'
import type { Tag } from '../tags/index.ts'
import { newTag } from '../tags/index.ts'
import { type Activity, assess, flowOf, type IndicatorText, NOTICE } from './index.ts'

const pack = parse(readFileSync(new URL('../../../../packs/indicators/fatf-2020.yaml', import.meta.url), 'utf8')) as {
  indicators: readonly IndicatorText[]
}
const addressOf = (label: string) => `address of ${scriptOf(label)}`
const DAY = 86_400

function at(time: number | null, inputs: readonly Coin[], outputs: readonly Coin[]): LedgerTx {
  const tx = ledgerTx({ inputs, outputs, height: 700_000 })
  return { ...tx, block: { ...tx.block, time } }
}

function tagOn(label: string, more: Partial<Tag>): Tag {
  const subject = {
    kind: 'address',
    chain: 'c',
    text: addressOf(label),
    stated: '',
    currency: null,
    network: null,
    check: 'verified',
  } as const
  return newTag({
    ...{
      subject,
      label: `tag of ${label}`,
      source: 'a test',
      date: null,
      confidence: null,
      category: null,
      concepts: [],
      abuse: null,
    },
    ...{
      actor: null,
      tagType: null,
      isClusterDefiner: null,
      context: null,
      creator: null,
      validFrom: null,
      validTo: null,
    },
    ...{ provenance: { file: 'f', sha256: '00', index: 0, line: null } },
    ...more,
  })
}

function activityOf(txs: readonly LedgerTx[], tags: readonly Tag[] = [], whole = true): Activity {
  const subject = new Set([addressOf('me')])
  return {
    subject,
    flows: txs.flatMap((tx) => flowOf(tx, 'c', subject) ?? []),
    whole,
    movements: { read: txs.length, of: txs.length },
    tagsByAddress: Map.groupBy(tags, ({ subject: { text } }) => text),
    anyTags: tags.length > 0,
  }
}

const firedOf = (activity: Activity, limit: bigint | null = null) =>
  assess(activity, pack.indicators, limit).fired.map(({ id }) => id)
const paysMe = (time: number, payer: string, value: number) => at(time, [[value + 10, payer]], [[value, 'me']])
const iPay = (time: number, to: string, value: number) => at(time, [[value + 10, 'me']], [[value, to]])

describe('indicators', () => {
  test('every one of the pack is fired, not fired or not checked; what a ledger cannot show says what it needs', () => {
    const { fired, notFired, notChecked } = assess(activityOf([]), pack.indicators)
    expect([...fired, ...notFired, ...notChecked].map(({ id }) => id).sort()).toEqual(
      pack.indicators.map(({ id }) => id).sort(),
    )
    expect(fired).toEqual([])
    for (const { why } of notChecked) expect(why).toMatch(/^not checked: needs /)
    expect(NOTICE).toBe('A single indicator is not proof.')
  })

  test('what returns to the subject is no flow, and what it pays itself is none', () => {
    const subject = new Set([addressOf('me')])
    const tx = at(
      0,
      [[100, 'me']],
      [
        [60, 'shop'],
        [30, 'me'],
      ],
    )
    expect(flowOf(tx, 'c', subject)).toMatchObject({
      direction: 'out',
      value: 70n,
      others: [{ address: addressOf('shop'), value: 60n }],
    })
    expect(flowOf(at(0, [[100, 'me']], [[90, 'me']]), 'c', subject)).toBe(null)
  })

  const just = [1, 2, 3].map((n) => paysMe(n * 3600, `payer ${n}`, 9_000 + n))
  const many = Array.from({ length: 12 }, (_, n) => paysMe(n * 60, `payer ${n}`, 1_000 + n))
  const cases: readonly (readonly [string, string, Activity, Activity])[] = [
    [
      'A2',
      'three large transfers in a day, and not when spread over weeks',
      activityOf(just),
      activityOf([1, 2, 3].map((n) => paysMe(n * 9 * DAY, `payer ${n}`, 9_000 + n))),
    ],
    [
      'A3',
      'two exchanges paid at once, and not one of them twice',
      activityOf(
        [iPay(5, 'X', 50), iPay(9, 'Y', 60)],
        [tagOn('X', { category: 'exchange', actor: 'x' }), tagOn('Y', { category: 'exchange', actor: 'y' })],
      ),
      activityOf(
        [iPay(5, 'X', 50), iPay(9, 'Y', 60)],
        [tagOn('X', { category: 'exchange', actor: 'x' }), tagOn('Y', { category: 'exchange', actor: 'x' })],
      ),
    ],
    [
      'A7',
      'a hack among who paid, and not a shop',
      activityOf(just, [tagOn('payer 1', { abuse: 'service_hack' })]),
      activityOf(just, [tagOn('payer 1', { category: 'shop' })]),
    ],
    [
      'B2',
      'emptied within two days, and not half of it',
      activityOf([paysMe(0, 'A', 1_000), iPay(DAY, 'B', 985)]),
      activityOf([paysMe(0, 'A', 1_000), iPay(DAY, 'B', 500)]),
    ],
    [
      'C2',
      'ten payers in a day, and not one payer ten times',
      activityOf(many),
      activityOf(many.map((_, n) => paysMe(n * 60, 'one', 1_000 + n))),
    ],
    [
      'C3',
      'many small into one, and not into two',
      activityOf([...many, iPay(9_000, 'B', 12_000)]),
      activityOf([...many, iPay(9_000, 'B', 6_000), iPay(9_001, 'C', 6_000)]),
    ],
    [
      'D5',
      'a mixer paid, and not a shop',
      activityOf([iPay(1, 'M', 5)], [tagOn('M', { category: 'mixing_service' })]),
      activityOf([iPay(1, 'M', 5)], [tagOn('M', { category: 'shop' })]),
    ],
    [
      'F1',
      'paid by a sanctioned address, and not paying one',
      activityOf(just, [tagOn('payer 1', { abuse: 'sanction' })]),
      activityOf([iPay(1, 'S', 5)], [tagOn('S', { abuse: 'sanction' })]),
    ],
    [
      'F2',
      'paid by gambling, and not paying it',
      activityOf(just, [tagOn('payer 2', { category: 'gambling' })]),
      activityOf([iPay(1, 'G', 5)], [tagOn('G', { category: 'gambling' })]),
    ],
  ]
  test.each(cases)('%s fires on %s', (id, _, fires, near) => {
    expect(firedOf(fires)).toContain(id)
    expect(firedOf(near)).not.toContain(id)
  })

  test('A1 asks for a threshold, and fires on three transfers just below it', () => {
    expect(firedOf(activityOf(just), 10_000n)).toContain('A1')
    expect(firedOf(activityOf(just), 9_002n)).not.toContain('A1')
    expect(assess(activityOf(just), pack.indicators).notChecked.find(({ id }) => id === 'A1')?.why).toMatch(
      /needs a reporting threshold/,
    )
  })

  test('a CoinJoin in which the subject takes part is seen by its shape, and the questions say what was checked', () => {
    const { tx } = matching['gs-whirlpool']
    const mine = tx.outputs[0]?.address ?? ''
    const subject = new Set([mine])
    const flows = [flowOf(tx, 'c', subject) ?? undefined].filter((flow) => flow !== undefined)
    const seen = assess({ ...activityOf([]), subject, flows, whole: false }, pack.indicators).fired
    expect(seen.map(({ id }) => id)).toEqual(expect.arrayContaining(['D5', 'F7']))
    expect(seen.find(({ id }) => id === 'F7')).toMatchObject({
      txids: [tx.txid],
      page: 15,
      questions: [{ answer: 'not checked' }, { answer: 'no' }, { answer: 'not checked' }],
    })
  })

  test('without tags, and without times, what needs them is not checked', () => {
    const blind = activityOf([at(null, [[10, 'A']], [[9, 'me']])])
    const whyOf = (id: string) => assess(blind, pack.indicators).notChecked.find((one) => one.id === id)?.why
    expect([whyOf('A7'), whyOf('A2'), whyOf('B2')]).toEqual([
      expect.stringMatching(/needs tags/),
      expect.stringMatching(/needs the times/),
      expect.stringMatching(/needs the times/),
    ])
  })

  test('amounts near 2^256 are compared exactly', () => {
    const big = 2n ** 255n
    const flow = { height: 1, asset: 'a', others: [], coinJoin: [], stonewall: false, direction: 'in' } as const
    const activity = {
      ...activityOf([]),
      flows: [0, 1, 2].map((n) => ({ ...flow, txid: `t${n}`, time: n, value: big + BigInt(n) })),
    }
    expect(firedOf(activity)).toContain('A2')
  })
})

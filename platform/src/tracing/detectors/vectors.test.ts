import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { applyRule, rules } from './index.ts'
import { type Coin, ledgerTx } from './ledger-cases.ts'

/** Each case of vectors/detectors gets the verdict, confidence and facts that it states. */

type Case = {
  readonly name: string
  readonly origin?: string
  readonly theirs?: 'accept' | 'reject'
  readonly differs?: string
  readonly tx: {
    readonly coinbase: boolean
    readonly inputs: readonly (readonly [string, string])[]
    readonly outputs: readonly (readonly [string, string | null])[]
  }
  readonly expect: {
    readonly verdict: string
    readonly confidence?: number
    readonly facts?: Readonly<Record<string, unknown>>
  }
}
type Vectors = {
  readonly format: string
  readonly rule: string
  readonly version: string
  readonly cases: readonly Case[]
}

const folder = new URL('../../../../vectors/detectors/', import.meta.url)
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .sort()
const read = (name: string) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Vectors
const toCoin = ([amount, owner]: readonly [string, string | null]): Coin => [BigInt(amount), owner]

test('there are vectors for the six GraphSense detectors', () => {
  expect(files).toEqual(
    ['gs-joinmarket', 'gs-wasabi-1.0', 'gs-wasabi-1.1', 'gs-wasabi-2.0', 'gs-whirlpool-tx0', 'gs-whirlpool'].map(
      (name) => `${name}.json`,
    ),
  )
  const restated = files.flatMap((name) => read(name).cases).filter(({ origin }) => origin !== undefined)
  expect(restated).toHaveLength(120)
  expect(restated.filter(({ differs }) => differs !== undefined)).toHaveLength(17)
})

for (const name of files) {
  const { rule: id, version, cases } = read(name)
  describe(`${id} gives the verdict of its vectors`, () => {
    const rule = rules.find((each) => each.id === id)
    if (!rule) throw new Error(`no rule ${id}`)
    test('for the version they were written for', () => expect(rule.version).toBe(version))
    test.each(cases.map((each) => [each.name, each] as const))('%s', (_, { tx, theirs, differs, expect: expected }) => {
      const finding = applyRule(
        rule,
        ledgerTx({ coinbase: tx.coinbase, inputs: tx.inputs.map(toCoin), outputs: tx.outputs.map(toCoin) }),
      )
      expect(`${finding.verdict}: ${finding.reason}`).toMatch(new RegExp(`^${expected.verdict}: `))
      expect(finding.confidence).toBe(expected.confidence ?? null)
      expect(finding.facts).toMatchObject(expected.facts ?? {})
      if (theirs !== undefined)
        expect((theirs === 'accept') === (expected.verdict === 'match')).toBe(differs === undefined)
    })
  })
}

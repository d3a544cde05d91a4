/** What the detectors say of the transactions of their tests, in every language: no English word is left. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { phrasesIn } from '../../scripts/phrases.ts'
import { languages } from '../../web/src/shared/language/languages.ts'
import { phrasebook } from '../../web/src/shared/phrases/phrasebook.ts'
import type { LedgerTx } from '../src/chains/index.ts'
import { applyRule, rules } from '../src/tracing/detectors/index.ts'
import { type Coin, ledgerTx, withoutPrevouts, withoutScripts } from '../src/tracing/detectors/ledger-cases.ts'
import { matching } from '../src/tracing/detectors/matching-cases.ts'

type Pair = readonly [string, string | null]
type Case = {
  readonly tx: { readonly coinbase: boolean; readonly inputs: readonly Pair[]; readonly outputs: readonly Pair[] }
}

const folder = new URL('../../vectors/detectors/', import.meta.url)
const coin = ([amount, owner]: Pair): Coin => [BigInt(amount), owner]
const fromVectors: readonly LedgerTx[] = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .flatMap((name) => (JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as { cases: readonly Case[] }).cases)
  .map(({ tx }) => ledgerTx({ ...tx, inputs: tx.inputs.map(coin), outputs: tx.outputs.map(coin) }))

/** Every rule over every transaction, whole and with parts that no source gave, with and without its neighbours. */
const said = new Set(
  [...fromVectors.map((tx) => ({ tx, neighbours: {} })), ...Object.values(matching)].flatMap(({ tx, neighbours }) =>
    [tx, withoutPrevouts(tx), withoutScripts(tx), { ...tx, coinbase: true }].flatMap((one) =>
      [neighbours, {}].flatMap((known) => rules.map((rule) => applyRule(rule, one, known).reason)),
    ),
  ),
)

test('there is enough to look at', () => expect(said.size).toBeGreaterThan(300))

test.each(languages.map(({ id }) => id).filter((id) => id !== 'en'))('in %s', (language) => {
  const book = phrasebook(phrasesIn('tracing', language), language)
  expect([...said].filter((text) => book(text) === null)).toEqual([])
  expect([...said].map((text) => book(text) ?? '').filter((text) => ENGLISH.test(text))).toEqual([])
})

const ENGLISH = /\b(?:the|outputs?|inputs?|at least|here|is|every|exactly|with|of|and|not known)\b/

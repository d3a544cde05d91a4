/** Ten thousand damaged files for each importer: a package with gated addresses and clean texts, or a refusal; never a crash. */
import { describe, expect, it } from 'vitest'
import type { BuiltPackage } from '../../src/evidence/formats/build-package.ts'
import { cleanText } from '../../src/evidence/formats/clean-text.ts'
import { formatsCodes } from '../../src/evidence/formats/codes.ts'
import {
  exportCase,
  exportFtm,
  exportMisp,
  exportPackage,
  exportStix,
  importCase,
  importFtm,
  importMisp,
  importPackage,
  importStix,
} from '../../src/evidence/formats/index.ts'
import type { EvidencePackage } from '../../src/evidence/formats/model.ts'
import { fixture, fixtureDesk, fixtureGate, releaseAll } from '../../src/evidence/formats/testing/fixture.ts'
import { canonicalJson, type Json, type Result } from '../../src/kernel/index.ts'
import { byteMutations, type Mutation, randomFrom, textMutations } from './mutations.ts'

/** A third of the fixture, so that one change meets something that matters. */
const small = releaseAll({
  ...fixture,
  exhibits: fixture.exhibits.slice(0, 2),
  custody: fixture.custody.slice(0, 1),
  statements: fixture.statements.slice(0, 2),
})

/** Damage that only these formats know: another value where a name, a type or an id stands. */
const ours: readonly Mutation[] = [
  [
    'another string',
    /"[^"\\]{1,80}"/g,
    [
      '"__proto__"',
      '"constructor"',
      '""',
      '"@graph"',
      '"@id"',
      'null',
      '[]',
      '{}',
      '"\\u202e\\u0000x"',
      '"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb"',
    ],
  ],
  [
    'another key',
    /"[^"\\]{1,80}":/g,
    ['"@reverse":', '"__proto__":', '"privateKey":', '"extensions":', '"@context":', '"":'],
  ],
  ['another value', /: (\[|\{|"[^"]*")/g, [': null, "x": $1', ': [$1', ': true, "y": $1', ': 1e999, "z": $1']],
].map(([name, pattern, replacements]) => ({
  name: String(name),
  apply: (bytes, random) => {
    const text = bytes.toString()
    const matches = [...text.matchAll(pattern as RegExp)]
    const match = matches[Math.floor(random() * matches.length)]
    const list = replacements as readonly string[]
    const replacement = list[Math.floor(random() * list.length)] ?? ''
    if (!match) return bytes
    return Buffer.from(
      text.slice(0, match.index) +
        replacement.replace('$1', match[1] ?? '') +
        text.slice(match.index + match[0].length),
    )
  },
}))

const mutations = [...byteMutations, ...textMutations, ...ours, ...ours]
const codes = new Set(formatsCodes.map(({ code }) => code))
const ROUNDS = 10_000

describe.each<[string, string, (bytes: Uint8Array) => Result<BuiltPackage>]>([
  ['CASE', JSON.stringify(JSON.parse(exportCase(small).text), null, 0), (bytes) => importCase(bytes, fixtureDesk)],
  ['STIX', JSON.stringify(JSON.parse(exportStix(small).text)), (bytes) => importStix(bytes, fixtureDesk)],
  ['MISP', JSON.stringify(JSON.parse(exportMisp(small).text)), (bytes) => importMisp(bytes, fixtureDesk)],
  ['FollowTheMoney', exportFtm(small).text, (bytes) => importFtm(bytes, fixtureDesk)],
  ['package', exportPackage(small), (bytes) => importPackage(bytes, fixtureDesk)],
])('%s', (_, text, read) => {
  it(`survives ${ROUNDS} damaged files`, { timeout: 300_000 }, () => {
    const whole = Buffer.from(text)
    let [taken, refused, withDefects] = [0, 0, 0]
    for (let round = 0; round < ROUNDS; round++) {
      const random = randomFrom(round)
      let bytes: Buffer = whole
      for (let left = 1 + Math.floor(random() * 2); left > 0; left--)
        bytes = mutations[Math.floor(random() * mutations.length)]?.apply(bytes, random) ?? bytes
      const result = read(bytes)
      if (!result.ok) {
        refused++
        if (!codes.has(result.refusal.code)) throw new Error(`${result.refusal.code} is no code of these formats`)
        continue
      }
      taken++
      if (result.value.defects.length > 0) withDefects++
      expectClean(result.value.package)
    }
    // Each way out is met often; otherwise the damage would miss the importers.
    expect(Math.min(taken, refused, withDefects)).toBeGreaterThan(ROUNDS / 100)
  })
})

function expectClean(pack: EvidencePackage): void {
  for (const { chain, address } of pack.wallets) gated(chain, address)
  for (const { chain, from, to } of pack.transfers)
    for (const address of [from, to]) if (address !== null) gated(chain, address)
  // Plain JSON without fractions or lone surrogates, or this throws.
  const text = canonicalJson(pack as unknown as Json)
  if (/privatekey/i.test(text.replace(/"(?:[^"\\]|\\.)*"(?!:)/g, ''))) throw new Error('a key for a key')
  for (const match of text.matchAll(/"((?:[^"\\]|\\.)*)"/g)) {
    const value = JSON.parse(`"${match[1] ?? ''}"`)
    if (cleanText(value).changed) throw new Error(`not clean: ${JSON.stringify(value)}`)
  }
}

function gated(chain: string, address: string): void {
  const result = fixtureGate(chain, address)
  if (!result.ok || result.value !== address) throw new Error(`ungated: ${chain} ${address}`)
}

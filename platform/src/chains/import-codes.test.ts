import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { importCodes } from './import-codes.ts'

const HERE = new URL('./', import.meta.url)
const PURE = [
  'byte-reader', 'block-codec', 'transaction-codec', 'exact-json', 'json-fields', 'json-splitter', 'python-literal', 'raw-ledger',
  'transaction-statement', 'core-transaction', 'etl-records', 'esplora-transaction', 'evm-proof',
] // biome-ignore format: a list of names

function sourceTexts(): readonly string[] {
  const importers = readdirSync(new URL('sources/', HERE)).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  )
  return [...PURE.map((name) => `${name}.ts`), ...importers.map((name) => `sources/${name}`)].map((name) =>
    readFileSync(new URL(name, HERE), 'utf8'),
  )
}

describe('the codes of the importers', () => {
  const used = new Set(
    sourceTexts().flatMap((text) =>
      [
        ...text.matchAll(
          /'((?:SOURCE|SERVER|BLOCK|TX|TXID|AMOUNTS?|ADDRESS|INPUT|OUTPUT|SPEND|UNDO|ITEM|CURSOR|FORMAT|WRONG|RECEIPTS?|SENDER|TRACES?|REWARD|FLOW|TOKEN|MOVE)_[A-Z_]+)'/g,
        ),
      ].map(([, code]) => code ?? ''),
    ),
  )
  const listed = importCodes.map(({ code }) => code)

  test('are all in the catalogue, each once', () => {
    expect([...used].filter((code) => !listed.includes(code))).toEqual([])
    expect(new Set(listed).size).toBe(listed.length)
  })

  test('that the catalogue lists are all in use', () => {
    expect(listed.filter((code) => !used.has(code))).toEqual([])
  })
})

/** The audit of the engine as it is shipped: the report is what the command measures, and its worlds are real blocks. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type ChainPack, shippedChainPacks } from '../../src/chains/index.ts'
import { measuredFigures, measuredOf } from '../../src/tracing/index.ts'
import { type Figures, heuristicFigures, periods, playWorld } from '../../src/tracing/validation/index.ts'
import { askComity, repository, temporaryFolder } from '../run-comity.ts'

test('docs/validation.md is what comity validate measures', async () => {
  const folder = temporaryFolder()
  const written = join(folder, 'validation.md')
  const figures = await askComity<Figures>(folder, ['validate', '--write', written])
  expect(figures.published).not.toBeNull()
  const shipped = readFileSync(join(repository, 'docs/validation.md'), 'utf8')
  expect(readFileSync(written, 'utf8'), 'run: node scripts/write-validation.ts').toBe(shipped)
  expect(shipped).toContain(`sha256:${figures.digest}`)
  expect(measuredFigures.digest, 'what reports of traces name').toBe(figures.digest)
  const each = heuristicFigures(figures)
  expect(measuredOf(each.map(({ id }) => id)).heuristics, 'what answers name of each heuristic').toEqual(each)
})

test('an emulated world is a chain of blocks that the importer takes as any other', async () => {
  const regtest = shippedChainPacks.find(({ aliases }) => aliases.includes('bitcoin-regtest')) as ChainPack
  const world = playWorld(
    { ...(periods[1] as (typeof periods)[number]), firstHeight: 1 },
    'import',
    { transactions: 400, users: 40 },
    regtest,
  )
  const folder = temporaryFolder()
  const file = join(folder, 'world.dat')
  const magic = Buffer.from(regtest.magic, 'hex')
  writeFileSync(
    file,
    Buffer.concat(
      world.blocks.flatMap(({ bytes }) => {
        const length = Buffer.alloc(4)
        length.writeUInt32LE(bytes.length)
        return [magic, length, bytes]
      }),
    ),
  )
  const home = join(folder, 'home')
  const on = ['--chain', 'bitcoin-regtest']
  const imported = await askComity(home, ['chain', 'import', ...on, '--format', 'raw-block', file])
  expect(imported).toMatchObject({ blocks: world.blocks.length, transactions: world.transactions.length })
  const mix = world.transactions.find(({ txid }) => world.truthByTxid.get(txid)?.kind === 'joinmarket')
  const shown = await askComity<{ inputs: object[]; proof: string }>(home, ['tx', 'show', mix?.txid ?? ''])
  expect(shown.proof).toBe('txid')
  expect(shown.inputs).toEqual(
    mix?.inputs.map(({ prev, prevout, sequence }) => ({
      prev,
      prevout: { value: String(prevout?.value), script: prevout?.script, address: prevout?.address },
      sequence,
    })),
  )
})

test('a seed that is none, and a folder without a set, are refused', async () => {
  const folder = temporaryFolder()
  const refused = await askComity<{ error: { code: string } }>(folder, ['validate', '--seed', ' '], 2)
  expect(refused.error.code).toBe('FLAG_VALUE')
  const none = await askComity<{ error: { code: string } }>(folder, ['validate', '--data', folder], 1)
  expect(none.error.code).toBe('SOURCE_NOT_FOUND')
})

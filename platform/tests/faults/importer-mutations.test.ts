/**
 * Ten thousand damaged inputs for every importer. Whatever happens to a file, an importer
 *
 * - throws nothing but a refusal, and never hangs;
 * - delivers a transaction with the proof `txid` only if its content is the real one for that id;
 * - delivers another amount only in a transaction that is marked: `mismatch` with a defect, `stated` or `doubles`;
 * - calls a block complete by its Merkle root only if it has exactly the real transactions.
 *
 * What is not promised, because nothing in the formats binds it: the block that a transaction outside a proved block names,
 * amounts of sources without ids to check (`stated`), and what a source says of spent outputs beyond its own sums.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { LedgerTx, SourceFormat } from '../../src/chains/index.ts'
import { parquetSample } from '../../src/chains/sources/parquet-sample.ts'
import { type Delivered, folderOf, packOf, readAll, sample } from '../../src/chains/sources/reading-samples.ts'
import { Stop } from '../../src/kernel/index.ts'
import { byteMutations, type Mutation, randomFrom, textMutations } from './mutations.ts'

const INPUTS = 10_000
/** An input that takes so many milliseconds hangs, however busy the machine is: most take one or two. */
const LONGEST = 60_000
const bitcoin = packOf('bitcoin')

type Files = Readonly<Record<string, Buffer>>

describe('damaged inputs', () => {
  test.each<[SourceFormat, () => Promise<readonly Files[]>, readonly Mutation[]]>([
    ['raw-block', async () => rawBlocks(), byteMutations],
    ['esplora', async () => esplora(), [...byteMutations, ...textMutations]],
    [
      'core-rpc',
      async () => folderFiles(sample('etl-btc/bitcoin/block_with_transactions'), /getblock_/),
      [...byteMutations, ...textMutations],
    ],
    [
      'bitcoin-etl',
      async () => folderFiles(sample('etl-btc/bitcoin/stream_50001_50002'), /expected/),
      [...byteMutations, ...textMutations],
    ],
    [
      'aws-parquet',
      async () => [
        ...(await folderFiles(await parquetSample('uncompressed'), /./)),
        ...(await folderFiles(await parquetSample(), /./)),
      ],
      byteMutations,
    ],
    ['blocksci-csv', async () => [blockSci()], [...byteMutations, ...textMutations]],
  ])('never make %s say something wrong', async (format, sources, mutations) => {
    const originals: { files: Files; truth: Truth }[] = []
    for (const files of await sources())
      originals.push({ files, truth: truthOf(await readAll(format, folderOf(files), bitcoin)) })
    const tally = { refused: 0, defects: 0, unharmed: 0 }
    const folder = folderOf({})
    const places = new Map<string, Files>()
    for (let input = 0; input < INPUTS; input++) {
      const random = randomFrom(input)
      const original = originals[input % originals.length]
      if (!original) throw new Error('there is no original')
      const { files, told } = damaged(original.files, mutations, random)
      const place = join(folder, String(input % originals.length))
      lay(files, place, places.get(place))
      places.set(place, files)
      const start = performance.now()
      const outcome = await readAll(format, place, bitcoin).catch((thrown: unknown) => thrown)
      const what = `${format}, input ${input}: ${told}`
      expect(performance.now() - start, `${what} takes too long`).toBeLessThan(LONGEST)
      if (outcome instanceof Stop) tally.refused++
      else if (outcome instanceof Error) throw new Error(`${what} throws`, { cause: outcome })
      else {
        const wrong = wrongIn(outcome as Delivered, original.truth)
        if (wrong) throw new Error(`${what}: ${wrong}`)
        if ((outcome as Delivered).defects.length > original.truth.defects) tally.defects++
        else tally.unharmed++
      }
    }
    expect(tally.refused + tally.defects, JSON.stringify(tally)).toBeGreaterThan(INPUTS / 2)
  })
})

/** Writes what does not lie there already: to write a file over costs more time than to read it damaged. */
function lay(files: Files, place: string, lying: Files = {}): void {
  mkdirSync(place, { recursive: true })
  for (const [name, content] of Object.entries(files)) {
    if (lying[name] === content) continue
    rmSync(join(place, name), { force: true })
    writeFileSync(join(place, name), content)
  }
}

type Truth = {
  readonly byTxid: ReadonlyMap<string, string>
  readonly idsByBlock: ReadonlyMap<string, string>
  readonly heights: ReadonlyMap<string, number>
  readonly defects: number
}

function truthOf({ transactions, blocks, defects }: Delivered): Truth {
  if (transactions.length === 0) throw new Error('the original gives nothing')
  return {
    byTxid: new Map(transactions.map((transaction) => [transaction.txid, contentOf(transaction)])),
    idsByBlock: new Map(blocks.map(({ hash }) => [hash ?? '', idsIn(transactions, hash)])),
    heights: new Map(blocks.map(({ hash, height }) => [hash ?? '', height])),
    defects: defects.length,
  }
}

/** What the id proves. */
function contentOf({ version, locktime, inputs, outputs }: LedgerTx): string {
  return [
    version,
    locktime,
    inputs.map(({ prev, sequence }) => [prev?.txid, prev?.vout, sequence]),
    outputs.map(({ value, script, type, address }) => [value, script, type, address]),
  ].join('|')
}

function idsIn(transactions: readonly LedgerTx[], hash: string | null): string {
  return transactions
    .filter(({ block }) => block.hash === hash)
    .map(({ txid }) => txid)
    .toSorted()
    .join()
}

function wrongIn({ transactions, blocks, defects }: Delivered, truth: Truth): string | null {
  const maxMoney = BigInt(bitcoin.maxMoney)
  for (const transaction of transactions) {
    const { txid, proof, outputs } = transaction
    if (proof === 'txid' && truth.byTxid.get(txid) !== contentOf(transaction))
      return `${txid} is delivered as proved with other content`
    if (proof === 'mismatch' && !defects.some((defect) => defect.code === 'TXID_MISMATCH' && defect.txid === txid))
      return `${txid} is a mismatch without a defect`
    if (outputs.some(({ value }) => value < 0n || value > maxMoney)) return `${txid} has an impossible amount`
    if (transaction.inputs.length === 0 || outputs.length === 0) return `${txid} has no inputs or no outputs`
  }
  for (const { hash, height, completeness, headerVerified } of blocks) {
    if (completeness === 'merkle' && truth.idsByBlock.get(hash ?? '') !== idsIn(transactions, hash))
      return `block ${hash} is called complete with other transactions`
    if (headerVerified && !truth.heights.has(hash ?? '')) return `block ${hash} is called verified and is none`
    if (headerVerified && truth.heights.get(hash ?? '') !== height && defects.length === 0)
      return `block ${hash} stands at height ${height}`
  }
  return null
}

function damaged(files: Files, mutations: readonly Mutation[], random: () => number): { files: Files; told: string } {
  const names = Object.keys(files)
  const result: Record<string, Buffer> = { ...files }
  const told: string[] = []
  for (let left = random() < 0.8 ? 1 : 3; left > 0; left--) {
    const name = names[Math.floor(random() * names.length)] ?? ''
    const mutation = mutations[Math.floor(random() * mutations.length)]
    if (!mutation) continue
    result[name] = mutation.apply(result[name] ?? Buffer.alloc(0), random)
    told.push(`${mutation.name} in ${name}`)
  }
  return { files: result, told: told.join(', ') }
}

function rawBlocks(): readonly Files[] {
  const chain = readFileSync(sample('btc-blocks/first-100k-blocks.dat'))
  let end = 0
  for (let left = 12; left > 0; left--) end += 8 + chain.readUInt32LE(end + 4)
  const modern = readFileSync(sample('btc-blocks/block482683.raw'))
  const head = Buffer.from(`${bitcoin.magic}00000000`, 'hex')
  head.writeUInt32LE(modern.length, 4)
  return [
    { 'blk00000.dat': chain.subarray(0, end) },
    { 'blk00000.dat': Buffer.concat([head, modern, chain.subarray(0, 293)]) },
    { 'block.raw': modern },
  ]
}

function esplora(): readonly Files[] {
  const listed = JSON.parse(readFileSync(sample('colonial2021/colonial_ransom_txs.json'), 'utf8')) as unknown[]
  return [
    { 'a.json': Buffer.from(JSON.stringify(listed)) },
    { 'a.jsonl': Buffer.from(listed.map((transaction) => JSON.stringify(transaction)).join('\n')) },
    { 'a.json': Buffer.from(JSON.stringify(listed.slice(1), null, 2)) },
  ]
}

async function folderFiles(folder: string, pattern: RegExp): Promise<readonly Files[]> {
  return [
    Object.fromEntries(
      readdirSync(folder)
        .filter((name) => pattern.test(name))
        .map((name) => [name, readFileSync(join(folder, name))]),
    ),
  ]
}

/** A few transactions that create and spend, so that one input is read in a moment. */
function blockSci(): Files {
  const wanted = new Set([...Array.from({ length: 12 }, (_, tx) => tx), 170, 171, 181, 182, 183, 184, 185])
  const files: Record<string, Buffer> = {}
  for (const name of ['tx_hash.csv.gz', 'tx_height.csv.gz', 'tx_input.csv', 'tx_output.csv.gz', 'adr_hash.csv.gz']) {
    const bytes = readFileSync(sample(`bitcoin-2009/${name}`))
    const [head = '', ...rows] = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString().split('\n')
    const column = name.startsWith('tx_input') || name.startsWith('tx_output') ? 1 : 0
    const kept = rows.filter(
      (row) =>
        row !== '' &&
        (name.startsWith('adr') ? Number(row.split(',')[0]) < 2000 : wanted.has(Number(row.split(',')[column]))),
    )
    files[name.replace('.gz', '')] = Buffer.from([head, ...kept].join('\n'))
  }
  return files
}

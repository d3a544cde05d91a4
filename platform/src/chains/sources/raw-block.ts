/**
 * Raw blocks from the block files of a node, or alone.
 *
 * The files are read twice: once for the headers, so that blocks which lie in any order get their heights; once for the
 * content. The headers are held in memory (some 300 bytes per block), blocks one at a time. A block without a place in
 * the chain is kept aside (`waiting-blocks.ts`) until the blocks before it are imported.
 */
import { readFile } from 'node:fs/promises'
import { Stop } from '../../kernel/index.ts'
import { type BlockHeader, coinbaseHeight, decodeBlock, decodeBlockStart } from '../block-codec.ts'
import { readerOf, remaining } from '../byte-reader.ts'
import type { ChainPack } from '../chain-pack.ts'
import type { Defect } from '../ledger.ts'
import { type BlockToPlace, type Placement, placeBlocks } from '../place-blocks.ts'
import { decodeSpentOutputs, rawLedger } from '../raw-ledger.ts'
import { meetsTarget } from '../recognise-block.ts'
import type { RawOutput } from '../transaction-codec.ts'
import { blockRecords } from './block-records.ts'
import { stopOnForeignBlock } from './foreign-source.ts'
import {
  defectOf,
  EMPTY_PIECE,
  type Importer,
  type ImportOptions,
  inSteps,
  type Piece,
  type ReadContext,
} from './importer.ts'
import { openFileBytes, smallFile } from './source-bytes.ts'
import { describeFiles, listSourceFiles, type SourceFile } from './source-files.ts'
import { keepWaiting, waitingFolder } from './waiting-blocks.ts'

export function rawBlockImporter(
  name: string,
  files: readonly SourceFile[],
  pack: ChainPack,
  options: ImportOptions,
): Importer {
  const total = files.reduce((sum, file) => sum + file.bytes, 0)
  return {
    format: 'raw-block',
    describe: () => describeFiles(pack.caip2, 'raw-block', name, files),
    read: (context) => inSteps(pieces(files, pack, options, context), { name, total }, context, options),
  }
}

async function* pieces(
  files: readonly SourceFile[],
  pack: ChainPack,
  options: ImportOptions,
  context: ReadContext,
): AsyncGenerator<Piece> {
  const placement = await placeAll(files, pack, options, context)
  const read = new Set<string>()
  let before = 0
  for (const file of files) {
    for await (const record of blockRecords(file, before, pack, options.knownPacks)) {
      const { done } = record
      if (record.kind === 'defect') yield { ...EMPTY_PIECE, defects: [record.defect], done }
      else {
        const undo = record.alone ? await undoFileOf(file) : null
        const undoBytes = undo && (await wholeFile(undo))
        const place = `${file.name}, byte ${record.offset}`
        const spent = undo && undoBytes && spentOutputs(undo.name, undoBytes)
        const piece = readBlock(record.bytes, place, pack, placement, read, spent)
        const waits = piece.defects.some(({ code }) => code === 'BLOCK_HEIGHT_UNKNOWN')
        if (waits && options.waitIn !== undefined) {
          const { hash } = decodeBlockStart(readerOf(record.bytes), pack).header
          await keepWaiting(waitingFolder(options.waitIn, pack), hash, record.bytes, undoBytes)
        }
        yield { ...piece, done }
      }
    }
    before += file.bytes
  }
}

type SpentOutputs = { readonly outputs: readonly RawOutput[] | null; readonly defect: Defect | null }

function readBlock(
  bytes: Uint8Array,
  place: string,
  pack: ChainPack,
  placement: Placement,
  read: Set<string>,
  spent: SpentOutputs | null,
): Piece {
  const leftOut = (code: string, message: string): Piece => ({
    ...EMPTY_PIECE,
    defects: [{ code, message, place, count: 1 }],
  })
  let raw: ReturnType<typeof decodeBlock>
  try {
    const reader = readerOf(bytes)
    raw = decodeBlock(reader, pack)
    if (remaining(reader) > 0)
      return leftOut(
        'SOURCE_MALFORMED',
        `${remaining(reader)} bytes follow the block within its record. The block was left out.`,
      )
  } catch (thrown) {
    if (!(thrown instanceof Stop)) throw thrown
    return { ...EMPTY_PIECE, defects: [defectOf({ ...thrown.refusal, code: 'SOURCE_MALFORMED' }, place)] }
  }
  const { hash, prevHash } = raw.header
  if (read.has(hash)) return leftOut('BLOCK_LISTED_TWICE', `Block ${hash} stood in this source before.`)
  if (!meetsTarget(raw.header, pack))
    return leftOut(
      'BLOCK_WORK_MISSING',
      `The hash of block ${hash} does not meet the target in its header. The block was left out.`,
    )
  const contradiction = placement.contradictions.get(hash)
  if (contradiction)
    return leftOut(
      'BLOCK_HEIGHT_MISMATCH',
      `Block ${hash} states height ${contradiction.stated}, but the chain gives it ${contradiction.counted}. It was left out.`,
    )
  const height = placement.heights.get(hash)
  if (height === undefined)
    return leftOut(
      'BLOCK_HEIGHT_UNKNOWN',
      `The height of block ${hash} is not known, nor that of its parent ${prevHash}: it waits for the blocks before it.`,
    )
  const { block, transactions, defects } = rawLedger(raw, height, pack, spent?.outputs ?? null, place)
  if (block) read.add(hash)
  return {
    ...EMPTY_PIECE,
    blocks: block ? [block] : [],
    transactions,
    defects: [...(spent?.defect ? [spent.defect] : []), ...defects],
  }
}

/** The first reading: headers and coinbases of all blocks, their heights, and whether they are of this chain at all. */
export async function placeAll(
  files: readonly SourceFile[],
  pack: ChainPack,
  options: ImportOptions,
  context: ReadContext,
): Promise<Placement> {
  const blocks = new Map<string, BlockToPlace>()
  for (const file of files) {
    for await (const record of blockRecords(file, 0, pack, options.knownPacks)) {
      if (record.kind === 'defect') continue
      const start = startOf(record.bytes, pack)
      if (!start || blocks.has(start.header.hash) || !meetsTarget(start.header, pack)) continue
      const statedHeight = trueHeight(start.header, start.script, pack)
      stopOnForeignBlock(start.header, statedHeight, pack, options.knownPacks, `${file.name}, byte ${record.offset}`)
      blocks.set(start.header.hash, { hash: start.header.hash, prevHash: start.header.prevHash, statedHeight })
    }
  }
  const parentHeights = new Map<string, number>()
  for (const { hash, prevHash, statedHeight } of blocks.values()) {
    if (statedHeight !== null || blocks.has(prevHash) || !context.heightOf) continue
    // Another source may have told the height of the block itself.
    const own = await context.heightOf(hash)
    const height = own === null ? await context.heightOf(prevHash) : own - 1
    if (height !== null) parentHeights.set(prevHash, height)
  }
  return placeBlocks(blocks, pack.genesis.hash, parentHeights)
}

function startOf(bytes: Uint8Array, pack: ChainPack): { header: BlockHeader; script: Uint8Array } | null {
  try {
    const { header, coinbase } = decodeBlockStart(readerOf(bytes), pack)
    const [input] = coinbase.inputs
    return input?.prev === null ? { header, script: input.script } : null
  } catch (thrown) {
    if (thrown instanceof Stop) return null
    throw thrown
  }
}

/** No chain known here comes near this height; what claims to is not a height. */
const BEYOND_HEIGHTS = 2 ** 24

/** The height in the coinbase where the rules of the chain made the miner tell the truth. */
function trueHeight(header: BlockHeader, script: Uint8Array, pack: ChainPack): number | null {
  const from = pack.recognition?.coinbaseHeightFrom ?? null
  const height = coinbaseHeight(script)
  // The version is signed: with its highest bit set it is negative, and was below 2 for the rule.
  const ruled = header.version >= 2 && header.version < 0x8000_0000
  return ruled && from !== null && height !== null && height >= from && height < BEYOND_HEIGHTS ? height : null
}

/** `NAME-undo.raw` beside a file that holds one block: the outputs that the block spends. */
async function undoFileOf(file: SourceFile): Promise<SourceFile | null> {
  const stem = file.path.replace(/(\.(raw|dat|blk|hex|bin))?(\.(gz|bz2|zst))?$/, '')
  for (const path of [`${stem}-undo.raw`, `${stem}-undo.raw.gz`]) {
    const found = await listSourceFiles(path, () => true)
    if (found.ok && found.value[0]) return found.value[0]
  }
  return null
}

function spentOutputs(name: string, bytes: Uint8Array): SpentOutputs {
  try {
    return { outputs: decodeSpentOutputs(readerOf(bytes)), defect: null }
  } catch (thrown) {
    if (!(thrown instanceof Stop)) throw thrown
    return { outputs: null, defect: defectOf({ ...thrown.refusal, code: 'UNDO_MISMATCH' }, name) }
  }
}

async function wholeFile(file: SourceFile): Promise<Uint8Array> {
  if (!file.name.endsWith('.gz')) return smallFile(file) ?? readFile(file.path)
  const parts: Uint8Array[] = []
  for await (const chunk of (await openFileBytes(file)).chunks) parts.push(chunk)
  return Buffer.concat(parts)
}

/** Blocks as a server gave them: kept as files for the ledger, and read at once by the importers, which check them. */
import { randomUUID } from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import {
  type AccountPack,
  type ChainPack,
  compareMoves,
  type LedgerTx,
  type Move,
  type SourceFormat,
} from '../../../chains/index.ts'
import { type FetchedBlock, keptAs, readFetchedAccounts, readFetchedOutputs } from '../../../chains/sources/index.ts'
import { stop } from '../../../kernel/index.ts'
import { accountBlock, outputBlock, type WatchedBlock } from '../index.ts'

export type KeptFile = { readonly format: SourceFormat; readonly name: string }

/**
 * One file for each format. `number` is part of the name and was given to no other step. They are on the disk when this
 * returns.
 */
export function keepBlocks(folder: string, number: number, blocks: readonly FetchedBlock[]): readonly KeptFile[] {
  mkdirSync(folder, { recursive: true })
  const formats = new Set(blocks.flatMap(({ parts }) => parts.map(({ format }) => format)))
  return [...formats].map((format) => {
    const { ending = 'json', after = '\n' } = keptAs[format] ?? {}
    const name = `followed-${String(number).padStart(9, '0')}.${ending}`
    const partial = join(folder, `.${randomUUID()}.part`)
    const file = openSync(partial, 'wx')
    for (const { parts } of blocks)
      for (const part of parts) {
        if (part.format !== format) continue
        writeAll(file, typeof part.content === 'string' ? Buffer.from(`${part.content}${after}`) : part.content)
      }
    fsyncSync(file)
    closeSync(file)
    renameSync(partial, join(folder, name))
    return { format, name }
  })
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written)
}

/** The formats from which movements are read: raw blocks do not say what their inputs spend. */
const READ_FROM = ['core-rpc', 'esplora'] as const

export type ReadSetting = {
  readonly pack: ChainPack | AccountPack
  readonly knownPacks: readonly ChainPack[]
}

export function readBlocks(
  { pack, knownPacks }: ReadSetting,
  blocks: readonly FetchedBlock[],
): Promise<readonly WatchedBlock[]> {
  return pack.family === 'account' ? readAccounts(pack, knownPacks, blocks) : readOutputs(pack, knownPacks, blocks)
}

async function readOutputs(
  pack: ChainPack,
  knownPacks: readonly ChainPack[],
  blocks: readonly FetchedBlock[],
): Promise<readonly WatchedBlock[]> {
  const found = new Map<string, LedgerTx[]>(blocks.map(({ hash }) => [hash, []]))
  const flaws: string[] = []
  for (const format of READ_FROM) {
    const parts = partsOf(blocks, format)
    if (parts.length === 0) continue
    for await (const { batch } of readFetchedOutputs(format, parts, pack, { knownPacks })) {
      for (const transaction of batch.transactions) found.get(transaction.block.hash ?? '')?.push(transaction)
      flaws.push(...batch.defects.map(({ code, message }) => `${code}: ${message}`))
    }
  }
  return blocks.map((block) => {
    const transactions = found.get(block.hash) ?? []
    if (transactions.length === 0) unread(block, 0, flaws)
    if (transactions.length !== block.transactions) unread(block, transactions.length, flaws)
    return outputBlock({ ...block, chain: pack.caip2 }, pack.asset.caip19, transactions)
  })
}

async function readAccounts(
  pack: AccountPack,
  knownPacks: readonly ChainPack[],
  blocks: readonly FetchedBlock[],
): Promise<readonly WatchedBlock[]> {
  const movesByHeight = new Map<number, Move[]>(blocks.map(({ height }) => [height, []]))
  const countByHash = new Map<string, number>()
  const flaws: string[] = []
  for await (const { batch } of readFetchedAccounts(partsOf(blocks, 'evm-rpc'), pack, { knownPacks })) {
    for (const { block } of batch.transactions)
      countByHash.set(block.hash ?? '', (countByHash.get(block.hash ?? '') ?? 0) + 1)
    for (const move of batch.moves) movesByHeight.get(move.height)?.push(move)
    flaws.push(...batch.defects.map(({ code, message }) => `${code}: ${message}`))
  }
  return blocks.map((block) => {
    const count = countByHash.get(block.hash) ?? 0
    if (count !== block.transactions) unread(block, count, flaws)
    const moves = (movesByHeight.get(block.height) ?? []).toSorted(compareMoves)
    return accountBlock({ ...block, chain: pack.caip2 }, moves)
  })
}

function partsOf(blocks: readonly FetchedBlock[], format: SourceFormat) {
  return blocks.flatMap(({ parts }) => parts.filter((part) => part.format === format))
}

function unread({ height, hash, transactions }: FetchedBlock, read: number, flaws: readonly string[]): never {
  return stop(
    'FOLLOW_BLOCK_UNREAD',
    `Of ${transactions} transactions of block ${height}, ${read} can be read. ${flaws[0] ?? ''}`,
    { place: hash, fix: 'Nothing of the block was kept. Ask another server, or report the fault.' },
  )
}

/**
 * Raw blocks whose height nobody knows yet: kept aside, byte for byte, until the blocks before them are here. So a ledger
 * holds the same in whatever order its sources came.
 *
 * Each block is a file named by its hash, beside it the outputs that it spends where its source had them. A file
 * appears whole, before its source is published, and goes only after the block is part of the ledger.
 */
import { mkdir, readdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ChainPack } from '../chain-pack.ts'

export async function keepWaiting(
  folder: string,
  hash: string,
  bytes: Uint8Array,
  spentOutputs: Uint8Array | null,
): Promise<void> {
  await mkdir(folder, { recursive: true })
  if (spentOutputs) await writeWhole(folder, `${hash}-undo.raw`, spentOutputs)
  await writeWhole(folder, `${hash}.raw`, bytes)
}

async function writeWhole(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const unfinished = join(folder, `.${name}.${process.pid}`)
  await writeFile(unfinished, bytes, { flush: true })
  await rename(unfinished, join(folder, name))
}

/** Hashes of the blocks of a chain that wait in this folder, in order. */
export async function waitingBlocks(waitIn: string, pack: ChainPack): Promise<readonly string[]> {
  const names = await readdir(waitingFolder(waitIn, pack)).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT') return []
    throw thrown
  })
  return names.flatMap((name) => /^([0-9a-f]{64})\.raw$/.exec(name)?.[1] ?? []).sort()
}

export function waitingFolder(waitIn: string, pack: ChainPack): string {
  return join(waitIn, pack.caip2.replace(':', '-'))
}

/** The files of the directory that this node has accepted, in a folder: each whole or not at all, and there after a power cut. */
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Failpoint } from '../../../io/vault/blob-store.ts'
import { makeFolder, writeDurably } from '../../../io/vault/durable-files.ts'
import type { TrustedFiles } from '../update/ports.ts'

/** Names are made by the update; anything else is a fault, never a path. */
const NAME = /^(?:[a-z]+|(?:kept|editions)\/[0-9a-f-]{1,80})\.json$/

export async function trustedFolder(folder: string, failpoint: Failpoint = () => {}): Promise<TrustedFiles> {
  const drafts = join(folder, 'drafts')
  for (const path of [folder, drafts, join(folder, 'kept'), join(folder, 'editions')]) await makeFolder(path)
  const pathOf = (name: string) => {
    if (!NAME.test(name)) throw new RangeError(`${JSON.stringify(name)} is no name of a file of the directory`)
    return join(folder, name)
  }
  return {
    read: (name) => readOrNull(pathOf(name)),
    write: (name, bytes) =>
      writeDurably(
        drafts,
        pathOf(name),
        async (file) => {
          await file.writeFile(bytes)
        },
        failpoint,
        'directory',
      ),
    list: async (part) => {
      const entries = await readdir(dirname(pathOf(`${part}/0.json`)))
      return entries
        .map((entry) => `${part}/${entry}`)
        .filter((name) => NAME.test(name))
        .sort()
    },
  }
}

/** Null where there is no file; another failure is a fault. */
export async function readOrNull(path: string): Promise<Uint8Array | null> {
  try {
    return await readFile(path)
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && (thrown.code === 'ENOENT' || thrown.code === 'ENOTDIR'))
      return null
    throw thrown
  }
}

/** Files that are made for one answer: written into a folder of their own, sent as one zip, and gone once they are sent. */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyReply } from 'fastify'
import yazl from 'yazl'

export type Zip = {
  /** Where the folder is made. */
  readonly under: string
  /** Of the folder inside the zip; the file is called so too, after `prefix`. */
  readonly name: string
  readonly prefix?: string
  /** Makes the folder, which is not there yet, and what is in it. */
  readonly write: (folder: string) => Promise<unknown>
}

export async function sendZip(reply: FastifyReply, { under, name, prefix = '', write }: Zip) {
  const work = await mkdtemp(join(under, 'zip-'))
  try {
    const folder = join(work, name)
    await write(folder)
    const zip = new yazl.ZipFile()
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    for (const entry of entries.filter((one) => one.isFile())) {
      const path = join(entry.parentPath, entry.name)
      zip.addFile(path, `${name}/${path.slice(folder.length + 1)}`)
    }
    zip.end()
    reply.raw.on('close', () => void rm(work, { recursive: true, force: true }))
    return reply
      .header('content-disposition', `attachment; filename="${prefix}${name}.zip"`)
      .type('application/zip')
      .send(zip.outputStream)
  } catch (thrown) {
    await rm(work, { recursive: true, force: true })
    throw thrown
  }
}

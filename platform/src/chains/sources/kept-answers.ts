/**
 * Answers of a server are kept as a file, one per line, before anything is imported: the file is what the import stands
 * on, by its checksum, and can be handed to somebody else. Fetching goes on where it was interrupted. A finished file is
 * used again as it is; remove it, or name another folder, to ask the server anew.
 */
import { createWriteStream, existsSync } from 'node:fs'
import { mkdir, readFile, rename, stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { sha256Text } from '../../kernel/index.ts'
import type { SourceFile } from './source-files.ts'

/** `fetchFrom` yields the answers after the first `done`; `key` says what was asked of whom, without credentials. */
export async function keepAnswers(
  folder: string,
  key: string,
  fetchFrom: (done: number, last: string | null) => AsyncIterable<string>,
): Promise<SourceFile> {
  await mkdir(folder, { recursive: true })
  const name = `answers-${sha256Text(key).slice(0, 16)}.jsonl`
  const path = join(folder, name)
  if (!existsSync(path)) {
    const partial = `${path}.part`
    const { done, last } = await completeLines(partial)
    const file = createWriteStream(partial, { flags: 'a' })
    try {
      for await (const answer of fetchFrom(done, last)) await write(file, `${oneLine(answer)}\n`)
    } finally {
      await new Promise((resolve) => file.end(resolve))
    }
    await rename(partial, path)
  }
  return { path, name, bytes: (await stat(path)).size }
}

/** Cuts a last line that was not finished. */
async function completeLines(path: string): Promise<{ done: number; last: string | null }> {
  if (!existsSync(path)) return { done: 0, last: null }
  const text = await readFile(path, 'utf8')
  const end = text.lastIndexOf('\n') + 1
  await truncate(path, Buffer.byteLength(text.slice(0, end)))
  const lines = text.slice(0, end).split('\n').slice(0, -1)
  return { done: lines.length, last: lines.at(-1) ?? null }
}

/** Line breaks can stand only between the parts of JSON, never in a string, so that blanks mean the same. */
function oneLine(answer: string): string {
  return answer.trim().replace(/[\r\n]/g, ' ')
}

function write(file: ReturnType<typeof createWriteStream>, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    file.write(text, (fault) => (fault ? reject(fault) : resolve()))
  })
}

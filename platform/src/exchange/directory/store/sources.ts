/** Where a published directory is read from: a folder (a stick, a mirror), or a server over HTTPS. */
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { stop } from '../../../kernel/index.ts'
import type { DirectorySource } from '../update/ports.ts'

/** Names that the update asks for: `timestamp.json`, `3.countries.nl.json`, `members/<sha256>.nl-om.json`. */
const NAME = /^(?:members\/)?[a-z0-9.-]{1,160}\.json$/

export function folderSource(folder: string): DirectorySource {
  return {
    fetch: async (name, maxBytes) => {
      if (!NAME.test(name)) throw new RangeError(`${JSON.stringify(name)} is no name of a file of the directory`)
      const file = await open(join(folder, name), 'r').catch((thrown: NodeJS.ErrnoException) => {
        if (thrown.code === 'ENOENT' || thrown.code === 'ENOTDIR') return null
        throw thrown
      })
      if (file === null) return null
      try {
        const buffer = new Uint8Array(maxBytes + 1)
        let length = 0
        while (length < buffer.length) {
          const { bytesRead } = await file.read(buffer, length, buffer.length - length, length)
          if (bytesRead === 0) break
          length += bytesRead
        }
        return buffer.slice(0, length)
      } finally {
        await file.close()
      }
    },
  }
}

/** `base` is what the operator of the node names, and the only server that is asked: redirects are not followed. */
export function httpSource(base: URL, timeoutMs = 30_000): DirectorySource {
  const root = new URL(base.href.endsWith('/') ? base.href : `${base.href}/`)
  return {
    fetch: async (name, maxBytes) => {
      if (!NAME.test(name)) throw new RangeError(`${JSON.stringify(name)} is no name of a file of the directory`)
      const unreachable = (what: string): never =>
        stop('DIRECTORY_UNREACHABLE', `The directory cannot be fetched: ${what}.`, {
          place: root.href,
          fix: 'Check the address and the network, or fetch from another place.',
        })
      let answer: Response
      try {
        answer = await fetch(new URL(name, root), {
          redirect: 'error',
          headers: { 'accept-encoding': 'identity' },
          signal: AbortSignal.timeout(timeoutMs),
        })
      } catch (thrown) {
        return unreachable(thrown instanceof Error ? thrown.name : 'no answer')
      }
      if (answer.status === 404 || answer.status === 410) {
        await answer.body?.cancel()
        return null
      }
      if (answer.status !== 200 || answer.body === null) return unreachable(`it answers ${answer.status}`)
      const parts: Uint8Array[] = []
      let length = 0
      try {
        for await (const part of answer.body as AsyncIterable<Uint8Array>) {
          parts.push(part)
          length += part.length
          // One byte more than may be: enough to see that it is too much.
          if (length > maxBytes) break
        }
      } catch (thrown) {
        return unreachable(thrown instanceof Error ? thrown.name : 'it broke off')
      }
      return Uint8Array.from(Buffer.concat(parts, Math.min(length, maxBytes + 1)))
    },
  }
}

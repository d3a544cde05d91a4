/**
 * The chain of an Esplora server. Its transactions say what their inputs spend, and its raw blocks prove themselves and link
 * to one another, so that a reorganisation is seen in the ledger too: both are kept.
 */
import { isHex, stop } from '../../kernel/index.ts'
import { decodeHeader, HEADER_BYTES } from '../block-codec.ts'
import { isArray, type JsonValue, parseExactJson } from '../exact-json.ts'
import { rootHolds } from './core-rpc.ts'
import type { ImportOptions } from './importer.ts'
import { askServer, askServerBytes, shownUrl } from './server-requests.ts'
import { jsonPart, type TipSource } from './tip-source.ts'

/** `base`: the root of its API, as `https://esplora.example/api`. */
export function esploraTip(base: URL, options: ImportOptions): TipSource {
  const at = (path: string) => new URL(`${base.pathname.replace(/\/$/, '')}/${path}`, base)
  const unreadable = (what: string): never =>
    stop('SERVER_ANSWER', `The server does not answer as Esplora does: ${what}.`, {
      place: shownUrl(base),
      fix: 'Name the root of its API, as https://esplora.example/api.',
    })
  const get = async (path: string): Promise<string | null> => {
    const { status, text } = await askServer({ url: at(path), method: 'GET' }, options)
    if (status === 404) return null
    return status === 200 ? text : unreadable(`${path}: ${status}`)
  }
  const hashAt = async (height: number): Promise<string | null> => {
    const hash = (await get(`block-height/${height}`))?.trim() ?? null
    return hash === null || isHex(hash, 32) ? hash : unreadable('a hash is missing')
  }
  return {
    origin: base.origin,
    hashAt,
    hashesAt: (heights) => Promise.all(heights.map(hashAt)),
    async tip() {
      const height = (await get('blocks/tip/height'))?.trim() ?? ''
      if (!/^[0-9]{1,10}$/.test(height)) return unreadable('the height of the tip is missing')
      // The hash at that height, and not that of the tip, which may be another one by now.
      const hash = await hashAt(Number(height))
      return { height: Number(height), hash: hash ?? unreadable('the hash of the tip is missing') }
    },
    async block({ height, hash }) {
      const { status, bytes } = await askServerBytes({ url: at(`block/${hash}/raw`), method: 'GET' }, options)
      if (status !== 200 || bytes.length < HEADER_BYTES) return unreadable(`the bytes of block ${hash}: ${status}`)
      const header = decodeHeader(bytes)
      if (header.hash !== hash) return unreadable(`the bytes of block ${hash} are of another block`)
      const listed = parseExactJson((await get(`block/${hash}/txids`)) ?? 'null')
      const ids = isArray(listed) ? listed.filter((id) => typeof id === 'string' && isHex(id, 32)) : []
      if (!rootHolds(ids as string[], header))
        return unreadable(`the ids listed for block ${hash} do not give the Merkle root of its header`)
      const pages: string[] = []
      const values: JsonValue[] = []
      let read = 0
      while (read < ids.length) {
        const page = await get(`block/${hash}/txs/${read}`)
        const ofPage = page === null ? null : parseExactJson(page)
        if (page === null || !isArray(ofPage) || ofPage.length === 0)
          return unreadable(`block ${hash} ends after ${read} of ${ids.length} transactions`)
        read += ofPage.length
        values.push(ofPage)
        pages.push(page.trim().replace(/[\r\n]/g, ' '))
      }
      return {
        height,
        hash,
        time: header.time,
        transactions: ids.length,
        prevHash: /^0+$/.test(header.prevHash) ? null : header.prevHash,
        parts: [{ format: 'raw-block', content: bytes }, jsonPart('esplora', pages.join('\n'), values)],
      }
    },
  }
}

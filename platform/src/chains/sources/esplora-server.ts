/** Esplora transactions from a server: one transaction, all of a block, or all confirmed ones of an address. */
import { isHex, ok, type Result, refuse, stop } from '../../kernel/index.ts'
import type { ChainPack } from '../chain-pack.ts'
import { isArray, isNumber, isObject, type JsonValue, parseExactJson } from '../exact-json.ts'
import { esploraImporter } from './esplora.ts'
import type { Importer, ImportOptions } from './importer.ts'
import { keepAnswers } from './kept-answers.ts'
import { serverImporter } from './server-importer.ts'
import { askServer, shownUrl } from './server-requests.ts'

type Question = { readonly base: URL; readonly kind: 'tx' | 'block' | 'address'; readonly id: string }

/** `source`: a URL that ends in `/tx/ID`, `/block/HASH` or `/address/ADDRESS`. */
export function openEsploraServer(source: string, pack: ChainPack, options: ImportOptions): Result<Importer> {
  const question = questionOf(source)
  const { keepIn } = options
  if (!question) {
    return refuse('SOURCE_URL', 'The URL names no transaction, block or address.', {
      place: shownUrl(new URL(source)),
      fix: 'End it with /tx/ID, /block/HASH or /address/ADDRESS.',
    })
  }
  if (keepIn === undefined)
    return refuse('SOURCE_URL', 'It is not said where the answers of the server are to be kept.', {
      fix: 'Name a folder for them.',
    })
  const key = `${shownUrl(question.base)} ${question.kind} ${question.id}`
  const fetched = () => keepAnswers(keepIn, key, (done, last) => answers(question, done, last, options))
  return ok(
    serverImporter('esplora', question.base.origin, fetched, (file) =>
      esploraImporter(file.name, [file], pack, options),
    ),
  )
}

function questionOf(source: string): Question | null {
  const url = new URL(source)
  const parts = url.pathname.split('/').filter((part) => part !== '')
  const [kind, id] = parts.slice(-2)
  const valid =
    (kind === 'address' && /^[0-9A-Za-z:]{20,110}$/.test(id ?? '')) ||
    ((kind === 'tx' || kind === 'block') && isHex(id ?? '', 32))
  if (!valid || id === undefined || (kind !== 'tx' && kind !== 'block' && kind !== 'address')) return null
  const base = new URL(`/${parts.slice(0, -2).join('/')}`, url.origin)
  return { base, kind, id }
}

async function* answers(
  { base, kind, id }: Question,
  done: number,
  last: string | null,
  options: ImportOptions,
): AsyncGenerator<string> {
  const get = (path: string) => getText(new URL(`${base.pathname.replace(/\/$/, '')}/${path}`, base), options)
  if (kind === 'tx') {
    if (done === 0) yield get(`tx/${id}`)
    return
  }
  if (kind === 'block') {
    const count = countOf(parsed(await get(`block/${id}`)), base)
    let start = done === 0 ? 0 : done * (await pageLength(last))
    while (start < count) {
      const page = await get(`block/${id}/txs/${start}`)
      const length = pageOf(parsed(page), base).length
      if (length === 0)
        stop('SERVER_ANSWER', `The block has ${count} transactions, but the server ends at ${start}.`, {
          place: shownUrl(base),
        })
      yield page
      start += length
    }
    return
  }
  let after = last === null ? null : lastTxid(pageOf(parsed(last), base), base)
  for (;;) {
    const page = await get(`address/${id}/txs/chain${after === null ? '' : `/${after}`}`)
    const listed = pageOf(parsed(page), base)
    if (listed.length === 0) return
    const next = lastTxid(listed, base)
    if (next === after)
      stop('SERVER_ANSWER', 'The server gives the same page again and again.', { place: shownUrl(base) })
    yield page
    after = next
  }
}

async function getText(url: URL, options: ImportOptions): Promise<string> {
  const { status, text } = await askServer({ url, method: 'GET' }, options)
  if (status === 200) return text
  return stop('SERVER_ANSWER', `The server answered ${status}: ${text.slice(0, 120)}`, {
    place: shownUrl(url),
    fix: 'Check the transaction, block or address, and that the server is of the right chain.',
  })
}

function parsed(text: string): JsonValue {
  return parseExactJson(text)
}

function pageOf(value: JsonValue, base: URL): readonly JsonValue[] {
  return isArray(value)
    ? value
    : stop('SERVER_ANSWER', 'The server should answer with a list of transactions.', { place: shownUrl(base) })
}

/** Full pages are of one length. */
async function pageLength(last: string | null): Promise<number> {
  const page = last === null ? [] : parsed(last)
  return isArray(page) ? page.length : 0
}

function lastTxid(page: readonly JsonValue[], base: URL): string {
  const last = page.at(-1)
  const txid = isObject(last) ? last.get('txid') : undefined
  return typeof txid === 'string' && isHex(txid, 32)
    ? txid
    : stop('SERVER_ANSWER', 'A transaction in the answer has no id.', { place: shownUrl(base) })
}

function countOf(block: JsonValue, base: URL): number {
  const count = isObject(block) ? block.get('tx_count') : undefined
  return isNumber(count) && /^[0-9]{1,7}$/.test(count.number)
    ? Number(count.number)
    : stop('SERVER_ANSWER', 'The server does not say how many transactions the block has.', { place: shownUrl(base) })
}

/** Blocks from a node over JSON-RPC: a range of heights, with the outputs that are spent where the node can tell. */
import { readFileSync } from 'node:fs'
import { isHex, type Json, ok, type Result, refuse, stop } from '../../kernel/index.ts'
import type { ChainPack } from '../chain-pack.ts'
import { isArray, isNumber, isObject, type JsonObject, type JsonValue, parseExactJson } from '../exact-json.ts'
import { coreRpcImporter } from './core-rpc.ts'
import type { Importer, ImportOptions } from './importer.ts'
import { keepAnswers } from './kept-answers.ts'
import { serverImporter } from './server-importer.ts'
import { askServer, shownUrl } from './server-requests.ts'

export function openCoreServer(source: string, pack: ChainPack, options: ImportOptions): Result<Importer> {
  const url = new URL(source)
  const { keepIn, from, to } = options
  if (keepIn === undefined)
    return refuse('SOURCE_URL', 'It is not said where the answers of the node are to be kept.', {
      fix: 'Name a folder for them.',
    })
  if (
    from === undefined ||
    to === undefined ||
    !(Number.isSafeInteger(from) && Number.isSafeInteger(to) && from >= 0 && from <= to)
  ) {
    return refuse('SOURCE_URL', 'It is not said which heights to fetch.', {
      place: shownUrl(url),
      fix: 'Name the first and the last height.',
    })
  }
  const fetched = () =>
    keepAnswers(keepIn, `${shownUrl(url)} blocks ${from} to ${to}`, (done) => blocks(url, from + done, to, options))
  return ok(
    serverImporter('core-rpc', url.origin, fetched, (file) => coreRpcImporter(file.name, [file], pack, options)),
  )
}

async function* blocks(url: URL, from: number, to: number, options: ImportOptions): AsyncGenerator<string> {
  const credentials = credentialsOf(url, options)
  const call = (method: string, params: readonly (number | string)[]) =>
    callNode(url, credentials, method, params, options)
  let verbosity = 3
  for (let height = from; height <= to; height++) {
    const hash = (await call('getblockhash', [height])).result
    if (typeof hash !== 'string' || !isHex(hash, 32))
      stop('SERVER_ANSWER', `The node gives no hash for height ${height}.`, { place: shownUrl(url) })
    let answer = await call('getblock', [hash, verbosity])
    // Nodes before Bitcoin Core 23 know verbosity 2 at most; they answer it to 3, or refuse.
    if (answer.error !== null && verbosity === 3) {
      verbosity = 2
      answer = await call('getblock', [hash, verbosity])
    }
    if (answer.error !== null)
      stop('SERVER_ANSWER', `The node does not give block ${height}: ${answer.error}`, {
        place: shownUrl(url),
        fix: 'Check that the node holds the block (a pruned node does not hold old ones).',
      })
    yield answer.text
  }
}

export type NodeAnswer = { readonly text: string; readonly result: JsonValue; readonly error: string | null }

export async function callNode(
  url: URL,
  credentials: string | undefined,
  method: string,
  params: readonly Json[],
  options: ImportOptions,
  protocol: { readonly version: '1.0' | '2.0'; readonly maxDepth?: number } = { version: '1.0' },
): Promise<NodeAnswer> {
  const body = JSON.stringify({ jsonrpc: protocol.version, id: 'comity', method, params })
  const { status, text } = await askServer(
    { url, method: 'POST', body, isFinal: isCallError, ...(credentials === undefined ? {} : { credentials }) },
    options,
  )
  if (status === 401 || status === 403)
    stop('SERVER_CREDENTIALS', 'The node refuses the user name and password.', {
      place: shownUrl(url),
      fix: 'Name the cookie file of the node, or its rpcuser and rpcpassword.',
    })
  const answer = objectOf(text, protocol.maxDepth)
  if (!answer)
    return stop('SERVER_ANSWER', `The node answered ${status} with something that is not JSON-RPC.`, {
      place: shownUrl(url),
      fix: 'Check the address and the port.',
    })
  return { text, result: answer.get('result') ?? null, error: errorOf(answer) }
}

/**
 * The same method with several sets of parameters in one request (JSON-RPC 2.0, section 6); the answers in the order of the
 * questions. `null`: the node does not answer several questions at once.
 */
export async function callNodeTogether(
  url: URL,
  credentials: string | undefined,
  method: string,
  asked: readonly (readonly Json[])[],
  options: ImportOptions,
): Promise<readonly Omit<NodeAnswer, 'text'>[] | null> {
  const body = JSON.stringify(asked.map((params, id) => ({ jsonrpc: '1.0', id, method, params })))
  const { text } = await askServer(
    { url, method: 'POST', body, isFinal: () => true, ...(credentials === undefined ? {} : { credentials }) },
    options,
  )
  const answers = text.trimStart().startsWith('[') ? parseExactJson(text) : null
  if (!isArray(answers)) return null
  const byId = new Map<string, JsonObject>()
  for (const answer of answers) {
    const id = isObject(answer) ? answer.get('id') : undefined
    if (isObject(answer) && isNumber(id)) byId.set(id.number, answer)
  }
  const found = asked.flatMap((_, id) => byId.get(String(id)) ?? [])
  return found.length === asked.length
    ? found.map((answer) => ({ result: answer.get('result') ?? null, error: errorOf(answer) }))
    : null
}

function objectOf(text: string, maxDepth?: number): JsonObject | null {
  if (!text.trimStart().startsWith('{')) return null
  const value = parseExactJson(text, maxDepth)
  return isObject(value) ? value : null
}

/** Nodes report errors of a call with status 500; only the one that says "still starting" (-28) is worth asking again. */
function isCallError(text: string): boolean {
  const error = objectOf(text)?.get('error')
  const code = isObject(error) ? error.get('code') : undefined
  return isNumber(code) && code.number !== '-28'
}

function errorOf(answer: JsonObject): string | null {
  const error = answer.get('error')
  if (error === undefined || error === null) return null
  if (!isObject(error)) return 'unknown error'
  const [code, message] = [error.get('code'), error.get('message')]
  return `${typeof message === 'string' ? message.slice(0, 200) : 'no reason given'} (${isNumber(code) ? code.number : '?'})`
}

/** From the options, from the cookie file, or from the URL; read anew for each import, because cookies change. */
export function credentialsOf(url: URL, options: ImportOptions): string | undefined {
  if (options.cookieFile !== undefined) {
    try {
      return readFileSync(options.cookieFile, 'utf8').trim()
    } catch {
      return stop('SERVER_CREDENTIALS', 'The cookie file cannot be read.', {
        place: options.cookieFile,
        fix: 'The node writes it on starting, into its data folder.',
      })
    }
  }
  if (options.credentials !== undefined) return options.credentials
  return url.username === '' ? undefined : `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
}

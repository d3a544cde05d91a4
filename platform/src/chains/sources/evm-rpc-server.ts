/** Blocks of a node of the EVM over JSON-RPC: a range of heights, with receipts and with what contracts did. */
import { type Json, ok, type Result, refuse, stop } from '../../kernel/index.ts'
import type { AccountPack } from '../account-pack.ts'
import { exactJsonText, isArray, isObject, type JsonObject, type JsonValue, parseExactJson } from '../exact-json.ts'
import type { AccountImporter } from './account-importer.ts'
import { callNode, credentialsOf } from './core-rpc-server.ts'
import { bundlePiece, evmRpcImporter, RPC_DEPTH } from './evm-rpc.ts'
import type { ImportOptions } from './importer.ts'
import { keepAnswers } from './kept-answers.ts'
import { shownUrl } from './server-requests.ts'
import type { SourceFile } from './source-files.ts'

export function openEvmServer(source: string, pack: AccountPack, options: ImportOptions): Result<AccountImporter> {
  const url = new URL(source)
  const { keepIn, from, to } = options
  if (keepIn === undefined)
    return refuse('SOURCE_URL', 'It is not said where the answers of the node are to be kept.', {
      fix: 'Name a folder for them.',
    })
  if (from === undefined || to === undefined || from > to)
    return refuse('SOURCE_URL', 'It is not said which heights to fetch.', {
      place: shownUrl(url),
      fix: 'Name the first and the last height.',
    })
  let importer: Promise<AccountImporter> | null = null
  const ready = () => {
    importer ??= keepAnswers(keepIn, `${pack.caip2} ${shownUrl(url)} blocks ${from} to ${to}`, (done) =>
      evmAnswers(url, from + done, to, pack, options, from === 0),
    ).then((file: SourceFile) => evmRpcImporter(file.name, [file], pack, options))
    return importer
  }
  return ok({
    format: 'evm-rpc',
    describe: async () => ({ ...(await (await ready()).describe()), name: url.origin }),
    read: async function* (context) {
      yield* (await ready()).read(context)
    },
  })
}

/**
 * One line for each block, as `evm-rpc` reads it. `fromBeginning`: the whole history is fetched, so that it makes sense to
 * ask what addresses held before it, on chains whose pack says that the node can tell.
 */
export async function* evmAnswers(
  url: URL,
  from: number,
  to: number,
  pack: AccountPack,
  options: ImportOptions,
  fromBeginning: boolean,
): AsyncGenerator<string> {
  for await (const bundle of evmBundles(url, from, to, pack, options, { fromBeginning, sameChain: false }))
    yield exactJsonText(bundle)
}

/** The same before it is text. `sameChain`: the server has said before of which chain it is, and is not asked again. */
export async function* evmBundles(
  url: URL,
  from: number,
  to: number,
  pack: AccountPack,
  options: ImportOptions,
  { fromBeginning, sameChain }: { readonly fromBeginning: boolean; readonly sameChain: boolean },
): AsyncGenerator<JsonObject> {
  const credentials = credentialsOf(url, options)
  const call = (method: string, params: readonly Json[]) =>
    callNode(url, credentials, method, params, options, { version: '2.0', maxDepth: RPC_DEPTH })
  const must = async (method: string, params: readonly Json[]): Promise<JsonValue> => {
    const { result, error } = await call(method, params)
    if (error !== null || result === null)
      stop('SERVER_ANSWER', `The node does not answer ${method}: ${error ?? 'it has no such thing'}.`, {
        place: shownUrl(url),
        fix: 'Check that the node holds these blocks.',
      })
    return result
  }
  if (!sameChain) await checkChain(await must('eth_chainId', []), pack, url)
  const asked = new Set<string>()
  for (let height = from; height <= to; height++) {
    const at = `0x${height.toString(16)}`
    const block = await must('eth_getBlockByNumber', [at, true])
    const ids = transactionsIn(block)
    const receipts = ids.length === 0 ? [] : await receiptsOf(call, must, at, ids)
    const traces = ids.length === 0 && pack.rewards.length === 0 ? [] : await tracesOf(call, at)
    const uncles = await unclesOf(must, block, at)
    const line = new Map<string, JsonValue>([
      ['block', block],
      ['receipts', receipts],
      ['traces', traces],
      ['uncles', uncles],
    ])
    if (fromBeginning && pack.genesis.allocation === 'ask') {
      const balances = new Map<string, JsonValue>()
      const own = height === 0 ? (await call('eth_accounts', [])).result : null
      const holders = (isArray(own) ? own : []).filter((one): one is string => typeof one === 'string')
      for (const address of [...holders, ...addressesIn(exactJsonText(line), pack)]) {
        if (asked.has(address)) continue
        asked.add(address)
        balances.set(address, await must('eth_getBalance', [address, '0x0']))
      }
      line.set('genesis', balances)
    }
    yield line
  }
}

type Call = (
  method: string,
  params: readonly Json[],
) => Promise<{ readonly result: JsonValue; readonly error: string | null }>
type Must = (method: string, params: readonly Json[]) => Promise<JsonValue>

async function checkChain(answer: JsonValue, pack: AccountPack, url: URL): Promise<void> {
  if (!pack.caip2.startsWith('eip155:')) return
  const id = typeof answer === 'string' && /^0x[0-9a-f]{1,16}$/i.test(answer) ? BigInt(answer).toString() : '?'
  if (pack.caip2 !== `eip155:${id}`)
    stop('WRONG_CHAIN', `The node is of the chain eip155:${id}, not of ${pack.name} (${pack.caip2}).`, {
      place: shownUrl(url),
      fix: `Import it as eip155:${id}, or name another node.`,
    })
}

function transactionsIn(block: JsonValue): readonly string[] {
  const list = isObject(block) ? block.get('transactions') : null
  if (!isArray(list)) return []
  return list.flatMap((one) => {
    const hash = isObject(one) ? one.get('hash') : null
    return typeof hash === 'string' ? [hash] : []
  })
}

async function receiptsOf(call: Call, must: Must, at: string, ids: readonly string[]): Promise<JsonValue> {
  const all = await call('eth_getBlockReceipts', [at])
  if (all.error === null && isArray(all.result)) return all.result
  const single: JsonValue[] = []
  for (const id of ids) single.push(await must('eth_getTransactionReceipt', [id]))
  return single
}

/** From `debug_traceBlockByNumber`, else from `trace_block`; null where the node offers neither. */
async function tracesOf(call: Call, at: string): Promise<JsonValue> {
  const geth = await call('debug_traceBlockByNumber', [at, { tracer: 'callTracer' }])
  if (geth.error === null && isArray(geth.result)) return geth.result
  const parity = await call('trace_block', [at])
  return parity.error === null && isArray(parity.result) ? parity.result : null
}

async function unclesOf(must: Must, block: JsonValue, at: string): Promise<JsonValue> {
  const list = isObject(block) ? block.get('uncles') : null
  const uncles: JsonValue[] = []
  for (const n of isArray(list) ? list.keys() : [])
    uncles.push(await must('eth_getUncleByBlockNumberAndIndex', [at, `0x${n.toString(16)}`]))
  return uncles
}

/** Whoever gives or gets the native coin in a block. */
function addressesIn(line: string, pack: AccountPack): readonly string[] {
  const value = parseExactJson(line, RPC_DEPTH)
  const block = isObject(value) ? value.get('block') : null
  if (!isObject(value) || !isObject(block)) return []
  const list = (key: string) => {
    const one = value.get(key)
    return isArray(one) ? one : null
  }
  const { moves, transactions } = bundlePiece(
    { block, receipts: list('receipts'), traces: list('traces'), uncles: list('uncles'), genesis: null },
    '',
    pack,
    null,
  )
  const native = moves.filter(({ asset }) => asset === pack.asset.caip19)
  return [
    ...new Set([...native.flatMap(({ from, to }) => [from, to]), ...transactions.map(({ from }) => from)]),
  ].filter((address): address is string => address !== null)
}

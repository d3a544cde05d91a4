/** The chain of a node of the EVM over JSON-RPC. */
import { type Json, stop } from '../../kernel/index.ts'
import type { AccountPack } from '../account-pack.ts'
import { exactJsonText, isArray, isObject, type JsonObject, type JsonValue } from '../exact-json.ts'
import { callNode, credentialsOf } from './core-rpc-server.ts'
import { RPC_DEPTH } from './evm-rpc.ts'
import { evmBundles } from './evm-rpc-server.ts'
import type { ImportOptions } from './importer.ts'
import { shownUrl } from './server-requests.ts'
import { jsonPart, type TipBlock, type TipSource } from './tip-source.ts'

const TRIES = 3

export function evmTip(url: URL, pack: AccountPack, options: ImportOptions): TipSource {
  const unreadable = (what: string): never =>
    stop('SERVER_ANSWER', `The node does not answer as a node of the EVM does: ${what}.`, {
      place: shownUrl(url),
      fix: 'Check the address and the port.',
    })
  const call = async (method: string, params: readonly Json[]): Promise<JsonValue> => {
    const protocol = { version: '2.0', maxDepth: RPC_DEPTH } as const
    const { result, error } = await callNode(url, credentialsOf(url, options), method, params, options, protocol)
    return error === null ? result : unreadable(`${method}: ${error}`)
  }
  const placeOf = (block: JsonObject): TipBlock => ({ height: numberIn(block, 'number'), hash: hashIn(block, 'hash') })
  const numberIn = (block: JsonObject, key: string): number => {
    const text = block.get(key)
    return typeof text === 'string' && /^0x[0-9a-f]{1,13}$/i.test(text) ? Number(text) : unreadable(`${key} is missing`)
  }
  const hashIn = (block: JsonObject, key: string): string => {
    const text = block.get(key)
    return typeof text === 'string' && /^0x[0-9a-f]{64}$/i.test(text)
      ? text.slice(2).toLowerCase()
      : unreadable(`${key} is missing`)
  }
  const hashAt = async (height: number) => {
    const block = await call('eth_getBlockByNumber', [`0x${height.toString(16)}`, false])
    return isObject(block) ? hashIn(block, 'hash') : null
  }
  // Whoever follows holds each block against the one before, so that it is asked once of which chain the node is.
  let sameChain = false
  return {
    origin: url.origin,
    hashAt,
    hashesAt: (heights) => Promise.all(heights.map(hashAt)),
    async tip() {
      const block = await call('eth_getBlockByNumber', ['latest', false])
      return isObject(block) ? placeOf(block) : unreadable('there is no latest block')
    },
    async block({ height }) {
      // A block and its receipts are asked for by height, one after the other: the chain may change in between.
      for (let tries = 0; tries < TRIES; tries++) {
        let bundle: JsonObject | null = null
        const asked = { fromBeginning: false, sameChain }
        for await (const answer of evmBundles(url, height, height, pack, options, asked)) bundle = answer
        sameChain = true
        const block = bundle?.get('block')
        if (bundle === null || !isObject(block)) return unreadable(`block ${height} is missing`)
        const { hash } = placeOf(block)
        if (!receiptsFit(bundle.get('receipts'), hash)) continue
        const transactions = block.get('transactions')
        return {
          height,
          hash,
          prevHash: height === 0 ? null : hashIn(block, 'parentHash'),
          time: numberIn(block, 'timestamp'),
          transactions: isArray(transactions) ? transactions.length : 0,
          parts: [jsonPart('evm-rpc', exactJsonText(bundle), [bundle])],
        }
      }
      return unreadable(`the receipts of block ${height} are of another block, again and again`)
    },
  }

  function receiptsFit(receipts: JsonValue | undefined, hash: string): boolean {
    return !isArray(receipts) || receipts.every((one) => isObject(one) && hashIn(one, 'blockHash') === hash)
  }
}

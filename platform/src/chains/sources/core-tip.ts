/** The chain of a node of the Bitcoin family over JSON-RPC. */
import { isHex, stop } from '../../kernel/index.ts'
import { isArray, isNumber, isObject, type JsonValue } from '../exact-json.ts'
import { callNode, credentialsOf } from './core-rpc-server.ts'
import type { ImportOptions } from './importer.ts'
import { shownUrl } from './server-requests.ts'
import type { TipSource } from './tip-source.ts'

/** The code by which nodes say that a height is above their tip (RPC_INVALID_PARAMETER). */
const OUT_OF_RANGE = /\(-8\)$/

export function coreTip(url: URL, options: ImportOptions): TipSource {
  // Nodes before Bitcoin Core 23 know verbosity 2 at most: what an input spends is then not said.
  let verbosity = 3
  const call = (method: string, params: readonly (number | string)[]) =>
    callNode(url, credentialsOf(url, options), method, params, options)
  const answered = async (method: string, params: readonly (number | string)[]) => {
    const answer = await call(method, params)
    if (answer.error !== null) unreadable(`${method}: ${answer.error}`)
    return answer
  }
  const unreadable = (what: string): never =>
    stop('SERVER_ANSWER', `The node does not answer as a node of this chain does: ${what}.`, {
      place: shownUrl(url),
      fix: 'Check the address and the port, and that the node has ended its first download.',
    })
  const hashIn = (value: JsonValue | undefined): string =>
    typeof value === 'string' && isHex(value, 32) ? value : unreadable('a hash is missing')
  return {
    origin: url.origin,
    async tip() {
      const { result } = await answered('getblockchaininfo', [])
      const [height, hash] = isObject(result) ? [result.get('blocks'), result.get('bestblockhash')] : []
      if (!isNumber(height) || !/^[0-9]{1,10}$/.test(height.number)) return unreadable('the height is missing')
      return { height: Number(height.number), hash: hashIn(hash) }
    },
    async hashAt(height) {
      const { result, error } = await call('getblockhash', [height])
      if (error !== null) return OUT_OF_RANGE.test(error) ? null : unreadable(`getblockhash: ${error}`)
      return hashIn(result)
    },
    async block({ height, hash }) {
      let answer = await call('getblock', [hash, verbosity])
      if (answer.error !== null && verbosity === 3) {
        const older = await call('getblock', [hash, 2])
        if (older.error === null) verbosity = 2
        answer = older
      }
      const { result, error, text } = answer
      if (error !== null || !isObject(result)) return unreadable(`block ${hash}: ${error ?? 'no block'}`)
      const [before, time, listed] = [result.get('previousblockhash'), result.get('time'), result.get('tx')]
      return {
        height,
        hash,
        prevHash: before === undefined || before === null ? null : hashIn(before),
        time: isNumber(time) ? Number(time.number) : null,
        transactions: isArray(listed) ? listed.length : 0,
        parts: [{ format: 'core-rpc', content: text.trim().replace(/[\r\n]/g, ' ') }],
      }
    },
  }
}

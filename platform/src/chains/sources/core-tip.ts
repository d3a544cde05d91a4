/** The chain of a node of the Bitcoin family over JSON-RPC. */
import { isHex, stop } from '../../kernel/index.ts'
import { isArray, isNumber, isObject, type JsonValue } from '../exact-json.ts'
import { callNode, callNodeTogether, credentialsOf } from './core-rpc-server.ts'
import type { ImportOptions } from './importer.ts'
import { shownUrl } from './server-requests.ts'
import { jsonPart, type TipSource } from './tip-source.ts'

/** The code by which nodes say that a height is above their tip (RPC_INVALID_PARAMETER). */
const OUT_OF_RANGE = /\(-8\)$/

export function coreTip(url: URL, options: ImportOptions): TipSource {
  // Nodes before Bitcoin Core 23 know verbosity 2 at most: what an input spends is then not said.
  let verbosity = 3
  // Some servers in front of nodes refuse several questions in one request.
  let together = true
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
  const hashOrNull = ({ result, error }: { readonly result: JsonValue; readonly error: string | null }) => {
    if (error !== null) return OUT_OF_RANGE.test(error) ? null : unreadable(`getblockhash: ${error}`)
    return hashIn(result)
  }
  const hashAt = async (height: number) => hashOrNull(await call('getblockhash', [height]))
  return {
    origin: url.origin,
    hashAt,
    async hashesAt(heights) {
      if (heights.length < 2 || !together) return Promise.all(heights.map(hashAt))
      const asked = heights.map((height) => [height])
      const answers = await callNodeTogether(url, credentialsOf(url, options), 'getblockhash', asked, options)
      if (answers !== null) return answers.map(hashOrNull)
      together = false
      return Promise.all(heights.map(hashAt))
    },
    async tip() {
      const { result } = await answered('getblockchaininfo', [])
      const [height, hash] = isObject(result) ? [result.get('blocks'), result.get('bestblockhash')] : []
      if (!isNumber(height) || !/^[0-9]{1,10}$/.test(height.number)) return unreadable('the height is missing')
      return { height: Number(height.number), hash: hashIn(hash) }
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
        parts: [jsonPart('core-rpc', text.trim().replace(/[\r\n]/g, ' '), [result])],
      }
    },
  }
}

/**
 * A node that speaks JSON-RPC as Bitcoin Core does, and over GET as an Esplora server; its chain grows, and is replaced, while
 * it is asked.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { blockBytes, coreJson, esploraJson, type MadeBlock, ROOT } from './synthetic-chain.ts'

export type MadeNode = {
  readonly url: string
  /** Makes this block the tip; it and those before it are the chain from now on. */
  become(tip: MadeBlock): void
  /** When a block was first of the chain, in milliseconds since 1970-01-01 UTC. */
  readonly arrivals: ReadonlyMap<string, number>
  readonly asked: () => number
  /** Whether somebody has fetched this block. */
  readonly given: (hash: string) => boolean
  close(): Promise<void>
}

/** Transactions of one answer of an Esplora server. */
const ESPLORA_PAGE = 25

export async function startMadeNode(blocks: Iterable<MadeBlock>, prevouts = true): Promise<MadeNode> {
  const byHash = new Map<string, MadeBlock>([[ROOT.hash, ROOT]])
  const jsonByHash = new Map<string, string>()
  for (const block of blocks) {
    byHash.set(block.hash, block)
    jsonByHash.set(block.hash, coreJson(block, prevouts))
  }
  const chain = new Map<number, string>([[ROOT.height, ROOT.hash]])
  const arrivals = new Map<string, number>()
  let tip = ROOT
  let asked = 0
  const given = new Set<string>()
  const error = (code: number, message: string) => ({
    status: 500,
    text: JSON.stringify({ result: null, error: { code, message }, id: 1 }),
  })
  const result = (text: string) => ({ status: 200, text: `{"result":${text},"error":null,"id":1}` })
  const answer = (method: string, params: readonly (string | number)[]) => {
    if (method === 'getblockchaininfo') return result(JSON.stringify({ blocks: tip.height, bestblockhash: tip.hash }))
    if (method === 'getblockhash') {
      const hash = chain.get(Number(params[0]))
      return hash === undefined ? error(-8, 'Block height out of range') : result(JSON.stringify(hash))
    }
    if (method === 'getblock') given.add(String(params[0]))
    const json = method === 'getblock' ? jsonByHash.get(String(params[0])) : undefined
    return json === undefined ? error(-5, 'Block not found') : result(json)
  }
  /** The paths of Esplora's HTTP API that following asks for (Blockstream/esplora, API.md); `null`: 404. */
  const esplora = (path: string): string | Uint8Array | null => {
    const [, kind = '', name = '', part = '', start = '0'] = path.split('/')
    if (path === '/blocks/tip/height') return String(tip.height)
    if (kind === 'block-height') return chain.get(Number(name)) ?? null
    const block = kind === 'block' ? byHash.get(name) : undefined
    if (block === undefined) return null
    if (part === 'raw') given.add(name)
    if (part === 'raw') return blockBytes(block)
    if (part === 'txids') return JSON.stringify(block.transactions.map(({ txid }) => txid))
    return part === 'txs' ? JSON.stringify(esploraJson(block).slice(Number(start), Number(start) + ESPLORA_PAGE)) : null
  }
  const server = createServer((request, response) => {
    if (request.method === 'GET') {
      asked++
      const found = esplora(request.url ?? '')
      response.writeHead(found === null ? 404 : 200).end(found ?? 'Block not found')
      return
    }
    let body = ''
    request.on('data', (part) => (body += String(part)))
    request.on('end', () => {
      asked++
      type Call = { readonly method: string; readonly params: (string | number)[]; readonly id: number | string }
      const calls = JSON.parse(body) as Call | Call[]
      // Several at once are answered with status 200, whatever each of them says.
      const { status, text } = Array.isArray(calls)
        ? {
            status: 200,
            text: `[${calls.map(({ method, params, id }) => answer(method, params).text.replace(/"id":1}$/, `"id":${JSON.stringify(id)}}`)).join(',')}]`,
          }
        : answer(calls.method, calls.params)
      response.writeHead(status, { 'content-type': 'application/json' }).end(text)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    become(next) {
      const now = Date.now()
      for (let height = tip.height; height > next.height; height--) chain.delete(height)
      for (let block = next; chain.get(block.height) !== block.hash; ) {
        chain.set(block.height, block.hash)
        if (!arrivals.has(block.hash)) arrivals.set(block.hash, now)
        const parent = byHash.get(block.prevHash)
        if (!parent) break
        block = parent
      }
      tip = next
    },
    arrivals,
    asked: () => asked,
    given: (hash) => given.has(hash),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

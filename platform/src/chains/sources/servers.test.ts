import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { orStop, Stop } from '../../kernel/index.ts'
import { parseExactJson } from '../exact-json.ts'
import { readFetchedOutputs } from './fetched-values.ts'
import type { ImportOptions } from './importer.ts'
import { openImporter } from './open-importer.ts'
import { openTip } from './open-tip.ts'
import { folderOf, knownPacks, packOf, readAll, sample } from './reading-samples.ts'
import { exchange } from './server-connection.ts'

const bitcoin = packOf('bitcoin')
const transactions = JSON.parse(readFileSync(sample('colonial2021/colonial_anchor_txs.json'), 'utf8')) as {
  txid: string
}[]
const patience = { timeout: 300, tries: 3, pause: 1 }
let server: Server | null = null
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

type Answer = {
  readonly status?: number
  readonly body?: unknown
  readonly location?: string
  readonly silent?: boolean
}

/** A server that answers by path, and the list of what it was asked. */
async function serve(
  answer: (path: string, request: { headers: IncomingMessage['headers']; body: string; count: number }) => Answer,
): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = []
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => {
      body += String(part)
    })
    request.on('end', () => {
      asked.push(request.url ?? '')
      const {
        status = 200,
        body: content = null,
        location,
        silent,
      } = answer(request.url ?? '', { headers: request.headers, body, count: asked.length })
      if (silent) return
      response.writeHead(status, location === undefined ? {} : { location })
      response.end(typeof content === 'string' ? content : JSON.stringify(content))
    })
  })
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

const pageAt = (start: number) => transactions.slice(start, start + 3)
const refusalOf = async (reading: Promise<unknown>) => {
  const thrown = await reading.then(
    () => null,
    (error: unknown) => error,
  )
  return thrown instanceof Stop ? thrown.refusal : thrown
}
const options = (): Partial<ImportOptions> => ({ keepIn: folderOf({}), patience })

describe('an Esplora server', () => {
  test('gives one transaction', async () => {
    const { url, asked } = await serve(() => ({ body: transactions[0] }))
    const { transactions: read } = await readAll(
      'esplora',
      `${url}/api/tx/${transactions[0]?.txid}`,
      bitcoin,
      options(),
    )
    expect(read.map(({ txid, proof }) => [txid, proof])).toEqual([[transactions[0]?.txid, 'txid']])
    expect(asked).toEqual([`/api/tx/${transactions[0]?.txid}`])
  })

  test('gives all confirmed transactions of an address, page after page, and its answers are kept', async () => {
    const next = (path: string) => transactions.findIndex(({ txid }) => path.endsWith(txid)) + 1
    const { url, asked } = await serve((path) => ({ body: pageAt(path.endsWith('/chain') ? 0 : next(path)) }))
    const kept = options()
    const importer = orStop(
      await openImporter('esplora', `${url}/address/${'1'.repeat(30)}`, bitcoin, { knownPacks, ...kept }),
    )
    expect(await importer.describe()).toMatchObject({ name: url, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) })
    const read = await readAll('esplora', `${url}/address/${'1'.repeat(30)}`, bitcoin, kept)
    expect(read.transactions.map(({ txid }) => txid)).toEqual([...new Set(transactions.map(({ txid }) => txid))])
    expect(asked.length).toBe(Math.ceil(transactions.length / 3) + 1)
    expect(readdirSync(kept.keepIn ?? '')).toEqual([expect.stringMatching(/^answers-[0-9a-f]{16}\.jsonl$/)])
  })

  test('gives a block, and goes on with the next page after an interruption', async () => {
    let broken = true
    const { url, asked } = await serve((path) => {
      if (path.endsWith('/txs/3') && broken) return { status: 503, body: 'busy' }
      const start = Number(path.split('/txs/')[1] ?? -1)
      return { body: start >= 0 ? pageAt(start) : { id: 'a', tx_count: transactions.length } }
    })
    const kept = options()
    const block = `${url}/block/${'0'.repeat(64)}`
    expect(await refusalOf(readAll('esplora', block, bitcoin, kept))).toMatchObject({ code: 'SERVER_UNREACHABLE' })
    broken = false
    asked.length = 0
    await readAll('esplora', block, bitcoin, kept)
    expect(asked.filter((path) => path.includes('/txs/'))).toEqual([`/block/${'0'.repeat(64)}/txs/3`])
  })

  test.each<[string, (count: number) => Answer, boolean]>([
    ['too many requests', (count) => (count < 3 ? { status: 429 } : { body: transactions[0] }), true],
    ['silence at first', (count) => (count < 2 ? { silent: true } : { body: transactions[0] }), true],
    ['silence for good', () => ({ silent: true }), false],
    ['a redirect', () => ({ status: 302, location: 'http://127.0.0.1:9/' }), false],
    ['not found', () => ({ status: 404, body: 'Transaction not found' }), false],
  ])('that answers with %s', async (_, answer, succeeds) => {
    const { url } = await serve((_path, { count }) => answer(count))
    const reading = readAll('esplora', `${url}/tx/${transactions[0]?.txid}`, bitcoin, options())
    if (succeeds) expect((await reading).transactions.length).toBe(1)
    else expect(await refusalOf(reading)).toMatchObject({ code: expect.stringMatching(/^SERVER_/) })
  })

  test.each(['/', '/tx/xyz', '/address/', '/block/00'])('is not asked for %s', async (path) => {
    expect(
      await openImporter('esplora', `http://127.0.0.1:9${path}`, bitcoin, { knownPacks, keepIn: '/nowhere' }),
    ).toMatchObject({ ok: false, refusal: { code: 'SOURCE_URL' } })
  })
})

describe('a node', () => {
  const answers = Object.fromEntries(
    [50_001, 50_002].map((height) => {
      const folder = sample('etl-btc/bitcoin/block_with_transactions')
      const hash = JSON.parse(readFileSync(`${folder}/rpc_response_getblockhash_${height}.json`, 'utf8')) as string
      return [height, { hash, block: readFileSync(`${folder}/rpc_response_getblock_${hash}_2.json`, 'utf8') }] as const
    }),
  )

  /** A node of the time before verbosity 3, which wants the password. */
  const node = (path: string, { headers, body }: { headers: IncomingMessage['headers']; body: string }): Answer => {
    if (path !== '/' || headers.authorization !== `Basic ${Buffer.from('user:secret').toString('base64')}`)
      return { status: 401 }
    const { method, params } = JSON.parse(body) as { method: string; params: [number | string, number?] }
    if (method === 'getblockhash')
      return { body: { result: answers[Number(params[0])]?.hash ?? null, error: null, id: 'comity' } }
    if (params[1] === 3)
      return { status: 500, body: { result: null, error: { code: -8, message: 'Verbosity' }, id: 'comity' } }
    const block = Object.values(answers).find(({ hash }) => hash === params[0])?.block
    return { body: `{"result":${block},"error":null,"id":"comity"}` }
  }
  const fromTo = { from: 50_001, to: 50_002 }

  test('gives the blocks of a range, the same as from files', async () => {
    const { url } = await serve(node)
    const read = await readAll('core-rpc', url, bitcoin, { ...options(), ...fromTo, credentials: 'user:secret' })
    const files = await readAll('core-rpc', sample('etl-btc/bitcoin/block_with_transactions'), bitcoin)
    expect(read.transactions).toEqual(files.transactions)
    expect(read.blocks.map(({ height, completeness }) => [height, completeness])).toEqual([
      [50_001, 'merkle'],
      [50_002, 'merkle'],
    ])
    expect(read.defects).toEqual([])
  })

  test('takes its password from a cookie file or the URL, and never shows it', async () => {
    const { url } = await serve(node)
    const cookieFile = join(folderOf({}), '.cookie')
    writeFileSync(cookieFile, 'user:secret\n')
    expect((await readAll('core-rpc', url, bitcoin, { ...options(), ...fromTo, cookieFile })).blocks.length).toBe(2)
    const inUrl = url.replace('http://', 'http://user:secret@')
    const kept = options()
    expect((await readAll('core-rpc', inUrl, bitcoin, { ...kept, ...fromTo })).blocks.length).toBe(2)
    const importer = orStop(await openImporter('core-rpc', inUrl, bitcoin, { knownPacks, ...kept, ...fromTo }))
    expect(await importer.describe()).toMatchObject({ name: url })
    const refusal = await refusalOf(
      readAll('core-rpc', url.replace('http://', 'http://user:wrong-secret@'), bitcoin, { ...options(), ...fromTo }),
    )
    expect(refusal).toMatchObject({ code: 'SERVER_CREDENTIALS' })
    expect(JSON.stringify(refusal)).not.toContain('wrong-secret')
  })

  test('that lacks a block is named', async () => {
    const { url } = await serve((path, request) =>
      request.body.includes('"getblockhash"')
        ? node(path, request)
        : {
            status: 500,
            body: { result: null, error: { code: -1, message: 'Block not available (pruned data)' }, id: 1 },
          },
    )
    expect(
      await refusalOf(readAll('core-rpc', url, bitcoin, { ...options(), ...fromTo, credentials: 'user:secret' })),
    ).toMatchObject({ code: 'SERVER_ANSWER', message: expect.stringContaining('pruned') })
  })

  test('that is followed is asked for several hashes at once, or one by one where it refuses that', async () => {
    const bodies: string[] = []
    const height = (hash: string) => ({ result: hash, error: null })
    for (const takesSeveral of [true, false]) {
      const { url } = await serve((_path, { body }) => {
        bodies.push(body)
        const asked = JSON.parse(body) as { params: [number]; id: number } | { params: [number]; id: number }[]
        const hashOf = (n: number) => n.toString(16).padStart(64, '0')
        if (!Array.isArray(asked)) return { body: { ...height(hashOf(asked.params[0])), id: asked.id } }
        // In an order of its own, as it may (JSON-RPC 2.0, section 6).
        return takesSeveral
          ? { body: asked.toReversed().map(({ params: [n], id }) => ({ ...height(hashOf(n)), id })) }
          : { status: 500, body: { result: null, error: { code: -32_600, message: 'Invalid request' }, id: null } }
      })
      const tip = orStop(openTip('core-rpc', url, bitcoin, { knownPacks, patience }))
      bodies.length = 0
      expect((await tip.hashesAt([3, 1, 2])).map((hash) => Number(`0x${hash}`))).toEqual([3, 1, 2])
      expect(bodies).toHaveLength(takesSeveral ? 1 : 4)
      await tip.hashesAt([4, 5])
      expect(bodies).toHaveLength(takesSeveral ? 2 : 6)
      server?.closeAllConnections()
      server?.close()
    }
  })

  test('what it answered reads the same from memory as from the file that is kept of it', async () => {
    for (const [n, { block }] of Object.values(answers).entries()) {
      const line = `{"result":${block},"error":null,"id":1}`.replace(/[\r\n]/g, ' ')
      const folder = folderOf({ 'kept.core.jsonl': `${line}\n` })
      const fromFile = await readAll('core-rpc', folder, bitcoin)
      expect(fromFile.transactions.length, String(n)).toBeGreaterThan(0)
      for (const values of [undefined, [parseExactJson(line)]]) {
        const part = { format: 'core-rpc', content: line, ...(values ? { values } : {}) } as const
        const read: unknown[] = []
        for await (const { batch } of readFetchedOutputs('core-rpc', [part], bitcoin, { knownPacks }))
          read.push(...batch.transactions)
        expect(read).toEqual(fromFile.transactions)
      }
    }
  })
})

describe('a connection to a server', () => {
  const ask = (url: string, maxBytes = 1_000_000) =>
    exchange({ url: new URL(url), method: 'GET', headers: {}, timeoutMs: 2_000, maxBytes })

  test('that was closed while it waited is opened anew', async () => {
    const { url, asked } = await serve(() => ({ body: 'x' }))
    expect(await ask(url)).toMatchObject({ status: 200 })
    server?.closeAllConnections()
    expect(await ask(url)).toMatchObject({ status: 200 })
    expect(asked).toHaveLength(2)
  })

  test('takes packed answers, and no more of them than may be', async () => {
    server = createServer((request, response) => {
      expect(request.headers['accept-encoding']).toBe('gzip')
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('a'.repeat(50_000)))
    })
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const whole = await ask(url)
    expect(whole.status === 200 ? new TextDecoder().decode(whole.bytes) : null).toBe('a'.repeat(50_000))
    expect(await ask(url, 40_000)).toEqual({ fault: 'too-large' })
    expect(await ask(url, 10)).toEqual({ fault: 'too-large' })
  })
})

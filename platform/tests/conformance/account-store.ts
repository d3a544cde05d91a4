/** What every store of account chains must do, asked of each engine alike. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { transferBatches } from '../../../bench/data/payments.ts'
import {
  type AccountBatch,
  type AccountPart,
  type AccountStore,
  type AccountTx,
  AFTER_TRANSACTIONS,
  compareMoves,
  type LedgerBlock,
  type LogEntry,
  type Move,
  type SourceDescription,
} from '../../src/chains/index.ts'
import { Stop } from '../../src/kernel/index.ts'
import type { StoreEngine, StorePlace } from './engines.ts'
import { transfersSource } from './scenes.ts'

const CHAIN = 'eip155:1'
const ETH = 'eip155:1/slip44:60'
const hash = (text: string) => Buffer.from(text.padEnd(32, '.')).toString('hex')
const [alice, bob, carol] = ['a', 'b', 'c'].map((letter) => `0x${letter.repeat(40)}`) as [string, string, string]

const block = (height: number, name: string, prev: string | null): LedgerBlock => ({
  height,
  hash: hash(name),
  prevHash: prev === null ? null : hash(prev),
  time: 1000 + height,
  merkleRoot: null,
  bits: null,
  headerVerified: false,
  completeness: 'declared',
})

const tx = (name: string, height: number, at: string | null, more: Partial<AccountTx> = {}): AccountTx => ({
  txid: hash(name),
  block: { height, hash: at === null ? null : hash(at), time: 1000 + height },
  index: 0,
  from: alice,
  to: bob,
  created: null,
  nonce: 1,
  status: 'ok',
  selector: null,
  parts: ['transaction', 'receipt'],
  proof: 'stated',
  ...more,
})

const move = (name: string, height: number, place: string, amount: bigint, more: Partial<Move> = {}): Move => ({
  txid: hash(name),
  height,
  time: 1000 + height,
  txIndex: 0,
  order: place === 'value' ? 4 : place.startsWith('log') ? 1_000_000 : 10,
  place,
  kind: place === 'value' ? 'value' : place.startsWith('log') ? 'token' : 'call',
  asset: place.startsWith('log') ? 'eip155:1/erc20:0xdd' : ETH,
  from: alice,
  to: bob,
  amount,
  ...more,
})

const log = (name: string, height: number, logIndex: number): LogEntry => ({
  txid: hash(name),
  height,
  logIndex,
  address: '0xdd',
  topics: [`0x${'1'.repeat(64)}`],
  data: '0x01',
})

const batch = (parts: Partial<AccountBatch>): AccountBatch => ({
  blocks: [],
  transactions: [],
  moves: [],
  logs: [],
  defects: [],
  ...parts,
})

/** Enough that publishing them takes longer than one millisecond. */
const TRANSFERS = 1_000
const crashChild = fileURLToPath(new URL('./account-crash-child.ts', import.meta.url))
const U256 = (1n << 256n) - 1n
const traces = { parts: ['traces'] as readonly AccountPart[], index: null, nonce: null, status: null }

/** Sources that complete, repeat, contradict and overtake each other. */
const SOURCES: readonly (readonly [name: string, batch: AccountBatch])[] = [
  [
    'transactions',
    batch({
      blocks: [block(1, 'b1', 'b0'), block(2, 'b2', 'b1')],
      transactions: [tx('t1', 1, 'b1'), tx('t2', 2, 'b2', { index: 3, from: bob, to: carol })],
      moves: [
        move('t1', 1, 'value', U256 - 5n),
        move('t2', 2, 'value', 7n, { txIndex: 3, from: bob, to: carol }),
        move('b2', 2, 'reward', 50n, {
          txid: hash('b2'),
          txIndex: AFTER_TRANSACTIONS,
          kind: 'reward',
          from: null,
          to: carol,
          order: 0,
        }),
      ],
      logs: [log('t1', 1, 0)],
    }),
  ],
  [
    'traces, without hashes of blocks',
    batch({
      transactions: [tx('t1', 1, null, traces), tx('t2', 2, null, { ...traces, from: bob, to: carol })],
      moves: [
        move('t1', 1, 'value', U256 - 5n, { txIndex: null }),
        move('t1', 1, 'trace:0', 3n, { txIndex: null, from: bob, to: carol }),
        move('block', 2, 'reward', 50n, {
          txid: 'block:2',
          txIndex: AFTER_TRANSACTIONS,
          kind: 'reward',
          from: null,
          to: carol,
          order: 0,
        }),
      ],
    }),
  ],
  [
    'a branch that loses',
    batch({
      blocks: [block(2, 'x2', 'b1')],
      transactions: [tx('t2', 2, 'x2', { from: bob, to: carol }), tx('gone', 2, 'x2')],
      moves: [move('t2', 2, 'value', 9n, { from: bob, to: carol }), move('gone', 2, 'value', 1_000n)],
      logs: [log('gone', 2, 4)],
    }),
  ],
  ['the block that decides', batch({ blocks: [block(3, 'b3', 'b2')] })],
  [
    'a contradiction',
    batch({
      transactions: [tx('t2', 2, 'b2', { index: 3, from: bob, to: carol, proof: 'doubles' })],
      moves: [move('t2', 2, 'value', 8n, { txIndex: 3, from: bob, to: carol })],
    }),
  ],
  [
    'tokens',
    batch({
      transactions: [tx('t1', 1, 'b1', { parts: ['logs'] })],
      moves: [move('t1', 1, 'log:0', 11n)],
      logs: [log('t1', 1, 0)],
    }),
  ],
]

const description = (name: string): SourceDescription => ({
  chain: CHAIN,
  format: 'ethereum-etl',
  name,
  sha256: hash(name),
  bytes: 1,
})

async function publish(store: AccountStore, [name, content]: (typeof SOURCES)[number]) {
  const { sourceId } = await store.beginSource(description(name))
  await store.stage(sourceId, content, 'after 1 pieces')
  return store.publish(sourceId)
}

const ALL = { direction: 'both' as const, fromHeight: 0, toHeight: 100 }

/** The digest of all sources in a store of its own. */
async function accountDigestOn(engine: StoreEngine): Promise<string> {
  const store = await (await engine.place()).openAccounts()
  try {
    for (const source of SOURCES) await publish(store, source)
    return await store.contentDigest(CHAIN)
  } finally {
    await store.close()
  }
}

/** `sameAs`: another engine that must give the same digest. */
export function askAccountStore(engine: StoreEngine, sameAs?: StoreEngine): void {
  describe(`the store of account chains on ${engine.name}`, () => {
    let place: StorePlace
    let store: AccountStore
    beforeAll(async () => {
      place = await engine.place()
      store = await place.openAccounts()
      for (const source of SOURCES) await publish(store, source)
    })
    afterAll(async () => {
      await store.close()
      await engine.stop()
    })

    test('joins what several sources say of one transaction, and shows each move once', async () => {
      const [t1] = await store.transactions(CHAIN, [hash('t1')])
      expect(t1).toMatchObject({ status: 'ok', index: 0, parts: ['transaction', 'receipt', 'logs', 'traces'] })
      const moves = await store.movesOfTransactions(CHAIN, [hash('t1')])
      expect(moves.map(({ place: at, amount, txIndex }) => [at, amount, txIndex])).toEqual([
        ['value', U256 - 5n, 0],
        ['trace:0', 3n, 0],
        ['log:0', 11n, 0],
      ])
      expect(await store.logsOfTransactions(CHAIN, [hash('t1')])).toEqual([log('t1', 1, 0)])
      const { moves: rewards } = await store.moves(CHAIN, {
        ...ALL,
        addresses: [carol],
        direction: 'in',
        fromHeight: 2,
      })
      expect(rewards.map(({ txid, place: at }) => [txid, at])).toEqual([
        [hash('t2'), 'value'],
        [hash('b2'), 'reward'],
      ])
    })

    test('does not show what is in no active block, and keeps it for the day when it is', async () => {
      expect(await store.transactions(CHAIN, [hash('gone')])).toEqual([])
      expect(await store.movesOfTransactions(CHAIN, [hash('gone')])).toEqual([])
      expect(await store.logs(CHAIN, [`0x${'1'.repeat(64)}`], 0, 100)).toEqual([log('t1', 1, 0)])
      const longer = await (await engine.place()).openAccounts()
      try {
        for (const source of SOURCES.slice(0, 3)) await publish(longer, source)
        await longer.recordTrace(CHAIN, 'a trace', hash('b2'), [hash('b2')])
        const report = await publish(longer, [
          'a longer branch',
          batch({ blocks: [block(3, 'x3', 'x2'), block(4, 'x4', 'x3')] }),
        ])
        // Which of two branches of equal length is active is decided by their hashes; the longer one wins then.
        expect((await longer.balances(CHAIN, bob, 2)).get(ETH)).toBe(U256 - 5n - 3n + 1_000n - 9n)
        expect((await longer.balances(CHAIN, carol, 100)).get(ETH)).toBe(3n + 9n)
        expect([...report.staleBlocks, ...(await longer.staleTraces(CHAIN))].length).toBeGreaterThan(0)
      } finally {
        await longer.close()
      }
    })

    test('keeps one of two statements that contradict each other, and makes the other a defect', async () => {
      const defects = await store.defects(CHAIN)
      expect(defects.map(({ code, source, txid }) => [code, source, txid])).toEqual([
        ['TX_CONFLICT', 'a contradiction', hash('t2')],
      ])
      const [value] = await store.movesOfTransactions(CHAIN, [hash('t2')])
      expect(value?.amount).toBe(7n)
    })

    test('answers moves in order, in portions, by asset and direction; balances are exact beyond 64 bits', async () => {
      const asked = { ...ALL, addresses: [alice, bob, carol] }
      const { moves: all } = await store.moves(CHAIN, asked)
      expect(all).toEqual([...all].sort(compareMoves))
      expect(all).toHaveLength(5)
      expect(await store.moves(CHAIN, { ...asked, limit: 2 })).toEqual({ moves: all.slice(0, 2), more: true })
      expect(await store.moves(CHAIN, { ...asked, limit: 5 })).toEqual({ moves: all, more: false })
      const { moves: tokens } = await store.moves(CHAIN, {
        ...asked,
        assets: ['eip155:1/erc20:0xdd'],
        direction: 'out',
      })
      expect(tokens.map(({ amount }) => amount)).toEqual([11n])
      expect([...(await store.balances(CHAIN, bob, 100))].sort()).toEqual([
        ['eip155:1/erc20:0xdd', 11n],
        [ETH, U256 - 5n - 3n - 7n],
      ])
      expect((await store.balances(CHAIN, bob, 1)).get(ETH)).toBe(U256 - 8n)
      const status = await store.status(CHAIN)
      expect(status.counts).toEqual({ blocks: 3, transactions: 2, moves: 5, logs: 1 })
      expect(status.traced).toBe(true)
      expect(status.tip?.hash).toBe(hash('b3'))
    })

    test('reads the same whatever the order of publishing, and in whatever batches', async () => {
      const digest = await store.contentDigest(CHAIN)
      const order = fc.shuffledSubarray([...SOURCES.keys()], { minLength: SOURCES.length, maxLength: SOURCES.length })
      for (const sources of fc.sample(order, { numRuns: 1, seed: 7 })) {
        const other = await (await engine.place()).openAccounts()
        try {
          for (const at of sources) {
            const [name, content] = SOURCES[at] ?? ['', batch({})]
            const { sourceId } = await other.beginSource(description(name))
            await other.stage(sourceId, { ...content, logs: [], moves: content.moves.slice(0, 1) }, 'after 1 pieces')
            await other.stage(sourceId, { ...content, blocks: [], moves: content.moves.slice(1) }, 'after 2 pieces')
            await other.publish(sourceId)
          }
          expect([sources, await other.contentDigest(CHAIN)]).toEqual([sources, digest])
          expect((await other.defects(CHAIN)).map(({ code }) => code)).toEqual(['TX_CONFLICT'])
        } finally {
          await other.close()
        }
      }
    })

    test.runIf(sameAs)('gives a ledger the same digest as the other engine', async () => {
      if (!sameAs) return
      try {
        expect(await accountDigestOn(sameAs)).toBe(await store.contentDigest(CHAIN))
      } finally {
        await sameAs.stop()
      }
    })

    test('shows nothing of a source before it is published, and knows it again afterwards', async () => {
      const digest = await store.contentDigest(CHAIN)
      const late = description('late')
      const begun = await store.beginSource(late)
      await store.stage(begun.sourceId, batch({ moves: [move('late', 3, 'value', 1n)] }), 'after 1 pieces')
      await store.close()
      await engine.kill()
      store = await place.openAccounts()
      expect(await store.contentDigest(CHAIN)).toBe(digest)
      expect(await store.beginSource(late)).toEqual({ ...begun, state: 'staged', cursor: 'after 1 pieces' })
      await store.abandon(begun.sourceId)
      expect((await store.beginSource(description('tokens'))).state).toBe('published')
    })

    test('shows nothing of a publication that was killed, and publishes it when asked again', async () => {
      const whole = await (await engine.place()).openAccounts()
      const { sourceId } = await whole.beginSource(transfersSource)
      for (const one of transferBatches(TRANSFERS)) await whole.stage(sourceId, one, 'all')
      const start = performance.now()
      await whole.publish(sourceId)
      const took = performance.now() - start
      const digest = await whole.contentDigest(CHAIN)
      await whole.close()
      const killed = await engine.place()
      const first = await killed.openAccounts()
      const nothing = await first.contentDigest(CHAIN)
      await first.close()
      // As soon as it has begun, then in the middle of it.
      for (const after of [1, took / 2]) {
        const { stdout, signal } = spawnSync(
          process.execPath,
          [crashChild, `${TRANSFERS}`, `${after}`, ...killed.address],
          { encoding: 'utf8' },
        )
        if (after === 1) expect([stdout, signal]).toEqual(['', 'SIGKILL'])
        const store = await killed.openAccounts()
        expect(await store.contentDigest(CHAIN)).toBe(stdout === '' ? nothing : digest)
        await store.close()
      }
      const last = await killed.openAccounts()
      const begun = await last.beginSource(transfersSource)
      if (begun.state === 'staged') await last.publish(begun.sourceId)
      expect(await last.contentDigest(CHAIN)).toBe(digest)
      expect((await last.status(CHAIN)).counts.moves).toBe(TRANSFERS)
      await last.close()
    })

    test('refuses what its columns could not hold', async () => {
      const { sourceId } = await store.beginSource(description('wrong'))
      const staged = (content: AccountBatch) =>
        store.stage(sourceId, content, 'x').then(
          () => 'kept',
          (thrown: unknown) => (thrown instanceof Stop ? thrown.refusal.code : String(thrown)),
        )
      expect(await staged(batch({ moves: [move('t1', 1, 'value', U256 + 1n)] }))).toBe('CHAIN_STORE_AMOUNT_RANGE')
      expect(await staged(batch({ transactions: [tx('t1', 1, 'b1', { txid: '0x12' })] }))).toBe('CHAIN_STORE_HASH_FORM')
      await store.abandon(sourceId)
    })
  })
}

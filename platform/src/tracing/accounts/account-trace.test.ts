import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Move } from '../../chains/index.ts'
import { orStop } from '../../kernel/index.ts'
import type { Conversion, Crossing, CrossingPort } from '../crossing.ts'
import { memoryAccounts, type PlainMove, toMoves } from '../testing/memory-accounts.ts'
import { type AccountTrial, accountBench, inWords, requestFor, tryAccountTrace } from '../testing/try-account-trace.ts'
import { verdictOf } from '../verify-record.ts'
import { compareAccountRules } from './account-divergence.ts'
import { accountRecordToText } from './account-record.ts'
import { accountRuleIds } from './account-rules.ts'
import { openAccountTrace } from './account-run.ts'
import { parseAccountSeed } from './account-seeds.ts'
import { checkAccountAgainstData, checkAccountAlone, parseAccountRecord } from './verify-account-record.ts'

const mv = (from: string | null, to: string | null, amount: number, more: Partial<PlainMove> = {}): PlainMove => ({
  from,
  to,
  amount,
  ...more,
})
const words = async (plain: readonly PlainMove[], trial: AccountTrial) =>
  inWords(await tryAccountTrace(toMoves(plain), trial))

describe('what an address sends on is traced', () => {
  const moves = [mv('x', 'thief', 50), mv('thief', 'a', 30), mv('y', 'a', 30), mv('a', 'b', 40), mv('thief', 'c', 20)]

  test('all of it, or as much as is asked, under first in, first out', async () => {
    expect(await words(moves, { rule: 'fifo', from: ['thief'] })).toEqual(['unspent b 30', 'unspent c 20'])
    expect(await words(moves, { rule: 'fifo', from: ['thief=10'] })).toEqual(['unspent b 10'])
    expect(await words(moves, { rule: 'lifo', from: ['thief'] })).toEqual([
      'unspent a 20',
      'unspent b 10',
      'unspent c 20',
    ])
  })

  test('what was asked and not sent on rests at the address, as far as it is there', async () => {
    expect(await words([...moves, mv('x', 'thief', 5)], { rule: 'fifo', from: ['thief=52'] })).toEqual([
      'unspent b 30',
      'unspent c 20',
      'unspent thief 2',
    ])
  })

  test('what comes back and leaves again is counted once', async () => {
    const circle = [mv('x', 'thief', 9), mv('thief', 'a', 9), mv('a', 'thief', 9), mv('thief', 'b', 9)]
    const record = await tryAccountTrace(toMoves(circle), { rule: 'fifo', from: ['thief'] })
    expect(inWords(record)).toEqual(['unspent b 9'])
    expect(record.result.ledgers[0]).toMatchObject({ root: '9', sum: '9', balanced: true })
  })

  test('each seed keeps its own label, and a move can be a seed', async () => {
    const { result } = await tryAccountTrace(toMoves([mv('p', 'fund', 10), mv('q', 'fund', 10), mv('fund', 'z', 10)]), {
      rule: 'haircut',
      from: ['p@paul', 'tx1#m1=5@michael'],
    })
    expect(result.positions.map(({ address, bySeed }) => [address, bySeed])).toEqual([
      ['fund', { michael: '2', paul: '5' }],
      ['z', { michael: '3', paul: '5' }],
    ])
  })

  test('fees, burns, the null address and services are lines of the ledger', async () => {
    const nobody = `0x${'0'.repeat(40)}`
    const ends = [
      mv('thief', 'miner', 1, { kind: 'fee', tx: 't', height: 1 }),
      mv('thief', null, 2, { kind: 'burn', tx: 't', height: 1 }),
      mv('thief', nobody, 3, { tx: 't', height: 1 }),
      mv('thief', 'exchange', 4, { tx: 't', height: 1 }),
      mv('exchange', 'customer', 4),
    ]
    const record = await tryAccountTrace(toMoves(ends), {
      rule: 'fifo',
      from: ['thief'],
      services: { exchange: 'Kraken' },
    })
    expect(inWords(record)).toEqual([`burnt ${nobody} 3`, 'burnt nobody 2', 'fee miner 1', 'service exchange 4'])
    expect(record.result.positions.find(({ status }) => status === 'service')?.label).toBe('Kraken')
    expect(record.result.ledgers[0]).toMatchObject({ root: '10', fee: '1', burnt: '5', service: '4', sum: '10' })
  })
})

describe('value that is not traced', () => {
  test('what an account had before counts as clean, and is asked of the store', async () => {
    const moves = [mv('x', 'a', 60), mv('thief', 'a', 40), mv('a', 'b', 50)]
    expect(await words(moves, { rule: 'fifo', from: ['thief'], since: 2 })).toEqual(['unspent a 40'])
    expect(await words(moves, { rule: 'haircut', from: ['thief'], since: 2 })).toEqual(['unspent a 20', 'unspent b 20'])
  })

  test('what an account pays beyond what it is known to have had is clean, of unknown origin, and said', async () => {
    const moves = [mv('thief', 'a', 40), mv('a', 'b', 50), mv('a', 'c', 30)]
    const record = await tryAccountTrace(toMoves(moves), { rule: 'fifo', from: ['thief'], traced: false })
    expect(inWords(record)).toEqual(['data-ends b 25', 'data-ends c 15'])
    expect(record.data.shortfalls).toEqual([{ asset: 'test/eth', address: 'a', amount: '40' }])
    expect(record.data.openingBalances).toBe('unknown')
    expect(record.evidence.reasons.join(' ')).toMatch(/opening balance unknown.*unknown origin/)
  })
})

test('moves of one block: by the ledger, or payments or receipts first, as the parties may count', async () => {
  // 10 stolen and 10 clean are there; in one block 12 go out and 12 clean come in.
  const moves = [
    mv('x', 'a', 10),
    mv('thief', 'a', 10),
    mv('y', 'a', 12, { height: 3, loose: true, tx: 'in' }),
    mv('a', 'b', 12, { height: 3, loose: true, tx: 'out' }),
  ]
  const left = async (sameTime: AccountTrial['sameTime']) =>
    words(moves, { rule: 'libr', from: ['thief'], ...(sameTime ? { sameTime } : {}) })
  expect(await left('worst-case')).toEqual(['unspent a 8', 'unspent b 2'])
  expect(await left('best-case')).toEqual(['unspent a 10'])
  // Nobody says which came first: then an account receives before it pays.
  expect(await left(undefined)).toEqual(['unspent a 10'])
})

describe('budgets and stops', () => {
  const chain = [mv('thief', 'a', 9), mv('a', 'b', 9), mv('b', 'c', 9)]
  test.each([
    ['hops', { maxHops: 2 }, ['not-followed b 9']],
    ['least value', { minValue: 10n }, ['not-followed a 9']],
    ['transactions', { maxTransactions: 2 }, ['not-followed b 9']],
    ['height', { until: 2 }, ['not-followed b 9']],
  ] as const)('what a budget of %s cuts off is a line of its own', async (_, budget, ends) => {
    expect(await words(chain, { rule: 'fifo', from: ['thief'], ...budget })).toEqual(ends)
  })

  test('at rest is said only where every later block is here with all its moves', async () => {
    expect(await words(chain, { rule: 'fifo', from: ['thief'], complete: false })).toEqual(['data-ends c 9'])
  })

  test('a seed of which nothing is known, or of which it is not clear what is meant, is refused', async () => {
    const ask = (trial: Pick<AccountTrial, 'from'>, moves = chain) =>
      tryAccountTrace(toMoves(moves), { rule: 'fifo', ...trial })
    await expect(ask({ from: ['nobody'] })).rejects.toThrow('SEED_UNKNOWN')
    await expect(ask({ from: ['tx9#m9'] })).rejects.toThrow('SEED_UNKNOWN')
    const two = [...chain, mv('thief', 'z', 3, { asset: 'usdt' })]
    await expect(ask({ from: ['thief=5'] }, two)).rejects.toThrow('SEED_AMBIGUOUS')
    await expect(ask({ from: ['thief=5@a', 'thief@b'] })).rejects.toThrow('SEED_EXCEEDS_OUTPUT')
    const read = (text: string) => parseAccountSeed(text, '--from', (address) => ({ ok: true, value: address }))
    expect(read(`0x${'A'.repeat(64)}#log:7=5@v`)).toMatchObject({
      value: { move: { txid: `${'a'.repeat(64)}`, place: 'log:7' }, amount: 5n, label: 'v' },
    })
    for (const wrong of ['', 'a#', '0x12#value', 'a=1.5', '@x']) expect(read(wrong)).toMatchObject({ ok: false })
  })
})

/** Decoders in memory: what they say of these transactions. */
function says(conversions: readonly Conversion[], crossings: readonly Crossing[] = []): CrossingPort {
  return {
    conversionsIn: async (chain, txids) => conversions.filter((one) => one.chain === chain && txids.includes(one.txid)),
    crossingsFrom: async (chain, txids) =>
      crossings.filter(({ source }) => source.chain === chain && txids.includes(source.txid)),
    mixerStops: async () => [],
  }
}

const swap = (txid: string, given: [string, number][], received: [string, number][], holder = 'a'): Conversion => ({
  id: `swap-${txid}`,
  chain: 'test',
  txid,
  kind: 'swap',
  decoder: 'test@1',
  tier: 'protocol',
  given: given.map(([place, amount]) => ({
    move: { txid, place },
    holder,
    asset: 'test/eth',
    amount: BigInt(amount),
  })),
  received: received.map(([place, amount]) => ({
    move: { txid, place },
    holder,
    asset: 'test/usdt',
    amount: BigInt(amount),
  })),
  logs: [],
})

describe('conversions', () => {
  // The pool pays out before it is paid, as pools do.
  const moves = [
    mv('thief', 'a', 30),
    mv('x', 'a', 30),
    mv('pool', 'a', 1000, { asset: 'usdt', tx: 's', height: 3, place: 'out' }),
    mv('a', 'pool', 40, { tx: 's', height: 3, place: 'in' }),
    mv('a', 'b', 600, { asset: 'usdt' }),
    mv('pool', 'other', 40),
  ]
  const crossing = says([swap('s', [['in', 40]], [['out', 1000]])])

  test('traced value leaves one asset and enters the other in proportion; nobody follows it into the pool', async () => {
    const record = await tryAccountTrace(toMoves(moves), { rule: 'fifo', from: ['thief'], crossing })
    expect(inWords(record)).toEqual(['converted a 30', 'unspent a 150 usdt', 'unspent b 600 usdt'])
    expect(record.result.ledgers).toMatchObject([
      { asset: 'test/eth', root: '30', convertedOut: '30', sum: '30' },
      { asset: 'test/usdt', root: '0', convertedIn: '750', unspent: '750', sum: '750' },
    ])
    expect(inWords(await tryAccountTrace(toMoves(moves), { rule: 'haircut', from: ['thief'], crossing }))).toEqual([
      'converted a 20',
      'unspent a 10',
      'unspent a 200 usdt',
      'unspent b 300 usdt',
    ])
  })

  test('what a pool gives back of what it was given is traced in the same share', async () => {
    const back = moves.toSpliced(4, 0, mv('pool', 'a', 4, { tx: 's', height: 3, place: 'rest' }))
    const record = await tryAccountTrace(toMoves(back), { rule: 'haircut', from: ['thief'], crossing })
    expect(inWords(record)).toContain('unspent a 12')
    expect(record.result.ledgers[0]).toMatchObject({ root: '30', convertedIn: '2', convertedOut: '20', unspent: '12' })
  })

  test('a payment into a pool that no conversion explains stops there', async () => {
    const paid = [...moves, mv('thief', 'pool', 5), mv('pool', 'y', 5)]
    expect(await words(paid, { rule: 'fifo', from: ['thief'], crossing })).toContain('data-ends pool 5')
  })
})

describe('crossings', () => {
  const over = (chain: string): Crossing => ({
    id: 'x1',
    bridge: 'hop',
    transferId: null,
    tier: 'protocol',
    source: side('test', 'out', 'deposit', 40),
    destination: side(chain, 'far', 'release', 39),
    evidence: {},
    candidates: [],
  })
  const side = (chain: string, txid: string, place: string, amount: number) => ({
    chain,
    txid,
    logIndex: null,
    place,
    height: null,
    time: null,
    asset: `${chain}/eth`,
    amount: BigInt(amount),
    sender: null,
    recipient: null,
  })
  const moves = [
    mv('thief', 'a', 30),
    mv('x', 'a', 10),
    mv('a', 'bridge', 40, { tx: 'out', place: 'deposit', time: 2000 }),
    // The clock of the other chain is behind.
    mv('bridge', 'a', 39, { chain: 'rollup', tx: 'far', place: 'release', height: 9, time: 1990 }),
    mv('a', 'shop', 20, { chain: 'rollup', height: 10, time: 2100 }),
  ]

  test('value goes on on the other chain where its ledger is at hand', async () => {
    const record = await tryAccountTrace(toMoves(moves), {
      rule: 'fifo',
      from: ['thief'],
      crossing: says([], [over('rollup')]),
    })
    expect(inWords(record)).toEqual(['crossed bridge 30', 'unspent a 9', 'unspent shop 20'])
    expect(record.result.ledgers).toMatchObject([
      { asset: 'rollup/eth', crossedIn: '29', sum: '29' },
      { asset: 'test/eth', root: '30', crossedOut: '30', sum: '30' },
    ])
    expect(record.result.positions.find(({ status }) => status === 'crossed')?.reason).toMatch(/followed there$/)
  })

  test('where it is not, the crossing is the end', async () => {
    expect(await words(moves, { rule: 'fifo', from: ['thief'], crossing: says([], [over('elsewhere')]) })).toEqual([
      'crossed bridge 30',
    ])
  })

  test('a mixer is a stop with candidates', async () => {
    const list = toMoves(moves)
    const deposit = list[2] as (typeof list)[number]
    const candidates = [{ txid: 'w', recipient: 'r', time: null, why: 'same amount' }]
    const record = await tryAccountTrace(list, {
      rule: 'fifo',
      from: ['thief'],
      crossing: {
        ...says([]),
        mixerStops: async (_, txids) => (txids.includes('out') ? [{ pool: 'bridge', deposit, candidates }] : []),
      },
    })
    expect(inWords(record)).toEqual(['mixer bridge 30'])
    expect(record.result.mixers).toMatchObject([{ pool: 'bridge', txid: 'out', candidates }])
  })
})

describe('the record', () => {
  const list = toMoves([mv('thief', 'a', 30), mv('x', 'a', 30), mv('a', 'b', 40)])
  const trial: AccountTrial = { rule: 'haircut', from: ['thief'] }

  test('is confirmed by the same data, and a changed one is found out', async () => {
    const record = await tryAccountTrace(list, trial)
    const read = orStop(parseAccountRecord(accountRecordToText(record), 'file'))
    const bench = accountBench(list, trial)
    const verify = async (one: typeof read) =>
      verdictOf([...checkAccountAlone(one), ...(await checkAccountAgainstData(one, bench))]).verdict
    expect(await verify(read)).toBe('confirmed')
    expect(verdictOf(checkAccountAlone(read)).verdict).toBe('consistent')
    const [first, ...others] = read.result.positions
    const changed = { ...read, result: { ...read.result, positions: [{ ...first, traced: '11' }, ...others] } }
    const wrong = checkAccountAlone(changed as typeof read).filter(({ verdict }) => verdict === 'fails')
    expect(wrong.map(({ name }) => name)).toEqual([
      'digest',
      'result digest',
      'the ledgers add up',
      'each source adds up',
    ])
    expect(await verify(changed as typeof read)).toBe('false')
    expect(parseAccountRecord('{"format":"comity-account-trace/1"}', 'file')).toMatchObject({ ok: false })
  })

  test('says how good its data is', async () => {
    const verified = await tryAccountTrace(list, trial)
    expect(verified.evidence).toMatchObject({ grade: 'verified', reasons: [] })
    expect(verified.evidence.facts.map(({ fact, stated }) => [fact, stated])).toEqual([
      ['sender', 0],
      ['place', 0],
      ['receipt', 0],
    ])
    // What a contract passed on is stated, however well all else is proven.
    const passedOn = await tryAccountTrace(
      list.map((move) => ({ ...move, place: 'trace:0' })),
      trial,
    )
    expect(passedOn.evidence.grade).toBe('stated')
    expect(passedOn.evidence.reasons.join(' ')).toMatch(/no hash commits to that/)
    expect((await tryAccountTrace(list, { ...trial, doubles: ['tx0'] })).evidence.grade).toBe('refused')
    const rows = toMoves([mv('thief', 'a', 30, { kind: 'flow' })])
    const flow = await tryAccountTrace(rows, trial)
    expect(flow.evidence.grade).toBe('secondary')
    expect(flow.parameters.assets).toEqual(['test/usd:flow'])
  })

  test('two rules are compared end by end', async () => {
    const records = [await tryAccountTrace(list, trial), await tryAccountTrace(list, { ...trial, rule: 'fifo' })]
    const { ends, agreed } = compareAccountRules(records)
    expect(ends.map(({ address, least, most }) => [address, least, most])).toEqual([
      ['a', '0', '10'],
      ['b', '20', '30'],
    ])
    expect(agreed).toEqual([{ asset: 'test/eth', amount: '20' }])
  })
})

const name = fc.constantFrom('thief', 'a', 'b', 'c', 'd', 'e')
const ledgers = fc.array(
  fc.record({
    from: name,
    to: fc.oneof(name, fc.constant(null)),
    amount: fc.oneof(fc.bigInt({ min: 0n, max: 9n }), fc.bigInt({ min: 0n, max: 2n ** 255n })),
    height: fc.integer({ min: 1, max: 6 }),
    tx: fc.constantFrom('p', 'q', 'r', 's', 't'),
    kind: fc.constantFrom('value', 'fee', 'token'),
    asset: fc.constantFrom('eth', 'eth', 'usdt'),
  }),
  { minLength: 1, maxLength: 25 },
)

/** In every transaction in which somebody pays ether and receives the token, these two are a swap. */
function swapsIn(moves: readonly Move[]): Conversion[] {
  return [...Map.groupBy(moves, ({ txid }) => txid)].flatMap(([txid, list]) => {
    for (const given of list) {
      if (given.asset !== 'test/eth' || given.kind === 'fee' || given.from === null) continue
      const received = list.find((one) => one.asset === 'test/usdt' && one.to === given.from && one.from !== one.to)
      if (!received || given.from === given.to) continue
      const legs = [given, received].map((one): [string, number][] => [[one.place, Number(one.amount % 1000n)]])
      return [swap(txid, legs[0] ?? [], legs[1] ?? [], given.from)]
    }
    return []
  })
}

describe.each(accountRuleIds)('under %s', (rule) => {
  test('any ledger adds up to the unit for each seed, and gives the same record in whatever order it is held', async () => {
    await fc.assert(
      fc.asyncProperty(ledgers, fc.constantFrom('ledger', 'worst-case', 'best-case'), async (plain, sameTime) => {
        const moves = toMoves([
          { from: 'thief', to: 'a', amount: 5n, height: 1, tx: 'p' },
          ...plain.map((move) => ({
            ...move,
            tx: `${move.tx}${move.height}`,
            kind: move.kind as PlainMove['kind'] & string,
          })),
        ])
        const trial: AccountTrial = {
          rule,
          from: ['thief=7@v', 'c'],
          sameTime: sameTime as 'ledger',
          assets: ['test/eth'],
          crossing: says(swapsIn(moves)),
        }
        const ask = async (list: typeof moves) => {
          const opened = orStop(
            await openAccountTrace({ ...accountBench(list, trial), store: memoryAccounts(list) }, null),
          )
          const answer = await opened.run(requestFor(trial))
          if (!answer.ok) expect(answer.refusal.code).toBe('SEED_UNKNOWN')
          return answer
        }
        const answer = await ask(moves)
        if (!answer.ok) return
        expect(checkAccountAlone(answer.value).filter(({ verdict }) => verdict === 'fails')).toEqual([])
        const again = await ask([...moves].reverse())
        expect(again.ok && again.value.digest).toBe(answer.value.digest)
      }),
      { numRuns: 60 },
    )
  })
})

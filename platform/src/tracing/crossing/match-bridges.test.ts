import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { orStop } from '../../kernel/index.ts'
import type { BridgeEvent } from './bridge-event.ts'
import { parseBridgeEvents } from './bridge-events-csv.ts'
import { linkId, matchBridgeEvents } from './match-bridges.ts'

const T = 1_700_000_000
const ME = '0x00000000000000000000000000000000000000a1'
const OTHER = '0x00000000000000000000000000000000000000b2'

let next = 0
function event(side: BridgeEvent['side'], more: Partial<BridgeEvent> = {}): BridgeEvent {
  next += 1
  return {
    side,
    bridge: 'hop',
    transferId: null,
    chain: side === 'source' ? 'eip155:1' : 'eip155:10',
    txid: `0x${next.toString(16).padStart(4, '0')}`,
    logIndex: 0,
    time: side === 'source' ? T : T + 300,
    token: 'USDC',
    amount: side === 'source' ? 1_000_000n : 998_000n,
    sender: null,
    recipient: ME,
    otherChain: null,
    row: null,
    ...more,
  }
}
const source = (more: Partial<BridgeEvent> = {}) => event('source', more)
const destination = (more: Partial<BridgeEvent> = {}) => event('destination', more)

/** What was linked, as `tier source→destination`, by the names of the transactions. */
function links(events: readonly BridgeEvent[], rejected?: ReadonlySet<string>) {
  const found = matchBridgeEvents(events, rejected)
  return {
    pairs: found.pairs.map(({ tier, source: from, destination: to }) => `${tier} ${from.txid}→${to.txid}`),
    candidates: found.candidates.map(({ source: from, destination: to }) => `${from.txid}→${to.txid}`),
    reasons: found.candidates.map(({ reason }) => reason),
    unmatched: found.unmatched.map(({ event: one }) => one.txid),
  }
}

describe('the tier of the protocol', () => {
  it('joins by the id, whatever the delay, and says what else agrees', () => {
    const from = source({ transferId: '7', otherChain: 'eip155:10' })
    const to = destination({ transferId: '7', otherChain: 'eip155:1', time: T + 30 * 86_400 })
    const [pair] = matchBridgeEvents([to, from]).pairs
    expect(pair).toMatchObject({ tier: 'protocol', candidates: [] })
    expect(pair?.evidence).toEqual({
      bridge: 'equal: hop',
      transferId: 'equal: 7',
      chains: 'stated by both: eip155:1 to eip155:10',
      recipient: `equal: ${ME}`,
      token: 'equal',
      amount: '-0.2 % (1000000 given, 998000 paid)',
      time: '2592000 s after the source, window 14400 s, later than is usual',
      choice: 'the only one that fits',
    })
  })

  it.each([
    ['another bridge', { bridge: 'across' }, 'the bridges differ'],
    ['an absurd amount', { amount: 99_000_000n }, 'the amounts are too far apart'],
    ['less than half', { amount: 400_000n }, 'the amounts are too far apart'],
    ['the same chain', { chain: 'eip155:1' }, 'both sides are on eip155:1'],
    ['another source chain', { otherChain: 'eip155:137' }, 'differs: from eip155:1'],
    ['another token', { token: 'WBTC' }, 'the tokens differ'],
    ['a destination long before', { time: T - 3600 }, 's before the source'],
  ])('does not believe an equal id with %s, and says why', (_name, more, why) => {
    const found = links([source({ transferId: '7' }), destination({ transferId: '7', ...more })])
    expect(found.pairs).toEqual([])
    expect(found.candidates).toHaveLength(1)
    expect(found.reasons[0]).toMatch(/^the ids are equal, but /)
    expect(found.reasons[0]).toContain(why)
  })

  it('keeps two destinations of one id as candidates', () => {
    const events = [
      source({ transferId: '7' }),
      destination({ transferId: '7' }),
      destination({ transferId: '7', amount: 997_000n }),
    ]
    expect(links(events)).toMatchObject({ pairs: [], unmatched: [] })
    expect(links(events).candidates).toHaveLength(2)
  })

  it('prefers the destination with the same recipient, and keeps the other', () => {
    const right = destination({ transferId: '7' })
    const wrong = destination({ transferId: '7', recipient: OTHER })
    const from = source({ transferId: '7' })
    const found = matchBridgeEvents([from, wrong, right])
    expect(found.pairs).toHaveLength(1)
    expect(found.pairs[0]?.destination.txid).toBe(right.txid)
    expect(found.pairs[0]?.candidates.map(({ txid }) => txid)).toEqual([wrong.txid])
    expect(found.candidates.map(({ reason }) => reason)).toEqual(['another destination fits this source better'])
  })

  it('tells apart nonces that count per chain', () => {
    const a = source({ transferId: '7', chain: 'eip155:1' })
    const b = source({ transferId: '7', chain: 'eip155:137' })
    const forA = destination({ transferId: '7', otherChain: 'eip155:1' })
    const forB = destination({ transferId: '7', otherChain: 'eip155:137' })
    expect(links([b, forA, a, forB]).pairs.sort()).toEqual(
      [`protocol ${a.txid}→${forA.txid}`, `protocol ${b.txid}→${forB.txid}`].sort(),
    )
  })

  it('compares amounts in the units of each token', () => {
    const from = source({ transferId: '7', token: '0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48' })
    const to = destination({ transferId: '7', token: '0x7f5c764cbc14f9669b88837ca1490cca17c31607' })
    expect(matchBridgeEvents([from, to]).pairs[0]?.evidence.token).toBe('equal')
  })
})

describe('the tier of the fields', () => {
  it('joins where bridge, recipient, amount and time agree', () => {
    const from = source()
    const to = destination()
    expect(links([to, from, destination({ recipient: OTHER }), destination({ bridge: 'celer' })]).pairs).toEqual([
      `fields ${from.txid}→${to.txid}`,
    ])
  })

  it('never joins ids that differ', () => {
    expect(links([source({ transferId: '7' }), destination({ transferId: '8' })]).pairs).toEqual([])
  })

  it.each([
    ['after the window', { time: T + 14_401 }],
    ['before the source', { time: T - 1 }],
    ['more than was given', { amount: 1_020_000n }],
    ['a fee of more than a twentieth', { amount: 940_000n }],
  ])('does not join %s', (_name, more) => {
    expect(links([source(), destination(more)]).pairs).toEqual([])
  })

  it('waits out the challenge where a bridge is slow in that direction', () => {
    const slow = { bridge: 'optimism-bridge', chain: 'eip155:10' }
    const from = source({ ...slow, amount: 5n })
    const to = destination({ ...slow, chain: 'eip155:1', time: T + 8 * 86_400, amount: 5n })
    expect(links([from, to]).pairs).toHaveLength(1)
    expect(
      links([
        { ...from, chain: 'eip155:1' },
        { ...to, chain: 'eip155:10' },
      ]).pairs,
    ).toEqual([])
  })

  it('keeps equals as candidates, all of them', () => {
    const events = [source(), source({ time: T + 60 }), destination(), destination({ time: T + 360 })]
    expect(links(events)).toMatchObject({ pairs: [], unmatched: [] })
    expect(links(events).candidates).toHaveLength(4)
  })

  it('makes the only choice in which all find their counterpart, and says that it is that', () => {
    const first = source()
    const second = source({ time: T + 600 })
    const early = destination({ time: T + 300 })
    const late = destination({ time: T + 900 })
    const found = matchBridgeEvents([late, first, early, second])
    expect(found.pairs.map(({ source: from, destination: to }) => [from.txid, to.txid])).toEqual([
      [first.txid, early.txid],
      [second.txid, late.txid],
    ])
    expect(found.pairs[0]?.evidence.choice).toBe('the only way in which all 2 sources find a destination')
  })

  it('does not let what a better tier explained compete', () => {
    const known = source({ transferId: '7' })
    const its = destination({ transferId: '7' })
    const from = source({ time: T + 60 })
    const to = destination({ time: T + 400 })
    expect(links([known, from, its, to]).pairs.sort()).toEqual(
      [`protocol ${known.txid}→${its.txid}`, `fields ${from.txid}→${to.txid}`].sort(),
    )
  })
})

describe('the tier of amount and time', () => {
  const bare = { recipient: null }
  it('joins what nothing contradicts, where it is the only one', () => {
    const from = source({ ...bare, amount: 777_000_000n })
    const to = destination({ ...bare, amount: 776_500_000n })
    expect(links([from, to]).pairs).toEqual([`amount-time ${from.txid}→${to.txid}`])
    expect(links([from, to, destination({ ...bare, amount: 776_400_000n })]).pairs).toEqual([])
  })

  it('does not decide where more fit than are listed', () => {
    const crowd = Array.from({ length: 40 }, (_, index) => destination({ ...bare, time: T + index }))
    const found = links([source(bare), ...crowd])
    expect(found.pairs).toEqual([])
    expect(found.reasons.every((reason) => reason.startsWith('so many others fit'))).toBe(true)
  })
})

it('does not make a link that was rejected, and looks anew without it', () => {
  const from = source()
  const right = destination({ amount: 997_000n, token: null })
  const wrong = destination()
  const rejected = new Set([linkId(from, wrong)])
  expect(links([from, wrong, right]).pairs).toEqual([`fields ${from.txid}→${wrong.txid}`])
  expect(links([from, wrong, right], rejected).pairs).toEqual([`fields ${from.txid}→${right.txid}`])
  expect(matchBridgeEvents([from, wrong, right], rejected).rejected).toEqual([...rejected])
})

it('gives each end at most one counterpart, loses none, and does not depend on the order', () => {
  const some = fc.record({
    side: fc.constantFrom<BridgeEvent['side']>('source', 'destination'),
    bridge: fc.constantFrom('hop', 'celer', null),
    transferId: fc.constantFrom(null, null, '1', '2', '3'),
    chain: fc.constantFrom('eip155:1', 'eip155:10'),
    time: fc.constantFrom(null, T, T + 100, T + 200, T + 90_000),
    token: fc.constantFrom('USDC', 'WBTC', null),
    amount: fc.constantFrom(1_000n, 999n, 995n, 960n, 50n),
    recipient: fc.constantFrom(ME, OTHER, null),
    sender: fc.constantFrom(ME, null),
    otherChain: fc.constantFrom('eip155:1', 'eip155:10', null),
  })
  fc.assert(
    fc.property(fc.array(some, { maxLength: 14 }), fc.infiniteStream(fc.nat()), (list, order) => {
      const events = list.map(
        (one, index): BridgeEvent => ({ ...one, txid: `0x${index}`, logIndex: index, row: index + 2 }),
      )
      const found = matchBridgeEvents(events)
      const used = found.pairs.flatMap(({ source: from, destination: to }) => [from.txid, to.txid])
      expect(new Set(used).size).toBe(used.length)
      const said = new Set([
        ...used,
        ...found.candidates.flatMap(({ source: from, destination: to }) => [from.txid, to.txid]),
        ...found.unmatched.map(({ event: one }) => one.txid),
      ])
      expect(said.size).toBe(events.length)
      const shuffled = events.map((one) => ({ one, at: order.next().value ?? 0 })).sort((a, b) => a.at - b.at)
      expect(matchBridgeEvents(shuffled.map(({ one }) => one))).toEqual(found)
    }),
    { numRuns: 300 },
  )
})

it('looks at what can belong together only: ten times the events take about ten times as long, not a hundred', () => {
  const world = (count: number) => {
    const events: BridgeEvent[] = []
    for (let index = 0; index < count; index += 1) {
      const more = {
        bridge: ['hop', 'celer', 'across'][index % 3] ?? null,
        recipient: `0x${(index % 500).toString(16).padStart(40, '0')}`,
        transferId: index % 3 === 0 ? `${index}` : null,
      }
      const amount = BigInt(1_000_000 + ((index * 7919) % 50_000_000))
      const time = T + index * 3
      events.push(source({ ...more, amount, time, txid: `0xa${index}` }))
      events.push(destination({ ...more, amount: (amount * 999n) / 1000n, time: time + 200, txid: `0xb${index}` }))
    }
    return events
  }
  const timed = (events: readonly BridgeEvent[]) => {
    // The time of the processor: the machine may be busy with other things.
    const began = process.cpuUsage()
    const { pairs } = matchBridgeEvents(events)
    const right = pairs.filter(({ source: from, destination: to }) => from.txid.slice(3) === to.txid.slice(3)).length
    expect(right).toBe(pairs.length)
    expect(right).toBeGreaterThan(events.length * 0.45)
    const { user, system } = process.cpuUsage(began)
    return (user + system) / 1000
  }
  timed(world(500))
  const one = timed(world(1_000))
  expect(timed(world(10_000))).toBeLessThan(Math.max(one, 20) * 40)
})

describe('the table of events', () => {
  const head = 'side,bridge,transfer_id,chain,tx,log_index,time,token,amount,sender,recipient,other_chain'
  const read = (...rows: string[]) => parseBridgeEvents([head, ...rows].join('\n'), 'events.csv')

  it('reads names, cases, padded addresses and both forms of time', () => {
    const { events } = orStop(
      read(
        'SOURCE,CelerNetwork,0xAB,ethereum,0xABCD,1,2023-11-14T22:13:20Z,USDC,5,,0x000000000000000000000000AAaaAAaaAAaaAAaaAAaaAAaaAAaaAAaaAAaaAAaa,137',
        'destination,cBridge,171,Polygon,0xef,,1700000000,,5,,,eip155:1',
      ),
    )
    expect(events).toEqual([
      expect.objectContaining({
        bridge: 'celer',
        transferId: '171',
        chain: 'eip155:1',
        txid: '0xabcd',
        time: T,
        recipient: '0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
        otherChain: 'eip155:137',
        row: 2,
      }),
      expect.objectContaining({
        bridge: 'celer',
        transferId: '171',
        chain: 'eip155:137',
        logIndex: null,
        time: T,
        token: null,
        row: 3,
      }),
    ])
  })

  it.each([
    ['side', 'src,hop,,1,0x1,1,1,USDC,5,,,', 'column side'],
    ['an amount with a point', 'source,hop,,1,0x1,1,1,USDC,5.5,,,', 'column amount'],
    ['an amount below zero', 'source,hop,,1,0x1,1,1,USDC,-5,,,', 'column amount'],
    ['an amount of 2^256', `source,hop,,1,0x1,1,1,USDC,${2n ** 256n},,,`, 'column amount'],
    ['no amount', 'source,hop,,1,0x1,1,1,USDC,,,,', 'column amount'],
    ['no transaction', 'source,hop,,1,,1,1,USDC,5,,,', 'column tx'],
    ['a time that is none', 'source,hop,,1,0x1,1,yesterday,USDC,5,,,', 'column time'],
    ['the 31st of April', 'source,hop,,1,0x1,1,2024-04-31T00:00:00Z,USDC,5,,,', 'column time'],
    ['an index of a log', 'source,hop,,1,0x1,-1,1,USDC,5,,,', 'column log_index'],
    ['too few cells', 'source,hop,,1,0x1', 'row 2'],
  ])('refuses %s with row and column', (_name, row, place) => {
    const result = read(row)
    expect(result).toMatchObject({ ok: false, refusal: { code: 'BRIDGE_EVENT_MALFORMED' } })
    if (!result.ok) expect(result.refusal.place).toContain(place)
  })

  it.each([
    ['nothing', ''],
    ['another table', 'a,b\n1,2'],
    ['an open quote', `${head}\n"source`],
  ])('refuses %s', (_name, text) => {
    expect(parseBridgeEvents(text, 'events.csv')).toMatchObject({
      ok: false,
      refusal: { code: 'BRIDGE_EVENTS_UNREADABLE' },
    })
  })

  it('counts a log once, and says where rows repeat or contradict each other', () => {
    const row = 'source,hop,7,1,0xAA,1,1,USDC,5,,,'
    const { events, repeated } = orStop(read(row, row.replace('0xAA', '0xaa'), row.replace(',5,', ',6,')))
    expect(events).toHaveLength(1)
    expect(repeated).toEqual([
      { row: 3, of: 2, contradicts: false },
      { row: 4, of: 2, contradicts: true },
    ])
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LogEntry } from '../../chains/index.ts'
import { decodeEvent } from './abi-decode.ts'
import { parseEvent, typeText } from './abi-type.ts'
import { bridgeEndsIn } from './bridge-ends.ts'
import { openDecoders, shippedDecoders } from './decoders.ts'

const word = (value: bigint | number | string) =>
  (typeof value === 'string' ? value.replace(/^0x/, '') : BigInt.asUintN(256, BigInt(value)).toString(16)).padStart(
    64,
    '0',
  )
const words = (...values: (bigint | number | string)[]) => `0x${values.map(word).join('')}`
const A = '0x00000000000000000000000000000000000000a1'
const B = '0x00000000000000000000000000000000000000b2'
const TX = `0x${'1'.repeat(64)}`

describe('signatures', () => {
  it('read as Solidity writes them, with tuples, arrays and indexed parameters', () => {
    const event = parseEvent('E(uint a, (bytes32 x, address[] y)[2] indexed b, int8 c, string)', 'here')
    expect(event.signature).toBe('E(uint256,(bytes32,address[])[2],int8,string)')
    expect(event.parameters.map(({ name, indexed }) => [name, indexed])).toEqual([
      ['a', false],
      ['b', true],
      ['c', false],
      ['3', false],
    ])
  })

  it.each(['E', 'E(', 'E(uint7 a)', 'E(bytes33 a)', 'E(uint256 a) x', 'E(uint256 a,)', 'E(map a)', '(uint256 a)'])(
    'refuse %s',
    (text) => {
      expect(() => parseEvent(text, 'here')).toThrow('DECODER_PACK_FIELD')
    },
  )

  /** First topics as other programs and real logs have them. */
  it.each([
    ['uniswap-v2', '0xd78ad95fa46c994b6551d0da85fc275fe613ce37657fb8d5e3d130840159d822'],
    ['uniswap-v3', '0xc42079f94a6350d7e6235f29174924f928cc2ac818eb64fed8004e115fbcca67'],
    ['zeroex-transform', '0x0f6672f78a59ba8e5e5b5d38df3ebc67f3c792e2c9259b8d97d7f00dd78ba1b3'],
    ['oneinch-rfq', '0xc3b639f02b125bfa160e50739b8c44eb2d1b6908e2b6d5925c6d770f2ca78127'],
    ['curve-underlying', '0xd013ca23e77a65003c2c659c5442c00c805371b7fc1ebd4c206c41d1536bd90b'],
    ['wrapped-native-deposit', '0xe1fffcc4923d04b559f4d29a8bfc6cda04eb5b0d3c460751c2402c5c5cc9109c'],
    ['wrapped-native-withdrawal', '0x7fcf532c15f0a6db0bd6d0e038bea71d30d808c7d98cb3bf7268a95bf5081b65'],
    ['aave-v2-deposit', '0xde6857219544bb5b7746f48ed30be6386fefc61b2f864cacf559893bf50fd951'],
    ['across-v3-deposit', '0xa123dc29aebf7d0c3322c8eeb5b999e859f39937950ed31056532713d0de396f'],
    ['wormhole-published', '0x6eb224fb001ed210e379b335e35efe88672a8ce935d981a6896b27ffdf52a3b2'],
    ['synapse-mint', '0xbf14b9fde87f6e1c29a7e0787ad1d0d64b4648d8ae63da21524d9fd0f283dd38'],
    ['nomad-send', '0xa3d219cf126a12be40d7ad1ceef46231c987988dd4e686457b610e1b6b80a4bf'],
    ['nomad-receive', '0x9f9a97db84f39202ca3b409b63f7ccf7d3fd810e176573c7483088b6f181bbbb'],
    ['ronin-withdrew', '0x21e88e956aa3e086f6388e899965cef814688f99ad8bb29b08d396571016372d'],
  ])('%s hashes to the topic that others know', (id, topic) => {
    expect(shippedDecoders.list.find((one) => one.id === id)?.event.topic0).toBe(topic)
  })
})

describe('decoding', () => {
  const event = parseEvent('E(uint8 a, bytes b, uint256[] c, (bool d, string e) f, int16 indexed g)', 'here')
  const topics = [event.topic0, words(-5)]
  // Heads: a, offset of b, offset of c, offset of f; tails from byte 128 on.
  const tail = (at: number) => 128 + at
  const data = words(
    ...[7, tail(0), tail(64), tail(160)],
    ...[3, `${'aabbcc'.padEnd(64, '0')}`],
    ...[2, 10, 11],
    ...[1, 64, 2, `${'c3a9'.padEnd(64, '0')}`],
  )

  it('gives numbers, bytes, lists and texts', () => {
    expect(decodeEvent(event, topics, data)).toEqual({
      ok: true,
      value: { a: 7n, b: '0xaabbcc', c: [10n, 11n], f: { d: true, e: 'é' }, g: -5n },
    })
  })

  it.each([
    ['a number beyond its bits', data.replace(word(7), word(256)), 'more than 8 bits'],
    ['padding that is not zero', data.replace('aabbcc0', 'aabbcc1'), 'the padding is not zero'],
    ['a boolean that is neither', data.replace(word(1) + word(64), word(2) + word(64)), 'no boolean'],
    ['a list longer than the data', data.replace(word(2) + word(10), word(200) + word(10)), 'do not fit'],
    ['an offset beyond the data', data.replace(word(128), word(1n << 200n)), 'beyond the data'],
    ['data that end early', data.slice(0, -64), 'fewer are there'],
    ['half a byte', data.slice(0, -1), 'not bytes'],
  ])('refuses %s, with its place', (_name, wrong, why) => {
    const read = decodeEvent(event, topics, wrong)
    expect(read).toMatchObject({ ok: false, refusal: { code: 'LOG_MALFORMED' } })
    if (!read.ok) expect(read.refusal.message).toContain(why)
  })

  it('refuses topics that are too few, too many or of another event', () => {
    for (const wrong of [[], topics.slice(0, 1), [...topics, TX], [TX, words(1)]])
      expect(decodeEvent(event, wrong, data).ok).toBe(false)
  })

  it('never throws and never hangs, whatever the bytes; what it accepts it can be written again from', () => {
    const flat = parseEvent('F(uint256 a, address b, int64 c, bytes4 d, bool e)', 'here')
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const text = `0x${Buffer.from(bytes).toString('hex')}`
        for (const decoder of shippedDecoders.list.slice(0, 30)) {
          const indexed = decoder.event.parameters.filter((one) => one.indexed).length
          decodeEvent(decoder.event, [decoder.event.topic0, ...Array(indexed).fill(TX)], text)
        }
        decodeEvent(event, topics, text)
      }),
      { numRuns: 200 },
    )
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: (1n << 256n) - 1n }),
        fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }),
        fc.boolean(),
        (a, c, e) => {
          const read = decodeEvent(flat, [flat.topic0], words(a, A, c, 'deadbeef'.padEnd(64, '0'), e ? 1 : 0))
          expect(read).toEqual({ ok: true, value: { a, b: A, c, d: '0xdeadbeef', e } })
        },
      ),
      { numRuns: 100 },
    )
  })
})

describe('decoder packs', () => {
  const entry = {
    id: 'x',
    version: 1,
    event: 'X(uint256 a)',
    role: 'swap',
    fields: { amounts: ['a'] },
    source: 's',
    verified: 'v',
  }
  const topic0 = parseEvent('X(uint256 a)', 'here').topic0

  it.each([
    ['a topic that is not the hash', { topic0: TX }],
    ['a field that names no parameter', { topic0, fields: { amounts: ['b'] } }],
    ['a role that is none', { topic0, role: 'steal' }],
    ['a bridge without a name', { topic0, role: 'bridge-source' }],
    ['no source', { topic0, source: '' }],
  ])('are refused with %s', (_name, more) => {
    expect(openDecoders([{ events: [{ ...entry, ...more }] }])).toMatchObject({
      ok: false,
      refusal: { code: 'DECODER_PACK_FIELD' },
    })
  })

  it('of the program name their source for every event, and no two of them decode the same log', () => {
    const forms = shippedDecoders.list.map(
      ({ event, chains, addresses }) =>
        `${event.topic0} ${event.parameters.map((one) => `${typeText(one.type)}${one.indexed}`)} ${chains} ${Object.keys(addresses)}`,
    )
    expect(forms.filter((form, index) => forms.indexOf(form) !== index)).toEqual([])
    expect(shippedDecoders.list.every(({ source }) => source.length > 10)).toBe(true)
  })

  it('do not read a log of another contract where they name theirs', () => {
    const deposit = shippedDecoders.list.find(({ id }) => id === 'wrapped-native-deposit')
    const log: LogEntry = {
      txid: TX,
      height: 1,
      logIndex: 0,
      address: A,
      topics: [deposit?.event.topic0 ?? '', words(B)],
      data: words(5),
    }
    expect(shippedDecoders.decode('eip155:1', log)).toBeNull()
    const weth = { ...log, address: '0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2' }
    expect(shippedDecoders.decode('eip155:1', weth)).toMatchObject({ ok: true, value: { values: { dst: B, wad: 5n } } })
    expect(shippedDecoders.decode('eip155:250', weth)).toBeNull()
  })
})

describe('ends of bridges', () => {
  const topicOf = (id: string) => shippedDecoders.list.find((one) => one.id === id)?.event.topic0 ?? ''
  const log = (id: string, topics: readonly string[], data: string, logIndex = 5): LogEntry => ({
    txid: TX,
    height: 1,
    logIndex,
    address: '0x00000000000000000000000000000000000000ff',
    topics: [topicOf(id), ...topics],
    data,
  })
  const ends = (chain: string, ...logs: LogEntry[]) => bridgeEndsIn(shippedDecoders, chain, logs, 1_700_000_000)
  const transfer = (amount: number): LogEntry => ({
    ...log('uniswap-v2', [], '0x', 4),
    topics: ['0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef', words(A), words(B)],
    data: words(amount),
  })

  it('both ends of Across bear the same id, of the chain of origin', () => {
    const [source] = ends(
      'eip155:1',
      log('across-v3-deposit', [words(10), words(77), words(A)], words(A, B, 1000, 998, 1, 2, 0, B, 0, 32 * 10, 0)),
    ).ends
    const [destination] = ends(
      'eip155:10',
      log(
        'across-v3-fill',
        [words(1), words(77), words(A)],
        words(A, B, 1000, 998, 10, 2, 0, 0, A, B, 32 * 12, 32 * 13, 0, B, 32 * 4, 998, 0, 0),
      ),
    ).ends
    expect(source?.event).toMatchObject({
      side: 'source',
      bridge: 'across',
      transferId: '1/77',
      amount: 1000n,
      recipient: B,
      otherChain: 'eip155:10',
    })
    expect(destination?.event).toMatchObject({
      side: 'destination',
      transferId: '1/77',
      amount: 998n,
      recipient: B,
      otherChain: 'eip155:1',
    })
  })

  it('CCTP is read out of the message that it carries', () => {
    const body = `${'00000000'}${word(A)}${word(B)}${word(500)}${word(A)}`
    const [end] = ends(
      'eip155:10',
      transfer(500),
      log(
        'cctp-received',
        [words(A), words(9)],
        words(0, A, 96, body.length / 2, body.padEnd(Math.ceil(body.length / 64) * 64, '0')),
      ),
    ).ends
    expect(end?.event).toMatchObject({
      bridge: 'cctp',
      transferId: '0/9',
      amount: 500n,
      recipient: B,
      sender: A,
      otherChain: 'eip155:1',
    })
  })

  it('Wormhole names the emitter and its sequence; the amount is that of the transfer before', () => {
    const [end] = ends('eip155:10', transfer(40), log('wormhole-redeemed', [words(2), words(A), words(3)], '0x')).ends
    expect(end?.event).toMatchObject({ transferId: `2/${A}/3`, amount: 40n, recipient: B, otherChain: 'eip155:1' })
    expect(ends('eip155:10', log('wormhole-redeemed', [words(2), words(A), words(3)], '0x')).unread).toHaveLength(1)
  })

  it('Ronin and THORChain answer by receipt and by memo', () => {
    const receipt = words(TX, 21, 0, A, B, 1, B, A, 2020, 0, 0, 700)
    const [end] = ends('eip155:1', log('ronin-deposit-requested', [], receipt)).ends
    expect(end?.event).toMatchObject({
      transferId: 'deposit/21',
      amount: 700n,
      sender: A,
      recipient: B,
      otherChain: 'eip155:2020',
    })
    const memo = `OUT:${'AB'.repeat(32)}`
    const hex = Buffer.from(memo).toString('hex').padEnd(192, '0')
    const [out] = ends('eip155:1', log('thorchain-out', [words(A), words(B)], words(A, 9, 96, memo.length) + hex)).ends
    expect(out?.event).toMatchObject({ transferId: `0x${'ab'.repeat(32)}`, recipient: B })
  })
})

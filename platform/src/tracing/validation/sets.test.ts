/** What is measured on sets of others, and on deposit addresses: counted right, and able to fail. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { memoryAccounts } from '../testing/memory-accounts.ts'
import { celerTransferId, readPayoutCall } from './bridge-calldata.ts'
import { playAccountWorld } from './emulated/account-world.ts'
import { measureBridgeRecords } from './measure-bridge-records.ts'
import { measureCountries, NO_ACTOR, NO_COUNTRY } from './measure-countries.ts'
import { measureAccountDeposits } from './measure-deposits.ts'
import { measurePool } from './measure-pools.ts'
import { measureTags } from './measure-tags.ts'
import { rate } from './rate.ts'
import { readBridgeRecords } from './sources/read-bridge-records.ts'
import { readPoolEvents } from './sources/read-pool-events.ts'

const samples = fileURLToPath(new URL('../../../../samples/', import.meta.url))
const [celer, poly] = readBridgeRecords(join(samples, 'bridge-connector'))

test('a paying call says who is paid what, and by which transfer: Celer, Poly Network', () => {
  expect([celer?.labelled, poly?.labelled]).toEqual([598, 545])
  for (const { events, truth } of [celer, poly].flatMap((one) => one ?? [])) {
    expect(events.length).toBe(2 * truth.length)
    expect(truth.length).toBeGreaterThan(400)
    for (const { recipient, amount } of events) {
      expect(recipient).toMatch(/^0x[0-9a-f]{40}$/)
      expect(amount > 0n).toBe(true)
    }
  }
  expect(readPayoutCall(`0x12345678${'0'.repeat(128)}`)).toBeNull()
})

test('the hash of a Celer transfer is proven by its number alone: any other gives another', () => {
  const rows = readFileSync(join(samples, 'bridge-connector/celer/nonces.csv'), 'utf8').trim().split('\n').slice(1)
  const source = celer?.events.find(({ side, sender }) => side === 'source' && sender !== null)
  const nonce = BigInt(rows.find((row) => row.startsWith(source?.txid ?? '?'))?.split(',')[1] ?? 0)
  const stated = {
    ...{ sender: source?.sender ?? '', recipient: source?.recipient ?? '', token: source?.token ?? '' },
    ...{ amount: source?.amount ?? 0n, toChain: 137, fromChain: 1 },
  }
  expect(celerTransferId({ ...stated, nonce })).toBe(source?.transferId)
  expect(celerTransferId({ ...stated, nonce: nonce + 1n })).not.toBe(source?.transferId)
})

test('pairs that are exchanged are found wrong: the figures of recorded transfers can fail', () => {
  if (!poly) throw new TypeError('no records')
  const [first, second, ...others] = poly.truth
  const swapped = [
    { source: first?.source ?? '', destination: second?.destination ?? '' },
    { source: second?.source ?? '', destination: first?.destination ?? '' },
    ...others,
  ]
  const rightly = (truth: typeof poly.truth) =>
    measureBridgeRecords([{ ...poly, truth }])[0]?.links.find(({ given, tier }) => given === 'no ids' && tier === 'all')
      ?.precision.right ?? 0
  expect(rightly(poly.truth) - rightly(swapped)).toBe(2)
})

test('deposit addresses: the same world from its seed, none named without tags, and fewer with a higher threshold', () => {
  expect(playAccountWorld('a')).toEqual(playAccountWorld('a'))
  const figures = measureAccountDeposits('a')
  const named = (tags: string, percent: number) =>
    figures.find((one) => one.tags === tags && one.toOnePercent === percent)?.precision.of ?? 0
  expect(named('every hot wallet', 100)).toBeGreaterThan(100)
  expect(named('every hot wallet', 95)).toBeLessThanOrEqual(named('every hot wallet', 50))
  expect(named('one hot wallet of each', 95)).toBeLessThan(named('every hot wallet', 95))
  for (const { precision, takenFor, byService, recall } of figures) {
    expect(takenFor.reduce((sum, { count }) => sum + count, 0)).toBe(precision.of - precision.right)
    expect(byService.reduce((sum, one) => sum + one.recall.of, 0)).toBe(recall.of)
  }
})

const events = {
  ...{ pool: 'p', digest: '0'.repeat(64), extent: 'sample' as const },
  deposits: [1, 2, 3, 500].map((height) => ({ height, time: height * 86_400 })),
  withdrawals: [
    { height: 4, recipient: 'a', fee: 0n },
    { height: 5, recipient: 'b', fee: 1n },
    { height: 501, recipient: 'a', fee: 1n },
  ],
}

test('a pool: what a stop leaves open, counted by hand', () => {
  const { offered, turnInWindow, byYear, figures } = measurePool(events)
  // Withdrawals at 4 and 5 stand at the time of the deposit at 3; the one at 501 is within the window of the last deposit alone.
  expect(offered).toEqual({ least: 1, median: 2, most: 2 })
  expect([turnInWindow.right, turnInWindow.of]).toEqual([2, 4])
  expect(figures).toMatchObject({ recipients: 2, withdrawalsToThose: 2, unspentLeast: 2 })
  expect(byYear.map(({ year, withdrawals }) => [year, withdrawals])).toEqual([
    ['1970', 2],
    ['1971', 1],
  ])
})

test('events of a pool are read from zip and gzip alike; a folder without them has none, and a broken file is refused', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pool-'))
  expect(readPoolEvents(folder, 'whole')).toBeNull()
  const deposits = JSON.stringify([{ timestamp: '7', blockNumber: 3 }])
  const withdrawals = JSON.stringify([{ to: '0xAB', fee: '5', blockNumber: 4 }])
  writeFileSync(join(folder, 'deposits_eth_100.json.gz'), gzipSync(deposits))
  writeFileSync(join(folder, 'withdrawals_eth_100.json.zip'), stored('withdrawals_eth_100.json', withdrawals))
  expect(readPoolEvents(folder, 'whole')).toMatchObject({
    deposits: [{ height: 3, time: 7 }],
    withdrawals: [{ height: 4, recipient: '0xab', fee: 5n }],
  })
  writeFileSync(join(folder, 'withdrawals_eth_100.json.zip'), 'PK')
  expect(() => readPoolEvents(folder, 'whole')).toThrow(/zip file with one entry/)
})

/** A zip file with one entry that is not compressed; checksums are left out, which no reader here looks at. */
function stored(name: string, text: string): Buffer {
  const [title, bytes] = [Buffer.from(name), Buffer.from(text)]
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50)
  local.writeUInt16LE(title.length, 26)
  const central = Buffer.alloc(46)
  central.writeUInt32LE(0x02014b50)
  central.writeUInt32LE(bytes.length, 20)
  central.writeUInt32LE(bytes.length, 24)
  central.writeUInt16LE(title.length, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(local.length + title.length + bytes.length, 16)
  return Buffer.concat([local, title, bytes, central, title, end])
}

test('countries: a service counts in each of its countries, and what has none is counted as such', () => {
  const flow = {
    amount: 1n,
    kind: 'flow' as const,
    asset: 'a',
    time: null,
    txid: 't',
    txIndex: null,
    order: 0,
    place: 'p',
  }
  const labels = new Map([
    ['a', 'Ku.Coin 17'],
    ['b', 'Hop Protocol: Ethereum Bridge'],
    ['c', 'LI.FI Exploiter 11'],
  ])
  const one = {
    ...{ name: 'case', chain: 'c', asset: 'a', store: memoryAccounts([]), labels, sources: [] },
    ...{ moves: [{ ...flow, height: 1, from: 'x', to: 'a' }], terminals: ['a', 'b', 'c', 'd'] },
  }
  const plain = {
    set: 'case',
    rule: 'fifo' as const,
    sameTime: 'ledger' as const,
    payments: 1,
    sources: 1,
    conserves: true,
  }
  const figure = { ...plain, reached: rate(3, 4), missed: ['a'], right: rate(3, 3), root: '1', atTerminals: '1' }
  const sets = { cases: [one], flows: [figure], namedDeposits: [], bridgeRecords: [] }
  const actors = [actor('kucoin', ['SC', 'HK']), actor('hop', [], ['hopprotocol'])]
  expect(
    measureCountries(sets, actors).map(({ country, services, finds }) => [country, services, finds.right, finds.of]),
  ).toEqual([
    ['HK', ['Ku.Coin'], 0, 1],
    ['SC', ['Ku.Coin'], 0, 1],
    [NO_COUNTRY, ['Hop Protocol'], 1, 1],
    [NO_ACTOR, ['LI.FI Exploiter'], 2, 2],
  ])
})

test('tags: a country with few actors is never shown alone, and no tag gives no figure', () => {
  const many = Array.from({ length: 30 }, (_, n) => actor(`m${n}`, ['AA']))
  const figures = measureTags({ tags: [], actors: [...many, actor('x', ['BB']), actor('y', [])], sanctioned: [] })
  expect(figures.byCountry.map(({ country, countries, named }) => [country, countries, named.of])).toEqual([
    ['AA', 1, 30],
    ['others', 2, 2],
  ])
  expect(figures.withCountry.share).toBeNull()
})

function actor(id: string, jurisdictions: readonly string[], aliases: readonly string[] = []) {
  return {
    ...{ id, label: id, uri: null, date: null, categories: [], jurisdictions, aliases, context: null },
    provenance: { file: 'f', sha256: '0'.repeat(64), index: 0, line: null },
  }
}

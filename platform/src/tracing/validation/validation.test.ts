import { describe, expect, test } from 'vitest'
import { allClusters } from '../clusters/index.ts'
import { periods } from './emulated/periods.ts'
import { isCoinJoinKind, type World } from './emulated/truth.ts'
import { playWorld } from './emulated/world.ts'
import { worldLedger } from './emulated/world-ledger.ts'
import { joinedAddresses } from './joined-addresses.ts'
import { type Judged, judgeAll } from './judged.ts'
import { measureAgreement, measureChange } from './measure-change.ts'
import { measureClusters } from './measure-clusters.ts'
import { ablateStopPolicy, measureDetectors } from './measure-coinjoins.ts'
import { measureDepositReuse } from './measure-deposit-reuse.ts'
import { measureStops } from './measure-stops.ts'

const SMALL = { transactions: 1_100, users: 60 }
const BITCOIN = 'bip122:000000000019d6689c085ae165831e93'
const world = playWorld(periods[2] as (typeof periods)[number], 'test', SMALL)
const judged = judgeAll(world.transactions, BITCOIN)

describe('an emulated world', () => {
  test('is the same again from its seed, and another from another', () => {
    const again = playWorld(periods[2] as (typeof periods)[number], 'test', SMALL)
    expect(again.transactions.at(-1)?.txid).toBe(world.transactions.at(-1)?.txid)
    const other = playWorld(periods[2] as (typeof periods)[number], 'other', SMALL)
    expect(other.transactions.at(-1)?.txid).not.toBe(world.transactions.at(-1)?.txid)
  })

  test('spends what is there, once, for what it is worth, and only after it was made', () => {
    const open = new Map<string, bigint>()
    let fees = new Map<number, bigint>()
    for (const tx of [...world.transactions].sort(byPlace)) {
      let paid = 0n
      for (const { prev, prevout } of tx.inputs) {
        if (!prev || !prevout) continue
        const key = `${prev.txid}:${prev.vout}`
        // A coinbase stands first in its block, and what it pays is spent later.
        expect(open.get(key)).toBe(prevout.value)
        open.delete(key)
        paid += prevout.value
      }
      const out = tx.outputs.reduce((sum, { value }) => sum + value, 0n)
      for (const [vout, { value }] of tx.outputs.entries()) open.set(`${tx.txid}:${vout}`, value)
      const { height } = tx.block
      if (!tx.coinbase) fees = fees.set(height, (fees.get(height) ?? 0n) + paid - out)
    }
    for (const tx of world.transactions.filter(({ coinbase }) => coinbase))
      expect(tx.outputs[0]?.value).toBe(5_000_000_000n + (fees.get(tx.block.height) ?? 0n))
  })

  test('knows the owner of every address, and every kind of scene was played', () => {
    for (const { outputs } of world.transactions)
      for (const { address } of outputs) if (address) expect(world.ownerByAddress.has(address)).toBe(true)
    const kinds = new Set([...world.truthByTxid.values()].map(({ kind }) => kind))
    for (const [kind] of periods[2]?.scenes ?? []) expect(kinds).toContain(kind)
  })

  test('never lets several owners spend together but in a CoinJoin or a PayJoin', () => {
    for (const { kind, owners } of world.truthByTxid.values())
      if (owners.length > 1) expect(isCoinJoinKind(kind) || kind === 'payjoin').toBe(true)
  })
})

describe('what is measured', () => {
  test('adds up: every transaction is counted once for each rule, on one side or the other', () => {
    for (const { falsePositives, precision, heuristic, takenFor } of measureDetectors('w', judged, world.truthByTxid)) {
      expect(precision.of - precision.right, heuristic).toBe(falsePositives.right)
      expect(
        takenFor.reduce((sum, { count }) => sum + count, 0),
        heuristic,
      ).toBe(falsePositives.right)
      expect(falsePositives.of).toBeLessThan(judged.length)
    }
    const agreement = measureAgreement('w', judged, world.truthByTxid)
    expect(agreement.reduce((sum, { right }) => sum + right.of, 0)).toBeLessThanOrEqual(judged.length)
  })

  test('a rule that says nothing finds nothing, and one that says the truth is never wrong', () => {
    const silent = judged.map((each) => ({ ...each, said: new Map(), stops: false }))
    for (const { recall, precision, undecided } of measureDetectors('w', silent, world.truthByTxid).slice(0, -2))
      expect([recall.right, precision.of, undecided]).toEqual([0, 0, judged.length])
    const knowing = judged.map((each): Judged => ({ ...each, stops: isOneHere(world, each) }))
    const policy = measureDetectors('w', knowing, world.truthByTxid).find(
      (one) => one.heuristic === 'default-stop-policy',
    )
    expect([policy?.recall.share, policy?.precision.share, policy?.falsePositives.right]).toEqual([
      '1.0000',
      '1.0000',
      0,
    ])
  })

  test('a change rule that names the payee is always wrong, and one that names the payer always right', () => {
    const naming = (wanted: boolean) =>
      judged.map((each): Judged => {
        const { payer, outputOwners } = world.truthByTxid.get(each.tx.txid) ?? { payer: null, outputOwners: [] }
        const vout = outputOwners.findIndex((owner) => owner !== null && (owner === payer) === wanted)
        const said = new Map(each.said)
        const candidates = payer === null || vout < 0 ? [] : [vout]
        return { ...each, said: said.set('blocksci-legacy', { rule: 'blocksci-legacy', verdict: 'match', candidates }) }
      })
    const of = (wanted: boolean) =>
      measureChange('w', naming(wanted), world.truthByTxid, world.kindByOwner).find(
        (one) => one.heuristic === 'blocksci-legacy',
      )
    expect([of(true)?.right.share, of(true)?.recall.share]).toEqual(['1.0000', '1.0000'])
    expect([of(false)?.right.right, of(false)?.recall.right]).toEqual([0, 0])
  })

  test('leaving a part of the stop policy out never finds more, but for the veto', () => {
    const [all, ...parts] = ablateStopPolicy('w', judged, world.truthByTxid)
    for (const { without, found } of parts)
      if (without !== 'the veto') expect(found).toBeLessThanOrEqual(all?.found ?? 0)
    expect(all?.found).toBeGreaterThan(0)
  })

  test('a guard keeps owners apart: without one, many lie in one cluster', () => {
    const figures = measureClusters(world, judged)
    const of = (guard: string) => figures.find((one) => one.guard === guard && one.change === null)
    expect(of('none')?.worst.owners).toBeGreaterThan(10)
    expect(of('any-coinjoin-rule')?.worst.owners).toBeLessThan(of('none')?.worst.owners ?? 0)
    expect(of('any-coinjoin-rule')?.pairs.right).toBeLessThanOrEqual(of('none')?.pairs.right ?? 0)
    // Counted again, pair by pair, over the addresses of one owner.
    const clusterOf = joinedAddresses(judged.map(({ tx }) => tx))
    const spent = [...new Set(judged.flatMap(({ tx }) => tx.inputs.flatMap(({ prevout }) => prevout?.address ?? [])))]
    const his = spent.filter((address) => world.ownerByAddress.get(address) === 'exchange-1')
    const most = new Map<string, number>()
    for (const address of his) most.set(clusterOf(address) ?? '', (most.get(clusterOf(address) ?? '') ?? 0) + 1)
    expect(his.length).toBeGreaterThan(0)
    const exchanges = of('none')?.coverage.find(({ kind }) => kind === 'exchange')
    expect(exchanges?.inLargest.right).toBeGreaterThanOrEqual(Math.max(...most.values()))
  })

  test('the guard "any-coinjoin-rule" is what comity cluster joins by: the same clusters, from the ledger', async () => {
    const asked = { change: [], rejected: new Set<string>() }
    const { clusters } = await allClusters(worldLedger(world, BITCOIN), BITCOIN, asked)
    const largest = (addresses: readonly string[]) =>
      new Set(addresses.map((address) => world.ownerByAddress.get(address))).size
    const pairs = clusters.reduce((sum, { size }) => sum + (size * (size - 1)) / 2, 0)
    const figure = measureClusters(world, judged).find(
      (one) => one.guard === 'any-coinjoin-rule' && one.change === null,
    )
    expect(figure?.pairs.of).toBe(pairs)
    expect(figure?.worst.owners).toBe(Math.max(...clusters.map(({ addresses }) => largest(addresses))))
  })

  test('clusters of accounts: each guard keeps strangers apart that nothing else keeps, and costs no customer but contracts', async () => {
    const [rule, fewTags, ...ablated] = await measureDepositReuse('test')
    if (!rule || !fewTags) throw new Error('no figures')
    for (const { without, joins, found, pairs, takenFor } of ablated) {
      expect(joins.of - joins.right, without).toBeGreaterThan(rule.joins.of - rule.joins.right)
      expect(found.right, without).toBe(rule.found.right + (joins.right - rule.joins.right))
      expect(pairs.right / pairs.of, without).toBeLessThan(rule.pairs.right / rule.pairs.of)
      expect(takenFor.reduce((sum, { count }) => sum + count, 0)).toBe(joins.of - joins.right)
    }
    const byService = rule.byService.reduce((sum, { joins }) => sum + joins.of, 0)
    expect(byService).toBe(rule.joins.of)
    // Without tags of the other hot wallets most deposit addresses pass on to nobody who is known.
    expect(fewTags.found.right).toBeLessThan(rule.found.right / 2)
  })

  test('traces of the thefts account for every unit, and tags of deposit addresses are what shows deposits', async () => {
    const figures = await measureStops(world)
    for (const { root, lines } of figures)
      expect(lines.reduce((sum, { amount }) => sum + BigInt(amount), 0n)).toBe(BigInt(root))
    const of = (tags: string) => figures.find((one) => one.rule === 'fifo' && one.atCoinJoins && one.tags === tags)
    expect(of('every address of the exchanges')?.deposits.found).toBeGreaterThan(0)
    expect(of('none')?.deposits.found).toBe(0)
  })
})

function isOneHere({ truthByTxid }: World, { tx }: Judged): boolean {
  return isCoinJoinKind(truthByTxid.get(tx.txid)?.kind ?? 'payment')
}

function byPlace(a: World['transactions'][number], b: World['transactions'][number]): number {
  return a.block.height - b.block.height || (a.index ?? 0) - (b.index ?? 0)
}

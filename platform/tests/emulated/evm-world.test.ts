/**
 * Two real nodes of the EVM, on which everything that happens is known because it was played: what was played adds up to what
 * the nodes hold; the ledger that is imported from them says the same, move by move; bridge links are found as published.
 *
 * Past four hundred lines on purpose: every claim is about the one world, which takes longer to play than all of them.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Move } from '../../src/chains/index.ts'
import type { Stores } from '../../src/chains/store/index.ts'
import { orStop } from '../../src/kernel/index.ts'
import { measureBridgeLinks, openCrossings, parseBridgeEvents } from '../../src/tracing/crossing/index.ts'
import { type AccountTraceRecord, allAccountClusters } from '../../src/tracing/index.ts'
import { tagOf } from '../../src/tracing/tags/test-tags.ts'
import { measureBridges } from '../../src/tracing/validation/index.ts'
import { readPairs } from '../../src/tracing/validation/sources/index.ts'
import { askComity, repository, runComity, temporaryFolder } from '../run-comity.ts'
import { bridgeRow, bridgeTables, columns, RELAY, SEND } from './evm/bridge-events.ts'
import { anvilBinary, type EvmNode, startEvmNode } from './evm/evm-node.ts'
import { COIN, type EvmSide, type EvmWorld, playEvmWorld, SHIPPED } from './evm/evm-world.ts'
import type { Address, TrueMove } from './evm/hand.ts'
import { word } from './evm/hand.ts'
import { assetId, conversionFigures, type ImportedWorld, importWorld, packOf } from './evm/imported-world.ts'

const nodes: EvmNode[] = []
let world: EvmWorld
let imported: ImportedWorld
let stores: Stores
let home: string

describe.skipIf(anvilBinary() === null)('two emulated chains of the EVM', () => {
  beforeAll(async () => {
    for (const chainId of SHIPPED.chainIds) nodes.push(await startEvmNode(chainId, SHIPPED.firstTime))
    world = await playEvmWorld([nodes[0] as EvmNode, nodes[1] as EvmNode], SHIPPED)
    home = temporaryFolder()
    imported = await importWorld(world, home)
    stores = imported.stores
    expect(imported.defects).toBe(0)
  }, 300_000)

  afterAll(async () => {
    if (!closed) await stores?.accounts.close()
    for (const node of nodes) await node.end()
  })

  let closed = false

  test('what was played adds up to what the nodes hold, fees included, for everybody who was there', async () => {
    for (const side of world.sides) {
      const held = new Map<string, bigint>()
      const add = (who: Address | null, asset: string, amount: bigint) => {
        if (who !== null) held.set(`${who} ${asset}`, (held.get(`${who} ${asset}`) ?? 0n) + amount)
      }
      add((await side.node.ask<[Address]>('eth_accounts'))[0], 'coin', 10_000n * 10n ** 18n)
      for (const { moves } of side.acts)
        for (const { asset, from, to, amount } of moves) {
          add(from, asset, -amount)
          add(to, asset, amount)
        }
      for (const { from, gasUsed, effectiveGasPrice } of side.receipts)
        add(from, 'coin', -BigInt(gasUsed) * BigInt(effectiveGasPrice))
      for (const address of world.ownerByAddress.keys())
        for (const asset of ['coin', side.token, side.wrapped] as const)
          expect(held.get(`${address} ${asset}`) ?? 0n, `${world.ownerByAddress.get(address)} ${asset}`).toBe(
            await balanceOf(side, address, asset),
          )
    }
  })

  test('the imported ledger has exactly the moves that were played, and of failed transactions the fee alone', async () => {
    for (const side of world.sides) {
      const { caip2 } = packOf(side)
      const moves = await stores.accounts.movesOfTransactions(
        caip2,
        side.acts.map(({ txid }) => txid),
      )
      const byTxid = new Map<string, Move[]>()
      for (const move of moves) byTxid.set(move.txid, [...(byTxid.get(move.txid) ?? []), move])
      for (const { txid, moves: played, what } of side.acts) {
        const found = (byTxid.get(txid) ?? []).filter(({ kind }) => kind !== 'fee' && kind !== 'burn')
        const shown = found.map(({ asset, from, to, amount }) => sentence(asset, from, to, amount)).sort()
        const wanted = played.map((move) => sentence(assetId(side, move.asset), move.from, move.to, move.amount)).sort()
        expect(shown, what).toEqual(wanted)
      }
    }
  })

  test('balances of the imported ledger are those of the nodes, for every address that it names', async () => {
    for (const side of world.sides) {
      const { caip2 } = packOf(side)
      const { tip: at, proofs, counts } = await stores.accounts.status(caip2)
      const tip = at?.height ?? 0
      // Every hash of the node's blocks is recomputed; that nobody signed what it sent for others is another matter.
      expect([proofs.blocks, proofs.places, proofs.receipts]).toEqual([
        counts.blocks,
        counts.transactions,
        counts.transactions,
      ])
      const txids = side.acts.map(({ txid }) => txid)
      const moves = await stores.accounts.movesOfTransactions(caip2, txids)
      const named = new Set<Address>([...moves.flatMap(({ from, to }) => [from, to])].filter(isAddress))
      expect(named.size).toBeGreaterThan(30)
      for (const address of named) {
        const balances = await stores.accounts.balances(caip2, address, tip)
        for (const asset of ['coin', side.token, side.wrapped] as const)
          expect(balances.get(assetId(side, asset)) ?? 0n, `${address} ${asset}`).toBe(
            await balanceOf(side, address, asset),
          )
      }
    }
  })

  test('bridge events are what the imported ledger holds, and what comity validate is shipped with', async () => {
    const rows: string[] = []
    for (const side of world.sides) {
      const { caip2 } = packOf(side)
      const logs = await stores.accounts.logs(caip2, [SEND, RELAY], 0, Number.MAX_SAFE_INTEGER)
      const txs = await stores.accounts.transactions(
        caip2,
        logs.map(({ txid }) => txid),
      )
      const timeOf = new Map(txs.map(({ txid, block }) => [txid, block.time]))
      rows.push(...logs.map((log) => bridgeRow(log, caip2, timeOf.get(log.txid) ?? null)))
    }
    const { events, truth } = await bridgeTables(world)
    expect(`${[columns, ...rows].join('\n')}\n`).toBe(events)
    const shipped = (name: string) => readFileSync(join(repository, 'vectors/validation/evm-world', name), 'utf8')
    expect(events, 'run: node scripts/write-evm-world.ts').toBe(shipped('bridge-events.csv'))
    expect(truth).toBe(shipped('bridge-truth.csv'))
  })

  test('swaps and wraps are found as they were played, as the shipped figures say', async () => {
    const figures = await conversionFigures(world, imported)
    const shipped = readFileSync(join(repository, 'vectors/validation/evm-world/conversions.json'), 'utf8')
    expect(figures, 'run: node scripts/write-evm-world.ts').toEqual(JSON.parse(shipped))
    const all = figures.find(({ tier }) => tier === 'all')
    expect(all?.recall.of).toBe(world.conversions.length)
    expect(Number(all?.precision.share)).toBeGreaterThan(0.9)
    expect(Number(all?.recall.share)).toBeGreaterThan(0.9)
  })

  test('clusters join each payer with his own deposit address at the exchange, and no two people', async () => {
    const hot = new Set<string>(world.hotWallets)
    const exchange = tagOf({ category: 'exchange', actor: 'exchange', label: 'exchange' })
    const tags = world.hotWallets.map((text) => ({ ...exchange, subject: { ...exchange.subject, text } }))
    const tagsOf = async (asked: readonly string[]) =>
      new Map(
        asked.map((address) => [address, hot.has(address) ? tags.filter((one) => one.subject.text === address) : []]),
      )
    const owner = (address: string) => world.ownerByAddress.get(address as Address)
    let people = 0
    for (const side of world.sides) {
      const { caip2: chain, asset } = packOf(side)
      const coin = { asset: asset.caip19, decimals: asset.decimals }
      const asked = { rejected: new Set<string>(), without: new Set<never>() }
      const { clusters } = await allAccountClusters({ store: stores.accounts, chain, coin, tagsOf }, tags, asked)
      for (const { addresses } of clusters) {
        const payers = addresses.filter((address) => !world.depositAddresses.includes(address as Address))
        expect(new Set(payers.map(owner)).size, addresses.join(' ')).toBe(1)
        expect(addresses.length).toBeGreaterThan(payers.length)
        people += payers.length
      }
    }
    expect(people).toBeGreaterThan(5)
  })

  test('decoded out of the imported ledger, every transfer that arrived is linked by its id, and no other', async () => {
    const truth = new Map(
      world.crossings.flatMap(({ source, destination }) => (destination ? [[source.txid, destination.txid]] : [])),
    )
    const matches = await openCrossings(stores.accounts).bridgeLinks()
    const { tiers } = measureBridgeLinks(matches, truth, ({ txid }) => txid)
    const all = tiers.find(({ tier }) => tier === 'all')
    expect([all?.precision.hits, all?.precision.of, all?.recall.hits]).toEqual([truth.size, truth.size, truth.size])
  })

  test('bridge links: all by their ids and none wrongly; what is not found without ids is kept as a candidate', async () => {
    const { events, truth } = await bridgeTables(world)
    const figures = measureBridges(
      'evm',
      orStop(parseBridgeEvents(events, 'events')).events,
      readPairs(truth),
      ({ txid }) => txid,
    )
    const of = (given: string) => figures.find((one) => one.given === given && one.tier === 'all')
    const byIds = of('all that the events say')
    expect([byIds?.precision.share, byIds?.recall.share]).toEqual(['1.0000', '1.0000'])
    const byFields = of('no ids')
    expect(byFields?.precision.right).toBe(byFields?.precision.of)
    expect(byFields?.kept.right).toBe(byFields?.kept.of)
    const byAmounts = of('amounts, times and tokens alone')
    expect(byAmounts?.recall.right).toBeLessThan(byFields?.recall.right ?? 0)
  })

  describe('a theft by the command line', () => {
    const files = temporaryFolder()
    const trace = (rule: string, ...more: readonly string[]) => {
      const [theft] = world.thefts
      const from = ['--from', `${theft?.txid}#value${more[0] ?? ''}@victim-1`]
      return askComity<AccountTraceRecord>(home, [
        ...['trace', 'run', '--chain', `eip155:${theft?.chainId}`, ...from, '--rule', rule, '--stop-at-tags'],
        ...['--out', join(files, `${rule}.json`), ...more.slice(1)],
      ])
    }

    beforeAll(async () => {
      // The command line opens the ledger of the folder itself.
      await stores.accounts.close()
      closed = true
      const tags = world.depositAddresses.flatMap((address) =>
        world.sides.map(
          (side) => `eip155:${side.node.chainId},${address},Emulated Exchange,exchange,the play,ownership,,`,
        ),
      )
      writeFileSync(
        join(files, 'tags.csv'),
        `${['chain,address,label,category,source,confidence,validFrom,validTo', ...tags].join('\n')}\n`,
      )
      await askComity(home, ['tags', 'import', join(files, 'tags.csv')])
    })

    test('is followed under FIFO and haircut through swap, bridge and wraps to the exchange on both chains, to the unit', async () => {
      const [home31, far] = world.sides
      const { theft, crossing, swap } = firstTheft()
      for (const rule of ['fifo', 'haircut']) {
        const record = await trace(rule)
        expect(record).toMatchObject({ data: { openingBalances: 'known', shortfalls: [] } })
        const { positions, ledgers, crossings, conversions } = record as unknown as AccountTraceRecord['result']
        expect(ledgers.map(({ balanced }) => balanced)).toEqual([true, true, true, true])
        const ledger = (asset: string) => ledgers.find((one) => one.asset === asset)
        const coin = ledger(assetId(home31, 'coin'))
        expect(coin).toMatchObject({
          root: `${12n * COIN}`,
          convertedIn: `${2n * COIN}`,
          service: `${2n * COIN}`,
          mixer: `${COIN}`,
        })
        expect(ledger(assetId(home31, home31.token))).toMatchObject({
          convertedIn: `${swap.received.amount}`,
          crossedOut: `${crossing.source.amount}`,
        })
        const arrived = `${crossing.destination?.amount}`
        expect(ledger(assetId(far, far.token))).toMatchObject({ crossedIn: arrived, service: arrived, sum: arrived })
        const atExchange = positions.filter(({ status }) => status === 'service')
        expect(atExchange.map(({ chain, label }) => [chain, label]).sort()).toEqual([
          ['eip155:31337', 'Emulated Exchange'],
          ['eip155:31338', 'Emulated Exchange'],
        ])
        expect(atExchange.every(({ address }) => world.depositAddresses.includes(address as Address))).toBe(true)
        expect(conversions.map(({ kind }) => kind).sort()).toEqual(['swap', 'unwrap', 'wrap'])
        expect(crossings).toMatchObject([
          {
            tier: 'protocol',
            source: { txid: crossing.source.txid },
            destination: { txid: crossing.destination?.txid, recipient: crossing.recipient },
            candidates: [],
            continued: true,
          },
        ])
        // The logs that the record names are those of the pool and of the bridges, as the nodes have them.
        const logAt = async (side: EvmSide, txid: string, logIndex: number | null) => {
          type Receipt = { logs: readonly { address: string; topics: readonly string[]; logIndex: string }[] }
          const { logs } = await side.node.ask<Receipt>('eth_getTransactionReceipt', `0x${txid}`)
          return logs.find((log) => Number(log.logIndex) === logIndex)
        }
        const [{ source, destination }] = crossings as [(typeof crossings)[number]]
        expect(await logAt(home31, source.txid, source.logIndex)).toMatchObject({ topics: [SEND] })
        expect(await logAt(far, destination.txid, destination.logIndex)).toMatchObject({ topics: [RELAY] })
        const swapped = conversions.find(({ kind }) => kind === 'swap')
        expect(swapped).toMatchObject({ txid: swap.txid, tier: 'protocol', decoder: 'uniswap-v2@1' })
        expect(await logAt(home31, swap.txid, swapped?.logs[0] ?? null)).toMatchObject({ address: home31.pool })
        expect(theft.txid).toBe(record.seeds[0]?.move?.txid)
        const offline = rule === 'fifo'
        expect(await verify(join(files, `${rule}.json`), ...(offline ? ['--offline'] : []))).toBe(
          offline ? 'consistent' : 'confirmed',
        )
      }
    })

    test('stops at the mixer, with the withdrawal that was it among its candidates, and attributes none', async () => {
      const { result } = recordAt('fifo')
      const { thief } = firstTheft()
      const mixing = world.mixings.find(({ depositor }) => thief.includes(depositor))
      const [home31] = world.sides
      expect(result.mixers).toMatchObject([
        { pool: home31.mixer, txid: mixing?.deposit, decoder: 'tornado-form-deposit@1' },
      ])
      expect(result.mixers[0]?.candidates.map(({ txid, recipient }) => `${txid} ${recipient}`)).toContain(
        `${mixing?.withdrawal} ${mixing?.recipient}`,
      )
      expect(result.flow.filter(({ from }) => from === home31.mixer)).toEqual([])
      expect(result.positions.find(({ status }) => status === 'mixer')).toMatchObject({ traced: `${COIN}` })
    })

    test('the report shows picture, conversions, crossing, mixer and ledgers of both rules, and asks nothing of anybody', async () => {
      const out = join(files, 'report')
      const records = ['fifo', 'haircut'].map((rule) => join(files, `${rule}.json`))
      const { files: written } = await askComity<{ files: readonly string[] }>(home, [
        ...['trace', 'report', ...records, '--out', out, '--title', 'Case <7>'],
      ])
      const page = readFileSync(join(out, 'index.html'), 'utf8')
      const { result, digest } = recordAt('fifo')
      for (const said of [digest, ...result.crossings.map(({ id }) => id), ...result.conversions.map(({ id }) => id)])
        expect(page.replaceAll('<wbr>', '')).toContain(said)
      expect(page.match(/class="adds-up"/g)).toHaveLength(result.ledgers.length)
      expect(page).toContain('Case &lt;7&gt;')
      expect(page).not.toMatch(/<script|(?:src|href)=.https?:|IT DOES NOT ADD UP|✗/)
      const rows = (name: string) => readFileSync(join(out, name), 'utf8').trim().split('\r\n').length - 1
      expect(
        written.filter((name) => name.endsWith('.csv')).map((name) => name.replace(/-(fifo|haircut)/, '')),
      ).toEqual(
        expect.arrayContaining([
          'conversions.csv',
          'crossings.csv',
          'mixers.csv',
          'positions.csv',
          'flow.csv',
          'seeds.csv',
        ]),
      )
      expect(rows('positions-fifo.csv')).toBe(result.positions.length)
      expect(rows('flow-fifo.csv')).toBe(result.flow.length)
      const picture = readFileSync(join(out, 'flow-fifo.svg'), 'utf8')
      for (const word of ['swap', 'celer to eip155:31338', 'Emulated Exchange', 'Into a mixer', 'victim-1'])
        expect(picture).toContain(word)
      expect(picture).not.toContain('Not linked')
    })

    test('half of it, under haircut, is half at each exchange; nothing of it is lost', async () => {
      const { positions } = (await trace('haircut', `=${6n * COIN}`)) as unknown as AccountTraceRecord['result']
      const { crossing } = firstTheft()
      const atService = (of: string) =>
        Number(positions.find(({ status, chain }) => status === 'service' && chain === of)?.traced ?? 0)
      expect(atService('eip155:31337') - Number(COIN)).toBeCloseTo(0, -3)
      expect(2 * atService('eip155:31338') - Number(crossing.destination?.amount)).toBeCloseTo(0, -1)
    })

    test('a path goes over the bridge to the exchange on the other chain', async () => {
      const { theft, crossing } = firstTheft()
      const { positions } = recordAt('fifo').result
      const deposit = positions.find(({ status, chain }) => status === 'service' && chain === 'eip155:31338')?.address
      const { paths } = await askComity<{ paths: readonly (readonly { kind: string; move: { txid: string } }[])[] }>(
        home,
        [...['trace', 'path', '--chain', `eip155:${theft.chainId}`, '--from', crossing.sender, '--to', deposit ?? '']],
      )
      expect(paths[0]?.map(({ kind }) => kind)).toEqual(['crossing', 'payment'])
      expect(paths[0]?.[0]?.move.txid).toBe(crossing.source.txid)
    })

    test('a rejected link is not followed: the traces that depend on it are run again and stop at the bridge, and no record hides it', async () => {
      const before = recordAt('fifo')
      const [link] = before.result.crossings
      const reason = 'the relay was for another customer'
      type Again = { readonly trace: string; readonly by: string; readonly differences: readonly object[] }
      const rejected = await askComity<{ staleTraces: readonly string[]; recomputed: readonly Again[] }>(home, [
        ...['bridge', 'reject', link?.id ?? '', '--reason', reason, '--by', 'Analyst 7'],
      ])
      expect(rejected.staleTraces).toContain(before.digest)
      const rerun = rejected.recomputed.find(({ trace: one }) => one === before.digest)
      const service = { chain: 'eip155:31338', status: 'service', after: '0' }
      expect(rerun?.differences).toEqual(expect.arrayContaining([expect.objectContaining(service)]))
      expect(await verify(join(files, 'fifo.json'))).toBe('false')
      const again = await trace('fifo')
      expect(again.digest).not.toBe(before.digest)
      expect(again.digest).toBe(rerun?.by)
      const { positions, crossings, bridgeStops } = again as unknown as AccountTraceRecord['result']
      expect([crossings, positions.filter(({ chain }) => chain !== 'eip155:31337')]).toEqual([[], []])
      expect(positions.find(({ code }) => code === 'bridge-unlinked')).toMatchObject({
        status: 'data-ends',
        traced: link?.source.amount,
      })
      expect(bridgeStops).toMatchObject([{ bridge: link?.bridge, source: { txid: link?.source.txid } }])
    })

    function firstTheft() {
      const [theft] = world.thefts as [EvmWorld['thefts'][number]]
      const owner = world.ownerByAddress.get(theft.thief)
      const thief = [...world.ownerByAddress].flatMap(([address, name]) => (name === owner ? [address] : []))
      const crossing = world.crossings.find(({ sender }) => thief.includes(sender)) as EvmWorld['crossings'][number]
      const swap = world.conversions.find(({ kind, holder }) => kind === 'swap' && holder === crossing.sender)
      return { theft, thief, crossing, swap: swap as EvmWorld['conversions'][number] }
    }

    function recordAt(rule: string): AccountTraceRecord {
      return JSON.parse(readFileSync(join(files, `${rule}.json`), 'utf8')) as AccountTraceRecord
    }

    async function verify(path: string, ...more: readonly string[]): Promise<string> {
      const ran = await runComity(['trace', 'verify', path, ...more, '--home', home, '--json'])
      return (JSON.parse(ran.stdout) as { verdict: string }).verdict
    }
  })
})

function sentence(asset: string, from: string | null, to: string | null, amount: bigint): string {
  return `${amount} ${asset} from ${from} to ${to}`
}

function isAddress(text: string | null): text is Address {
  return text !== null
}

async function balanceOf(side: EvmSide, address: Address, asset: TrueMove['asset']): Promise<bigint> {
  if (asset === 'coin') return BigInt(await side.node.ask<string>('eth_getBalance', address, 'latest'))
  const data = `0x70a08231${word(address)}`
  return BigInt(await side.node.ask<string>('eth_call', { to: asset, data }, 'latest'))
}

/** The commands on chains of accounts, on a real table of an analyst; and from Bitcoin to one of them, on a case of our own. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Divergence, TraceRecord } from '../../src/tracing/index.ts'
import { askComity, runComity, sample, temporaryFolder } from '../run-comity.ts'
import type { TraceAnswer } from '../trace-answers.ts'

test('a table of flows is imported as secondary data, shown so, and its labels are tags', async () => {
  const home = temporaryFolder()
  const file = sample('eth-crime-flows/lifi.csv')
  const imported = await askComity<Record<string, unknown>>(home, [
    'chain',
    'import',
    '--chain',
    'ethereum',
    '--format',
    'flow-csv',
    file,
  ])
  expect(imported).toMatchObject({ chain: 'eip155:1', transactions: 133, moves: 135, logs: 0 })
  expect(imported.notice).toContain('no evidence')
  expect(imported.tags).toBeGreaterThan(0)
  const status = await askComity<{ chains: object[] }>(home, ['chain', 'status'])
  expect(status.chains).toEqual([
    expect.objectContaining({
      chain: 'eip155:1',
      moves: 135,
      traced: false,
      notice: expect.stringContaining('evidence'),
    }),
  ])
  const exploiter = '0x8b3cb6bf982798fba233bca56749e22eec42dcf3'
  const shown = await askComity<{ tags: { label: string }[]; moves: { txid: string }[] }>(home, [
    'address',
    'show',
    '--chain',
    'eip155:1',
    exploiter,
  ])
  expect(shown.tags.map(({ label }) => label)).toContain('LI.FI Exploiter 2')
  const tx = await askComity(home, ['tx', 'show', `0x${shown.moves[0]?.txid}`])
  expect(tx).toMatchObject({ chain: 'eip155:1', parts: ['flow'], notice: expect.stringContaining('evidence') })
})

test('a trace from Bitcoin over THORChain to an exchange on Ethereum is one record, verified as one, and ends where its link is rejected', async () => {
  const [home, files] = [temporaryFolder(), temporaryFolder()]
  const paths = writeSwap(files)
  const load = (chain: string, format: string, path: string) =>
    askComity(home, ['chain', 'import', '--chain', chain, '--format', format, path])
  await load('bitcoin', 'esplora', paths.bitcoin)
  await load('ethereum', 'ethereum-etl', paths.ethereum)
  await askComity(home, ['tags', 'import', paths.tags])
  const out = join(files, 'trace.json')
  const ask = ['trace', 'run', '--chain', 'bitcoin', '--from', `${'a1'.repeat(32)}:0@victim`, '--rule', 'fifo']
  const run = () =>
    askComity<TraceAnswer & Pick<TraceRecord, 'continuation'>>(home, [...ask, '--stop-at-tags', '--out', out])
  const verdict = async (exit: number, ...more: string[]) =>
    (await askComity<{ verdict: string }>(home, ['trace', 'verify', out, ...more], exit)).verdict

  const { ledger, continuation, digest } = await run()
  expect(ledger).toMatchObject({ root: '1000', dataEnds: '990', fee: '10', balanced: true })
  const [crossing] = continuation?.crossings ?? []
  expect(crossing).toMatchObject({ tier: 'protocol', traced: '900', arrives: { victim: '2500' }, continued: true })
  const [beyond] = (continuation?.records ?? []) as unknown as TraceAnswer[]
  expect(beyond?.positions).toMatchObject([{ status: 'service', label: 'Exchange', traced: '2500' }])
  expect([await verdict(0), await verdict(0, '--offline')]).toEqual(['confirmed', 'consistent'])
  const { stdout } = await runComity([...ask, '--stop-at-tags', '--home', home])
  for (const said of ['bridge-payment', 'Across bridges', 'On Ethereum', 'at a service']) expect(stdout).toContain(said)

  // Under several rules, and as a report: both ledgers, and what proves the way from the one to the other.
  const folder = join(files, 'compared')
  const compare = [
    'trace',
    'compare',
    ...ask.slice(2, -2),
    '--rules',
    'fifo,haircut',
    '--stop-at-tags',
    '--out',
    folder,
  ]
  const { beyond: compared } = await askComity<{ beyond: NonNullable<Divergence['beyond']> }>(home, compare)
  expect(compared.byRule).toMatchObject(
    ['fifo', 'haircut'].map((rule) => ({ rule, crossed: '900', arrived: [{ amount: '2500' }], balanced: true })),
  )
  expect(compared.ends).toMatchObject([{ label: 'Exchange', byRule: { fifo: '2500', haircut: '2500' } }])
  expect((await runComity([...compare, '--home', home])).stdout).toContain('came out elsewhere')
  const records = ['fifo', 'haircut'].map((rule) => join(folder, `trace-${rule}.json`))
  const report = join(files, 'report')
  const { files: written } = await askComity<{ files: string[] }>(home, [
    'trace',
    'report',
    ...records,
    '--out',
    report,
  ])
  expect(written).toEqual(expect.arrayContaining(['positions-eip155-1-fifo.csv', 'flow-eip155-1-haircut.svg']))
  const page = readFileSync(join(report, 'index.html'), 'utf8').replaceAll('<wbr>', '')
  for (const said of ['=:ETH.USDC-EB48:', 'thorchain-swap@1', 'Both sides add up', 'Exchange', crossing?.id ?? '?'])
    expect(page).toContain(said)
  expect(page).not.toMatch(/ADD UP\.|✗/)

  // Past the payment, as the record says, so that it is verified as it was run.
  const past = join(files, 'past.json')
  const { parameters } = await askComity<{ parameters: object }>(home, [...ask, '--past-bridges', '--out', past])
  expect(parameters).toMatchObject({ pastBridges: true })
  expect(await askComity(home, ['trace', 'verify', past])).toMatchObject({ verdict: 'confirmed' })

  // A watch of the trace is where it went on; with the link gone, where the payment is to come out.
  const resting = join(files, 'resting.json')
  const { digest: other } = await askComity<TraceAnswer>(home, [...ask, '--out', resting])
  await askComity(home, ['watch', 'add', '--trace', resting])
  const watched = async () =>
    (
      await askComity<{ watches: { id: string; chain: string; members: { address: string }[] }[] }>(home, [
        ...['watch', 'list', '--members'],
      ])
    ).watches.map(({ id, chain, members }) => ({ id, chain, at: members.map(({ address }) => address) }))
  const [watch] = await watched()
  expect(watch).toMatchObject({ chain: 'eip155:1', at: [`0x${'e'.repeat(40)}`] })

  const reason = 'the memo was copied'
  const about = ['bridge', 'reject', crossing?.id ?? '', '--by', 'Analyst 7', '--reason']
  const rejected = await askComity<Rejected>(home, [...about, reason])
  expect(rejected.staleTraces).toEqual(expect.arrayContaining([digest, other]))
  const again = rejected.recomputed.find(({ trace }) => trace === digest)
  expect(again).toMatchObject({
    ...{ why: null, watches: [] },
    differences: [{ chain: 'eip155:1', status: 'service', label: 'Exchange', before: '2500', after: '0' }],
  })
  expect(rejected.recomputed.find(({ trace }) => trace === other)).toMatchObject({ watches: [watch?.id] })
  expect(await watched()).toEqual([{ ...watch, at: [`0x${'a'.repeat(40)}`] }])
  expect(await verdict(1)).toBe('false')
  expect(await askComity(home, ['trace', 'verify', again?.file ?? ''])).toMatchObject({ verdict: 'confirmed' })
  expect(JSON.parse(readFileSync(again?.file ?? '', 'utf8')).continuation).toMatchObject({
    ...{ crossings: [], records: [], bridgeStops: [{ candidates: [{}] }] },
  })
  const { traces } = await askComity<{ traces: { digest: string }[] }>(home, ['trace', 'list'])
  expect(traces.find((one) => one.digest === digest)).toMatchObject({
    superseded: { by: again?.by, who: 'Analyst 7', reason, cause: 'link-rejected', link: crossing?.id },
  })
  expect(await run()).toMatchObject({ digest: again?.by })

  // Taken back, the first record holds again: the same question over the same data.
  const back = await askComity<Rejected>(home, [...about, 'it was not copied', '--withdraw'])
  expect(back.recomputed.map(({ by }) => by)).toEqual(expect.arrayContaining([digest, other]))
  expect(await watched()).toEqual([watch])
  expect(await run()).toMatchObject({ digest })
  expect(await verdict(0)).toBe('confirmed')
  const refused = await runComity([...about, 'again', '--withdraw', '--home', home, '--json'])
  expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: 'BRIDGE_LINK_NOT_REJECTED' } })
})

type Rejected = {
  readonly staleTraces: readonly string[]
  readonly recomputed: readonly { readonly trace: string; readonly by: string | null; readonly file: string | null }[]
}

/** Our own: 1000 stolen, 900 of it swapped for a token; the swap pays 2500 of it to the thief, who sends it to an exchange. */
function writeSwap(folder: string): { bitcoin: string; ethereum: string; tags: string } {
  const [thief, exchange, router] = ['a', 'e', 'f'].map((digit) => `0x${digit.repeat(40)}`) as [string, string, string]
  const usdc = '0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48'
  const time = 1_700_000_000
  const output = (value: number, scriptpubkey: string) => ({ value, scriptpubkey })
  const p2wpkh = (digit: string) => `0014${digit.repeat(40)}`
  const tx = (id: string, height: number, prev: object, vout: object[]) => ({
    txid: id.repeat(32),
    vin: [{ ...prev, is_coinbase: false }],
    vout,
    status: { confirmed: true, block_height: height, block_time: time + height * 600 },
  })
  const swap = Buffer.from(`=:ETH.USDC-EB48:${thief}`)
  const bitcoin = [
    tx('a1', 1, { txid: '00'.repeat(32), vout: 0, prevout: output(1000, p2wpkh('1')) }, [output(1000, p2wpkh('2'))]),
    tx('a2', 2, { txid: 'a1'.repeat(32), vout: 0, prevout: output(1000, p2wpkh('2')) }, [
      output(900, p2wpkh('3')),
      output(90, p2wpkh('2')),
      output(0, `6a${swap.length.toString(16)}${swap.toString('hex')}`),
    ]),
  ]
  const word = (value: string | number) =>
    (typeof value === 'string' ? value.slice(2) : value.toString(16)).padStart(64, '0')
  const log = (id: string, height: number, log_index: number, address: string, topics: string[], data: string) => ({
    ...{ type: 'log', log_index, transaction_hash: `0x${id.repeat(32)}`, transaction_index: 0, address, data, topics },
    ...{ block_number: height, block_timestamp: time + 3000 + height, block_hash: `0x${id.repeat(32)}` },
  })
  const transfer = (from: string, to: string) => [
    '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef',
    `0x${word(from)}`,
    `0x${word(to)}`,
  ]
  const answer = Buffer.from(`OUT:${'A2'.repeat(32)}`)
  const logs = [
    log('b1', 10, 0, usdc, transfer(router, thief), `0x${word(2500)}`),
    log(
      ...(['b1', 10, 1, router] as const),
      ['0xa9cd03aa3c1b4515114539cd53d22085129d495cb9e9f9af77864526240f1bf7', `0x${word(router)}`, `0x${word(thief)}`],
      `0x${word(usdc)}${word(2500)}${word(96)}${word(answer.length)}${answer.toString('hex').padEnd(192, '0')}`,
    ),
    log('b2', 11, 0, usdc, transfer(thief, exchange), `0x${word(2500)}`),
  ]
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  return {
    bitcoin: write('bitcoin.json', JSON.stringify(bitcoin)),
    ethereum: write('logs.json', logs.map((one) => JSON.stringify(one)).join('\n')),
    tags: write(
      'tags.csv',
      `chain,address,label,category,source,confidence,validFrom,validTo\neip155:1,${exchange},Exchange,exchange,a test,ownership,,\n`,
    ),
  }
}

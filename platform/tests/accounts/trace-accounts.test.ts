/** Traces on chains of accounts by the command line: tables of an analyst, and a real node. Every answer is held to its schema. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { askComity, runComity, sample, temporaryFolder } from '../run-comity.ts'
import { startAnvil } from './anvil.ts'

type Position = {
  readonly address: string | null
  readonly label: string
  readonly traced: string
  readonly status: string
  readonly passedOn: string
}
type Answer = {
  readonly positions: readonly Position[]
  readonly ledgers: readonly { readonly balanced: boolean; readonly root: string; readonly sum: string }[]
  readonly evidence: { readonly grade: string }
}

function endsOf(name: string): { sources: string[]; terminals: string[] } {
  const rows = readFileSync(sample(`eth-crime-flows/${name}-ends.csv`), 'utf8')
    .trim()
    .split('\n')
    .map((row) => row.split(','))
  const of = (end: string) => rows.flatMap(([address = '', which]) => (which === end ? [address] : []))
  return { sources: of('source'), terminals: of('terminal') }
}

test("traces over an analyst's tables end at the published terminals, named by their labels, and are no evidence", async () => {
  const files = temporaryFolder()
  for (const name of ['lifi', '54m']) {
    const home = join(files, name)
    const ethereum = ['--chain', 'eip155:1']
    await askComity(home, [
      'chain',
      'import',
      ...ethereum,
      '--format',
      'flow-csv',
      sample(`eth-crime-flows/${name}.csv`),
    ])
    const { sources, terminals } = endsOf(name)
    const seeds = ['--from', ...sources, '--asset', 'usd-flow']
    for (const rule of ['fifo', 'haircut']) {
      const trace = await askComity<Answer>(home, ['trace', 'run', ...ethereum, ...seeds, '--rule', rule])
      const ends = trace.positions.filter(({ passedOn }) => passedOn === '0')
      expect(ends.map(({ address }) => address).sort()).toEqual(terminals.sort())
      expect(ends.map(({ label }) => label)).toContain('eXch')
      expect(trace).toMatchObject({ evidence: { grade: 'secondary' }, ledgers: [{ balanced: true }] })
    }
    if (name === '54m') continue
    const refused = await runComity([
      'trace',
      'run',
      ...ethereum,
      ...seeds,
      '--rule',
      'fifo',
      '--out',
      join(files, 'x.json'),
      '--home',
      home,
      '--json',
    ])
    expect([refused.exit, JSON.parse(refused.stdout).error.code]).toEqual([1, 'EVIDENCE_REFUSED'])
    await askComity(home, ['trace', 'compare', ...ethereum, ...seeds, '--rules', 'fifo,libr,poison'])
    for (const [flag, value] of [
      ['--backward', undefined],
      ['--asset', 'gold'],
      ['--same-time', 'never'],
      ['--until', '2024-08-01'],
    ]) {
      const args = ['trace', 'run', ...ethereum, '--from', ...sources, '--rule', 'fifo', flag as string]
      const ran = await runComity([...args, ...(value ? [value] : []), '--home', home, '--json'])
      expect([flag, JSON.parse(ran.stdout).error.code]).toEqual([flag, 'FLAG_VALUE'])
    }
  }
}, 120_000)

test('a trace on a real node adds up, and its record is confirmed by the data; a changed one is found false', async () => {
  const files = temporaryFolder()
  const home = join(files, 'home')
  const anvil = await startAnvil()
  try {
    const [thief = '', bob = ''] = await anvil.call<string[]>('eth_accounts')
    const shop = `0x${'5'.repeat(40)}`
    const ether = (units: bigint) => `0x${(units * 10n ** 18n).toString(16)}`
    await anvil.send({ from: thief, to: bob, value: ether(3n) })
    await anvil.send({ from: bob, to: shop, value: ether(2n) })
    const chain = ['--chain', 'eip155:31337']
    await askComity(home, [
      'chain',
      'import',
      ...chain,
      '--format',
      'evm-rpc',
      anvil.url,
      '--from-height',
      '0',
      '--to-height',
      '2',
    ])
    const record = join(files, 'trace.json')
    const seed = `${thief}@victim`
    const run = ['trace', 'run', ...chain, '--from', seed, '--asset', 'eip155:31337/slip44:60', '--rule', 'lifo']
    const trace = await askComity<Answer>(home, [...run, '--out', record])
    // All that leaves the thief is traced, its fee too; last in, first out takes bob's fee and payment from what came.
    expect(trace.ledgers).toMatchObject([{ balanced: true }])
    expect(BigInt(trace.ledgers[0]?.root ?? 0) > 3n * 10n ** 18n).toBe(true)
    expect(trace.positions.find(({ address }) => address === shop)).toMatchObject({
      label: 'victim',
      traced: `${2n * 10n ** 18n}`,
      status: 'unspent',
    })
    expect(trace.positions.find(({ address }) => address === bob.toLowerCase())).toMatchObject({ status: 'unspent' })
    const verify = async (path: string) => (await runComity(['trace', 'verify', path, '--home', home, '--json'])).stdout
    expect(JSON.parse(await verify(record))).toMatchObject({ verdict: 'confirmed' })
    const wrong = join(files, 'false.json')
    writeFileSync(wrong, readFileSync(record, 'utf8').replace('"traced":"2', '"traced":"1'))
    expect(JSON.parse(await verify(wrong))).toMatchObject({ verdict: 'false' })
  } finally {
    await anvil.stop()
  }
}, 60_000)

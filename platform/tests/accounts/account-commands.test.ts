/** The commands on chains of accounts, on a real table of an analyst. */
import { expect, test } from 'vitest'
import { askComity, sample, temporaryFolder } from '../run-comity.ts'

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

/** The law asked of a node: the commands come from the list of actions, and answer as the local ones do. */
import { expect, it } from 'vitest'
import { remoteProgram } from '../src/cli/remote.ts'
import { orStop } from '../src/kernel/index.ts'
import { legalActions, legalPorts } from '../src/legal/index.ts'
import { holidayCalendars, packFolder, readPacks } from '../src/legal/sources/index.ts'
import { testNode } from '../src/node/testing/test-node.ts'
import { oneObject, runComity } from './run-comity.ts'

it('every act of law is a remote command, with an option for each field', () => {
  const legal = remoteProgram(() => {}).commands.find((one) => one.name() === 'legal')
  expect(legal?.commands.map((one) => one.name()).sort()).toEqual(
    legalActions.map(({ name }) => name.slice('legal.'.length)).sort(),
  )
  const options = legal?.commands.find((one) => one.name() === 'deadline')?.options.map(({ long }) => long)
  expect(options).toEqual(expect.arrayContaining(['--rule', '--trigger', '--country', '--extended-at', '--json']))
})

it('a deadline and routes are the same from a node as from the packs at hand', async () => {
  const packs = orStop(readPacks(orStop(packFolder())))
  const ports = new Map<string, unknown>([
    [legalPorts.packs, packs],
    [legalPorts.calendars, holidayCalendars(packs.jurisdictions)],
  ])
  const node = await testNode({ ports })
  const { token } = await node.newcomer('analyst')
  const ask = async (local: readonly string[], remote: readonly string[]) => {
    const here = await runComity(['legal', ...local, '--json'])
    const there = await runComity(['--node', node.base, 'legal', ...remote, '--json'], { env: { COMITY_KEY: token } })
    expect(there.stderr).toBe('')
    expect((oneObject(there.stdout) as { result: unknown }).result).toEqual(oneObject(here.stdout))
  }
  const deadline = ['deadline', '--rule', 'R1805-9-3a', '--trigger', '2026-11-27T15:20:00Z', '--country', 'NL']
  const urgent = [...deadline, '--urgency', 'IMMINENT_DISSIPATION']
  await ask(urgent, urgent)
  const routes = ['routes', '--from', 'NL', '--to', 'DE', '--need', 'freeze', '--offence', 'ransomware']
  await ask([...routes, '--max-penalty', '72'], [...routes, '--max-penalty-months', '72'])
})

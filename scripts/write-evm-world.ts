/**
 * Plays the emulated chains of the EVM and writes the events of their bridge, which of them belong together, and how right the
 * conversions are that are found on them, to vectors/validation/evm-world: `node scripts/write-evm-world.ts`. `comity validate` measures bridge links on them without a
 * node; platform/tests/emulated/evm-world.test.ts plays the same again and compares.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bridgeTables } from '../platform/tests/emulated/evm/bridge-events.ts'
import { type EvmNode, startEvmNode } from '../platform/tests/emulated/evm/evm-node.ts'
import { playEvmWorld, SHIPPED } from '../platform/tests/emulated/evm/evm-world.ts'
import { conversionFigures, importWorld } from '../platform/tests/emulated/evm/imported-world.ts'
import { formatted } from './formatted.ts'

const nodes: EvmNode[] = []
const folder = mkdtempSync(join(tmpdir(), 'comity-world-'))
try {
  for (const chainId of SHIPPED.chainIds) nodes.push(await startEvmNode(chainId, SHIPPED.firstTime))
  const world = await playEvmWorld(nodes as [EvmNode, EvmNode], SHIPPED)
  const { events, truth } = await bridgeTables(world)
  const imported = await importWorld(world, folder)
  const conversions = await conversionFigures(world, imported)
  await imported.stores.accounts.close()
  const to = (name: string) => new URL(`../vectors/validation/evm-world/${name}`, import.meta.url)
  writeFileSync(to('bridge-events.csv'), events)
  writeFileSync(to('bridge-truth.csv'), truth)
  const path = 'vectors/validation/evm-world/conversions.json'
  writeFileSync(to('conversions.json'), formatted(path, JSON.stringify(conversions)))
} finally {
  for (const node of nodes) await node.end()
  rmSync(folder, { recursive: true, force: true })
}

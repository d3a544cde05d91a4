/**
 * Plays the emulated chains of the EVM and writes the events of their bridge, and which belong together, to
 * vectors/validation/evm-world: `node scripts/write-evm-world.ts`. `comity validate` measures bridge links on them without a
 * node; platform/tests/emulated/evm-world.test.ts plays the same again and compares.
 */
import { writeFileSync } from 'node:fs'
import { bridgeTables } from '../platform/tests/emulated/evm/bridge-events.ts'
import { type EvmNode, startEvmNode } from '../platform/tests/emulated/evm/evm-node.ts'
import { playEvmWorld, SHIPPED } from '../platform/tests/emulated/evm/evm-world.ts'

const nodes: EvmNode[] = []
try {
  for (const chainId of SHIPPED.chainIds) nodes.push(await startEvmNode(chainId, SHIPPED.firstTime))
  const { events, truth } = await bridgeTables(await playEvmWorld(nodes as [EvmNode, EvmNode], SHIPPED))
  const to = (name: string) => new URL(`../vectors/validation/evm-world/${name}`, import.meta.url)
  writeFileSync(to('bridge-events.csv'), events)
  writeFileSync(to('bridge-truth.csv'), truth)
} finally {
  for (const node of nodes) await node.end()
}

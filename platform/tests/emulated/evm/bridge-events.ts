/** The ends of bridge transfers, from the events of the emulated bridge, as a table of `comity bridge match`. */
import type { LogEntry } from '../../../src/chains/index.ts'
import { bytesToHex, keccak256, utf8 } from '../../../src/kernel/index.ts'
import type { EvmWorld } from './evm-world.ts'

const topic = (signature: string) => `0x${bytesToHex(keccak256(utf8(signature)))}`
/** As Celer's cBridge writes them. */
export const SEND = topic('Send(bytes32,address,address,address,uint256,uint64,uint64,uint32)')
export const RELAY = topic('Relay(bytes32,address,address,address,uint256,uint64,bytes32)')

export const columns = 'side,bridge,transfer_id,chain,tx,log_index,time,token,amount,sender,recipient,other_chain'

/**
 * The table of a world and what is true of it, as vectors/validation/evm-world holds them, read from the nodes themselves: what
 * the importer makes of the same logs is held to it.
 */
export async function bridgeTables(world: EvmWorld): Promise<{ readonly events: string; readonly truth: string }> {
  type NodeLog = {
    readonly address: string
    readonly topics: readonly string[]
    readonly data: string
    readonly transactionHash: string
    readonly logIndex: string
    readonly blockNumber: string
  }
  const rows: string[] = []
  for (const { node, bridge } of world.sides) {
    const asked = { fromBlock: 'earliest', toBlock: 'latest', address: bridge, topics: [[SEND, RELAY]] }
    for (const log of await node.ask<readonly NodeLog[]>('eth_getLogs', asked)) {
      const block = await node.ask<{ timestamp: string }>('eth_getBlockByNumber', log.blockNumber, false)
      const entry: LogEntry = {
        ...{ address: log.address, topics: log.topics, data: log.data },
        txid: log.transactionHash.slice(2),
        height: Number(log.blockNumber),
        logIndex: Number(log.logIndex),
      }
      rows.push(bridgeRow(entry, `eip155:${node.chainId}`, Number(block.timestamp)))
    }
  }
  const truth = world.crossings.map(({ source, destination }) => `${source.txid},${destination?.txid ?? ''}`)
  return { events: `${[columns, ...rows].join('\n')}\n`, truth: `${['source,destination', ...truth].join('\n')}\n` }
}

/** One row for each end, in the order of the chain. The id of the source is what a relay names. */
export function bridgeRow(log: LogEntry, chain: string, time: number | null): string {
  const words = log.data.slice(2).match(/.{64}/g) ?? []
  const [id = '', sender = '', recipient = '', , amount = '', other = '', last = ''] = words
  const isSend = log.topics[0] === SEND
  return [
    isSend ? 'source' : 'destination',
    'cbridge',
    `0x${isSend ? id : last}`,
    chain,
    log.txid,
    log.logIndex,
    time,
    // The tokens of both sides are one asset: told by symbol, as exports of explorers do.
    'USDX',
    BigInt(`0x${amount}`),
    `0x${sender.slice(24)}`,
    `0x${recipient.slice(24)}`,
    `eip155:${BigInt(`0x${other}`)}`,
  ].join(',')
}

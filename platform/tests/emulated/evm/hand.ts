/** Acts on an emulated chain, and writes down what each act moved: told by whoever acts, not read from the node. */
import type { Contract } from './compile.ts'
import type { EvmNode } from './evm-node.ts'

/** `coin`, or the address of a token. */
export type Asset = 'coin' | `0x${string}`
export type Address = `0x${string}`

/** `null` on one side: made, or gone. Fees are not among them: they follow from the receipts. */
export type TrueMove = {
  readonly asset: Asset
  readonly from: Address | null
  readonly to: Address | null
  readonly amount: bigint
}

export type Act = {
  readonly chainId: number
  /** As the ledger names it: 64 hexadecimal digits. */
  readonly txid: string
  readonly sender: Address
  readonly what: string
  readonly failed: boolean
  readonly moves: readonly TrueMove[]
}

export type Receipt = {
  readonly transactionHash: string
  readonly status: string
  readonly gasUsed: string
  readonly effectiveGasPrice: string
  readonly contractAddress: Address | null
  readonly blockNumber: string
  readonly from: Address
}

export type Hand = {
  readonly node: EvmNode
  readonly acts: readonly Act[]
  readonly receipts: readonly Receipt[]
  deploy(from: Address, name: string, words: readonly Word[], value?: bigint, what?: string): Promise<Address>
  /** Sends `value` with a call of `signature` (none: a plain payment). `moves` is what should come of it. */
  act(what: string, from: Address, to: Address, parts: Parts): Promise<Act>
}

export type Word = bigint | number | string | boolean
export type Parts = {
  readonly value?: bigint
  /** `Token transfer(address,uint256)` */
  readonly call?: string
  /** Arguments, each one word; a list stands alone and last. */
  readonly words?: readonly (Word | readonly Word[])[]
  readonly moves?: readonly TrueMove[]
  readonly fails?: boolean
}

/** `clock`: the time of the next block, in seconds. Chains that are played together share one. */
export function handOn(node: EvmNode, contracts: Readonly<Record<string, Contract>>, clock: () => number): Hand {
  const acts: Act[] = []
  const receipts: Receipt[] = []
  return { node, acts, receipts, deploy, act }

  async function deploy(from: Address, name: string, words: readonly Word[], value = 0n, what = `deploys ${name}`) {
    const data = `${contracts[name]?.code ?? ''}${words.map(word).join('')}`
    const receipt = await send({ from, data, value: hex(value), gas: hex(6_000_000n) })
    const created = receipt.contractAddress as Address
    const moves: TrueMove[] = value > 0n ? [{ asset: 'coin', from, to: created, amount: value }] : []
    note(receipt, from, what, false, moves)
    return created
  }

  async function act(what: string, from: Address, to: Address, parts: Parts): Promise<Act> {
    const { value = 0n, call, words = [], moves = [], fails = false } = parts
    const receipt = await send({
      from,
      to,
      value: hex(value),
      data: call ? encode(call, words) : '0x',
      gas: hex(900_000n),
    })
    const failed = receipt.status !== '0x1'
    if (failed !== fails) throw new Error(`${what}: ${failed ? 'failed' : 'did not fail'} (${receipt.transactionHash})`)
    return note(receipt, from, what, failed, failed ? [] : moves)
  }

  function note(receipt: Receipt, sender: Address, what: string, failed: boolean, moves: readonly TrueMove[]): Act {
    const done = { chainId: node.chainId, txid: receipt.transactionHash.slice(2), sender, what, failed, moves }
    acts.push(done)
    receipts.push(receipt)
    return done
  }

  async function send(transaction: object): Promise<Receipt> {
    await node.ask('evm_setNextBlockTimestamp', clock())
    const txid = await node.ask<string>('eth_sendTransaction', transaction)
    // Mined at once, but a moment after it was taken.
    for (let tries = 0; tries < 2_000; tries++) {
      const receipt = await node.ask<Receipt | null>('eth_getTransactionReceipt', txid)
      if (receipt !== null) return receipt
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    throw new Error(`transaction ${txid} was not mined`)
  }

  function encode(call: string, words: Parts['words'] = []): string {
    const [name = '', signature = ''] = call.split(' ')
    const selector = contracts[name]?.selectors[signature]
    if (selector === undefined) throw new Error(`no function ${signature} in ${name}`)
    const list = words.find((each): each is readonly Word[] => typeof each === 'object')
    const plain = words.filter((each): each is Word => typeof each !== 'object')
    const tail = list ? [word(32 * (plain.length + 1)), word(list.length), ...list.map(word)] : []
    return `0x${selector}${[...plain.map(word), ...tail].join('')}`
  }
}

export function word(value: Word): string {
  if (typeof value === 'string') return value.replace(/^0x/, '').padStart(64, '0')
  return BigInt(value).toString(16).padStart(64, '0')
}

export function hex(value: bigint): string {
  return `0x${value.toString(16)}`
}

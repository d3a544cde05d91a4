/**
 * Ledgers for stores as they grow: a case that is always the same, and around it payments drawn from a fixed seed, with
 * hashes and addresses as long and as random as real ones, because that is what fills a disk.
 */
import { hash } from 'node:crypto'
import type {
  AccountBatch,
  AccountTx,
  LedgerBatch,
  LedgerBlock,
  LedgerOutput,
  LedgerTx,
  Move,
} from '../../platform/src/chains/index.ts'

export const A_BLOCK = 2_000
/** Transactions of the case; they lie in the first blocks, whatever is around them. */
export const CASE = 1_023
const name = (text: string) => hash('sha256', text)
const address = (number: number) => `bc1q${name(`address ${number}`).slice(0, 38)}`

export const caseSeed = { txid: name('case 0'), vout: 0 }
export const caseHeight = Math.ceil(CASE / A_BLOCK)

export function blockAt(height: number): LedgerBlock {
  return {
    height,
    hash: name(`block ${height}`),
    prevHash: height === 0 ? null : name(`block ${height - 1}`),
    time: 1_500_000_000 + height * 600,
    merkleRoot: null,
    bits: 0x1d00ffff,
    headerVerified: true,
    completeness: 'declared',
  }
}

/**
 * Batches of one block each: one input and two outputs a transaction, spending an earlier one of the same ledger. With
 * `hot`, the output that will be spent pays this one address, each time.
 */
export function* paymentBatches(transactions: number, hot: string | null = null): Generator<LedgerBatch> {
  yield { blocks: [blockAt(0)], transactions: caseTransactions(), defects: [] }
  const random = draws()
  for (let from = 0, height = caseHeight; from < transactions; from += A_BLOCK, height++) {
    const batch: LedgerTx[] = []
    for (let at = from; at < Math.min(transactions, from + A_BLOCK); at++) {
      // Each spends output 0 of the one before it by a step, so that no output is spent twice.
      const prev = at < 3 ? null : { txid: name(`payment ${at - 3}`), vout: 0 }
      const [a, b] = [random(transactions), random(transactions)]
      const payment = transaction(`payment ${at}`, height, at - from, prev, [
        [BigInt(1_000_000 + (a % 1_000_000)), a],
        [BigInt(2_000_000 + (b % 1_000_000)), b],
      ])
      const [spent, kept] = payment.outputs as [LedgerOutput, LedgerOutput]
      batch.push(hot === null ? payment : { ...payment, outputs: [{ ...spent, address: hot }, kept] })
    }
    yield { blocks: [blockAt(height)], transactions: batch, defects: [] }
  }
}

export function paymentOutpoints(transactions: number, count: number) {
  const random = draws(7)
  return Array.from({ length: count }, () => ({ txid: name(`payment ${random(transactions)}`), vout: random(2) }))
}

export function paymentAddresses(transactions: number, count: number): string[] {
  const random = draws(11)
  return Array.from({ length: count }, () => address(random(transactions)))
}

/** A tree of payments: every output is split in two, ten times over. */
function caseTransactions(): LedgerTx[] {
  const worth = (at: number) => BigInt(2 ** (20 - Math.floor(Math.log2(at + 1)))) * 1000n
  return Array.from({ length: CASE }, (_, at) => {
    const prev = at === 0 ? null : { txid: name(`case ${(at - 1) >> 1}`), vout: (at - 1) % 2 }
    return transaction(`case ${at}`, 0, at, prev, [
      [worth(at) / 2n, 1_000_000_000 + at],
      [worth(at) / 2n, 2_000_000_000 + at],
    ])
  })
}

function transaction(
  id: string,
  height: number,
  index: number,
  prev: { txid: string; vout: number } | null,
  outs: readonly (readonly [bigint, number])[],
): LedgerTx {
  return {
    txid: name(id),
    coinbase: prev === null,
    block: { height, hash: name(`block ${height}`), time: 1_500_000_000 + height * 600 },
    index,
    version: 2,
    locktime: 0,
    inputs: [{ prev, prevout: null, sequence: 0xffffffff }],
    outputs: outs.map(([value, number]) => ({
      value,
      script: `0014${name(`address ${number}`).slice(0, 40)}`,
      type: 'v0_p2wpkh',
      address: address(number),
    })),
    proof: 'txid',
  }
}

/** Token transfers, one a transaction: the row of an account chain that is the most frequent. */
export function* transferBatches(transfers: number): Generator<AccountBatch> {
  const account = (number: number) => `0x${name(`account ${number}`).slice(0, 40)}`
  const random = draws(3)
  for (let from = 0, height = 0; from < transfers; from += A_BLOCK, height++) {
    const block = { height, hash: name(`block ${height}`), time: 1_600_000_000 + height * 12 }
    const transactions: AccountTx[] = []
    const moves: Move[] = []
    for (let at = from; at < Math.min(transfers, from + A_BLOCK); at++) {
      const txid = name(`transfer ${at}`)
      const [sender, recipient] = [account(random(transfers)), account(random(transfers))]
      const token = account(random(50))
      transactions.push({
        txid,
        block,
        index: at - from,
        from: sender,
        to: token,
        created: null,
        nonce: random(1000),
        status: 'ok',
        selector: '0xa9059cbb',
        parts: ['transaction', 'receipt', 'token-transfers'],
        proof: 'stated',
      })
      moves.push({
        txid,
        height,
        time: block.time,
        txIndex: at - from,
        order: 1_000_000,
        place: 'log:0',
        kind: 'token',
        asset: `eip155:1/erc20:${token}`,
        from: sender,
        to: recipient,
        amount: BigInt(random(1_000_000_000)) * 1_000_000n,
      })
    }
    yield { blocks: [{ ...blockAt(height), time: block.time }], transactions, moves, logs: [], defects: [] }
  }
}

function draws(seed = 5): (below: number) => number {
  let state = (0x2545f491 ^ seed) >>> 0
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

/** `tx show` on chains of accounts. */
import { shippedAccountPacks } from '../../chains/index.ts'
import type { Outcome } from '../command.ts'
import type { Desk } from '../desk.ts'
import { table, utc } from '../present.ts'
import { assetAmount, moveJson, party } from './account-words.ts'
import { SECONDARY } from './chain-import-accounts.ts'

/** `null` where no ledger of accounts holds the transaction. */
export async function showAccountTransaction(
  desk: Desk,
  txid: string,
  chain: string | undefined,
): Promise<Outcome | null> {
  const store = await desk.accounts()
  const named = chain === undefined ? null : desk.pack(chain)
  if (named !== null && named.family !== 'account') return null
  for (const one of named === null ? await store.chains() : [named.caip2]) {
    const [tx] = await store.transactions(one, [txid])
    const pack = shippedAccountPacks.find(({ caip2 }) => caip2 === one)
    if (!tx || !pack) continue
    const moves = await store.movesOfTransactions(one, [txid])
    const logs = await store.logsOfTransactions(one, [txid])
    const flows = moves.some(({ kind }) => kind === 'flow')
    return {
      exit: 0,
      json: {
        chain: one,
        txid,
        block: { ...tx.block },
        index: tx.index,
        from: tx.from,
        to: tx.to,
        created: tx.created,
        nonce: tx.nonce,
        status: tx.status,
        selector: tx.selector,
        parts: [...tx.parts],
        proof: tx.proof,
        notice: flows ? SECONDARY : null,
        moves: moves.map(moveJson),
        logs: logs.map(({ logIndex, address, topics, data }) => ({ logIndex, address, topics: [...topics], data })),
      },
      text: [
        `0x${txid}`,
        `  block ${tx.block.height} ${tx.block.hash ?? ''} (${utc(tx.block.time)})`,
        `  ${tx.status === null ? 'whether it succeeded is not here' : tx.status === 'ok' ? 'succeeded' : 'FAILED: only the fee was paid'}; here is: ${tx.parts.join(', ') || 'nothing but its id'}`,
        ...(tx.proof === 'doubles' ? ['  amounts passed through floating point: no evidence'] : []),
        table(
          moves.map((move) => [
            `  ${move.place}`,
            move.kind,
            assetAmount(move.amount, move.asset, pack),
            `${party(move.from)} → ${party(move.to)}`,
          ]),
          [2],
        ),
        `  ${logs.length} events`,
        ...(flows ? [`  ${SECONDARY}`] : []),
      ]
        .filter((line) => line !== '')
        .join('\n'),
    }
  }
  return null
}

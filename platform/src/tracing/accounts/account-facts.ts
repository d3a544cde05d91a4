/**
 * Which facts of a trace on account chains follow from hashes and signatures, and which its sources merely state. The hash of a
 * block commits to transactions, receipts and withdrawals; to what contracts passed on it does not, whoever says it.
 */
import type { AccountTx, Move } from '../../chains/index.ts'
import type { EvidenceFact } from './account-record.ts'

export function isBlockHash(txid: string): boolean {
  return /^[0-9a-f]{64}$/.test(txid)
}

export function factTally() {
  const counts = new Map<EvidenceFact['fact'], { proven: number; stated: number }>()
  const add = (fact: EvidenceFact['fact'], proven: boolean) => {
    const count = counts.get(fact) ?? { proven: 0, stated: 0 }
    if (proven) count.proven++
    else count.stated++
    counts.set(fact, count)
  }
  return {
    /** `moves` of the transactions, `ofBlocks` of no transaction; `proven`: blocks whose header gives their hash. */
    count(
      txs: readonly AccountTx[],
      moves: readonly Move[],
      ofBlocks: readonly Move[],
      proven: ReadonlySet<string>,
    ): void {
      for (const { proof, parts } of txs) {
        add('sender', proof === 'txid')
        add('place', parts.includes('place-proven'))
        add('receipt', parts.includes('receipt-proven'))
      }
      for (const { place } of moves) if (place.startsWith('trace:')) add('call', false)
      for (const { txid, kind } of ofBlocks) add('block', kind === 'withdrawal' && proven.has(txid))
    },
    facts: (): readonly EvidenceFact[] =>
      ORDER.flatMap((fact) => {
        const count = counts.get(fact)
        return count ? [{ fact, ...count }] : []
      }),
  }
}

const ORDER: readonly EvidenceFact['fact'][] = ['sender', 'place', 'receipt', 'call', 'block']

const STATED: Readonly<Record<EvidenceFact['fact'], string>> = {
  sender: '',
  place: 'transactions stand in their blocks by what a source states: the hash of the block was not recomputed',
  receipt:
    'transactions have an outcome, gas and events that a source states: the receipts of the block were not recomputed',
  call: 'values were passed on by contracts: no hash commits to that, it is stated by the node that traced them',
  block: 'values were paid by blocks themselves as a source states it',
}

/** Why facts beyond ids and senders, of which it is said elsewhere, make a trace rest on statements. */
export function factReasons(facts: readonly EvidenceFact[]): readonly string[] {
  return facts.flatMap(({ fact, stated }) => (stated > 0 && fact !== 'sender' ? [`${stated} ${STATED[fact]}`] : []))
}

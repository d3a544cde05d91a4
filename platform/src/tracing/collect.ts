/**
 * The part of the ledger that a trace has walked: movements by transaction, and why some were not walked.
 *
 * Walking asks, for the slots of a frontier, which transaction takes their value on (forwards: the spender, or for a
 * fee the coinbase; backwards: the creator), and loads those transactions, within the budget.
 */
import type { LedgerWindow } from './ledger-window.ts'
import { type Blocked, type Movement, outputKey, readSlotKey, reversedMovement, toMovement } from './movement.ts'
import type { Hold } from './pass.ts'
import type { Budget, Direction } from './request.ts'

/** Who takes the value of a slot on. `null`: nobody that the ledger knows of; `why` says more where there is more to say. */
export type Next = {
  readonly txid: string | null
  readonly why: 'known' | 'none' | 'new-coins' | 'creator-unknown' | 'fee' | 'coinbase-unknown'
}

export type Walk = {
  readonly movements: ReadonlyMap<string, Movement>
  readonly blocked: ReadonlyMap<string, Blocked>
  /** Transactions left out by the budget, and what that means for the slots they take on. */
  readonly cut: ReadonlyMap<string, Hold>
  readonly nextByKey: ReadonlyMap<string, Next>
  /** Finds out who takes these slots on, without going there. */
  look(keys: readonly string[]): Promise<void>
  /** Follows these slots one step; answers the movements that are new. */
  step(keys: readonly string[]): Promise<readonly Movement[]>
  /** Adds these transactions, found by address; answers the movements that are new. */
  add(txids: readonly string[]): Promise<readonly Movement[]>
}

export function startWalk(window: LedgerWindow, direction: Direction, budget: Budget, followFees: boolean): Walk {
  const movements = new Map<string, Movement>()
  const blocked = new Map<string, Blocked>()
  const cut = new Map<string, Hold>()
  const nextByKey = new Map<string, Next>()
  return { movements, blocked, cut, nextByKey, look, step, add }

  async function look(keys: readonly string[]): Promise<void> {
    await findNext(keys)
  }

  async function step(keys: readonly string[]): Promise<readonly Movement[]> {
    const coinbases = await findNext(keys)
    const txids = keys.flatMap((key) => nextByKey.get(key)?.txid ?? [])
    return admit([...coinbases, ...(await load(txids))])
  }

  async function findNext(keys: readonly string[]): Promise<(Movement | Blocked)[]> {
    const open = keys.filter((key) => !nextByKey.has(key))
    const outputs = open.filter((key) => readSlotKey(key).kind === 'output')
    const fees = open.filter((key) => readSlotKey(key).kind === 'fee')
    for (const key of open) nextByKey.set(key, { txid: null, why: 'none' })
    return direction === 'forward' ? nextForward(outputs, fees) : nextBackward(open)
  }

  async function add(txids: readonly string[]): Promise<readonly Movement[]> {
    return admit(await load(txids))
  }

  async function nextForward(outputs: readonly string[], fees: readonly string[]): Promise<(Movement | Blocked)[]> {
    const outpoints = outputs.map((key) => ({ txid: readSlotKey(key).txid, vout: readSlotKey(key).vout ?? 0 }))
    const spends = await window.spenders(outpoints)
    for (const outpoint of outpoints) {
      const spend = spends.get(outputKey(outpoint))
      if (spend) nextByKey.set(outputKey(outpoint), { txid: spend.txid, why: 'known' })
    }
    const coinbases: (Movement | Blocked)[] = []
    for (const key of fees) {
      if (!followFees) {
        nextByKey.set(key, { txid: null, why: 'fee' })
        continue
      }
      const height = movements.get(readSlotKey(key).txid)?.block.height
      const coinbase = height === undefined ? null : await window.coinbaseAt(height)
      nextByKey.set(key, coinbase ? { txid: coinbase.txid, why: 'known' } : { txid: null, why: 'coinbase-unknown' })
      if (coinbase) coinbases.push(coinbase)
    }
    return coinbases
  }

  async function nextBackward(keys: readonly string[]): Promise<(Movement | Blocked)[]> {
    const coinbases: (Movement | Blocked)[] = []
    const creators = keys.filter((key) => readSlotKey(key).kind !== 'subsidy').map((key) => readSlotKey(key).txid)
    const known = await window.transactions(creators)
    for (const key of keys) {
      const { txid, kind } = readSlotKey(key)
      const tx = known.get(txid)
      if (kind === 'subsidy') nextByKey.set(key, { txid: null, why: 'new-coins' })
      else if (!tx) nextByKey.set(key, { txid: null, why: 'creator-unknown' })
      else if (!tx.coinbase) nextByKey.set(key, { txid, why: 'known' })
      else {
        const coinbase = followFees ? await window.coinbaseAt(tx.block.height) : null
        nextByKey.set(key, coinbase ? { txid, why: 'known' } : { txid: null, why: 'new-coins' })
        if (coinbase) coinbases.push(coinbase)
      }
    }
    return coinbases
  }

  async function load(txids: readonly string[]): Promise<(Movement | Blocked)[]> {
    const open = [...new Set(txids)].filter((txid) => !isKnown(txid))
    const found = await window.transactions(open)
    return open.flatMap((txid) => {
      const tx = found.get(txid)
      return tx && !tx.coinbase ? [toMovement(tx)] : []
    })
  }

  /** Lets transactions in, nearest in chain order first, until the budget is used up. */
  function admit(found: readonly (Movement | Blocked)[]): Movement[] {
    const admitted: Movement[] = []
    const sorted = [...found].sort((a, b) => a.block.height - b.block.height || (a.txid < b.txid ? -1 : 1))
    for (const item of direction === 'forward' ? sorted : sorted.reverse()) {
      if (isKnown(item.txid)) continue
      const { height } = item.block
      const { untilHeight } = budget
      if (untilHeight !== null && (direction === 'forward' ? height > untilHeight : height < untilHeight)) {
        const when = direction === 'forward' ? 'after' : 'before'
        cut.set(
          item.txid,
          notFollowed(
            'until',
            `moved on in ${item.txid} at height ${height}, ${when} the time window (height ${untilHeight})`,
          ),
        )
      } else if (movements.size >= budget.maxTransactions) {
        cut.set(
          item.txid,
          notFollowed(
            'max-transactions',
            `the budget of ${budget.maxTransactions} transactions was used up before ${item.txid}`,
          ),
        )
      } else if ('why' in item) blocked.set(item.txid, item)
      else {
        const movement = direction === 'forward' ? item : reversedMovement(item)
        movements.set(item.txid, movement)
        admitted.push(movement)
      }
    }
    return admitted
  }

  function isKnown(txid: string): boolean {
    return movements.has(txid) || blocked.has(txid) || cut.has(txid)
  }
}

function notFollowed(code: string, reason: string): Hold {
  return { status: 'not-followed', code, reason }
}

/** The twins of the passes over accounts, in plain TypeScript: they say what the kernels must answer. */
import { openLine } from '../accounts/line-holding.ts'
import type { Part } from '../rules/parts.ts'
import {
  type AccountFifo,
  type AccountHaircut,
  type AccountTransfers,
  checkTransfers,
  type SeededAccount,
} from './account-passes.ts'
import { growingLots } from './growing-lots.ts'
import { CLEAN } from './seeds.ts'

export function accountHaircutReference(transfers: AccountTransfers, seeded: readonly number[]): AccountHaircut {
  checkTransfers(transfers)
  const { nodeCount, source, destination, amount } = transfers
  const balance = new BigUint64Array(nodeCount)
  const traced = new BigUint64Array(nodeCount)
  const isSeeded = new Uint8Array(nodeCount)
  for (const account of seeded) isSeeded[account] = 1
  let root = 0n
  let missing = 0n
  for (let at = 0; at < source.length; at++) {
    const [payer, payee, paid] = [source[at] as number, destination[at] as number, amount[at] as bigint]
    if (payer === payee || paid === 0n) continue
    const [has, held] = [balance[payer] as bigint, traced[payer] as bigint]
    let carried = held
    if (paid < has) {
      const quotient = (held * paid) / has
      const rest = held * paid - quotient * has
      carried = quotient + (rest > 0n && 2n * rest >= has ? 1n : 0n)
      balance[payer] = has - paid
    } else {
      missing += paid - has
      balance[payer] = 0n
    }
    traced[payer] = held - carried
    if (isSeeded[payer] === 1) {
      root += paid - carried
      carried = paid
    }
    balance[payee] = (balance[payee] as bigint) + paid
    traced[payee] = (traced[payee] as bigint) + carried
  }
  return { balance, traced, root, missing }
}

export function accountFifoReference(transfers: AccountTransfers, seeds: readonly SeededAccount[]): AccountFifo {
  checkTransfers(transfers)
  const { nodeCount, source, destination, amount } = transfers
  const lines = Array.from({ length: nodeCount }, () => openLine('first'))
  const sourceByAccount = new Map(seeds.map((seed) => [seed.account, seed.source]))
  let root = 0n
  let missing = 0n
  for (let at = 0; at < source.length; at++) {
    const [payer, payee, paid] = [source[at] as number, destination[at] as number, amount[at] as bigint]
    if (payer === payee || paid === 0n) continue
    const line = lines[payer] as ReturnType<typeof openLine>
    if (paid > line.balance()) {
      missing += paid - line.balance()
      line.receive(paid - line.balance(), [])
    }
    const label = sourceByAccount.get(payer)
    const parts: Part[] = []
    for (const part of line.send(paid)) {
      if (part.source !== CLEAN || label === undefined) parts.push(part)
      else {
        root += part.amount
        parts.push({ source: label, amount: part.amount })
      }
    }
    ;(lines[payee] as ReturnType<typeof openLine>).receive(paid, parts)
  }
  const lots = growingLots()
  const start = new Uint32Array(nodeCount + 1)
  const balance = new BigUint64Array(nodeCount)
  lines.forEach((line, node) => {
    const rest = line.balance()
    balance[node] = rest
    const isTraced = line.held().length > 0
    if (isTraced) for (const { source: owner, amount: units } of line.send(rest)) lots.push(owner, units)
    start[node + 1] = lots.count()
  })
  return { balance, root, missing, lots: { start, ...lots.columns() } }
}

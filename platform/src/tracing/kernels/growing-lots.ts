import type { Lots } from './results.ts'

/** Two columns of lots that grow as they are filled. */
export function growingLots() {
  let source = new Int32Array(1024)
  let amount = new BigUint64Array(1024)
  let count = 0
  return { push, read, count: () => count, columns }

  function push(lotSource: number, lotAmount: bigint): void {
    if (count === source.length) {
      source = widened(source, new Int32Array(2 * count))
      amount = widened(amount, new BigUint64Array(2 * count))
    }
    source[count] = lotSource
    amount[count] = lotAmount
    count++
  }

  function read(lot: number): { readonly source: number; readonly amount: bigint } {
    return { source: source[lot] ?? -1, amount: amount[lot] ?? 0n }
  }

  function columns(): Omit<Lots, 'start'> {
    return { source: source.slice(0, count), amount: amount.slice(0, count) }
  }
}

function widened<Column extends { set(from: Column): void }>(from: Column, to: Column): Column {
  to.set(from)
  return to
}

/**
 * Numbers for the keys of slots (`txid:vout`, `txid:fee`) or for addresses, from 0 in the order in which they came.
 *
 * A table of our own beside `Map`: it is filled once for every output that a trace walks over, and there takes a third of the
 * time, since it hashes the ends of a key and not the whole of it. Ends are enough: transaction ids and addresses are made of
 * hashes, and keys whose ends are the same are told apart by comparing them whole.
 */
export type KeyTable = {
  /** The number of the key, which is new where it has none yet. */
  add(key: string): number
  /** −1 where the key has no number. */
  find(key: string): number
  readonly size: number
}

/** `expected`: how many keys may come; more are taken, too. */
export function openKeyTable(expected: number): KeyTable {
  return new Table(expected)
}

/** A class, so that the calls of every trace after the first find the code that was compiled for the first. */
class Table implements KeyTable {
  private readonly keys: string[] = []
  private cells: Int32Array

  constructor(expected: number) {
    this.cells = new Int32Array(cellCount(expected))
  }

  get size(): number {
    return this.keys.length
  }

  add(key: string): number {
    const cell = this.cellOf(key)
    const known = (this.cells[cell] as number) - 1
    if (known >= 0) return known
    const number = this.keys.push(key)
    this.cells[cell] = number
    if (2 * number > this.cells.length) this.grow()
    return number - 1
  }

  find(key: string): number {
    return (this.cells[this.cellOf(key)] as number) - 1
  }

  /** The cell that holds the key, or the empty one where it belongs. */
  private cellOf(key: string): number {
    const { cells, keys } = this
    const mask = cells.length - 1
    for (let cell = hashEnds(key) & mask; ; cell = (cell + 1) & mask) {
      const number = cells[cell] as number
      if (number === 0 || keys[number - 1] === key) return cell
    }
  }

  private grow(): void {
    this.cells = new Int32Array(2 * this.cells.length)
    this.keys.forEach((key, number) => {
      this.cells[this.cellOf(key)] = number + 1
    })
  }
}

function cellCount(expected: number): number {
  return 2 ** Math.max(4, Math.ceil(Math.log2(2 * expected + 1)))
}

const END = 8

/** FNV-1a over the first and the last characters, then mixed, so that its low bits depend on all of them. */
function hashEnds(key: string): number {
  let hash = 0x811c9dc5
  const { length } = key
  const head = length < END ? length : END
  for (let at = 0; at < head; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193)
  for (let at = length > 2 * END ? length - END : head; at < length; at++)
    hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193)
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x2c1b3c6d)
  return hash ^ (hash >>> 13)
}

/**
 * What a table holds, as one digest that both engines agree on whatever the order of its rows: the SHA-256 of each row,
 * added modulo 2^256. Adding instead of sorting, because a table of a whole chain does not fit into memory.
 *
 * It is there to find rows that were lost, doubled or changed on the way. Against somebody who may choose rows an added
 * digest is no proof (Wagner, "A Generalized Birthday Problem", 2002); `contentDigest` is one chain of hashes.
 */
import { hash } from 'node:crypto'
import { rowText } from './content-digest.ts'
import type { Reading } from './engine.ts'

export type TableSum = { readonly rows: number; readonly digest: string }

/** `source` is a table expression; the columns are read in the order given. */
export async function tableSum(r: Reading, source: string, columns: readonly string[]): Promise<TableSum> {
  let [sum, rows] = [0n, 0]
  await r.each(`SELECT ${columns.join(', ')} FROM ${source} t`, (found) => {
    rows += found.length
    for (const row of found) sum += BigInt(`0x${hash('sha256', rowText(row))}`)
  })
  return { rows, digest: (sum & ((1n << 256n) - 1n)).toString(16).padStart(64, '0') }
}

/**
 * Questions go out in batches of one size, filled with dummies in random places: who answers learns neither how many items
 * there are nor where they stand. An input of a dummy is no item, as no chain is called `dummy`.
 */
import { concatBytes, textToBytes } from '../../kernel/index.ts'
import { type Item, inputOf } from './item.ts'

export const BATCH = 128

/** `item` is null for a dummy. */
export type Question = { readonly item: Item | null; readonly input: Uint8Array }

/** So many bytes that nobody can foresee. */
export type Random = (bytes: number) => Uint8Array

/** At least one batch, each of exactly 128; an item that stands twice is asked once. */
export function batchesOf(items: readonly Item[], random: Random): readonly (readonly Question[])[] {
  const questions: Question[] = [...new Set(items)].map((item) => ({ item, input: inputOf(item) }))
  while (questions.length === 0 || questions.length % BATCH !== 0)
    questions.push({ item: null, input: concatBytes(textToBytes('dummy|'), random(32)) })
  const mixed = shuffled(questions, random)
  return Array.from({ length: mixed.length / BATCH }, (_, at) => mixed.slice(at * BATCH, (at + 1) * BATCH))
}

/** Fisher and Yates, from the end; every order is as likely. */
export function shuffled<T>(values: readonly T[], random: Random): T[] {
  const mixed = [...values]
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = below(at + 1, random)
    ;[mixed[at], mixed[other]] = [mixed[other] as T, mixed[at] as T]
  }
  return mixed
}

/** A whole number from 0 up to `limit`, without it. Draws again where the remainder would favour the small ones. */
function below(limit: number, random: Random): number {
  const fair = 2 ** 32 - (2 ** 32 % limit)
  for (;;) {
    const bytes = random(4)
    const drawn = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0)
    if (drawn < fair) return drawn % limit
  }
}

/** The order of the messages of one sender in one exchange: by number and by the digest of the one before. */
import { ok, type Result, refuse } from '../../kernel/index.ts'

/** The last message of the sender in the exchange that was taken in, or set aside by a record of a gap; null before the first. */
export type LastPlace = { readonly seq: number; readonly digest: string } | null

/** `next`: it may be taken in. `early`: something before it is missing, so it is held. */
export type Turn = 'next' | 'early'

/** A message at a place that is taken is refused; whether it is the very same one is found out by its digest before. */
export function turnOf(
  last: LastPlace,
  { seq, prev }: { readonly seq: number; readonly prev: string | null },
): Result<Turn> {
  const reached = last?.seq ?? 0
  if (seq <= reached)
    return refuse('EXCHANGE_SEQUENCE', `Place ${seq} of the exchange is taken already.`, {
      place: '/header/seq',
      fix: 'Keep both messages: together they prove that the sender contradicted itself.',
    })
  if (seq > reached + 1) return ok('early')
  if (prev !== (last?.digest ?? null))
    return refuse('EXCHANGE_SEQUENCE', 'The message names another one before it than the one that came.', {
      place: '/header/prev',
      fix: 'Ask the sender which messages it sent.',
    })
  return ok('next')
}

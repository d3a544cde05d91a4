/**
 * Bringing two people together who are after the same: each side commits to its case before it learns anything of the other's, and
 * opens what it committed to only after both have. Nobody can choose what to say by what the other said.
 *
 * The side that reveals second could keep silent; then its signed commitment shows that it did. No protocol of two gives more.
 */
import { type Static, Type } from '@sinclair/typebox'
import { closed, Digest, Id, Instant, nullable, oneOf, Version } from '../../casework/index.ts'
import { canonicalJson, Marking, ok, type Result, refuse, sha256Text } from '../../kernel/index.ts'
import { AgencyId } from '../wire/index.ts'

export const CONTACT = 'partner-contact'

/** What a side says of itself. */
export const Told = closed({
  caseRef: Type.String({ minLength: 1, maxLength: 300, pattern: '\\S', description: 'Your file number.' }),
  contact: Type.String({ minLength: 1, maxLength: 1000, pattern: '\\S', description: 'Whom to talk to, and how.' }),
})
export type Told = Static<typeof Told>

export const contactStates = ['waiting', 'declined', 'committed', 'met', 'ended', 'withheld'] as const

export const ContactBody = closed({
  side: oneOf(['opener', 'addressee'], 'opener: we asked. addressee: they asked us.'),
  peer: AgencyId,
  exchange: Digest,
  handle: Digest,
  run: Digest,
  epoch: Type.Integer(),
  /** Null where nothing of ours has this handle: the partner is answered as if we had said no. */
  item: nullable(Type.String()),
  state: oneOf(
    contactStates,
    'waiting: for the consent of the addressee. declined: by us; the partner learns it from the end of the time alone. committed: both have. met: each knows of the other. ended: over without. withheld: we have revealed, and they have not in time.',
  ),
  expiry: Instant,
  own: nullable(closed({ ...Told.properties, salt: Digest })),
  revealed: Type.Boolean({ description: 'Whether ours is on its way.' }),
  theirCommitment: nullable(Digest),
  theirs: nullable(Told),
  marking: Marking,
  author: Type.String(),
  /** Who decided here. */
  by: nullable(Id),
})
export type ContactBody = Static<typeof ContactBody>

export const ContactView = closed({
  id: Id,
  version: Version,
  side: ContactBody.properties.side,
  peer: AgencyId,
  item: ContactBody.properties.item,
  state: ContactBody.properties.state,
  expiry: Instant,
  theirs: ContactBody.properties.theirs,
})

type Place = { readonly agency: string; readonly run: string; readonly handle: string }

/** Bound to whose it is and to what it is about, so that nobody can give one of another as theirs. */
export function commitmentTo(
  { agency, run, handle }: Place,
  { caseRef, contact, salt }: Told & { salt: string },
): string {
  return sha256Text(canonicalJson(['comity-contact/1', agency, run, handle, caseRef, contact, salt]))
}

export function checkReveal(place: Place, told: Told & { salt: string }, commitment: string | null): Result<Told> {
  if (commitment !== null && commitmentTo(place, told) === commitment)
    return ok({ caseRef: told.caseRef, contact: told.contact })
  return refuse('EXCHANGE_DECONFLICTION_REVEAL', 'What was revealed is not what was committed to.', {
    place: '/body',
    fix: 'Reveal what the commitment was made of; to say something else, begin anew.',
  })
}

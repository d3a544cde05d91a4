/** What would go and what would stay here, item by item with its reason, for whoever is about to hand a case out. Pure. */
import { type Audience, mayHave } from '../../evidence/formats/index.ts'
import type { Protected } from '../../kernel/index.ts'
import { type CaseContents, type Kept, placelessKinds } from './case-contents.ts'
import type { Decided } from './decide.ts'
import type { ItemNotes } from './notes.ts'

export const reasonsToStay = [
  /** The package has no place for items of this kind. */
  'no-place',
  /** For named people of this node. */
  'named-people',
  /** Marked amber+strict or red. */
  'marking',
  /** The policies of this node let it leave in no export. */
  'policy',
  /** A victim without consent to use beyond the case. */
  'victim',
  /** Others gave it, and did not allow that it goes on. */
  'received',
  /** It is passed on, and whoever made it has not allowed that. */
  'onward',
  /** The case does not serve the purpose of the audience. */
  'purpose',
  /** The audience may take it further than its marking lets it go. */
  'reach',
  /** It tells of something that stays. */
  'tells',
] as const
export type ReasonToStay = (typeof reasonsToStay)[number]

export type AheadItem = { readonly kind: string; readonly id: string; readonly title: string | null }
export type Ahead = {
  readonly goes: readonly AheadItem[]
  readonly stays: readonly (AheadItem & { readonly why: ReasonToStay })[]
}

export function lookAhead({ contents, notes, items, audience }: Decided): Ahead {
  const going = new Set(items.map(({ kind, id }) => `${kind} ${id}`))
  const known = knownItems(contents)
  const titled = ({ kind, id }: ItemNotes) => ({ kind, id, title: known.get(`${kind} ${id}`)?.title ?? null })
  const goes = notes.filter(({ kind, id }) => going.has(`${kind} ${id}`)).map(titled)
  const stays = notes
    .filter(({ kind, id }) => !going.has(`${kind} ${id}`))
    .map((note) => ({ ...titled(note), why: whyStays(note, known.get(`${note.kind} ${note.id}`) ?? null, audience) }))
  return { goes, stays }
}

type Known = Pick<Kept<Protected>, 'leaves' | 'received'> & Pick<Protected, 'marking'> & { readonly title: string }

/** The reason that holds whatever the audience is comes first; then what of the audience is in the way. */
function whyStays({ kind, row, marking: packed }: ItemNotes, known: Known | null, audience: Audience): ReasonToStay {
  if (row === null) return 'no-place'
  if (known !== null) {
    const { marking, leaves, received } = known
    if (marking.needToKnow || marking.protectedPerson) return 'named-people'
    if (marking.tlp === 'red' || marking.tlp === 'amber+strict') return 'marking'
    if (!leaves) return 'policy'
    if (kind === 'victim' && !marking.onwardUse) return 'victim'
    if (received && !marking.onwardUse) return 'received'
  }
  if (audience.onward && packed.onwardUse !== 'yes') return 'onward'
  if (packed.purposes.length > 0 && !(audience.purpose !== null && packed.purposes.includes(audience.purpose)))
    return 'purpose'
  return mayHave(packed, audience) ? 'tells' : 'reach'
}

/** Every item by its kind and id, called as people know it. */
function knownItems(contents: CaseContents): ReadonlyMap<string, Known> {
  const known = new Map<string, Known>()
  const note = <B extends Protected>(kind: string, list: readonly Kept<B>[], titleOf: (body: B) => string) => {
    for (const { id, body, leaves, received } of list)
      known.set(`${kind} ${id}`, { leaves, received, marking: body.marking, title: titleOf(body).slice(0, 300) })
  }
  note('person-of-interest', contents.persons, ({ content }) =>
    [content.firstNames, content.name].filter((one) => one !== undefined).join(' '),
  )
  note('victim', contents.victims, ({ content }) => content.token)
  note('wallet', contents.wallets, ({ content }) => content.address)
  note('decision', contents.decisions, ({ content }) => [content.what, content.reference].filter(Boolean).join(', '))
  note('order', contents.orders, ({ content }) => [content.authority, content.reference].filter(Boolean).join(', '))
  note('statement', contents.statements, ({ subject, claim }) => `${subject.value}: ${claim}`)
  note('exhibit', contents.exhibits, ({ title }) => title)
  for (const kind of placelessKinds)
    note(kind, contents.placeless[kind], ({ content }) => content?.what ?? content?.about ?? content?.text ?? '')
  known.set(`case ${contents.caseId}`, {
    leaves: true,
    received: false,
    marking: { tlp: 'amber', audience: [], needToKnow: false, protectedPerson: false, onwardUse: false },
    title: contents.case.title,
  })
  return known
}

/** What protects a case and what is in it: part of every body that belongs to a case, and of every decision of the policies. */
import { type Static, Type } from '@sinclair/typebox'

export const purposes = [
  'criminal-proceedings',
  'asset-recovery',
  'financial-intelligence',
  'administrative',
  'exercise',
] as const

export const Purpose = Type.Union(
  purposes.map((purpose) => Type.Literal(purpose)),
  { description: 'What the work serves. Use for another purpose needs consent.' },
)
export type Purpose = (typeof purposes)[number]

/** Traffic Light Protocol 2.0 (FIRST). */
export const Tlp = Type.Union(
  (['clear', 'green', 'amber', 'amber+strict', 'red'] as const).map((level) => Type.Literal(level)),
  { description: 'Traffic Light Protocol 2.0' },
)

/** A person of this node, by the id of their record. */
export const PersonId = Type.String({ format: 'uuid', description: 'A person of this node.' })

/** Who may see an item. An empty audience is nobody: it is asked where the item is red, need-to-know or of a protected person. */
export const Marking = Type.Object(
  {
    tlp: Tlp,
    audience: Type.Array(PersonId, { maxItems: 200 }),
    needToKnow: Type.Boolean(),
    protectedPerson: Type.Boolean(),
    onwardUse: Type.Boolean({ description: 'The sender allows use beyond the stated purpose.' }),
    handling: Type.Optional(
      Type.String({ maxLength: 40, pattern: '^[A-Z0-9() -]+$', description: 'A handling code of the sender, as H1.' }),
    ),
  },
  { additionalProperties: false, description: 'How an item may be used, and by whom.' },
)
export type Marking = Static<typeof Marking>

export const amber: Marking = {
  tlp: 'amber',
  audience: [],
  needToKnow: false,
  protectedPerson: false,
  onwardUse: false,
}

/** Who works on a case, and what shuts it. Part of the body of every case, as `access`. */
export const Access = Type.Object(
  {
    members: Type.Array(PersonId),
    leads: Type.Array(PersonId),
    sealed: Type.Boolean(),
    sealedFor: Type.Array(PersonId),
    training: Type.Boolean(),
    closed: Type.Boolean(),
    purposes: Type.Array(Purpose),
    /** To whom it is referred and who may take it over; until then they see nothing of it. */
    referredTo: Type.Optional(Type.Array(PersonId)),
  },
  { additionalProperties: false },
)
export type Access = Static<typeof Access>

/** What the door needs of the body of a record that belongs to a case. */
export type Protected = { readonly marking: Marking; readonly author: string }

/** When a period has run out, step by step. */
import { Type } from '@sinclair/typebox'
import { action, ok } from '../../kernel/index.ts'
import { explainDeadline } from '../explain-deadline.ts'
import { triggers } from '../pack.ts'
import {
  asks,
  Cited,
  Country,
  calendarsOf,
  closed,
  Marked,
  maybe,
  nullable,
  On,
  oneOf,
  packsOf,
  Said,
  Urgency,
} from './fields.ts'

const Moment = (description: string) => Type.String({ format: 'date-time', description })

const ProvisionView = closed({
  ...Cited.properties,
  moves: Type.Boolean({ description: 'Whether the date moves by it; otherwise it is kept, and reminds.' }),
})

const deadline = action({
  name: 'legal.deadline',
  summary: 'Compute when a period of an instrument has run out, step by step; only a verified rule gives a date',
  kind: 'read',
  input: closed({
    rule: Type.String({
      pattern: '^[A-Za-z0-9][A-Za-z0-9.-]{0,60}$',
      description: 'The deadline by its id in the packs, as R1805-9-3a.',
    }),
    trigger: Moment('When the event happened.'),
    event: maybe(oneOf(triggers, 'What happened then; the event from which the rule runs, where nothing is said.')),
    country: Country,
    zone: maybe(
      Type.String({
        maxLength: 60,
        pattern: '^[A-Za-z0-9_+/-]+$',
        description: 'The time zone of the authority that must act; the first of its country, where nothing is said.',
        examples: ['Europe/Amsterdam'],
      }),
    ),
    side: maybe(oneOf(['ours', 'theirs'], 'Whose duty it is; ours where nothing is said.')),
    urgency: maybe(Urgency),
    extendedAt: maybe(Moment('When the period was extended.')),
    suspended: maybe(
      Type.Array(closed({ from: Moment('Since when it stood still.'), to: Moment('Until when.') }), { maxItems: 50 }),
    ),
    on: maybe(On),
  }),
  output: closed({
    rule: Said,
    article: Said,
    verified: Marked,
    kind: Said,
    nature: oneOf(['date', 'reminder', 'target'], 'Only a date is one; the others remind.'),
    binding: Type.Boolean(),
    due: nullable(Said),
    dueLocal: nullable(closed({ text: Said, zone: Said })),
    readings: nullable(closed({ earliest: Said, latest: Said })),
    steps: Type.Array(Cited),
    onExpiry: closed({ effect: Said, ...Cited.properties }),
    extension: nullable(ProvisionView),
    suspension: nullable(ProvisionView),
    reminders: Type.Array(closed({ at: Said, why: Said })),
    caveats: Type.Array(Said),
    calendar: nullable(closed({ jurisdiction: Said, version: Said })),
    instrument: closed({ id: Said, short: Said, version: Said }),
  }),
  asks,
  run: async (context, { side = 'ours', ...inquiry }) => {
    const found = explainDeadline(packsOf(context), calendarsOf(context), { ...inquiry, side })
    return found.ok ? ok({ result: found.value.explained as never, events: [] }) : found
  },
})

export const deadlineActions = [deadline] as const

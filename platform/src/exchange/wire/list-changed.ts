/**
 * The hint that there is a newer directory. It brings none and no key with it: whoever gets it looks where it always looks.
 * The signature only keeps strangers from making nodes look all the time.
 */
import { type Static, Type } from '@sinclair/typebox'
import { ok, refuse } from '../../kernel/index.ts'
import { AgencyId, closed, count, digest, instant, oneOf } from './fields.ts'
import type { StatementForm } from './statement.ts'

export const ListChanged = closed(
  {
    v: Type.Literal(1),
    from: AgencyId,
    to: AgencyId,
    role: oneOf(['root', 'targets', 'snapshot', 'timestamp'] as const, 'Which part of the directory.'),
    version: count(2_147_483_647, 'The version that the sender has.', 1),
    digest: digest('The SHA-256 of the file that the sender has.'),
    at: instant('When the sender got it.'),
  },
  'There is a newer directory.',
)
export type ListChanged = Static<typeof ListChanged>

export const listChangedForm: StatementForm<typeof ListChanged> = {
  type: 'list.changed',
  major: 1,
  schema: ListChanged,
  signedBy: ({ from }) => from,
  check: ({ from, to }) =>
    from === to
      ? refuse('EXCHANGE_STATEMENT', 'A hint is for another agency.', { place: '/to', fix: 'Name another agency.' })
      : ok(null),
}

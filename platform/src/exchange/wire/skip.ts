/** The record of a gap: a message that the sender has set aside, so that what comes after it need not wait. */
import { type Static, Type } from '@sinclair/typebox'
import { ok, refuse } from '../../kernel/index.ts'
import { AgencyId, closed, count, digest, instant, MessageId } from './fields.ts'
import type { StatementForm } from './statement.ts'

export const Skip = closed(
  {
    v: Type.Literal(1),
    from: AgencyId,
    to: AgencyId,
    exchange: digest('The exchange; where its opening message is skipped, the digest of that.'),
    seq: count(2_147_483_647, 'The place that stays empty.', 1),
    message: closed({ id: MessageId, digest: digest('The message that was set aside.') }, 'Which message.'),
    code: Type.String({
      pattern: '^[A-Z][A-Z0-9_]{2,60}$',
      description: 'Why it did not get through: a code of docs/errors.md.',
    }),
    attempts: count(1_000_000, 'How often it was tried.', 1),
    at: instant('When it was set aside.'),
  },
  'A place in an exchange that stays empty.',
)
export type Skip = Static<typeof Skip>

export const skipForm: StatementForm<typeof Skip> = {
  type: 'skip',
  major: 1,
  schema: Skip,
  signedBy: ({ from }) => from,
  check: ({ from, to }) =>
    from === to
      ? refuse('EXCHANGE_STATEMENT', 'A gap is between two agencies.', { place: '/to', fix: 'Name both.' })
      : ok(null),
}

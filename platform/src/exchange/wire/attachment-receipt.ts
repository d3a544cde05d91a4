/** The receiver's word that it has a file of a message, whole and as the message names it; nobody has opened it yet. */
import { type Static, Type } from '@sinclair/typebox'
import { ok, refuse } from '../../kernel/index.ts'
import { AgencyId, closed, count, digest, instant, MessageId } from './fields.ts'
import type { StatementForm } from './statement.ts'

export const AttachmentReceipt = closed(
  {
    v: Type.Literal(1),
    message: closed({ id: MessageId, digest: digest('The message.') }, 'The message that names the file.'),
    attachment: digest('The cipher, as the header of the message names it.'),
    size: count(Number.MAX_SAFE_INTEGER, 'Bytes of the cipher.', 1),
    from: AgencyId,
    to: AgencyId,
    at: instant('When, by the clock of who signs.'),
  },
  'A file has arrived. `from` and `to` are those of the message.',
)
export type AttachmentReceipt = Static<typeof AttachmentReceipt>

export const attachmentReceiptForm: StatementForm<typeof AttachmentReceipt> = {
  type: 'attachment.receipt',
  major: 1,
  schema: AttachmentReceipt,
  signedBy: ({ to }) => to,
  check: ({ from, to }) =>
    from === to
      ? refuse('EXCHANGE_STATEMENT', 'A file goes from one agency to another.', { place: '/to', fix: 'Name both.' })
      : ok(null),
}

/** Receipts: what became of a message, signed by the side that knows. With the message they are proof against either side. */
import { type Static, Type } from '@sinclair/typebox'
import { ok, type Result, refuse } from '../../kernel/index.ts'
import { AgencyId, closed, count, digest, instant, MessageId, oneOf, text } from './fields.ts'
import type { Message } from './message.ts'
import type { StatementForm } from './statement.ts'
import { type ReceiptKind, receiptKinds } from './vocabulary.ts'

export const Receipt = closed(
  {
    v: Type.Literal(1),
    kind: oneOf(Object.keys(receiptKinds) as ReceiptKind[], 'What became of the message.'),
    code: Type.Optional(
      Type.String({
        pattern: '^[A-Z][A-Z0-9_]{2,60}$',
        description: 'Why it was refused or not delivered: a code of docs/errors.md.',
      }),
    ),
    message: closed({ id: MessageId, digest: digest('The message.') }, 'Which message.'),
    from: AgencyId,
    to: AgencyId,
    at: instant('When, by the clock of who signs.'),
    /** Where the journal of who signs shows it; later than the receipt itself, which therefore may be given twice. */
    logIndex: Type.Optional(count(Number.MAX_SAFE_INTEGER, 'The place of the leaf in the journal of who signs.')),
    checkpoint: Type.Optional(
      text(20_000, 'A signed checkpoint of that journal that covers the leaf (a C2SP signed note).'),
    ),
  },
  'What became of a message. `from` and `to` are those of the message.',
)
export type Receipt = Static<typeof Receipt>

export const receiptForm: StatementForm<typeof Receipt> = {
  type: 'receipt',
  major: 1,
  schema: Receipt,
  signedBy: (receipt) => receipt[receiptKinds[receipt.kind].by],
  check(receipt) {
    const { hasCode } = receiptKinds[receipt.kind]
    const no = (message: string, place: string, fix: string) => refuse('EXCHANGE_STATEMENT', message, { place, fix })
    if (hasCode !== (receipt.code !== undefined))
      return no(
        `A receipt that says ${receipt.kind} ${hasCode ? 'needs a code' : 'has no code'}.`,
        '/code',
        hasCode ? 'Say why.' : 'Leave it out.',
      )
    if (receipt.from === receipt.to) return no('A receipt is between two agencies.', '/to', 'Name both.')
    if (receipt.checkpoint !== undefined && receipt.logIndex === undefined)
      return no('A checkpoint without a place in the log shows nothing.', '/logIndex', 'Name the place of the leaf.')
    return ok(null)
  },
}

/** Refused where the receipt is for another message. Its signature was checked when it was opened. */
export function checkReceiptFor(receipt: Receipt, message: Pick<Message, 'digest' | 'header'>): Result<null> {
  const { header } = message
  const same =
    receipt.message.id === header.id &&
    receipt.message.digest === message.digest &&
    receipt.from === header.from &&
    receipt.to === header.to
  return same
    ? ok(null)
    : refuse('EXCHANGE_RECEIPT', 'The receipt is for another message.', {
        place: '/message',
        fix: 'Ask for the receipt of this message.',
      })
}

/** The name under which a gateway hands the receipt on as evidence of a registered electronic delivery. */
export function remEvidenceOf(receipt: Receipt): string {
  return receiptKinds[receipt.kind].evidence
}

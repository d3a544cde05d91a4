/**
 * The header of every message, inside what is signed: who to whom, its place in the exchange, the law it stands on, and how
 * it may be used.
 *
 * It says nothing of when it may be received: clocks differ, and a message that waits out an outage is still the message
 * (freshness is the business of each attempt to send it). `deadline` is until when delivery is tried.
 */
import { type Static, Type } from '@sinclair/typebox'
import { ok, type Result, refuse } from '../../kernel/index.ts'
import { AgencyId, count, digest, flag, instant, listOf, MessageId, named, nullable, text } from './fields.ts'
import {
  ApprovalPart,
  AttachmentPart,
  CaseRef,
  Confidentiality,
  DataProtection,
  InstrumentRef,
  Languages,
  MessageMarking,
  Officer,
  Urgency,
  UseCondition,
  Via,
} from './header-parts.ts'

export const HEADER_VERSION = 1

export const Header = named(
  'Header',
  {
    v: Type.Literal(HEADER_VERSION, { description: 'The version of the header.' }),
    id: MessageId,
    exchange: nullable(digest('The digest of the message that opened the exchange; null in that message.')),
    from: AgencyId,
    to: AgencyId,
    seq: count(2_147_483_647, 'The place among the messages of this sender in this exchange.', 1),
    prev: nullable(digest('The digest of the message before it of this sender in this exchange; null in the first.')),
    created: instant('When it was made.'),
    deadline: nullable(instant('Until when delivery is tried.')),
    relatesTo: Type.Array(digest('A message, by its digest.'), {
      maxItems: 50,
      uniqueItems: true,
      description: 'Other messages that it is about, of this exchange or another.',
    }),
    critical: Type.Array(
      Type.String({ minLength: 7, maxLength: 300, description: 'A JSON pointer into header or body.' }),
      { maxItems: 50, uniqueItems: true, description: 'Members without which it must not be acted upon.' },
    ),
    training: flag('Whether it is an exercise: nothing in it is real, and nothing real may be done on it.'),
    marking: MessageMarking,
    caseRef: CaseRef,
    instrument: nullable(InstrumentRef),
    legalBasis: nullable(text(2000, 'The provision of the sender’s own law.')),
    urgency: nullable(Urgency),
    confidentiality: Confidentiality,
    useConditions: listOf(UseCondition, 20, 'Conditions of use; UNCAC art. 46(19), Budapest Convention art. 28.'),
    languages: Languages,
    dataProtection: DataProtection,
    unit: nullable(text(200, 'The unit of the sender.')),
    officer: nullable(Officer),
    via: listOf(Via, 10, 'Who passed it on, in order.'),
    approvals: listOf(ApprovalPart, 20, 'Who approved that it is sent.'),
    policyVersion: text(100, 'The policies of the sender’s house under which it was released.'),
    attachments: listOf(AttachmentPart, 100, 'Files that belong to it.'),
  },
  'The header of a message.',
)
export type Header = Static<typeof Header>
export type MessageApproval = Static<typeof ApprovalPart>
export type Attachment = Static<typeof AttachmentPart>

/** What a schema cannot say: members that must agree with each other. */
export function checkHeader(header: Header): Result<null> {
  const { exchange, seq, prev, from, to, created, deadline, marking, training } = header
  const no = (code: string, message: string, place: string, fix: string) =>
    refuse(code, message, { place: `/header/${place}`, fix })
  if (from === to)
    return no('EXCHANGE_RECIPIENT', 'The message is addressed to its own sender.', 'to', 'Name another agency.')
  if (exchange === null && seq !== 1)
    return no('EXCHANGE_PLACE', 'A message that opens an exchange is not the first of it.', 'seq', 'Write 1.')
  if ((seq === 1) !== (prev === null))
    return no(
      'EXCHANGE_PLACE',
      'The first message of a sender in an exchange has no message before it, and every other one has.',
      'prev',
      'Write the digest of the message before it, or null in the first.',
    )
  if (deadline !== null && deadline <= created)
    return no(
      'EXCHANGE_DEADLINE',
      'The message could not be delivered in time: its deadline has passed.',
      'deadline',
      'State a later one, or null.',
    )
  if (training !== (marking.purpose === 'exercise'))
    return no(
      'EXCHANGE_TRAINING',
      'An exercise serves something real, or something real serves an exercise.',
      'training',
      'An exercise has the purpose "exercise", and nothing else has.',
    )
  const names = header.attachments.map(({ name }) => name)
  const twice = names.findIndex((name, at) => names.indexOf(name) !== at)
  if (twice !== -1)
    return no(
      'EXCHANGE_ATTACHMENT',
      'Two attachments have one name.',
      `attachments/${twice}/name`,
      'Name each its own way.',
    )
  const strange = header.languages.translations.findIndex(({ attachment }) => !names.includes(attachment))
  if (strange !== -1)
    return no(
      'EXCHANGE_ATTACHMENT',
      'A translation is named that does not come with the message.',
      `languages/translations/${strange}/attachment`,
      'Attach it, or leave it out.',
    )
  return ok(null)
}

/**
 * The header of an AS4 message that arrived, read strictly, and held to the message that came as its payload. Nothing in
 * the header proves anything about the message: who sent it is whoever signed the envelope.
 */
import { catchRefusal, ok, type Result, refuse, stop } from '../../../kernel/index.ts'
import { type Attachment, type Message, payloadTypeOf } from '../../wire/index.ts'
import { readXml, type XmlElement } from '../xml/read-xml.ts'
import {
  attributeOf,
  expectElement,
  fittingTextOf,
  placeOf,
  type Sequence,
  sequenceOf,
  textOf,
} from '../xml/walk-xml.ts'
import { as4MessageId, cipherPart, conversationIdOf } from './user-message.ts'
import {
  AGENCY_TYPE,
  type Agreement,
  EBMS_NS,
  ENVELOPE_CONTENT_ID,
  ENVELOPE_MIME,
  FINAL_RECIPIENT,
  MIME_TYPE,
  ORIGINAL_SENDER,
  type Party,
} from './vocabulary.ts'

export type Property = { readonly name: string; readonly type: string | null; readonly value: string }
export type ReadPart = { readonly contentId: string; readonly properties: readonly Property[] }

export type ReadUserMessage = {
  readonly messageId: string
  readonly refToMessageId: string | null
  readonly timestamp: string
  readonly from: Party
  readonly to: Party
  readonly agreementRef: string | null
  readonly service: { readonly value: string; readonly type: string | null }
  readonly action: string
  readonly conversationId: string
  readonly properties: readonly Property[]
  readonly parts: readonly ReadPart[]
}

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})?$/
const MESSAGE_ID = /^[^\s@<>]{1,200}@[^\s@<>]{1,200}$/
const MAX_HEADER_BYTES = 256 * 1024

/** `bytes`: the element eb:UserMessage as a document, or eb:Messaging with exactly that in it. */
export function readUserMessage(bytes: Uint8Array): Result<ReadUserMessage> {
  const root = readXml(bytes, { maxBytes: MAX_HEADER_BYTES, maxDepth: 12, maxElements: 2000 })
  if (!root.ok) return root
  return catchRefusal(() => {
    if (root.value.name !== 'Messaging') return userMessageOf(expectElement(root.value, EBMS_NS, 'UserMessage'))
    const messaging = expectElement(root.value, EBMS_NS, 'Messaging')
    // Its attributes belong to SOAP (mustUnderstand, wsu:Id) and say nothing of the message.
    const parts = sequenceOf({ ...messaging, attributes: [] })
    const only = parts.one('UserMessage')
    parts.end()
    return userMessageOf(only)
  })
}

function userMessageOf(element: XmlElement): ReadUserMessage {
  const parts = sequenceOf(element, ['mpc'])
  const info = sequenceOf(parts.one('MessageInfo'))
  const timestamp = fittingTextOf(info.one('Timestamp'), TIME, 'a time as 2026-11-25T09:31:00.000Z')
  const messageId = fittingTextOf(info.one('MessageId'), MESSAGE_ID, 'an id as ID@DOMAIN')
  const refTo = info.maybe('RefToMessageId')
  info.end()
  const party = sequenceOf(parts.one('PartyInfo'))
  const from = partyOf(party.one('From'))
  const to = partyOf(party.one('To'))
  party.end()
  const collaboration = sequenceOf(parts.one('CollaborationInfo'))
  const agreement = collaboration.maybe('AgreementRef')
  const service = collaboration.one('Service')
  const action = textOf(collaboration.one('Action'))
  const conversationId = textOf(collaboration.one('ConversationId'))
  collaboration.end()
  const properties = propertiesOf(parts.one('MessageProperties'))
  const payload = sequenceOf(parts.one('PayloadInfo'))
  const partInfos = payload.many('PartInfo')
  payload.end()
  parts.end()
  return {
    messageId,
    refToMessageId: refTo === null ? null : textOf(refTo),
    timestamp,
    from,
    to,
    agreementRef: agreement === null ? null : textOf(agreement),
    service: { value: textOf(service), type: attributeOf(service, 'type') },
    action,
    conversationId,
    properties,
    parts: partInfos.map(partOf),
  }
}

function partyOf(element: XmlElement): Party {
  const parts = sequenceOf(element)
  const id = parts.one('PartyId')
  const role = textOf(parts.one('Role'))
  parts.end()
  return { id: textOf(id), type: attributeOf(id, 'type') ?? '', role }
}

function propertiesOf(element: XmlElement): readonly Property[] {
  const parts = sequenceOf(element)
  const found = parts.many('Property').map((one) => {
    const name =
      attributeOf(one, 'name') ??
      stop('GATEWAY_XML_MISSING', 'A property has no name.', { place: placeOf(one), fix: 'Add the attribute name.' })
    return { name, type: attributeOf(one, 'type'), value: textOf(one) }
  })
  parts.end()
  const names = found.map(({ name }) => name)
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined)
    stop('GATEWAY_XML_VALUE', `The property ${twice} stands twice.`, {
      place: placeOf(element),
      fix: 'Say each property once.',
    })
  return found
}

function partOf(element: XmlElement): ReadPart {
  const href = attributeOf(element, 'href')
  if (href === null || !/^cid:\S{1,300}$/.test(href))
    stop('GATEWAY_XML_VALUE', 'A part is not carried with the message; nothing is fetched because a header says so.', {
      place: placeOf(element),
      fix: 'Carry it as a MIME part, by its Content-ID: href="cid:…".',
    })
  const parts: Sequence = sequenceOf(element, ['href'])
  const properties = propertiesOf(parts.one('PartProperties'))
  parts.end()
  return { contentId: (href as string).slice('cid:'.length), properties }
}

export type CheckedParts = {
  /** The attachments that came as parts, by Content-ID. Their bytes are the caller's to hash and to open. */
  readonly carried: ReadonlyMap<string, Attachment>
  readonly byReference: readonly Attachment[]
}

/**
 * Holds the header to the message that was opened from the part `envelope@comity`, and to what the access points agreed.
 * Refused where any of it differs: a header of one message around another is how things get filed in the wrong case.
 */
export function checkUserMessage(read: ReadUserMessage, message: Message, agreed: Agreement): Result<CheckedParts> {
  const { header } = message
  const no = (what: string, place: string) =>
    refuse('GATEWAY_AS4_DIFFERS', `The AS4 header does not fit ${what}.`, {
      place,
      fix: 'Do not file the message under this header; ask the access point for what it received.',
    })
  const value = (name: string) => read.properties.find((one) => one.name === name)
  const isAgency = (one: Property | undefined, agency: string) => one?.type === AGENCY_TYPE && one.value === agency
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
  if (read.messageId !== as4MessageId(header)) return no('the id of the message', '/MessageInfo/MessageId')
  if (read.conversationId !== conversationIdOf(message))
    return no('the exchange of the message', '/CollaborationInfo/ConversationId')
  if (read.action !== payloadTypeOf(message)) return no('the type of the message', '/CollaborationInfo/Action')
  if (!isAgency(value(ORIGINAL_SENDER), header.from)) return no('the sender of the message', '/MessageProperties')
  if (!isAgency(value(FINAL_RECIPIENT), header.to)) return no('the recipient of the message', '/MessageProperties')
  if (!same([read.from, read.to], [agreed.from, agreed.to])) return no('the parties that were agreed', '/PartyInfo')
  if (!same([read.service, read.agreementRef], [agreed.service, agreed.ref]))
    return no('the service that was agreed', '/CollaborationInfo')
  return partsOf(read.parts, header.attachments, no)
}

function partsOf(
  parts: readonly ReadPart[],
  attachments: readonly Attachment[],
  no: (what: string, place: string) => Result<never>,
): Result<CheckedParts> {
  const [envelope, ...others] = parts
  const plain = (part: ReadPart, mimeType: string) =>
    part.properties.length === 1 && part.properties[0]?.name === MIME_TYPE && part.properties[0].value === mimeType
  // CompressionType, for one: the envelope travels as it is, byte for byte.
  if (envelope?.contentId !== ENVELOPE_CONTENT_ID || !plain(envelope, ENVELOPE_MIME))
    return no('a first part that is the envelope, unchanged', '/PayloadInfo/PartInfo')
  const carried = new Map<string, Attachment>()
  for (const [at, part] of others.entries()) {
    const attachment = attachments.find(({ cipherDigest }) => cipherPart(cipherDigest).contentId === part.contentId)
    const place = `/PayloadInfo/PartInfo[${at + 2}]`
    if (!attachment || carried.has(part.contentId)) return no('the attachments that the message names', place)
    if (!plain(part, cipherPart(attachment.cipherDigest).mimeType)) return no('a sealed file, unchanged', place)
    carried.set(part.contentId, attachment)
  }
  const here = new Set([...carried.values()])
  return ok({ carried, byReference: attachments.filter((one) => !here.has(one)) })
}

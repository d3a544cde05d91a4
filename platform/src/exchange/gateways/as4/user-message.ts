/**
 * A message of this protocol as the payload of an AS4 message. The envelope travels unchanged as one part; this is the
 * header beside it, and which parts there are. Transport, security and receipts of AS4 are the access point's.
 */
import { catchRefusal, type Result } from '../../../kernel/index.ts'
import { type Attachment, type Message, payloadTypeOf } from '../../wire/index.ts'
import { node, writeXml, type XmlNode } from '../xml/write-xml.ts'
import {
  AGENCY_TYPE,
  type Agreement,
  CIPHER_MIME,
  EBMS_NS,
  ENVELOPE_CONTENT_ID,
  ENVELOPE_MIME,
  FINAL_RECIPIENT,
  MIME_TYPE,
  ORIGINAL_SENDER,
  type Party,
} from './vocabulary.ts'

/** A part by its Content-ID. `cipherDigest` is null for the envelope itself. */
export type As4Part = { readonly contentId: string; readonly mimeType: string; readonly cipherDigest: string | null }

export type UserMessage = {
  readonly messageId: string
  readonly xml: string
  readonly parts: readonly As4Part[]
  /** Files that do not go along: the signed header of the message names each by the hash and size of its cipher. */
  readonly byReference: readonly Attachment[]
}

/**
 * The same at every attempt, so that an access point that tries again sends what its peer knows already: the id of the
 * message, which is never used for another, at the agency that made it (RFC 5322 msg-id, as ebMS wants).
 */
export function as4MessageId({ id, from }: { readonly id: string; readonly from: string }): string {
  return `${id}@${from}`
}

/** An exchange is known by the digest of the message that opened it; the opening is the first of its conversation. */
export function conversationIdOf({ header, digest }: Pick<Message, 'header' | 'digest'>): string {
  return header.exchange ?? digest
}

/**
 * `message`: as it was opened from the envelope that travels. `at`: when the header is made. `carry`: whether a sealed file
 * goes along as a part; what does not is fetched over the exchange itself, however large.
 */
export function writeUserMessage(
  message: Message,
  agreement: Agreement,
  at: string,
  carry: (attachment: Attachment) => boolean,
): Result<UserMessage> {
  const { header } = message
  const carried = header.attachments.filter(carry)
  const parts: readonly As4Part[] = [
    { contentId: ENVELOPE_CONTENT_ID, mimeType: ENVELOPE_MIME, cipherDigest: null },
    ...carried.map(({ cipherDigest }) => cipherPart(cipherDigest)),
  ]
  const messageId = as4MessageId(header)
  return catchRefusal(() => ({
    messageId,
    xml: writeXml(headerNode(message, agreement, at, parts)),
    parts,
    byReference: header.attachments.filter((one) => !carried.includes(one)),
  }))
}

export function cipherPart(cipherDigest: string): As4Part {
  return { contentId: `${cipherDigest}@cipher.comity`, mimeType: CIPHER_MIME, cipherDigest }
}

function headerNode(message: Message, { from, to, ref, service }: Agreement, at: string, parts: readonly As4Part[]) {
  const { header } = message
  return node(
    'eb:UserMessage',
    [
      node('eb:MessageInfo', [node('eb:Timestamp', at), node('eb:MessageId', as4MessageId(header))]),
      node('eb:PartyInfo', [partyNode('eb:From', from), partyNode('eb:To', to)]),
      node('eb:CollaborationInfo', [
        ref === null ? null : node('eb:AgreementRef', ref),
        node('eb:Service', service.value, service.type === null ? {} : { type: service.type }),
        node('eb:Action', payloadTypeOf(message)),
        node('eb:ConversationId', conversationIdOf(message)),
      ]),
      node('eb:MessageProperties', [
        propertyNode(ORIGINAL_SENDER, header.from, AGENCY_TYPE),
        propertyNode(FINAL_RECIPIENT, header.to, AGENCY_TYPE),
      ]),
      node(
        'eb:PayloadInfo',
        parts.map(({ contentId, mimeType }) =>
          node('eb:PartInfo', [node('eb:PartProperties', [propertyNode(MIME_TYPE, mimeType)])], {
            href: `cid:${contentId}`,
          }),
        ),
      ),
    ],
    { 'xmlns:eb': EBMS_NS },
  )
}

function partyNode(name: string, { id, type, role }: Party): XmlNode {
  return node(name, [node('eb:PartyId', id, { type }), node('eb:Role', role)])
}

function propertyNode(name: string, value: string, type?: string): XmlNode {
  return node('eb:Property', value, type === undefined ? { name } : { name, type })
}

import { describe, expect, test } from 'vitest'
import { bytesToHex, sha256, textToBytes } from '../../../kernel/index.ts'
import { type Attachment, AttachmentPart, type Message, openMessage, ownForms, packMessage } from '../../wire/index.ts'
import { directory, tallinn, vienna } from '../../wire/testing/agencies.ts'
import { exampleOf } from '../../wire/testing/example-of.ts'
import { exampleDraft } from '../../wire/testing/messages.ts'
import { checkUserMessage, readUserMessage } from './read-user-message.ts'
import { as4MessageId, writeUserMessage } from './user-message.ts'
import type { Agreement } from './vocabulary.ts'

const at = '2026-11-25T09:31:00.000Z'
const initiator = 'http://docs.oasis-open.org/ebxml-msg/ebms/v3.0/ns/core/200704/initiator'
const agreed: Agreement = {
  from: { id: 'gw-at', type: 'urn:oasis:names:tc:ebcore:partyid-type:unregistered', role: initiator },
  to: {
    id: 'gw-ee',
    type: 'urn:oasis:names:tc:ebcore:partyid-type:unregistered',
    role: initiator.replace('initi', 'respond'),
  },
  ref: null,
  service: { value: 'urn:example:exchange', type: 'e-codex' },
}
const attachment = (name: string): Attachment => ({
  ...(exampleOf(AttachmentPart) as Attachment),
  name,
  cipherDigest: bytesToHex(sha256(textToBytes(name))),
})

/** Sealed, opened again: the message that travels, with its envelope. */
function travelling(changes: Parameters<typeof exampleDraft>[2] = {}, type = 'fiu.request') {
  const packed = packMessage(exampleDraft(type, 1, changes), [vienna], ownForms)
  if (!packed.ok) throw new Error(packed.refusal.message)
  const opened = openMessage(packed.value.envelope, directory, tallinn.agency, ownForms)
  if (!opened.ok) throw new Error(opened.refusal.message)
  return { envelope: packed.value.envelope, message: opened.value }
}

function headerOf(message: Message, carry: (one: Attachment) => boolean = () => false): string {
  const written = writeUserMessage(message, agreed, at, carry)
  if (!written.ok) throw new Error(written.refusal.message)
  return written.value.xml
}
const read = (xml: string) => readUserMessage(textToBytes(xml))
const check = (xml: string, message: Message, agreement = agreed) => {
  const result = read(xml)
  return result.ok ? checkUserMessage(result.value, message, agreement) : result
}

describe('a message as the payload of an AS4 message', () => {
  const { message } = travelling()
  const xml = headerOf(message)

  test('has the parties, the collaboration, the corners and one part, and is read back', () => {
    expect(read(xml)).toEqual({
      ok: true,
      value: {
        messageId: `${message.header.id}@${vienna.agency}`,
        refToMessageId: null,
        timestamp: at,
        from: agreed.from,
        to: agreed.to,
        agreementRef: null,
        service: agreed.service,
        action: 'application/vnd.comity.fiu.request.v1+json',
        conversationId: message.digest,
        properties: [
          { name: 'originalSender', type: 'urn:comity:agency', value: vienna.agency },
          { name: 'finalRecipient', type: 'urn:comity:agency', value: tallinn.agency },
        ],
        parts: [
          {
            contentId: 'envelope@comity',
            properties: [{ name: 'MimeType', type: null, value: 'application/vnd.dsse.envelope.v1+json' }],
          },
        ],
      },
    })
    expect(check(xml, message)).toMatchObject({ ok: true, value: { byReference: [] } })
  })

  test('has one id however often it is tried, and a message that follows keeps the conversation', () => {
    const later = writeUserMessage(message, agreed, '2026-11-26T09:31:00.000Z', () => false)
    expect(later.ok && later.value.messageId).toBe(as4MessageId(message.header))
    const following = travelling({ exchange: message.digest }, 'ack')
    expect(read(headerOf(following.message))).toMatchObject({ value: { conversationId: message.digest } })
    expect(check(headerOf(following.message), following.message)).toMatchObject({ ok: true })
  })

  test('may stand in eb:Messaging, with what SOAP puts there', () => {
    const ns = 'http://docs.oasis-open.org/ebxml-msg/ebms/v3.0/ns/core/200704/'
    const inner = xml.replace(/^<\?xml.*\n/, '')
    const messaging = `<eb:Messaging xmlns:eb="${ns}" xmlns:s="urn:s" s:mustUnderstand="true">${inner}</eb:Messaging>`
    expect(check(messaging, message)).toMatchObject({ ok: true })
    expect(read(messaging.replace('</eb:Messaging>', `${inner}</eb:Messaging>`))).toMatchObject({
      refusal: { code: 'GATEWAY_XML_ELEMENT', place: expect.stringContaining('/Messaging/UserMessage[2]') },
    })
  })

  test('carries the sealed files that are asked for, and names the others by reference', () => {
    const attachments = [attachment('small.pdf'), attachment('image.dd'), attachment('order.pdf')]
    const { message: exhibits } = travelling({ attachments })
    const header = headerOf(exhibits, ({ name }) => name.endsWith('.pdf'))
    const result = check(header, exhibits)
    expect(result.ok && [...result.value.carried.values()].map(({ name }) => name)).toEqual(['small.pdf', 'order.pdf'])
    expect(result.ok && result.value.byReference).toEqual([attachments[1]])
    const strange = header.replace(attachments[0]?.cipherDigest ?? '', '00'.repeat(32))
    expect(check(strange, exhibits)).toMatchObject({
      refusal: { code: 'GATEWAY_AS4_DIFFERS', place: '/PayloadInfo/PartInfo[2]' },
    })
    const twice = header.replace(attachments[0]?.cipherDigest ?? '', attachments[2]?.cipherDigest ?? '')
    expect(check(twice, exhibits)).toMatchObject({ refusal: { place: '/PayloadInfo/PartInfo[3]' } })
  })

  test.each<[string, [string | RegExp, string], string]>([
    ['another id', ['0000a1@', '0000a2@'], '/MessageInfo/MessageId'],
    ['another conversation', [/(ConversationId>)../, '$1zz'], '/CollaborationInfo/ConversationId'],
    ['another type', ['fiu.request', 'fiu.answer'], '/CollaborationInfo/Action'],
    ['another sender', [`>${vienna.agency}<`, '>somebody<'], '/MessageProperties'],
    ['another recipient', [`>${tallinn.agency}<`, '>somebody<'], '/MessageProperties'],
    ['an id of another scheme', ['urn:comity:agency', 'urn:other'], '/MessageProperties'],
    ['another access point', ['gw-at', 'gw-xx'], '/PartyInfo'],
    ['another service', ['urn:example:exchange', 'urn:example:other'], '/CollaborationInfo'],
    ['another first part', ['cid:envelope@comity', 'cid:other@comity'], '/PayloadInfo/PartInfo'],
    [
      'a part that was packed',
      [
        '</eb:PartProperties>',
        '<eb:Property name="CompressionType">application/gzip</eb:Property></eb:PartProperties>',
      ],
      '/PayloadInfo/PartInfo',
    ],
  ])('with %s in the header is not filed', (_, [from, to], place) => {
    const changed = xml.replace(from, to)
    expect(changed).not.toBe(xml)
    expect(check(changed, message)).toMatchObject({ refusal: { code: 'GATEWAY_AS4_DIFFERS', place } })
  })

  test.each<[string, [string | RegExp, string], string, string]>([
    ['without an id', [/<eb:MessageId>.*<\/eb:MessageId>/, ''], 'GATEWAY_XML_MISSING', '/MessageInfo'],
    ['with an id without a domain', [/@at-[a-z-]+</, '<'], 'GATEWAY_XML_VALUE', '/MessageInfo/MessageId'],
    [
      'in another order',
      [/(<eb:PartyInfo>[\s\S]*<\/eb:PartyInfo>)\s*(<eb:CollaborationInfo>[\s\S]*<\/eb:CollaborationInfo>)/, '$2$1'],
      'GATEWAY_XML_MISSING',
      '/CollaborationInfo',
    ],
    ['with two services', [/(<eb:Service.*<\/eb:Service>)/, '$1$1'], 'GATEWAY_XML_MISSING', '/Service[2]'],
    ['with a property twice', ['finalRecipient', 'originalSender'], 'GATEWAY_XML_VALUE', '/MessageProperties'],
    [
      'with a part from elsewhere',
      ['cid:envelope@comity', 'https://x.invalid/envelope'],
      'GATEWAY_XML_VALUE',
      '/PartInfo',
    ],
    ['with a part in the body', [' href="cid:envelope@comity"', ''], 'GATEWAY_XML_VALUE', '/PartInfo'],
    ['of another namespace', ['200704/">', '20070523/">'], 'GATEWAY_XML_ELEMENT', '/UserMessage'],
    [
      'with an attribute that is not known',
      ['<eb:PartyInfo>', '<eb:PartyInfo x="1">'],
      'GATEWAY_XML_ELEMENT',
      '/PartyInfo',
    ],
    ['with a document type', ['<eb:UserMessage', '<!DOCTYPE x><eb:UserMessage'], 'GATEWAY_XML_DTD', 'line 2'],
  ])('%s is refused with its place', (_, [from, to], code, place) => {
    const changed = xml.replace(from, to)
    expect(changed).not.toBe(xml)
    expect(read(changed)).toMatchObject({ refusal: { code, place: expect.stringContaining(place) } })
  })
})

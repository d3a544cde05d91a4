import { describe, expect, test } from 'vitest'
import { bytesToBase64, textToBytes } from '../../../kernel/index.ts'
import { packStatement, type Receipt, type ReceiptKind, receiptForm, receiptKinds } from '../../wire/index.ts'
import { directory, stranger, tallinn, vienna } from '../../wire/testing/agencies.ts'
import { checkRemEvidence, readRemEvidence } from './read-evidence.ts'
import { remEvidences, remNameOf } from './vocabulary.ts'
import { writeRemEvidence } from './write-evidence.ts'

const kinds = Object.keys(receiptKinds) as ReceiptKind[]

function receiptOf(kind: ReceiptKind, by = receiptKinds[kind].by === 'to' ? tallinn : vienna): Uint8Array {
  const value: Receipt = {
    v: 1,
    kind,
    ...(receiptKinds[kind].hasCode ? { code: 'EXCHANGE_BODY' } : {}),
    message: { id: '01936c3a-5f00-7a10-8b20-0000000000a1', digest: 'd1'.repeat(32) },
    from: vienna.agency,
    to: tallinn.agency,
    at: '2026-11-25T09:31:00.000Z',
  }
  const packed = packStatement(receiptForm, value, [by])
  if (!packed.ok) throw new Error(packed.refusal.message)
  return packed.value
}

function evidenceOf(kind: ReceiptKind): string {
  const written = writeRemEvidence(receiptOf(kind), directory)
  if (!written.ok) throw new Error(written.refusal.message)
  return written.value
}

const read = (text: string) => readRemEvidence(textToBytes(text))
const check = (text: string) => {
  const result = read(text)
  return result.ok ? checkRemEvidence(result.value, directory) : result
}

describe('a receipt as evidence of a registered delivery', () => {
  test.each(kinds)('%s comes back with the very bytes of the receipt, and verifies', (kind) => {
    const result = read(evidenceOf(kind))
    expect(result).toMatchObject({
      ok: true,
      value: {
        name: receiptKinds[kind].evidence,
        receipt: receiptOf(kind),
        message: { user: '01936c3a-5f00-7a10-8b20-0000000000a1' },
        xmlSignature: false,
      },
    })
    expect(check(evidenceOf(kind))).toMatchObject({ ok: true, value: { value: { kind } } })
    expect(evidenceOf(kind)).toBe(evidenceOf(kind))
  })

  test('each kind is one evidence, and no evidence stands for two kinds', () => {
    const pairs = kinds.map((kind) => {
      expect(remNameOf[kind]).toBe(receiptKinds[kind].evidence)
      const { element, event } = remEvidences[remNameOf[kind]]
      return `${element} ${event}`
    })
    expect(new Set(pairs).size).toBe(kinds.length)
  })

  test('that nobody of the directory has signed becomes none', () => {
    expect(writeRemEvidence(receiptOf('ACCEPTED', stranger), directory)).toMatchObject({ ok: false })
    expect(writeRemEvidence(receiptOf('ACCEPTED', vienna), directory)).toMatchObject({
      refusal: { code: 'EXCHANGE_SENDER' },
    })
  })
})

describe('an evidence of a registered delivery', () => {
  test.each<[string, [string | RegExp, string], string, string]>([
    ['another event', ['Event#Rejection', 'Event#Acceptance'], 'GATEWAY_REM_DIFFERS', '/EventCode'],
    ['another time', ['09:31:00.000Z</EventTime>', '09:32:00.000Z</EventTime>'], 'GATEWAY_REM_DIFFERS', '/EventTime'],
    [
      'another identifier',
      [/<EvidenceIdentifier>../, '<EvidenceIdentifier>00'],
      'GATEWAY_REM_DIFFERS',
      '/EvidenceIdentifier',
    ],
    [
      'another issuer',
      [/(<EvidenceIssuerDetails>\s+<[^>]+>)[^<]+/, '$1somebody'],
      'GATEWAY_REM_DIFFERS',
      '/EvidenceIssuerDetails',
    ],
    ['another sender', [/(<SenderDetails>\s+<[^>]+>)[^<]+/, '$1somebody'], 'GATEWAY_REM_DIFFERS', '/SenderDetails'],
    [
      'another recipient',
      [/(<EntityDetails>\s+<[^>]+>)[^<]+/, '$1somebody'],
      'GATEWAY_REM_DIFFERS',
      '/RecipientsDetails',
    ],
    [
      'another message',
      ['a1</UAMessageIdentifier>', 'a2</UAMessageIdentifier>'],
      'GATEWAY_REM_DIFFERS',
      '/SenderMessageDetails',
    ],
    ['another reason', ['EXCHANGE_BODY', 'EXCHANGE_HEADER'], 'GATEWAY_REM_DIFFERS', '/EventReasons'],
    ['no receipt', [/<Extensions>[\s\S]*<\/Extensions>/, ''], 'GATEWAY_REM_NO_RECEIPT', '/Extensions'],
    [
      'a receipt of a stranger',
      [/(<comity:Receipt>)[^<]+/, `$1${bytesToBase64(receiptOf('REJECTED', stranger))}`],
      'EXCHANGE_KEY_UNKNOWN',
      '',
    ],
  ])('with %s than the receipt inside proves nothing', (_, [from, to], code, place) => {
    const text = evidenceOf('REJECTED').replace(from, to)
    expect(text).not.toBe(evidenceOf('REJECTED'))
    expect(check(text)).toMatchObject({ ok: false, refusal: { code, ...(place ? { place } : {}) } })
  })

  test.each<[string, [string | RegExp, string], string, string]>([
    [
      'of another namespace',
      ['02640/v2#', '02640/v3#'],
      'GATEWAY_XML_ELEMENT',
      'line 2, /RelayREMMDAcceptanceRejection',
    ],
    [
      'of an unknown kind',
      [/RelayREMMDAcceptanceRejection/g, 'ReceivedByNonREMSystem'],
      'GATEWAY_XML_ELEMENT',
      'line 2',
    ],
    ['with an event of another', ['Event#Rejection', 'Event#Retrieval'], 'GATEWAY_XML_VALUE', '/EventCode'],
    ['without a time', [/<EventTime>.*<\/EventTime>/, ''], 'GATEWAY_XML_MISSING', '/SenderDetails'],
    [
      'with a time that is none',
      ['2026-11-25T09:31:00.000Z</EventTime>', 'yesterday</EventTime>'],
      'GATEWAY_XML_VALUE',
      '/EventTime',
    ],
    [
      'in another order',
      [/(<EventCode>.*<\/EventCode>)\s*(<EventReasons>[\s\S]*<\/EventReasons>)/, '$2$1'],
      'GATEWAY_XML_MISSING',
      '/EventReasons',
    ],
    ['with more than is known', ['</Extensions>', '</Extensions><More/>'], 'GATEWAY_XML_ELEMENT', '/More'],
    [
      'with two receipts',
      [/(<Extension [\s\S]*<\/Extension>)/, '$1$1'],
      'GATEWAY_XML_ELEMENT',
      '/Extensions/Extension[2]/Receipt',
    ],
    ['with a receipt that is not base64', [/(<comity:Receipt>)./, '$1*'], 'GATEWAY_XML_VALUE', '/Receipt'],
    [
      'with something critical of others',
      ['<Extensions>', '<Extensions><Extension isCritical="true"><x xmlns="urn:x"/></Extension>'],
      'GATEWAY_XML_ELEMENT',
      '/Extension',
    ],
    ['with a document type', ['<Relay', '<!DOCTYPE x><Relay'], 'GATEWAY_XML_DTD', 'line 2'],
  ])('%s is refused with its place', (_, [from, to], code, place) => {
    const text = evidenceOf('REJECTED').replace(from, to)
    expect(read(text)).toMatchObject({
      refusal: { code, place: expect.stringContaining(place), fix: expect.any(String) },
    })
  })

  test('of a connector is read as what it claims, and what is not read is named', () => {
    const text = `<RelayREMMDFailure xmlns="http://uri.etsi.org/02640/v2#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" version="2.1.1">
<EventCode>http:uri.etsi.org/02640/Event#DeliveryExpiration</EventCode>
<EvidenceIdentifier>8f38</EvidenceIdentifier>
<EvidenceIssuerDetails><NamesPostalAddresses><x/></NamesPostalAddresses><AttributedElectronicAddress scheme="mailto">gw@example.org</AttributedElectronicAddress></EvidenceIssuerDetails>
<EventTime>2026-11-25T10:31:00.201+01:00</EventTime>
<SenderDetails><AttributedElectronicAddress scheme="mailto">a@example.org</AttributedElectronicAddress></SenderDetails>
<RecipientsDetails><EntityDetails><AttributedElectronicAddress scheme="mailto">b@example.org</AttributedElectronicAddress></EntityDetails></RecipientsDetails>
<SenderMessageDetails isNotification="false"><MessageSubject>s</MessageSubject><MessageIdentifierByREMMD>m1</MessageIdentifierByREMMD><ds:DigestMethod Algorithm="x"/></SenderMessageDetails>
<ds:Signature><ds:SignedInfo/></ds:Signature>
</RelayREMMDFailure>`
    const result = read(text)
    expect(result).toMatchObject({
      ok: true,
      value: {
        name: 'RELAY_REMMD_FAILURE',
        receipt: null,
        xmlSignature: true,
        message: { user: null, connector: 'm1' },
        notRead: [
          'line 4, /RelayREMMDFailure/EvidenceIssuerDetails/NamesPostalAddresses',
          'line 8, /RelayREMMDFailure/SenderMessageDetails/MessageSubject',
          'line 8, /RelayREMMDFailure/SenderMessageDetails/DigestMethod',
        ],
      },
    })
    expect(result.ok && checkRemEvidence(result.value, directory)).toMatchObject({
      refusal: { code: 'GATEWAY_REM_NO_RECEIPT' },
    })
  })
})

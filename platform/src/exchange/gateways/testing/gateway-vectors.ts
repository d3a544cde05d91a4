/** Vectors of the gateways for other implementers: what they look like, how one is run, and what they are made with. */
import { base64ToBytes, bytesToBase64, type Json, type Result, textToBytes } from '../../../kernel/index.ts'
import {
  openMessage,
  ownForms,
  packMessage,
  packStatement,
  type ReceiptKind,
  receiptForm,
  receiptKinds,
} from '../../wire/index.ts'
import { directory, stranger, tallinn, vienna } from '../../wire/testing/agencies.ts'
import { asJson, exampleDraft } from '../../wire/testing/messages.ts'
import {
  type Agreement,
  checkRemEvidence,
  checkUserMessage,
  readGoamlReport,
  readRemEvidence,
  readUserMessage,
  requestToReport,
  writeGoamlReport,
  writeRemEvidence,
  writeUserMessage,
} from '../index.ts'
import { inventedHead, inventedProfile } from './goaml-profile.ts'

/** vectors/gateways/MANIFEST.md says what each member means. */
export type GatewayVector = {
  readonly claim: string
  readonly reads: 'rem' | 'as4' | 'goaml'
  readonly xml: string
  /** as4: the envelope beside the header, in base64. */
  readonly envelope?: string
  readonly gives?: Json
  readonly refused?: string
}

const at = '2026-11-25T09:31:00.000Z'
const role = (name: string) => `http://docs.oasis-open.org/ebxml-msg/ebms/v3.0/ns/core/200704/${name}`
const unregistered = 'urn:oasis:names:tc:ebcore:partyid-type:unregistered'
export const vectorAgreement: Agreement = {
  from: { id: 'gw-at', type: unregistered, role: role('initiator') },
  to: { id: 'gw-ee', type: unregistered, role: role('responder') },
  ref: null,
  service: { value: 'urn:example:exchange', type: null },
}

export function runGatewayVector({ reads, xml, envelope }: GatewayVector): { gives?: Json; refused?: string } {
  const result = read(reads, textToBytes(xml), envelope)
  return result.ok ? { gives: asJson(result.value) } : { refused: result.refusal.code }
}

function read(reads: GatewayVector['reads'], bytes: Uint8Array, envelope = ''): Result<unknown> {
  if (reads === 'goaml') return readGoamlReport(bytes, inventedProfile)
  if (reads === 'rem') {
    const evidence = readRemEvidence(bytes)
    return evidence.ok ? checkRemEvidence(evidence.value, directory) : evidence
  }
  const header = readUserMessage(bytes)
  if (!header.ok) return header
  const message = openMessage(base64ToBytes(envelope) ?? new Uint8Array(), directory, tallinn.agency, ownForms)
  if (!message.ok) return message
  const checked = checkUserMessage(header.value, message.value, vectorAgreement)
  return checked.ok ? header : checked
}

/** File name → vectors. */
export function gatewayVectors(): ReadonlyMap<string, readonly GatewayVector[]> {
  return new Map([
    ['rem.json', remVectors()],
    ['as4.json', as4Vectors()],
    ['goaml.json', goamlVectors()],
  ])
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.refusal))
  return result.value
}

type Change = readonly [claim: string, from: string | RegExp, to: string]

function withChanges(good: GatewayVector, changes: readonly Change[]): readonly GatewayVector[] {
  return changes.map(([claim, from, to]) => {
    const xml = good.xml.replace(from, to)
    const bad = { ...good, claim, xml }
    const { refused } = runGatewayVector(bad)
    if (xml === good.xml || refused === undefined) throw new Error(`${claim} is not refused`)
    const { gives: _, ...rest } = bad
    return { ...rest, refused }
  })
}

function good(vector: Omit<GatewayVector, 'gives'>): GatewayVector {
  const { gives, refused } = runGatewayVector(vector)
  if (gives === undefined) throw new Error(`${vector.claim} is refused: ${refused}`)
  return { ...vector, gives }
}

function receiptOf(kind: ReceiptKind, by = receiptKinds[kind].by === 'to' ? tallinn : vienna): Uint8Array {
  const value = {
    v: 1 as const,
    kind,
    ...(receiptKinds[kind].hasCode ? { code: 'EXCHANGE_BODY' } : {}),
    message: { id: '01936c3a-5f00-7a10-8b20-0000000000a1', digest: 'd1'.repeat(32) },
    from: vienna.agency,
    to: tallinn.agency,
    at,
  }
  return must(packStatement(receiptForm, value, [by]))
}

function remVectors(): readonly GatewayVector[] {
  const all = (Object.keys(receiptKinds) as ReceiptKind[]).map((kind) =>
    good({
      claim: `a receipt that says ${kind}`,
      reads: 'rem',
      xml: must(writeRemEvidence(receiptOf(kind), directory)),
    }),
  )
  const rejected = all[1] as GatewayVector
  const strange = bytesToBase64(receiptOf('REJECTED', stranger))
  return [
    ...all,
    ...withChanges(rejected, [
      ['another event than the receipt inside', 'Event#Rejection', 'Event#Acceptance'],
      ['another time than the receipt inside', '09:31:00.000Z</EventTime>', '09:32:00.000Z</EventTime>'],
      ['another message than the receipt inside', 'a1</UAMessageIdentifier>', 'a2</UAMessageIdentifier>'],
      ['no receipt', /<Extensions>[\s\S]*<\/Extensions>/, ''],
      ['a receipt that nobody of the directory has signed', /(<comity:Receipt>)[^<]+/, `$1${strange}`],
      ['two receipts', /(<Extension [\s\S]*<\/Extension>)/, '$1$1'],
      ['no time', /<EventTime>.*<\/EventTime>/, ''],
      ['another namespace', '02640/v2#', '02640/v3#'],
      ['an entity of its own', /<Relay/, '<!DOCTYPE x [<!ENTITY e "x">]><Relay'],
    ]),
  ]
}

function as4Vectors(): readonly GatewayVector[] {
  const { envelope } = must(packMessage(exampleDraft('fiu.request', 1), [vienna], ownForms))
  const message = must(openMessage(envelope, directory, tallinn.agency, ownForms))
  const { xml } = must(writeUserMessage(message, vectorAgreement, at, () => false))
  const whole = good({ claim: 'a request', reads: 'as4', xml, envelope: bytesToBase64(envelope) })
  return [
    whole,
    ...withChanges(whole, [
      ['the id of another message', '0000a1@', '0000a2@'],
      ['the conversation of another exchange', /(ConversationId>)[0-9a-f]{2}/, '$1zz'],
      ['another type of message', 'fiu.request', 'fiu.answer'],
      ['another sender', `>${vienna.agency}<`, '>somebody<'],
      ['another access point', 'gw-at', 'gw-xx'],
      ['a part that lies elsewhere', 'cid:envelope@comity', 'https://x.invalid/envelope'],
      [
        'a part that was packed',
        /(<eb:Property name="MimeType">[^<]*<\/eb:Property>)/,
        '$1<eb:Property name="CompressionType">application/gzip</eb:Property>',
      ],
      ['a property twice', 'finalRecipient', 'originalSender'],
    ]),
  ]
}

function goamlVectors(): readonly GatewayVector[] {
  const body = exampleDraft('fiu.request', 1).body as never
  const { report } = must(requestToReport(body, inventedHead, inventedProfile))
  const whole = good({ claim: 'a request', reads: 'goaml', xml: must(writeGoamlReport(report, inventedProfile)) })
  return [
    whole,
    good({
      claim: 'an element that is not of the subset is named',
      reads: 'goaml',
      xml: whole.xml.replace('<activity>', '<narrative>x</narrative>\n  <activity>'),
    }),
    ...withChanges(whole, [
      ['a code of no list', '>ORI<', '>XYZ<'],
      ['another currency', '>EUR<', '>USD<'],
      ['no activity', /<activity>[\s\S]*<\/activity>/, ''],
      ['one thing twice', /(<report_code>.*<\/report_code>)/, '$1$1'],
      ['a day for a time', /(<submission_date>\d{4}-\d\d-\d\d)[^<]*/, '$1'],
      ['a document type', '<report>', '<!DOCTYPE report SYSTEM "goaml.dtd"><report>'],
    ]),
  ]
}

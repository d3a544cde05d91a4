/**
 * An ETSI-REM evidence, of ours or of a connector. What it says of itself is a claim until somebody has checked a signature:
 * that of the XML is not checked here (an access point does), that of a receipt inside is checked by whoever has the keys
 * (`openStatement`), and `checkRemEvidence` then holds the two to each other.
 */
import { base64ToBytes, catchRefusal, ok, type Result, refuse, stop } from '../../../kernel/index.ts'
import { type Keys, openStatement, type Receipt, receiptForm, receiptKinds, type Statement } from '../../wire/index.ts'
import { readXml, type XmlElement } from '../xml/read-xml.ts'
import { attributeOf, expectElement, fittingTextOf, placeOf, sequenceOf, textOf } from '../xml/walk-xml.ts'
import {
  AGENCY_SCHEME,
  alsoKnownAs,
  COMITY_NS,
  DS_NS,
  OTHER_REASON,
  REM_NS,
  type RemEvidenceName,
  remEvidences,
  remNameOf,
} from './vocabulary.ts'

export type RemAddress = { readonly scheme: string | null; readonly address: string }

export type ReadRemEvidence = {
  readonly name: RemEvidenceName
  readonly identifier: string
  readonly reasons: readonly { readonly code: string; readonly details: string | null }[]
  /** As written: connectors write local times with their offset. */
  readonly eventTime: string
  readonly issuer: readonly RemAddress[]
  readonly sender: readonly RemAddress[]
  readonly recipients: readonly RemAddress[]
  /** Ids of the message, as the user's system and as the connector call it; null where the evidence names no message. */
  readonly message: { readonly user: string | null; readonly connector: string } | null
  /** The receipt as it was carried; null in an evidence that is not ours. Nothing of it was checked. */
  readonly receipt: Uint8Array | null
  /** Whether an XML signature is there. It was not checked. */
  readonly xmlSignature: boolean
  /** What stands in it and is not read here, by place. */
  readonly notRead: readonly string[]
}

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})?$/
/** A receipt has at most 21 kB of text; in an envelope and twice in base64 that is less than this. */
const MAX_EVIDENCE_BYTES = 256 * 1024

export function readRemEvidence(bytes: Uint8Array): Result<ReadRemEvidence> {
  const root = readXml(bytes, { maxBytes: MAX_EVIDENCE_BYTES, maxDepth: 24, maxElements: 2000 })
  return root.ok ? catchRefusal(() => evidenceOf(root.value)) : root
}

function evidenceOf(root: XmlElement): ReadRemEvidence {
  const known = Object.values(remEvidences).some(({ element }) => element === root.name)
  if (root.ns !== REM_NS || !known)
    stop('GATEWAY_XML_ELEMENT', `{${root.ns}}${root.name} is no evidence of a registered delivery.`, {
      place: placeOf(root),
      fix: `Expected is one of ${[...new Set(Object.values(remEvidences).map(({ element }) => element))].join(', ')} in ${REM_NS}.`,
    })
  const notRead: string[] = []
  const leave = (element: XmlElement | null) => {
    if (element) notRead.push(placeOf(element))
  }
  const parts = sequenceOf(root, ['version', 'Id'])
  const event = parts.one('EventCode')
  const name = nameOf(root, event)
  const reasons = parts.maybe('EventReasons')
  const identifier = textOf(parts.one('EvidenceIdentifier'))
  leave(parts.maybe('EvidenceIssuerPolicyID'))
  const issuer = addressesOf(parts.one('EvidenceIssuerDetails'), leave)
  leave(parts.maybe('SenderAuthenticationDetails'))
  leave(parts.maybe('RecipientAuthenticationDetails'))
  const eventTime = fittingTextOf(parts.one('EventTime'), TIME, 'a time as 2026-11-25T09:31:00.000Z')
  leave(parts.maybe('SubmissionTime'))
  leave(parts.maybe('ReplyTo'))
  leave(parts.maybe('ReplyToAddress'))
  const sender = addressesOf(parts.one('SenderDetails'), leave)
  const list = sequenceOf(parts.one('RecipientsDetails'))
  const recipients = list.many('EntityDetails').flatMap((one) => addressesOf(one, leave))
  list.end()
  leave(parts.maybe('RecipientsDelegatesDetails'))
  leave(parts.maybe('EvidenceRefersToRecipient'))
  const details = parts.maybe('SenderMessageDetails')
  leave(parts.maybe('NotificationMessageDetails'))
  leave(parts.maybe('ForwardedToExternalSystem'))
  leave(parts.maybe('TransactionLogInformation'))
  const extensions = parts.maybe('Extensions')
  const signature = parts.maybe('Signature', DS_NS)
  parts.end()
  return {
    name,
    identifier,
    reasons: reasons === null ? [] : reasonsOf(reasons),
    eventTime,
    issuer,
    sender,
    recipients,
    message: details === null ? null : messageOf(details, leave),
    receipt: extensions === null ? null : receiptOf(extensions, leave),
    xmlSignature: signature !== null,
    notRead,
  }
}

function nameOf(root: XmlElement, code: XmlElement): RemEvidenceName {
  const text = textOf(code)
  const all = [
    ...Object.entries(remEvidences).map(([name, rest]) => ({ name: name as RemEvidenceName, ...rest })),
    ...alsoKnownAs,
  ].filter(({ element }) => element === root.name)
  const found = all.find(({ event }) => event === text)
  if (found) return found.name
  return stop('GATEWAY_XML_VALUE', `An evidence ${root.name} has no event ${text}.`, {
    place: placeOf(code),
    fix: `Expected is one of ${all.map(({ event }) => event).join(', ')}.`,
  })
}

function reasonsOf(element: XmlElement) {
  const parts = sequenceOf(element)
  const reasons = parts.many('EventReason').map((one) => {
    const inner = sequenceOf(one)
    const code = textOf(inner.one('Code'))
    const details = inner.maybe('Details')
    inner.end()
    return { code, details: details === null ? null : textOf(details) }
  })
  parts.end()
  return reasons
}

function addressesOf(element: XmlElement, leave: (left: XmlElement) => void): RemAddress[] {
  return element.children.flatMap((child) => {
    if (child.ns === REM_NS && child.name === 'AttributedElectronicAddress')
      return [{ scheme: attributeOf(child, 'scheme'), address: textOf(child) }]
    leave(child)
    return []
  })
}

function messageOf(element: XmlElement, leave: (left: XmlElement | null) => void) {
  const parts = sequenceOf(element, ['isNotification'])
  leave(parts.maybe('MessageSubject'))
  const user = parts.maybe('UAMessageIdentifier')
  const connector = textOf(parts.one('MessageIdentifierByREMMD'))
  leave(parts.maybe('DigestMethod', DS_NS))
  leave(parts.maybe('DigestValue', DS_NS))
  parts.end()
  return { user: user === null ? null : textOf(user), connector }
}

function receiptOf(element: XmlElement, leave: (left: XmlElement) => void): Uint8Array | null {
  const found: XmlElement[] = []
  for (const extension of element.children) {
    expectElement(extension, REM_NS, 'Extension')
    const [only, second] = extension.children
    const ours = only?.ns === COMITY_NS && second === undefined
    if (ours) found.push(expectElement(only, COMITY_NS, 'Receipt'))
    else if (attributeOf(extension, 'isCritical') === 'true')
      stop('GATEWAY_XML_ELEMENT', 'An extension that must be understood is not known here.', {
        place: placeOf(extension),
        fix: 'Read the evidence with what made it.',
      })
    else leave(extension)
  }
  const [first, second] = found
  if (second)
    stop('GATEWAY_XML_ELEMENT', 'An evidence carries two receipts.', {
      place: placeOf(second),
      fix: 'Ask for one evidence for each receipt.',
    })
  if (!first) return null
  const bytes = base64ToBytes(textOf(first))
  return (
    bytes ??
    stop('GATEWAY_XML_VALUE', 'The receipt inside the evidence is not base64.', {
      place: placeOf(first),
      fix: 'Carry the envelope of the receipt unchanged.',
    })
  )
}

/** Opens the receipt inside by the keys of the directory, and refuses where the XML around it says something else. */
export function checkRemEvidence(evidence: ReadRemEvidence, keys: Keys): Result<Statement<Receipt>> {
  const no = (what: string, place: string) =>
    refuse('GATEWAY_REM_DIFFERS', `The evidence says something else than the receipt inside: ${what}.`, {
      place,
      fix: 'Rely on the receipt alone, and tell whoever made the evidence.',
    })
  if (evidence.receipt === null)
    return refuse('GATEWAY_REM_NO_RECEIPT', 'The evidence carries no receipt of this protocol.', {
      place: '/Extensions',
      fix: 'Have its XML signature checked by the access point; here nothing of it is proven.',
    })
  const opened = openStatement(receiptForm, evidence.receipt, keys)
  if (!opened.ok) return opened
  const { value, digest } = opened.value
  const isAgency = (list: readonly RemAddress[], agency: string) =>
    list.length === 1 && list[0]?.scheme === AGENCY_SCHEME && list[0].address === agency
  if (evidence.name !== remNameOf[value.kind]) return no('what became of the message', '/EventCode')
  if (evidence.identifier !== digest) return no('which receipt it is', '/EvidenceIdentifier')
  if (evidence.eventTime !== value.at) return no('when', '/EventTime')
  if (!isAgency(evidence.issuer, value[receiptKinds[value.kind].by])) return no('who says it', '/EvidenceIssuerDetails')
  if (!isAgency(evidence.sender, value.from)) return no('the sender', '/SenderDetails')
  if (!isAgency(evidence.recipients, value.to)) return no('the recipient', '/RecipientsDetails')
  const { user, connector } = evidence.message ?? {}
  if (user !== value.message.id || connector !== value.message.id) return no('which message', '/SenderMessageDetails')
  const expected = value.code === undefined ? [] : [{ code: OTHER_REASON, details: value.code }]
  if (JSON.stringify(evidence.reasons) !== JSON.stringify(expected)) return no('why', '/EventReasons')
  return ok(opened.value)
}

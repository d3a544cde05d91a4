/**
 * A receipt as an ETSI-REM evidence. What the evidence says is what the receipt says; the receipt itself, with its
 * signature, goes along unchanged in the extension, and is what proves anything: the evidence has no signature of its own,
 * which an access point adds with its own key.
 */
import { bytesToBase64, catchRefusal, type Result } from '../../../kernel/index.ts'
import { type Keys, openStatement, receiptForm, receiptKinds } from '../../wire/index.ts'
import { node, writeXml, type XmlNode } from '../xml/write-xml.ts'
import { AGENCY_SCHEME, COMITY_NS, OTHER_REASON, REM_NS, REM_VERSION, remEvidences, remNameOf } from './vocabulary.ts'

/**
 * `receipt`: the envelope as it arrived. It is opened with the keys of the directory first: what does not verify is handed
 * on as nothing. The same receipt gives the same bytes, and its evidence the digest of the receipt as identifier.
 */
export function writeRemEvidence(receipt: Uint8Array, keys: Keys): Result<string> {
  const opened = openStatement(receiptForm, receipt, keys)
  if (!opened.ok) return opened
  const { value, digest } = opened.value
  const { element, event } = remEvidences[remNameOf[value.kind]]
  const issuer = value[receiptKinds[value.kind].by]
  return catchRefusal(() =>
    writeXml(
      node(
        element,
        [
          node('EventCode', event),
          value.code === undefined
            ? null
            : node('EventReasons', [node('EventReason', [node('Code', OTHER_REASON), node('Details', value.code)])]),
          node('EvidenceIdentifier', digest),
          node('EvidenceIssuerDetails', [agencyNode(issuer)]),
          node('EventTime', value.at),
          node('SenderDetails', [agencyNode(value.from)]),
          node('RecipientsDetails', [node('EntityDetails', [agencyNode(value.to)])]),
          // The schema wants a subject; a receipt knows none, so that the id stands in its place. No ds:DigestValue: the
          // digest of a message is over its signed bytes with their type, and not over any file that an access point sees.
          node(
            'SenderMessageDetails',
            [
              node('MessageSubject', value.message.id),
              node('UAMessageIdentifier', value.message.id),
              node('MessageIdentifierByREMMD', value.message.id),
            ],
            { isNotification: 'false' },
          ),
          node('Extensions', [
            node('Extension', [node('comity:Receipt', bytesToBase64(receipt))], { isCritical: 'false' }),
          ]),
        ],
        { xmlns: REM_NS, 'xmlns:comity': COMITY_NS, version: REM_VERSION },
      ),
    ),
  )
}

function agencyNode(agency: string): XmlNode {
  return node('AttributedElectronicAddress', agency, { scheme: AGENCY_SCHEME })
}

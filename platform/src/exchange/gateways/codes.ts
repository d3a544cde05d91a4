import type { CodeEntry } from '../../kernel/index.ts'

/** Codes of the gateways to the formats of others. Retired codes are never reused. */
export const gatewayCodes: readonly CodeEntry[] = [
  {
    code: 'GATEWAY_XML_TOO_LARGE',
    meaning: 'An XML document has more bytes, elements or attributes than are read at once.',
    fix: 'Send less at once; large files go beside it, by reference and hash.',
  },
  {
    code: 'GATEWAY_XML_TOO_DEEP',
    meaning: 'An XML document is nested deeper than any of the formats here is.',
    fix: 'Check who made it, and how.',
  },
  {
    code: 'GATEWAY_XML_ENCODING',
    meaning: 'An XML document is not XML 1.0 in UTF-8, or declares itself as something else.',
    fix: 'Save it as XML 1.0 in UTF-8.',
  },
  {
    code: 'GATEWAY_XML_MALFORMED',
    meaning: 'A document is not well-formed XML with namespaces.',
    fix: 'Correct it at the line that is named, or ask for it again.',
  },
  {
    code: 'GATEWAY_XML_DTD',
    meaning:
      'An XML document has a document type (DOCTYPE). None is read, no entity is expanded and nothing is fetched.',
    fix: 'Send it without a document type.',
  },
  {
    code: 'GATEWAY_XML_PART',
    meaning: 'An XML document holds a processing instruction; none is followed here.',
    fix: 'Leave it out.',
  },
  {
    code: 'GATEWAY_XML_MIXED',
    meaning: 'An element holds text and elements beside each other; no format here has that.',
    fix: 'Put the text into an element of its own.',
  },
  {
    code: 'GATEWAY_XML_ELEMENT',
    meaning: 'An element or attribute is not known at its place, or has another name or namespace than is expected.',
    fix: 'Compare it with the page of the format in docs/spec; the refusal names line and path.',
  },
  {
    code: 'GATEWAY_XML_MISSING',
    meaning: 'An element lacks a part that it cannot be without.',
    fix: 'Add the part that is named, at that place.',
  },
  {
    code: 'GATEWAY_XML_VALUE',
    meaning: 'The text of an element or attribute does not have the form that it must have.',
    fix: 'Write it as the refusal says.',
  },
  {
    code: 'GATEWAY_TEXT',
    meaning: 'A text holds a character that XML cannot carry.',
    fix: 'Remove the control character; if the text itself is evidence, attach it as a file.',
  },
  {
    code: 'GATEWAY_REM_NO_RECEIPT',
    meaning:
      'An evidence of a registered delivery carries no receipt of this protocol, so that nothing in it can be proven here.',
    fix: 'Have its XML signature checked by the access point that delivered it.',
  },
  {
    code: 'GATEWAY_REM_DIFFERS',
    meaning: 'An evidence of a registered delivery says something else than the signed receipt that it carries.',
    fix: 'Rely on the receipt alone, and tell whoever made the evidence.',
  },
  {
    code: 'GATEWAY_AS4_DIFFERS',
    meaning:
      'The header of an AS4 message does not fit the message that it carries, or what the access points have agreed.',
    fix: 'Do not file the message under this header; ask the access point for what it received.',
  },
  {
    code: 'GATEWAY_GOAML_CODE',
    meaning:
      'A goAML report uses a code that is not in the lists of the FIU, or a kind of report that does not fit the message.',
    fix: 'Use a code of the list that the FIU published; the refusal names the element.',
  },
  {
    code: 'GATEWAY_GOAML_LENGTH',
    meaning: 'A text is longer than the FIU takes in that element of goAML. Nothing is cut.',
    fix: 'Say it shorter, and attach the whole text as a file.',
  },
  {
    code: 'GATEWAY_GOAML_VALUE',
    meaning: 'A payment cannot be put into a goAML report: its value in the local currency, or its side, is not known.',
    fix: 'State the value in the local currency with its source, or name an account or an address.',
  },
  {
    code: 'GATEWAY_IVMS_FORM',
    meaning:
      'An identity payload (IVMS101) does not have the form of the standard: a member is missing, too long, or of no code.',
    fix: 'Ask who wrote it; the refusal names the member.',
  },
  {
    code: 'GATEWAY_IVMS_CONSTRAINT',
    meaning: 'An identity payload (IVMS101) breaks a constraint of the standard, which the message names.',
    fix: 'Ask who wrote it; what was received is kept as it is, and what is written here is completed first.',
  },
  {
    code: 'TAXII_MEDIA_TYPE',
    meaning: 'A TAXII client does not accept TAXII 2.1, the only version that is spoken.',
    fix: 'Send Accept: application/taxii+json;version=2.1.',
  },
  {
    code: 'TAXII_NOT_FOUND',
    meaning: 'There is no such TAXII resource for this caller; whether it is there for others is not said.',
    fix: 'Ask for the collections first.',
  },
  {
    code: 'TAXII_QUERY',
    meaning: 'A filter of a TAXII request is not known for the resource, is stated twice, or does not have its form.',
    fix: 'Correct the filter that the answer names.',
  },
  {
    code: 'TAXII_READ_ONLY',
    meaning: 'A TAXII client tried to add or delete; nothing is taken in over TAXII.',
    fix: 'Send it as a message, or have it taken into a case from a file.',
  },
]

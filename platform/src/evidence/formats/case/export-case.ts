/**
 * An evidence package as CASE/UCO 1.4.0 (JSON-LD).
 *
 * A hand-over is two actions, the release and the receipt, joined by a relationship of the kind `custody-transfer`; the
 * hash is that of the image, never of the device; the warrant is a case-investigation:Authorization. Nothing is lost.
 */
import { listNames, type Row } from '../fields.ts'
import { type FormatManifest, lossBook, noteHead, noteList } from '../manifest.ts'
import { markingLine } from '../marking-line.ts'
import type { EvidencePackage } from '../model.ts'
import type { Release } from '../release.ts'
import { uuidV5 } from '../uuid.ts'
import { fatesByList, headFates } from './case-fates.ts'
import { facet, type Node, node, type Out, ownFacet, present, reference, time, to } from './case-node.ts'
import { placeNodes, writeCustody, writeExhibit, writeHandOvers } from './export-exhibits.ts'
import { prefixes } from './vocabulary.ts'

export function exportCase(released: Release): { readonly text: string; readonly manifest: FormatManifest } {
  const pack = released.package
  const book = lossBook()
  const nodes: Node[] = []
  const out: Out = {
    nodes,
    add: (node) => {
      nodes.push(node)
      return reference(String(node['@id']))
    },
  }
  const places = placeNodes(pack, out)
  for (const marking of pack.markings) writeMarking(marking as unknown as Row, pack, out)
  for (const party of pack.parties) {
    const type = party.kind === 'person' ? 'uco-identity:Person' : 'uco-identity:Organization'
    out.add(node('parties', party, type, { 'uco-core:name': party.name }))
  }
  for (const one of pack.authorisations)
    out.add(
      node('authorisations', one, 'case-investigation:Authorization', {
        'case-investigation:authorizationType': one.type,
        'case-investigation:authorizationIdentifier': one.identifier,
        'uco-core:startTime': time(one.start),
        'uco-core:endTime': time(one.end),
      }),
    )
  for (const one of pack.investigations)
    out.add(
      node('investigations', one, 'case-investigation:Investigation', {
        'uco-core:name': one.name,
        'case-investigation:investigationForm': one.form,
        'case-investigation:investigationStatus': one.status,
        'case-investigation:focus': one.focus,
        'uco-core:startTime': time(one.start),
        'uco-core:endTime': time(one.end),
        // The package says of no authorisation to which of several investigations it belongs.
        'case-investigation:relevantAuthorization':
          pack.investigations.length === 1 ? pack.authorisations.map(({ id }) => to('authorisations', id)) : null,
      }),
    )
  for (const exhibit of pack.exhibits) writeExhibit(exhibit, places, out)
  for (const event of pack.custody) writeCustody(event, places, out)
  writeHandOvers(pack.custody, out)
  for (const wallet of pack.wallets) out.add(node('wallets', wallet, 'uco-observable:ObservableObject', {}))
  for (const transfer of pack.transfers) out.add(node('transfers', transfer, 'uco-observable:ObservableObject', {}))
  for (const one of pack.statements)
    out.add(
      node('statements', one, 'uco-core:Assertion', { 'uco-core:statement': one.claim }, [
        one.confidence === null
          ? null
          : facet('uco-core:ConfidenceFacet', one.id, {
              'uco-core:confidence': { '@type': 'xsd:nonNegativeInteger', '@value': String(one.confidence) },
            }),
      ]),
    )
  writeHead(pack, out)
  for (const list of listNames) noteList(book, pack, list, fatesByList[list])
  noteHead(book, pack, headFates)
  const document = { '@context': prefixes, '@graph': nodes }
  return {
    text: `${JSON.stringify(document, null, 1)}\n`,
    manifest: book.manifest('export', 'case-uco/1.4.0', released.audience),
  }
}

function writeHead(pack: EvidencePackage, out: Out): void {
  const facets = [
    facet('comity:PackageFacet', pack.id, { 'comity:caseReference': pack.caseReference }),
    ...pack.assets.map((asset) => ownFacet('assets', asset as unknown as Row, asset.asset)),
  ]
  out.add({
    '@id': `kb:package-${pack.id}`,
    '@type': 'uco-core:ContextualCompilation',
    ...present({
      'uco-core:name': pack.title,
      'uco-core:objectCreatedTime': time(pack.createdAt),
      'uco-core:objectMarking': pack.marking === null ? null : [to('markings', pack.marking)],
      'uco-core:object': out.nodes.map((one) => reference(String(one['@id']))),
      'uco-core:hasFacet': facets,
    }),
  })
}

function writeMarking(marking: Row, pack: EvidencePackage, out: Out): void {
  const id = String(marking.id)
  const whole = pack.markings.find((one) => one.id === id)
  const definitions: Node[] = [
    {
      '@id': `kb:statement-marking-${uuidV5(id, 'statement')}`,
      '@type': 'uco-marking:StatementMarking',
      'uco-marking:definitionType': 'statement',
      'uco-marking:statement': whole ? markingLine(whole) : '',
    },
  ]
  const recipients = marking.recipients as readonly string[]
  if (recipients.length > 0)
    definitions.push({
      '@id': `kb:release-to-${uuidV5(id, 'release-to')}`,
      '@type': 'uco-marking:ReleaseToMarking',
      'uco-marking:definitionType': 'release-to',
      'uco-marking:authorizedIdentities': recipients,
    })
  out.add({
    '@id': `kb:marking-definition-${id}`,
    '@type': 'uco-marking:MarkingDefinition',
    'uco-marking:definitionType': 'statement',
    'uco-marking:definition': definitions,
    'uco-core:hasFacet': [ownFacet('markings', marking, id)],
  })
}

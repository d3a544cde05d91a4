/**
 * An evidence package as CASE/UCO 1.4.0 (JSON-LD).
 *
 * A hand-over is two actions, the release and the receipt, joined by a relationship of the kind `custody-transfer`; the
 * hash is that of the image, never of the device; the warrant is a case-investigation:Authorization. Nothing is lost.
 */
import { fieldsByList, isEmpty, listNames, type Row } from '../fields.ts'
import { type FormatManifest, lossBook, noteHead, noteList } from '../manifest.ts'
import { markingLine } from '../marking-line.ts'
import type { CustodyEvent, EvidencePackage, Exhibit } from '../model.ts'
import type { Release } from '../release.ts'
import { uuidV5 } from '../uuid.ts'
import { fatesByList, headFates } from './case-fates.ts'
import { facetFields, nodeWord, prefixes } from './vocabulary.ts'

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
type Node = { readonly [key: string]: Json }
type Out = { readonly nodes: Node[]; readonly add: (node: Node) => Node }

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
  const id = String(marking['id'])
  const whole = pack.markings.find((one) => one.id === id)
  const definitions: Node[] = [
    {
      '@id': `kb:statement-marking-${uuidV5(id, 'statement')}`,
      '@type': 'uco-marking:StatementMarking',
      'uco-marking:definitionType': 'statement',
      'uco-marking:statement': whole ? markingLine(whole) : '',
    },
  ]
  const recipients = marking['recipients'] as readonly string[]
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

function writeExhibit(exhibit: Exhibit, places: ReadonlyMap<string, Node>, out: Out): void {
  const { id } = exhibit
  const hashes = [
    ['SHA256', exhibit.sha256],
    ['SHA512', exhibit.sha512],
  ].flatMap(([method, value]): Node[] =>
    value
      ? [
          {
            '@id': `kb:hash-${uuidV5(id, String(method))}`,
            '@type': 'uco-types:Hash',
            // As UCO's HashNameVocab writes it: SHA256, without a hyphen.
            'uco-types:hashMethod': String(method),
            'uco-types:hashValue': { '@type': 'xsd:hexBinary', '@value': value },
          },
        ]
      : [],
  )
  const content = present({
    'uco-observable:hash': hashes,
    'uco-observable:sizeInBytes':
      exhibit.size === null ? null : { '@type': 'xsd:integer', '@value': String(exhibit.size) },
    'uco-observable:mimeType': exhibit.mediaType,
  })
  const self = out.add(
    node(
      'exhibits',
      exhibit,
      'uco-observable:ObservableObject',
      {
        'uco-core:description': exhibit.description,
        'case-investigation:wasDerivedFrom': exhibit.sourceExhibit && to('exhibits', exhibit.sourceExhibit),
      },
      [Object.keys(content).length === 0 ? null : facet('uco-observable:ContentDataFacet', id, content)],
    ),
  )
  const results = [self]
  if (exhibit.exhibitNumber !== null)
    results.push(
      out.add({
        '@id': `kb:provenance-record-${uuidV5(id, 'provenance')}`,
        '@type': 'case-investigation:ProvenanceRecord',
        'case-investigation:exhibitNumber': exhibit.exhibitNumber,
        'uco-core:object': [self],
        ...markingOf(exhibit.marking),
      }),
    )
  writeAcquisition(exhibit, results, places, out)
}

function writeAcquisition(exhibit: Exhibit, results: Node[], places: ReadonlyMap<string, Node>, out: Out): void {
  const { id, toolName, toolVersion, toolConfig } = exhibit
  const tool =
    toolName === null && toolVersion === null && toolConfig === null
      ? null
      : out.add({
          '@id': `kb:tool-${uuidV5(id, 'tool')}`,
          '@type': 'uco-tool:Tool',
          ...present({
            'uco-core:name': toolName,
            'uco-tool:version': toolVersion,
            'uco-core:hasFacet':
              toolConfig === null ? null : [facet('comity:ToolFacet', id, { 'comity:config': toolConfig })],
          }),
          ...markingOf(exhibit.marking),
        })
  const action = present({
    'uco-action:performer': exhibit.acquirer && to('parties', exhibit.acquirer),
    'uco-action:instrument': tool && [tool],
    'uco-action:location':
      exhibit.place === null ? null : [places.get(placeKey(exhibit.place, exhibit.marking)) ?? null],
    'uco-action:startTime': time(exhibit.acquiredAt),
  })
  if (Object.keys(action).length === 0 && exhibit.authority === null) return
  out.add({
    '@id': `kb:acquisition-${uuidV5(id, 'acquisition')}`,
    '@type': 'case-investigation:InvestigativeAction',
    'uco-core:name': 'acquired',
    ...action,
    'uco-action:result': results,
    'uco-core:hasFacet': [
      facet('comity:AcquisitionFacet', id, {
        'comity:authority': exhibit.authority && to('authorisations', exhibit.authority),
      }),
    ],
    ...markingOf(exhibit.marking),
  })
}

function writeCustody(event: CustodyEvent, places: ReadonlyMap<string, Node>, out: Out): void {
  out.add(
    node('custody', event, 'case-investigation:InvestigativeAction', {
      'uco-core:name': event.type,
      'uco-core:description': event.remarks,
      'uco-action:performer': event.actor && to('parties', event.actor),
      'uco-action:participant': event.counterpart && [to('parties', event.counterpart)],
      'uco-action:object': event.exhibit && [to('exhibits', event.exhibit)],
      'uco-action:location': event.place === null ? null : [places.get(placeKey(event.place, event.marking)) ?? null],
      'uco-action:startTime': time(event.start),
      'uco-action:endTime': time(event.end),
    }),
  )
}

/** Every release is joined to the first receipt after it of the same exhibit by the same two, the other way round. */
function writeHandOvers(custody: readonly CustodyEvent[], out: Out): void {
  const inOrder = [...custody].sort((a, b) => compare(`${a.start} ${a.id}`, `${b.start} ${b.id}`))
  const taken = new Set<string>()
  for (const given of inOrder.filter(({ type }) => type === 'released')) {
    const receipt = inOrder.find(
      (one) =>
        one.type === 'received' &&
        !taken.has(one.id) &&
        one.exhibit === given.exhibit &&
        one.actor !== null &&
        one.actor === given.counterpart &&
        one.counterpart === given.actor &&
        (one.start ?? '') >= (given.start ?? ''),
    )
    if (!receipt) continue
    taken.add(receipt.id)
    out.add({
      '@id': `kb:relationship-${uuidV5(given.id, receipt.id)}`,
      '@type': 'uco-core:Relationship',
      'uco-core:source': [to('custody', given.id)],
      'uco-core:target': to('custody', receipt.id),
      'uco-core:kindOfRelationship': 'custody-transfer',
      'uco-core:isDirectional': true,
      ...markingOf(given.marking),
    })
  }
}

/** One location node for each place and marking, so that a place never travels under the marking of another item. */
function placeNodes(pack: EvidencePackage, out: Out): ReadonlyMap<string, Node> {
  const nodesByKey = new Map<string, Node>()
  for (const { place, marking } of [...pack.exhibits, ...pack.custody]) {
    if (place === null || nodesByKey.has(placeKey(place, marking))) continue
    const location = out.add({
      '@id': `kb:location-${uuidV5(pack.id, placeKey(place, marking))}`,
      '@type': 'uco-location:Location',
      'uco-core:name': place,
      ...markingOf(marking),
    })
    nodesByKey.set(placeKey(place, marking), location)
  }
  return nodesByKey
}

const placeKey = (place: string, marking: string | null) => `${marking} ${place}`
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const reference = (id: string): Node => ({ '@id': id })
const to = (list: keyof typeof nodeWord, id: string): Node => reference(`kb:${nodeWord[list]}-${id}`)
const time = (instant: string | null): Json =>
  instant === null ? null : { '@type': 'xsd:dateTime', '@value': instant }
const markingOf = (id: string | null): Node => (id === null ? {} : { 'uco-core:objectMarking': [to('markings', id)] })

function node(
  list: keyof typeof nodeWord,
  item: { readonly id: string; readonly marking: string | null },
  type: string,
  properties: Readonly<Record<string, Json>>,
  facets: readonly (Node | null)[] = [],
): Node {
  const own = Object.hasOwn(facetFields, list) ? [ownFacet(list as keyof typeof facetFields, item as Row, item.id)] : []
  return {
    '@id': `kb:${nodeWord[list]}-${item.id}`,
    '@type': type,
    ...present({ ...properties, 'uco-core:hasFacet': [...own, ...facets.filter((one) => one !== null)] }),
    ...markingOf(item.marking),
  }
}

/** Our facet with the fields that CASE has no property for. */
function ownFacet(list: keyof typeof facetFields, row: Row, id: string): Node {
  const [name, fields] = facetFields[list]
  const values = (fields as readonly string[]).map((field) => {
    const form = (fieldsByList[list] as Record<string, { form: string; list?: string }>)[field]
    const value = row[field] as Json
    if (value === null) return [`comity:${field}`, null]
    if (form?.form === 'ref') return [`comity:${field}`, to(form.list as keyof typeof nodeWord, String(value))]
    if (form?.form === 'instant') return [`comity:${field}`, time(String(value))]
    return [`comity:${field}`, value]
  })
  return facet(`comity:${name}`, id, Object.fromEntries(values) as Record<string, Json>)
}

function facet(type: string, id: string, properties: Readonly<Record<string, Json>>): Node {
  return {
    '@id': `kb:facet-${uuidV5('19de152b-a980-5a0b-8ac0-808233a612e3', `${type} ${id}`)}`,
    '@type': type,
    ...present(properties),
  }
}

function present(properties: Readonly<Record<string, Json>>): Record<string, Json> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => !isEmpty(value)))
}

/** Exhibits, how they were acquired, and their custody. */
import type { CustodyEvent, EvidencePackage, Exhibit } from '../model.ts'
import { uuidV5 } from '../uuid.ts'
import { facet, markingOf, type Node, node, type Out, present, time, to } from './case-node.ts'

export function writeExhibit(exhibit: Exhibit, places: ReadonlyMap<string, Node>, out: Out): void {
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

export function writeCustody(event: CustodyEvent, places: ReadonlyMap<string, Node>, out: Out): void {
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
export function writeHandOvers(custody: readonly CustodyEvent[], out: Out): void {
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
export function placeNodes(pack: EvidencePackage, out: Out): ReadonlyMap<string, Node> {
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

/** CASE/UCO JSON-LD, compacted or expanded, ours or that of others, into an evidence package. */
import { catchRefusal, type Result, stop } from '../../../kernel/index.ts'
import { type BuiltPackage, buildPackage, type Defect, type ImportDesk } from '../build-package.ts'
import { custodyTypes, fieldsByList, type ListName, type Row } from '../fields.ts'
import { type FormatManifest, lossBook } from '../manifest.ts'
import { readJson } from '../read-json.ts'
import { COMITY_NAMESPACE, uuidFrom, uuidV5 } from '../uuid.ts'
import { expandJsonLd, type GraphNode } from './expand-jsonld.ts'
import { type GraphReader, graphReader } from './graph-reader.ts'
import { facetFields, shortName } from './vocabulary.ts'

export type Imported = BuiltPackage & { readonly manifest: FormatManifest }

export function importCase(bytes: Uint8Array, desk: ImportDesk): Result<Imported> {
  const document = readJson(bytes)
  if (!document.ok) return document
  return catchRefusal(() => {
    const graph = expandJsonLd(document.value)
    const known = [...graph.nodes.values()].some((node) => [...node.types].some((type) => shortName(type) !== type))
    if (!known)
      stop('FORMATS_NOT_THIS_FORMAT', 'No node of the document has a class of CASE or UCO.', {
        fix: 'Choose the right format.',
      })
    const reader = graphReader(graph)
    const defects: Defect[] = []
    const lists = readLists(reader)
    const head = reader
      .nodesOf('uco-core:ContextualCompilation')
      .find((one) => reader.facet(one, 'comity:PackageFacet'))
    const built = buildPackage(
      {
        id: head ? uuidFrom(head.id) : uuidV5(COMITY_NAMESPACE, [...graph.nodes.keys()].sort().join('\n')),
        head: {
          caseReference: reader.text(
            reader.facet(head, 'comity:PackageFacet'),
            'comity:caseReference',
            'caseReference',
          ),
          title: reader.text(head, 'uco-core:name', 'title'),
          createdAt: reader.text(head, 'uco-core:objectCreatedTime', 'createdAt'),
          marking: markingOf(reader, head, 'marking'),
        },
        lists: { ...lists, assets: assetsOf(reader, head) },
        defects,
      },
      desk.gate,
    )
    // Derived for other readers of the file; the package says the same in its own fields.
    reader.values(head, 'uco-core:object', '(all items)')
    for (const one of reader.nodesOf('uco-core:Relationship')) {
      if (reader.text(one, 'uco-core:kindOfRelationship', '(custody)') !== 'custody-transfer') continue
      for (const name of ['source', 'target', 'isDirectional', 'objectMarking'])
        reader.values(one, `uco-core:${name}`, 'custody[] (release and receipt)')
    }
    const book = lossBook()
    reader.noteRest(book)
    return { ...built, manifest: book.manifest('import', 'case-uco/1.4.0', []) }
  })
}

function readLists(reader: GraphReader): Partial<Record<ListName, Row[]>> {
  const observables = reader.nodesOf('uco-observable:ObservableObject', 'uco-observable:File')
  const wallets = observables.filter((node) => reader.facet(node, 'comity:WalletFacet'))
  const taken = new Set<GraphNode>(wallets)
  const transfers = observables.filter((node) => reader.facet(node, 'comity:TransferFacet'))
  for (const node of transfers) taken.add(node)
  const exhibits = observables.filter(
    (node) =>
      !taken.has(node) &&
      (reader.facet(node, 'comity:ExhibitFacet') ||
        reader.facet(node, 'uco-observable:ContentDataFacet') ||
        reader.facet(node, 'uco-observable:FileFacet') ||
        node.properties.size > 0),
  )
  const actions = reader.nodesOf('case-investigation:InvestigativeAction')
  const acquisitions = actions.filter((one) => reader.facet(one, 'comity:AcquisitionFacet'))
  const recordById = byTarget(reader, reader.nodesOf('case-investigation:ProvenanceRecord'), 'uco-core:object')
  const acquisitionById = byTarget(reader, acquisitions, 'uco-action:result')
  const isAcquisition = new Set(acquisitions)
  return {
    markings: reader.nodesOf('uco-marking:MarkingDefinition').map((one) => markingRow(reader, one)),
    parties: reader
      .nodesOf('uco-identity:Identity', 'uco-identity:Person', 'uco-identity:Organization')
      .map((one) => partyRow(reader, one)),
    authorisations: reader.nodesOf('case-investigation:Authorization').map((one) =>
      row(reader, 'authorisations', one, {
        type: reader.text(one, 'case-investigation:authorizationType', 'authorisations[].type'),
        identifier: reader.text(one, 'case-investigation:authorizationIdentifier', 'authorisations[].identifier'),
        start: reader.text(one, 'uco-core:startTime', 'authorisations[].start'),
        end: reader.text(one, 'uco-core:endTime', 'authorisations[].end'),
      }),
    ),
    investigations: reader.nodesOf('case-investigation:Investigation').map((one) => {
      reader.values(one, 'case-investigation:relevantAuthorization', 'authorisations')
      return row(reader, 'investigations', one, {
        name: reader.text(one, 'uco-core:name', 'investigations[].name'),
        form: reader.text(one, 'case-investigation:investigationForm', 'investigations[].form'),
        status: reader.text(one, 'case-investigation:investigationStatus', 'investigations[].status'),
        focus: reader.text(one, 'case-investigation:focus', 'investigations[].focus'),
        // The shape says uco-core; the published examples still say uco-action.
        start: either(reader, one, 'startTime', 'investigations[].start'),
        end: either(reader, one, 'endTime', 'investigations[].end'),
      })
    }),
    exhibits: exhibits.map((one) => exhibitRow(reader, one, recordById.get(one.id), acquisitionById.get(one.id))),
    custody: actions.filter((one) => !isAcquisition.has(one)).map((one) => custodyRow(reader, one)),
    wallets: wallets.map((one) => row(reader, 'wallets', one, {})),
    transfers: transfers.map((one) => row(reader, 'transfers', one, {})),
    statements: reader.nodesOf('uco-core:Assertion').map((one) => {
      const read = row(reader, 'statements', one, {
        claim: reader.text(one, 'uco-core:statement', 'statements[].claim'),
        confidence: reader.number(
          reader.facet(one, 'uco-core:ConfidenceFacet'),
          'uco-core:confidence',
          'statements[].confidence',
        ),
      })
      return { ...read, kind: read.kind ?? 'other' }
    }),
  }
}

function either(reader: GraphReader, node: GraphNode, name: string, to: string): string | null {
  return reader.text(node, `uco-core:${name}`, to) ?? reader.text(node, `uco-action:${name}`, to)
}

function partyRow(reader: GraphReader, node: GraphNode): Row {
  const isPerson = [...node.types].some((type) => shortName(type) === 'uco-identity:Person')
  const read = row(reader, 'parties', node, { name: reader.text(node, 'uco-core:name', 'parties[].name') })
  return { ...read, kind: read.kind ?? (isPerson ? 'person' : 'company') }
}

function markingRow(reader: GraphReader, node: GraphNode): Row {
  reader.values(node, 'uco-marking:definitionType', 'markings[]')
  for (const value of reader.values(node, 'uco-marking:definition', 'markings[]')) {
    const model = value.kind === 'id' ? reader.node(value.id) : undefined
    for (const name of ['definitionType', 'statement', 'authorizedIdentities'])
      reader.values(model, `uco-marking:${name}`, 'markings[]')
  }
  return row(reader, 'markings', node, {})
}

/** Nodes by what they name in a property; the first that names it counts. */
function byTarget(reader: GraphReader, nodes: readonly GraphNode[], property: string): ReadonlyMap<string, GraphNode> {
  const found = new Map<string, GraphNode>()
  for (const node of nodes)
    for (const value of reader.values(node, property, 'exhibits[]'))
      if (value.kind === 'id' && !found.has(value.id)) found.set(value.id, node)
  return found
}

function exhibitRow(
  reader: GraphReader,
  node: GraphNode,
  record: GraphNode | undefined,
  action: GraphNode | undefined,
): Row {
  const content = reader.facet(node, 'uco-observable:ContentDataFacet')
  const hashes = new Map<string, string>()
  for (const value of reader.values(content, 'uco-observable:hash', 'exhibits[].sha256, exhibits[].sha512')) {
    const hash = value.kind === 'id' ? reader.node(value.id) : undefined
    const method = reader.text(hash, 'uco-types:hashMethod', 'exhibits[].sha256, exhibits[].sha512') ?? ''
    const text = reader.text(hash, 'uco-types:hashValue', 'exhibits[].sha256, exhibits[].sha512')
    // Older files write SHA-256; xsd:hexBinary allows both cases of letters.
    if (text !== null) hashes.set(method.replace('-', '').toUpperCase(), text.toLowerCase())
  }
  reader.values(record, 'uco-core:objectMarking', 'exhibits[].marking')
  const tool = nodeAt(reader, reader.id(action, 'uco-action:instrument', 'exhibits[].toolName'))
  for (const [one, names] of [
    [action, ['uco-core:name', 'uco-action:result', 'uco-core:objectMarking']],
    [tool, ['uco-core:objectMarking']],
  ] as const)
    for (const name of names) reader.values(one, name, 'exhibits[]')
  const source = reader.id(node, 'case-investigation:wasDerivedFrom', 'exhibits[].sourceExhibit')
  const fileFacet = reader.facet(node, 'uco-observable:FileFacet')
  return row(reader, 'exhibits', node, {
    exhibitNumber: reader.text(record, 'case-investigation:exhibitNumber', 'exhibits[].exhibitNumber'),
    description:
      reader.text(node, 'uco-core:description', 'exhibits[].description') ??
      reader.text(fileFacet, 'uco-observable:fileName', 'exhibits[].description'),
    mediaType: reader.text(content, 'uco-observable:mimeType', 'exhibits[].mediaType'),
    size:
      reader.number(content, 'uco-observable:sizeInBytes', 'exhibits[].size') ??
      reader.number(fileFacet, 'uco-observable:sizeInBytes', 'exhibits[].size'),
    sha256: hashes.get('SHA256') ?? null,
    sha512: hashes.get('SHA512') ?? null,
    acquiredAt: reader.text(action, 'uco-action:startTime', 'exhibits[].acquiredAt'),
    acquirer: idAt(reader, action, 'uco-action:performer', 'exhibits[].acquirer'),
    authority: idAt(
      reader,
      reader.facet(action, 'comity:AcquisitionFacet'),
      'comity:authority',
      'exhibits[].authority',
    ),
    place: placeOf(reader, action, 'exhibits[].place'),
    toolName: reader.text(tool, 'uco-core:name', 'exhibits[].toolName'),
    toolVersion: reader.text(tool, 'uco-tool:version', 'exhibits[].toolVersion'),
    toolConfig: reader.text(reader.facet(tool, 'comity:ToolFacet'), 'comity:config', 'exhibits[].toolConfig'),
    sourceExhibit: source && uuidFrom(source),
  })
}

function custodyRow(reader: GraphReader, node: GraphNode): Row {
  const name = reader.text(node, 'uco-core:name', 'custody[].type')
  const remarks = reader.text(node, 'uco-core:description', 'custody[].remarks')
  const read = row(reader, 'custody', node, {
    exhibit:
      idAt(reader, node, 'uco-action:object', 'custody[].exhibit') ??
      idAt(reader, node, 'uco-action:result', 'custody[].exhibit'),
    actor: idAt(reader, node, 'uco-action:performer', 'custody[].actor'),
    counterpart: idAt(reader, node, 'uco-action:participant', 'custody[].counterpart'),
    start: reader.text(node, 'uco-action:startTime', 'custody[].start'),
    end: reader.text(node, 'uco-action:endTime', 'custody[].end'),
    place: placeOf(reader, node, 'custody[].place'),
  })
  const isType = (custodyTypes as readonly string[]).includes(name ?? '')
  // The name of a foreign action is kept as a remark where it is not one of our types.
  return {
    ...read,
    type: read.type ?? (isType ? name : null),
    remarks: isType || name === null ? remarks : [name, remarks].filter((one) => one !== null).join(': '),
  }
}

function placeOf(reader: GraphReader, action: GraphNode | undefined, to: string): string | null {
  const location = nodeAt(reader, reader.id(action, 'uco-action:location', to))
  reader.values(location, 'uco-core:objectMarking', to)
  return reader.text(location, 'uco-core:name', to)
}

const nodeAt = (reader: GraphReader, id: string | null) => (id === null ? undefined : reader.node(id))

function idAt(reader: GraphReader, node: GraphNode | undefined, property: string, to: string): string | null {
  const id = reader.id(node, property, to)
  return id === null ? null : uuidFrom(id)
}

function markingOf(reader: GraphReader, node: GraphNode | undefined, to: string): string | null {
  return idAt(reader, node, 'uco-core:objectMarking', to)
}

function assetsOf(reader: GraphReader, head: GraphNode | undefined): Row[] {
  return reader
    .values(head, 'uco-core:hasFacet', '(facets)')
    .flatMap((one) => (one.kind === 'id' ? [reader.node(one.id)] : []))
    .filter((one) => one !== undefined)
    .filter((one) => [...one.types].some((type) => shortName(type) === 'comity:AssetFacet'))
    .map((one) => facetRow(reader, 'assets', one))
}

/** The native fields of a node, what our facet of it says, its id and its marking. */
function row(
  reader: GraphReader,
  list: keyof typeof facetFields | 'investigations',
  node: GraphNode,
  native: Row,
): Row {
  const own =
    list === 'investigations' ? {} : facetRow(reader, list, reader.facet(node, `comity:${facetFields[list][0]}`))
  const marking = list === 'markings' ? {} : { marking: markingOf(reader, node, `${list}[].marking`) }
  return { ...native, ...own, ...marking, id: uuidFrom(node.id) }
}

function facetRow(reader: GraphReader, list: keyof typeof facetFields, facet: GraphNode | undefined): Row {
  const forms = fieldsByList[list] as Record<string, { readonly form: string }>
  return Object.fromEntries(
    facetFields[list][1].map((field) => {
      const [property, to] = [`comity:${field}`, `${list}[].${field}`]
      switch (forms[field]?.form) {
        case 'ref':
          return [field, idAt(reader, facet, property, to)]
        case 'count':
          return [field, reader.number(facet, property, to)]
        case 'flag':
          return [field, reader.text(facet, property, to) === 'true']
        case 'texts':
          return [
            field,
            reader.values(facet, property, to).flatMap((one) => (one.kind === 'literal' ? [one.text] : [])),
          ]
        default:
          return [field, reader.text(facet, property, to)]
      }
    }),
  )
}

/** Exhibits of a case with their custody as rows of a package: who acquired them, by what right, where, and every act since. */
import type { CustodyEvent, Holder } from '../../evidence/custody/index.ts'
import {
  type CustodyType,
  changed,
  dropped,
  mapped,
  type Marking as PackageMarking,
} from '../../evidence/formats/index.ts'
import type { CaseContents, KeptExhibit } from './case-contents.ts'
import { type Draft, toSecond } from './draft.ts'
import type { FieldNote } from './notes.ts'

/** Begins the role of whoever keeps evidence: a format without custody must not leave an officer among the persons of a case. */
export const OFFICER = 'OFFICER'

/** Acts that the package knows no word for have none there; the remarks say what was done. */
const typeByAct: Readonly<Record<CustodyEvent['act'], CustodyType | null>> = {
  acquire: 'acquired',
  'seize-device': 'collected',
  'control-key': null,
  'move-coins': null,
  release: 'released',
  receive: 'received',
  withdraw: null,
  seal: 'sealed',
  unseal: null,
  examine: 'examined',
  copy: 'copied',
  return: 'returned',
  dispose: 'disposed',
}

export function addExhibits(draft: Draft, contents: CaseContents): void {
  const holders = holdersOf(draft, contents)
  const authorities = new Set<string>()
  for (const one of contents.exhibits) {
    const marking = draft.marked({ ...one, marking: one.body.marking })
    const authority = (words: string) => {
      const id = draft.idOf(`authority ${marking.id} ${words}`)
      if (!authorities.has(id))
        draft.pack.authorisations.push({
          id,
          marking: marking.id,
          type: null,
          identifier: words,
          legalBasis: null,
          issuer: null,
          start: null,
          end: null,
        })
      authorities.add(id)
      return id
    }
    addExhibit(draft, one, { marking, holders, authority })
  }
}

type Around = {
  readonly marking: PackageMarking
  readonly holders: (holder: Holder) => string | null
  readonly authority: (words: string) => string
}

/** The party of a holder: an officer of this node under an id of this case, somebody outside under the id of the record. */
function holdersOf({ pack, head, marked, idOf }: Draft, { custodians, names }: CaseContents): Around['holders'] {
  const outside = new Set(custodians.map(({ id }) => id))
  for (const { id, body, ...item } of custodians)
    pack.parties.push({
      id,
      marking: marked({ ...item, marking: body.marking }).id,
      kind: 'person',
      name: body.name,
      role: [OFFICER, body.office, body.agency].filter((one) => one !== undefined).join(', '),
      country: null,
    })
  const officers = new Map<string, string>()
  return (holder) => {
    const [kind, id = ''] = holder.split('/')
    if (kind === 'outside') return outside.has(id) ? id : null
    const known = officers.get(id)
    if (known !== undefined) return known
    const party = idOf(`officer ${id}`)
    pack.parties.push({
      id: party,
      marking: head.id,
      kind: 'person',
      name: names.get(id) ?? null,
      role: OFFICER,
      country: null,
    })
    officers.set(id, party)
    return party
  }
}

function addExhibit(draft: Draft, one: KeptExhibit, { marking, holders, authority }: Around): void {
  const { id, exhibit, body, events, size } = one
  draft.words(marking, body.title, body.description, body.fileName, body.competence, body.device?.serial)
  draft.words(marking, ...events.flatMap(({ details }) => [details.remarks, details.method, details.condition]))
  draft.pack.exhibits.push({
    id,
    marking: marking.id,
    exhibitNumber: String(exhibit.number),
    kind: exhibit.kind,
    description: describe(one),
    mediaType: body.mediaType,
    size,
    sha256: exhibit.sha256,
    sha512: exhibit.sha512,
    acquiredAt: toSecond(exhibit.acquiredAt),
    acquirer: holders(exhibit.acquirer),
    authority: authority(exhibit.authority),
    place: exhibit.place,
    toolName: body.tool?.name ?? null,
    toolVersion: body.tool?.version ?? null,
    toolConfig: body.tool?.settings ?? null,
    sourceExhibit: exhibit.sourceExhibit,
  })
  for (const event of events)
    draft.pack.custody.push({
      id: draft.idOf(`custody ${id} ${event.seq}`),
      marking: marking.id,
      exhibit: id,
      type: typeByAct[event.act],
      actor: holders(`person/${event.actor}`),
      counterpart: counterpartOf(event, holders),
      authority: authority(event.authority),
      start: toSecond(event.began),
      end: toSecond(event.ended),
      place: event.place,
      remarks: remarksOf(event),
    })
  draft.notes.push({ kind: 'exhibit', id, marking, row: { list: 'exhibits', id }, fields: exhibitNotes(one) })
}

/** The title, what the exhibit is in detail, and of a device what it is known by. */
function describe({ body: { title, description, device } }: KeptExhibit): string {
  const known = device && [`${device.make} ${device.model}`, device.serial].filter((one) => one !== null).join(', ')
  return [title, description, known].filter((one) => one !== null).join('; ')
}

function counterpartOf(event: CustodyEvent, holders: Around['holders']): string | null {
  if (event.act === 'release' && event.recipient !== null) return holders(event.recipient)
  return event.act === 'receive' ? holders(event.holderBefore) : null
}

function remarksOf({ act, details, sealBefore, sealAfter, chainTx }: CustodyEvent): string | null {
  const seal = sealAfter !== sealBefore ? (sealAfter === '' ? `seal ${sealBefore}` : `seal ${sealAfter}`) : null
  const tool = details.tool && `${details.tool.name} ${details.tool.version}`
  const said = [
    typeByAct[act] === null ? act : null,
    details.remarks,
    details.method,
    tool,
    details.condition,
    seal,
    chainTx && `transaction ${chainTx.txid}`,
  ].filter((one) => one !== null && one !== undefined)
  return said.length === 0 ? null : said.join('; ')
}

function exhibitNotes({ id, body, exhibit, events, size }: KeptExhibit): FieldNote[] {
  const at = (field: string) => ({ list: 'exhibits', id, field }) as const
  const moved = (field: string, name: string, how: string | null = null): FieldNote => ({
    field,
    fate: how === null ? mapped(`exhibits[].${name}`) : changed(`exhibits[].${name}`, how),
    at: at(name),
  })
  const gone = (field: string, value: unknown, why: string): FieldNote[] =>
    value === null || value === undefined ? [] : [{ field, fate: dropped(why) }]
  const noPlace = 'the package has no place for it'
  return [
    moved('number', 'exhibitNumber'),
    moved('kind', 'kind'),
    moved('title', 'description', 'in front of the description'),
    moved('description', 'description', 'after the title'),
    moved('device', 'description', 'at the end of the description'),
    moved('mediaType', 'mediaType'),
    moved('sha256', 'sha256'),
    moved('sha512', 'sha512'),
    moved('acquiredAt', 'acquiredAt', 'to the second'),
    moved('acquirer', 'acquirer', 'as a party of its own'),
    moved('authority', 'authority', 'as an authorisation of its own'),
    moved('place', 'place'),
    moved('tool', 'toolName'),
    moved('sourceExhibit', 'sourceExhibit'),
    ...(events.length === 0
      ? []
      : [
          {
            field: 'custody',
            fate: changed(
              'custody[]',
              'to the second; without witness, proof and digests; acts that the package has no word for are in the remarks',
            ),
          },
        ]),
    ...gone('fileName', body.fileName, 'the name of a file may itself be content'),
    ...gone('competence', body.competence, noPlace),
    ...gone('keyControl', body.keyControl, 'how keys are held is not told'),
    ...gone('digest', exhibit.digest, 'the chain of custody digests is in the bundle of the case'),
    ...(size === null && exhibit.hashOf === 'seizure-record'
      ? [
          {
            field: 'hashOf',
            fate: dropped('the hash is of the record of the seizure, which is in the bundle of the case'),
          },
        ]
      : []),
  ].filter(({ field }) => holdsSomething(field, { body, exhibit }))
}

/** A field that was empty has no note, even where what it went into holds something else. */
function holdsSomething(field: string, { body, exhibit }: Pick<KeptExhibit, 'body' | 'exhibit'>): boolean {
  const value = { ...exhibit, ...body }[field as keyof (typeof exhibit & typeof body)]
  return field === 'custody' || (value !== null && value !== undefined)
}

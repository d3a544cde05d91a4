/**
 * A case as an evidence package: every item that the package has a place for, and a note on every field that it has none for.
 *
 * Items that may not leave are in it too, marked for nobody, so that the release can take their words out of everything else;
 * whoever calls this has left out what the one who hands out may not read. Pure.
 */
import type { CaseBody } from '../../casework/index.ts'
import {
  type Audience,
  COMITY_NAMESPACE,
  changed,
  dropped,
  type EvidencePackage,
  mapped,
  mayHave,
  type Marking as PackageMarking,
  uuidV5,
} from '../../evidence/formats/index.ts'
import { amber } from '../../kernel/index.ts'
import { type CaseContents, type Kept, type PlacelessBody, placelessKinds } from './case-contents.ts'
import { type Draft, toSecond } from './draft.ts'
import { addExhibits } from './exhibit-rows.ts'
import { addDecision, addOrder, addPerson, addVictim, addWallet } from './item-rows.ts'
import type { ItemNotes } from './notes.ts'
import { type MarkedItem, packageMarking } from './package-marking.ts'
import { withoutSharedWords } from './shared-words.ts'
import { addStatement } from './statement-rows.ts'

export type HandOutHead = {
  readonly id: string
  readonly at: string
  readonly audience: Omit<Audience, 'unsealed'>
  /** An order opens the seal of the case for this audience. */
  readonly opened?: boolean
}
export type CasePackage = {
  readonly package: EvidencePackage
  readonly notes: readonly ItemNotes[]
  /** With the seals that are open to it. */
  readonly audience: Audience
}

/** For words that are in the package only to be looked for; it is opened to nobody. */
const nobody: PackageMarking = {
  id: uuidV5(COMITY_NAMESPACE, 'marking for nobody'),
  tlp: 'red',
  purposes: [],
  onwardUse: 'no',
  handlingCode: null,
  recipients: [],
  sealed: true,
}

export function packageOfCase(contents: CaseContents, head: HandOutHead): CasePackage {
  const { caseId, case: body } = contents
  const markings = new Map<string, PackageMarking>()
  const facts = {
    purposes: body.access.purposes,
    sealed: body.access.sealed,
    members: head.audience.members,
  }
  const marked = (item: MarkedItem) => {
    const made = packageMarking(item, facts)
    markings.set(made.id, made)
    return made
  }
  const caseMarking = marked({ marking: amber, leaves: true, received: false })
  const words: { readonly marking: PackageMarking; readonly text: string }[] = []
  const pack: Draft['pack'] = {
    id: head.id,
    caseReference: body.reference,
    title: body.title,
    createdAt: toSecond(head.at),
    marking: caseMarking.id,
    investigations: [],
    authorisations: [],
    parties: [],
    exhibits: [],
    custody: [],
    assets: [],
    wallets: [],
    transfers: [],
    statements: [],
  }
  const known = new Set<string>()
  const draft: Draft = {
    pack,
    notes: [],
    caseId,
    head: caseMarking,
    marked,
    words: (marking, ...texts) => {
      for (const text of texts) if (typeof text === 'string' && text !== '') words.push({ marking, text })
    },
    idOf,
    agency: (name, marking, kind) => {
      const party = idOf(`${kind} ${marking.id} ${name}`)
      if (!known.has(party))
        pack.parties.push({ id: party, marking: marking.id, kind, name, role: null, country: null })
      known.add(party)
      return party
    },
  }
  addInvestigation(draft, body)
  for (const one of contents.persons) addPerson(draft, one)
  for (const one of contents.victims) addVictim(draft, one)
  for (const one of contents.wallets) addWallet(draft, one)
  for (const one of contents.decisions) addDecision(draft, one)
  for (const one of contents.orders) addOrder(draft, one)
  addExhibits(draft, contents)
  for (const one of contents.statements) addStatement(draft, one)
  for (const kind of placelessKinds) for (const one of contents.placeless[kind]) addPlaceless(draft, kind, one)
  const audience: Audience = { ...head.audience, unsealed: head.opened ? [...markings.keys()] : [] }
  for (const { marking, text } of words)
    if (!mayHave(marking, audience))
      pack.parties.push({
        id: idOf(`words ${marking.id} ${text}`),
        marking: nobody.id,
        kind: 'person',
        name: text,
        role: null,
        country: null,
      })
  const whole = { ...pack, markings: [...markings.values(), nobody] }
  return { package: withoutSharedWords(whole, audience), notes: draft.notes, audience }

  function idOf(name: string): string {
    return uuidV5(COMITY_NAMESPACE, `${caseId} ${name}`)
  }
}

function addInvestigation({ pack, notes, caseId, head, idOf }: Draft, body: CaseBody): void {
  const id = idOf('investigation')
  pack.investigations.push({
    id,
    marking: head.id,
    name: body.title,
    form: body.kind,
    status: body.access.closed ? 'closed' : 'open',
    focus: body.summary,
    start: toSecond(body.openedAt),
    end: body.closedAt === null ? null : toSecond(body.closedAt),
  })
  const at = (field: string) => ({ list: 'investigations', id, field }) as const
  const to = (field: string) => mapped(`investigations[].${field}`)
  notes.push({
    kind: 'case',
    id: caseId,
    marking: head,
    row: { list: 'investigations', id },
    fields: [
      { field: 'title', fate: mapped('title, investigations[].name'), at: at('name') },
      { field: 'reference', fate: mapped('caseReference') },
      { field: 'summary', fate: to('focus'), at: at('focus') },
      { field: 'kind', fate: to('form') },
      { field: 'openedAt', fate: changed('investigations[].start', 'to the second') },
      { field: 'access.closed', fate: to('status') },
      { field: 'access.purposes', fate: changed('markings[].purposes', 'in the marking of each item') },
      { field: 'access', fate: dropped('who works on the case stays here') },
      { field: 'partners', fate: dropped('the package has no place for it') },
    ],
  })
}

const whyPlaceless = {
  task: dropped('tasks are of this agency'),
  note: dropped('the package has no place for notes'),
  event: dropped('the package has no place for events other than transfers and custody'),
  request: dropped('requests leave as letters, and in the bundle of the case'),
} as const

function addPlaceless(
  { notes, marked, words }: Draft,
  kind: keyof typeof whyPlaceless,
  { id, body, leaves, received }: Kept<PlacelessBody>,
): void {
  const marking = marked({ marking: body.marking, leaves, received })
  const { text, what, about, note } = body.content ?? {}
  words(marking, text, what, about, note)
  notes.push({ kind, id, marking, row: null, fields: [{ field: '', fate: whyPlaceless[kind] }] })
}

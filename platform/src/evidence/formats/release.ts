/**
 * What an audience may have of a package: everything else is taken out before any format sees it.
 *
 * Exporters take a `Release`, which only this file makes; a package that was not released cannot be exported. The rules
 * fail closed: no audience, no marking or an unknown marking means that the item stays here. What remains is computed
 * anew: no reference, no text and no count tells of what was taken out.
 */
import { type Field, fieldsOf, headFields, type ListName, listNames, type Row } from './fields.ts'
import type { EvidencePackage, Marking } from './model.ts'

export type Audience = {
  /** Ids or names as markings name recipients. Empty: nobody. */
  readonly members: readonly string[]
  /** Where the members may take it: `named` stays with them, `community` and `public` go further. */
  readonly reach: 'named' | 'community' | 'public'
  readonly purpose: string | null
  /** For each member the organisations whose client it is (TLP:AMBER lets a recipient inform its clients). */
  readonly clientOf: Readonly<Record<string, readonly string[]>>
  /** We received it from somebody else and pass it on. */
  readonly onward: boolean
  /** Markings whose originator permitted this onward use. */
  readonly permissions: readonly string[]
  /** Markings whose seal was opened for this audience. */
  readonly unsealed: readonly string[]
}

declare const releasedBrand: unique symbol
export type Release = {
  readonly package: EvidencePackage
  readonly audience: readonly string[]
  readonly [releasedBrand]: true
}

export function mayHave(marking: Marking, audience: Audience): boolean {
  if (audience.members.length === 0) return false
  if (marking.sealed && !audience.unsealed.includes(marking.id)) return false
  if (audience.onward && marking.onwardUse === 'no') return false
  if (audience.onward && marking.onwardUse === 'ask' && !audience.permissions.includes(marking.id)) return false
  if (marking.purposes.length > 0 && !(audience.purpose !== null && marking.purposes.includes(audience.purpose)))
    return false
  return audience.members.every((member) => levelAllows(marking, member, audience))
}

/** TLP 2.0: RED for named recipients; AMBER+STRICT for their organisation; AMBER also for its clients; GREEN for the community. */
function levelAllows(marking: Marking, member: string, audience: Audience): boolean {
  const named = marking.recipients.includes(member) && audience.reach === 'named'
  switch (marking.tlp) {
    case 'clear':
      return true
    case 'green':
      return audience.reach !== 'public'
    case 'amber':
      return (
        named ||
        (audience.reach === 'named' &&
          (Object.hasOwn(audience.clientOf, member) ? (audience.clientOf[member] ?? []) : []).some((one) =>
            marking.recipients.includes(one),
          ))
      )
    default:
      return named
  }
}

/** What of the package the audience may have. An item without a marking has that of the package; without either it stays. */
export function release(whole: EvidencePackage, audience: Audience): Release {
  const markings = new Map(whole.markings.map((marking) => [marking.id, marking]))
  const allowed = (id: string | null) => {
    const marking = markings.get(id ?? whole.marking ?? '')
    return marking !== undefined && mayHave(marking, audience)
  }
  const kept = new Map<ListName, Row[]>()
  const hidden: { list: ListName; row: Row }[] = []
  const hide = (list: ListName, row: Row) => hidden.push({ list, row })
  for (const list of listNames) {
    const rows = whole[list] as readonly Row[]
    const open: Row[] = []
    for (const row of rows) {
      // An inherited marking becomes the item's own: it must still be there when the row stands alone in another system.
      if (list === 'markings') mayHave(row as unknown as Marking, audience) ? open.push(row) : hide(list, row)
      else if (list === 'assets') open.push(row)
      else if (allowed(row.marking as string | null)) open.push({ ...row, marking: row.marking ?? whole.marking })
      else hide(list, row)
    }
    kept.set(list, open)
  }
  const headOpen = allowed(whole.marking)
  const openAddresses = addressesOf(kept)
  for (const { list, row } of hidden) if (list === 'wallets') openAddresses.delete(String(row.address).toLowerCase())
  const headSecrets = headOpen ? [] : [whole.id, whole.title, whole.caseReference]
  withdraw(kept, hidden, headSecrets, openAddresses)
  const secrets = secretsOf(hidden, headSecrets, openAddresses)
  const cleaned = (rows: readonly Row[], list: ListName) =>
    rows.map((row) => withoutSecrets(row, fieldsOf(list), secrets))
  const lists = Object.fromEntries(
    listNames.map((list) => [list, cleaned(kept.get(list) ?? [], list)]),
  ) as unknown as EvidencePackage
  const result = usedOnly(lists, headOpen ? whole.marking : null)
  const head = withoutSecrets(whole as unknown as Row, Object.entries(headFields), secrets)
  const released = {
    ...(headOpen
      ? { id: whole.id, ...pick(head) }
      : { id: NIL, caseReference: null, title: null, createdAt: null, marking: null }),
    ...Object.fromEntries(listNames.map((list) => [list, result[list]])),
  } as unknown as EvidencePackage
  return { package: released, audience: [...audience.members] } as unknown as Release
}

/** The nil UUID (RFC 9562 section 5.9): the id of the package is content too. */
export const NIL = '00000000-0000-0000-0000-000000000000'

function pick(head: Row): Row {
  return Object.fromEntries(Object.keys(headFields).map((name) => [name, head[name]]))
}

/**
 * Items that are about something hidden go with it: the custody of a hidden exhibit, what is said of a hidden wallet, a
 * transfer from or to its address, an item whose own identity holds a secret. Until nothing more follows.
 */
function withdraw(
  kept: Map<ListName, Row[]>,
  hidden: { list: ListName; row: Row }[],
  headSecrets: readonly (string | null)[],
  openAddresses: ReadonlySet<string>,
): void {
  for (let before = -1; before !== hidden.length; ) {
    before = hidden.length
    const ids = new Set(hidden.map(({ row }) => row.id))
    const addresses = new Set(
      hidden.flatMap(({ list, row }) =>
        list === 'wallets' ? [`${row.chain} ${row.address}`] : list === 'transfers' ? [`tx ${row.txid}`] : [],
      ),
    )
    const follows = (list: ListName, row: Row) =>
      (list === 'custody' && ids.has(row.exhibit)) ||
      (list === 'statements' && ids.has(row.wallet)) ||
      (list === 'wallets' && addresses.has(`${row.chain} ${row.address}`)) ||
      (list === 'transfers' &&
        (addresses.has(`${row.chain} ${row.from}`) ||
          addresses.has(`${row.chain} ${row.to}`) ||
          addresses.has(`tx ${row.txid}`)))
    const secrets = secretsOf(hidden, headSecrets, openAddresses)
    for (const [list, rows] of kept) {
      const [stay, go] = [[] as Row[], [] as Row[]]
      for (const row of rows) (follows(list, row) || identityHolds(list, row, secrets) ? go : stay).push(row)
      kept.set(list, stay)
      for (const row of go) hidden.push({ list, row })
    }
  }
}

/** Addresses that items say which the audience may have by their own marking. */
function addressesOf(kept: ReadonlyMap<ListName, readonly Row[]>): Set<string> {
  const rows = [...(kept.get('wallets') ?? []), ...(kept.get('transfers') ?? [])]
  return new Set(
    rows.flatMap((row) =>
      ['address', 'from', 'to'].flatMap((name) => (typeof row[name] === 'string' ? [row[name].toLowerCase()] : [])),
    ),
  )
}

/** An address or txid cannot be left empty, so that an item whose own holds a secret is hidden as a whole. */
function identityHolds(list: ListName, row: Row, secrets: Secrets): boolean {
  if (list === 'assets') return secrets.holds(String(row.asset)) || secrets.holds(String(row.symbol))
  return ['id', 'address', 'txid'].some((name) => typeof row[name] === 'string' && secrets.holds(row[name] as string))
}

export type Secrets = { holds(text: string): boolean }

/**
 * Texts that tell of something hidden. Texts of four characters and more are looked for inside other texts and without
 * regard to case, since an address or a hash is written in several cases; shorter ones only as a whole.
 */
function secretsOf(
  hidden: readonly { list: ListName; row: Row }[],
  more: readonly (string | null)[],
  openAddresses: ReadonlySet<string>,
): Secrets {
  const whole = new Set<string>()
  const inside = new Set<string>()
  const add = (text: unknown) => {
    if (typeof text !== 'string' || text === '') return
    const folded = text.toLowerCase()
    whole.add(folded)
    if (folded.length >= 4) inside.add(folded)
  }
  for (const { list, row } of hidden) {
    for (const [name, field] of fieldsOf(list)) {
      // A reference is the identity of something else, which may well be open.
      if (field.open || field.form === 'ref' || field.form === 'amount') continue
      const value = row[name]
      // The ends of a hidden transfer are no secret where an open wallet or transfer names the same address.
      if (list === 'transfers' && field.form === 'address' && openAddresses.has(String(value).toLowerCase())) continue
      if (Array.isArray(value)) value.forEach(add)
      else add(value)
    }
  }
  more.forEach(add)
  return {
    holds: (text) => {
      const folded = text.toLowerCase()
      if (whole.has(folded)) return true
      for (const secret of inside) if (folded.includes(secret)) return true
      return false
    },
  }
}

const NO_CONTENT = ['word', 'chain', 'asset', 'instant', 'flag', 'count']

function withoutSecrets(row: Row, fields: readonly (readonly [string, Field])[], secrets: Secrets): Row {
  const clean: Record<string, unknown> = { ...row }
  for (const [name, field] of fields) {
    const value = clean[name]
    if (NO_CONTENT.includes(field.form)) continue
    // An empty list of purposes would allow every purpose; a purpose that cannot be named allows none.
    if (name === 'purposes')
      clean[name] = (value as readonly string[]).map((one) => (secrets.holds(one) ? 'withheld' : one))
    else if (Array.isArray(value)) clean[name] = value.filter((one) => !(typeof one === 'string' && secrets.holds(one)))
    else if (typeof value === 'string' && secrets.holds(value)) clean[name] = null
  }
  return clean
}

/** Markings and assets that nothing uses any more would tell of what was taken out. */
function usedOnly(lists: EvidencePackage, headMarking: string | null): EvidencePackage {
  const rows = listNames.filter((list) => list !== 'markings').flatMap((list) => lists[list] as readonly Row[])
  const markings = new Set([headMarking, ...rows.map((row) => row.marking)])
  const assets = new Set(lists.transfers.map(({ asset }) => asset))
  return {
    ...lists,
    markings: lists.markings.filter(({ id }) => markings.has(id)),
    assets: lists.assets.filter(({ asset }) => assets.has(asset)),
  }
}

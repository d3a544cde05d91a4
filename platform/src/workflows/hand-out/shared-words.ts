/**
 * The release takes every text of a hidden item out of all that is open. Words that are of no item alone would then empty half
 * the package: the place where ten exhibits were seized, the order by which, the name of the court, a category of the law.
 * A hidden item keeps none of those that an open item says of itself.
 */
import { ledCategories } from '../../casework/index.ts'
import { type Audience, type EvidencePackage, mayHave } from '../../evidence/formats/index.ts'
import { OFFICER } from './exhibit-rows.ts'

/** Fields that tell the circumstances of an item and not which item it is. */
const circumstances = {
  parties: ['role'],
  authorisations: ['type', 'identifier', 'legalBasis'],
  exhibits: ['place', 'toolName', 'toolVersion', 'toolConfig'],
  custody: ['place', 'remarks'],
  statements: ['basis', 'method'],
} as const
type List = keyof typeof circumstances
type Row = { readonly marking: string | null; readonly [field: string]: unknown }

/** Words that are the same in every case. */
const codes: ReadonlySet<string> = new Set([...ledCategories, OFFICER])

export function withoutSharedWords(pack: EvidencePackage, audience: Audience): EvidencePackage {
  const open = new Set(pack.markings.filter((one) => mayHave(one, audience)).map(({ id }) => id))
  const isOpen = ({ marking }: Row) => open.has(marking ?? pack.marking ?? '')
  const rowsOf = (list: List) => pack[list] as unknown as readonly Row[]
  const shared = new Set<unknown>(codes)
  for (const list of Object.keys(circumstances) as List[])
    for (const row of rowsOf(list).filter(isOpen)) for (const field of fieldsOf(list, row)) shared.add(row[field])
  const lists = (Object.keys(circumstances) as List[]).map((list) => [
    list,
    rowsOf(list).map((row) => {
      if (isOpen(row)) return row
      const told = fieldsOf(list, row).filter((field) => shared.has(row[field]))
      return { ...row, ...Object.fromEntries(told.map((field) => [field, null])) }
    }),
  ])
  return { ...pack, ...(Object.fromEntries(lists) as object) }
}

/** The name of an authority or a firm that something open names too is a circumstance; the name of a person never is. */
function fieldsOf(list: List, row: Row): readonly string[] {
  return list === 'parties' && row.kind !== 'person' ? [...circumstances.parties, 'name'] : circumstances[list]
}

/** What a new message says already: who writes it, to whom, in which case. Nothing else is made up. */
import { emptyOf, type Schema, unwrapped } from './form-value.ts'
import type { Json, Member, Members } from './message-parts.ts'

/** As platform/src/exchange/requests/authority.ts names kinds of members in messages. */
const kinds: Readonly<Record<string, string>> = { vasp: 'provider', analytics: 'provider', auditor: 'other' }

export function authorityOf(member: Member, reference: string | null): Members {
  const kind = kinds[member.kind] ?? member.kind
  return { name: member.name, country: member.country, kind, agency: member.id, address: null, reference }
}

export function prefilled(
  schema: Schema,
  { me, to, caseId }: { readonly me: Member | undefined; readonly to: Member | undefined; readonly caseId: string },
): Members {
  const empty = emptyOf(schema) as Members
  const known: { [name: string]: Json } = {}
  for (const name of Object.keys(schema.properties ?? {})) {
    const { title } = unwrapped((schema.properties as Record<string, Schema>)[name] as Schema).schema
    if (title !== 'Authority') continue
    if (name === 'authority' && me) known[name] = authorityOf(me, caseId)
    if ((name === 'custodian' || name === 'provider') && to) known[name] = authorityOf(to, null)
  }
  return { ...empty, ...known }
}

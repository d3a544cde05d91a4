/** What a file of others would become in a case, and what becomes of its fields, as a person reads them. Pure. */

type Members = Readonly<Record<string, unknown>>
const membersOf = (value: unknown): Members => (typeof value === 'object' && value !== null ? (value as Members) : {})
const textIn = (value: unknown): string => (typeof value === 'string' ? value : '')

/** How an item that would be added is called: by what it will be found under in the case. */
export function titleOfPlanned(kind: string, content: unknown): string {
  const found = membersOf(content)
  switch (kind) {
    case 'wallet':
      return textIn(found.address)
    case 'person-of-interest':
      return textIn(found.name)
    case 'event':
      return textIn(found.what)
    case 'statement':
      return `${textIn(membersOf(found.subject).value)}: ${textIn(found.claim)}`
    default:
      return ''
  }
}

export type FieldFates = {
  readonly changed: readonly { readonly path: string; readonly to: string; readonly how: string }[]
  readonly dropped: readonly { readonly path: string; readonly why: string }[]
}

/** Of the manifests of a reading (docs/spec/json/format-manifest.schema.json): the first is that of the file, where it has one. */
export function fatesIn(...manifests: readonly unknown[]): FieldFates {
  const lists = manifests.map(membersOf)
  const of = (name: string) => lists.flatMap((one) => (Array.isArray(one[name]) ? one[name] : [])).map(membersOf)
  return {
    changed: of('changed').map(({ path, to, how }) => ({ path: textIn(path), to: textIn(to), how: textIn(how) })),
    dropped: of('dropped').map(({ path, why }) => ({ path: textIn(path), why: textIn(why) })),
  }
}

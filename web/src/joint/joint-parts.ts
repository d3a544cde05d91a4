/** What screens of a joint case read, and the few rules that several of them share. */
import type { SharedContent } from '../../../platform/src/exchange/index.ts'
import { type ResultOf, useRead } from '../shared/node/node.tsx'

export type Joint = ResultOf<'jointRead'>
export type SharedObject = Omit<ResultOf<'jointObjects'>[number], 'said' | 'proposals'> & {
  readonly said: Omit<ResultOf<'jointObjects'>[number]['said'], 'content'> & { readonly content: SharedContent | null }
  readonly proposals: readonly (Omit<ResultOf<'jointObjects'>[number]['proposals'][number], 'content'> & {
    readonly content: SharedContent
  })[]
}
export type ContentOf<K extends SharedContent['kind']> = Extract<SharedContent, { kind: K }>
export type Saying<K extends SharedContent['kind']> = SharedObject & { readonly content: ContentOf<K> }

export function useObjects(id: string) {
  const read = useRead('jointObjects', { id })
  return { ...read, data: read.data as readonly SharedObject[] | undefined }
}

/** What still stands of one kind, newest first. */
export function ofKind<K extends SharedContent['kind']>(objects: readonly SharedObject[], kind: K): Saying<K>[] {
  return objects
    .flatMap((one) => (one.said.content?.kind === kind ? [{ ...one, content: one.said.content as ContentOf<K> }] : []))
    .sort((a, b) => (a.said.at < b.said.at ? 1 : -1))
}

/** Who takes part now, besides this agency: exactly those to whom a release goes. */
export function receivers({ list }: Pick<Joint, 'list'>, me: string | null): readonly string[] {
  return list.parties.filter(({ agency, state }) => state === 'accepted' && agency !== me).map(({ agency }) => agency)
}

/** Those of them who have not had an object of ours as it is now. */
export function lacking(object: SharedObject, joint: Pick<Joint, 'list'>, me: string | null): readonly string[] {
  return receivers(joint, me).filter((agency) => object.sentTo[agency] !== object.said.version)
}

/** Lines as items of a list: empty ones are none. */
export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

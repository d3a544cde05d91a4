/** People of this node by their names: records name them by ids. */
import { useMemo } from 'react'
import { useSpeech } from '../language/speak.tsx'
import { Words } from '../ui/values.tsx'
import { type ItemOf, useAll } from './node.tsx'

export type Colleague = ItemOf<'colleagueList'>

/** Everybody of the node, and how to find one; empty until they are known. */
export function usePeople(): {
  readonly all: readonly Colleague[]
  readonly of: (id: string) => Colleague | undefined
} {
  const read = useAll('colleagueList', {})
  const items = read.data?.items
  return useMemo(() => {
    const all = items ?? []
    const byId = new Map(all.map((one) => [one.id, one]))
    return { all, of: (id) => byId.get(id) }
  }, [items])
}

/** Somebody by name; what the node itself did is said to be its doing. Who is not known here is shown by id. */
export function PersonName({ id, role = false }: { readonly id: string; readonly role?: boolean }) {
  const { say, knows } = useSpeech()
  const { of } = usePeople()
  if (id === 'node') return <>{say('person.node')}</>
  const found = of(id)
  if (!found) return <bdi className="machine">{id.slice(0, 8)}</bdi>
  const roleId = `role.${found.role}`
  return (
    <>
      <Words>{found.name}</Words>
      {role && <span className="soft small"> · {knows(roleId) ? say(roleId) : found.role}</span>}
    </>
  )
}

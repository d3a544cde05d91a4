/** Names of people of this node. Whoever may not list them knows their own name; others are shown by a short reference then. */
import { useCallback, useMemo } from 'react'
import { useAll, useRead } from '../../shared/node/node.tsx'

export function usePeople(): (id: string) => string {
  const people = useAll('personList', {})
  const own = useRead('sessionRead', {}).data?.session
  const names = useMemo(() => {
    const known = new Map((people.data?.items ?? []).map(({ id, name }) => [id, name]))
    if (own) known.set(own.personId, own.name)
    return known
  }, [people.data, own])
  return useCallback((id: string) => names.get(id) ?? id.slice(0, 8), [names])
}

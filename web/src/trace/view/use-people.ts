/** Names of people of this node; whoever may not list them, or is not in the list, is shown by a short reference. */
import { useCallback, useMemo } from 'react'
import { useAll } from '../../shared/node/node.tsx'

export function usePeople(): (id: string) => string {
  const people = useAll('personList', {})
  const names = useMemo(() => new Map((people.data?.items ?? []).map(({ id, name }) => [id, name])), [people.data])
  return useCallback((id: string) => names.get(id) ?? id.slice(0, 8), [names])
}

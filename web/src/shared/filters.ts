/** What a screen is narrowed to, in its address: it can be sent to a colleague, and the way back leads to it. */
import { useNavigate, useSearch } from '@tanstack/react-router'

export type Filters = Readonly<Record<string, string | undefined>>

export function useFilters(): readonly [Filters, (change: Filters) => void] {
  const found = useSearch({ strict: false }) as Readonly<Record<string, unknown>>
  const navigate = useNavigate()
  const filters = Object.fromEntries(Object.entries(found).map(([name, value]) => [name, String(value)]))
  const set = (change: Filters) => {
    const next = Object.entries({ ...filters, ...change }).filter(([, value]) => value !== undefined && value !== '')
    void navigate({ search: Object.fromEntries(next), replace: true, resetScroll: false } as never)
  }
  return [filters, set]
}

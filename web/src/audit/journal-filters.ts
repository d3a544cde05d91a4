/** What is asked of the journal, as the address of the screen holds it: a link to a search is the search. */

export type Filters = {
  /** A day, as a calendar field gives it. */
  readonly from?: string
  readonly to?: string
  readonly by?: string
  readonly caseId?: string
  readonly event?: string
}

const DAY = /^\d{4}-\d\d-\d\d$/
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const EVENT = /^[a-z][a-z0-9.-]{0,63}$/

/** Of what the address says, what can be asked; the rest is left. */
export function filtersOf(search: Readonly<Record<string, unknown>>): Filters {
  const kept = (name: string, right: RegExp): Record<string, string> => {
    const value = typeof search[name] === 'string' ? search[name].trim() : ''
    return right.test(value) ? { [name]: value } : {}
  }
  return {
    ...kept('from', DAY),
    ...kept('to', DAY),
    ...kept('by', /^[0-9a-z-]{1,60}$/),
    ...kept('caseId', ID),
    ...kept('event', EVENT),
  }
}

/** Days are whole days in UTC, the last one included. */
export function questionOf({ from, to, ...rest }: Filters): Readonly<Record<string, string>> {
  return {
    ...rest,
    ...(from === undefined ? {} : { from: `${from}T00:00:00Z` }),
    ...(to === undefined ? {} : { to: `${dayAfter(to)}T00:00:00Z` }),
  }
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}

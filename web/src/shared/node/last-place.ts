/** Where somebody worked last, kept in this browser: only the way there and who it was, so that it tells nobody else what was on the screen. */

const KEPT = 'comity.last-place'

export type Place = { readonly personId: string; readonly caseId: string; readonly path: string }

export function rememberPlace(place: Place): void {
  try {
    window.localStorage.setItem(KEPT, JSON.stringify(place))
  } catch {
    // A browser that keeps nothing offers no way back.
  }
}

export function lastPlace(personId: string): Place | null {
  try {
    const found = JSON.parse(window.localStorage.getItem(KEPT) ?? 'null') as Place | null
    return found?.personId === personId && found.path.startsWith('/') ? found : null
  } catch {
    return null
  }
}

/** What was written and has not reached the node: kept in this browser under the request and the version it was written on. */
import type { Content } from './first-draft.ts'

const keyOf = (id: string) => `comity.draft.${id}`

export function keep(id: string, version: number, content: Content): void {
  try {
    window.localStorage.setItem(keyOf(id), JSON.stringify({ version, content }))
  } catch {
    // A browser that keeps nothing: the node has it a moment later.
  }
}

export function kept(id: string, version: number): Content | null {
  try {
    const found = JSON.parse(window.localStorage.getItem(keyOf(id)) ?? 'null') as {
      readonly version: number
      readonly content: Content
    } | null
    return found?.version === version ? found.content : null
  } catch {
    return null
  }
}

export function forget(id: string): void {
  try {
    window.localStorage.removeItem(keyOf(id))
  } catch {
    // Nothing was kept.
  }
}

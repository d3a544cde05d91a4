/** Drafts of forms, kept in this browser under the case, so that no work is lost with a tab. */
import { useCallback, useState } from 'react'

const PREFIX = 'comity.draft.'

function kept<T>(key: string): T | null {
  try {
    const text = window.localStorage.getItem(PREFIX + key)
    return text === null ? null : (JSON.parse(text) as T)
  } catch {
    return null
  }
}

export type Draft<T> = {
  readonly value: T
  readonly set: (value: T) => void
  /** What was here when the form opened came from an earlier time. */
  readonly isRestored: boolean
  readonly forget: () => void
}

export function useDraft<T>(key: string, first: T): Draft<T> {
  const [found] = useState(() => kept<T>(key))
  const [value, setValue] = useState<T>(found ?? first)
  const [isRestored, setRestored] = useState(found !== null)
  const set = useCallback(
    (next: T) => {
      setValue(next)
      try {
        window.localStorage.setItem(PREFIX + key, JSON.stringify(next))
      } catch {
        // A browser that keeps nothing still sends the form.
      }
    },
    [key],
  )
  const forget = useCallback(() => {
    setRestored(false)
    setValue(first)
    try {
      window.localStorage.removeItem(PREFIX + key)
    } catch {
      // Nothing was kept.
    }
  }, [key, first])
  return { value, set, isRestored, forget }
}

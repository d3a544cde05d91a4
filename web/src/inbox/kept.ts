/** What somebody is writing, kept in this browser until the node has it. */
import { useEffect, useState } from 'react'

const PLACE = 'comity.message.'

export function readKept<T>(name: string): T | null {
  try {
    const text = window.localStorage.getItem(PLACE + name)
    return text === null ? null : (JSON.parse(text) as T)
  } catch {
    return null
  }
}

export function keep(name: string, value: unknown): void {
  try {
    window.localStorage.setItem(PLACE + name, JSON.stringify(value))
  } catch {
    // A browser that keeps nothing keeps nothing.
  }
}

export function forget(name: string): void {
  try {
    window.localStorage.removeItem(PLACE + name)
  } catch {
    // As above.
  }
}

/** State that is there again after the page was left; `wasKept`: it was there when the screen was opened. */
export function useKept<T>(name: string, first: T) {
  const [before] = useState(() => readKept<T>(name))
  const [value, setValue] = useState<T>(before ?? first)
  // Compared by what it says: whoever makes `first` may make it anew each time.
  const start = JSON.stringify(first)
  useEffect(() => {
    if (JSON.stringify(value) === start) forget(name)
    else keep(name, value)
  }, [name, value, start])
  return { value, setValue, wasKept: before !== null }
}

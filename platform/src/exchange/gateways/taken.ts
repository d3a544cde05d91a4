/**
 * Reading a value whole: what nobody has asked for is known at the end, so that a mapping cannot forget a field without
 * saying so. Paths are JSON pointers.
 */
export type Taken = {
  /** The text at the path, taken; null where nothing is there. Numbers and flags come as their text. */
  text(path: string): string | null
  /** How many there are in the list at the path. */
  count(path: string): number
  /** The text, left where it is. */
  peek(path: string): string | null
  /** Paths that hold something and were not taken, in the order of the value. */
  left(): readonly string[]
}

export function takenFrom(value: unknown): Taken {
  const leaves = new Map<string, string>()
  const counts = new Map<string, number>()
  const walk = (one: unknown, path: string): void => {
    if (one === null || one === undefined) return
    if (typeof one !== 'object') {
      leaves.set(path, String(one))
      return
    }
    if (Array.isArray(one)) counts.set(path, one.length)
    for (const [key, inner] of Object.entries(one)) walk(inner, `${path}/${key}`)
  }
  walk(value, '')
  return {
    text: (path) => {
      const found = leaves.get(path) ?? null
      leaves.delete(path)
      return found
    },
    count: (path) => counts.get(path) ?? 0,
    peek: (path) => leaves.get(path) ?? null,
    left: () => [...leaves.keys()],
  }
}

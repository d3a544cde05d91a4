/**
 * Which messages the first screen says: those that the app and its start page name, in their own files and in what these import at
 * once. The others come with the first screen that is not the start page.
 */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const source = fileURLToPath(new URL('./src', import.meta.url))
const entries = ['app/main.tsx', 'today/today.tsx']
/** Rooms whose messages any screen may say. */
const everywhere = ['shared', 'app', 'today']

/** `roomOf`: every message with its room. */
export function firstMessages(roomOf: ReadonlyMap<string, string>): ReadonlySet<string> {
  const code = sourcesFrom(entries.map((entry) => join(source, entry))).join('\n')
  const quoted = new Set([...code.matchAll(/'([a-z][\w.-]*)'/gi)].map(([, id]) => id))
  // A template that names no more than a room is that of a helper for the screens of the room.
  const begun = [...new Set([...code.matchAll(/`([a-z][\w.-]*\.)\$\{/gi)].map(([, prefix]) => prefix ?? ''))].filter(
    (prefix) => ![...roomOf.values()].includes(prefix.slice(0, -1)),
  )
  return new Set(
    [...roomOf]
      .filter(([id, room]) => everywhere.includes(room) || quoted.has(id) || begun.some((one) => id.startsWith(one)))
      .map(([id]) => id),
  )
}

function sourcesFrom(paths: readonly string[], found = new Map<string, string>()): readonly string[] {
  for (const path of paths) {
    if (found.has(path) || !path.startsWith(source) || !existsSync(path)) continue
    const code = readFileSync(path, 'utf8')
    found.set(path, code)
    const imported = [...code.matchAll(/^(?:import|export)\s(?!type\s)(?:[^'"]*?\sfrom\s)?'(\.[^']+\.tsx?)'/gm)]
    sourcesFrom(
      imported.map(([, other]) => join(dirname(path), other ?? '')),
      found,
    )
  }
  return [...found.values()]
}

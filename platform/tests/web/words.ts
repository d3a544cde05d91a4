/** The words of the app in a language, as its catalogues have them, so that a test finds what a user reads. */
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const rooms = fileURLToPath(new URL('../../../web/src/', import.meta.url))

export function wordsIn(language: string): (id: string) => string {
  const all = new Map(
    globSync(`*/messages/${language}.json`, { cwd: rooms }).flatMap((path) =>
      Object.entries(JSON.parse(readFileSync(rooms + path, 'utf8')) as Record<string, string>),
    ),
  )
  return (id) => {
    const text = all.get(id)
    if (text === undefined) throw new Error(`no ${id} in ${language}`)
    return text
  }
}

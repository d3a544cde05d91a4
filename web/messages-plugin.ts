/**
 * Makes one module a language of the messages of all rooms (`src/<room>/messages/<language>.json`, ICU message format), compiled,
 * so that the browser gets no compiler. A message that a language lacks is a fault of the build.
 */
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { compileMessage } from '@lingui/message-utils/compileMessage'

const PREFIX = 'virtual:messages/'
const source = fileURLToPath(new URL('./src', import.meta.url))

/** Messages by their id, of all rooms. */
export function readMessages(language: string): Readonly<Record<string, string>> {
  const all: Record<string, string> = {}
  for (const path of globSync(`*/messages/${language}.json`, { cwd: source }).sort()) {
    const some = JSON.parse(readFileSync(`${source}/${path}`, 'utf8')) as Record<string, string>
    for (const [id, message] of Object.entries(some)) {
      if (id in all) throw new Error(`${path}: the message ${id} is in two rooms`)
      all[id] = message
    }
  }
  return all
}

/** The shape that Vite asks of a plugin, as far as it is used here. */
export function messages() {
  return {
    name: 'comity-messages',
    resolveId: (id: string) => (id.startsWith(PREFIX) ? `\0${id}` : undefined),
    load: (id: string) => {
      if (!id.startsWith(`\0${PREFIX}`)) return undefined
      const language = id.slice(PREFIX.length + 1)
      const here = readMessages(language)
      const lacking = Object.keys(readMessages('en')).filter((name) => !(name in here))
      if (lacking.length > 0 && process.env.COMITY_MESSAGES !== 'unfinished')
        throw new Error(`messages of ${language} are missing: ${lacking.slice(0, 20).join(', ')} (${lacking.length})`)
      const compiled = Object.entries({ ...readMessages('en'), ...here }).map(([name, text]) => [
        name,
        compileMessage(text),
      ])
      return `export const messages = ${JSON.stringify(Object.fromEntries(compiled))}`
    },
  }
}

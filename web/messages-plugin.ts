/**
 * Makes two modules a language of the messages of all rooms (`src/<room>/messages/<language>.json`, ICU message format), compiled,
 * so that the browser gets no compiler: what the first screen says, and the rest. A message that a language lacks is a fault of the
 * build.
 */
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { firstMessages } from './first-messages.ts'

const PREFIX = 'virtual:messages/'
const source = fileURLToPath(new URL('./src', import.meta.url))

/** Messages by their id, of all rooms. */
export function readMessages(language: string): Readonly<Record<string, string>> {
  const all: Record<string, string> = {}
  for (const { path, messages: some } of filesOf(language))
    for (const [id, message] of Object.entries(some)) {
      if (id in all) throw new Error(`${path}: the message ${id} is in two rooms`)
      all[id] = message
    }
  return all
}

/** The room of every message. */
export function roomsOfMessages(): ReadonlyMap<string, string> {
  return new Map(
    filesOf('en').flatMap(({ path, messages: some }) =>
      Object.keys(some).map((id) => [id, path.split(/[\\/]/)[0] ?? ''] as const),
    ),
  )
}

function filesOf(language: string) {
  return globSync(`*/messages/${language}.json`, { cwd: source })
    .sort()
    .map((path) => ({
      path,
      messages: JSON.parse(readFileSync(`${source}/${path}`, 'utf8')) as Readonly<Record<string, string>>,
    }))
}

/** The shape that Vite asks of a plugin, as far as it is used here. */
export function messages() {
  return {
    name: 'comity-messages',
    resolveId: (id: string) => (id.startsWith(PREFIX) ? `\0${id}` : undefined),
    load: (id: string) => {
      if (!id.startsWith(`\0${PREFIX}`)) return undefined
      const [part, language = ''] = id.slice(PREFIX.length + 1).split('/')
      const here = readMessages(language)
      const lacking = Object.keys(readMessages('en')).filter((name) => !(name in here))
      if (lacking.length > 0 && process.env.COMITY_MESSAGES !== 'unfinished')
        throw new Error(`messages of ${language} are missing: ${lacking.slice(0, 20).join(', ')} (${lacking.length})`)
      const first = firstMessages(roomsOfMessages())
      const compiled = Object.entries({ ...readMessages('en'), ...here })
        .filter(([name]) => first.has(name) === (part === 'first'))
        .map(([name, text]) => [name, compileMessage(text)])
      return `export const messages = ${JSON.stringify(Object.fromEntries(compiled))}`
    },
  }
}

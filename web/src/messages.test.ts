/** The words of the app: the same in six languages, and none outside the catalogue. */
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { expect, test } from 'vitest'
import { readMessages } from '../messages-plugin.ts'
import { languages } from './shared/language/languages.ts'

const english = readMessages('en')
const source = fileURLToPath(new URL('.', import.meta.url))

test.each(languages.map(({ id }) => id))('%s has every message, and each has the same places', (id) => {
  const here = readMessages(id)
  expect(Object.keys(here).sort()).toEqual(Object.keys(english).sort())
  const differing = Object.entries(here).filter(([name, text]) => placesOf(text) !== placesOf(english[name] ?? ''))
  expect(differing).toEqual([])
})

/** Names of values in a message: `{name}`, `{count, plural, …}`. */
function placesOf(text: string): string {
  const names = new Set<string>()
  const walk = (part: unknown): void => {
    if (!Array.isArray(part)) return
    const [name, , options] = part
    if (typeof name === 'string') names.add(name)
    if (typeof options === 'object' && options !== null)
      for (const option of Object.values(options)) if (Array.isArray(option)) for (const one of option) walk(one)
  }
  const compiled = compileMessage(text)
  if (Array.isArray(compiled)) for (const part of compiled) walk(part)
  return [...names].sort().join(' ')
}

test('no words stand between tags, or in what is read aloud, outside the catalogue', () => {
  const found = globSync('**/*.tsx', { cwd: source }).flatMap((path) => {
    const text = readFileSync(`${source}/${path}`, 'utf8').replace(/\{\/\*.*?\*\/\}/gs, '')
    const between = [...text.matchAll(/<[A-Za-z][^<>]*>\s*([^<>{}]*[A-Za-z]{3,}[^<>{}]*?)\s*<\//g)]
    const attributes = [
      ...text.matchAll(/\b(?:aria-label|title|placeholder|alt|label|hint|caption)="([^"]*[A-Za-z]{3,}[^"]*)"/g),
    ]
    return [...between, ...attributes].map(([, words]) => `${path}: ${words}`)
  })
  expect(found).toEqual([])
})

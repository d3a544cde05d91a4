import { describe, expect, it } from 'vitest'
import { type Language, languages } from './languages.ts'
import { languageName, letterWords, wordsFor } from './letter-words.ts'

const entries = Object.entries(letterWords as Readonly<Record<string, Readonly<Record<string, string>>>>)

describe('the words of the letter', () => {
  it.each(languages)('are all there in %s', (language) => {
    const missing = entries.filter(([, words]) => !/\S/.test(words[language] ?? ''))
    expect(missing.map(([key]) => key)).toEqual([])
  })

  it('are in six languages and no other', () => {
    const odd = entries.filter(([, words]) => Object.keys(words).sort().join() !== [...languages].sort().join())
    expect(odd.map(([key]) => key)).toEqual([])
  })

  it('have the same placeholders in every language', () => {
    const placeholders = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort().join()
    const odd = entries.filter(([, words]) => new Set(Object.values(words).map(placeholders)).size !== 1)
    expect(odd.map(([key]) => key)).toEqual([])
  })

  it.each([
    ['ar', /\p{Script=Arabic}/u],
    ['zh', /\p{Script=Han}/u],
  ] as const)('are written in the script of %s', (language, script) => {
    const odd = entries.filter(([key, words]) => key !== 'colon' && !script.test(words[language] ?? ''))
    expect(odd.map(([key]) => key)).toEqual([])
  })

  it('take a value without reading placeholders in it', () => {
    expect(wordsFor('rule', 'en', { citation: '{citation} {n}' })).toBe('rule: {citation} {n}')
  })

  it('name a language of their own, and give the tag of another', () => {
    const names = languages.map((language: Language) => languageName('zh-Hans', language))
    expect(names).toEqual(['Chinese', 'chinois', 'chino', 'Chinesisch', 'الصينية', '中文'])
    expect(languageName('sw', 'en')).toBe('sw')
  })
})

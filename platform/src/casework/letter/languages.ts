/** The six languages of letters. Other languages appear as quoted text only. */
export type Language = 'en' | 'fr' | 'es' | 'de' | 'ar' | 'zh'

export const languages: readonly Language[] = ['en', 'fr', 'es', 'de', 'ar', 'zh']

export type Direction = 'ltr' | 'rtl'

/** Primary subtags of languages written from right to left in their usual script. */
const rightToLeft = new Set(['ar', 'fa', 'he', 'ur', 'ps', 'ckb', 'sd', 'ug', 'yi', 'dv'])

export function directionOf(language: string): Direction {
  return rightToLeft.has(primarySubtag(language)) ? 'rtl' : 'ltr'
}

/** `zh-Hans-CN` → `zh`. */
export function primarySubtag(language: string): string {
  return language.split('-')[0]?.toLowerCase() ?? ''
}

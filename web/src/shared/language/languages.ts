/** The languages of the app: how each is called by those who speak it, and which way it runs. */
export const languages = [
  { id: 'en', name: 'English', direction: 'ltr', locale: 'en-GB' },
  { id: 'fr', name: 'Français', direction: 'ltr', locale: 'fr' },
  { id: 'es', name: 'Español', direction: 'ltr', locale: 'es' },
  { id: 'de', name: 'Deutsch', direction: 'ltr', locale: 'de' },
  { id: 'ar', name: 'العربية', direction: 'rtl', locale: 'ar' },
  { id: 'zh', name: '中文', direction: 'ltr', locale: 'zh-Hans' },
] as const

export type Language = (typeof languages)[number]
export type LanguageId = Language['id']

/** Latin digits in every language: a figure on the screen must be the figure in the letter. */
export function localeOf({ locale }: Language): string {
  return `${locale}-u-nu-latn`
}

export function languageNamed(id: string | null): Language | undefined {
  return languages.find((one) => one.id === id)
}

/** The first of these wishes that is spoken here; English where none is. */
export function languageFor(wishes: readonly string[]): Language {
  for (const wish of wishes) {
    const found = languageNamed(wish.toLowerCase().split('-')[0] ?? '')
    if (found) return found
  }
  return languages[0]
}

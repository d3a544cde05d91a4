/** The language of the app: chosen by its user, else by the browser; messages are loaded when their language is. */
import { i18n } from '@lingui/core'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { I18nProvider } from 'react-aria-components'
import { type Language, type LanguageId, languageFor, languageNamed, localeOf } from './languages.ts'
import type { MessageId } from './message-ids.ts'

export type Values = Readonly<Record<string, string | number>>

/** Says a message in the language of the user. Values are put in as text. */
export type Say = (id: MessageId, values?: Values) => string

type Speech = {
  readonly say: Say
  /** Whether there is a message of this id: for codes that come from the node. */
  readonly knows: (id: string) => id is MessageId
  readonly language: Language
  readonly locale: string
  readonly speak: (id: LanguageId) => void
}

const Context = createContext<Speech | null>(null)

const KEPT = 'comity.language'

const loaders: Readonly<Record<LanguageId, () => Promise<{ messages: Parameters<typeof i18n.load>[0] }>>> = {
  en: () => import('virtual:messages/en') as never,
  fr: () => import('virtual:messages/fr') as never,
  es: () => import('virtual:messages/es') as never,
  de: () => import('virtual:messages/de') as never,
  ar: () => import('virtual:messages/ar') as never,
  zh: () => import('virtual:messages/zh') as never,
}

export function firstLanguage(): Language {
  const asked = new URLSearchParams(window.location.search).get('lang')
  return languageNamed(asked) ?? languageNamed(kept()) ?? languageFor(navigator.languages)
}

function kept(): string | null {
  try {
    return window.localStorage.getItem(KEPT)
  } catch {
    return null
  }
}

export async function load(language: Language): Promise<void> {
  const { messages } = await loaders[language.id]()
  i18n.loadAndActivate({ locale: language.id, locales: localeOf(language), messages: messages as never })
  document.documentElement.lang = language.locale
  document.documentElement.dir = language.direction
}

export function Speaking({ first, children }: { readonly first: Language; readonly children: ReactNode }) {
  const [language, setLanguage] = useState(first)
  useEffect(() => {
    document.documentElement.lang = language.locale
    document.documentElement.dir = language.direction
  }, [language])
  const speech = useMemo<Speech>(
    () => ({
      language,
      locale: localeOf(language),
      say: (id, values) => i18n._(id, values as never),
      knows: (id): id is MessageId => id in i18n.messages,
      speak: (id) => {
        const next = languageNamed(id)
        if (!next) return
        try {
          window.localStorage.setItem(KEPT, id)
        } catch {
          // A browser that keeps nothing is asked again next time.
        }
        void load(next).then(() => setLanguage(next))
      },
    }),
    [language],
  )
  return (
    <I18nProvider locale={speech.locale}>
      <Context value={speech}>{children}</Context>
    </I18nProvider>
  )
}

export function useSpeech(): Speech {
  const speech = useContext(Context)
  if (!speech) throw new Error('no language is spoken here')
  return speech
}

export function useSay(): Say {
  return useSpeech().say
}

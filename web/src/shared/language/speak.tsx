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

type Loader = () => Promise<{ readonly messages: Messages }>
type Messages = Parameters<typeof i18n.load>[1] & object

const firsts: Readonly<Record<LanguageId, Loader>> = {
  en: () => import('virtual:messages/first/en'),
  fr: () => import('virtual:messages/first/fr'),
  es: () => import('virtual:messages/first/es'),
  de: () => import('virtual:messages/first/de'),
  ar: () => import('virtual:messages/first/ar'),
  zh: () => import('virtual:messages/first/zh'),
}
const rests: Readonly<Record<LanguageId, Loader>> = {
  en: () => import('virtual:messages/rest/en'),
  fr: () => import('virtual:messages/rest/fr'),
  es: () => import('virtual:messages/rest/es'),
  de: () => import('virtual:messages/rest/de'),
  ar: () => import('virtual:messages/rest/ar'),
  zh: () => import('virtual:messages/rest/zh'),
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

/** What the first screen says in this language. */
export async function load(language: Language): Promise<void> {
  const { messages } = await firsts[language.id]()
  i18n.load(language.id, { ...messages })
  i18n.activate(language.id, localeOf(language))
  document.documentElement.lang = language.locale
  document.documentElement.dir = language.direction
}

/** All else that screens say in the language that is spoken now. */
export async function loadRest(id = i18n.locale as LanguageId): Promise<void> {
  const { messages } = await rests[id]()
  i18n.load(id, messages)
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
        void Promise.all([load(next), loadRest(next.id)]).then(() => setLanguage(next))
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

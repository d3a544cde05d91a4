/**
 * The public page, made on the node: no script is needed to read it. Its words come from the catalogue of its language; what is put into
 * them is text and is escaped. A word that a language lacks is a fault at the start of the node, not a hole on the page.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { PublicFacts, PublicState, PublishedCheckpoint } from './public-state.ts'

/** As the app has them (web/src/shared/language/languages.ts; a test holds the two together). */
export const pageLanguages = [
  { id: 'en', name: 'English', direction: 'ltr', locale: 'en-GB' },
  { id: 'fr', name: 'Français', direction: 'ltr', locale: 'fr' },
  { id: 'es', name: 'Español', direction: 'ltr', locale: 'es' },
  { id: 'de', name: 'Deutsch', direction: 'ltr', locale: 'de' },
  { id: 'ar', name: 'العربية', direction: 'rtl', locale: 'ar' },
  { id: 'zh', name: '中文', direction: 'ltr', locale: 'zh-Hans' },
] as const
export type PageLanguage = (typeof pageLanguages)[number]
export type Catalogue = Readonly<Record<string, string>>
export type Catalogues = Readonly<Record<PageLanguage['id'], Catalogue>>

/** The language that was chosen by `?lang=`, else the first of the browser's wishes that the page has, else English. */
export function pageLanguage(chosen: string | null, accepted: string): PageLanguage {
  const wishes = accepted
    .split(',')
    .map((wish) => {
      const [tag = '', ...parameters] = wish.trim().toLowerCase().split(';')
      const weight = Number(/^\s*q=([0-9.]+)\s*$/.exec(parameters.find((one) => one.includes('q=')) ?? '')?.[1] ?? 1)
      return { tag, weight: Number.isFinite(weight) ? weight : 0 }
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag.split('-')[0])
  for (const id of [chosen, ...wishes]) {
    const found = pageLanguages.find((one) => one.id === id)
    if (found) return found
  }
  return pageLanguages[0]
}

export function readCatalogues(): Catalogues {
  const read = (id: string): Catalogue =>
    JSON.parse(readFileSync(fileURLToPath(new URL(`./files/messages/${id}.json`, import.meta.url)), 'utf8'))
  return Object.fromEntries(pageLanguages.map(({ id }) => [id, read(id)])) as unknown as Catalogues
}

/** Markup that is already safe; what is no `Markup` is escaped before it stands on the page. */
type Markup = { readonly markup: string }
type Part = string | Markup

const raw = (markup: string): Markup => ({ markup })

export function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

/** Markup with parts put in: texts escaped, lists joined. */
function html(pieces: TemplateStringsArray, ...parts: readonly (Part | readonly Part[])[]): Markup {
  const put = (part: Part): string => (typeof part === 'string' ? escapeText(part) : part.markup)
  return raw(
    pieces.reduce((made, piece, at) => {
      const part = parts[at - 1]
      return `${made}${part === undefined ? '' : [part].flat().map(put).join('')}${piece}`
    }),
  )
}

const NOTHING = raw('')
const words = (text: string) => html`<bdi>${text}</bdi>`
const machine = (text: string) => html`<bdi class="machine" dir="ltr">${text}</bdi>`
const fact = (name: string, ...value: readonly Part[]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`
const code = (...lines: readonly string[]) => html`<pre dir="ltr" tabindex="0"><code>${lines.join('\n')}</code></pre>`

export function renderPublicPage(
  facts: PublicFacts,
  state: PublicState,
  language: PageLanguage,
  catalogues: Catalogues,
): string {
  const catalogue = catalogues[language.id]
  const say = (id: string, values: Readonly<Record<string, string>> = {}): string => {
    const text = catalogue[id]
    if (text === undefined) throw new Error(`the public page has no ${id} in ${language.id}`)
    return text.replace(/\{([a-z]+)\}/g, (_, name: string) => values[name] ?? '')
  }
  const when = (at: string) => html`<time datetime="${at}"><bdi>${instant(at, language)}</bdi></time>`
  const page: Page = { facts, state, say, when, language }
  const country = new Intl.DisplayNames(language.locale, { type: 'region' }).of(facts.country) ?? facts.country
  return html`<!doctype html>
<html lang="${language.locale}" dir="${language.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${facts.agency} – Comity</title>
<link rel="icon" href="/page/mark.svg" type="image/svg+xml">
<link rel="stylesheet" href="/page/page.css">
</head>
<body>
<header class="band">
  <div class="column">
    <a class="home" href="/"><img src="/page/mark.svg" alt="" width="28" height="28"><span>${words(facts.agency)}<small>${say('frame.product')}</small></span></a>
    <nav aria-label="${say('frame.languages')}"><ul class="languages">${pageLanguages.map(({ id, name, locale }) =>
      id === language.id
        ? html`<li><strong lang="${locale}" aria-current="true">${name}</strong></li>`
        : html`<li><a href="/?lang=${id}" lang="${locale}" hreflang="${locale}">${name}</a></li>`,
    )}</ul></nav>
  </div>
</header>
<main class="column">
<p class="kicker">${say('lead.kicker')}</p>
<h1>${words(facts.agency)}</h1>
<p class="lead">${say('lead.text')}</p>
<dl class="facts">
${fact(say('fact.country'), country)}
${fact(say('fact.node'), machine(facts.node))}
${fact(say('fact.address'), machine(facts.publicUrl))}
</dl>
<ul class="ways">
<li><a class="button" href="/app/sign-in?lang=${language.id}">${say('way.sign-in')}</a></li>
<li><a class="button second" href="/app/verify?lang=${language.id}">${say('way.verify')}</a></li>
</ul>
<p class="soft">${say('way.invited')}</p>
${directoryPart(page)}
${journalPart(page)}
${verifyPart(page)}
</main>
<footer class="column">
  <p>${say('frame.foot')} <a href="/v1/openapi.json">${say('frame.interface')}</a></p>
</footer>
</body>
</html>
`.markup
}

type Page = {
  readonly facts: PublicFacts
  readonly state: PublicState
  readonly say: (id: string, values?: Readonly<Record<string, string>>) => string
  readonly when: (at: string) => Markup
  readonly language: PageLanguage
}

function directoryPart({ state: { directory }, say, when, language }: Page): Markup {
  const head = html`<h2>${say('directory.title')}</h2>`
  if (directory === null) return html`${head}<p>${say('directory.none')}</p>`
  const { digest, until, members, agency, entry } = directory
  const edition = html`<dl class="facts">
${fact(say('directory.id'), machine(agency))}
${fact(say('directory.version'), digest === null ? say('directory.no-version') : machine(digest))}
${fact(say('directory.current'), until === null ? say('directory.frozen') : when(until))}
${fact(say('directory.members'), String(members))}
</dl>`
  if (entry === null) return html`${head}<p>${say('directory.text')}</p>${edition}<p>${say('directory.no-entry')}</p>`
  const names = new Intl.DisplayNames(language.locale, { type: 'language' })
  const period = (from: string, to: string | null): Markup =>
    to === null
      ? html`${say('key.from')} ${when(from)}`
      : html`${say('key.from')} ${when(from)} ${say('key.to')} ${when(to)}`
  const key = (value: string, from: string, to: string | null) =>
    html`<li>${machine(value)}<br><span class="soft">${period(from, to)}</span></li>`
  return html`${head}
<p>${say('directory.text')}</p>
${edition}
<dl class="facts">
${fact(say('entry.name'), words(entry.name))}
${fact(say('entry.status'), say(`entry.status-${entry.status}`))}
${fact(say('entry.valid'), period(entry.notBefore, entry.notAfter))}
${fact(say('entry.endpoint'), machine(entry.endpoint))}
${fact(say('entry.contact'), words(entry.contact.dutyLine), raw('<br>'), words(entry.contact.hours), raw('<br>'), entry.contact.languages.map((tag) => names.of(tag) ?? tag).join(', '))}
${fact(say('entry.scopes'), html`<ul>${entry.scopes.map(({ messages, send, receive }) => html`<li>${machine(messages)}: ${say(send && receive ? 'scope.both' : send ? 'scope.send' : receive ? 'scope.receive' : 'scope.neither')}</li>`)}</ul>`)}
</dl>
<details><summary>${say('entry.keys')}</summary>
<h3>${say('entry.signing-keys')}</h3><ul>${entry.signingKeys.map(({ publicKey, from, until: to }) => key(publicKey, from, to))}</ul>
<h3>${say('entry.file-keys')}</h3><ul>${entry.hpkeKeys.map(({ publicKey, from, until: to }) => key(publicKey, from, to))}</ul>
<h3>${say('entry.tls-pins')}</h3><ul>${entry.tlsPins.map((pin) => html`<li>${machine(pin)}</li>`)}</ul>
${entry.journalKey === null ? NOTHING : html`<h3>${say('entry.journal-key')}</h3><ul><li>${machine(entry.journalKey)}</li></ul>`}
${entry.witnessKey === null ? NOTHING : html`<h3>${say('entry.witness-key')}</h3><ul><li>${machine(entry.witnessKey)}</li></ul>`}
</details>`
}

function journalPart({ state: { newest, cosigned, anchors, logKey }, say, when }: Page): Markup {
  const head = html`<h2>${say('journal.title')}</h2><p>${say('journal.text')}</p>`
  if (newest === null || logKey === null) return html`${head}<p>${say('journal.none')}</p>`
  const shown = (checkpoint: PublishedCheckpoint) => html`<dl class="facts">
${fact(say('journal.size'), machine(checkpoint.size))}
${fact(say('journal.root'), machine(checkpoint.root))}
${fact(
  say('journal.witnesses'),
  checkpoint.witnesses.length === 0
    ? say('journal.no-witnesses')
    : html`<ul>${checkpoint.witnesses.map(({ agency, at }) => html`<li>${words(agency)}, ${when(at)}</li>`)}</ul>`,
)}
</dl>`
  return html`${head}
<h3>${say('journal.newest')}</h3>
${shown(newest)}
${cosigned === null || cosigned.size === newest.size ? NOTHING : html`<h3>${say('journal.cosigned')}</h3>${shown(cosigned)}`}
<h3>${say('journal.anchors')}</h3>
${
  anchors.length === 0
    ? html`<p>${say('journal.no-anchors')}</p>`
    : html`<ul>${anchors.map(({ authority, size, at }) => html`<li>${words(authority)}, ${when(at)}, ${say('journal.anchor-size')} ${machine(String(size))}</li>`)}</ul>`
}
<h3>${say('journal.key')}</h3>
${code(logKey)}
<h3>${say('journal.note')}</h3>
${code(newest.note.trimEnd())}
<ul>${['checkpoint', 'cosigned', 'anchors', 'key'].map((name) => html`<li><a href="/log/${name}">${machine(`/log/${name}`)}</a></li>`)}</ul>`
}

function verifyPart({ facts: { publicUrl }, state: { logKey }, say, language }: Page): Markup {
  if (logKey === null) return NOTHING
  return html`<h2>${say('verify.title')}</h2>
<ol class="steps">
<li>${say('verify.keep')}${code(`curl -o checkpoint.txt ${publicUrl}/log/checkpoint`, `curl -o log-key.txt ${publicUrl}/log/key`)}</li>
<li>${say('verify.trust')}${code(`log ${logKey}`, 'quorum none')}</li>
<li>${say('verify.bundle')}${code('comity-verify BUNDLE --policy policy.txt')}</li>
<li>${say('verify.browser')} <a href="/app/verify?lang=${language.id}">${say('way.verify')}</a></li>
<li>${say('verify.later')}</li>
</ol>`
}

function instant(at: string, { locale }: PageLanguage): string {
  return new Intl.DateTimeFormat(`${locale}-u-nu-latn`, {
    ...{ day: 'numeric', month: 'short', year: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', hour12: false, timeZone: 'UTC', timeZoneName: 'short' },
  }).format(new Date(at))
}

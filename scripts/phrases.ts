/**
 * What the core and the packs say in English and screens show in the language of their user: by topic, each text under the key
 * by which web/src/shared/phrases finds it. `node scripts/phrases.ts fr` writes what French still lacks, as JSON by topic.
 */
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { messageTypes } from '../platform/src/exchange/wire/index.ts'
import { weekdays } from '../platform/src/legal/calendar.ts'
import { unitNames } from '../platform/src/legal/counting.ts'
import { authorityRoles } from '../platform/src/legal/vocabulary.ts'
import { nodeEvents } from '../platform/src/node/audit-events.ts'
import { catalogue } from './write-errors.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

export const topics = ['refusals', 'details', 'exchange', 'law', 'tracing', 'casework', 'verdict', 'journal'] as const
export type Topic = (typeof topics)[number]

/** Texts of a topic by key. */
export function phrasesOf(topic: Topic): ReadonlyMap<string, string> {
  return sources[topic]()
}

const sources: Readonly<Record<Topic, () => ReadonlyMap<string, string>>> = {
  refusals: () =>
    new Map(
      catalogue
        .filter(({ room }) => room !== 'cli')
        .flatMap(({ code, meaning, fix }) => [
          [code, meaning],
          [`${code} fix`, fix],
        ]),
    ),
  details: () =>
    asKeys([
      ...textsAfter(
        'platform/src/{casework,exchange/desk,node/{door,auth,webhooks}}/*.ts',
        /(?:refuse|stop)\(\s*'[A-Z_]+',\s*|\b(?:message|fix):\s*/g,
      ),
      ...textsAfter(
        'platform/src/node/{ports,store/records,http/{server,file-routes,hand-out-routes,preview-route,sign-in-routes}}.ts',
        /(?:refuse|stop)\(\s*'[A-Z_]+',\s*|\b(?:message|fix):\s*/g,
      ),
      ...formTexts(),
      ...schemaTexts,
    ]),
  exchange: () => {
    const found = new Map<string, string>()
    for (const { what, majors } of messageTypes.values()) {
      found.set(what, what)
      const latest = Math.max(...Object.keys(majors).map(Number))
      collect(majors[latest] as Schema, found)
    }
    return found
  },
  law: () =>
    new Map([
      ...lawTexts(),
      ...authorityRoles.map((role) => [role, role.replaceAll('-', ' ')] as const),
      // How well a text was read, and the codes of the packs, where a sentence names them.
      ['secondary', 'read in a secondary source'],
      ['unverified', 'not verified'],
      ...codeLabels(),
    ]),
  tracing: () =>
    asKeys([
      ...textsAfter(
        'platform/src/tracing/**/*.ts',
        /\b(?:reason|legalName|definition|claim|says|lacks):\s*|\breasons\.push\(\s*/g,
      ),
      ...sentencesIn('platform/src/tracing/detectors/*.ts'),
      ...predicatesIn('platform/src/tracing/detectors/!(*cases|check-rule|sources|rules).ts'),
      ...sentencesIn('platform/src/chains/{address,account-address}.ts').filter((text) => text.startsWith('Written ')),
    ]),
  casework: () =>
    asKeys([
      ...sentencesIn('platform/src/casework/{deconfliction,reminder-thresholds}.ts'),
      ...sentencesIn('platform/src/evidence/custody/chain.ts'),
      ...textsAfter('platform/src/evidence/custody/admissibility.ts', /\b(?:yes|no)\(\s*|\bfound[:=]\s*|\bfound = /g),
      ...textsAfter(
        'platform/src/{evidence/formats,workflows}/**/*.ts',
        /\bdropped\(\s*|\bchanged\([^\n]*?,\s*|\b(?:gone|moved)\('\w+', [^,\n]+,\s*|\bday\('\w+',\s*/g,
      ),
    ]),
  verdict: () => asKeys(sentencesIn('platform/src/evidence/verify/*.ts')),
  journal: () => asKeys(nodeEvents().map(({ meaning }) => meaning)),
}

/** What the check of a request says of the fields of its form, and what those are called. */
function formTexts(): readonly string[] {
  const path = 'platform/src/legal/check-request.ts'
  const { labels } = parse(readFileSync(`${root}packs/labels/fields.yaml`, 'utf8')) as { labels: Labels }
  return [
    '{0} is missing.',
    'Fill in {0}; {1} asks for it.',
    ...textsAfter(path, /\bunknown\([^\n]*?,\s*(?=['`])|\bwhy\(\s*(?!`\$\{shown\(value\)\} \$\{message)/g),
    // What can be done stands after what is wrong.
    ...textsAfter(path, /\bwhy\((?:'[^']*'|`[^`]*`),\s*|\$\/,\s*'[^']*',\s*|\.['`],\s*(?=')/g),
    ...textsAfter(path, /\$\/,\s*(?=')/g).map((text) => `{0} ${text}`),
    ...Object.entries(labels).flatMap(([key, { en }]) => (key.startsWith('field.') && en !== undefined ? [en] : [])),
  ]
}

/** What ajv says of a value that does not fit (`misfit`); a test holds them to it. */
const schemaTexts = [
  "The input must have required property '{0}'.",
  'The input must NOT have additional properties: "{0}" is not known.',
  'The input must be equal to one of the allowed values: one of {0}.',
  'The input must be equal to constant.',
  ...['string', 'integer', 'number', 'boolean', 'object', 'array'].map((type) => `The input must be ${type}.`),
  'The input must NOT have more than {0} characters.',
  'The input must NOT have fewer than {0} characters.',
  'The input must NOT have more than {0} items.',
  'The input must NOT have fewer than {0} items.',
  'The input must NOT have duplicate items (items ## {0} and {1} are identical).',
  'The input must be >= {0}.',
  'The input must be <= {0}.',
  'The input must match pattern "{0}".',
  'The input must match format "{0}".',
  'The input must match a schema in anyOf.',
]

/** What the rules of law say in words. */
const lawTexts = () =>
  asKeys([
    ...packTexts(),
    'no limit stated',
    ...Object.values(unitNames).flatMap((unit) => [`# ${unit}`, `# ${unit}s`]),
    ...weekdays.slice(5),
    ...textsAfter('platform/src/legal/careful-reading.ts', /\b(?:DOM|US|UK|ours|theirs):\s*/g),
    ...textsAfter('platform/src/legal/calendar.ts', /holiday !== null\) return /g),
    ...sentencesIn(
      'platform/src/legal/{deadline,explain-deadline,counting,careful-reading,routes,route-checks,dual-criminality,admissible-request}.ts',
    ),
    ...textsAfter(
      'platform/src/legal/{admissible-request,check-request}.ts',
      /\bfix:\s*|why\((?:'[^']*'|`[^`]*`),\s*/g,
    ),
  ])

/** What a code or an offence of the packs is called, by its code. */
function codeLabels(): readonly (readonly [string, string])[] {
  return ['codes', 'names'].flatMap((name) => {
    const { labels } = parse(readFileSync(`${root}packs/labels/${name}.yaml`, 'utf8')) as { labels: Labels }
    return Object.entries(labels)
      .filter(([key]) => /^(?:code|group|offence)\./.test(key))
      .map(([key, { en = '' }]) => [key.replace(/^(?:code|offence)\./, ''), en] as const)
  })
}

type Labels = Readonly<Record<string, Readonly<Record<string, string>>>>

const asKeys = (texts: readonly string[]) => new Map(texts.map((text) => [text, text]))

type Schema = {
  readonly description?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly enum?: readonly string[]
  readonly const?: unknown
}

/** Hints, names of members (`member orderedAt`) and words that may be chosen (`code held-by`). Codes of the packs have labels there. */
function collect(schema: Schema, found: Map<string, string>): void {
  if (schema.description !== undefined && schema.description !== '') found.set(schema.description, schema.description)
  for (const [name, member] of Object.entries(schema.properties ?? {})) {
    found.set(
      `member ${name}`,
      name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
    )
    collect(member, found)
  }
  const choices =
    schema.enum ?? schema.anyOf?.flatMap((one) => (typeof one.const === 'string' ? [one.const] : [])) ?? []
  for (const one of choices) if (/^[a-z+-]+$/.test(one)) found.set(`code ${one}`, one.replaceAll('-', ' '))
  if (schema.items) collect(schema.items, found)
  for (const one of schema.anyOf ?? []) collect(one, found)
}

/** What the packs of law say in words, wherever it stands in them; names, addresses and articles stay as they are. */
function packTexts(): readonly string[] {
  const found: string[] = []
  const collectTexts = (value: unknown, name: string): void => {
    if (typeof value === 'string') {
      if (SAID.has(name)) found.push(value)
    } else if (value !== null && typeof value === 'object')
      for (const [own, inner] of Object.entries(value)) collectTexts(inner, Array.isArray(value) ? name : own)
  }
  for (const path of globSync('packs/{*,{criteria,indicators,instruments,jurisdictions,offences}/*}.yaml', {
    cwd: root,
  }).sort())
    collectTexts(parse(readFileSync(`${root}${path}`, 'utf8')), '')
  return found
}

/** Members of packs that are sentences for people. */
const SAID = new Set([
  ...['text', 'duty', 'triggerText', 'wording', 'condition', 'conduct', 'elements'],
  ...['question', 'fix', 'criteria', 'warning', 'title', 'note'],
])

/** Sentences that the sources write, with `{0}` where they put in values. What is thrown as a refusal has its code instead. */
export function sentencesIn(pattern: string): readonly string[] {
  return sourcesOf(pattern)
    .flatMap((code) => literalsOf(code.replace(NOT_SHOWN, `$&${MARK}`)))
    .filter(({ isMarked, text }) => !isMarked && isSentence(text))
    .map(({ text }) => text)
}

/** What a sentence of the sources is made of: begins small, or with a number. */
export function predicatesIn(pattern: string): readonly string[] {
  return sourcesOf(pattern)
    .flatMap((code) => literalsOf(code.replace(/\bfrom '[^']*'/g, '')))
    .map(({ text }) => text)
    .filter((text) => /^[a-z0-9]/.test(text) && /[a-z]{2}.* .*[a-z]{2}/.test(text.replace(PLACE, '')))
}

/** Texts that stand where the sources say something by its name, as `reason: '…'` does: sentences, or what is put into one. */
export function textsAfter(pattern: string, before: RegExp): readonly string[] {
  return sourcesOf(pattern)
    .flatMap((code) => literalsOf(code.replace(before, `$&${MARK}`)))
    .filter(({ isMarked, text }) => isMarked && /[a-z]{2}.* .*[a-z]{2}/i.test(text.replace(PLACE, '')))
    .map(({ text }) => text)
}

/** What a refusal says, and what can be done: those have their codes. */
const NOT_SHOWN = /(?:refuse|stop)\(\s*'[A-Z_]+',\s*|fix: /g
const MARK = '«'
const PLACE = /\{\d+\}/g

const isSentence = (text: string) =>
  /^[A-Z{]/.test(text) && text.replace(PLACE, '').length >= 10 && text.trim().split(/\s+/).length >= 3

const sourcesOf = (pattern: string) =>
  globSync(pattern, { cwd: root })
    .sort()
    .filter((path) => !/\.test\.ts$|codes\.ts$/.test(path))
    .map((path) => readFileSync(`${root}${path}`, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, ''))

type Literal = { readonly text: string; readonly isMarked: boolean }

function literalsOf(code: string): readonly Literal[] {
  const found: Literal[] = []
  for (let at = 0; at < code.length; at++) {
    const quote = code[at]
    if (quote !== "'" && quote !== '`' && quote !== '"') continue
    const [text, end] = quote === '`' ? templateFrom(code, at + 1) : plainFrom(code, at + 1, quote)
    found.push({ text, isMarked: code[at - 1] === MARK })
    at = end
  }
  return found
}

function plainFrom(code: string, from: number, quote: string): readonly [string, number] {
  let text = ''
  let at = from
  for (; at < code.length && code[at] !== quote && code[at] !== '\n'; at++)
    text += code[at] === '\\' ? code[++at] : code[at]
  return [text.replaceAll(MARK, ''), at]
}

function templateFrom(code: string, from: number): readonly [string, number] {
  let text = ''
  let places = 0
  let at = from
  for (; at < code.length && code[at] !== '`'; at++) {
    if (code[at] !== '$' || code[at + 1] !== '{') {
      text += code[at] === '\\' ? code[++at] : code[at]
      continue
    }
    text += `{${places++}}`
    let depth = 1
    for (at += 2; at < code.length; at++) {
      if (code[at] === '`') at = templateFrom(code, at + 1)[1]
      else if (code[at] === '{') depth++
      else if (code[at] === '}' && --depth === 0) break
    }
  }
  return [text.replaceAll(MARK, ''), at]
}

export function phrasesIn(topic: Topic, language: string): Readonly<Record<string, string>> {
  const [path] = globSync(`web/src/shared/phrases/${topic}/${language}.json`, { cwd: root })
  return path === undefined ? {} : JSON.parse(readFileSync(`${root}${path}`, 'utf8'))
}

const [, script, language] = process.argv
if (script === fileURLToPath(import.meta.url) && language !== undefined)
  for (const topic of topics) {
    const here = phrasesIn(topic, language)
    const lacking = [...phrasesOf(topic)].filter(([key]) => !(key in here))
    process.stdout.write(`${JSON.stringify({ topic, lacking: Object.fromEntries(lacking) }, null, 1)}\n`)
  }

/**
 * Commands of a node elsewhere: `comity --node URL case open --title …`. Every action of the node is a command; names, flags
 * and help come from the same list as the routes, so nothing here knows any action.
 */
import { randomUUID } from 'node:crypto'
import { createWriteStream, readFileSync, rmSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { TSchema } from '@sinclair/typebox'
import { Command, Option } from 'commander'
import { stringify } from 'yaml'
import { type Json, type Refusal, stop } from '../kernel/index.ts'
import { allActions, type Route, routeOf } from '../node/index.ts'
import { approvalPage, pageAfterRefusal } from './key-pages.ts'

export type RemoteCall = {
  readonly route: Pick<Route, 'method' | 'path'>
  readonly input: Readonly<Record<string, Json>>
  /** Where an answer that is a file goes; `null` where it is JSON. */
  readonly out: string | null
}

/** What a node answers with files, beside its actions. */
type FileCommand = {
  readonly path: readonly string[]
  readonly summary: string
  readonly route: RemoteCall['route']
  readonly options: readonly FileOption[]
}

type FileOption = {
  readonly flags: string
  readonly help: string
  /** Of the value that is sent; text where nothing is said. */
  readonly type?: 'boolean' | 'array' | 'object'
  readonly optional?: true
}

const AUDIENCE: FileOption = {
  flags: '--audience <object>',
  help: 'for whom, as JSON or @FILE: {"members":["Agency"],"reach":"named","purpose":"criminal-proceedings","onward":false}',
  type: 'object',
}
const ORDER: FileOption = {
  flags: '--order <text>',
  help: 'for a sealed case: the order that opens it to this audience',
  optional: true,
}

const files: readonly FileCommand[] = [
  {
    path: ['case', 'bundle'],
    summary: 'Fetch the bundle of a case, as a zip file that comity-verify checks once it is unpacked',
    route: { method: 'POST', path: '/v1/case/bundle.zip' },
    options: [{ flags: '--case-id <id>', help: 'the case' }],
  },
  {
    path: ['case', 'bag'],
    summary: 'Hand a case out to an audience as a BagIt bag: formats of others, exhibits, and an index to print',
    route: { method: 'POST', path: '/v1/case/bag.zip' },
    options: [
      { flags: '--case-id <id>', help: 'the case' },
      AUDIENCE,
      {
        flags: '--formats <array>',
        help: 'package, case, stix, misp, followthemoney, csv, as JSON; all where it is left out',
        type: 'array',
        optional: true,
      },
      {
        flags: '--exhibits <boolean>',
        help: 'with the bytes of the exhibits (true where it is left out)',
        type: 'boolean',
        optional: true,
      },
      {
        flags: '--index <boolean>',
        help: 'with the index of exhibits as PDF (true where it is left out)',
        type: 'boolean',
        optional: true,
      },
      { flags: '--language <code>', help: 'of the index: en, fr, es, de, ar or zh', optional: true },
      ORDER,
    ],
  },
  {
    path: ['case', 'package'],
    summary: 'Hand a case out to an audience in one format, with what became of each field',
    route: { method: 'POST', path: '/v1/case/package' },
    options: [
      { flags: '--case-id <id>', help: 'the case' },
      AUDIENCE,
      { flags: '--format <name>', help: 'package, case, stix, misp, followthemoney or csv' },
      ORDER,
    ],
  },
  {
    path: ['hand-out', 'bag'],
    summary: 'Fetch a hand-out once more as a BagIt bag, as it was handed out',
    route: { method: 'POST', path: '/v1/hand-out/bag.zip' },
    options: [
      { flags: '--case-id <id>', help: 'the case' },
      { flags: '--id <id>', help: 'the hand-out, as hand-out list names it' },
      {
        flags: '--index <boolean>',
        help: 'with the index of exhibits as PDF (true where it is left out)',
        type: 'boolean',
        optional: true,
      },
      { flags: '--language <code>', help: 'of the index: en, fr, es, de, ar or zh', optional: true },
    ],
  },
  {
    path: ['request', 'letter-pdf'],
    summary: 'Fetch the letter of a request as PDF',
    route: { method: 'GET', path: '/v1/request/letter.pdf' },
    options: [
      { flags: '--id <id>', help: 'the request' },
      { flags: '--language <code>', help: 'en, fr, es, de, ar or zh' },
    ],
  },
]

export type RemoteAnswer = { readonly exit: 0 | 1 | 3; readonly json: Json; readonly text: string }

/** Flags that are about the call and not of the action. */
const OWN_FLAGS = [
  { flags: '--node <url>', help: 'the node to call' },
  { flags: '--key-file <file>', help: 'a file with the API key (else COMITY_KEY)' },
  { flags: '--if-match <version>', help: 'the version that you saw, for a change of something that exists' },
  { flags: '--repeat-key <key>', help: 'the Idempotency-Key, to repeat a call that may have arrived' },
  { flags: '--json', help: 'print one JSON object on standard output' },
] as const

export function remoteProgram(choose: (call: RemoteCall, flags: Readonly<Record<string, unknown>>) => void): Command {
  const program = new Command('comity --node <url>')
    .description('Call a node. Every action of a node is a command here.')
    .showSuggestionAfterError(true)
    .showHelpAfterError('(see comity --node URL --help)')
  const groups = new Map<string, Command>()
  const groupOf = (path: readonly string[]): Command => {
    if (path.length === 0) return program
    const key = path.join(' ')
    const known = groups.get(key)
    if (known) return known
    const name = path.at(-1) as string
    const parent = groupOf(path.slice(0, -1))
    const group = parent.commands.find((one) => one.name() === name) ?? parent.command(name)
    groups.set(key, group)
    return group
  }
  for (const action of allActions()) {
    const path = action.name.split('.')
    const name = path.pop() as string
    const parent = groupOf(path)
    const command = parent.commands.find((one) => one.name() === name) ?? parent.command(name)
    groups.set(action.name.replaceAll('.', ' '), command)
    command.summary(action.summary).description(`${action.summary}.`)
    const route = routeOf(action)
    const required = new Set<string>((action.input as { required?: string[] }).required ?? [])
    for (const [property, schema] of Object.entries(route.properties)) {
      if (property === 'seen') continue
      command.addOption(optionOf(property, schema, required.has(property)))
    }
    for (const { flags, help } of OWN_FLAGS) command.addOption(new Option(flags, help))
    command.action((flags: Record<string, unknown>) => {
      choose({ route, input: inputOf(route, flags), out: null }, flags)
    })
  }
  for (const { path, summary, route, options } of files) {
    const command = groupOf(path.slice(0, -1))
      .command(path.at(-1) as string)
      .summary(summary)
      .description(`${summary}.`)
    for (const { flags, help, optional } of options) {
      const option = new Option(flags, help)
      command.addOption(optional ? option : option.makeOptionMandatory())
    }
    command.addOption(new Option('--out <file>', 'the file to write').makeOptionMandatory())
    for (const { flags, help } of OWN_FLAGS) command.addOption(new Option(flags, help))
    command.action((flags: Record<string, unknown>) => {
      const input = Object.fromEntries(
        options.flatMap(({ flags: flag, type = 'string' }) => {
          const name = camel(flag.slice(2, flag.indexOf(' ')))
          const text = flags[name]
          return text === undefined ? [] : [[name, valueOfFlag(name, { type } as unknown as TSchema, String(text))]]
        }),
      )
      choose({ route, input, out: String(flags.out) }, flags)
    })
  }
  return program
}

function camel(flag: string): string {
  return flag.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

function optionOf(property: string, schema: TSchema, required: boolean): Option {
  const help = [schema.description, schema.type === 'array' || schema.type === 'object' ? 'as JSON' : '']
    .filter(Boolean)
    .join('; ')
  const option = new Option(`--${kebab(property)} <${schema.type ?? 'value'}>`, help || property)
  const choices = (schema.anyOf as { const?: unknown }[] | undefined)?.map((one) => one.const)
  if (choices?.every((choice) => typeof choice === 'string')) option.choices(choices as string[])
  return required ? option.makeOptionMandatory() : option
}

function inputOf({ properties }: Route, flags: Readonly<Record<string, unknown>>): Record<string, Json> {
  const input: Record<string, Json> = {}
  for (const [property, schema] of Object.entries(properties)) {
    const text = flags[property]
    if (typeof text !== 'string') continue
    input[property] = valueOfFlag(property, schema, text)
  }
  return input
}

function valueOfFlag(property: string, schema: TSchema, text: string): Json {
  const wrong = (what: string): never =>
    stop('FLAG_VALUE', `"${text.slice(0, 80)}" is not ${what}.`, { place: `--${kebab(property)}` })
  switch (schema.type) {
    case 'integer':
      return /^-?\d{1,15}$/.test(text) ? Number(text) : wrong('a whole number')
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : wrong('true or false')
    case 'array':
    case 'object':
      try {
        return JSON.parse(text.startsWith('@') ? readFileSync(text.slice(1), 'utf8') : text) as Json
      } catch {
        return wrong('JSON, nor @FILE with JSON in it')
      }
    default:
      return text
  }
}

function kebab(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

export async function callNode(
  { route, input, out }: RemoteCall,
  flags: Readonly<Record<string, unknown>>,
  environment: NodeJS.ProcessEnv,
): Promise<RemoteAnswer> {
  const base = nodeUrl(String(flags.node))
  const key = flags.keyFile === undefined ? environment.COMITY_KEY : readFileSync(String(flags.keyFile), 'utf8').trim()
  if (!key)
    return stop('KEY_MISSING', 'A key of the node is needed.', {
      place: '--key-file',
      fix: 'Give --key-file, or set COMITY_KEY.',
    })
  const url = new URL(route.path, base)
  const headers: Record<string, string> = { authorization: `Bearer ${key}`, accept: 'application/json' }
  if (flags.ifMatch !== undefined) headers['if-match'] = `"${String(flags.ifMatch)}"`
  if (route.method === 'GET') {
    for (const [name, value] of Object.entries(input))
      url.searchParams.set(name, typeof value === 'string' ? value : JSON.stringify(value))
  } else {
    headers['content-type'] = 'application/json'
    headers['idempotency-key'] = flags.repeatKey === undefined ? randomUUID() : String(flags.repeatKey)
  }
  let response: Response
  try {
    response = await fetch(url, {
      method: route.method,
      headers,
      // Nothing is followed to where an answer points.
      redirect: 'error',
      ...(route.method === 'POST' ? { body: JSON.stringify(input) } : {}),
    })
  } catch (thrown) {
    return stop(
      'NODE_UNREACHABLE',
      `The node does not answer: ${thrown instanceof Error ? thrown.message : String(thrown)}.`,
      {
        place: base.href,
        fix: `Check the URL and that the node runs.${route.method === 'POST' ? ` To be sure that nothing is done twice, repeat with --repeat-key ${headers['idempotency-key']}.` : ''}`,
      },
    )
  }
  if (response.ok && out !== null) {
    const bytes = await keepAnswer(response, out)
    return { exit: 0, json: { out, bytes }, text: `${bytes} bytes in ${out}.` }
  }
  const body = (await response.json().catch(() => null)) as Json
  if (response.ok) {
    const text = typeof body === 'string' ? body : stringify(body).trimEnd()
    const page = route.path === '/v1/request/submit' ? approvalPage(base, route.path, input) : null
    return {
      exit: 0,
      json: { result: body, etag: response.headers.get('etag') },
      text: page === null ? text : `${text}\n# It is approved with a security key at ${page}`,
    }
  }
  const problem = (body ?? {}) as { code?: string; detail?: string; place?: string; fix?: string }
  const refusal: Refusal = {
    code: problem.code ?? `HTTP_${response.status}`,
    message: problem.detail ?? `The node answered with status ${response.status}.`,
    ...(problem.place === undefined ? {} : { place: problem.place }),
    ...(problem.fix === undefined ? {} : { fix: problem.fix }),
  }
  const page = pageAfterRefusal(base, route.path, input, refusal.code)
  return {
    exit: response.status >= 500 ? 3 : 1,
    json: { error: { ...refusal } },
    text: [
      `${refusal.code}: ${refusal.message}`,
      refusal.place && `  where: ${refusal.place}`,
      refusal.fix && `  what to do: ${refusal.fix}`,
      page && `  with your security key: ${page}`,
    ]
      .filter(Boolean)
      .join('\n'),
  }
}

/** Into the file as it arrives, since a bag holds disk images; what was cut off on the way is not left as if it were whole. */
async function keepAnswer(response: Response, out: string): Promise<number> {
  const file = createWriteStream(out, { flags: 'wx', mode: 0o600 })
  try {
    await pipeline(Readable.fromWeb((response.body ?? new ReadableStream()) as never), file)
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') rmSync(out, { force: true })
    throw thrown
  }
  return file.bytesWritten
}

/** A key must not travel in the clear. */
function nodeUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  const here = url !== null && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname)
  if (!url || (url.protocol !== 'https:' && !(url.protocol === 'http:' && here)))
    return stop('FLAG_VALUE', 'The node must be called by https (http only on this machine).', {
      place: '--node',
      fix: 'Write https://host.',
    })
  return url
}

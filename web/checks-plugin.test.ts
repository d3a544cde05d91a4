/**
 * What the app accepts and refuses, and why, is what ajv does on the node: over the vectors of the exchange, and over every schema that a
 * dossier and its directory are read by, on right and on changed values. The checks are built as for the app, and run where no text may
 * become a script.
 */
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createContext, runInContext } from 'node:vm'
import { type TSchema, Type } from '@sinclair/typebox'
import fc from 'fast-check'
import { build, type Rolldown } from 'vite'
import { beforeAll, expect, it } from 'vitest'
import { MemberFile } from '../platform/src/exchange/directory/index.ts'
import { Dossier } from '../platform/src/exchange/dossier/index.ts'
import { directoryOfTwo, dossierOfTwo } from '../platform/src/exchange/testing/dossier-of-two.ts'
import { Header, misfit, ownForms, parsePayloadType, Receipt } from '../platform/src/exchange/wire/index.ts'
import { asJson, everyForm, exampleDraft } from '../platform/src/exchange/wire/testing/messages.ts'
import { base64ToBytes, type Json, strictJson } from '../platform/src/kernel/index.ts'
import { checks } from './checks-plugin.ts'

type Misfitting = typeof misfit
let misfitInApp: Misfitting

beforeAll(async () => {
  const entry = fileURLToPath(new URL('../platform/src/exchange/wire/schema-check.ts', import.meta.url))
  const built = (await build({
    ...{ configFile: false, logLevel: 'silent', plugins: [checks()] },
    build: { write: false, lib: { entry, formats: ['iife'], name: 'built' } },
  })) as Rolldown.RolldownOutput[]
  const page = createContext({ TextEncoder }, { codeGeneration: { strings: false, wasm: false } })
  expect(() => runInContext('new Function("return 1")', page)).toThrow(/Code generation/)
  runInContext(built[0]?.output[0].code ?? '', page)
  misfitInApp = runInContext('built.misfit', page)
})

/** What does not fit, and why, as it is shown; null where all fits. Plain JSON: what another context made equals nothing here. */
const onNode = (...asked: Parameters<Misfitting>) => asJson(misfit(...asked))
const inApp = (...asked: Parameters<Misfitting>) => asJson(misfitInApp(...asked))

it('the vectors of the exchange are read as on the node', () => {
  const folder = fileURLToPath(new URL('../vectors/exchange/', import.meta.url))
  const vectors = globSync('{good,bad}/*.json', { cwd: folder }).flatMap(
    (path) => JSON.parse(readFileSync(`${folder}${path}`, 'utf8')) as readonly { claim: string; bytes?: string }[],
  )
  const seen = { accepted: 0, refused: 0 }
  for (const { claim, bytes } of vectors)
    for (const [schema, value] of signedIn(bytes ?? '')) {
      const node = onNode(schema, value)
      expect(inApp(schema, value), claim).toEqual(node)
      seen[node === null ? 'accepted' : 'refused'] += 1
    }
  expect(seen.accepted).toBeGreaterThan(200)
  expect(seen.refused).toBeGreaterThan(20)
})

/** What an envelope says, each part with its schema; nothing where it is none. */
function signedIn(bytes: string): readonly (readonly [schema: TSchema, value: Json])[] {
  const envelope = jsonOf(bytes) as { readonly payload?: string; readonly payloadType?: string } | null
  const payload = jsonOf(envelope?.payload ?? '') as { readonly header?: Json; readonly body?: Json } | null
  const kind = parsePayloadType(envelope?.payloadType ?? '')
  if (!payload || !kind) return []
  if (kind.type === 'receipt') return [[Receipt, payload]]
  const { header = null, body = null } = payload
  const form = ownForms.formOf(kind.type, kind.major)
  return form ? [[Header, header] as const, [form.body, body] as const] : []
}

function jsonOf(base64: string): Json {
  const read = strictJson(base64ToBytes(base64) ?? new Uint8Array())
  return read.ok ? read.value : null
}

const readable: readonly (readonly [name: string, schema: TSchema, value: unknown])[] = [
  ['a dossier', Dossier, dossierOfTwo()],
  ...[...directoryOfTwo()]
    .filter(([name]) => name.startsWith('members/'))
    .map(
      ([name, bytes]) =>
        [`the file ${name.slice(0, 16)}`, MemberFile, JSON.parse(new TextDecoder().decode(bytes))] as const,
    ),
  ...everyForm.flatMap(([type, major]) => {
    const { header, body } = exampleDraft(type, major)
    const form = ownForms.formOf(type, major)
    return [
      [`the header of ${type} ${major}`, Header, header] as const,
      ...(form ? [[`the body of ${type} ${major}`, form.body, body] as const] : []),
    ]
  }),
]

/** Every place in a value, as the names that lead there. */
function placesIn(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  const inside =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([name, one]) => placesIn(one, [...at, name]))
      : []
  return [at, ...inside]
}

function changedAt(value: unknown, [name, ...more]: readonly string[], change: (old: unknown) => unknown): unknown {
  if (name === undefined) return change(value)
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>
  const next = changedAt(copy[name], more, change)
  if (next === undefined && !Array.isArray(value)) delete copy[name]
  else copy[name] = next ?? null
  return copy
}

const texts = [
  '',
  ' ',
  'é'.repeat(200),
  '😀'.repeat(70),
  '2026-02-30',
  '2026-11-25T10:00:00.000Z',
  'AT',
  'x\u0000',
  'ab'.repeat(32),
]
const numbers = [0, -1, 1.5, 1e300, 2, 9007199254740991]
const changes: readonly ((old: unknown) => unknown)[] = [
  () => undefined,
  ...[...texts, ...numbers, null, true, [], {}].map((one) => () => one),
  (old) => (Array.isArray(old) ? [...old, ...old] : typeof old === 'string' ? `${old} ` : old),
  (old) => (Array.isArray(old) ? Array(200).fill(old[0] ?? 'x') : old),
  (old) => (typeof old === 'object' && old !== null && !Array.isArray(old) ? { ...old, more: 1 } : old),
  (old) => (typeof old === 'string' ? old.slice(1) : old),
]

it.each(readable)('%s', (_, schema, value) => {
  const right = asJson(value)
  expect([onNode(schema, right), inApp(schema, right)]).toEqual([null, null])
  const places = placesIn(right)
  fc.assert(
    fc.property(fc.constantFrom(...places), fc.constantFrom(...changes), (place, change) => {
      const changed = changedAt(right, place, change)
      expect(inApp(schema, changed), JSON.stringify(place)).toEqual(onNode(schema, changed))
    }),
    { numRuns: 75 },
  )
})

it('a schema of which no check was made is a fault, and lets nothing in', () => {
  expect(() => inApp(Type.Object({}), {})).toThrow(/no check was made/)
})

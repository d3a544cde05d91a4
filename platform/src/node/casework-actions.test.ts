/** What holds of every act of casework, workflows and law: bounded input, words for people, rights that the policies know. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { caseworkActions } from '../casework/index.ts'
import type { Action } from '../kernel/index.ts'
import { legalActions } from '../legal/index.ts'
import { workflowActions } from '../workflows/index.ts'

const all: readonly Action[] = [...caseworkActions, ...workflowActions, ...legalActions]
const rights = readFileSync(new URL('../../../policies/comity.cedarschema', import.meta.url), 'utf8')
  .split('\n')
  .reduce<{ seen: Map<string, string>; open: string[] }>(
    ({ seen, open }, line) => {
      const names =
        /^(action|\s+")/.test(line) && line.includes('"')
          ? [...line.matchAll(/"(\w+)"/g)].map(([, name]) => name ?? '')
          : []
      const waiting = [...open, ...names]
      const resource = /resource: (\w+)/.exec(line)?.[1]
      if (!resource || !/appliesTo/.test(line)) return { seen, open: waiting }
      for (const name of waiting) seen.set(name, resource.toLowerCase())
      return { seen, open: [] }
    },
    { seen: new Map(), open: [] },
  ).seen

type Schema = {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly patternProperties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly pattern?: string
  readonly format?: string
  readonly maxLength?: number
  readonly maxItems?: number
  readonly maximum?: number
  readonly maxProperties?: number
  readonly additionalProperties?: unknown
  readonly description?: string
}

/** Places of a schema where somebody could send without end. `/credential` is bounded by the size of a call. */
function unbounded(schema: Schema, path: string): string[] {
  if (schema.const !== undefined || schema.enum !== undefined) return []
  if (schema.anyOf) return schema.anyOf.flatMap((one, at) => unbounded(one, `${path}|${at}`))
  if (schema.type === 'object') {
    const inner = Object.entries({ ...schema.properties, ...schema.patternProperties })
    const wrong = schema.additionalProperties === false ? [] : [`${path}: takes more than it lists`]
    if (schema.patternProperties && schema.maxProperties === undefined) wrong.push(`${path}: any number of fields`)
    return [...wrong, ...inner.flatMap(([name, one]) => unbounded(one, `${path}/${name}`))]
  }
  if (schema.type === 'array') {
    // The audiences and members of the kernel are bounded by the people of the node.
    const wrong = schema.maxItems === undefined ? [`${path}: a list without an end`] : []
    return [...wrong, ...unbounded(schema.items ?? {}, `${path}[]`)]
  }
  if (schema.type === 'string')
    return schema.maxLength !== undefined || schema.format !== undefined || /^\^[^*+]*\$$/.test(schema.pattern ?? '')
      ? []
      : [`${path}: a text without an end`]
  if (schema.type === 'integer' || schema.type === 'boolean' || schema.type === 'null') return []
  return path.endsWith('/credential') ? [] : [`${path}: anything`]
}

test('every input is closed and bounded in all its parts', () => {
  expect(all.flatMap(({ name, input }) => unbounded(input as Schema, name))).toEqual([])
})

test('names are nouns and verbs, and each stands once', () => {
  const names = all.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  for (const name of names) expect(name).toMatch(/^[a-z]+(-[a-z]+)*(\.[a-z]+(-[a-z]+)*)+$/)
  for (const { name, summary } of all) expect(summary, name).toMatch(/^\S.{8,160}[^.]$/)
})

test('every right that is asked is one of the policies, for that kind of subject', () => {
  expect(rights.size).toBeGreaterThan(15)
  const id = '00000000-0000-7000-8000-000000000001'
  for (const { name, asks } of all) {
    const { right, subject } = asks({ id, caseId: id } as never)
    expect(rights.get(right), `${name} asks ${right} of ${subject.type}`).toBe(subject.type)
  }
})

test('what people fill in is described', () => {
  const silent = all.flatMap(({ name, input }) =>
    Object.entries((input as Schema).properties ?? {})
      .filter(([, { type, description }]) => type === 'string' && !description)
      .map(([field]) => `${name}/${field}`),
  )
  expect(silent).toEqual([])
})

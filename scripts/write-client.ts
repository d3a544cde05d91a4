/**
 * Writes web/src/shared/api.ts, a typed function for each action of the node: `node scripts/write-client.ts`.
 * platform/tests/node-documents.test.ts fails where the file is not what this writes.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { TSchema } from '@sinclair/typebox'
import { allActions } from '../platform/src/node/actions.ts'
import { nodeEvents } from '../platform/src/node/audit-events.ts'
import { routeOf } from '../platform/src/node/http/route-of.ts'
import { otherOperations } from '../platform/src/node/http/sign-in-operations.ts'
import { formatted } from './formatted.ts'
import { typeOfSchema } from './type-of-schema.ts'

export const CHANGE_EVENTS = 'web/src/shared/node/change-events.ts'
export const CLIENT = 'web/src/shared/api.ts'

type Function = {
  readonly name: string
  readonly summary: string
  readonly method: string
  readonly path: string
  readonly conditional: boolean
  readonly input: TSchema | undefined
  readonly output: TSchema
}

function functions(): readonly Function[] {
  const ofActions = allActions().map((action) => ({ ...action, ...routeOf(action) }))
  // Where the browser is led elsewhere there is nothing to fetch.
  const others = otherOperations.flatMap((operation) =>
    operation.answer === undefined
      ? []
      : [{ ...operation, conditional: false, input: operation.body ?? operation.query, output: operation.answer }],
  )
  return [...ofActions, ...others].sort((a, b) => (a.name < b.name ? -1 : 1))
}

export function clientText(): string {
  const all = functions()
  const types = all.map(({ name, summary, input, output }) => {
    const inputType = input && hasFields(input) ? typeOfSchema(input) : 'Record<string, never>'
    return `/** ${summary}: what is given. */
export type ${typeName(name)}Input = ${inputType}
/** ${summary}: what comes back. */
export type ${typeName(name)}Result = ${typeOfSchema(output)}
`
  })
  const methods = all.map(({ name, summary, method, path, conditional, input }) => {
    const required = input && ((input.required as string[] | undefined)?.length ?? 0) > 0
    const parameter = `input: ${typeName(name)}Input${required ? '' : ' = {}'}`
    return `/** ${summary}. */
${functionName(name)}: (${parameter}, options: CallOptions = {}) =>
  callNode<${typeName(name)}Result>(connection, { ...options, method: '${method}', path: '${path}', input${conditional ? ', conditional: true' : ''} }),`
  })
  return formatted(
    CLIENT,
    `// Written by scripts/write-client.ts from the actions of the node. Do not edit.
/** A typed function for each action of the node, over HTTP. */
import { type CallOptions, type Connection, callNode } from './request.ts'

export type { Answer, CallOptions, Connection, Problem } from './request.ts'

export type NodeClient = ReturnType<typeof nodeClient>

export function nodeClient(connection: Connection = {}) {
  return {
${methods.join('\n')}
  }
}

${types.join('\n')}`,
  )
}

function hasFields({ properties }: TSchema): boolean {
  return Object.keys(properties ?? {}).length > 0
}

/** `case.member.add` is caseMemberAdd. */
export function functionName(name: string): string {
  return name.replace(/[.-]([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

function typeName(name: string): string {
  const text = functionName(name)
  return text[0]?.toUpperCase() + text.slice(1)
}

/** The events after which a screen may be stale: all but those of reading, or it would ask for ever. */
export function changeEventsText(): string {
  const kinds = new Map(allActions().map(({ name, kind }) => [name, kind]))
  const names = nodeEvents()
    .filter(
      ({ name, by }) => name !== 'access.denied' && (by.length === 0 || by.some((one) => kinds.get(one) !== 'read')),
    )
    .map(({ name }) => `  '${name}',`)
  return `// Written by scripts/write-client.ts from the actions of the node. Do not edit.
/** Names of the events after which what is on a screen may have changed. */
export const changeEvents = [
${names.join('\n')}
] as const
`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL(`../${CLIENT}`, import.meta.url), clientText())
  writeFileSync(new URL(`../${CHANGE_EVENTS}`, import.meta.url), changeEventsText())
}

/** How an action appears over HTTP. The OpenAPI document, the server and the client all ask here. */
import type { TObject, TSchema } from '@sinclair/typebox'
import type { Action, Json } from '../../kernel/index.ts'

export type Route = {
  readonly method: 'GET' | 'POST'
  readonly path: string
  /** Input properties by name. */
  readonly properties: Readonly<Record<string, TSchema>>
  /** The version that the caller saw travels as If-Match. */
  readonly conditional: boolean
}

/** `case.member.add` is POST /v1/case/member/add; what reads is GET with its input in the query, unless that may be large. */
export function routeOf({ name, kind, input, large }: Action): Route {
  const properties = (input as TObject).properties ?? {}
  return {
    method: kind === 'read' && !large ? 'GET' : 'POST',
    path: `/v1/${name.replaceAll('.', '/')}`,
    properties,
    conditional: kind === 'change' && 'seen' in properties,
  }
}

/** Query texts as the schema has them: numbers and booleans by their type, lists and objects as JSON. */
export function inputOfQuery({ properties }: Route, query: Readonly<Record<string, string>>): Record<string, unknown> {
  const input: Record<string, unknown> = {}
  for (const [name, text] of Object.entries(query)) input[name] = readQueryValue(properties[name], text)
  return input
}

function readQueryValue(schema: TSchema | undefined, text: string): unknown {
  switch (schema?.type) {
    case 'integer':
    case 'number':
      return /^-?\d{1,15}$/.test(text) ? Number(text) : text
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text
    case 'array':
    case 'object':
      try {
        return JSON.parse(text) as Json
      } catch {
        return text
      }
    default:
      return text
  }
}

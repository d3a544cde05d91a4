/**
 * The description of the node as OpenAPI 3.1, written from the list of its actions: what routeOf says of an action is what
 * the server does with it. docs/spec/openapi.json is this document for all actions.
 */
import type { TObject, TSchema } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'
import type { Action, Json } from '../../kernel/index.ts'
import { fileOperations } from './file-operations.ts'
import { statusByCode } from './problems.ts'
import { routeOf } from './route-of.ts'
import { type Operation, otherOperations } from './sign-in-operations.ts'

type Node = { readonly [key: string]: Json }

export function openApiDocument(actions: readonly Action[]): Node {
  const paths: Record<string, Record<string, Node>> = {}
  const put = (path: string, method: string, operation: Node) => {
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation }
  }
  for (const action of actions) put(routeOf(action).path, routeOf(action).method, operationOfAction(action))
  const others = [...otherOperations, ...filesOf(actions)]
  for (const operation of others) put(operation.path, operation.method, operationOf(operation))
  const tags = [...new Set([...actions, ...others].map(({ name }) => nounOf(name)))].sort()
  return {
    openapi: '3.1.1',
    info: {
      title: 'Comity node',
      version: '1',
      summary: 'Tracing, freezing, seizing and returning crypto-assets, across borders.',
      description:
        'Reads are GET with their input in the query. Changes, and reads whose input may be long, are POST with a JSON object, an Idempotency-Key and, where something seen before is changed, its ETag in If-Match. Whole numbers lie within ±(2^53 − 1); amounts are texts of digits. What a node refuses it says as a problem (RFC 9457) with a code of docs/errors.md.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: tags.map((name) => ({ name })),
    security: [{ session: [] }, { bearer: [] }],
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-comity',
          description: 'The session of a browser; without TLS, on loopback only, the cookie is called comity.',
        },
        bearer: { type: 'http', scheme: 'bearer', description: 'A session (cs_…) or an API key (ck_…).' },
      },
      parameters: {
        IdempotencyKey: {
          name: 'Idempotency-Key',
          in: 'header',
          required: true,
          description: 'New and random for each act; the same to repeat one.',
          schema: { type: 'string', pattern: '^[\\x21-\\x7e]{8,128}$' },
        },
        IfMatch: {
          name: 'If-Match',
          in: 'header',
          required: true,
          description: 'The ETag of what was seen.',
          schema: { type: 'string', pattern: '^"\\d{1,9}"$' },
        },
      },
      headers: {
        ETag: { description: 'The version of the result.', schema: { type: 'string' } },
        IdempotentReplayed: {
          description: '`true` where the act was done before, and this is its answer.',
          schema: { type: 'string', enum: ['true'] },
        },
        RetryAfter: { description: 'Seconds to wait.', schema: { type: 'string' } },
      },
      schemas: { Problem: problemSchema() },
      responses: Object.fromEntries(
        Object.keys(statuses).map((status) => [`Problem${status}`, problemResponse(status)]),
      ),
    },
  }
}

/** A list without the act of handing out (as tests make one) has no files of it. */
function filesOf(actions: readonly Action[]): readonly Operation[] {
  const handOut = actions.find(({ name }) => name === 'case.hand-out')
  return handOut ? fileOperations(handOut) : []
}

/** GET /v1/openapi.json. */
export function openApiRoute(actions: readonly Action[]): (server: FastifyInstance) => void {
  const text = JSON.stringify(openApiDocument(actions))
  return (server) => {
    server.get('/v1/openapi.json', (_request, reply) => reply.type('application/json').send(text))
  }
}

/** What each status means here. */
const statuses: Readonly<Record<string, string>> = {
  400: 'The request cannot be understood.',
  401: 'Nobody is signed in, or the proof was not accepted.',
  403: 'It is not permitted; or there is no such thing, said in the same words.',
  404: 'There is no such thing.',
  409: 'The present state does not allow it.',
  410: 'The case was erased.',
  412: 'It has changed since it was seen.',
  413: 'The body is too large.',
  422: 'The Idempotency-Key was used for another call.',
  428: 'The version that was seen is missing.',
  429: 'Too many requests.',
  500: 'The node is broken; the problem holds nothing but a number.',
  503: 'The identity provider does not answer.',
}
const ofEvery = [400, 401, 403, 429, 500]

function operationOfAction(action: Action): Node {
  const { method, conditional, properties } = routeOf(action)
  const { seen: _, ...body } = properties
  const required = new Set((action.input as TObject).required ?? [])
  const posted = method === 'POST'
  const result = plain(action.output)
  return {
    operationId: action.name,
    tags: [nounOf(action.name)],
    summary: action.summary,
    parameters: posted
      ? [
          { $ref: '#/components/parameters/IdempotencyKey' },
          ...(conditional ? [{ $ref: '#/components/parameters/IfMatch' }] : []),
        ]
      : Object.entries(properties).map(([name, schema]) => queryParameter(name, schema, required.has(name))),
    ...(posted
      ? {
          requestBody: jsonBody(
            conditional ? { ...plain(action.input), ...withoutSeen(action.input, body) } : action.input,
          ),
        }
      : {}),
    responses: {
      200: {
        description: 'Done.',
        headers: {
          ...(versioned(action.output) ? { ETag: { $ref: '#/components/headers/ETag' } } : {}),
          ...(posted ? { 'Idempotent-Replayed': { $ref: '#/components/headers/IdempotentReplayed' } } : {}),
        },
        content: { 'application/json': { schema: result } },
      },
      ...problems([
        ...ofEvery,
        404,
        409,
        410,
        ...(posted ? [413, 422] : []),
        ...(action.kind === 'change' ? [412] : []),
        ...(conditional ? [428] : []),
      ]),
    },
  }
}

function operationOf(operation: Operation): Node {
  const { name, path, summary, query, header, body, whyPublic } = operation
  const { properties = {}, required = [] } = (query ?? {}) as Partial<TObject>
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, key = '']) => ({
    ...{ name: key, in: 'path', required: true },
    schema: { type: 'string' },
  }))
  const inHeader = header
    ? [{ name: header[0], in: 'header', required: true, description: header[1], schema: { type: 'string' } }]
    : []
  return {
    operationId: name,
    tags: [nounOf(name)],
    summary,
    ...(whyPublic === undefined ? {} : { description: whyPublic, security: [] }),
    parameters: [
      ...inPath,
      ...inHeader,
      ...Object.entries(properties).map(([key, schema]) => queryParameter(key, schema, required.includes(key))),
    ],
    ...(body === undefined ? {} : { requestBody: jsonBody(body) }),
    responses: {
      ...answerOf(operation),
      ...problems([...ofEvery, ...(body === undefined ? [] : [413]), ...(name.startsWith('oidc.') ? [503] : [])]),
    },
  }
}

function answerOf({ name, answer, gives }: Operation): Node {
  if (answer) return { 200: { description: 'Done.', content: { 'application/json': { schema: plain(answer) } } } }
  // JSON Schema has no word for bytes; OpenAPI 3.1 leaves the schema of a file out.
  if (gives) return { 200: { description: 'Done.', content: { [gives]: {} } } }
  return name.startsWith('upload.')
    ? { '2XX': { description: 'As tus says.' } }
    : { 302: { description: 'The browser is led on.' } }
}

/** Lists and objects travel in the query as JSON, as inputOfQuery reads them. */
function queryParameter(name: string, schema: TSchema, required: boolean): Node {
  const { description, ...rest } = plain(schema)
  const asJson = rest.type === 'array' || rest.type === 'object'
  return {
    name,
    in: 'query',
    required,
    ...(description === undefined ? {} : { description }),
    ...(asJson ? { content: { 'application/json': { schema: rest } } } : { schema: rest }),
  }
}

function jsonBody(schema: TSchema | Node): Node {
  return { required: true, content: { 'application/json': { schema: plain(schema) } } }
}

/** Over HTTP the version that was seen travels in If-Match. */
function withoutSeen(input: TSchema, properties: Readonly<Record<string, TSchema>>): Node {
  const required = ((input as TObject).required ?? []).filter((name) => name !== 'seen')
  return { properties: plain(properties), required }
}

function versioned(output: TSchema): boolean {
  return 'version' in ((output as Partial<TObject>).properties ?? {})
}

function problems(list: readonly number[]): Node {
  const inOrder = [...new Set(list)].sort((a, b) => a - b)
  return Object.fromEntries(inOrder.map((status) => [status, { $ref: `#/components/responses/Problem${status}` }]))
}

function problemResponse(status: string): Node {
  const codes = Object.entries(statusByCode).flatMap(([code, of]) => (String(of) === status ? [code] : []))
  const named = codes.length > 0 ? ` Codes: ${codes.join(', ')}.` : ''
  return {
    description: `${statuses[status]}${named}`,
    ...(status === '429' ? { headers: { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } } } : {}),
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  }
}

function problemSchema(): Node {
  const text = { type: 'string' }
  return {
    type: 'object',
    description: 'RFC 9457 problem details, with the code, place and fix of a refusal.',
    additionalProperties: false,
    required: ['type', 'title', 'status', 'detail', 'code'],
    properties: {
      type: text,
      title: text,
      status: { type: 'integer' },
      detail: text,
      code: text,
      place: text,
      fix: text,
    },
  }
}

function nounOf(name: string): string {
  return name.split('.')[0] ?? name
}

/** Without TypeBox's symbols. */
function plain(schema: object): Node {
  return JSON.parse(JSON.stringify(schema)) as Node
}

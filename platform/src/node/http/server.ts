/**
 * The HTTP side of the door: one route for each action, problems for refusals, no state of its own.
 *
 * Reads are GET, changes are POST with an Idempotency-Key and, where the change is of something seen before, an If-Match. A
 * result with a version carries it as ETag.
 */
import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import rateLimit from '@fastify/rate-limit'
import type { TObject } from '@sinclair/typebox'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify'
import { type Action, type Json, orStop, Stop, stop, strictJson } from '../../kernel/index.ts'
import type { Caller, Door } from '../door/door.ts'
import { faultProblem, toProblem } from './problems.ts'
import { inputOfQuery, routeOf } from './route-of.ts'

export type HttpSetting = {
  readonly door: Door
  readonly log: FastifyBaseLogger
  readonly requestsPerMinute: number
  /** Addresses of reverse proxies whose X-Forwarded-For is believed. */
  readonly trustedProxies?: readonly string[]
  /** The origin that browsers use: a change from another one is refused. */
  readonly publicUrl: string
  /** Who calls, by cookie or by key; `null` for nobody. */
  readonly authenticate: (request: FastifyRequest) => Promise<Caller | null>
  /** More routes: signing in, uploads, events, documents. */
  readonly mount: readonly ((server: FastifyInstance) => Promise<void> | void)[]
}

const BODY_LIMIT = 1024 * 1024

export async function openHttpServer(setting: HttpSetting): Promise<FastifyInstance> {
  const server = Fastify({
    loggerInstance: setting.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    // A name of ours, never one that the caller chose.
    genReqId: () => randomUUID(),
    // Whose word is taken for the address of a caller: of the proxies that are named, and of nobody else.
    trustProxy: [...(setting.trustedProxies ?? [])],
    requestTimeout: 120_000,
    keepAliveTimeout: 30_000,
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false },
    // Schemas are checked by the door, in one place.
    exposeHeadRoutes: false,
    // An address that cannot be decoded reaches no route, nor the handler of errors below.
    frameworkErrors: (_error, _request, reply) => sendNothingThere(reply),
  })
  server.setValidatorCompiler(() => () => true)
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      done(null, readJson(body as Buffer, request.routeOptions.bodyLimit ?? BODY_LIMIT))
    } catch (thrown) {
      done(thrown as Error)
    }
  })
  await server.register(cookie)
  await server.register(rateLimit, {
    max: setting.requestsPerMinute,
    timeWindow: 60_000,
    errorResponseBuilder: () =>
      new Stop({
        code: 'TOO_MANY_REQUESTS',
        message: 'Too many requests in one minute.',
        fix: 'Wait, and try again after the time in Retry-After.',
      }),
  })
  server.addHook('onRequest', async (request, reply) => {
    for (const [name, value] of Object.entries(securityHeaders)) reply.header(name, value)
    refuseForeignOrigin(request, setting.publicUrl)
  })
  server.setErrorHandler((thrown: unknown, request, reply) => sendError(thrown, request, reply))
  server.setNotFoundHandler((_request, reply) => sendNothingThere(reply))
  // Mounted first: what is mounted may ask Fastify to tell it of every route (onRoute).
  for (const mount of setting.mount) await mount(server)
  for (const action of setting.door.actions.values()) addAction(server, setting, action)
  return server
}

function sendNothingThere(reply: FastifyReply): FastifyReply {
  const problem = toProblem({
    code: 'ACTION_UNKNOWN',
    message: 'There is nothing at this address.',
    fix: 'See /v1/openapi.json.',
  })
  return reply.headers(securityHeaders).code(404).type('application/problem+json').send(JSON.stringify(problem))
}

/** No script, frame or request to elsewhere: what a node answers here is data. The web app sets its own policy. */
const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'cache-control': 'no-store',
}

/** Cookies go along with what other sites send; so a change must come from our own pages, or from no page at all. */
function refuseForeignOrigin({ method, headers }: FastifyRequest, publicUrl: string): void {
  if (method === 'GET') return
  const site = headers['sec-fetch-site']
  const foreign =
    (headers.origin !== undefined && headers.origin !== new URL(publicUrl).origin) ||
    (site !== undefined && site !== 'same-origin' && site !== 'none')
  if (foreign) stop('NOT_PERMITTED', 'This change comes from a page of another site.', { place: 'Origin' })
}

function addAction(server: FastifyInstance, setting: HttpSetting, action: Action): void {
  const route = routeOf(action)
  server.route({
    method: route.method,
    url: route.path,
    bodyLimit: bodyLimitOf(action),
    handler: async (request, reply) => {
      const caller = await setting.authenticate(request)
      if (!caller) stop('NOT_SIGNED_IN', 'You are not signed in.', { fix: 'Sign in, or send a key.' })
      const input: Record<string, unknown> =
        route.method === 'GET'
          ? inputOfQuery(route, request.query as Record<string, string>)
          : inputOfBody(request.body)
      const idempotencyKey = route.method === 'POST' ? idempotencyKeyOf(request) : undefined
      if (route.conditional) {
        if ('seen' in input)
          stop('INPUT_INVALID', 'The version that you saw travels in If-Match, not in the body.', { place: '/seen' })
        input.seen = versionSeen(request)
      }
      const answer = await setting.door.run({
        caller,
        action: action.name,
        input,
        ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
      })
      if (!answer.ok) throw new Stop(answer.refusal)
      const { result, repeated } = answer.value
      const version = (result as { version?: Json } | null)?.version
      if (typeof version === 'number') reply.header('etag', `"${version}"`)
      if (repeated) reply.header('idempotent-replayed', 'true')
      return reply.type('application/json').send(JSON.stringify(result))
    },
  })
}

function inputOfBody(body: unknown): Record<string, unknown> {
  if (body === undefined) return {}
  if (body === null || typeof body !== 'object' || Array.isArray(body))
    return stop('BODY_INVALID', 'The body is not a JSON object.', { fix: 'Send an object with the fields of the act.' })
  return { ...body }
}

function idempotencyKeyOf({ headers }: FastifyRequest): string {
  const key = headers['idempotency-key']
  if (typeof key !== 'string' || !/^[\x21-\x7e]{8,128}$/.test(key))
    return stop('IDEMPOTENCY_KEY_MISSING', 'A change needs an Idempotency-Key of 8 to 128 visible characters.', {
      place: 'Idempotency-Key',
      fix: 'Send a new random key for each act, and the same key to repeat it.',
    })
  return key
}

function versionSeen({ headers }: FastifyRequest): number {
  const match = /^"(\d{1,9})"$/.exec(headers['if-match'] ?? '')
  if (!match)
    return stop('PRECONDITION_MISSING', 'This change needs the version that you saw.', {
      place: 'If-Match',
      fix: 'Send the ETag of what you read, as If-Match: "3".',
    })
  return Number(match[1])
}

/** By the strict reader: what two readers could understand differently goes no further. */
function readJson(bytes: Buffer, maxBytes: number): unknown {
  return bytes.length === 0 ? {} : orStop(strictJson(bytes, { maxBytes }))
}

/** A text that may be longer than other bodies, as a trace record, makes the body of its act as much longer; escaped, it grows. */
function bodyLimitOf({ input }: Action): number {
  const fields = Object.values((input as Partial<TObject>).properties ?? {}) as readonly { maxLength?: number }[]
  const long = fields.map(({ maxLength = 0 }) => maxLength).filter((length) => length > BODY_LIMIT)
  return long.reduce((sum, length) => sum + 2 * length, BODY_LIMIT)
}

/** Nobody signed in or no proof, no right, too many. */
const TRIED: ReadonlySet<number> = new Set([401, 403, 429])

function sendError(thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const send = (problem: ReturnType<typeof toProblem>) =>
    reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem))
  if (thrown instanceof Stop) {
    const problem = toProblem(thrown.refusal)
    // Guesses at keys, rights and limits show in the log; by code and route only, since what was asked for is content.
    if (TRIED.has(problem.status))
      request.log.warn({ code: problem.code, route: request.routeOptions.url ?? null, from: request.ip }, 'refused')
    return send(problem)
  }
  const status = (thrown as { statusCode?: number }).statusCode
  if (status === 413)
    return send(
      toProblem({
        code: 'TOO_LARGE',
        message: `The body is larger than ${request.routeOptions.bodyLimit ?? BODY_LIMIT} bytes.`,
        fix: 'Upload files by /v1/uploads.',
      }),
    )
  // Fastify's own refusals: of a media type, of a length that is not the one announced. A fault of ours never has a status.
  if (status !== undefined && status >= 400 && status < 500)
    return send(
      toProblem({ code: 'BODY_INVALID', message: 'The body is not JSON in UTF-8.', fix: 'Send application/json.' }),
    )
  const incident = request.id
  request.log.error({ incident, fault: thrown instanceof Error ? thrown.stack : String(thrown) }, 'fault')
  return send(faultProblem(incident))
}

/** The routes of signing in. The session travels in a cookie that scripts cannot read, or as a bearer token. */
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { type Static, type TSchema, Type } from '@sinclair/typebox'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { orStop, Purpose, type Result, Stop, stop } from '../../kernel/index.ts'
import type { Oidc } from '../auth/oidc.ts'
import type { Opened, SignIn } from '../auth/sign-in.ts'
import type { Caller } from '../door/door.ts'
import { misfit } from '../door/schemas.ts'

export type SignInRoutes = { readonly signIn: SignIn; readonly oidc: Oidc | null; readonly publicUrl: string }

const closed = { additionalProperties: false } as const
const Token = Type.String({ minLength: 10, maxLength: 100 })
/** What a browser's WebAuthn answers; its parts are checked by the library that verifies it. */
const WebAuthnResponse = Type.Object({ id: Type.String({ maxLength: 2048 }) }, { additionalProperties: true })

/** Tries that cost the node work and may be guesses: fewer in a minute than other requests. */
const scarce = { config: { rateLimit: { max: 20, timeWindow: 60_000 } } }

export function signInRoutes({ signIn, oidc, publicUrl }: SignInRoutes): (server: FastifyInstance) => void {
  const secure = new URL(publicUrl).protocol === 'https:'
  const cookieName = sessionCookie(secure)
  return (server) => {
    server.post('/v1/enrol/options', scarce, async (request) => {
      const { token } = body(request, Type.Object({ token: Token }, closed))
      return orStop(await signIn.enrolOptions(token))
    })
    server.post('/v1/enrol/finish', scarce, async (request, reply) => {
      const shape = Type.Object(
        { token: Token, label: Type.String({ minLength: 1, maxLength: 80 }), response: WebAuthnResponse },
        closed,
      )
      const { token, label, response } = body(request, shape)
      return opened(reply, await signIn.enrol(token, label, response as unknown as RegistrationResponseJSON))
    })
    server.post('/v1/sign-in/options', scarce, async () => orStop(await signIn.options()))
    server.post('/v1/sign-in/finish', scarce, async (request, reply) => {
      const { purpose, response } = body(
        request,
        Type.Object({ purpose: Type.Optional(Purpose), response: WebAuthnResponse }, closed),
      )
      const answer = await signIn.signIn(
        response as unknown as AuthenticationResponseJSON,
        purpose ?? 'criminal-proceedings',
      )
      return opened(reply, answer)
    })
    server.post('/v1/prove/options', scarce, async (request) =>
      orStop(await signIn.proveOptions(sessionToken(request, cookieName) ?? '')),
    )
    server.post('/v1/prove/finish', scarce, async (request) => {
      const { response } = body(request, Type.Object({ response: WebAuthnResponse }, closed))
      const token = sessionToken(request, cookieName) ?? ''
      return orStop(await signIn.prove(token, response as unknown as AuthenticationResponseJSON))
    })
    server.post('/v1/sign-out', async (request, reply) => {
      orStop(await signIn.signOut(sessionToken(request, cookieName) ?? ''))
      return reply.clearCookie(cookieName, { path: '/' }).send({})
    })
    if (!oidc) return
    server.get('/v1/oidc/start', scarce, async (request, reply) => {
      const { invitation } = request.query as { invitation?: string }
      return reply.redirect(orStop(await oidc.start(invitation ?? null)))
    })
    server.get('/v1/oidc/return', scarce, async (request, reply) => {
      const answer = await oidc.finish(new URL(request.url, publicUrl))
      setCookie(reply, orStop(answer))
      return reply.redirect('/')
    })
  }

  function opened(reply: FastifyReply, answer: Result<Opened>) {
    const session = orStop(answer)
    setCookie(reply, session)
    return reply.send(session)
  }

  function setCookie(reply: FastifyReply, { token, expiresAt }: Opened): void {
    reply.setCookie(cookieName, token, {
      path: '/',
      httpOnly: true,
      sameSite: 'strict',
      secure,
      expires: new Date(expiresAt),
    })
  }
}

/** With the prefix __Host- a browser binds a cookie to this very host over TLS; without TLS it refuses the prefix. */
function sessionCookie(secure: boolean): string {
  return secure ? '__Host-comity' : 'comity'
}

/** Who calls: an API key or a session in the header, or a session in the cookie. */
export function authenticator(signIn: SignIn, publicUrl: string): (request: FastifyRequest) => Promise<Caller | null> {
  const cookieName = sessionCookie(new URL(publicUrl).protocol === 'https:')
  return async (request) => {
    const token = sessionToken(request, cookieName)
    if (token === null) return null
    return token.startsWith('ck_') ? signIn.callerOfKey(token) : signIn.callerOf(token)
  }
}

function sessionToken({ headers, cookies }: FastifyRequest, cookieName: string): string | null {
  const bearer = /^Bearer ([A-Za-z0-9_-]{1,100})$/.exec(headers.authorization ?? '')?.[1]
  return bearer ?? cookies[cookieName] ?? null
}

function body<S extends TSchema>(request: FastifyRequest, shape: S): Static<S> {
  const wrong = misfit(shape, request.body ?? {})
  if (wrong) throw new Stop(wrong)
  if (request.body === null || typeof request.body !== 'object') stop('BODY_INVALID', 'The body is not a JSON object.')
  return request.body as Static<S>
}

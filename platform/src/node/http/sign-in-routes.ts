/** The routes of signing in. The session travels in a cookie that scripts cannot read, or as a bearer token. */
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import type { Static, TSchema } from '@sinclair/typebox'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { orStop, type Result, Stop, stop } from '../../kernel/index.ts'
import type { Oidc } from '../auth/oidc.ts'
import type { Opened, SignIn } from '../auth/sign-in.ts'
import type { Caller } from '../door/door.ts'
import { misfit } from '../door/schemas.ts'
import { shapes } from './sign-in-operations.ts'

export type SignInRoutes = {
  readonly signIn: SignIn
  readonly oidc: Oidc | null
  readonly publicUrl: string
  /** Tries from one address: they cost the node work and may be guesses, so they are fewer than other requests. */
  readonly triesPerMinute?: number
}

export function signInRoutes(setting: SignInRoutes): (server: FastifyInstance) => void {
  const { signIn, oidc, publicUrl, triesPerMinute = 20 } = setting
  const scarce = { config: { rateLimit: { max: triesPerMinute, timeWindow: 60_000 } } }
  const secure = new URL(publicUrl).protocol === 'https:'
  const cookieName = sessionCookie(secure)
  const stateCookie = `${cookieName}-oidc`
  // To clear a cookie with the prefix __Host- takes the attributes with which it was set.
  const ours = { path: '/', httpOnly: true, secure } as const
  return (server) => {
    server.post('/v1/enrol/options', scarce, async (request) => {
      const { token } = body(request, shapes.enrolOptions)
      return orStop(await signIn.enrolOptions(token))
    })
    server.post('/v1/enrol/finish', scarce, async (request, reply) => {
      const { token, label, response } = body(request, shapes.enrolFinish)
      return opened(reply, await signIn.enrol(token, label, response as unknown as RegistrationResponseJSON))
    })
    server.post('/v1/sign-in/options', scarce, async () => orStop(await signIn.options()))
    server.post('/v1/sign-in/finish', scarce, async (request, reply) => {
      const { purpose, response } = body(request, shapes.signInFinish)
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
      const { response } = body(request, shapes.proveFinish)
      const token = sessionToken(request, cookieName) ?? ''
      return orStop(await signIn.prove(token, response as unknown as AuthenticationResponseJSON))
    })
    server.get('/v1/session', async (request) => ({
      session: orStop(await signIn.standing(sessionToken(request, cookieName) ?? '')),
    }))
    server.post('/v1/sign-out', async (request, reply) => {
      orStop(await signIn.signOut(sessionToken(request, cookieName) ?? ''))
      return reply.clearCookie(cookieName, { ...ours, sameSite: 'strict' }).send({})
    })
    if (!oidc) return
    server.get('/v1/oidc/start', scarce, async (request, reply) => {
      const { invitation } = request.query as { invitation?: string | string[] }
      const { href, state } = orStop(await oidc.start(typeof invitation === 'string' ? invitation : null))
      // Lax, because the provider's page leads back here from another site; ten minutes, as the sign-in itself.
      reply.setCookie(stateCookie, state, { ...ours, sameSite: 'lax', maxAge: 600 })
      return reply.redirect(href)
    })
    server.get('/v1/oidc/return', scarce, async (request, reply) => {
      reply.clearCookie(stateCookie, { ...ours, sameSite: 'lax' })
      setCookie(reply, orStop(await oidc.finish(new URL(request.url, publicUrl), request.cookies[stateCookie] ?? null)))
      return reply.redirect('/app/')
    })
  }

  function opened(reply: FastifyReply, answer: Result<Opened>) {
    const session = orStop(answer)
    setCookie(reply, session)
    return reply.send(session)
  }

  function setCookie(reply: FastifyReply, { token, expiresAt }: Opened): void {
    reply.setCookie(cookieName, token, { ...ours, sameSite: 'strict', expires: new Date(expiresAt) })
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

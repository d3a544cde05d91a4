/**
 * For tests: identity providers on loopback. One is oidc-provider, a certified OpenID provider, with somebody who fills in
 * its pages; the other issues whatever token it is told to, as a provider that lies or is impersonated would.
 */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'
import { afterAll } from 'vitest'

export const CLIENT_ID = 'comity'
export const CLIENT_SECRET = 'a-secret-of-the-client-for-tests'

export type HonestProvider = Awaited<ReturnType<typeof honestProvider>>

export async function honestProvider(redirectUri: string) {
  const server = createServer()
  await listen(server, 0)
  const { port } = server.address() as AddressInfo
  const issuer = `http://127.0.0.1:${port}`
  const provider = new Provider(issuer, {
    // Its login page takes any name for an account.
    findAccount: (_: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id }) }),
    ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 600, IdToken: 60, Interaction: 600, Session: 600 },
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: CLIENT_SECRET,
        redirect_uris: [redirectUri],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    cookies: { keys: ['for tests only'] },
  })
  server.on('request', provider.callback())
  return { issuer, signInAt, goDown: () => close(server), comeBack: () => listen(server, port) }

  /** Follows the provider's pages as somebody with this login, until it leads back: to that address. */
  async function signInAt(start: string, login: string): Promise<URL> {
    const jar = new Map<string, string>()
    let request: { url: URL; form?: Record<string, string> } = { url: new URL(start) }
    for (let pages = 0; pages < 20; pages++) {
      const answer = await fetch(request.url, {
        redirect: 'manual',
        headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
        ...(request.form ? { method: 'POST', body: new URLSearchParams(request.form) } : {}),
      })
      for (const cookie of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
        if (value === '') jar.delete(name)
        else jar.set(name, value)
      }
      const location = answer.headers.get('location')
      const text = await answer.text()
      if (location !== null) {
        const url = new URL(location, request.url)
        if (url.href.startsWith(redirectUri)) return url
        request = { url }
        continue
      }
      const action = /<form[^>]* action="([^"]+)"/.exec(text)?.[1]
      const prompt = /name="prompt" value="([^"]+)"/.exec(text)?.[1]
      if (!action || !prompt) throw new Error(`the provider shows no form: ${answer.status} ${text.slice(0, 500)}`)
      const form: Record<string, string> = prompt === 'login' ? { prompt, login, password: 'any' } : { prompt }
      request = { url: new URL(action, request.url), form }
    }
    throw new Error('the provider leads nowhere')
  }
}

export type Claims = Record<string, unknown>
export type Forgery = {
  readonly claims?: (honest: Claims) => Claims
  readonly token?: (claims: Claims, key: KeyObject) => string | undefined
  readonly status?: number
}

/** A provider without pages: it honours any code, with the token that `forge` last asked for. */
export async function forgingProvider() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  let [forgery, nonce, subject]: [Forgery, string, string] = [{}, '', '']
  let issuer = ''
  const server = createServer((request, response) => {
    const say = (body: object, status = 200) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    switch (request.url) {
      case '/.well-known/openid-configuration':
        return say({
          issuer,
          authorization_endpoint: `${issuer}/auth`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/jwks`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          // It claims to support what must never be accepted.
          id_token_signing_alg_values_supported: ['ES256', 'none', 'HS256'],
        })
      case '/jwks':
        return say({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k', use: 'sig', alg: 'ES256' }] })
      case '/token': {
        if (forgery.status) return say({ error: 'server_error' }, forgery.status)
        const now = Math.floor(Date.now() / 1000)
        const honest = { iss: issuer, aud: CLIENT_ID, sub: subject, nonce, iat: now, exp: now + 300 }
        const claims = forgery.claims?.(honest) ?? honest
        const token = forgery.token ? forgery.token(claims, privateKey) : signedToken(claims, privateKey)
        return say({ access_token: 'x', token_type: 'Bearer', ...(token === undefined ? {} : { id_token: token }) })
      }
      default:
        return say({}, 404)
    }
  })
  await listen(server, 0)
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    issuer,
    /** What the next token is; `start` is the address to which the node sent the browser. Answers where it leads back to. */
    forge: (start: string, as: string, next: Forgery = {}): URL => {
      const asked = new URL(start).searchParams
      forgery = next
      subject = as
      nonce = asked.get('nonce') ?? ''
      const back = new URL(asked.get('redirect_uri') ?? '')
      back.searchParams.set('code', 'a-code')
      back.searchParams.set('state', asked.get('state') ?? '')
      return back
    },
  }
}

export function signedToken(claims: Claims, key: KeyObject, header: object = { alg: 'ES256', kid: 'k' }): string {
  const text = `${base64url(header)}.${base64url(claims)}`
  return `${text}.${sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
}

export function unsignedToken(claims: Claims): string {
  return `${base64url({ alg: 'none' })}.${base64url(claims)}.`
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  afterClosing.add(server)
}

async function close(server: Server): Promise<void> {
  afterClosing.delete(server)
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}

const afterClosing = new Set<Server>()
afterAll(async () => {
  for (const server of afterClosing) await close(server)
})

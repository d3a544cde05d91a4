/** People at a node over HTTP, each with an authenticator in software: what a browser does, without one. */
import { randomUUID } from 'node:crypto'
import type { Action, Json } from '../../kernel/index.ts'
import { allActions, routeOf } from '../../node/index.ts'
import { type SoftPasskey, softPasskey } from '../../node/testing/soft-passkey.ts'

// biome-ignore lint/suspicious/noExplicitAny: an answer is whatever the action says
export type Answer = any
export type Hand = {
  readonly url: string
  readonly origin: string
  /** Enrols a passkey for whoever was invited. */
  enrol(name: string, invitation: string): Promise<void>
  /** Runs an action as this person; a refusal is thrown with its code. */
  does(name: string, action: string, input: { readonly [name: string]: Json | undefined }): Promise<Answer>
  /** Shows with the passkey that the person is there, before a grave act. */
  proves(name: string): Promise<void>
  idOf(name: string): string
  /** The answer of the authenticator to a challenge of an approval. */
  sign(name: string, challenge: string): Json
  upload(name: string, caseId: string, bytes: Uint8Array): Promise<string>
  fetchBytes(name: string, method: 'GET' | 'POST', path: string, body?: Json): Promise<Uint8Array>
}

type Person = { readonly id: string; readonly passkey: SoftPasskey; readonly token: string }

const actions = new Map<string, Action>(allActions().map((one) => [one.name, one]))

export function handAt(url: string, origin: string): Hand {
  const people = new Map<string, Person>()
  const person = (name: string): Person => {
    const found = people.get(name)
    if (!found) throw new Error(`nobody is called ${name} at ${url}`)
    return found
  }
  return {
    url,
    origin,
    enrol: async (name, token) => {
      const passkey = softPasskey({ origin })
      const options = await json('POST', '/v1/enrol/options', null, { token })
      const response = passkey.create(options) as unknown as Json
      const done = await json('POST', '/v1/enrol/finish', null, { token, label: 'key', response })
      people.set(name, { id: done.personId, token: done.token, passkey })
    },
    does: async (name, actionName, input) => {
      const action = actions.get(actionName)
      if (!action) throw new Error(`there is no action ${actionName}`)
      const { method, path } = routeOf(action)
      const { seen, ...rest } = input
      const { token } = person(name)
      if (method === 'POST')
        return json('POST', path, token, rest as Json, {
          'idempotency-key': randomUUID(),
          ...(seen === undefined ? {} : { 'if-match': `"${seen}"` }),
        })
      const query = Object.entries(rest).map(([key, value]): [string, string] => [
        key,
        typeof value === 'string' ? value : JSON.stringify(value),
      ])
      return json('GET', `${path}?${new URLSearchParams(query)}`, token)
    },
    proves: async (name) => {
      const { token, passkey } = person(name)
      const options = await json('POST', '/v1/prove/options', token)
      await json('POST', '/v1/prove/finish', token, { response: passkey.get(options) as unknown as Json })
    },
    idOf: (name) => person(name).id,
    sign: (name, challenge) =>
      person(name).passkey.get({ challenge, rpId: new URL(origin).hostname }) as unknown as Json,
    upload: async (name, caseId, bytes) => {
      const { token } = person(name)
      const key = () => ({ 'idempotency-key': randomUUID() })
      const { uploadId } = await json('POST', '/v1/exhibit/upload/begin', token, { caseId, size: bytes.length }, key())
      const sent = await send('PATCH', `/v1/uploads/${uploadId}`, token, bytes, {
        'content-type': 'application/offset+octet-stream',
        'tus-resumable': '1.0.0',
        'upload-offset': '0',
      })
      if (sent.status !== 204) throw new Error(`an upload ended with ${sent.status}`)
      // Sealing goes on after the last byte has arrived.
      for (let tries = 0; ; tries++) {
        const { status } = await send(
          'POST',
          '/v1/exhibit/upload/finish',
          token,
          Buffer.from(JSON.stringify({ caseId, uploadId })),
          { ...key(), 'content-type': 'application/json' },
        )
        if (status === 200) return uploadId
        if (tries === 200) throw new Error('an upload was not sealed')
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    },
    fetchBytes: async (name, method, path, body) => {
      const answer = await send(
        method,
        path,
        person(name).token,
        body === undefined ? null : Buffer.from(JSON.stringify(body)),
        body === undefined ? {} : { 'content-type': 'application/json' },
      )
      if (answer.status !== 200)
        throw new Error(`${path}: ${answer.status} ${Buffer.from(answer.bytes).toString().slice(0, 500)}`)
      return answer.bytes
    },
  }

  async function send(
    method: string,
    path: string,
    token: string | null,
    body: Uint8Array | null,
    headers: Record<string, string>,
  ) {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...headers },
      ...(body === null ? {} : { body: Buffer.from(body) }),
    })
    return { status: answer.status, bytes: new Uint8Array(await answer.arrayBuffer()) }
  }

  async function json(
    method: string,
    path: string,
    token: string | null,
    body?: Json,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const bytes = body === undefined ? null : Buffer.from(JSON.stringify(body))
    const type: Record<string, string> = bytes === null ? {} : { 'content-type': 'application/json' }
    const { status, bytes: answer } = await send(method, path, token, bytes, { ...type, ...headers })
    const text = Buffer.from(answer).toString()
    if (status !== 200) throw new Error(`${method} ${path.slice(0, 60)}: ${status} ${text.slice(0, 600)}`)
    return JSON.parse(text)
  }
}

/**
 * What the node answers over HTTP besides its actions: signing in and its own description. The routes take their shapes from
 * here, the OpenAPI document and the client too. Each says why it may be called by somebody without a session.
 */
import { type TSchema, Type } from '@sinclair/typebox'
import { PersonId, Purpose } from '../../kernel/index.ts'

export type Operation = {
  readonly name: string
  readonly method: 'GET' | 'POST' | 'HEAD' | 'PATCH' | 'DELETE' | 'OPTIONS'
  /** A part that stands for anything is written {name}. */
  readonly path: string
  readonly summary: string
  /** A header that must be sent: its name and what it is. */
  readonly header?: readonly [name: string, description: string]
  readonly query?: TSchema
  readonly body?: TSchema
  /** JSON. Absent, and nothing else given: the answer leads the browser elsewhere. */
  readonly answer?: TSchema
  /** The media type of an answer that is a file or a stream. */
  readonly gives?: string
  /** Why nobody needs to be signed in; absent where somebody must be. */
  readonly whyPublic?: string
}

const closed = { additionalProperties: false } as const
const Token = Type.String({ minLength: 10, maxLength: 100, description: 'The invitation, as it was shown once.' })

/** What a browser's WebAuthn answers; its parts are checked by the library that verifies it. */
const KeyResponse = Type.Object(
  {
    id: Type.String({ maxLength: 2048 }),
    response: Type.Object({ clientDataJSON: Type.String({ maxLength: 8192 }) }, { additionalProperties: true }),
  },
  { additionalProperties: true, description: 'What the browser answered, as JSON (WebAuthn level 3, section 5.1).' },
)
/** Browsers add to these, and ignore what they do not know; so they are open. */
const KeyOptions = Type.Object(
  { challenge: Type.String() },
  {
    additionalProperties: true,
    description: 'Options for the browser, as JSON (WebAuthn level 3, sections 5.4, 5.5).',
  },
)

const Opened = Type.Object(
  {
    token: Type.String({ description: 'The session, for callers without cookies.' }),
    expiresAt: Type.Integer({ description: 'Milliseconds since the epoch.' }),
    personId: PersonId,
    name: Type.String(),
  },
  closed,
)

const Standing = Type.Object(
  {
    personId: PersonId,
    name: Type.String(),
    role: Type.String(),
    signedInBy: Type.Union(
      (['passkey', 'device-bound', 'oidc'] as const).map((way) => Type.Literal(way)),
      { description: 'The standing of the session; approvals take device-bound.' },
    ),
    provenAt: Type.Integer({
      description: 'When you last proved to be there, in milliseconds since the epoch; 0 for never.',
    }),
    expiresAt: Type.Integer({ description: 'Milliseconds since the epoch.' }),
    purpose: Purpose,
    now: Type.Integer({ description: 'The clock of the node, in milliseconds since the epoch.' }),
  },
  closed,
)

export const shapes = {
  enrolOptions: Type.Object({ token: Token }, closed),
  enrolFinish: Type.Object(
    { token: Token, label: Type.String({ minLength: 1, maxLength: 80 }), response: KeyResponse },
    closed,
  ),
  signInFinish: Type.Object({ purpose: Type.Optional(Purpose), response: KeyResponse }, closed),
  proveFinish: Type.Object({ response: KeyResponse }, closed),
  nothing: Type.Object({}, closed),
} as const

const enrolled = 'Who enrols is not known yet; the invitation says who it is, once.'
const unknownYet = 'Who signs in is not known yet; the key says who it is.'

export const signInOperations: readonly Operation[] = [
  {
    name: 'enrol.options',
    method: 'POST',
    path: '/v1/enrol/options',
    summary: 'Begin to enrol a passkey with an invitation',
    body: shapes.enrolOptions,
    answer: KeyOptions,
    whyPublic: enrolled,
  },
  {
    name: 'enrol.finish',
    method: 'POST',
    path: '/v1/enrol/finish',
    summary: 'Enrol the passkey and sign in with it',
    body: shapes.enrolFinish,
    answer: Opened,
    whyPublic: enrolled,
  },
  {
    name: 'sign-in.options',
    method: 'POST',
    path: '/v1/sign-in/options',
    summary: 'Begin to sign in',
    body: shapes.nothing,
    answer: KeyOptions,
    whyPublic: unknownYet,
  },
  {
    name: 'sign-in.finish',
    method: 'POST',
    path: '/v1/sign-in/finish',
    summary: 'Sign in with a passkey, for a purpose',
    body: shapes.signInFinish,
    answer: Opened,
    whyPublic: unknownYet,
  },
  {
    name: 'prove.options',
    method: 'POST',
    path: '/v1/prove/options',
    summary: 'Begin to prove that you are there',
    body: shapes.nothing,
    answer: KeyOptions,
  },
  {
    name: 'prove.finish',
    method: 'POST',
    path: '/v1/prove/finish',
    summary: 'Prove that you are there, as grave acts ask',
    body: shapes.proveFinish,
    answer: Type.Object({ provenAt: Type.Integer({ description: 'Milliseconds since the epoch.' }) }, closed),
  },
  {
    name: 'session.read',
    method: 'GET',
    path: '/v1/session',
    summary: 'Read your own session: who you are here, how you signed in, until when',
    answer: Type.Object({ session: Type.Union([Standing, Type.Null()]) }, closed),
    whyPublic: 'Whoever holds a session is told of that one; without one it says only that there is none.',
  },
  {
    name: 'sign-out',
    method: 'POST',
    path: '/v1/sign-out',
    summary: 'End the session',
    body: shapes.nothing,
    answer: shapes.nothing,
    whyPublic: 'Without a session there is nothing to end, and nothing is said about whether there was one.',
  },
]

export const oidcOperations: readonly Operation[] = [
  {
    name: 'oidc.start',
    method: 'GET',
    path: '/v1/oidc/start',
    summary: "Sign in through the agency's identity provider",
    query: Type.Object({ invitation: Type.Optional(Token) }, closed),
    whyPublic: 'Who signs in is not known yet; the provider says who it is.',
  },
  {
    name: 'oidc.return',
    method: 'GET',
    path: '/v1/oidc/return',
    summary: 'Where the identity provider leads back to',
    query: Type.Object({ state: Type.String(), code: Type.Optional(Type.String()) }, closed),
    whyPublic: 'Who signs in is not known yet; the provider says who it is.',
  },
]

export const openApiOperation: Operation = {
  name: 'openapi.read',
  method: 'GET',
  path: '/v1/openapi.json',
  summary: 'This description',
  answer: Type.Object({}, { additionalProperties: true, description: 'An OpenAPI 3.1 document.' }),
  whyPublic: 'It says how to call the node and nothing of what is in it; it stands in the public source too.',
}

export const publicOperation: Operation = {
  name: 'public.read',
  method: 'GET',
  path: '/v1/public',
  summary: 'Read what this node says of itself to everybody: its name, its agency, its address, how people sign in',
  answer: Type.Object(
    {
      node: Type.String({ description: 'The name of its journal.' }),
      agency: Type.String(),
      country: Type.String({ description: 'ISO 3166-1 alpha-2.' }),
      publicUrl: Type.String({ description: 'The origin on which security keys work.' }),
      hasProvider: Type.Boolean({ description: 'Whether people may also sign in through an identity provider.' }),
    },
    closed,
  ),
  whyPublic: 'It is what the public page of the node says, and what a browser must know before anybody is signed in.',
}

export const otherOperations: readonly Operation[] = [
  ...signInOperations,
  ...oidcOperations,
  openApiOperation,
  publicOperation,
]

/** Webhooks: a machine elsewhere is told of what happens, as far as the role it was given may know of it. */
import { type Static, Type } from '@sinclair/typebox'
import { newSigningKey, seedOf } from '../../kernel/crypto/index.ts'
import { action, ok, Purpose, refuse, roles } from '../../kernel/index.ts'
import type { Person } from '../auth/records.ts'

const closed = { additionalProperties: false } as const
const node = { type: 'node' } as const

export type Webhook = {
  readonly url: string
  /** Names of events; empty for all that the role may know. */
  readonly events: readonly string[]
  /** The machine that hears; a member of the cases that it hears of. */
  readonly personId: string
  readonly purpose: string
  /** base64url; sealed with the record. */
  readonly seed: string
  readonly publicKey: string
  readonly ended: boolean
}

/** Which hosts may be called: from the configuration, so that nothing is called because a record says so. */
export type WebhookHosts = readonly string[]

const Url = Type.String({
  maxLength: 500,
  pattern: '^https?://[^\\s@]+$',
  description: 'Where to post to; its host must be in the configuration.',
})
const Events = Type.Array(Type.String({ pattern: '^[a-z]+(-[a-z]+)*(\\.[a-z]+(-[a-z]+)*)+$' }), { maxItems: 100 })
const View = Type.Object(
  {
    id: Type.String(),
    url: Url,
    events: Events,
    personId: Type.String(),
    publicKey: Type.String({ description: 'whpk_ and base64: checks the signatures (Standard Webhooks, Ed25519).' }),
    ended: Type.Boolean(),
    version: Type.Integer(),
  },
  closed,
)

export const webhookMake = action({
  name: 'webhook.make',
  summary: 'Tell a machine elsewhere of what happens',
  kind: 'change',
  events: ['webhook.made'],
  input: Type.Object(
    {
      url: Url,
      events: Events,
      role: Type.Union(roles.map((role) => Type.Literal(role))),
      purpose: Purpose,
      label: Type.String({ minLength: 1, maxLength: 200 }),
    },
    closed,
  ),
  output: View,
  asks: () => ({ right: 'manageNode', subject: node }),
  run: async ({ records, newId, port }, { url, events, role, purpose, label }) => {
    const { host } = new URL(url)
    if (!port<WebhookHosts>('webhook-hosts').includes(host))
      return refuse('WEBHOOK_HOST', `The host ${host} is not in the configuration.`, {
        place: '/url',
        fix: 'Add it to webhooks.hosts in node.yaml, and start the node again.',
      })
    const key = newSigningKey()
    const [personId, id] = [newId(), newId()]
    await records.put<Person>(
      'person',
      personId,
      { name: label, role, suspended: false },
      { caseId: null, seen: 0, refs: { name: label } },
    )
    const webhook: Webhook = {
      url,
      events,
      personId,
      purpose,
      seed: Buffer.from(seedOf(key)).toString('base64url'),
      publicKey: `whpk_${Buffer.from(key.publicKey.bytes).toString('base64')}`,
      ended: false,
    }
    const stored = await records.put('webhook', id, webhook, { caseId: null, seen: 0 })
    return ok({
      result: view(id, stored.version, webhook),
      events: [{ name: 'webhook.made', of: 'webhook', id, caseId: null, body: { url, events: [...events], personId } }],
    })
  },
})

export const webhookList = action({
  name: 'webhook.list',
  summary: 'List the webhooks of the node',
  kind: 'read',
  input: Type.Object(
    {
      after: Type.Optional(Type.String({ maxLength: 60 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    },
    closed,
  ),
  output: Type.Object({ items: Type.Array(View), next: Type.Union([Type.String(), Type.Null()]) }, closed),
  asks: () => ({ right: 'manageNode', subject: node }),
  run: async ({ records }, { after, limit }) => {
    const page = await records.list<Webhook>('webhook', { after: after ?? null, limit: limit ?? 100 })
    return ok({
      result: { items: page.items.map(({ id, version, body }) => view(id, version, body)), next: page.next },
      events: [],
    })
  },
})

export const webhookEnd = action({
  name: 'webhook.end',
  summary: 'End a webhook',
  kind: 'change',
  events: ['webhook.ended'],
  input: Type.Object(
    {
      id: Type.String({ format: 'uuid' }),
      seen: Type.Integer({ minimum: 1 }),
      reason: Type.Optional(Type.String({ minLength: 1, maxLength: 500, description: 'Why; kept in the journal.' })),
    },
    closed,
  ),
  output: View,
  asks: () => ({ right: 'manageNode', subject: node }),
  run: async ({ records }, { id, seen, reason }) => {
    const webhook = await records.get<Webhook>('webhook', id)
    if (!webhook) return refuse('RECORD_UNKNOWN', 'There is no such webhook.', { place: id, fix: 'List the webhooks.' })
    const body = { ...webhook.body, ended: true }
    const stored = await records.put('webhook', id, body, { caseId: null, seen })
    return ok({
      result: view(id, stored.version, body),
      events: [
        { name: 'webhook.ended', of: 'webhook', id, caseId: null, body: reason === undefined ? {} : { reason } },
      ],
    })
  },
})

function view(id: string, version: number, { url, events, personId, publicKey, ended }: Webhook): Static<typeof View> {
  return { id, url, events: [...events], personId, publicKey, ended, version }
}

export const webhookActions = [webhookMake, webhookList, webhookEnd]

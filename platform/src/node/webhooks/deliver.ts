/**
 * Delivering webhooks (Standard Webhooks 1.0, Ed25519 signatures `v1a`): in the order of the log, at least once. What was
 * told is remembered after the receiver has answered; so a crash repeats an event, with the same webhook-id.
 */
import type { Database } from '../../io/postgres/index.ts'
import { signEd25519, signingKeyFromSeed } from '../../kernel/crypto/index.ts'
import { ok } from '../../kernel/index.ts'
import { type CaseEvent, hear } from '../case-events.ts'
import type { Door } from '../door/door.ts'
import type { NodeKeys } from '../keys.ts'
import type { Webhook, WebhookHosts } from './actions.ts'

const PATIENCE_MS = 15_000

export type Delivery = { readonly delivered: number; readonly failed: number }

/** Tells every webhook what it has not heard yet. One process at a time; a receiver that fails delays nobody else. */
export async function deliverWebhooks(
  database: Database,
  keys: NodeKeys,
  door: Door,
  hosts: WebhookHosts,
  now: () => number,
): Promise<Delivery> {
  const done = await database.exclusively('webhooks', async () => {
    const found = await door.asNode(async ({ records }) => {
      const { items } = await records.list<Webhook>('webhook', { limit: 1000 })
      return ok({ result: items.filter(({ body }) => !body.ended), events: [] })
    })
    if (!found.ok) throw new Error(found.refusal.message)
    const counts = await Promise.all(
      found.value.map(({ id, body }) => deliverTo(database, keys, door, hosts, id, body, now)),
    )
    return {
      delivered: counts.reduce((sum, { delivered }) => sum + delivered, 0),
      failed: counts.filter(({ whole }) => !whole).length,
    }
  })
  return done ?? { delivered: 0, failed: 0 }
}

async function deliverTo(
  database: Database,
  keys: NodeKeys,
  door: Door,
  hosts: WebhookHosts,
  id: string,
  webhook: Webhook,
  now: () => number,
): Promise<{ delivered: number; whole: boolean }> {
  // The configuration may have changed since the webhook was made: it decides at every call.
  if (!hosts.includes(new URL(webhook.url).host)) return { delivered: 0, whole: false }
  const caller = {
    personId: webhook.personId,
    signedInBy: 'api-key' as const,
    provenAt: 0,
    purpose: webhook.purpose,
    scopes: ['events'],
  }
  let delivered = 0
  for (;;) {
    const [place] = await database.query<{ heard: string }>(
      `INSERT INTO webhook_place (webhook, heard) VALUES ($1, (SELECT coalesce(max(log_index), -1) FROM journal_entry))
       ON CONFLICT (webhook) DO UPDATE SET webhook = excluded.webhook RETURNING heard`,
      [id],
    )
    const heard = await hear(database, keys, door, caller, Number(place?.heard))
    for (const event of heard.events) {
      if (webhook.events.length > 0 && !webhook.events.includes(event.event)) continue
      if (!(await post(id, webhook, event, now()))) return { delivered, whole: false }
      delivered++
      await remember(event.index)
    }
    await remember(heard.last)
    if (!heard.more) return { delivered, whole: true }
  }

  async function remember(heard: number): Promise<void> {
    await database.query('UPDATE webhook_place SET heard = $2 WHERE webhook = $1', [id, heard])
  }
}

async function post(id: string, webhook: Webhook, { index, ...data }: CaseEvent, now: number): Promise<boolean> {
  const body = JSON.stringify({ type: data.event, timestamp: data.at, data })
  const messageId = `${id}-${index}`
  const timestamp = String(Math.floor(now / 1000))
  const key = signingKeyFromSeed(Buffer.from(webhook.seed, 'base64url'))
  const signature = signEd25519(key, new TextEncoder().encode(`${messageId}.${timestamp}.${body}`))
  try {
    const response = await fetch(webhook.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': messageId,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1a,${Buffer.from(signature).toString('base64')}`,
      },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    await response.body?.cancel()
    return response.ok
  } catch {
    // It does not answer: the next round tries again from here.
    return false
  }
}

/**
 * Delivering webhooks (Standard Webhooks 1.0, Ed25519 signatures `v1a`): in the order of the log, at least once. What was
 * told is remembered after the receiver has answered, some events at a time; so a crash repeats them, with the same webhook-id.
 */
import type { Database } from '../../io/postgres/index.ts'
import { signEd25519, signingKeyFromSeed } from '../../kernel/crypto/index.ts'
import { ok } from '../../kernel/index.ts'
import { type CaseEvent, hear } from '../case-events.ts'
import type { Door } from '../door/door.ts'
import { PLACED } from '../journal.ts'
import type { NodeKeys } from '../keys.ts'
import type { Webhook, WebhookHosts } from './actions.ts'

const PATIENCE_MS = 15_000
/** Each remembering is a write forced to the disk; a crash repeats at most what was told in so long. */
const REMEMBER_MS = 100

export type Delivery = { readonly delivered: number; readonly failed: number }

export type WebhookSetting = {
  readonly database: Database
  readonly keys: NodeKeys
  readonly door: Door
  readonly hosts: WebhookHosts
  readonly now: () => number
}

export type WebhookDelivery = {
  /** Tells every webhook what it has not heard yet, unless another process is at it. */
  deliver(): Promise<Delivery>
  stop(): Promise<void>
}

/**
 * Delivers as soon as entries have their place in the log, and whenever it is asked. One process of all that share the database
 * does so at a time, for as long as it has something to tell; the others hear the same bell and try again with the next. A
 * receiver that fails or hangs delays nobody else: each webhook goes its own way through the log.
 */
export async function openWebhookDelivery(
  setting: WebhookSetting,
  failed: (fault: unknown) => void,
): Promise<WebhookDelivery> {
  const ending = new AbortController()
  let rung = false
  let heard = () => {}
  let running: Promise<Delivery> | null = null
  const ring = () => {
    rung = true
    heard()
    if (running === null && !ending.signal.aborted) void deliver().catch(failed)
  }
  const silence = await setting.database.listen(PLACED, ring)

  function deliver(): Promise<Delivery> {
    running ??= rounds().finally(() => {
      running = null
      // Rung after the last look, and before the others could be at it.
      if (rung) ring()
    })
    return running
  }

  async function rounds(): Promise<Delivery> {
    rung = false
    if (setting.hosts.length === 0) return { delivered: 0, failed: 0 }
    let delivered = 0
    let undelivered = 0
    const done = await setting.database.exclusively('webhooks', async () => {
      const going = new Map<string, Promise<void>>()
      const again = new Set<string>()
      do {
        rung = false
        for (const [id, webhook] of await openWebhooks(setting.door)) {
          if (going.has(id)) {
            again.add(id)
            continue
          }
          const round = async () => {
            do {
              again.delete(id)
              const told = await deliverTo(setting, id, webhook, ending.signal)
              delivered += told.delivered
              if (!told.whole) undelivered++
            } while (again.has(id) && !ending.signal.aborted)
          }
          const told = round().catch((fault) => {
            undelivered++
            failed(fault)
          })
          going.set(
            id,
            told.finally(() => going.delete(id)),
          )
        }
        while (going.size > 0 && !rung)
          await Promise.race([
            ...going.values(),
            new Promise<void>((resolve) => {
              heard = resolve
            }),
          ])
      } while (rung && !ending.signal.aborted)
      await Promise.all(going.values())
    })
    // Another process is at it, and has heard what was heard here.
    if (done === null) rung = false
    return { delivered, failed: undelivered }
  }

  return {
    deliver,
    stop: async () => {
      ending.abort()
      await silence()
      await running?.catch(() => {})
    },
  }
}

async function openWebhooks(door: Door): Promise<readonly (readonly [string, Webhook])[]> {
  const found = await door.asNode(async ({ records }) => {
    const { items } = await records.list<Webhook>('webhook', { limit: 1000 })
    return ok({ result: items.filter(({ body }) => !body.ended), events: [] })
  })
  if (!found.ok) throw new Error(found.refusal.message)
  return found.value.map(({ id, body }) => [id, body] as const)
}

async function deliverTo(
  { database, keys, door, hosts, now }: WebhookSetting,
  id: string,
  webhook: Webhook,
  ending: AbortSignal,
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
    let told: number | null = null
    let remembered = performance.now()
    for (const event of heard.events) {
      if (webhook.events.length > 0 && !webhook.events.includes(event.event)) continue
      if (!(await post(id, webhook, event, now(), ending))) {
        if (told !== null) await remember(told)
        return { delivered, whole: false }
      }
      delivered++
      told = event.index
      if (performance.now() - remembered < REMEMBER_MS) continue
      await remember(told)
      remembered = performance.now()
    }
    await remember(heard.last)
    if (!heard.more) return { delivered, whole: true }
  }

  async function remember(heard: number): Promise<void> {
    await database.query('UPDATE webhook_place SET heard = $2 WHERE webhook = $1', [id, heard])
  }
}

async function post(
  id: string,
  webhook: Webhook,
  { index, ...data }: CaseEvent,
  now: number,
  ending: AbortSignal,
): Promise<boolean> {
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
      signal: AbortSignal.any([AbortSignal.timeout(PATIENCE_MS), ending]),
    })
    await response.body?.cancel()
    return response.ok
  } catch {
    // It does not answer: the next round tries again from here.
    return false
  }
}

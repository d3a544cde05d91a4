/**
 * A dossier: the messages of one case of one agency as they were signed, with the receipts, for somebody who believes neither side.
 * Checked with the directory alone: who signed, whether a receipt is for that very message, whether a place in an exchange was left
 * out or taken twice, and how many people of the sender have approved.
 */
import { type Static, Type } from '@sinclair/typebox'
import type { JwkCheck } from '../../evidence/index.ts'
import { base64ToBytes, type Json, ok, type Result, refuse, strictJson } from '../../kernel/index.ts'
import { approvalsOf } from '../approvals.ts'
import {
  checkFollows,
  checkReceiptFor,
  type Keys,
  type Message,
  misfit,
  openSigned,
  openStatement,
  ownForms,
  readEnvelope,
  receiptForm,
} from '../wire/index.ts'

const closed = { additionalProperties: false } as const
const base64 = (maxLength: number, description: string) =>
  Type.String({ maxLength, pattern: '^[A-Za-z0-9+/]*={0,2}$', description })

export const DossierItem = Type.Object(
  {
    direction: Type.Union([Type.Literal('in'), Type.Literal('out')]),
    envelope: base64(3_000_000, 'The message as it was signed: a DSSE envelope, base64.'),
    receipt: Type.Union([base64(3_000_000, 'What proves what became of it, base64.'), Type.Null()]),
  },
  closed,
)
export type DossierItem = Static<typeof DossierItem>

export const Dossier = Type.Object(
  {
    v: Type.Literal(1),
    type: Type.Literal('comity-dossier'),
    agency: Type.String({ maxLength: 63 }),
    caseId: Type.String({ maxLength: 100 }),
    at: Type.String({ maxLength: 30 }),
    items: Type.Array(DossierItem, { maxItems: 100_000 }),
  },
  closed,
)
export type Dossier = Static<typeof Dossier>

const MAX_BYTES = 512 * 1024 * 1024

export function readDossier(bytes: Uint8Array): Result<Dossier> {
  const json = strictJson(bytes, { maxBytes: MAX_BYTES, maxDepth: 8 })
  if (!json.ok) return json
  const wrong = misfit(Dossier, json.value)
  if (wrong)
    return refuse('DOSSIER_INVALID', `This is no dossier of messages: it ${wrong.what}.`, {
      place: wrong.place,
      fix: 'Have it exported again (message.dossier).',
    })
  return ok(json.value as Json as unknown as Dossier)
}

/** `at`: the keys of an agency at an instant, as the directory gave them then. */
export type DossierPorts = { readonly keysAt: (at: number) => Keys; readonly checkJwk: JwkCheck }

export type CheckedItem = {
  readonly type: string | null
  readonly from: string | null
  readonly to: string | null
  readonly exchange: string | null
  readonly digest: string | null
  readonly created: string | null
  /** What its receipt says; null where there is none, or none that is right. */
  readonly receipt: string | null
  /** People of the sender whose approvals in the message are right. */
  readonly approvals: number
  readonly wrong: readonly string[]
}

export type DossierVerdict = {
  readonly sound: boolean
  readonly items: readonly CheckedItem[]
  /** What is wrong between messages: a place that is missing or taken twice, an answer to nothing. */
  readonly wrong: readonly string[]
}

export function checkDossier(dossier: Dossier, ports: DossierPorts): DossierVerdict {
  const opened: Message[] = []
  const items = dossier.items.map((item) => {
    const { checked, message } = checkItem(dossier, item, ports)
    if (message) opened.push(message)
    return checked
  })
  const wrong = betweenMessages(opened)
  return { sound: wrong.length === 0 && items.every((one) => one.wrong.length === 0), items, wrong }
}

function checkItem(dossier: Dossier, item: DossierItem, ports: DossierPorts) {
  const wrong: string[] = []
  const none = {
    type: null,
    from: null,
    to: null,
    exchange: null,
    digest: null,
    created: null,
    receipt: null,
    approvals: 0,
  }
  const envelope = readEnvelope(base64ToBytes(item.envelope) ?? new Uint8Array())
  if (!envelope.ok) return { checked: { ...none, wrong: [envelope.refusal.message] }, message: null }
  const created = statedAt(envelope.value.payload)
  const keys = ports.keysAt(created)
  const message = openSigned(envelope.value, keys, ownForms)
  if (!message.ok)
    return { checked: { ...none, wrong: [`${message.refusal.code}: ${message.refusal.message}`] }, message: null }
  const { type, digest, header } = message.value
  const { from, to } = header
  const own = item.direction === 'out' ? from : to
  if (own !== dossier.agency) wrong.push(`it is neither from nor to ${dossier.agency}`)
  const counted = approvalsOf(message.value, { needed: 2, demands: [] }, ports.checkJwk)
  for (const { approval, why } of counted.void)
    wrong.push(`the approval of ${approval.approver.name} does not count: ${why}`)
  const receipt =
    item.receipt === null
      ? null
      : receiptOf(base64ToBytes(item.receipt) ?? new Uint8Array(), message.value, ports, wrong)
  const checked: CheckedItem = {
    ...{ type, from, to, digest, created: header.created, receipt, wrong },
    exchange: header.exchange ?? digest,
    approvals: counted.counted.length,
  }
  return { checked, message: message.value }
}

function receiptOf(bytes: Uint8Array, message: Message, ports: DossierPorts, wrong: string[]): string | null {
  const envelope = readEnvelope(bytes)
  const at = envelope.ok ? statedAt(envelope.value.payload) : 0
  const receipt = openStatement(receiptForm, bytes, ports.keysAt(at))
  const fits = receipt.ok ? checkReceiptFor(receipt.value.value, message) : receipt
  if (receipt.ok && fits.ok) return receipt.value.value.kind
  wrong.push(`its receipt is not right: ${fits.ok ? '' : fits.refusal.message}`)
  return null
}

/** When it says that it was made, read before its signature is: only to know which keys were in use then. */
function statedAt(payload: Uint8Array): number {
  const json = strictJson(payload, { maxBytes: 3_000_000 })
  const said = json.ok ? (json.value as { header?: { created?: unknown }; at?: unknown }) : {}
  const at = said.header?.created ?? said.at
  const time = typeof at === 'string' ? Date.parse(at) : Number.NaN
  return Number.isNaN(time) ? 0 : time
}

function betweenMessages(messages: readonly Message[]): string[] {
  const wrong: string[] = []
  const byExchange = Map.groupBy(messages, ({ header, digest }) => header.exchange ?? digest)
  for (const [exchange, all] of byExchange) {
    const name = exchange.slice(0, 12)
    const opening = all.find(({ header }) => header.exchange === null)
    if (!opening) {
      wrong.push(`exchange ${name}: the message that opened it is not here`)
      continue
    }
    for (const [sender, own] of Map.groupBy(all, ({ header }) => header.from)) {
      const inOrder = [...own].sort((a, b) => a.header.seq - b.header.seq)
      for (const [at, { header, digest }] of inOrder.entries()) {
        const before = inOrder[at - 1] ?? null
        if (header.seq !== at + 1 || header.prev !== (before?.digest ?? null))
          wrong.push(
            `exchange ${name}: message ${header.seq} of ${sender} (${digest.slice(0, 12)}) does not follow on the one before it`,
          )
      }
    }
    const parties = { type: opening.type, from: opening.header.from, to: opening.header.to }
    for (const message of all) {
      if (message === opening) continue
      const follows = checkFollows(parties, message)
      if (!follows.ok) wrong.push(`exchange ${name}: ${follows.refusal.message}`)
    }
  }
  return wrong
}

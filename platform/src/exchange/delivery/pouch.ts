/**
 * A pouch: several messages to one partner in one request, and the answers to each in one answer. Only what goes with the request is
 * shared, its signature and its way there and back: each message is signed, taken, refused and receipted as if it had come alone. Both
 * are JSON text sequences (RFC 7464), since whoever wrote an envelope chose how, and only this separator stands in no JSON.
 */
import { base64ToBytes, bytesToBase64, concatBytes, ok, type Result, refuse, textToBytes } from '../../kernel/index.ts'

/** As docs/spec/exchange-transport.md says it. */
export const MAX_POUCH_MESSAGES = 32
export const MAX_POUCH_BYTES = 1 << 20
/** Of the answers together; one that finds no room is given another time. */
export const MAX_POUCH_ANSWER_BYTES = 2 << 20

const [SEPARATOR, END] = [0x1e, 0x0a]

export function writePouch(messages: readonly Uint8Array[]): Uint8Array {
  return sequenceOf(messages)
}

/** The messages, of which none has been looked at; nothing of a pouch is given out that is not whole. */
export function readPouch(bytes: Uint8Array): Result<readonly Uint8Array[]> {
  const items = itemsOf(bytes)
  if (items === null) return no('a message in it does not begin with a record separator or end with a line feed')
  if (items.length < 1 || items.length > MAX_POUCH_MESSAGES)
    return no(`it holds ${items.length} messages, not 1 to ${MAX_POUCH_MESSAGES}`)
  return ok(items)
}

/** What became of one message: the status and the body that it would have been answered with alone. */
export type PouchAnswer = { readonly status: number; readonly body: Uint8Array }

export function writePouchAnswers(answers: readonly PouchAnswer[]): Uint8Array {
  return sequenceOf(
    answers.map(({ status, body }) => textToBytes(JSON.stringify({ status, body: bytesToBase64(body) }))),
  )
}

/** Null for what are not the answers to so many messages: then nobody knows what became of them. */
export function readPouchAnswers(bytes: Uint8Array, messages: number): readonly PouchAnswer[] | null {
  const items = itemsOf(bytes)
  if (items === null || items.length !== messages) return null
  const answers = items.flatMap((item) => readAnswer(item) ?? [])
  return answers.length === messages ? answers : null
}

function readAnswer(item: Uint8Array): PouchAnswer | null {
  try {
    const said = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(item)) as Record<string, unknown> | null
    const body = typeof said?.body === 'string' ? base64ToBytes(said.body) : null
    return body !== null && Number.isInteger(said?.status) ? { status: said?.status as number, body } : null
  } catch {
    return null
  }
}

function sequenceOf(items: readonly Uint8Array[]): Uint8Array {
  const [before, after] = [Uint8Array.of(SEPARATOR), Uint8Array.of(END)]
  return concatBytes(...items.flatMap((item) => [before, item, after]))
}

function itemsOf(bytes: Uint8Array): Uint8Array[] | null {
  const items: Uint8Array[] = []
  for (let from = 0; from < bytes.length; ) {
    const next = bytes.indexOf(SEPARATOR, from + 1)
    const end = next < 0 ? bytes.length : next
    if (bytes[from] !== SEPARATOR || end - from < 2 || bytes[end - 1] !== END) return null
    items.push(bytes.subarray(from + 1, end - 1))
    // More than any pouch may hold is not even counted.
    if (items.length > 2 * MAX_POUCH_MESSAGES) break
    from = end
  }
  return items
}

function no(why: string): Result<never> {
  return refuse('EXCHANGE_POUCH', `This is no pouch: ${why}.`, {
    place: 'body',
    fix: 'Send each message by itself; nothing of it was taken.',
  })
}

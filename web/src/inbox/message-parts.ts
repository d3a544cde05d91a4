/** The shapes of messages that several screens share. */
import type { MemberListResult, MessageShowResult } from '../shared/api.ts'

export type Json = null | string | number | boolean | readonly Json[] | { readonly [name: string]: Json }
export type Members = { readonly [name: string]: Json }
export type Header = MessageShowResult['message']['header']
export type Proof = NonNullable<MessageShowResult['proof']>
export type Member = MemberListResult['members'][number]

export function isMembers(value: Json | undefined): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function memberIn(value: Json | undefined, name: string): Json | undefined {
  return isMembers(value) && Object.hasOwn(value, name) ? value[name] : undefined
}

export function textIn(value: Json | undefined, name: string): string | null {
  const found = memberIn(value, name)
  return typeof found === 'string' ? found : null
}

export function listIn(value: Json | undefined, name: string): readonly Json[] {
  const found = memberIn(value, name)
  return Array.isArray(found) ? found : []
}

/** `accepted` is said of a request as well: of a message it means that its receiver has given a receipt. */
export function messageState({ direction, state }: { readonly direction: string; readonly state: string }): string {
  return direction === 'out' && state === 'accepted' ? 'received-there' : state
}

/**
 * Members that the sender calls critical (as `crit` of RFC 7515, section 4.1.11): a receiver that does not know one of them
 * refuses the whole message, because without it the message would mean something else.
 */
import type { TSchema } from '@sinclair/typebox'
import { type Json, ok, type Result, refuse } from '../../kernel/index.ts'

/** `payload` is `{header, body}`; `schema` the one of the same form. Pointers are RFC 6901. */
export function checkCritical(pointers: readonly string[], payload: Json, schema: TSchema): Result<null> {
  for (const [at, pointer] of pointers.entries()) {
    const steps = stepsOf(pointer)
    if (steps === null || !isThere(payload, steps))
      return refuse('EXCHANGE_CRITICAL', `The message calls ${pointer} critical, and there is no such member in it.`, {
        place: `/header/critical/${at}`,
        fix: 'Name members that are there, by JSON pointers that begin with /header/ or /body/.',
      })
    if (!isKnown(schema, steps))
      return refuse(
        'EXCHANGE_UNSUPPORTED',
        `The message cannot be understood without ${pointer}, which is not known here.`,
        {
          place: pointer,
          fix: 'Send it without that member, or in a version that both sides speak.',
        },
      )
  }
  return ok(null)
}

/** Null for a pointer into something else than header or body. */
function stepsOf(pointer: string): readonly string[] | null {
  if (!/^\/(header|body)\/./.test(pointer) || /~(?![01])/.test(pointer)) return null
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function isThere(value: Json, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined) return true
  const child = childOf(value, step)
  return child !== undefined && isThere(child, rest)
}

function childOf(value: Json, step: string): Json | undefined {
  if (Array.isArray(value)) return /^(0|[1-9][0-9]*)$/.test(step) ? value[Number(step)] : undefined
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
  return (value as { readonly [name: string]: Json })[step]
}

/** Whether the schema says something of the member at the end of the steps. */
function isKnown(schema: TSchema, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined) return true
  if (Array.isArray(schema.anyOf)) return (schema.anyOf as TSchema[]).some((branch) => isKnown(branch, [step, ...rest]))
  if (schema.type === 'array') return schema.items !== undefined && isKnown(schema.items as TSchema, rest)
  const properties = (schema.properties ?? {}) as { readonly [name: string]: TSchema }
  const child = Object.hasOwn(properties, step) ? properties[step] : undefined
  return child !== undefined && isKnown(child, rest)
}

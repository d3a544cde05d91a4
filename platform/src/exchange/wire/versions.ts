/**
 * Versions. The major of a message stands in its payload type. A sender picks the highest that both sides speak; a receiver
 * that speaks a newer one understands an older message by turning its body into the newer form.
 *
 * Nothing is turned the other way: a newer message may say what an older form cannot, as several assets, and half a request is
 * worse than none. What has no version in common goes another way.
 */
import { type Json, ok, type Result, refuse } from '../../kernel/index.ts'
import { freezeRequestToV2 } from './conversions/freeze-request.ts'
import type { Forms, Message } from './message.ts'
import { messageTypes, ownForms } from './message-types.ts'

/** Type → majors that are spoken. */
export type Majors = Readonly<Record<string, readonly number[]>>

export function majorsOf(forms: Forms): Majors {
  return Object.fromEntries(
    [...messageTypes.keys()]
      .map((type) => [type, forms.majorsOf(type)] as const)
      .filter(([, majors]) => majors.length > 0),
  )
}

/** What this version of the software speaks. */
export const ownMajors: Majors = majorsOf(ownForms)

/** Type → the highest major that both speak; types without one are left out. */
export function negotiate(mine: Majors, theirs: Majors): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.keys(mine)
      .sort()
      .flatMap((type) => {
        const common = commonMajor(type, mine, theirs)
        return common === null ? [] : [[type, common] as const]
      }),
  )
}

/** The major in which to send a message of the type. */
export function majorToSend(type: string, mine: Majors, theirs: Majors): Result<number> {
  const common = commonMajor(type, mine, theirs)
  if (common !== null) return ok(common)
  const spoken = (majors: Majors) => spokenOf(type, majors).join(', ') || 'none'
  return refuse(
    'EXCHANGE_VERSION',
    `There is no version of ${type} that both sides speak: here ${spoken(mine)}, there ${spoken(theirs)}.`,
    { place: type, fix: 'Send it another way, and ask the other side to bring its node up to date.' },
  )
}

function commonMajor(type: string, mine: Majors, theirs: Majors): number | null {
  const there = new Set(spokenOf(type, theirs))
  const common = spokenOf(type, mine).filter((major) => there.has(major))
  return common.length === 0 ? null : Math.max(...common)
}

function spokenOf(type: string, majors: Majors): readonly number[] {
  return Object.hasOwn(majors, type) ? (majors[type] ?? []) : []
}

/** From one major to the next. Pure, and every value that fits the older form becomes one that fits the newer. */
const conversions: ReadonlyMap<string, (body: Json) => Json> = new Map([['freeze.request 1', freezeRequestToV2]])

/** The body in the newest form that is known here. The message itself stays what was signed. */
export function newestBody({ type, major, body }: Pick<Message, 'type' | 'major' | 'body'>): {
  readonly major: number
  readonly body: Json
} {
  let [at, now] = [major, body]
  for (;;) {
    const convert = conversions.get(`${type} ${at}`)
    if (convert === undefined) return { major: at, body: now }
    now = convert(now)
    at += 1
  }
}

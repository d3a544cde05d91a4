/**
 * Indicators for one caller: the STIX objects of what was handed out of a case to exactly that caller. Nothing is decided here;
 * each hand-out was, item by item, when it was made (`case.hand-out`). Pure.
 */
import { exportStix } from '../../evidence/formats/index.ts'
import { type HandOutBody, reopened } from '../hand-out/hand-out.ts'

export type HandedIndicator = {
  /** When it was handed out. */
  readonly addedAt: string
  /** The object, as JSON. */
  readonly object: string
}

type HandedOut = Pick<HandOutBody, 'at' | 'formats' | 'audience' | 'training' | 'package'>

/** Whether a hand-out is for this caller to fetch: by id, since names may be anybody's; in STIX; and no exercise. */
export function isFor(handOut: HandedOut, callerId: string): boolean {
  const { formats, audience, training } = handOut
  return !training && formats.includes('stix') && audience.members.includes(callerId)
}

/** Of hand-outs that are for the caller, oldest first. What is in several of them comes from each; the reader lists it once. */
export function handedIndicators(handOuts: readonly HandedOut[], callerId: string): readonly HandedIndicator[] {
  return handOuts
    .filter((one) => isFor(one, callerId))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .flatMap((one) => {
      const { objects = [] } = JSON.parse(exportStix(reopened(one)).text) as { readonly objects?: readonly unknown[] }
      return objects.map((object) => ({ addedAt: one.at, object: JSON.stringify(object) }))
    })
}

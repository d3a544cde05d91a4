/** What tests of the time after a message share: a case, a message to send, what is open between agencies, and words of the screens. */
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Actor } from './three-nodes-world.ts'
import { wordsIn } from './words.ts'
import type { Answer } from './world.ts'

const en = wordsIn('en')

export const button = (at: Page | Locator, id: string) => at.getByRole('button', { name: en(id), exact: true })
export const field = (at: Page | Locator, id: string) => at.getByLabel(en(id), { exact: true })

/** A case of its first member and the others; its id. */
export async function opensCase(by: Actor, title: string, members: readonly Actor[]): Promise<string> {
  const opened = await by.does('case.open', { title, kind: 'local', purposes: ['criminal-proceedings'] })
  let seen = opened.version
  for (const { id: personId } of members)
    seen = (await by.does('case.member.add', { caseId: opened.id, personId, seen })).version
  return opened.id
}

/** Of a message that tells something nobody has asked for. */
export function spontaneous(summary: string) {
  return {
    facts: { summary, from: null, to: null, places: [], transactions: [] },
    ...{ usefulness: 'Its customer may be yours.', conditionsFirst: false, conditions: null, persons: [], assets: [] },
  }
}

export const matters = async (who: Actor, kind: string, caseId?: string): Promise<Answer[]> =>
  (await who.does('supervision.list', { kind, ...(caseId === undefined ? {} : { caseId }) })) as Answer[]

/** Until the other side has it. */
export const arrives = (who: Actor, kind: string, caseId?: string) =>
  expect.poll(async () => (await matters(who, kind, caseId)).length, { timeout: 60_000 }).toBeGreaterThan(0)

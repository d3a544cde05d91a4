/**
 * A checklist for the admissibility of an exhibit before a forum. Which questions a forum asks is law and comes from the
 * legal room; what a machine can answer from the record is answered here, with what it found. The rest says: a person.
 *
 * The answers are about the record: a machine can see that a tool and its version are stated, not that the tool is sound.
 */
import { Type } from '@sinclair/typebox'
import { type Action, action, type Json, ok, refuse } from '../../kernel/index.ts'
import { custodyFlaws } from './chain.ts'
import type { CustodyEvent, Exhibit } from './exhibit.ts'
import { custodyOf, type ExhibitBody } from './in-case.ts'
import { ExhibitId, Words } from './schemas.ts'

/** What this room can check of itself. A criterion that names none of them is for a person. */
export const machineChecks = [
  'hash-present',
  'custody-gapless',
  'acquirer-competent',
  'authority-stated',
  'tool-version-known',
  'recorded-at-once',
  'original-untouched',
] as const
export type MachineCheck = (typeof machineChecks)[number]

export type Criterion = {
  readonly id: string
  readonly question: string
  /** The provision, standard or decision that asks it. */
  readonly source: string
  readonly check: MachineCheck | null
}

/** The port `criteria`, which the legal room provides. `null` for a forum that it does not know. */
export interface CriteriaPort {
  criteria(forum: string): readonly Criterion[] | null
}

export type Finding = { readonly answer: 'yes' | 'no' | 'person'; readonly found: string }

const check = action({
  name: 'admissibility.check',
  summary: 'Check an exhibit against the criteria of a forum: what the record answers, and what a person must',
  kind: 'read',
  input: Type.Object(
    { exhibitId: ExhibitId, forum: Words('The court or procedure, as the legal packs name it.', 80) },
    { additionalProperties: false },
  ),
  output: Type.Unsafe<Json>({}),
  asks: ({ exhibitId }) => ({ right: 'readRecord', subject: { type: 'record', kind: 'exhibit', id: exhibitId } }),
  run: async (context, { exhibitId, forum }) => {
    const criteria = context.port<CriteriaPort>('criteria').criteria(forum)
    if (criteria === null)
      return refuse('CRITERIA_UNKNOWN', `No criteria are known for ${forum}.`, {
        place: '/forum',
        fix: 'Name a forum of the legal packs.',
      })
    const exhibit = await custodyOf(context).exhibit(exhibitId)
    const record = await context.records.get<ExhibitBody>('exhibit', exhibitId)
    if (!exhibit || !record)
      return refuse('EXHIBIT_UNKNOWN', 'There is no such exhibit, or it is not for you.', {
        place: `exhibit/${exhibitId}`,
        fix: 'Check the id.',
      })
    const events = await custodyOf(context).history(exhibitId)
    const items = criteria.map(({ check: name, ...criterion }) => ({
      ...criterion,
      ...(name === null ? forPerson : machineFinding(name, exhibit, record.body, events)),
    }))
    return ok({ result: JSON.parse(JSON.stringify({ forum, exhibitId, items })) as Json, events: [] })
  },
})

const forPerson: Finding = { answer: 'person', found: 'To be answered by a person.' }

export function machineFinding(
  name: MachineCheck,
  exhibit: Exhibit,
  body: Pick<ExhibitBody, 'competence' | 'tool'>,
  events: readonly CustodyEvent[],
): Finding {
  const yes = (found: string): Finding => ({ answer: 'yes', found })
  const no = (found: string): Finding => ({ answer: 'no', found })
  switch (name) {
    case 'hash-present':
      return exhibit.hashOf === 'seizure-record'
        ? no('Only the record of the seizure is hashed; there is no image yet.')
        : yes(`SHA-256 of the ${exhibit.hashOf}: ${exhibit.sha256}.`)
    case 'custody-gapless': {
      const flaws = custodyFlaws(exhibit, events)
      return flaws.length > 0 ? no(flaws.join(' ')) : yes(`${events.length} events, each bound to the one before it.`)
    }
    case 'acquirer-competent':
      // ACPO principle 2: whether somebody is competent is judged by a person; that nothing is said of it is a finding.
      return body.competence === null
        ? no('Nothing is said of the competence of the acquirer.')
        : { answer: 'person', found: body.competence }
    case 'authority-stated':
      return { answer: 'person', found: exhibit.authority }
    case 'tool-version-known': {
      const tools = [body.tool, ...events.map(({ details }) => details.tool)].filter((tool) => !!tool)
      const named = [...new Set(tools.map((tool) => `${tool.name} ${tool.version}`))]
      return named.length === 0 ? no('No tool is named.') : yes(`${named.join(', ')}.`)
    }
    case 'recorded-at-once': {
      const found = `Acquired ${exhibit.acquiredAt}, on record since ${exhibit.recordedAt}.`
      // Notes are made while things happen (SWGDE); what was entered later than a day has its reasons heard.
      const hours = (Date.parse(exhibit.recordedAt) - Date.parse(exhibit.acquiredAt)) / 3_600_000
      return hours <= 24 ? yes(found) : { answer: 'person', found }
    }
    case 'original-untouched': {
      // ACPO principle 1: nothing is done to the original; work is done on copies.
      const examined = events.filter(({ act }) => act === 'examine').length
      if (examined === 0) return yes('No examination of this exhibit itself is on record.')
      return {
        answer: 'person',
        found: `It was examined itself ${examined} times; see whether each needed the original.`,
      }
    }
  }
}

export const admissibilityActions = [check] as unknown as readonly Action[]

/** What messages about a case have in common: their header, and how what came is marked here. */
import { type CaseBody, caseOf, ports as casework, type PolicyVersion } from '../../casework/index.ts'
import {
  type ActionContext,
  amber,
  type Event,
  type Json,
  type Marking,
  ok,
  type Result,
  refuse,
} from '../../kernel/index.ts'
import { headerOf, type MessageDesk, ports, type Queued, type Said } from '../desk/index.ts'
import type { Header } from '../wire/index.ts'

/** An act that sends says so among its events. */
export const QUEUED = 'message.queued'

export function deskOf(context: ActionContext): MessageDesk {
  return context.port<MessageDesk>(ports.messages)
}

export type Letter = {
  readonly type: string
  readonly body: Json
  readonly peer: string
  readonly exchange: string | null
  readonly caseId: string | null
  readonly marking?: Marking
  readonly more?: Partial<Said>
}

/** Queues a message of a case, or of the node itself, marked as what it says is marked. */
export async function write(context: ActionContext, letter: Letter): Promise<Result<Queued>> {
  const { type, body, peer, exchange, caseId, marking = amber, more = {} } = letter
  const opened = caseId === null ? null : await caseOf(context, caseId)
  const { tlp, handling, onwardUse } = marking
  const purpose = opened?.body.access.purposes[0] ?? 'criminal-proceedings'
  const said = headerOf({
    purpose,
    tlp,
    mine: opened?.body.reference ?? caseId ?? deskOf(context).me,
    policyVersion: context.port<PolicyVersion>(casework.policies).version,
    language: 'en',
  })
  const header: Said = {
    ...said,
    marking: { ...said.marking, handling: handling ?? null, onwardUse },
    officer: context.actor.kind === 'person' ? { name: context.actor.name, role: context.actor.role } : null,
    ...more,
  }
  return deskOf(context).queue(context, { type, body, peer, exchange, caseId, header })
}

/** The same to several; one that cannot be sent keeps all from being sent. */
export async function writeAll(
  context: ActionContext,
  letters: readonly Letter[],
): Promise<
  Result<{ readonly sent: readonly (Queued & { readonly peer: string })[]; readonly events: readonly Event[] }>
> {
  const sent: (Queued & { peer: string })[] = []
  for (const letter of letters) {
    const queued = await write(context, letter)
    if (!queued.ok) return queued
    sent.push({ ...queued.value, peer: letter.peer })
  }
  return ok({ sent, events: sent.flatMap(({ events }) => events) })
}

/** What came is marked no wider than its sender says; what is for named people is for the leads of the case. */
export function markingHere({ marking }: Pick<Header, 'marking'>, leads: readonly string[]): Marking {
  const narrow = marking.tlp === 'red' || marking.needToKnow
  return {
    ...amber,
    tlp: marking.tlp,
    audience: narrow ? [...leads] : [],
    needToKnow: marking.needToKnow,
    onwardUse: marking.onwardUse,
    ...(marking.handling === null ? {} : { handling: marking.handling }),
  }
}

export async function leadsOf({ records }: ActionContext, caseId: string | null): Promise<readonly string[]> {
  const opened = caseId === null ? null : await records.get<CaseBody>('case', caseId)
  return opened?.body.access.leads ?? []
}

/** The other side of an exchange of this case; refused where it is none, or another case's. */
export async function otherSide(context: ActionContext, caseId: string, exchange: string): Promise<Result<string>> {
  const desk = deskOf(context)
  const known = await desk.exchange(exchange)
  if (known === null || !(await desk.casesOf(exchange)).includes(caseId))
    return refuse('EXCHANGE_OTHER_CASE', 'The exchange is none of this case.', {
      place: '/exchange',
      fix: 'Take the exchange from the messages of the case.',
    })
  return ok(known.opener === desk.me ? known.other : known.opener)
}

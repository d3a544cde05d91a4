/** What a draft of a message becomes when it is sent, and whether it could be. */
import { type ApprovalDesk, ports as casework } from '../../casework/index.ts'
import { type ActionContext, type Json, ok, type Result, refuse } from '../../kernel/index.ts'
import { findInstrument, findRequestType, type LegalPacks, legalPorts } from '../../legal/index.ts'
import { approvalRuleOf } from '../approval-rule.ts'
import type { ApprovalRule } from '../approvals.ts'
import {
  checkDraft,
  HEADER_VERSION,
  type Header,
  messageOfRequestType,
  messageTypes,
  ownForms,
  ownMajors,
} from '../wire/index.ts'
import type { MessageBody } from './message-record.ts'
import type { MessageDesk } from './ports.ts'

/** Families whose messages bind people or open what is protected: nobody sends one alone. */
const grave: ReadonlySet<string> = new Set(['data', 'assistance', 'freezing', 'confiscation', 'disposal', 'fiu'])

type Content = Pick<MessageBody, 'peer' | 'type' | 'major' | 'header' | 'fixed' | 'body' | 'exchange'>

/** The header as it will be signed; of a message that follows, with a place that stands for the one that it will get. */
export function headerFor({ me }: Pick<MessageDesk, 'me'>, { peer, header, fixed, exchange }: Content): Header {
  const place = exchange === null ? { seq: 1, prev: null } : { seq: 2, prev: '0'.repeat(64) }
  return { ...header, ...fixed, v: HEADER_VERSION, exchange, from: me, to: peer, ...place }
}

export function checkContent(desk: Pick<MessageDesk, 'me'>, content: Content): Result<null> {
  const { type, major, body } = content
  const checked = checkDraft({ type, major, header: headerFor(desk, content), body: body as Json }, ownForms)
  return checked.ok ? checked : { ok: false, refusal: { ...checked.refusal, place: checked.refusal.place ?? '/body' } }
}

/** Null where one person may send it: what only follows, and what binds nobody. */
export function ruleFor(
  context: ActionContext,
  { type, header, exchange }: Pick<Content, 'type' | 'header' | 'exchange'>,
): ApprovalRule | null {
  const scope = messageTypes.get(type)?.scope
  if (exchange !== null || scope === undefined || !grave.has(scope)) return null
  const instrument = header.instrument?.id ?? null
  const packs = context.port<LegalPacks>(legalPorts.packs)
  const found = instrument === null ? null : findInstrument(packs, instrument)
  const requestType = Object.keys(messageOfRequestType).find(
    (one) => messageOfRequestType[one] === type && found?.ok && findRequestType(found.value, one).ok,
  )
  const entry = found?.ok && requestType !== undefined ? findRequestType(found.value, requestType) : null
  const needed = context.port<ApprovalDesk>(casework.approvals).needed({ instrument, requestType: requestType ?? type })
  return approvalRuleOf(entry?.ok ? entry.value.issuers : { roles: [], validators: [] }, needed)
}

export function newestMajor(type: string): Result<number> {
  const majors = ownMajors[type]
  if (majors !== undefined) return ok(Math.max(...majors))
  return refuse('EXCHANGE_TYPE_UNKNOWN', `There is no message of the type ${type}.`, {
    place: '/type',
    fix: 'See docs/spec/exchange.md.',
  })
}

/**
 * Acts on keys: that the agency can sign (`control-key`), and that coins moved (`move-coins`).
 *
 * Two persons, always: one who holds the exhibit proposes the act, and the witness confirms it in a session of their own.
 * Only then is it an event of custody. A witness who is merely named proves nothing (UNODC and INTERPOL guides: two officers
 * at every access to keys; a second officer signs).
 */
import { type Static, Type } from '@sinclair/typebox'
import {
  type Action,
  action,
  bytesToHex,
  ok,
  type Page,
  PersonId,
  type Protected,
  refuse,
  type Stored,
} from '../../kernel/index.ts'
import { actEvent, eventResult } from './custody-acts.ts'
import { custodyOf, type ExhibitBody, exhibitInCase, witnessRefusal } from './in-case.ts'
import { nextEvent } from './next-event.ts'
import { actFields, CaseId, ChainTxShape, EventShape, ExhibitId, Uuid, Words } from './schemas.ts'

const PROPOSAL_MILLISECONDS = 24 * 3600 * 1000

const { witness: _, proof: __, ...fields } = actFields

const ProposeInput = Type.Union([
  Type.Object(
    {
      ...fields,
      witness: PersonId,
      act: Type.Literal('control-key'),
      method: Words('How control was shown: a signed message, a test transfer.', 2000),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      ...fields,
      witness: PersonId,
      act: Type.Literal('move-coins'),
      method: Words('How the transaction was made and checked.', 2000),
      chainTx: ChainTxShape,
    },
    { additionalProperties: false },
  ),
])

type Proposal = Protected & {
  readonly proposed: Static<typeof ProposeInput>
  readonly proposedAt: string
  readonly done: boolean
}

const propose = action({
  name: 'key-control.propose',
  summary: 'Propose an act on keys, for the second person who is present to confirm',
  kind: 'change',
  events: ['key-control.proposed'],
  input: ProposeInput,
  output: Type.Object({ proposalId: Type.String(), version: Type.Integer() }, { additionalProperties: false }),
  asks: ({ caseId }) => ({ right: 'moveEvidence', subject: { type: 'case', id: caseId } }),
  run: async (context, input) => {
    const found = await exhibitInCase(context, input.caseId, input.exhibitId)
    if (!found.ok) return found
    const wrong = personRefusal(context.actor.kind) ?? (await witnessRefusal(context, input.caseId, input.witness))
    if (wrong) return wrong
    const began = input.began ?? context.now
    const proposed = { ...input, began, ended: input.ended ?? began }
    // What cannot be is refused now, not when the witness has come.
    const trial = nextEvent(found.value, await custodyOf(context).last(input.exhibitId), {
      ...requestOf(proposed, context.actor.id, context.now),
      salt: bytesToHex(context.random(16)),
    })
    if (!trial.ok) return trial
    const exhibit = await context.records.get<ExhibitBody>('exhibit', input.exhibitId)
    if (!exhibit) throw new Error(`exhibit ${input.exhibitId} has no record`)
    const body: Proposal = {
      marking: exhibit.body.marking,
      author: context.actor.id,
      proposed,
      proposedAt: context.now,
      done: false,
    }
    const kept = await context.records.put('key-act', context.newId(), body, { caseId: input.caseId, seen: 0 })
    return ok({
      result: { proposalId: kept.id, version: kept.version },
      events: [
        {
          name: 'key-control.proposed',
          of: 'exhibit',
          id: input.exhibitId,
          caseId: input.caseId,
          body: { proposal: kept.id, act: input.act, witness: input.witness },
        },
      ],
    })
  },
})

const confirm = action({
  name: 'key-control.confirm',
  summary: 'Confirm, as the second person who was present, an act on keys',
  kind: 'change',
  events: ['custody.control-key', 'custody.move-coins'],
  input: Type.Object({ caseId: CaseId, proposalId: Uuid('The proposal.') }, { additionalProperties: false }),
  output: EventShape,
  asks: ({ caseId }) => ({ right: 'readCase', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId, proposalId }) => {
    const proposal = await context.records.get<Proposal>('key-act', proposalId)
    const old = Date.parse(context.now) - PROPOSAL_MILLISECONDS
    if (!proposal || proposal.caseId !== caseId || proposal.body.done || Date.parse(proposal.body.proposedAt) < old)
      return refuse('KEY_ACT_UNKNOWN', 'There is no such act to confirm: it is unknown, done, or older than a day.', {
        place: `key-act/${proposalId}`,
        fix: 'Have it proposed again.',
      })
    const { proposed, author } = proposal.body
    if (proposed.witness !== context.actor.id || author === context.actor.id)
      return refuse('CUSTODY_WITNESS', 'Only the witness who was named confirms the act.', {
        place: `key-act/${proposalId}`,
        fix: 'Have the witness confirm it.',
      })
    const notPerson = personRefusal(context.actor.kind)
    if (notPerson) return notPerson
    const found = await exhibitInCase(context, caseId, proposed.exhibitId)
    if (!found.ok) return found
    const made = nextEvent(found.value, await custodyOf(context).last(proposed.exhibitId), {
      ...requestOf(proposed, author, context.now),
      salt: bytesToHex(context.random(16)),
    })
    if (!made.ok) return made
    await context.records.put<Proposal>(
      'key-act',
      proposalId,
      { ...proposal.body, done: true },
      { caseId, seen: proposal.version },
    )
    await custodyOf(context).append(made.value)
    return ok({ result: eventResult(made.value), events: [actEvent(made.value)] })
  },
})

const list = action({
  name: 'key-control.list',
  summary: 'List the acts on keys that wait for their witness, so that the witness reads what is to be confirmed',
  kind: 'read',
  input: Type.Object({ caseId: CaseId }, { additionalProperties: false }),
  output: Type.Array(
    Type.Object(
      {
        proposalId: Type.String(),
        exhibitId: ExhibitId,
        act: Type.Union([Type.Literal('control-key'), Type.Literal('move-coins')]),
        proposedBy: PersonId,
        proposedAt: Type.String(),
        witness: PersonId,
        authority: Type.String(),
        place: Type.String(),
        began: Type.String(),
        ended: Type.String(),
        method: Type.String(),
        remarks: Type.Union([Type.String(), Type.Null()]),
        condition: Type.Union([Type.String(), Type.Null()]),
        chainTx: Type.Union([ChainTxShape, Type.Null()]),
      },
      { additionalProperties: false },
    ),
  ),
  asks: ({ caseId }) => ({ right: 'readCase', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId }) => {
    const old = Date.parse(context.now) - PROPOSAL_MILLISECONDS
    const waiting = []
    for (let after: string | null = null; ; ) {
      const page: Page<Stored<Proposal>> = await context.records.list<Proposal>('key-act', {
        caseId,
        after,
        limit: 200,
      })
      for (const { id, body } of page.items) {
        if (body.done || Date.parse(body.proposedAt) < old) continue
        // What of an exhibit is not for the reader is not told of an act on it either.
        if (!(await exhibitInCase(context, caseId, body.proposed.exhibitId)).ok) continue
        waiting.push(waitingOf(id, body))
      }
      if (page.next === null) return ok({ result: waiting, events: [] })
      after = page.next
    }
  },
})

function waitingOf(proposalId: string, { proposed, proposedAt, author }: Proposal) {
  const { exhibitId, act, witness, authority, place, began = proposedAt, ended = began, method } = proposed
  const { remarks = null, condition = null } = proposed
  const chainTx = proposed.act === 'move-coins' ? proposed.chainTx : null
  const said = { authority, place, began, ended, method, remarks, condition, chainTx }
  return { proposalId, exhibitId, act, proposedBy: author, proposedAt, witness, ...said }
}

function requestOf(input: Static<typeof ProposeInput>, actor: string, recordedAt: string) {
  const { act, authority, place, began = recordedAt, ended = began, remarks, condition, method, witness } = input
  const chainTx = input.act === 'move-coins' ? input.chainTx : undefined
  const details = { remarks, condition, method }
  return { act, actor, authority, place, began, ended, details, recordedAt, witness, chainTx }
}

function personRefusal(kind: 'person' | 'machine') {
  return kind === 'person'
    ? null
    : refuse('CUSTODY_WITNESS', 'Acts on keys are done by persons, not by machines.', {
        fix: 'Sign in as a person.',
      })
}

export const keyControlActions = [propose, confirm, list] as unknown as readonly Action[]

/** The acts of custody as actions: one act, one transition, one event in the journal. */
import { type Static, type TObject, type TProperties, Type } from '@sinclair/typebox'
import {
  type Action,
  type ActionContext,
  action,
  bytesToHex,
  canonicalJson,
  ok,
  type Result,
} from '../../kernel/index.ts'
import type { CustodyEvent, Exhibit } from './exhibit.ts'
import { AddedExhibit, addedEvent, ExhibitInput, keepExhibit, makeExhibit } from './exhibit-add.ts'
import { custodyOf, type ExhibitBody, exhibitInCase, holderFor, proofRefusal, witnessRefusal } from './in-case.ts'
import type { CustodyAct } from './life.ts'
import { type ActRequest, nextEvent } from './next-event.ts'
import { type ActFields, actFields, EventShape, PersonOrOutside, SealNumber, ToolShape, Words } from './schemas.ts'

type Special = Partial<Pick<ActRequest, 'recipient' | 'sealNumber' | 'derived' | 'chainTx'>> & {
  readonly method?: string | undefined
  readonly tool?: ActRequest['details']['tool']
}

/** The fields that every act has; the schema of each act contains them. */
function fieldsOf(input: unknown): ActFields {
  return input as ActFields
}

/** Looks the exhibit up, makes the event and writes it; the special fields of the act come from `special`. */
async function act(
  context: ActionContext,
  name: CustodyAct,
  input: ActFields,
  special: (exhibit: Exhibit) => Promise<Result<Special>> = async () => ok({}),
): Promise<Result<{ exhibit: Exhibit; event: CustodyEvent }>> {
  const found = await exhibitInCase(context, input.caseId, input.exhibitId)
  if (!found.ok) return found
  const wrong =
    (await witnessRefusal(context, input.caseId, input.witness)) ??
    (await proofRefusal(context, input.caseId, input.proof))
  if (wrong) return wrong
  // From here on the exhibit is locked: acts on it follow one another.
  const before = await custodyOf(context).last(input.exhibitId)
  const more = await special(found.value)
  if (!more.ok) return more
  const { method, tool, ...rest } = more.value
  const began = input.began ?? input.ended ?? context.now
  const made = nextEvent(found.value, before, {
    act: name,
    actor: context.actor.id,
    authority: input.authority,
    place: input.place,
    details: { remarks: input.remarks, condition: input.condition, method, tool },
    began,
    ended: input.ended ?? began,
    recordedAt: context.now,
    salt: bytesToHex(context.random(16)),
    witness: input.witness,
    proof: input.proof,
    ...rest,
  })
  if (!made.ok) return made
  await custodyOf(context).append(made.value)
  return ok({ exhibit: found.value, event: made.value })
}

export function eventResult({ exhibit, seq, act: name, to, digest }: CustodyEvent): Static<typeof EventShape> {
  return { exhibitId: exhibit, seq, act: name, state: to, digest }
}

/** What the journal says of an act. The event itself, with its salt, is in the custody of the exhibit. */
export function actEvent(event: CustodyEvent) {
  const { exhibit, caseId, seq, act: name, to, holderAfter, recipient, sealAfter, digest, prev } = event
  return {
    name: `custody.${name}`,
    of: 'exhibit',
    id: exhibit,
    caseId,
    body: { seq, state: to, holder: holderAfter, recipient, seal: sealAfter, digest, prev },
  }
}

function custodyAction<P extends TProperties>(
  name: CustodyAct,
  summary: string,
  properties: P,
  special?: (context: ActionContext, input: Static<TObject<P>>, exhibit: Exhibit) => Promise<Result<Special>>,
): Action {
  return action({
    name: `custody.${name}`,
    summary,
    kind: 'change',
    input: Type.Object({ ...actFields, ...properties }, { additionalProperties: false }),
    output: EventShape,
    asks: (input) => ({ right: 'moveEvidence', subject: { type: 'case', id: fieldsOf(input).caseId } }),
    run: async (context, input) => {
      const done = await act(
        context,
        name,
        fieldsOf(input),
        special && ((exhibit) => special(context, input as unknown as Static<TObject<P>>, exhibit)),
      )
      return done.ok ? ok({ result: eventResult(done.value.event), events: [actEvent(done.value.event)] }) : done
    },
  }) as unknown as Action
}

const release = custodyAction(
  'release',
  'Hand an exhibit over: it stays with you until the recipient receives it',
  { to: PersonOrOutside },
  async (context, { to }, exhibit) => {
    const { marking } = await bodyOfExhibit(context, exhibit.id)
    const recipient = await holderFor(context, exhibit.caseId, to, { marking, author: context.actor.id })
    return recipient.ok ? ok({ recipient: recipient.value }) : recipient
  },
)
const receive = custodyAction('receive', 'Receive an exhibit that was released to you', {})
const withdraw = custodyAction('withdraw', 'Take back a release that was not received', {})
const sealAct = custodyAction(
  'seal',
  'Seal an exhibit, with the number of the seal',
  { sealNumber: SealNumber },
  async (_, { sealNumber }) => ok({ sealNumber }),
)
const unsealAct = custodyAction('unseal', 'Open the seal of an exhibit', {})
const examine = custodyAction(
  'examine',
  'Record an examination: how, with which tool and version',
  { method: Words('What was done.', 4000), tool: ToolShape },
  async (_, { method, tool }) => ok({ method, tool }),
)
const returnAct = custodyAction(
  'return',
  'Return an exhibit to who is entitled to it; its custody ends',
  { entitled: Words('To whom, and why this person is entitled.', 1000) },
  async (_, { entitled }) => ok({ method: entitled }),
)
const dispose = custodyAction(
  'dispose',
  'Dispose of an exhibit; its custody ends',
  { method: Words('How it was disposed of.', 1000) },
  async (_, { method }) => ok({ method }),
)

const CopyInput = Type.Object(
  {
    ...actFields,
    tool: ToolShape,
    method: Words('How the copy was made and verified.', 4000),
    kind: Type.Union([Type.Literal('file'), Type.Literal('document'), Type.Literal('chain-data')]),
    title: ExhibitInput.properties.title,
    description: ExhibitInput.properties.description,
    fileName: ExhibitInput.properties.fileName,
    mediaType: ExhibitInput.properties.mediaType,
    uploadId: Type.String({ format: 'uuid', description: 'The finished upload that holds the copy.' }),
    competence: ExhibitInput.properties.competence,
  },
  { additionalProperties: false },
)

/** A copy is an exhibit with a hash of its own; both sides name the other. It inherits the marking of what it came of. */
const copy = action({
  name: 'custody.copy',
  summary: 'Record a copy or image as an exhibit of its own, with its own hash',
  kind: 'change',
  events: ['custody.copy', 'exhibit.added'],
  input: CopyInput,
  output: Type.Object({ event: EventShape, copy: AddedExhibit }, { additionalProperties: false }),
  asks: ({ caseId }) => ({ right: 'moveEvidence', subject: { type: 'case', id: caseId } }),
  run: async (context, input) => {
    const { tool, method, kind, title, description, fileName, mediaType, uploadId, competence, ...fields } = input
    const derived = context.newId()
    const done = await act(context, 'copy', fields, async () => ok({ derived, tool, method }))
    if (!done.ok) return done
    const { exhibit, event } = done.value
    const { marking } = await bodyOfExhibit(context, exhibit.id)
    const made = await makeExhibit(
      context,
      {
        caseId: input.caseId,
        kind,
        title,
        ...(description === undefined ? {} : { description }),
        ...(fileName === undefined ? {} : { fileName }),
        ...(mediaType === undefined ? {} : { mediaType }),
        ...(competence === undefined ? {} : { competence }),
        marking,
        uploadId,
        acquirer: { personId: context.actor.id },
        authority: input.authority,
        place: input.place,
        acquiredAt: event.ended,
        tool,
        method,
      },
      { sourceExhibit: exhibit.id, id: derived },
    )
    if (!made.ok) return made
    const { exhibit: copied, first, body } = made.value
    await keepExhibit(context, copied, first, body)
    const { id, number, sha256, digest } = copied
    return ok({
      result: { event: eventResult(event), copy: { exhibitId: id, number, sha256, digest } },
      events: [actEvent(event), addedEvent(copied, first)],
    })
  },
})

async function bodyOfExhibit({ records }: ActionContext, id: string): Promise<ExhibitBody> {
  const record = await records.get<ExhibitBody>('exhibit', id)
  if (!record) throw new Error(`exhibit ${canonicalJson(id)} has no record`)
  return record.body
}

export const custodyActions: readonly Action[] = [
  release,
  receive,
  withdraw,
  sealAct,
  unsealAct,
  examine,
  copy as unknown as Action,
  returnAct,
  dispose,
]

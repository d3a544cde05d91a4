/**
 * Taking a file of others into a case, in two steps: `intake.preview` says what would come of it, `case.take-in` does it. The
 * file is an exhibit before it is read, so that what is taken in has its source beside it, with its hash and its custody.
 */
import { Type } from '@sinclair/typebox'
import {
  addItem,
  Cursor,
  closed,
  Id,
  kindsToAdd,
  Limit,
  pageOf,
  readablePage,
  readQuestion,
} from '../../casework/index.ts'
import { keepStatement } from '../../evidence/custody/index.ts'
import { type ActionContext, action, type Json, Marking, ok, type Result } from '../../kernel/index.ts'
import { type IntakeBody, IntakeFormat, type MadeItem } from './intake.ts'
import type { PlannedItem } from './plan-intake.ts'
import { type ReadIntake, readIntake } from './read-intake.ts'

const input = closed({
  caseId: Id,
  exhibitId: Id,
  format: IntakeFormat,
  marking: Type.Optional(Marking),
})
const Manifest = Type.Unsafe<Json>({})
const Present = Type.Array(closed({ path: Type.String(), kind: Type.String(), id: Id }))
const Defects = Type.Array(closed({ code: Type.String(), message: Type.String(), place: Type.String() }))
const told = {
  /** Already in the case. */
  present: Present,
  /** What became of the package here, and of the file in the package; the package itself loses nothing. */
  manifest: Manifest,
  formatManifest: Manifest,
  defects: Defects,
}

const tell = ({ present, manifest, formatManifest, defects }: ReadIntake) => ({
  present: [...present],
  manifest: manifest as unknown as Json,
  formatManifest: formatManifest as unknown as Json,
  defects: [...defects],
})

const preview = action({
  name: 'intake.preview',
  summary: 'See what a file of others would add to a case, what would be changed, and what stays in the file',
  kind: 'read',
  input,
  output: closed({
    adds: Type.Array(
      closed({ path: Type.String(), kind: Type.String(), tlp: Type.String(), content: Type.Unsafe<Json>({}) }),
    ),
    ...told,
  }),
  asks: ({ caseId }) => ({ right: 'editCase', subject: { type: 'case', id: caseId } }),
  run: async (context, asked) => {
    const read = await readIntake(context, asked)
    if (!read.ok) return read
    const adds = read.value.items.map((item) => ({
      path: item.path,
      kind: item.kind,
      tlp: item.marking.tlp,
      content: ('body' in item ? item.body : item.content) as unknown as Json,
    }))
    return ok({ result: { adds, ...tell(read.value) }, events: [] })
  },
})

const takeIn = action({
  name: 'case.take-in',
  summary: 'Take a file of others into a case: wallets, persons, events and statements, as what their source says',
  kind: 'change',
  events: ['case.taken-in'],
  input,
  output: closed({
    made: Type.Array(closed({ list: Type.String(), origin: Type.String(), kind: Type.String(), id: Id })),
    ...told,
  }),
  asks: ({ caseId }) => ({ right: 'editCase', subject: { type: 'case', id: caseId } }),
  run: async (context, asked) => {
    const read = await readIntake(context, asked)
    if (!read.ok) return read
    const { caseId, exhibitId: exhibit, format } = asked
    const made: MadeItem[] = []
    for (const item of read.value.items) {
      const id = await keep(context, caseId, item)
      if (!id.ok) return { ok: false, refusal: { ...id.refusal, place: item.path } }
      made.push({ list: item.list, origin: item.origin, kind: item.kind, id: id.value })
    }
    const { sha256, manifest, exhibitMarking, present, defects } = read.value
    // That the file came from others is kept even where it says nothing new: what is received is not ours to pass on.
    const before = await context.records.find<IntakeBody>('intake', 'exhibit', exhibit)
    if (made.length > 0 || before.length === 0) {
      const body: IntakeBody = {
        marking: exhibitMarking,
        author: context.actor.id,
        exhibit,
        sha256,
        format,
        made,
        manifest,
      }
      await context.records.put('intake', context.newId(), body, { caseId, seen: 0, refs: { exhibit } })
    }
    const said = { exhibit, sha256, format, made, present: present.length, defects: defects.length } as unknown as Json
    return ok({
      result: { made, ...tell(read.value) },
      events: [{ name: 'case.taken-in', of: 'exhibit', id: exhibit, caseId, body: said }],
    })
  },
})

async function keep(context: ActionContext, caseId: string, item: PlannedItem): Promise<Result<string>> {
  if (item.kind === 'statement')
    return ok((await keepStatement(context, caseId, { ...item.body, author: context.actor.id })).id)
  const given = { basis: 'assessment', marking: item.marking } as const
  const added =
    item.kind === 'wallet'
      ? await addItem(context, kindsToAdd.wallet, caseId, { ...given, content: item.content })
      : item.kind === 'event'
        ? await addItem(context, kindsToAdd.event, caseId, { ...given, content: item.content })
        : await addItem(context, kindsToAdd.person, caseId, { ...given, content: item.content })
  return added.ok ? ok(added.value.id) : added
}

const list = action({
  name: 'intake.list',
  summary: 'List the files that were taken into a case, each with what came of it',
  kind: 'read',
  input: closed({ caseId: Id, after: Cursor, limit: Limit }),
  output: pageOf(
    closed({
      id: Id,
      at: Type.String(),
      by: Type.String(),
      exhibit: Id,
      sha256: Type.String(),
      format: IntakeFormat,
      made: Type.Array(closed({ list: Type.String(), origin: Type.String(), kind: Type.String(), id: Id })),
      manifest: Manifest,
    }),
  ),
  asks: ({ caseId }) => ({ right: 'readCase', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId, after, limit = 50 }) => {
    const page = await readablePage<IntakeBody>(context, 'intake', caseId, { after, limit })
    const items = []
    for (const { id, at, body } of page.items) {
      const { author: by, exhibit, sha256, format, manifest } = body
      const made: MadeItem[] = []
      for (const one of body.made) if (await context.may(readQuestion(one))) made.push(one)
      items.push({ id, at, by, exhibit, sha256, format, made, manifest: manifest as unknown as Json })
    }
    return ok({ result: { items, next: page.next }, events: [] })
  },
})

export const takeInActions = [preview, takeIn, list] as const

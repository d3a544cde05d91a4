/**
 * `hand-out.preview` shows what would go and what would stay. `case.hand-out` decides it, item by item, and says so in the journal
 * before a byte is written; the node writes the files from what is kept here (node/export/hand-outs.ts). `hand-out.fetch` lets them
 * be written once more, for whoever has lost them on the way. And the list of what was handed out.
 */
import { Type } from '@sinclair/typebox'
import {
  Cursor,
  closed,
  did,
  Id,
  Limit,
  oneOf,
  pageOf,
  readablePage,
  readQuestion,
  text,
} from '../../casework/index.ts'
import { formatNames } from '../../evidence/formats/index.ts'
import { action, amber, type Json, ok, Purpose, refuse } from '../../kernel/index.ts'
import { decideHandOut } from './decide.ts'
import type { HandOutBody } from './hand-out.ts'
import { lookAhead, reasonsToStay } from './look-ahead.ts'

const AudienceInput = closed(
  {
    members: Type.Array(text(200, 'An agency or a person, by the name that markings use.'), {
      maxItems: 50,
      uniqueItems: true,
      description: 'For whom it is. An empty audience is nobody.',
    }),
    reach: oneOf(
      ['named', 'community', 'public'],
      'Where they may take it: named stays with them (TLP 2.0: amber), community and public go further.',
    ),
    purpose: Purpose,
    onward: Type.Boolean({ description: 'It was received from somebody else, and is passed on.' }),
  },
  'For whom, for what, and how far.',
)

const Format = oneOf(formatNames, 'A format of others, or the package itself.')
const Path = Type.String({ maxLength: 200 })
const Digest = Type.String({ pattern: '^[0-9a-f]{64}$' })
const Item = closed({ kind: Type.String(), id: Id })
const File = closed({ path: Path, size: Type.Integer(), sha256: Digest })
const Bytes = closed({ exhibit: Id, size: Type.Integer(), sha256: Digest })

const Title = Type.Union([Type.String(), Type.Null()], { description: 'How people call it.' })

const HandOutInput = closed({
  caseId: Id,
  audience: AudienceInput,
  formats: Type.Array(Format, { minItems: 1, maxItems: formatNames.length, uniqueItems: true }),
  exhibits: Type.Boolean({ description: 'With the bytes of the exhibits that lie in the vault.' }),
  order: Type.Optional(text(500, 'For a sealed case: the order that opens it to this audience.')),
})

const handOut = action({
  name: 'case.hand-out',
  summary: 'Decide what of a case goes to an audience in the formats of others; the files are at /v1/case/bag.zip',
  kind: 'change',
  events: ['case.handed-out'],
  input: HandOutInput,
  output: closed({
    handOut: Id,
    items: Type.Array(Item),
    files: Type.Array(File),
    exhibits: Type.Array(Bytes),
  }),
  asks: ({ caseId }) => ({ right: 'exportCase', subject: { type: 'case', id: caseId } }),
  run: async (context, input) => {
    const { caseId, audience: asked, formats, order = null } = input
    const decided = await decideHandOut(context, input)
    if (!decided.ok) return decided
    const { id, audience, training, items, bytes, files, manifest, package: pack } = decided.value
    if (items.every(({ kind }) => kind === 'case'))
      return refuse('HAND_OUT_EMPTY', 'Nothing of this case may go to this audience.', {
        place: '/audience',
        fix: 'Look at the markings of the items, the purposes of the case and the reach of the audience.',
      })
    const body: HandOutBody = {
      marking: amber,
      author: context.actor.id,
      at: context.now,
      audience,
      formats,
      order,
      training,
      items,
      bytes,
      files,
      manifest,
      package: pack,
    }
    await context.records.put('hand-out', id, body, { caseId, seen: 0 })
    const left = bytesThatGo(bytes)
    const said = { audience: asked, formats, order, items, files, exhibits: left } as unknown as Json
    return ok({
      result: { handOut: id, items: [...items], files: [...files], exhibits: left },
      events: [{ name: 'case.handed-out', of: 'hand-out', id, caseId, body: said }],
    })
  },
})

/**
 * What has left is on record as it left, so that the same goes once more and nothing else. It goes by the same right, with a proof of
 * its own; and only where all of it might be handed out today: what was sealed or marked more narrowly since stays.
 */
const fetchAgain = action({
  name: 'hand-out.fetch',
  summary: 'Fetch a hand-out once more, as it was handed out; the files are at /v1/hand-out/bag.zip',
  kind: 'change',
  events: ['hand-out.fetch'],
  input: closed({ caseId: Id, id: Id }),
  output: closed({ handOut: Id }),
  asks: ({ caseId }) => ({ right: 'exportCase', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId, id }) => {
    const kept = await context.records.get<HandOutBody>('hand-out', id)
    if (kept?.caseId !== caseId || !(await context.may(readQuestion({ kind: 'hand-out', id }))))
      return refuse('HAND_OUT_UNKNOWN', 'There is no such hand-out of this case, or it is not for you.', {
        place: '/id',
        fix: 'See hand-out.list.',
      })
    const { audience, formats, bytes, items, order } = kept.body
    const { members, reach, purpose, onward } = audience
    const today = await decideHandOut(context, {
      ...{
        caseId,
        audience: { members, reach, purpose: purpose as Purpose, onward },
        formats,
        exhibits: bytes.length > 0,
      },
      ...(order === null ? {} : { order }),
    })
    if (!today.ok) return today
    const may = new Set([
      ...today.value.items.map(({ kind, id: item }) => `${kind} ${item}`),
      ...today.value.bytes.map(({ exhibit }) => `bytes ${exhibit}`),
    ])
    const all = [
      ...items.map(({ kind, id: item }) => `${kind} ${item}`),
      ...bytes.map(({ exhibit }) => `bytes ${exhibit}`),
    ]
    if (!all.every((one) => may.has(one)))
      return refuse('HAND_OUT_STAYS', 'Something of it may not go to this audience any more.', {
        place: id,
        fix: 'Hand the case out anew: what may still go is shown first.',
      })
    return ok({
      result: { handOut: id },
      events: [did('hand-out.fetch', 'hand-out', id, caseId, { members: [...members] })],
    })
  },
})

/** It tells only what its reader may read; that nothing leaves by it is why it asks for no more than reading. */
const preview = action({
  name: 'hand-out.preview',
  summary: 'See what of a case would go to an audience, what would stay here and why, before anything leaves',
  kind: 'read',
  input: HandOutInput,
  output: closed({
    goes: Type.Array(closed({ kind: Type.String(), id: Id, title: Title })),
    stays: Type.Array(
      closed({
        kind: Type.String(),
        id: Id,
        title: Title,
        why: oneOf(reasonsToStay, 'Why it stays here.'),
      }),
    ),
    files: Type.Array(File),
    exhibits: Type.Array(Bytes),
    /** Of what goes: fields that go in another form, and fields that have no place. */
    changed: Type.Array(closed({ path: Type.String(), to: Type.String(), how: Type.String() })),
    dropped: Type.Array(closed({ path: Type.String(), why: Type.String() })),
  }),
  asks: ({ caseId }) => ({ right: 'readCase', subject: { type: 'case', id: caseId } }),
  run: async (context, input) => {
    const decided = await decideHandOut(context, input)
    if (!decided.ok) return decided
    const { files, bytes, manifest } = decided.value
    const { goes, stays } = lookAhead(decided.value)
    const result = {
      ...{ goes: [...goes], stays: [...stays], files: [...files], exhibits: bytesThatGo(bytes) },
      ...{ changed: [...manifest.changed], dropped: [...manifest.dropped] },
    }
    return ok({ result, events: [] })
  },
})

function bytesThatGo(bytes: HandOutBody['bytes']) {
  return bytes.map(({ exhibit, size, sha256 }) => ({ exhibit, size, sha256 }))
}

const list = action({
  name: 'hand-out.list',
  summary: 'List what was handed out of a case: to whom, when, in which formats, which items and files',
  kind: 'read',
  input: closed({ caseId: Id, after: Cursor, limit: Limit }),
  output: pageOf(
    closed({
      id: Id,
      at: Type.String(),
      by: Type.String(),
      audience: AudienceInput,
      formats: Type.Array(Format),
      order: Type.Union([Type.String(), Type.Null()]),
      items: Type.Array(Item),
      files: Type.Array(File),
      exhibits: Type.Array(Bytes),
    }),
  ),
  asks: ({ caseId }) => ({ right: 'readCase', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId, after, limit = 50 }) => {
    const page = await readablePage<HandOutBody>(context, 'hand-out', caseId, { after, limit })
    const items = page.items.map(({ id, body }) => {
      const { members, reach, purpose, onward } = body.audience
      return {
        id,
        at: body.at,
        by: body.author,
        audience: { members: [...members], reach, purpose: purpose as Purpose, onward },
        formats: [...body.formats],
        order: body.order,
        items: [...body.items],
        files: [...body.files],
        exhibits: bytesThatGo(body.bytes),
      }
    })
    return ok({ result: { items, next: page.next }, events: [] })
  },
})

export const handOutActions = [preview, handOut, fetchAgain, list] as const

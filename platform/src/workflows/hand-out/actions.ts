/**
 * `case.hand-out`: decides, item by item, what of a case goes to an audience, and says so in the journal before a byte is
 * written; the node writes the files from what is kept here (node/export/hand-outs.ts). And the list of what was handed out.
 */
import { Type } from '@sinclair/typebox'
import { Cursor, closed, Id, Limit, oneOf, pageOf, readablePage, text } from '../../casework/index.ts'
import { formatNames, release } from '../../evidence/formats/index.ts'
import { action, amber, type Json, ok, Purpose, refuse } from '../../kernel/index.ts'
import { gatherCase } from './gather.ts'
import { type HandOutBody, handedFiles, textFiles } from './hand-out.ts'
import { manifestOf } from './notes.ts'
import { packageOfCase } from './package-of-case.ts'

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

const handOut = action({
  name: 'case.hand-out',
  summary: 'Decide what of a case goes to an audience in the formats of others; the files are at /v1/case/bag.zip',
  kind: 'change',
  events: ['case.handed-out'],
  input: closed({
    caseId: Id,
    audience: AudienceInput,
    formats: Type.Array(Format, { minItems: 1, maxItems: formatNames.length, uniqueItems: true }),
    exhibits: Type.Boolean({ description: 'With the bytes of the exhibits that lie in the vault.' }),
    order: Type.Optional(text(500, 'For a sealed case: the order that opens it to this audience.')),
  }),
  output: closed({
    handOut: Id,
    items: Type.Array(Item),
    files: Type.Array(File),
    exhibits: Type.Array(Bytes),
  }),
  asks: ({ caseId }) => ({ right: 'exportCase', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId, audience: asked, formats, exhibits, order = null }) => {
    if (asked.members.length === 0)
      return refuse('HAND_OUT_AUDIENCE', 'The audience is empty, and an empty audience is nobody.', {
        place: '/audience/members',
        fix: 'Name everybody for whom it is.',
      })
    const gathered = await gatherCase(context, caseId)
    if (!gathered.ok) return gathered
    const { contents, objectByExhibit } = gathered.value
    const { sealed, training } = contents.case.access
    if (sealed && order === null)
      return refuse('HAND_OUT_SEALED', 'The case is sealed, and no order opens it to this audience.', {
        place: '/order',
        fix: 'Name the order of the court that allows it.',
      })
    const id = context.newId()
    const {
      package: whole,
      notes,
      audience,
    } = packageOfCase(contents, {
      id,
      at: context.now,
      audience: { ...asked, clientOf: {}, permissions: [] },
      opened: order !== null,
    })
    const released = release(whole, audience)
    const { manifest, items } = manifestOf(notes, released, audience)
    if (items.every(({ kind }) => kind === 'case'))
      return refuse('HAND_OUT_EMPTY', 'Nothing of this case may go to this audience.', {
        place: '/audience',
        fix: 'Look at the markings of the items, the purposes of the case and the reach of the audience.',
      })
    const bytes = released.package.exhibits.flatMap((exhibit) => {
      const object = objectByExhibit.get(exhibit.id)
      // A hash that was withheld was that of something hidden: these are its bytes.
      if (!exhibits || !object || exhibit.sha256 !== object.sha256) return []
      const { id: where, size, sha256, sha512 } = object
      return [{ exhibit: exhibit.id, object: where, size, sha256, sha512 }]
    })
    const files = handedFiles(textFiles(released, { formats, manifest }))
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
      package: released.package,
    }
    await context.records.put('hand-out', id, body, { caseId, seen: 0 })
    const left = bytes.map(({ exhibit, size, sha256 }) => ({ exhibit, size, sha256 }))
    const said = { audience: asked, formats, order, items, files, exhibits: left } as unknown as Json
    return ok({
      result: { handOut: id, items: [...items], files: [...files], exhibits: left },
      events: [{ name: 'case.handed-out', of: 'hand-out', id, caseId, body: said }],
    })
  },
})

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
        exhibits: body.bytes.map(({ exhibit, size, sha256 }) => ({ exhibit, size, sha256 })),
      }
    })
    return ok({ result: { items, next: page.next }, events: [] })
  },
})

export const handOutActions = [handOut, list] as const

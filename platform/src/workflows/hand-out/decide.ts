/** What of a case goes to an audience: decided the same way for whoever only looks and for whoever hands it out. */
import { type formatNames, release } from '../../evidence/formats/index.ts'
import { type ActionContext, ok, type Result, refuse } from '../../kernel/index.ts'
import type { CaseContents } from './case-contents.ts'
import { gatherCase } from './gather.ts'
import { type HandedBytes, type HandedFile, type HandOutBody, handedFiles, textFiles } from './hand-out.ts'
import { type ItemNotes, manifestOf } from './notes.ts'
import { packageOfCase } from './package-of-case.ts'

export type Asked = {
  readonly caseId: string
  readonly audience: {
    readonly members: readonly string[]
    readonly reach: 'named' | 'community' | 'public'
    readonly purpose: string
    readonly onward: boolean
  }
  readonly formats: readonly (typeof formatNames)[number][]
  readonly exhibits: boolean
  readonly order?: string
}

export type Decided = Pick<HandOutBody, 'audience' | 'training' | 'items' | 'manifest' | 'package'> & {
  readonly id: string
  readonly bytes: readonly HandedBytes[]
  readonly files: readonly HandedFile[]
  readonly contents: CaseContents
  readonly notes: readonly ItemNotes[]
}

export async function decideHandOut(
  context: ActionContext,
  { caseId, audience: asked, formats, exhibits, order }: Asked,
): Promise<Result<Decided>> {
  if (asked.members.length === 0)
    return refuse('HAND_OUT_AUDIENCE', 'The audience is empty, and an empty audience is nobody.', {
      place: '/audience/members',
      fix: 'Name everybody for whom it is.',
    })
  const gathered = await gatherCase(context, caseId)
  if (!gathered.ok) return gathered
  const { contents, objectByExhibit } = gathered.value
  const { sealed, training } = contents.case.access
  if (sealed && order === undefined)
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
    opened: order !== undefined,
  })
  const released = release(whole, audience)
  const { manifest, items } = manifestOf(notes, released, audience)
  const bytes = released.package.exhibits.flatMap((exhibit) => {
    const object = objectByExhibit.get(exhibit.id)
    // A hash that was withheld was that of something hidden: these are its bytes.
    if (!exhibits || !object || exhibit.sha256 !== object.sha256) return []
    const { id: where, size, sha256, sha512 } = object
    return [{ exhibit: exhibit.id, object: where, size, sha256, sha512 }]
  })
  const files = handedFiles(textFiles(released, { formats, manifest }))
  return ok({ id, audience, training, items, bytes, files, manifest, package: released.package, contents, notes })
}

/**
 * An upload is declared before its first byte and bound when its last has arrived. Between the two the bytes come in over
 * HTTP (io/vault), as often interrupted as the line is; nothing of them is an exhibit before `exhibit.upload.finish`.
 */
import { Type } from '@sinclair/typebox'
import { type Action, type ActionContext, action, ok, type Result, refuse } from '../../kernel/index.ts'
import type { Upload, VaultContent, VaultLimits, VaultStore } from './vault-ports.ts'

const CaseId = Type.String({ format: 'uuid', description: 'The case.' })
const UploadId = Type.String({ format: 'uuid', description: 'The upload.' })
const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of the whole file.' })
const ofUpload = { caseId: CaseId, uploadId: UploadId }
const asksToAdd = ({ caseId }: { caseId: string }) =>
  ({ right: 'addEvidence', subject: { type: 'case', id: caseId } }) as const

const begin = action({
  name: 'exhibit.upload.begin',
  summary: 'Declare an upload; its bytes are then sent to the address of its id',
  kind: 'change',
  events: ['exhibit.upload.begun'],
  input: Type.Object(
    { caseId: CaseId, size: Type.Integer({ minimum: 0, description: 'Bytes of the whole file.' }) },
    { additionalProperties: false },
  ),
  output: Type.Object({ uploadId: Type.String() }, { additionalProperties: false }),
  asks: asksToAdd,
  run: async (context, { caseId, size }) => {
    const limits = context.port<VaultLimits>('vault-limits')
    const vault = context.port<VaultStore>('vault')
    const wrong = quotaRefusal(size, await vault.bytesOf(caseId), limits)
    if (wrong) return wrong
    const id = context.newId()
    await vault.begin({ id, caseId, actor: context.actor.id, size, begunAt: context.now, abandoned: false })
    return ok({
      result: { uploadId: id },
      events: [{ name: 'exhibit.upload.begun', of: 'upload', id, caseId, body: { size } }],
    })
  },
})

/** What was declared by uploads that are open counts as if it had arrived, so that many at once do not fill the disk. */
export function quotaRefusal(
  size: number,
  { finished, open }: { readonly finished: number; readonly open: number },
  { largestFile, largestCase }: VaultLimits,
): Result<never> | null {
  if (size > largestFile)
    return refuse('VAULT_FILE_TOO_LARGE', `The file has ${size} bytes; the node takes ${largestFile} at most.`, {
      place: '/size',
      fix: 'Ask the administrator of the node to allow more, or split the image.',
    })
  if (finished + open + size > largestCase)
    return refuse(
      'VAULT_CASE_FULL',
      `The case holds ${finished} bytes and ${open} are announced; with ${size} more it would pass ${largestCase}.`,
      {
        place: '/size',
        fix: 'Give up uploads that are not needed, or ask the administrator of the node to allow more.',
      },
    )
  return null
}

const finish = action({
  name: 'exhibit.upload.finish',
  summary: 'Bind an upload that has arrived whole: its size, SHA-256 and SHA-512 stand from here on',
  kind: 'change',
  events: ['exhibit.upload.finished'],
  input: Type.Object({ ...ofUpload, sha256: Type.Optional(Sha256) }, { additionalProperties: false }),
  output: Type.Object(
    { uploadId: Type.String(), size: Type.Integer(), sha256: Type.String(), sha512: Type.String() },
    { additionalProperties: false },
  ),
  asks: asksToAdd,
  run: async (context, { caseId, uploadId, sha256 }) => {
    const upload = await openUpload(context, caseId, uploadId)
    if (!upload.ok) return upload
    const object = await context.port<VaultContent>('vault-content').sealedObject(uploadId, caseId)
    if (object === null)
      return refuse('UPLOAD_NOT_READY', 'Bytes of the upload are missing, or are still being sealed.', {
        place: `upload/${uploadId}`,
        fix: 'Send the rest, or ask again in a moment.',
      })
    if (object.size !== upload.value.size || (sha256 !== undefined && sha256 !== object.sha256))
      return refuse('UPLOAD_HASH', `What arrived has ${object.size} bytes and the SHA-256 ${object.sha256}.`, {
        place: '/sha256',
        fix: 'Compare the file with its source and upload it again.',
      })
    await context.port<VaultStore>('vault').finish(object, context.now)
    const bound = { size: object.size, sha256: object.sha256, sha512: object.sha512 }
    return ok({
      result: { uploadId, ...bound },
      events: [{ name: 'exhibit.upload.finished', of: 'upload', id: uploadId, caseId, body: bound }],
    })
  },
})

const abandon = action({
  name: 'exhibit.upload.abandon',
  summary: 'Give up an upload that is not finished; its bytes are removed',
  kind: 'change',
  events: ['exhibit.upload.abandoned'],
  input: Type.Object(ofUpload, { additionalProperties: false }),
  output: Type.Object({ uploadId: Type.String() }, { additionalProperties: false }),
  asks: asksToAdd,
  run: async (context, { caseId, uploadId }) => {
    const upload = await openUpload(context, caseId, uploadId)
    if (!upload.ok) return upload
    await context.port<VaultStore>('vault').abandon(uploadId, context.now)
    return ok({
      result: { uploadId },
      events: [{ name: 'exhibit.upload.abandoned', of: 'upload', id: uploadId, caseId, body: {} }],
    })
  },
})

/** The upload, where it is the actor's own, of this case, and still open. */
async function openUpload(context: ActionContext, caseId: string, id: string): Promise<Result<Upload>> {
  const vault = context.port<VaultStore>('vault')
  const upload = await vault.upload(id)
  const place = `upload/${id}`
  if (upload === null || upload.caseId !== caseId || upload.actor !== context.actor.id || upload.abandoned)
    return refuse('UPLOAD_UNKNOWN', 'There is no such upload of yours in this case.', {
      place,
      fix: 'Begin an upload first.',
    })
  if ((await vault.object(id)) !== null)
    return refuse('UPLOAD_FINISHED', 'The upload is finished.', { place, fix: 'Begin another upload.' })
  return ok(upload)
}

export const uploadActions = [begin, finish, abandon] as unknown as readonly Action[]

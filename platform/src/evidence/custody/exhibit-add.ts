/** `exhibit.add`, and what an exhibit is made of. */
import { type Static, Type } from '@sinclair/typebox'
import {
  type ActionContext,
  action,
  bytesToHex,
  canonicalJson,
  Marking,
  ok,
  PersonId,
  type Result,
  refuse,
  sha256Text,
} from '../../kernel/index.ts'
import type { VaultObject, VaultStore } from '../vault/vault-ports.ts'
import { exhibitDigest } from './chain.ts'
import type { CustodyEvent, Exhibit, HashSubject, Holder } from './exhibit.ts'
import { custodyOf, type ExhibitBody, holderFor, witnessRefusal } from './in-case.ts'
import { type ExhibitKind, exhibitKinds } from './life.ts'
import { nextEvent } from './next-event.ts'
import { CaseId, Instant, KeyControl, PersonOrOutside, SealNumber, ToolShape, Uuid, Words } from './schemas.ts'

const contentFields = {
  title: Words('What it is, in a line.', 200),
  description: Type.Optional(Words('What it is, in detail.', 8000)),
  fileName: Type.Optional(Words('The name of the file, as it came.', 255)),
  mediaType: Type.Optional(Type.String({ pattern: '^[a-z0-9.+-]+/[a-z0-9.+-]+$', maxLength: 100 })),
  marking: Marking,
  uploadId: Type.Optional(Uuid('The finished upload that holds the bytes.')),
}

export const ExhibitInput = Type.Object(
  {
    caseId: CaseId,
    kind: Type.Union(exhibitKinds.map((kind) => Type.Literal(kind))),
    ...contentFields,
    imageSha256: Type.Optional(
      Type.String({ pattern: '^[0-9a-f]{64}$', description: 'For a device whose image lies elsewhere.' }),
    ),
    device: Type.Optional(
      Type.Object(
        {
          make: Words('Make.', 120),
          model: Words('Model.', 120),
          serial: Type.Union([Words('Serial number.', 120), Type.Null()]),
          sealNumber: SealNumber,
        },
        { additionalProperties: false },
      ),
    ),
    keyControl: Type.Optional(KeyControl),
    acquirer: PersonOrOutside,
    competence: Type.Optional(Words('What makes the acquirer competent (ACPO principle 2).', 1000)),
    authority: Words('By what right it was acquired: the order, warrant or provision.'),
    place: Words('Where it was acquired.'),
    acquiredAt: Instant('When.'),
    tool: Type.Optional(ToolShape),
    method: Type.Optional(Words('How it was acquired.', 2000)),
    condition: Type.Optional(Words('In what condition.', 1000)),
    remarks: Type.Optional(Words('What else matters.', 4000)),
    witness: Type.Optional(PersonId),
  },
  { additionalProperties: false },
)
export type ExhibitInput = Static<typeof ExhibitInput>

export const AddedExhibit = Type.Object(
  { exhibitId: Type.String(), number: Type.Integer(), sha256: Type.String(), digest: Type.String() },
  { additionalProperties: false },
)

export const exhibitAdd = action({
  name: 'exhibit.add',
  summary: 'Put an exhibit on record, with its hash, acquirer, authority and place; its custody begins',
  kind: 'change',
  events: ['exhibit.added'],
  input: ExhibitInput,
  output: AddedExhibit,
  asks: ({ caseId }) => ({ right: 'addEvidence', subject: { type: 'case', id: caseId } }),
  run: async (context, input) => {
    const made = await makeExhibit(context, input, { sourceExhibit: null })
    if (!made.ok) return made
    const { exhibit, first, body } = made.value
    await keepExhibit(context, exhibit, first, body)
    return ok({ result: addedResult(exhibit), events: [addedEvent(exhibit, first)] })
  },
})

export function addedResult({ id, number, sha256, digest }: Exhibit): Static<typeof AddedExhibit> {
  return { exhibitId: id, number, sha256, digest }
}

export function addedEvent(exhibit: Exhibit, first: CustodyEvent) {
  const { id, caseId, number, kind, hashOf, sha256, digest, sourceExhibit } = exhibit
  const body = { number, kind, hashOf, sha256, digest, sourceExhibit, custody: first.digest }
  return { name: 'exhibit.added', of: 'exhibit', id, caseId, body }
}

export async function keepExhibit(
  context: ActionContext,
  exhibit: Exhibit,
  first: CustodyEvent,
  body: ExhibitBody,
): Promise<void> {
  await context.records.put('exhibit', exhibit.id, body, {
    caseId: exhibit.caseId,
    seen: 0,
    refs: { sha256: exhibit.sha256 },
  })
  await custodyOf(context).add(exhibit, first)
}

type Made = { readonly exhibit: Exhibit; readonly first: CustodyEvent; readonly body: ExhibitBody }

/** The exhibit and the first event of its custody, or what is missing. */
export async function makeExhibit(
  context: ActionContext,
  input: ExhibitInput,
  { sourceExhibit, id = context.newId() }: { sourceExhibit: string | null; id?: string },
): Promise<Result<Made>> {
  const wrong = misfitOfKind(input) ?? (await witnessRefusal(context, input.caseId, input.witness))
  if (wrong) return wrong
  const salt = bytesToHex(context.random(16))
  const hashed = await hashesOf(context, input, salt)
  if (!hashed.ok) return hashed
  const protection = { marking: input.marking, author: context.actor.id }
  const acquirer: Result<Holder> = await holderFor(context, input.caseId, input.acquirer, protection)
  if (!acquirer.ok) return acquirer
  const undigested = {
    id,
    caseId: input.caseId,
    number: await custodyOf(context).nextNumber(input.caseId),
    kind: input.kind,
    ...hashed.value,
    sourceExhibit,
    acquirer: acquirer.value,
    recordedBy: context.actor.id,
    authority: input.authority,
    place: input.place,
    acquiredAt: input.acquiredAt,
    recordedAt: context.now,
    salt,
  }
  const exhibit: Exhibit = { ...undigested, digest: exhibitDigest(undigested) }
  const first = nextEvent(exhibit, null, {
    act: input.kind === 'device' ? 'seize-device' : 'acquire',
    actor: context.actor.id,
    authority: input.authority,
    place: input.place,
    details: { remarks: input.remarks, condition: input.condition, method: input.method, tool: input.tool },
    began: input.acquiredAt,
    ended: input.acquiredAt,
    recordedAt: context.now,
    salt: bytesToHex(context.random(16)),
    witness: input.witness,
    sealNumber: input.device?.sealNumber,
  })
  if (!first.ok) return first
  return ok({ exhibit, first: first.value, body: bodyOf(input, protection.author) })
}

function bodyOf(input: ExhibitInput, author: string): ExhibitBody {
  const device = input.device
  return {
    marking: input.marking,
    author,
    title: input.title,
    description: input.description ?? null,
    fileName: input.fileName ?? null,
    mediaType: input.mediaType ?? null,
    device: device ? { make: device.make, model: device.model, serial: device.serial } : null,
    keyControl: input.keyControl ?? null,
    competence: input.competence ?? null,
    tool: input.tool ?? null,
  }
}

function misfitOfKind(input: ExhibitInput): Result<never> | null {
  const { kind, device, keyControl, uploadId, imageSha256 } = input
  const missing = (what: string, place: string) =>
    refuse('EXHIBIT_CONTENT', `An exhibit of kind ${kind} ${what}.`, { place, fix: 'Give what the sentence names.' })
  if ((kind === 'device') !== (device !== undefined))
    return missing(kind === 'device' ? 'needs its make, model and seal' : 'is no device', '/device')
  if ((kind === 'key-control') !== (keyControl !== undefined))
    return missing(kind === 'key-control' ? 'needs the form of control' : 'is no control over keys', '/keyControl')
  if (kind !== 'device' && imageSha256 !== undefined) return missing('has no image', '/imageSha256')
  if (uploadId !== undefined && imageSha256 !== undefined) return missing('has one hash, not two', '/imageSha256')
  if (kind === 'key-control' && uploadId !== undefined)
    return missing('holds no secrets in the vault; describe it, and add documents apart', '/uploadId')
  if (!needsNoUpload(kind) && uploadId === undefined) return missing('needs a finished upload', '/uploadId')
  if (keyControl && 'threshold' in keyControl) {
    const of = keyControl.form === 'shares' ? keyControl.shares : keyControl.keys
    if (keyControl.threshold > of)
      return refuse('KEY_POLICY', `${keyControl.threshold} of ${of} is no threshold.`, {
        place: '/keyControl/threshold',
        fix: 'Correct the numbers.',
      })
  }
  return null
}

function needsNoUpload(kind: ExhibitKind): boolean {
  return kind === 'device' || kind === 'key-control'
}

type Hashed = Pick<Exhibit, 'hashOf' | 'sha256' | 'sha512' | 'vaultObject'>

async function hashesOf(context: ActionContext, input: ExhibitInput, salt: string): Promise<Result<Hashed>> {
  const hashOf = (content: HashSubject): HashSubject => (input.kind === 'device' ? 'image' : content)
  if (input.uploadId !== undefined) {
    const object: VaultObject | null = await context.port<VaultStore>('vault').object(input.uploadId)
    if (object === null || object.caseId !== input.caseId)
      return refuse('EXHIBIT_CONTENT', 'There is no finished upload of this case with this id.', {
        place: '/uploadId',
        fix: 'Finish the upload first.',
      })
    return ok({ hashOf: hashOf('content'), sha256: object.sha256, sha512: object.sha512, vaultObject: object.id })
  }
  if (input.imageSha256 !== undefined)
    return ok({ hashOf: 'image', sha256: input.imageSha256, sha512: null, vaultObject: null })
  // Nothing is imaged yet: the record of the seizure is what is hashed, and says so.
  const { place, authority, acquiredAt } = input
  const record = seizureRecord({ salt, place, authority, acquiredAt }, bodyOf(input, context.actor.id))
  return ok({ hashOf: 'seizure-record', sha256: sha256Text(record), sha512: null, vaultObject: null })
}

/** The text whose SHA-256 stands for a device or for keys until there is an image; whoever is given it can check the hash. */
export function seizureRecord(
  { salt, place, authority, acquiredAt }: Pick<Exhibit, 'salt' | 'place' | 'authority' | 'acquiredAt'>,
  { title, description, device, keyControl }: Pick<ExhibitBody, 'title' | 'description' | 'device' | 'keyControl'>,
): string {
  return canonicalJson({ salt, title, description, device, keyControl, place, authority, acquiredAt })
}

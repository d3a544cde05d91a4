/** The letter of a request as PDF, from the records of the node. Whether it may be read was decided at the door. */
import { approvalDigest, approvedContent, type RequestBody } from '../../casework/index.ts'
import { type Language, letterDocument, typesettingOf } from '../../casework/letter/index.ts'
import { shippedChainPacks } from '../../chains/index.ts'
import { keyName } from '../../evidence/index.ts'
import { MESSAGE, type MessageBody } from '../../exchange/desk/index.ts'
import { pictureDocument, renderDocument } from '../../io/typst.ts'
import { type Access, canonicalJson, type Json, orStop, type Records, stop } from '../../kernel/index.ts'
import type { LegalPacks } from '../../legal/index.ts'
import { letterOfRequest } from '../../workflows/index.ts'
import type { Person } from '../auth/records.ts'

export type LetterDesk = {
  readonly packs: LegalPacks
  readonly policies: string
  readonly required: number
  readonly timeZone: string
}

/** The very text that was approved (canonical JSON), or what would be approved now. */
export function textOfRequest(
  id: string,
  caseId: string,
  { content, marking, submitted }: RequestBody,
  desk: LetterDesk,
): Json {
  return approvedContent({
    requestId: id,
    caseId,
    content,
    marking,
    policies: submitted?.policies ?? desk.policies,
    needed: submitted?.needed ?? Math.max(2, desk.required),
  })
}

export async function renderLetter(
  records: Records,
  id: string,
  language: Language,
  desk: LetterDesk,
): Promise<{ pdf: Uint8Array; text: string }> {
  const { document, record } = await letterOf(records, id, language, desk)
  return { pdf: orStop(await renderDocument(document)), text: canonicalJson(record) }
}

/** The letter as a picture of its pages, to be looked at while it is written. */
export async function pictureLetter(
  records: Records,
  id: string,
  language: Language,
  desk: LetterDesk,
): Promise<string> {
  const { document } = await letterOf(records, id, language, desk)
  return orStop(await pictureDocument(document))
}

async function letterOf(records: Records, id: string, language: Language, desk: LetterDesk) {
  const request = await records.get<RequestBody>('request', id)
  if (!request || request.caseId === null) return stop('RECORD_UNKNOWN', 'There is no such request.', { place: id })
  const opened = await records.get<{ access: Access }>('case', request.caseId)
  const record = textOfRequest(id, request.caseId, request.body, desk)
  if (request.body.submitted !== null && approvalDigest(record) !== request.body.submitted.digest)
    throw new Error(`the text of request ${id} is not the one that was submitted`)
  const approvals = request.body.exchange
    ? await approvalsInMessage(records, id)
    : await approvalsOfRequest(records, request.body)
  const { request: letter, labels } = letterOfRequest(desk.packs, {
    id,
    body: request.body,
    record,
    issued: { instant: toSecond(request.body.submitted?.at ?? request.at), zone: desk.timeZone },
    training: opened?.body.access.training ?? false,
    approvals,
    chains: shippedChainPacks,
  })
  const model = orStop(letterDocument(letter, labels, language))
  return { document: typesettingOf(model), record }
}

async function approvalsOfRequest(records: Records, body: RequestBody) {
  return Promise.all(
    standing(body).map(async ({ approverId, givenAt, credentialId }) => {
      const person = await records.get<Person>('person', approverId)
      return {
        name: person?.body.name ?? approverId,
        role: person?.body.role ?? 'unknown',
        at: toSecond(givenAt),
        credentialId,
      }
    }),
  )
}

/** Of a request that went out as a message: its approvals are in that message. */
async function approvalsInMessage(records: Records, id: string) {
  const messages = await records.find<MessageBody>(MESSAGE, 'request', id)
  const sent = messages.find(({ body }) => body.requestDigest !== undefined && body.digest !== null)
  return (sent?.body.header.approvals ?? []).map(({ approver, givenAt, proof }) => ({
    name: approver.name,
    role: approver.role,
    at: toSecond(givenAt),
    credentialId: keyName(proof.publicKey),
  }))
}

/** Approvals of the text that stands, not taken back. Once released, they are those with which it was. */
export function standing({ approvals, submitted }: RequestBody): RequestBody['approvals'] {
  return approvals.filter(({ digest, withdrawnAt }) => withdrawnAt === null && digest === submitted?.digest)
}

/** Letters tell the time to the second. */
function toSecond(instant: string): string {
  return `${instant.slice(0, 19)}Z`
}

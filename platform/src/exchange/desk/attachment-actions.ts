/** Files that go with messages: an exhibit is sealed for the receiver; what has come is taken in when somebody says so. */
import { Type } from '@sinclair/typebox'
import { CaseId, Changed, closed, Digest, did, Id, nullable, oneOf, Seen } from '../../casework/index.ts'
import { action, ok, refuse } from '../../kernel/index.ts'
import { AttachmentPart } from '../wire/index.ts'
import { messageOf, putMessage } from './draft-actions.ts'
import { checkContent } from './drafting.ts'
import { MESSAGE } from './message-record.ts'
import { type AttachmentDesk, type MessageDesk, ports } from './ports.ts'

const { name, mime, class: kind } = AttachmentPart.properties

const attach = action({
  name: 'message.attach',
  summary:
    'Attach an exhibit of the case to a message that was not sent yet, sealed for its receiver; approvals must be given anew',
  kind: 'change',
  input: closed({ id: Id, seen: Seen, exhibitId: Id, name, mime, class: kind }),
  output: Changed,
  asks: ({ id }) => ({ right: 'editRecord', subject: { type: 'record', kind: MESSAGE, id } }),
  run: async (context, { id, seen, exhibitId, ...facts }) => {
    const { body, caseId } = await messageOf(context, id)
    if (body.state !== 'draft' || body.exchange !== null)
      return refuse('MESSAGE_STATE', 'Files are attached to a draft that opens an exchange, before it is sent.', {
        fix: 'Write a new message for them.',
      })
    const leaves = { right: 'exportRecord', subject: { type: 'record', kind: 'exhibit', id: exhibitId } } as const
    if (!(await context.may(leaves)))
      return refuse('NOT_PERMITTED', 'There is no such exhibit, or it may not leave the house.', {
        place: '/exhibitId',
        fix: 'Ask a lead of the case.',
      })
    const attached = await context.port<AttachmentDesk>(ports.attachments).attach(context, {
      ...{ caseId, peer: body.peer, messageId: body.fixed.id, fileIndex: body.header.attachments.length },
      ...{ source: { exhibit: exhibitId }, ...facts },
    })
    if (!attached.ok) return attached
    const header = { ...body.header, approvals: [], attachments: [...body.header.attachments, attached.value] }
    const after = { ...body, header, drafters: [...new Set([...body.drafters, context.actor.id])] }
    const fits = checkContent(context.port<MessageDesk>(ports.messages), after)
    if (!fits.ok) return fits
    const { version } = await putMessage(context, { id, caseId, seen, body: after })
    const said = { exhibit: exhibitId, name: facts.name, cipher: attached.value.cipherDigest }
    return ok({ result: { id, version }, events: [did('message.attach', MESSAGE, id, caseId, said)] })
  },
})

const files = action({
  name: 'message.files',
  summary: 'The files that a message names, and how much of each has arrived',
  kind: 'read',
  input: closed({ id: Id }),
  output: closed({
    files: Type.Array(
      closed({
        index: Type.Integer(),
        name: Type.String(),
        mime: Type.String(),
        class: Type.String(),
        size: Type.Integer(),
        state: nullable(oneOf(['awaited', 'arriving', 'held'], 'Of what has come: held is all of it, unopened.')),
        received: nullable(Type.Integer()),
      }),
    ),
  }),
  asks: ({ id }) => ({ right: 'readRecord', subject: { type: 'record', kind: MESSAGE, id } }),
  run: async (context, { id }) => {
    const { body } = await messageOf(context, id)
    const arrived =
      body.direction === 'in'
        ? await context.port<AttachmentDesk>(ports.attachments).arrived(body.peer, body.fixed.id)
        : []
    const shown = body.header.attachments.map((part, index) => {
      const here = arrived.find((one) => one.index === index)
      const { size, name: called, mime: type, class: what } = part
      return {
        index,
        name: called,
        mime: type,
        class: what,
        size,
        state: here?.state ?? null,
        received: here?.received ?? null,
      }
    })
    return ok({ result: { files: shown }, events: [] })
  },
})

const takeFile = action({
  name: 'message.take-file',
  summary:
    'Open a file that came with a message into the vault of the case; exhibit.add then puts it on record by its upload',
  kind: 'change',
  input: closed({
    caseId: CaseId,
    id: Id,
    index: Type.Integer({ minimum: 0, maximum: 99, description: 'Its place.' }),
  }),
  output: closed({ uploadId: Id, size: Type.Integer(), sha256: Digest }),
  asks: ({ caseId }) => ({ right: 'addEvidence', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId, id, index }) => {
    const readable = { right: 'readRecord', subject: { type: 'record', kind: MESSAGE, id } } as const
    const message = (await context.may(readable)) ? await messageOf(context, id) : null
    if (message === null || message.caseId !== caseId || message.body.direction !== 'in')
      return refuse('MESSAGE_UNKNOWN', 'No such message has come into this case, or it is not for you.', {
        place: '/id',
        fix: 'See message.list.',
      })
    const place = { from: message.body.peer, messageId: message.body.fixed.id, index }
    const object = await context.port<AttachmentDesk>(ports.attachments).intoVault(context, place, caseId)
    if (!object.ok) return object
    const { id: uploadId, size, sha256 } = object.value
    const said = { index, name: message.body.header.attachments[index]?.name ?? null, sha256, uploadId }
    return ok({ result: { uploadId, size, sha256 }, events: [did('message.take-file', MESSAGE, id, caseId, said)] })
  },
})

export const attachmentActions = [attach, files, takeFile] as const

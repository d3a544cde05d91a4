/**
 * What the node answers over HTTP that is not JSON of an action: files, uploads, live events, the published log, and what whoever
 * runs it asks for. The OpenAPI document lists these; a test holds the list to the routes that a started node has.
 */
import { type TObject, type TSchema, Type } from '@sinclair/typebox'
import { languages } from '../../casework/letter/index.ts'
import type { Action } from '../../kernel/index.ts'
import type { Operation } from './sign-in-operations.ts'

const closed = { additionalProperties: false } as const
const Id = (description: string) => Type.String({ format: 'uuid', description })
const Language = Type.Union(
  languages.map((one) => Type.Literal(one)),
  { description: 'ISO 639-1' },
)
const TUS = 'Resumable upload of evidence, by tus 1.0 (https://tus.io/protocols/resumable-upload).'
const published = 'The log holds commitments, times and names of events, so that nobody need be believed.'
const running = 'It says whether the node runs, and nothing of what is in it.'

/** `handOut`: the action by which cases are handed out, whose input the routes for its files share. */
export function fileOperations(handOut: Pick<Action, 'input'>): readonly Operation[] {
  const { formats, exhibits, ...shared } = (handOut.input as TObject).properties as Record<string, TSchema>
  const one = (formats as unknown as { items: TSchema }).items
  return [
    {
      name: 'case.bag',
      method: 'POST',
      path: '/v1/case/bag.zip',
      summary: 'Hand a case out as a BagIt bag: every format with its manifest, the exhibits, their index as PDF',
      body: Type.Object(
        {
          ...shared,
          formats: Type.Optional(formats as TSchema),
          exhibits: Type.Optional(exhibits as TSchema),
          language: Type.Optional(Language),
          index: Type.Optional(Type.Boolean({ description: 'With an index of the exhibits as PDF.' })),
        },
        closed,
      ),
      gives: 'application/zip',
    },
    {
      name: 'case.bundle',
      method: 'POST',
      path: '/v1/case/bundle.zip',
      summary: 'Fetch the bundle of a case, which comity-verify checks once it is unpacked',
      body: Type.Object({ caseId: Id('The case.') }, closed),
      gives: 'application/zip',
    },
    {
      name: 'case.package',
      method: 'POST',
      path: '/v1/case/package',
      summary: 'Hand a case out in one format, with its manifest',
      body: Type.Object({ ...shared, format: one }, closed),
      gives: 'application/zip',
    },
    {
      name: 'hand-out.bag',
      method: 'POST',
      path: '/v1/hand-out/bag.zip',
      summary: 'Fetch a hand-out once more as a BagIt bag, as it was handed out',
      body: Type.Object(
        {
          ...{ caseId: Id('The case.'), id: Id('The hand-out.'), language: Type.Optional(Language) },
          index: Type.Optional(Type.Boolean({ description: 'With an index of the exhibits as PDF.' })),
        },
        closed,
      ),
      gives: 'application/zip',
    },
    {
      name: 'exhibit.content',
      method: 'GET',
      path: '/v1/exhibit/content',
      summary: 'Fetch the bytes of an exhibit, once, with a ticket of exhibit.download',
      header: ['Exhibit-Ticket', 'The ticket.'],
      gives: 'application/octet-stream',
    },
    {
      name: 'exhibit.preview-png',
      method: 'GET',
      path: '/v1/exhibit/preview.png',
      summary: 'Look at a page of an exhibit that is a PDF, as a picture made in a sandbox',
      query: Type.Object({ exhibitId: Id('The exhibit.'), page: Type.Optional(Type.Integer({ minimum: 1 })) }, closed),
      gives: 'image/png',
    },
    {
      name: 'request.letter-pdf',
      method: 'GET',
      path: '/v1/request/letter.pdf',
      summary: 'Fetch the letter of a request as PDF',
      query: Type.Object({ id: Id('The request.'), language: Type.Optional(Language) }, closed),
      gives: 'application/pdf',
    },
    {
      name: 'request.letter-svg',
      method: 'GET',
      path: '/v1/request/letter.svg',
      summary: 'Look at the letter of a request: its pages as one picture',
      query: Type.Object({ id: Id('The request.'), language: Type.Optional(Language) }, closed),
      gives: 'image/svg+xml',
    },
    {
      name: 'events.hear',
      method: 'GET',
      path: '/v1/events',
      summary:
        'Hear what happens in the cases that you may read, as server-sent events; Last-Event-ID goes on where you were',
      gives: 'text/event-stream',
    },
    ...(['/v1/uploads', '/v1/uploads/{id}'] as const).flatMap((path) =>
      (['POST', 'HEAD', 'PATCH', 'DELETE', 'OPTIONS'] as const).map((method) => ({
        name: `upload${path.endsWith('}') ? '.one' : ''}.${method.toLowerCase()}`,
        method,
        path,
        summary: TUS,
      })),
    ),
    {
      name: 'log.checkpoint',
      method: 'GET',
      path: '/log/checkpoint',
      summary: 'The signed size and root of the journal (C2SP tlog-checkpoint)',
      gives: 'text/plain',
      whyPublic: published,
    },
    {
      name: 'log.key',
      method: 'GET',
      path: '/log/key',
      summary: 'The key of the journal, as others note it down (C2SP signed-note)',
      gives: 'text/plain',
      whyPublic: published,
    },
    {
      name: 'log.anchors',
      method: 'GET',
      path: '/log/anchors',
      summary: 'The newest stamp of each time-stamping authority, with the checkpoint that it is on',
      answer: Type.Object(
        {
          items: Type.Array(
            Type.Object(
              {
                size: Type.Integer(),
                authority: Type.String(),
                at: Type.String(),
                checkpoint: Type.String(),
                token: Type.String({ description: 'TimeStampResp (RFC 3161), base64' }),
                nonce: Type.String({ description: 'hexadecimal' }),
              },
              closed,
            ),
          ),
        },
        closed,
      ),
      whyPublic: published,
    },
    {
      name: 'log.cosigned',
      method: 'GET',
      path: '/log/cosigned',
      summary: 'The newest checkpoint of the journal that witnesses have cosigned',
      gives: 'text/plain',
      whyPublic: published,
    },
    {
      name: 'log.tile',
      method: 'GET',
      path: '/log/{path}',
      summary: 'A tile of the journal (C2SP tlog-tiles)',
      gives: 'application/octet-stream',
      whyPublic: published,
    },
    {
      name: 'node.alive',
      method: 'GET',
      path: '/healthz',
      summary: 'Whether the process answers',
      answer: Type.Object({ alive: Type.Boolean() }, closed),
      whyPublic: running,
    },
    {
      name: 'node.ready',
      method: 'GET',
      path: '/readyz',
      summary: 'Whether the node can work: its database and its journal',
      answer: Type.Object({ ready: Type.Boolean(), database: Type.Boolean(), journal: Type.Boolean() }, closed),
      whyPublic: running,
    },
    {
      name: 'node.metrics',
      method: 'GET',
      path: '/metrics',
      summary: 'Counters and times for Prometheus, to this machine only',
      gives: 'text/plain',
      whyPublic: 'A collector has no session; who asks from elsewhere is refused.',
    },
  ]
}

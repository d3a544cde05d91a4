/** Taking a case out of the house: what may leave is decided item by item, and said in the journal before a byte is written. */
import { Type } from '@sinclair/typebox'
import { directionOf, type RequestBody } from '../../casework/index.ts'
import type { CustodyStore } from '../../evidence/custody/index.ts'
import { action, ok, type Page, refuse, type Stored } from '../../kernel/index.ts'
import { keptTraces, TRACE } from '../../workflows/index.ts'

const closed = { additionalProperties: false } as const
const Ids = Type.Array(Type.String({ format: 'uuid' }))

export const caseExport = action({
  name: 'case.export',
  summary: 'Export what you may of a case as a bundle that anybody verifies offline',
  kind: 'change',
  events: ['case.exported'],
  input: Type.Object({ caseId: Type.String({ format: 'uuid' }) }, closed),
  output: Type.Object({ bundle: Type.String({ format: 'uuid' }), exhibits: Ids, requests: Ids, traces: Ids }, closed),
  asks: ({ caseId }) => ({ right: 'exportCase', subject: { type: 'case', id: caseId } }),
  run: async ({ records, may, newId, port }, { caseId }) => {
    const traces = new Set<string>()
    const leaves = (kind: string, id: string) => may({ right: 'exportRecord', subject: { type: 'record', kind, id } })
    const exhibits: string[] = []
    const custody = port<CustodyStore>('custody')
    for (let after: number | null = 0; after !== null; ) {
      const page: Awaited<ReturnType<CustodyStore['exhibitsOf']>> = await custody.exhibitsOf(caseId, after, 500)
      for (const { id } of page.items) if (await leaves('exhibit', id)) exhibits.push(id)
      after = page.next
    }
    const requests: string[] = []
    for (let after: string | null = null, more = true; more; ) {
      const page: Page<Stored<RequestBody>> = await records.list<RequestBody>('request', { caseId, after, limit: 200 })
      for (const { id, body } of page.items) {
        if (body.submitted === null || !(await leaves('request', id))) continue
        // What went out as a message is proven by that message, which carries its approvals: message.dossier.
        if (body.exchange === undefined) requests.push(id)
        // What the request stands on, where it may leave too; of several of one digest, one says as much as all.
        if (body.content.trace === null) continue
        for (const kept of await keptTraces({ records }, caseId, body.content.trace.recordDigest)) {
          if (!(await leaves(TRACE, kept.id))) continue
          traces.add(kept.id)
          break
        }
      }
      after = page.next
      more = after !== null
    }
    const bundle = newId()
    return ok({
      result: { bundle, exhibits, requests, traces: [...traces] },
      events: [
        {
          name: 'case.exported',
          of: 'case',
          id: caseId,
          caseId,
          body: { bundle, exhibits, requests, traces: [...traces] },
        },
      ],
    })
  },
})

/** A request as it would be printed; what the letter is made of comes from here, asked for anew each time. */
export const requestLetter = action({
  name: 'request.letter',
  summary: 'Read a request for its letter; the PDF itself is at /v1/request/letter.pdf',
  kind: 'read',
  input: Type.Object(
    {
      id: Type.String({ format: 'uuid' }),
      language: Type.Union((['en', 'fr', 'es', 'de', 'ar', 'zh'] as const).map((one) => Type.Literal(one))),
    },
    closed,
  ),
  output: Type.Object({ id: Type.String(), version: Type.Integer(), language: Type.String() }, closed),
  asks: ({ id }) => ({ right: 'readRecord', subject: { type: 'record', kind: 'request', id } }),
  run: async ({ records }, { id, language }) => {
    const request = await records.get<RequestBody>('request', id)
    if (!request) throw new Error('a request that may be read is not there')
    if (directionOf(request.body) === 'in')
      return refuse('REQUEST_DIRECTION', 'This request is of others; its letter is theirs.', {
        place: id,
        fix: 'Read the exhibit that holds the original.',
      })
    return ok({ result: { id, version: request.version, language }, events: [] })
  },
})

export const exportActions = [caseExport, requestLetter]

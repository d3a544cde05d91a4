/** Turning a trace into the draft of a freeze request, as one act. */
import { Type } from '@sinclair/typebox'
import { closed, draftRequest, FindingView, Id, RequestContent, Version } from '../casework/index.ts'
import { action, amber, Marking, refuse } from '../kernel/index.ts'
import { checkAlone, parseRecord } from '../tracing/index.ts'
import { requestFromTrace } from './request-from-trace.ts'

const { assets: _assets, trace: _trace, ...letter } = RequestContent.properties

const freezeFromTrace = action({
  name: 'workflow.freeze-from-trace',
  summary: 'Turn a trace into the draft of a request about the assets where it ends',
  kind: 'change',
  input: closed({
    caseId: Id,
    record: Type.String({
      minLength: 2,
      maxLength: 20_000_000,
      description: 'The trace record, as the file that the trace wrote.',
    }),
    endpoint: closed({
      status: Type.Union([Type.Literal('service'), Type.Literal('unspent')], {
        description: 'service: where a service holds it. unspent: where it lies.',
      }),
      addresses: Type.Optional(
        Type.Array(Type.String({ minLength: 1, maxLength: 128 }), { minItems: 1, maxItems: 500, uniqueItems: true }),
      ),
    }),
    letter: closed(letter),
    marking: Type.Optional(Marking),
  }),
  output: closed({ id: Id, version: Version, findings: Type.Array(FindingView) }),
  asks: ({ caseId }) => ({ right: 'draftRequest', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId, record: text, endpoint, letter, marking = amber }) => {
    const record = parseRecord(text, '/record')
    if (!record.ok) return record
    const failed = checkAlone(record.value).find(({ verdict }) => verdict === 'fails')
    if (failed)
      return refuse('TRACE_FALSE', `The trace record contradicts itself (${failed.name}): ${failed.detail}.`, {
        place: '/record',
        fix: 'Use the file as the trace wrote it.',
      })
    const { status, addresses = null } = endpoint
    const content = requestFromTrace(record.value, { status, addresses }, letter)
    if (!content.ok) return content
    return draftRequest(context, 'workflow.freeze-from-trace', { caseId, content: content.value, marking })
  },
})

export const traceActions = [freezeFromTrace] as const

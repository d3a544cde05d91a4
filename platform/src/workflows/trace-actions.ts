/** Turning a trace into the draft of a freeze request, as one act: the case keeps the record on which the request stands. */
import { Type } from '@sinclair/typebox'
import { closed, draftRequest, FindingView, Id, RequestContent, Version } from '../casework/index.ts'
import { action, amber, Marking, ok, refuse } from '../kernel/index.ts'
import { RECORD_FORMAT } from '../tracing/index.ts'
import { keepTrace, keptTraceActions, RecordText } from './kept-traces.ts'
import { requestFromTrace } from './request-from-trace.ts'

const { assets: _assets, trace: _trace, ...letter } = RequestContent.properties

const freezeFromTrace = action({
  name: 'workflow.freeze-from-trace',
  summary: 'Turn a trace into the draft of a request about the assets where it ends',
  kind: 'change',
  events: ['workflow.freeze-from-trace', 'trace.keep', 'deconfliction.tell', 'order-conflict.found'],
  input: closed({
    caseId: Id,
    record: RecordText,
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
    const kept = await keepTrace(context, { caseId, text, marking })
    if (!kept.ok) return kept
    const { status, addresses = null } = endpoint
    const { record } = kept.value
    if (record.format !== RECORD_FORMAT)
      return refuse('TRACE_NOT_FIT', 'The record is of a chain of accounts: a request cannot be drafted from it yet.', {
        place: '/record',
        fix: 'Draft the request by its form, and name the assets in it.',
      })
    const content = requestFromTrace(record, { status, addresses }, letter)
    if (!content.ok) return content
    const drafted = await draftRequest(context, 'workflow.freeze-from-trace', {
      caseId,
      content: content.value,
      marking,
    })
    if (!drafted.ok) return drafted
    const { result, events } = drafted.value
    return ok({ result, events: [...events, ...kept.value.events] })
  },
})

export const traceActions = [freezeFromTrace, ...keptTraceActions] as const

/** Turning a trace into the draft of a freeze request, as one act: the case keeps the record on which the request stands. */
import { Type } from '@sinclair/typebox'
import { closed, draftRequest, FindingView, Id, RequestContent, Version } from '../casework/index.ts'
import { action, amber, Marking, ok } from '../kernel/index.ts'
import { parseRecord } from '../tracing/index.ts'
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
    // The letter is about outputs: a trace on chains of accounts is refused as what it is not.
    const record = parseRecord(text, '/record')
    if (!record.ok) return record
    const kept = await keepTrace(context, { caseId, text, marking })
    if (!kept.ok) return kept
    const { status, addresses = null } = endpoint
    const content = requestFromTrace(record.value, { status, addresses }, letter)
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

/**
 * Asking the ledger beside the node, for a case: what moved at an address, and where value went. A trace is kept in the case by
 * `trace.keep`, as any other; asking changes nothing.
 */
import { Type } from '@sinclair/typebox'
import { closed, Id } from '../../casework/index.ts'
import { type ActionContext, action, ok, type Result, refuse, Stop } from '../../kernel/index.ts'
import { RecordText } from '../kept-traces.ts'
import { AddressFacts, HeldChain, HeldRules, LEDGER, type LedgerDesk, TraceQuestion } from './ledger-desk.ts'

/** A record that a case can keep has at most so many characters. */
const MOST = RecordText.maxLength ?? 0

const read = action({
  name: 'ledger.read',
  summary: 'What the ledger beside the node holds, and by which rules it traces',
  kind: 'read',
  input: closed({}),
  output: closed({
    present: Type.Boolean({ description: 'false: no ledger is beside this node, and traces come by their files.' }),
    chains: Type.Array(HeldChain),
    rules: HeldRules,
  }),
  asks: () => ({ right: 'work', subject: { type: 'node' } }),
  run: async (context) => {
    if (deskOf(context) === null)
      return ok({ result: { present: false, chains: [], rules: { utxo: [], account: [] } }, events: [] })
    const held = await asked(context, (desk) => desk.held())
    return held.ok
      ? ok({ result: { present: true, chains: [...held.value.chains], rules: held.value.rules }, events: [] })
      : held
  },
})

const address = action({
  name: 'ledger.address',
  summary: 'What the ledger beside the node has of an address, for a case: movements, tags, red flag indicators',
  kind: 'read',
  large: true,
  input: closed({
    caseId: Id,
    chain: Type.String({ minLength: 3, maxLength: 80, description: 'A chain by its CAIP-2 id.' }),
    address: Type.String({
      minLength: 1,
      maxLength: 200,
      description: 'As people write it; checked before it is looked up.',
    }),
  }),
  output: AddressFacts,
  asks: ({ caseId }) => ({ right: 'recordTrace', subject: { type: 'case', id: caseId } }),
  run: async (context, { chain, address }) => {
    const facts = await asked(context, (desk) => desk.address(chain, address))
    return facts.ok ? ok({ result: facts.value, events: [] }) : facts
  },
})

const trace = action({
  name: 'ledger.trace',
  summary: 'Trace value in the ledger beside the node, for a case: the record, which the case does not keep yet',
  kind: 'read',
  large: true,
  input: closed({ caseId: Id, ...TraceQuestion }),
  output: closed({ record: RecordText }),
  asks: ({ caseId }) => ({ right: 'recordTrace', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId: _, ...question }) => {
    const traced = await asked(context, (desk) => desk.trace(question))
    if (!traced.ok) return traced
    if (traced.value.length > MOST)
      return refuse(
        'LEDGER_TRACE_TOO_LARGE',
        `The record has ${traced.value.length} characters, a case keeps ${MOST}.`,
        {
          place: '/maxTransactions',
          fix: 'Follow fewer hops or transactions, or stop at tags.',
        },
      )
    return ok({ result: { record: traced.value }, events: [] })
  },
})

function deskOf({ port }: ActionContext): LedgerDesk | null {
  return port<{ readonly desk: LedgerDesk | null }>(LEDGER).desk
}

async function asked<T>(context: ActionContext, question: (desk: LedgerDesk) => Promise<T>): Promise<Result<T>> {
  const desk = deskOf(context)
  if (desk === null)
    return refuse('LEDGER_ABSENT', 'No ledger is beside this node.', {
      fix: 'Name its folder as `ledger` in node.yaml, or keep a trace by its file.',
    })
  try {
    return ok(await question(desk))
  } catch (thrown) {
    if (thrown instanceof Stop) return { ok: false, refusal: thrown.refusal }
    throw thrown
  }
}

export const ledgerActions = [read, address, trace] as const

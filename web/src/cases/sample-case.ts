/** The sample case: an exercise with a real ledger. Fetched when somebody wants it. */
import type { Say } from '../shared/language/speak.tsx'
import type { act as actOf } from '../shared/node/node.tsx'
import record from './sample/colonial-trace.json'

const DAY_MS = 24 * 3_600_000

/** Opens and fills it; answers with its id. */
export async function openSample(act: typeof actOf, say: Say): Promise<string> {
  const { id: caseId } = await act('caseOpen', {
    ...{ title: say('cases.sample.title'), reference: 'EXERCISE-1', summary: say('cases.sample.summary') },
    ...{ kind: 'local', purposes: ['exercise'], training: true },
  })
  const basis = 'fact'
  const [seed] = record.seeds
  const end = record.result.positions.find(({ status }) => status === 'service')
  await act('eventAdd', { caseId, basis, content: { at: '2021-05-08T00:00:00Z', what: say('cases.sample.event') } })
  for (const [address, note, custody] of [
    [seed?.address, say('cases.sample.wallet-ransom'), 'unknown'],
    [end?.address, say('cases.sample.wallet-exchange'), 'service'],
  ] as const)
    if (address) await act('walletAdd', { caseId, basis, content: { chain: record.chain, address, custody, note } })
  await act('victimAdd', {
    ...{ caseId, basis },
    content: { token: 'VICTIM-1', asset: record.asset.caip19, loss: '7500000000', country: 'US', wishesReturn: true },
  })
  await act('traceKeep', { caseId, record: JSON.stringify(record) })
  const due = new Date(Date.now() + DAY_MS).toISOString().replace(/\.\d+Z$/, 'Z')
  await act('taskAdd', {
    ...{ caseId, basis },
    content: { what: say('cases.sample.task'), assignee: null, due, done: null, about: say('cases.sample.task-about') },
  })
  return caseId
}

/**
 * Random approval flows through the real door on PostgreSQL, against what a registrar would write down. The rules alone are
 * run through 10,000 flows in casework/approvals.test.ts; here it is shown that the door keeps to them.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { caseworkActions } from '../src/casework/index.ts'
import { caseworkNode, HOUR, type Name } from '../src/node/testing/casework-node.ts'

const node = await caseworkNode(caseworkActions)
const CHAIN = 'bip122:000000000019d6689c085ae165831e93'

const contentOf = (facts: string) => ({
  instrument: 'eu-2018-1805',
  requestType: 'freeze',
  measure: 'FREEZE_SPECIFIC',
  data: { 'issuer.name': 'Court' },
  languages: { original: 'en', theirs: [] },
  recipients: [{ authority: 'Tribunal', country: 'FR', role: 'to' }],
  clock: { country: 'FR', zone: 'Europe/Paris' },
  urgency: null,
  facts,
  assets: [{ chain: CHAIN, address: 'addrq', asset: null, amount: '1', value: null }],
  trace: null,
  useConditions: [],
})

const signers = ['carla', 'dora', 'emil', 'fritz'] as const
type Signer = (typeof signers)[number]
type Step =
  | { readonly do: 'approve'; readonly by: Signer; readonly key: Signer }
  | { readonly do: 'take back'; readonly by: Signer }
  | { readonly do: 'write'; readonly by: 'anna' | 'carla'; readonly facts: string }
  | { readonly do: 'submit' | 'release' }
  | { readonly do: 'wait'; readonly hours: number }

const signer = fc.constantFrom(...signers)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('approve' as const), by: signer, key: signer }) },
  { weight: 3, arbitrary: signer.map((by) => ({ do: 'approve' as const, by, key: by })) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('take back' as const), by: signer }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('write' as const),
      by: fc.constantFrom('anna' as const, 'carla' as const),
      facts: fc.constantFrom('one', 'two'),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ do: 'submit' as const }) },
  { weight: 4, arbitrary: fc.constant({ do: 'release' as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), hours: fc.constantFrom(1, 13, 24) }) },
)

/** What the registrar writes down of each approval that the door took. */
type Entry = { readonly by: Signer; readonly key: Signer; readonly at: number; struck: boolean }

let releases = 0

async function runFlow(caseId: string, steps: readonly Step[]): Promise<void> {
  const { id } = await node.did('anna', 'request.draft', { caseId, content: contentOf('one') })
  const writers = new Set<string>(['anna'])
  let book: Entry[] = []
  let put: 'draft' | 'submitted' | 'released' = 'draft'
  const readNow = () =>
    node.did<{ version: number; request: { submitted: { digest: string } | null } }>('anna', 'request.read', { id })
  for (const one of steps) {
    const { version: seen, request } = await readNow()
    const now = node.clock.now
    const standing = () => book.filter(({ struck, at }) => !struck && node.clock.now < at + 24 * HOUR)
    if (one.do === 'wait') node.clock.now += one.hours * HOUR
    else if (one.do === 'write') {
      const done = await node.codeOf(one.by, 'request.update', { id, seen, content: contentOf(one.facts) })
      expect(done === 'done').toBe(put !== 'released')
      if (done !== 'done') continue
      put = 'draft'
      writers.add(one.by)
      book = []
    } else if (one.do === 'submit') {
      const done = await node.codeOf('anna', 'request.submit', { id, seen })
      expect(done === 'done').toBe(put === 'draft')
      if (done === 'done') put = 'submitted'
    } else if (one.do === 'approve') {
      const answer = await node.approve(one.by, id, seen, node.authenticatorOf[one.key])
      const held = node.held.get(node.idOf[one.by])?.includes(node.authenticatorOf[one.key])
      const taken = standing().some(({ by, key }) => by === one.by || key === one.key)
      const expected = put === 'submitted' && held === true && !writers.has(one.by) && !taken
      expect(answer.ok, JSON.stringify({ one, answer })).toBe(expected)
      if (answer.ok) book.push({ by: one.by, key: one.key, at: now + 1, struck: false })
    } else if (one.do === 'take back') {
      const done = await node.codeOf(one.by, 'approval.withdraw', { id, seen })
      for (const entry of book) if (entry.by === one.by && done === 'done') entry.struck = true
    } else {
      const digest = request.submitted?.digest ?? '0'.repeat(64)
      const done = await node.codeOf('carla', 'request.release', { id, seen, digest })
      const people = new Set(standing().map(({ by }) => by))
      const keys = new Set(standing().map(({ key }) => key))
      expect(done === 'done').toBe(put === 'submitted' && people.size >= 2 && keys.size >= 2)
      if (done !== 'done') continue
      put = 'released'
      releases += 1
    }
  }
}

test('random flows through the door: it lets out what the registrar would, and nothing else', async () => {
  const opening = { title: 'Flows', kind: 'local', purposes: ['criminal-proceedings'] }
  // Two people who lend each other their keys: the door must not take two for one, nor one for two.
  node.held.get(node.idOf.dora)?.push(node.authenticatorOf.emil)
  node.held.get(node.idOf.emil)?.push(node.authenticatorOf.dora)
  const submit: Step = { do: 'submit' }
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 20 }), async (steps) => {
      const { id: caseId } = await node.did('anna', 'case.open', opening)
      for (const [at, name] of (signers as readonly Name[]).entries())
        await node.did('anna', 'case.member.add', { caseId, seen: at + 1, personId: node.idOf[name] })
      await runFlow(caseId, [submit, ...steps])
    }),
    { numRuns: 40, endOnFailure: true },
  )
  expect(releases).toBeGreaterThan(5)
})

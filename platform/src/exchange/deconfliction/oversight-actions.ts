/** Opening what was committed to before a question, to whoever oversees this agency: that each item that was asked about had a case. */
import { Type } from '@sinclair/typebox'
import { type CaseBody, closed, Digest, nullable } from '../../casework/index.ts'
import { action, bytesToHex, ok, refuse } from '../../kernel/index.ts'
import { COMPARISON, type ComparisonBody, commitmentOf } from './comparison.ts'
import { openSample } from './watch-commitment.ts'

const Sample = closed({
  index: Type.Integer(),
  input: Type.String({ description: 'What went into the function, in hexadecimal.' }),
  item: nullable(Type.String({ description: 'Chain and address; null for a dummy.' })),
  caseRef: nullable(Type.String({ description: 'The case that it was asked for; null for a dummy.' })),
  salt: Type.String(),
  proof: Type.Array(Digest),
})

const open = action({
  name: 'deconfliction.sample.open',
  summary:
    'Open, as the oversight, what stands at some places of a commitment that a partner was shown before it was asked',
  kind: 'read',
  input: closed({
    caseCommit: Digest,
    indexes: Type.Array(Type.Integer({ minimum: 0, maximum: 131_071 }), {
      minItems: 1,
      maxItems: 128,
      uniqueItems: true,
    }),
  }),
  output: closed({ caseCommit: Digest, size: Type.Integer(), samples: Type.Array(Sample) }),
  asks: () => ({ right: 'readOversight', subject: { type: 'node' } }),
  run: async ({ records }, { caseCommit, indexes }) => {
    const [found] = await records.find<ComparisonBody>(COMPARISON, 'commit', caseCommit)
    const home = found?.caseId ? await records.get<CaseBody>('case', found.caseId) : null
    const none = (message: string, place: string) =>
      refuse('EXCHANGE_DECONFLICTION_SAMPLE', message, {
        place,
        fix: 'Compare with the journal of the partner; ask the court where a case was sealed since.',
      })
    if (!found || !home || found.caseId === null || home.body.access.sealed)
      return none(
        'Nothing can be opened under this commitment: it is not of this node, or its case is sealed or erased.',
        '/caseCommit',
      )
    const size = found.body.leaves.length
    if (indexes.some((index) => index >= size)) return none(`The commitment has ${size} places.`, '/indexes')
    const commitment = commitmentOf(found.body, found.caseId)
    const samples = []
    for (const index of indexes) {
      const { input, caseRef, salt, proof } = await openSample(commitment, index)
      const item = found.body.leaves[index]?.item ?? null
      samples.push({
        index,
        input: bytesToHex(input),
        item,
        caseRef,
        salt: bytesToHex(salt),
        proof: proof.map(bytesToHex),
      })
    }
    return ok({ result: { caseCommit, size, samples }, events: [] })
  },
})

export const oversightActions = [open] as const

/**
 * The proof that the journal of a member told two stories, signed by the agency that found it. Whoever has the member's journal key
 * can check it without believing the finder; the finder's signature says who has seen it, and when.
 */
import { type Static, Type } from '@sinclair/typebox'
import {
  type Equivocation,
  formatVkey,
  type NoteKey,
  type SignatureCheck,
  verifyEquivocation,
} from '../evidence/index.ts'
import {
  base64ToBytes,
  bytesToBase64,
  bytesToText,
  ok,
  orStop,
  type Result,
  refuse,
  textToBytes,
} from '../kernel/index.ts'
import { AgencyId, type StatementForm } from './wire/index.ts'

const hash = (description: string) =>
  Type.String({ pattern: '^[A-Za-z0-9+/]{43}=$', description: `${description} 32 bytes in base64.` })
const note = (description: string) =>
  Type.String({ minLength: 1, maxLength: 20_000, description: `${description} A signed note (C2SP), byte for byte.` })

export const JournalFork = Type.Object(
  {
    v: Type.Literal(1),
    agency: AgencyId,
    journalKey: Type.String({ maxLength: 300, description: 'The key of the journal (C2SP vkey, type 1).' }),
    smaller: note('The checkpoint of the smaller tree.'),
    larger: note('The checkpoint of the larger tree, or of another tree of the same size.'),
    rootAtSmaller: hash('The root that the larger tree has at the size of the smaller.'),
    proof: Type.Array(hash('A hash.'), {
      maxItems: 64,
      description:
        'The consistency proof (RFC 6962) from that root to the larger tree; empty where both have one size.',
    }),
    by: AgencyId,
    at: Type.String({ format: 'date-time', description: 'When it was found, by the clock of who signs.' }),
  },
  { additionalProperties: false, description: 'Two checkpoints of one journal of which neither continues the other.' },
)
export type JournalFork = Static<typeof JournalFork>

export const journalForkForm: StatementForm<typeof JournalFork> = {
  type: 'journal.fork',
  major: 1,
  schema: JournalFork,
  signedBy: ({ by }) => by,
  check: ({ agency, by }) =>
    agency === by
      ? refuse('EXCHANGE_STATEMENT', 'An agency does not accuse itself.', { place: '/by', fix: 'Name who found it.' })
      : ok(null),
}

export type Found = { readonly agency: string; readonly key: NoteKey; readonly by: string; readonly at: string }

export function journalFork({ smaller, larger, rootAtSmaller, proof }: Equivocation, found: Found): JournalFork {
  const { agency, key, by, at } = found
  return {
    ...{ v: 1, agency, journalKey: formatVkey(key), by, at },
    smaller: orStop(bytesToText(smaller)),
    larger: orStop(bytesToText(larger)),
    rootAtSmaller: bytesToBase64(rootAtSmaller),
    proof: proof.map(bytesToBase64),
  }
}

/** The two sizes at which the journal contradicts itself; `key` comes from the directory and not from the statement. */
export function checkJournalFork(
  fork: JournalFork,
  key: NoteKey,
  check: SignatureCheck,
): Result<{ readonly smaller: bigint; readonly larger: bigint }> {
  if (fork.journalKey !== formatVkey(key))
    return refuse('EQUIVOCATION_NOT_SHOWN', 'The proof is about another journal than this key is for.', {
      place: '/journalKey',
      fix: 'Look up the key that the member had at that time.',
    })
  const bytes = (text: string) => base64ToBytes(text) ?? new Uint8Array()
  const equivocation = {
    smaller: textToBytes(fork.smaller),
    larger: textToBytes(fork.larger),
    rootAtSmaller: bytes(fork.rootAtSmaller),
    proof: fork.proof.map(bytes),
  }
  return verifyEquivocation(equivocation, key, check)
}

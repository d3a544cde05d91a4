/**
 * What two nodes say to each other while they compare: signed statements, so that each answer is proof of who gave it to what.
 * They belong to no exchange. Of a question nobody can read what it asks for; its commitment can be opened to an oversight body.
 */
import { type Static, Type } from '@sinclair/typebox'
import { ok, type Result, refuse } from '../../kernel/index.ts'
import { AgencyId, type StatementForm } from '../wire/index.ts'
import { BATCH } from './batches.ts'
import { MOST_TAGS, TAG_STEP } from './tags.ts'

/** 64 steps: with its signature well below the size of an envelope. */
export const TAGS_A_PAGE = 8192

const closed = { additionalProperties: false } as const
const hex = (bytes: number, description: string) => Type.String({ pattern: `^[0-9a-f]{${2 * bytes}}$`, description })
const instant = (description: string) =>
  Type.String({
    format: 'date-time',
    pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$',
    description,
  })
const EpochNumber = Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'The epoch of the key.' })
const elements = (description: string) =>
  Type.Array(hex(32, 'An element of ristretto255 (RFC 9496) in its one form.'), {
    minItems: BATCH,
    maxItems: BATCH,
    description,
  })

export const OprfQuestion = Type.Object(
  {
    v: Type.Literal(1),
    from: AgencyId,
    to: AgencyId,
    epoch: EpochNumber,
    caseCommit: hex(32, 'The root of the commitment to everything that is asked, and for which case.'),
    caseSize: Type.Integer({
      minimum: BATCH,
      maximum: 131_072,
      description: 'How many leaves that commitment has: all that is asked under it, in all its batches.',
    }),
    blinded: elements('The blinded batch, dummies among it.'),
    at: instant('When, by the clock of who asks.'),
  },
  { ...closed, description: 'A batch of blinded items; `from` asks `to`, and signs.' },
)
export type OprfQuestion = Static<typeof OprfQuestion>

export const OprfAnswer = Type.Object(
  {
    v: Type.Literal(1),
    from: AgencyId,
    to: AgencyId,
    epoch: EpochNumber,
    question: hex(32, 'The digest of the question.'),
    evaluated: elements('The evaluated batch, in the order of the question.'),
    proof: hex(64, 'The proof that the key of the epoch was used for all of it (DLEQ, RFC 9497).'),
    at: instant('When, by the clock of who answers.'),
  },
  { ...closed, description: 'The answer to a batch; `from` answers, and signs.' },
)
export type OprfAnswer = Static<typeof OprfAnswer>

export const OprfTags = Type.Object(
  {
    v: Type.Literal(1),
    from: AgencyId,
    to: AgencyId,
    epoch: EpochNumber,
    day: Type.Integer({ minimum: 0, maximum: 10_000_000, description: 'Days since 1970 (UTC): published last on it.' }),
    size: Type.Integer({ minimum: TAG_STEP, maximum: MOST_TAGS, description: 'How many tags there are in all.' }),
    root: hex(32, 'SHA-256 of all tags, 16 bytes each, in the order of publication.'),
    since: Type.Integer({ minimum: 0, maximum: MOST_TAGS, description: 'So many tags come before this page.' }),
    tags: Type.Array(hex(16, 'A tag.'), { maxItems: TAGS_A_PAGE, description: 'The next ones, in that order.' }),
  },
  { ...closed, description: 'A page of the tags that an agency publishes for one epoch; `from` signs.' },
)
export type OprfTags = Static<typeof OprfTags>

type Between = { readonly from: string; readonly to: string }

function betweenTwo({ from, to }: Between): Result<null> {
  return from === to
    ? refuse('EXCHANGE_STATEMENT', 'A comparison is between two agencies.', { place: '/to', fix: 'Name both.' })
    : ok(null)
}

export const questionForm: StatementForm<typeof OprfQuestion> = {
  type: 'oprf.question',
  major: 1,
  schema: OprfQuestion,
  signedBy: ({ from }) => from,
  check: (question) => {
    // The same point twice would tell that two questions are one.
    if (new Set(question.blinded).size === question.blinded.length) return betweenTwo(question)
    return refuse('EXCHANGE_STATEMENT', 'A blinded element stands twice in the batch.', {
      place: '/blinded',
      fix: 'Blind each item anew.',
    })
  },
}

export const answerForm: StatementForm<typeof OprfAnswer> = {
  type: 'oprf.answer',
  major: 1,
  schema: OprfAnswer,
  signedBy: ({ from }) => from,
  check: betweenTwo,
}

export const tagsForm: StatementForm<typeof OprfTags> = {
  type: 'oprf.tags',
  major: 1,
  schema: OprfTags,
  signedBy: ({ from }) => from,
  check: betweenTwo,
}

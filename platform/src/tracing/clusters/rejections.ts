/**
 * Transactions that a person rejected as evidence for clusters. A rejection is a statement with its author, time and
 * reason; it is never changed, and taken back by another one that names it. What holds is read from the set of all
 * statements, so that their order, and from whom they came first, does not matter.
 */
import { canonicalJson, ok, type Result, refuse, sha256Text } from '../../kernel/index.ts'

export type Rejection = {
  readonly kind: 'rejected'
  readonly chain: string
  readonly txid: string
  /** Seconds since 1970-01-01 UTC. */
  readonly at: number
  readonly by: string
  readonly reason: string
}

export type Withdrawal = {
  readonly kind: 'withdrawn'
  /** The id of the rejection. */
  readonly rejection: string
  readonly at: number
  readonly by: string
  readonly reason: string
}

export type RejectionStatement = Rejection | Withdrawal

export function statementId(statement: RejectionStatement): string {
  return sha256Text(canonicalJson(statement))
}

/** The rejections in force on a chain, by id. */
export function rejectionsInForce(
  statements: readonly RejectionStatement[],
  chain: string,
): ReadonlyMap<string, Rejection> {
  const withdrawn = new Set(statements.flatMap((one) => (one.kind === 'withdrawn' ? [one.rejection] : [])))
  return new Map(
    statements
      .flatMap((one): [string, Rejection][] =>
        one.kind === 'rejected' && one.chain === chain ? [[statementId(one), one]] : [],
      )
      .filter(([id]) => !withdrawn.has(id))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}

export function rejectedTransactions(statements: readonly RejectionStatement[], chain: string): ReadonlySet<string> {
  return new Set([...rejectionsInForce(statements, chain).values()].map(({ txid }) => txid))
}

/** One statement a line, each once, in the order of their ids: two files with the same statements are the same file. */
export function statementsToText(statements: readonly RejectionStatement[]): string {
  const lines = new Map(statements.map((one) => [statementId(one), canonicalJson(one)]))
  return [...lines]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, line]) => `${line}\n`)
    .join('')
}

export function parseStatements(text: string, place: string): Result<readonly RejectionStatement[]> {
  const statements: RejectionStatement[] = []
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const statement = readStatement(line)
    if (!statement) {
      return refuse('CLUSTER_REJECTIONS_MALFORMED', 'A line is no rejection and no withdrawal of one.', {
        place: `${place}, line ${at + 1}`,
        fix: 'Put the file back from a backup, or take the line out.',
      })
    }
    statements.push(statement)
  }
  return ok(statements)
}

function readStatement(line: string): RejectionStatement | null {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return null
  }
  if (typeof value !== 'object' || value === null) return null
  const { kind, chain, txid, rejection, at, by, reason } = value as Record<string, unknown>
  if (typeof at !== 'number' || !Number.isSafeInteger(at) || typeof by !== 'string' || typeof reason !== 'string')
    return null
  if (kind === 'rejected' && typeof chain === 'string' && typeof txid === 'string')
    return { kind, chain, txid, at, by, reason }
  return kind === 'withdrawn' && typeof rejection === 'string' ? { kind, rejection, at, by, reason } : null
}

/**
 * The figures that come with this release: how often its heuristics are right. Whatever rests on a heuristic names them: reports
 * of traces, clusters, links of bridges, indicators.
 */
import shipped from '../../../packs/validation/shipped.json' with { type: 'json' }

export type MeasuredHeuristic = {
  readonly id: string
  /** How often it was right where it spoke, with its interval; `null`: it was not measured. */
  readonly right: { readonly share: string; readonly low: string; readonly high: string; readonly of: number } | null
  /** On what. */
  readonly on: string
}

export type Measured = {
  readonly report: string
  readonly engine: string
  /** SHA-256 of the figures, hexadecimal. */
  readonly digest: string
  readonly heuristics: readonly MeasuredHeuristic[]
}

export const measuredFigures: Omit<Measured, 'heuristics'> & { readonly seed: string } = {
  report: shipped.report,
  engine: shipped.engine,
  seed: shipped.seed,
  digest: shipped.digest,
}

export const MEASURED_SAYS =
  'How often CoinJoin, change and clustering heuristics, bridge links and deposit addresses are right, with intervals, and what was not checked: comity validate'

const byId = new Map<string, MeasuredHeuristic>(shipped.heuristics.map((one) => [one.id, one]))

/** What was measured of these heuristics, each once, in the order of their names. */
export function measuredOf(ids: readonly string[]): Measured {
  const { report, engine, digest } = measuredFigures
  const heuristics = [...new Set(ids)].sort().map((id) => byId.get(id) ?? { id, right: null, on: 'not measured' })
  return { report, engine, digest, heuristics }
}

/** The heuristics that a trace used: those it stops at, and those that matched on its way. */
export function heuristicsOfTrace(record: {
  readonly parameters: { readonly stopAtCoinJoin: readonly string[] }
  readonly result: { readonly annotations: readonly { readonly rule: string }[] }
}): readonly string[] {
  return [...record.parameters.stopAtCoinJoin, ...record.result.annotations.map(({ rule }) => rule)]
}

/** Lines for a terminal. */
export function measuredInWords({ report, engine, digest, heuristics }: Measured): readonly string[] {
  return [
    ...heuristics.map(({ id, right, on }) =>
      right === null
        ? `measured: ${id}: not measured`
        : `measured: ${id} is right in ${right.share} [${right.low}–${right.high}] of ${right.of} (${on})`,
    ),
    `measured: ${report}, engine ${engine}, sha256:${digest}`,
  ]
}

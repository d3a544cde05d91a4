/** The figures that come with this release: how often its heuristics are right. Reports of traces name them. */
import shipped from '../../../packs/validation/shipped.json' with { type: 'json' }

export const measuredFigures: {
  readonly report: string
  readonly engine: string
  readonly seed: string
  /** SHA-256, hexadecimal. */
  readonly digest: string
} = shipped

export const MEASURED_SAYS =
  'How often CoinJoin, change and clustering heuristics are right, with intervals, and what was not checked: comity validate'

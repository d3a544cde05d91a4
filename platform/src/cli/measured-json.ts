import type { Json } from '../kernel/index.ts'
import type { Measured } from '../tracing/index.ts'

/** As docs/spec/json/common.schema.json has it. */
export function measuredToJson({ report, engine, digest, heuristics }: Measured): Json {
  return {
    report,
    engine,
    digest,
    heuristics: heuristics.map(({ id, right, on }) => ({ id, right: right && { ...right }, on })),
  }
}

/** Confidence levels: packs/tags/confidence.json, ids and numbers exactly as in the TagPack format. */
import confidencePack from '../../../../packs/tags/confidence.json' with { type: 'json' }
import type { TagConfidence } from './tag.ts'

export type ConfidenceLevel = { readonly id: string; readonly level: number; readonly meaning: string }

/** In the order of the format: highest first. */
export const confidenceLevels: readonly ConfidenceLevel[] = confidencePack.levels

const levelById = new Map(confidenceLevels.map((entry) => [entry.id, entry.level]))

/** The id with its level; the level is `null` for an id that the format does not know. Nothing is invented. */
export function confidenceOf(id: string): TagConfidence {
  return { id, level: levelById.get(id) ?? null }
}

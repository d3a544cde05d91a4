/** On what a type of message stands, and how well that was read here. */

/** As the packs mark it: in the text itself, in somebody's account of it, or not at all. */
export type ReadingMark = 'verified' | 'secondary' | 'unverified'

export type Citation = {
  /** The instrument by its id in the packs; null for a practice that no pack holds. */
  readonly instrument: string | null
  readonly article: string
  readonly verified: ReadingMark
}

/** The marks of packs/instruments as a whole; a test keeps them equal. Single articles may have been read less well. */
export const markOfInstrument = {
  CARIN: 'secondary',
  'COE-CETS-198': 'verified',
  'COE-CETS-224': 'unverified',
  'COE-ETS-185': 'verified',
  EGMONT: 'unverified',
  'EU-2016-680': 'verified',
  'EU-2018-1805': 'verified',
  'EU-2023-1543': 'verified',
  'EU-2024-1260': 'unverified',
  'EU-2024-1640': 'verified',
  'FATF-R40': 'secondary',
  INTERPOL: 'secondary',
  'UN-CYBERCRIME-2024': 'unverified',
  UNCAC: 'verified',
  UNTOC: 'verified',
  'US-CODE': 'verified',
} as const satisfies Readonly<Record<string, ReadingMark>>

export function cite(
  instrument: keyof typeof markOfInstrument,
  article: string,
  verified: ReadingMark = markOfInstrument[instrument],
): Citation {
  return { instrument, article, verified }
}

/** What is done without a text that binds, or under one that nobody has read here. */
export function practice(article: string): Citation {
  return { instrument: null, article, verified: 'unverified' }
}

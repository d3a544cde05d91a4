export const purposes = [
  'criminal-proceedings',
  'asset-recovery',
  'financial-intelligence',
  'administrative',
  'exercise',
] as const
export type Purpose = (typeof purposes)[number]

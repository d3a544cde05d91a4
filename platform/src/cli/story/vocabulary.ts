/** Words of the law that the story uses as codes. */
export const law = {
  dissipation: 'IMMINENT_DISSIPATION',
  dataLoss: 'DATA_LOSS',
  freeze: 'FREEZE_SPECIFIC',
} as const

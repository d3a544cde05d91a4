export const door = 'chains'

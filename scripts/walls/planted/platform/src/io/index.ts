export const door = 'io'

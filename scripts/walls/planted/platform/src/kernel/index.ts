export const door = 'kernel'

export const door = 'tracing'

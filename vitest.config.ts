import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['platform/src/**/*.test.ts'],
          testTimeout: 60_000,
          // Several tests start a PostgreSQL of their own, which takes its time on a busy machine.
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'whole',
          include: ['platform/tests/**/*.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
})

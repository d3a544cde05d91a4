import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './scripts/longest-first.ts'

/** Where the launcher keeps it too: processes that tests start begin with what others have compiled. */
const env = { NODE_COMPILE_CACHE: fileURLToPath(new URL('./node_modules/.cache/comity', import.meta.url)) }

export default defineConfig({
  test: {
    // One more than processors: several files wait for lines, clocks and other processes more than they compute.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['platform/src/**/*.test.ts', 'web/**/*.test.ts'],
          exclude: ['platform/src/node/**', 'platform/src/io/postgres/**', 'platform/src/io/vault/**'],
          // Rules hold no state and no test replaces a module: the files of a worker share what they import.
          isolate: false,
          setupFiles: ['platform/src/chains/sources/remove-samples.ts'],
          testTimeout: 60_000,
          // Several tests start a PostgreSQL of their own, which takes its time on a busy machine.
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          // What needs a database: a real PostgreSQL for each file.
          name: 'node',
          include: [
            'platform/src/node/**/*.test.ts',
            'platform/src/io/postgres/**/*.test.ts',
            'platform/src/io/vault/**/*.test.ts',
          ],
          globalSetup: ['platform/src/node/testing/template-cluster.ts'],
          env,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'whole',
          include: ['platform/tests/**/*.test.ts'],
          globalSetup: ['platform/src/node/testing/template-cluster.ts'],
          env,
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
})

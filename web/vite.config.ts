import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { checks } from './checks-plugin.ts'
import { messages } from './messages-plugin.ts'

// One for both: the app and each of its workers are built apart, and what it makes is the same.
const checksOfSchemas = checks()

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/app/',
  plugins: [messages(), checksOfSchemas],
  worker: { format: 'es', plugins: () => [checksOfSchemas] },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // The policy of the page lets no data: address in, not even for a small picture.
    assetsInlineLimit: 0,
    manifest: 'manifest.json',
    reportCompressedSize: false,
    rolldownOptions: {
      // Rules of the platform are pure: of a door only what is used is taken along.
      treeshake: { moduleSideEffects: (id: string) => !id.includes('/platform/src/') },
      // Marks of libraries for servers that render; nothing is rendered on a server here.
      onwarn: (warning, tell) => {
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') tell(warning)
      },
    },
  },
})

// Builds the platform for publishing: JavaScript and declarations under platform/dist, and proves that what was built starts.
import { execFileSync } from 'node:child_process'
import { cpSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
rmSync(join(root, 'platform/dist'), { recursive: true, force: true })
execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' })
// What is read as files while the node runs lies where it lies in the source.
for (const path of ['policies', 'packs', 'platform/src/io/postgres/keeper.mjs', 'platform/src/node/pages/files'])
  cpSync(join(root, path), join(root, 'platform/dist', path), { recursive: true })
// Packs of law are read as files, from the nearest folder `packs` above the code.
cpSync(join(root, 'packs'), join(root, 'platform/dist/packs'), { recursive: true })
execFileSync(process.execPath, [join(root, 'scripts/build-app.mjs')], { stdio: 'inherit' })
cpSync(join(root, 'web/dist'), join(root, 'platform/dist/web'), { recursive: true })
const version = execFileSync(process.execPath, [join(root, 'platform/dist/platform/src/cli/main.js'), '--version'], {
  encoding: 'utf8',
})
process.stdout.write(`built platform/dist; it answers --version with ${version}`)

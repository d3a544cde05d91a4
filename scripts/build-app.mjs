// Builds the app for browsers into web/dist, unless what lies there was built from these very files.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stamp = join(root, 'web/dist/.built-from')

const hash = createHash('sha256')
for (const path of [
  'package-lock.json',
  ...globSync(['web/*.*', 'web/src/**/*.*', 'web/public/**/*.*', 'platform/src/**/*.ts'], { cwd: root }).sort(),
])
  hash.update(path).update(readFileSync(join(root, path)))
const digest = hash.digest('hex')
if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) process.exit(0)
execFileSync(join(root, 'node_modules/.bin/vite'), ['build', '--logLevel', 'warn', join(root, 'web')], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
})
writeFileSync(stamp, digest)

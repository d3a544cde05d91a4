// What npm runs. Works on any Node.js from 18 on: it installs what is missing, then hands over to the Node.js 24 that npm
// brought with the workspace.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const bin = join(root, 'node_modules', '.bin')
const stamp = join(root, 'node_modules', '.comity-installed')
const [task = '', ...rest] = process.argv.slice(2)

const { findNode24 } = await import('../platform/bin/find-node.mjs')

const tasks = {
  start: [
    ['the app for browsers', ['node', 'scripts/build-app.mjs']],
    ['three real cases, traced under every rule', ['node', 'platform/bin/comity.mjs', 'demo']],
    ['three nodes work one case', ['node', 'platform/bin/comity.mjs', 'exchange', 'demo', ...rest]],
  ],
  comity: [[null, ['node', 'platform/bin/comity.mjs', ...rest]]],
  check: [
    ['types', ['tsc', '-p', 'tsconfig.json']],
    ['rule files know neither Node.js nor a browser', ['tsc', '-p', 'tsconfig.rooms.json']],
    ['lint and format', ['biome', 'check', '--error-on-warnings', '.']],
    ['the app knows a browser and nothing else', ['tsc', '-p', 'tsconfig.web.json']],
    ['walls', ['node', 'scripts/walls.mjs']],
    ['unit tests', ['vitest', 'run', '--project', 'unit']],
  ],
  build: [['build', ['node', 'scripts/build.mjs']]],
  bench: [['measurements', ['node', 'bench/main.ts', ...rest]]],
}
tasks.test = [
  ...tasks.check,
  ['the app for browsers', ['node', 'scripts/build-app.mjs']],
  [
    'the node on another PostgreSQL',
    [
      ...['node', 'scripts/with-postgres.mjs', 'vitest', 'run', '--project', 'node', '--project', 'whole'],
      ...['platform/src/node', ...['elsewhere', 'story', 'journal'].map((name) => `platform/tests/node-${name}`)],
    ],
  ],
  ['build', ['node', 'scripts/build.mjs']],
  [
    // The node's own tests ran on the other PostgreSQL; what starts and keeps one of our own runs here.
    'whole-system tests, each on a PostgreSQL of its own',
    [
      ...['vitest', 'run', '--project', 'whole', '--project', 'node', 'platform/tests', 'platform/src/io'],
      ...['--exclude', 'platform/tests/web/**'],
    ],
  ],
  [
    // Apart, since a browser that has no processor to draw with is no user's.
    'screens in a real browser, at a real node',
    ['vitest', 'run', '--project', 'whole', '--maxWorkers', '2', 'platform/tests/web'],
  ],
]

if (!(task in tasks)) {
  console.error(`scripts/run.mjs: give one of ${Object.keys(tasks).join(', ')}`)
  process.exit(2)
}
installWhatIsMissing()
/** A test that fails hides no other one: later stages run as well, and all that failed are named at the end. */
const failed = []
for (const [what, command] of tasks[task]) {
  const started = Date.now()
  if (what) console.error(`▸ ${what}`)
  const status = run(command)
  if (status !== 0) {
    if (what) console.error(`✗ ${what} (exit code ${status})`)
    if (!command.includes('vitest')) process.exit(status)
    failed.push({ what, status })
  } else if (what && task !== 'start') console.error(`✓ ${what} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
}
if (failed.length > 0) {
  console.error(`✗ failed: ${failed.map(({ what }) => what).join('; ')}`)
  process.exit(failed[0].status)
}

/**
 * npm install by the lock file, unless the lock file that was installed last is the one that lies here. Not `npm ci`: it
 * refuses a lock file from which a registry left out the optional binaries of other platforms.
 */
function installWhatIsMissing() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock && findNode24() !== undefined) return
  console.error('▸ installing what is missing (once)')
  const { status } = spawnSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (status !== 0) process.exit(status ?? 3)
  if (findNode24() === undefined && Number(process.versions.node.split('.')[0]) < 24) {
    console.error(`No Node.js 24 from npm for ${process.platform} ${process.arch}: start npm with Node.js 24 or later.`)
    process.exit(3)
  }
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, lock)
}

function run([program, ...args]) {
  const node = findNode24() ?? process.execPath
  const environment = { ...process.env, PATH: `${dirname(node)}${delimiter}${bin}${delimiter}${process.env.PATH}` }
  const [file, given] = program === 'node' ? [node, args] : [join(bin, program), args]
  const { status, signal } = spawnSync(file, given, {
    cwd: task === 'comity' ? process.cwd() : root,
    stdio: 'inherit',
    env: environment,
    shell: process.platform === 'win32',
  })
  return status ?? (signal ? 3 : 0)
}

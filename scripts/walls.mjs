// The wall checks: the code keeps to rooms.mjs, and each rule is proven to bite by a planted violation.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cruise } from 'dependency-cruiser'
import { rooms } from '../rooms.mjs'
import { wallRules } from './walls/rules.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

async function violations(baseDir, folders) {
  const { output } = await cruise(folders, {
    baseDir,
    ruleSet: { forbidden: wallRules() },
    validate: true,
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'kernels/assembly' },
    enhancedResolveOptions: { extensions: ['.ts', '.mjs', '.js', '.json'] },
  })
  return output.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }))
}

const failures = []
const found = await violations(root, ['platform/src', 'web/src'])
for (const { rule, from, to } of found) failures.push(`${from} → ${to}: ${rule}`)

// Each planted file names in its first line the rule that must report it.
const plantedRoot = join(root, 'scripts/walls/planted')
const planted = await violations(plantedRoot, ['platform/src', 'web/src'])
const expected = []
for (const entry of readdirSync(plantedRoot, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !entry.name.endsWith('.ts')) continue
  const path = join(entry.parentPath, entry.name)
  const rule = /^\/\/ violates: (.+)$/m.exec(readFileSync(path, 'utf8'))?.[1]
  if (rule) expected.push({ rule, from: path.slice(plantedRoot.length + 1) })
}
for (const { rule, from } of expected) {
  if (!planted.some((one) => one.rule === rule && one.from === from))
    failures.push(`the planted violation of ${rule} in ${from} is not reported`)
}
const proven = new Set(expected.map(({ rule }) => rule))
for (const { name } of wallRules()) if (!proven.has(name)) failures.push(`the rule ${name} has no planted violation`)

// ARCHITECTURE.md shows the same table.
const table = rooms
  .map(({ name, from, what }) => `| \`${name}\` | ${from.map((one) => `\`${one}\``).join(' ') || '–'} | ${what} |`)
  .join('\n')
if (!readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8').includes(table))
  failures.push(`ARCHITECTURE.md does not hold the table of rooms.mjs:\n${table}`)

for (const failure of failures) process.stderr.write(`${failure}\n`)
process.stdout.write(`walls: ${found.length} violations, ${expected.length} planted violations reported\n`)
process.exitCode = failures.length > 0 ? 1 : 0

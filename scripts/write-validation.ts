/**
 * Measures the engine and writes docs/validation.md and what every answer that rests on a heuristic names: the digest of its figures
 * and one figure of each heuristic (packs/validation/shipped.json): `node scripts/write-validation.ts [FOLDER]`.
 * platform/tests/emulated/validation-report.test.ts fails where either is not what this writes.
 *
 * With FOLDER, the sets that are too large to come with the program are measured too, and their figures kept with the digests of
 * the sets in packs/validation/whole-sets.json; without it they stand as they were kept.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  DEFAULT_SEED,
  heuristicFigures,
  measureEngine,
  validationReport,
} from '../platform/src/tracing/validation/index.ts'
import { readPoolEvents, readPublishedSets } from '../platform/src/tracing/validation/sources/index.ts'
import { formatted } from './formatted.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const [folder] = process.argv.slice(2)
const pool = folder === undefined ? null : readPoolEvents(join(folder, 'tornado-events/static/events'), 'whole')
if (folder !== undefined && pool === null) throw new Error(`${folder} holds no tornado-events/static/events`)
const published = await readPublishedSets(root)
const whole = pool === null ? [] : [pool]
const figures = await measureEngine({ seed: DEFAULT_SEED, published, whole, progress: { report: () => {} } })
writeFileSync(new URL('../docs/validation.md', import.meta.url), validationReport(figures))
mkdirSync(new URL('../packs/validation/', import.meta.url), { recursive: true })
write('packs/validation/whole-sets.json', { engine: figures.engine, pools: figures.wholeSets })
write('packs/validation/shipped.json', {
  report: 'docs/validation.md',
  engine: figures.engine,
  seed: figures.seed,
  digest: figures.digest,
  heuristics: heuristicFigures(figures),
})

function write(path: string, value: object): void {
  writeFileSync(new URL(`../${path}`, import.meta.url), formatted(path, JSON.stringify(value)))
}

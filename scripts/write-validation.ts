/**
 * Measures the engine and writes docs/validation.md and the digest of its figures, which every report of a trace names
 * (packs/validation/shipped.json): `node scripts/write-validation.ts`. platform/tests/emulated/validation-report.test.ts fails where
 * either is not what this writes.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { DEFAULT_SEED, measureEngine, validationReport } from '../platform/src/tracing/validation/index.ts'
import { readPublishedSets } from '../platform/src/tracing/validation/sources/index.ts'
import { formatted } from './formatted.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const published = await readPublishedSets(root)
const figures = await measureEngine({ seed: DEFAULT_SEED, published, progress: { report: () => {} } })
writeFileSync(new URL('../docs/validation.md', import.meta.url), validationReport(figures))
const shipped = { report: 'docs/validation.md', engine: figures.engine, seed: figures.seed, digest: figures.digest }
const path = 'packs/validation/shipped.json'
mkdirSync(new URL('../packs/validation/', import.meta.url), { recursive: true })
writeFileSync(new URL(`../${path}`, import.meta.url), formatted(path, JSON.stringify(shipped)))

import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Json, stop } from '../../kernel/index.ts'
import {
  DEFAULT_SEED,
  type Figures,
  measureEngine,
  type PoolEvents,
  type rate,
  sumOfRates,
  validationReport,
} from '../../tracing/validation/index.ts'
import { readPoolEvents, readPublishedSets } from '../../tracing/validation/sources/index.ts'
import type { CommandDefinition } from '../command.ts'
import { table } from '../present.ts'
import { findWorkspace } from './demo.ts'

export const validate: CommandDefinition = {
  path: ['validate'],
  summary: 'Measure how often the heuristics are right: error rates, coverage, bias, ablations',
  about:
    'Works offline, on emulated worlds whose truth is known and on the published samples of the repository. The same seed gives the same figures; docs/validation.md holds those of the release. Takes about half a minute.',
  arguments: [],
  options: [
    { flags: '--seed <text>', help: `another seed for the emulated worlds (default: ${DEFAULT_SEED})` },
    { flags: '--write <file>', help: 'write the report, as Markdown' },
    {
      flags: '--data <folder>',
      help: 'measure again the sets that are too large to come with Comity, from this folder: tornado-events/static/events',
    },
  ],
  examples: [
    'comity validate',
    'comity validate --seed 7 --json',
    'comity validate --write docs/validation.md',
    'comity validate --data sets',
  ],
  async run(desk, _args, flags) {
    const seed = flags.seed === undefined ? DEFAULT_SEED : String(flags.seed)
    if (seed.trim() === '' || seed.length > 100)
      stop('FLAG_VALUE', 'The seed of --seed is empty or too long.', {
        place: '--seed',
        fix: 'Give 1 to 100 characters.',
      })
    const whole = flags.data === undefined ? [] : readWhole(String(flags.data))
    const root = findWorkspace()
    const published = root === null ? null : await readPublishedSets(root)
    const figures = await measureEngine({ seed, published, whole, progress: desk.progress })
    if (flags.write !== undefined) writeReport(String(flags.write), validationReport(figures))
    return { exit: 0, json: figures as unknown as Json, text: inShort(figures) }
  },
}

/** A folder that holds none of the sets is refused: otherwise the figures of the release would be taken for measured anew. */
function readWhole(folder: string): readonly PoolEvents[] {
  const events = join(folder, 'tornado-events/static/events')
  const pool = existsSync(events) ? readPoolEvents(events, 'whole') : null
  return pool === null
    ? stop('SOURCE_NOT_FOUND', 'The folder holds none of the sets that --data can measure.', {
        place: folder,
        fix: 'Name a folder with tornado-events/static/events: deposits_eth_100.json and withdrawals_eth_100.json, each with .zip or .gz (see docs/validation.md).',
      })
    : [pool]
}

function writeReport(path: string, text: string): void {
  try {
    writeFileSync(path, text)
  } catch (thrown) {
    stop(
      'FILE_NOT_WRITTEN',
      `The report cannot be written: ${thrown instanceof Error ? thrown.message : String(thrown)}.`,
      {
        place: path,
        fix: 'Name another file with --write, or check the permissions of its folder.',
      },
    )
  }
}

function inShort({ detectors, change, clusters, published, seed, digest }: Figures): string {
  const byName = <T extends { readonly heuristic: string }>(all: readonly T[]) =>
    [...new Set(all.map(({ heuristic }) => heuristic))].map(
      (name) => [name, all.filter(({ heuristic }) => heuristic === name)] as const,
    )
  const shown = ({ share, low, high, of }: ReturnType<typeof rate>) =>
    share === null ? '–' : `${share} [${low}–${high}] of ${of}`
  const joins = (guard: string) => clusters.filter((each) => each.guard === guard && each.change === null)
  return [
    table([
      ['', 'finds', 'right'],
      ...byName(detectors).map(([name, its]) => [
        name,
        shown(sumOfRates(its.map(({ recall }) => recall))),
        shown(sumOfRates(its.map(({ precision }) => precision))),
      ]),
      ...byName(change).map(([name, its]) => [
        name,
        shown(sumOfRates(its.map(({ recall }) => recall))),
        shown(sumOfRates(its.map(({ right }) => right))),
      ]),
      ...['none', 'default-stop-policy', 'any-coinjoin-rule'].map((guard) => [
        `co-spending, guard ${guard}`,
        '',
        shown(sumOfRates(joins(guard).map((each) => each.joins))),
      ]),
    ]),
    'Measured on emulated worlds: no error rate for the real chain.',
    published === null ? 'The samples are not here: published data was not measured.' : '',
    `seed ${seed}, figures sha256:${digest}; the whole report: comity validate --write FILE`,
  ]
    .filter((line) => line !== '')
    .join('\n')
}

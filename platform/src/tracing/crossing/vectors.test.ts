import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { orStop } from '../../kernel/index.ts'
import { parseBridgeEvents } from './bridge-events-csv.ts'
import { matchBridgeEvents } from './match-bridges.ts'

const folder = fileURLToPath(new URL('../../../../vectors/bridges/', import.meta.url))
const read = (name: string) => readFileSync(join(folder, name), 'utf8')

it('the vectors give the links that they name', () => {
  const { events, repeated } = orStop(parseBridgeEvents(read('events.csv'), 'events.csv'))
  const { pairs, candidates, unmatched } = matchBridgeEvents(events)
  const expected = JSON.parse(read('links.json')) as Record<'pairs' | 'candidates' | 'unmatched', string[]>
  expect({
    repeated,
    pairs: pairs.map(({ tier, source, destination }) => `${tier} ${source.txid} ${destination.txid}`).sort(),
    candidates: candidates.map(({ source, destination }) => `${source.txid} ${destination.txid}`).sort(),
    unmatched: unmatched.map(({ event }) => event.txid).sort(),
  }).toEqual({
    ...expected,
    pairs: [...expected.pairs].sort(),
    candidates: [...expected.candidates].sort(),
    unmatched: [...expected.unmatched].sort(),
  })
})

it.each(globSync('malformed/*.csv', { cwd: folder }))('%s is refused so', (path) => {
  const [code, ...place] = basename(path, '.csv').split(' ')
  const result = parseBridgeEvents(read(path), 'events.csv')
  expect(result).toMatchObject({ ok: false, refusal: { code } })
  if (!result.ok) expect(result.refusal.place).toContain(place.join(' '))
})

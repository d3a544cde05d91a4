import { expect, it } from 'vitest'
import { makeBridgeWorld, usualWorld } from './bridge-world.ts'
import { matchBridgeEvents } from './match-bridges.ts'
import { measureBridgeLinks, proportion } from './measure-links.ts'

it('intervals are those of Wilson', () => {
  // R: prop.test(81, 263, correct = FALSE); also R. G. Newcombe, Statistics in Medicine 17 (1998), table I.
  const { low, high } = proportion(81, 263)
  expect(low).toBeCloseTo(0.2553, 4)
  expect(high).toBeCloseTo(0.3662, 4)
  expect(proportion(0, 20)).toMatchObject({ value: 0, low: 0 })
  expect(proportion(0, 20).high).toBeCloseTo(0.1611, 4)
  expect(proportion(0, 0)).toMatchObject({ value: null, low: null, high: null })
})

it('a world is the same for the same number, and another for another', () => {
  expect(makeBridgeWorld(5)).toEqual(makeBridgeWorld(5))
  expect(makeBridgeWorld(5).events).not.toEqual(makeBridgeWorld(6).events)
})

it('tiers are as sure as they say: ids before fields before amounts, and what is not decided is among the candidates', () => {
  const { events, truth } = makeBridgeWorld(11, { ...usualWorld, transfers: 1_500 })
  const figures = measureBridgeLinks(matchBridgeEvents(events), truth)
  const tier = (name: string) => figures.tiers.find((one) => one.tier === name)
  expect(tier('protocol')?.precision.value).toBe(1)
  expect(tier('fields')?.precision.low).toBeGreaterThan(0.98)
  expect(tier('amount-time')?.precision.value).toBeGreaterThan(0.85)
  expect(tier('all')?.recall.value).toBeGreaterThan(0.95)
  expect(figures.amongCandidates.value ?? 1).toBeGreaterThan(0.9)
})

it('a tier that is wrong is seen to be wrong', () => {
  const { events, truth } = makeBridgeWorld(11, { ...usualWorld, transfers: 100 })
  const turned = new Map(
    [...truth.keys()].map((name, index, names) => [name, truth.get(names[(index + 1) % names.length] ?? '') ?? '']),
  )
  expect(measureBridgeLinks(matchBridgeEvents(events), turned).tiers.at(-1)?.precision.value).toBe(0)
})

/** The part of the map that is shown: holds every place, keeps its proportions, and stays within the world. */
import { expect, test } from 'vitest'
import { around, HEIGHT, WIDTH, wholeWorld } from './world-view.ts'

const places = (...all: (readonly [number, number])[]) => all.map((place) => ({ place }))

test('nothing to show is the whole world, and so are places at its ends', () => {
  expect(around([])).toEqual(wholeWorld)
  expect(around([{ place: null }])).toEqual(wholeWorld)
  expect(around(places([10, 20], [710, 330])).width).toBe(WIDTH)
})

test('countries that are neighbours are shown near, each of them inside', () => {
  const europe = places([372, 82], [380, 78], [365, 90])
  const { x, y, width } = around(europe)
  expect(width).toBeLessThan(WIDTH / 3)
  const height = width * (HEIGHT / WIDTH)
  for (const { place } of europe) {
    expect(place[0]).toBeGreaterThan(x)
    expect(place[0]).toBeLessThan(x + width)
    expect(place[1]).toBeGreaterThan(y)
    expect(place[1]).toBeLessThan(y + height)
  }
})

test('at the edge of the world the view does not leave it', () => {
  for (const { x, y, width } of [around(places([2, 2])), around(places([WIDTH - 1, HEIGHT - 1]))]) {
    expect(x).toBeGreaterThanOrEqual(0)
    expect(y).toBeGreaterThanOrEqual(0)
    expect(x + width).toBeLessThanOrEqual(WIDTH)
    expect(y + width * (HEIGHT / WIDTH)).toBeLessThanOrEqual(HEIGHT + 1e-9)
  }
})

/** How much of the map of the world is shown: by default what holds the countries that matter. */

export const WIDTH = 720
export const HEIGHT = 350

export type View = { readonly x: number; readonly y: number; readonly width: number }
export const wholeWorld: View = { x: 0, y: 0, width: WIDTH }
const MARGIN = 45
/** Nearer than this, the outlines of the countries are too coarse. */
const NARROWEST = WIDTH / 6

/** As much of the world as holds these places, in the proportions of the whole. */
export function around(marks: readonly { readonly place: readonly [number, number] | null }[]): View {
  const places = marks.flatMap(({ place }) => (place === null ? [] : [place]))
  if (places.length === 0) return wholeWorld
  const [xs, ys] = [places.map(([x]) => x), places.map(([, y]) => y)]
  const [left, right] = [Math.min(...xs) - MARGIN, Math.max(...xs) + MARGIN]
  const [top, bottom] = [Math.min(...ys) - MARGIN, Math.max(...ys) + MARGIN]
  const width = Math.min(WIDTH, Math.max(NARROWEST, right - left, (bottom - top) * (WIDTH / HEIGHT)))
  const height = width * (HEIGHT / WIDTH)
  const within = (middle: number, size: number, all: number) => Math.min(Math.max(middle - size / 2, 0), all - size)
  return { x: within((left + right) / 2, width, WIDTH), y: within((top + bottom) / 2, height, HEIGHT), width }
}

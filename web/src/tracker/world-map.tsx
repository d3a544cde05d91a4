/**
 * The map: one tab stop, whose arrows walk the countries of the table; the table beside it is complete. How many requests is said by
 * hatching and by a figure, not by colour alone.
 */
import { geoEqualEarth, geoPath } from 'd3-geo'
import { useMemo, useState } from 'react'
import { useSpeech } from '../shared/language/speak.tsx'
import { Button } from '../shared/ui/parts.tsx'
import { countryName } from '../shared/ui/values.tsx'
import type { ByCountry } from './by-country.ts'
import { pointOf, shaped, shapes } from './world.ts'
import { around, HEIGHT, WIDTH, wholeWorld } from './world-view.ts'

type Props = {
  readonly countries: readonly ByCountry[]
  readonly home: string | null
  readonly selected: string
  readonly onSelect: (code: string) => void
}

export function WorldMap({ countries, home, selected, onSelect }: Props) {
  const { say, locale } = useSpeech()
  const [at, setAt] = useState(0)
  const { paths, placeOf } = useMemo(drawn, [])
  const drawable = countries.map((one) => ({ ...one, place: placeOf(one.code) }))
  const current = drawable[Math.min(at, drawable.length - 1)]
  const [isWhole, setIsWhole] = useState(false)
  const view = isWhole ? wholeWorld : around([...drawable, ...(home === null ? [] : [{ place: placeOf(home) }])])
  // Marks and figures keep their size, however near the map is.
  const scale = view.width / WIDTH
  const nameOf = ({ code, requests, late }: ByCountry) =>
    say('tracker.country-said', { country: countryName(code, locale), requests, late })
  const walk = (event: React.KeyboardEvent) => {
    const turn = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    if (turn !== undefined) setAt((at + turn + drawable.length) % drawable.length)
    else if (event.key === 'Home') setAt(0)
    else if (event.key === 'End') setAt(drawable.length - 1)
    else if ((event.key === 'Enter' || event.key === ' ') && current) onSelect(current.code)
    else return
    event.preventDefault()
  }
  const option = (code: string) => `map-${code}`
  return (
    <figure className="world">
      <div className="world-frame">
        <svg
          viewBox={`${view.x} ${view.y} ${view.width} ${view.width * (HEIGHT / WIDTH)}`}
          aria-hidden="true"
          focusable="false"
        >
          <g className="land">
            {paths.map(({ key, code, d }) => {
              const one = drawable.find((found) => found.code === code)
              return (
                // biome-ignore lint/a11y/noStaticElementInteractions: by keyboard through the list around it
                <path
                  key={key}
                  d={d}
                  data-has={one ? (one.late > 0 ? 'late' : 'some') : undefined}
                  data-home={code !== null && code === home ? true : undefined}
                  data-selected={code !== null && code === selected ? true : undefined}
                  data-current={one !== undefined && current?.code === code ? true : undefined}
                  onClick={one ? () => onSelect(one.code) : undefined}
                />
              )
            })}
          </g>
          {drawable.map(
            (one) =>
              one.place && (
                // biome-ignore lint/a11y/noStaticElementInteractions: by keyboard through the list around it
                <g
                  key={one.code}
                  className="world-count"
                  data-late={one.late > 0 || undefined}
                  data-current={current?.code === one.code || undefined}
                  data-selected={selected === one.code || undefined}
                  transform={`translate(${one.place[0]} ${one.place[1]}) scale(${scale})`}
                  onClick={() => onSelect(one.code)}
                >
                  <circle r="13" />
                  <text dy="4">{one.requests}</text>
                </g>
              ),
          )}
        </svg>
        <div
          className="world-list"
          role="listbox"
          tabIndex={0}
          aria-label={say('tracker.map-label')}
          aria-activedescendant={current ? option(current.code) : undefined}
          onKeyDown={walk}
        >
          {drawable.map((one) => (
            <span
              key={one.code}
              id={option(one.code)}
              role="option"
              tabIndex={-1}
              aria-selected={one.code === selected}
              className="hidden-text"
            >
              {nameOf(one)}
            </span>
          ))}
        </div>
      </div>
      <p className="world-said" aria-hidden="true">
        {current && nameOf(current)}
        {current && !current.place && ` · ${say('tracker.no-shape')}`}
      </p>
      <p className="no-print">
        <Button kind="quiet" onPress={() => setIsWhole(!isWhole)}>
          {say(isWhole ? 'tracker.map-near' : 'tracker.map-whole')}
        </Button>
      </p>
      <figcaption className="small soft">
        <ul className="legend">
          <li data-mark="some">{say('tracker.legend-some')}</li>
          <li data-mark="late">{say('tracker.legend-late')}</li>
          <li data-mark="home">{say('tracker.legend-home')}</li>
        </ul>
        {say('tracker.disclaimer')}
      </figcaption>
    </figure>
  )
}

function drawn() {
  const projection = geoEqualEarth().fitExtent(
    [
      [4, 4],
      [WIDTH - 4, HEIGHT - 4],
    ],
    { type: 'Sphere' },
  )
  const path = geoPath(projection)
  const paths = shapes.flatMap(({ code, geometry }, at) => {
    const d = path(geometry as never)
    return d === null ? [] : [{ key: `${code} ${at}`, code, d, geometry }]
  })
  const placeOf = (code: string): readonly [number, number] | null => {
    const shape = shaped.has(code) ? paths.find((one) => one.code === code) : undefined
    if (shape) return path.centroid(largestOf(shape.geometry) as never)
    const point = pointOf(code)
    return point ? projection([...point]) : null
  }
  return { paths, placeOf }
}

/** The mainland: the figure of France stands in France, not between it and Guyana. */
function largestOf(geometry: GeoJSON.Geometry): GeoJSON.Geometry {
  if (geometry.type !== 'MultiPolygon') return geometry
  const [largest] = geometry.coordinates.toSorted((a, b) => (b[0]?.length ?? 0) - (a[0]?.length ?? 0))
  return { type: 'Polygon', coordinates: largest ?? [] }
}

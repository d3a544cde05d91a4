/** Requests and assets by country, on a table and a map with one selection; deadlines on a line of time. */
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useFilters } from '../shared/filters.ts'
import { useSpeech } from '../shared/language/speak.tsx'
import { useCodes } from '../shared/law.ts'
import { type NativeAssets, nativeOf, useNativeAssets } from '../shared/native-assets.ts'
import { useRead } from '../shared/node/node.tsx'
import { type Column, DataTable } from '../shared/ui/data-table.tsx'
import { ButtonLink, Empty, Note, PageHead, Sheet, Shown } from '../shared/ui/parts.tsx'
import { Amount, Country, countryName, Words } from '../shared/ui/values.tsx'
import { type ByCountry, byCountry } from './by-country.ts'
import { type Row, useRequests } from './requests.ts'
import { TimeAxis } from './time-axis.tsx'
import { now, State } from './words.tsx'
import { WorldMap } from './world-map.tsx'
import './tracker.css'

export function Screen() {
  const { say } = useSpeech()
  const requests = useRequests()
  return (
    <>
      <PageHead title={say('tracker.map-title')}>
        <ButtonLink to="/requests" kind="second">
          {say('tracker.title')}
        </ButtonLink>
      </PageHead>
      <Shown read={requests}>
        {({ rows, isCut }) => (
          <div className="stack">
            {isCut && (
              <Note kind="warn">
                <p>{say('tracker.cut')}</p>
              </Note>
            )}
            {rows.length === 0 ? (
              <Empty title={say('tracker.map-empty')}>
                <p>{say('tracker.empty-text')}</p>
                <ButtonLink to="/cases">{say('tracker.to-cases')}</ButtonLink>
              </Empty>
            ) : (
              <MapAndTime rows={rows} />
            )}
          </div>
        )}
      </Shown>
    </>
  )
}

function MapAndTime({ rows }: { readonly rows: readonly Row[] }) {
  const { say, locale } = useSpeech()
  const codes = useCodes()
  const [{ country = '' }, set] = useFilters()
  const home = useRead('nodeRead', {}).data?.agency.country ?? null
  const at = now()
  const countries = useMemo(() => byCountry(rows, at), [rows, at])
  const select = (code: string) => set({ country: code === country ? '' : code })
  const own = country === '' ? rows : rows.filter((row) => row.country === country)
  return (
    <>
      <div className="map-and-table">
        <Sheet title={say('tracker.by-country')}>
          <CountryTable countries={countries} selected={country} onSelect={select} />
        </Sheet>
        <Sheet title={say('tracker.map')}>
          <WorldMap countries={countries} home={home} selected={country} onSelect={select} />
        </Sheet>
      </div>
      <Sheet
        title={country === '' ? say('tracker.time') : say('tracker.time-of', { country: countryName(country, locale) })}
      >
        <TimeAxis rows={own} codes={codes} now={at} />
      </Sheet>
      {country !== '' && (
        <Sheet title={say('tracker.requests-of', { country: countryName(country, locale) })}>
          <ul className="list">
            {own.map((row) => (
              <li key={row.id} className="row">
                <Link to={`/requests/${row.id}`}>{codes.name(row.item.request.content.measure)}</Link>
                <State state={row.state} />
                <span className="soft">
                  <Words>{row.partner}</Words>
                </span>
              </li>
            ))}
          </ul>
        </Sheet>
      )}
    </>
  )
}

function CountryTable({
  countries,
  selected,
  onSelect,
}: {
  readonly countries: readonly ByCountry[]
  readonly selected: string
  readonly onSelect: (code: string) => void
}) {
  const { say, locale } = useSpeech()
  const assets = useNativeAssets()
  const columns = useMemo<readonly Column<ByCountry>[]>(
    () => [
      {
        ...{ id: 'country', head: say('tracker.country'), by: (row: ByCountry) => countryName(row.code, locale) },
        cell: ({ code }) => (
          <button
            type="button"
            className="country-choice"
            aria-pressed={code === selected}
            onClick={() => onSelect(code)}
          >
            <Country code={code} />
          </button>
        ),
      },
      {
        ...{ id: 'count', head: say('tracker.requests'), align: 'end', by: (row: ByCountry) => row.requests },
        cell: ({ requests }) => requests,
      },
      {
        ...{ id: 'open', head: say('tracker.open'), align: 'end', by: (row: ByCountry) => row.open },
        cell: ({ open }) => open,
      },
      {
        ...{ id: 'late', head: say('tracker.late'), align: 'end', by: (row: ByCountry) => row.late },
        cell: ({ late }) => late,
      },
      {
        ...{ id: 'asked', head: say('tracker.asked') },
        cell: ({ asked }) => <Sums sums={asked} assets={assets} />,
      },
      {
        ...{ id: 'secured', head: say('tracker.secured') },
        cell: ({ secured }) => <Sums sums={secured} assets={assets} />,
      },
    ],
    [say, locale, selected, onSelect, assets],
  )
  return (
    <DataTable
      caption={say('tracker.by-country')}
      columns={columns}
      rows={countries}
      keyOf={({ code }) => code}
      selected={selected}
    />
  )
}

function Sums({ sums, assets }: { readonly sums: ByCountry['asked']; readonly assets: NativeAssets }) {
  const { say } = useSpeech()
  if (sums.length === 0) return <span className="soft">{say('tracker.no-sum')}</span>
  return (
    <>
      {sums.map(({ chain, asset, amount }) => {
        const native = nativeOf(assets, { chain, asset })
        return (
          <div key={`${chain} ${asset}`}>
            <Amount base={amount} decimals={native?.decimals ?? 0} symbol={native?.symbol ?? asset ?? chain} />
          </div>
        )
      })}
    </>
  )
}

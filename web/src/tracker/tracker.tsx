/** Where every request is, and who is late: as a table, or as a board by time. */
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useFilters } from '../shared/filters.ts'
import { useSpeech } from '../shared/language/speak.tsx'
import { type Codes, useCodes } from '../shared/law.ts'
import { usePeople } from '../shared/node/people.tsx'
import { type Column, DataTable } from '../shared/ui/data-table.tsx'
import { Checkbox, Select } from '../shared/ui/fields.tsx'
import { ButtonLink, Empty, Note, PageHead, Shown } from '../shared/ui/parts.tsx'
import { Country, countryName, Words } from '../shared/ui/values.tsx'
import { Board } from './board.tsx'
import { isLate } from './clocks.ts'
import { type Row, useRequests } from './requests.ts'
import { ClockOf, now, State, useStateName } from './words.tsx'
import './tracker.css'

export function Screen() {
  const { say } = useSpeech()
  const requests = useRequests()
  return (
    <>
      <PageHead title={say('tracker.title')}>
        <ButtonLink to="/requests/receive" kind="second">
          {say('request.receive.open')}
        </ButtonLink>
        <ButtonLink to="/map" kind="second">
          {say('tracker.to-map')}
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
              <Empty title={say('tracker.empty')}>
                <p>{say('tracker.empty-text')}</p>
                <ButtonLink to="/cases">{say('tracker.to-cases')}</ButtonLink>
              </Empty>
            ) : (
              <Requests rows={rows} />
            )}
          </div>
        )}
      </Shown>
    </>
  )
}

function Requests({ rows }: { readonly rows: readonly Row[] }) {
  const { say, locale } = useSpeech()
  const codes = useCodes()
  const stateName = useStateName()
  const people = usePeople()
  const [{ state = '', country = '', who = '', late = '', view = 'table' }, set] = useFilters()
  const at = now()
  const shown = rows.filter(
    (row) =>
      (state === '' || row.state === state) &&
      (country === '' || row.country === country) &&
      (who === '' || row.item.request.drafters.includes(who)) &&
      (late === '' || isLate(row.clock, at)),
  )
  const choices = (of: (row: Row) => string, name: (value: string) => string) =>
    [...new Set(rows.map(of))]
      .map((value) => ({ value, name: name(value) }))
      .sort((a, b) => a.name.localeCompare(b.name, locale))
  return (
    <>
      <search className="filters">
        <Select label={say('tracker.state')} value={state} onChange={(event) => set({ state: event.target.value })}>
          <option value="">{say('tracker.all')}</option>
          {choices((row) => row.state, stateName).map(({ value, name }) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </Select>
        <Select
          label={say('tracker.country')}
          value={country}
          onChange={(event) => set({ country: event.target.value })}
        >
          <option value="">{say('tracker.all')}</option>
          {choices(
            (row) => row.country,
            (code) => countryName(code, locale),
          ).map(({ value, name }) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </Select>
        <Select label={say('tracker.who')} value={who} onChange={(event) => set({ who: event.target.value })}>
          <option value="">{say('tracker.all')}</option>
          {choices(
            ({ author }) => author,
            (id) => people.of(id)?.name ?? id.slice(0, 8),
          ).map(({ value, name }) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </Select>
        <Select label={say('tracker.view')} value={view} onChange={(event) => set({ view: event.target.value })}>
          <option value="table">{say('tracker.view-table')}</option>
          <option value="board">{say('tracker.view-board')}</option>
        </Select>
        <div>
          <Checkbox
            label={say('tracker.only-late')}
            checked={late !== ''}
            onChange={(event) => set({ late: event.target.checked ? '1' : '' })}
          />
        </div>
      </search>
      {shown.length === 0 ? (
        <Empty title={say('tracker.none')}>
          <p>{say('tracker.none-text')}</p>
        </Empty>
      ) : view === 'board' ? (
        <Board rows={shown} codes={codes} now={at} />
      ) : (
        <Table rows={shown} codes={codes} now={at} />
      )}
    </>
  )
}

function Table({
  rows,
  codes,
  now: at,
}: {
  readonly rows: readonly Row[]
  readonly codes: Codes
  readonly now: number
}) {
  const { say, locale } = useSpeech()
  const stateName = useStateName()
  const columns = useMemo<readonly Column<Row>[]>(
    () => [
      {
        ...{ id: 'what', head: say('tracker.what'), by: (row: Row) => codes.name(row.item.request.content.measure) },
        cell: (row) => (
          <>
            <Link to={`/requests/${row.id}`}>{codes.name(row.item.request.content.measure)}</Link>
            <div className="small soft">
              <Words>{row.caseTitle}</Words>
            </div>
          </>
        ),
      },
      {
        ...{ id: 'whom', head: say('tracker.whom'), by: (row: Row) => countryName(row.country, locale) },
        cell: (row) => (
          <>
            <Country code={row.country} />
            <div className="small soft">
              <Words>{row.partner}</Words>
              {row.direction === 'in' && <> · {say('tracker.incoming')}</>}
            </div>
          </>
        ),
      },
      {
        ...{ id: 'state', head: say('tracker.state'), by: (row: Row) => stateName(row.state) },
        cell: (row) => <State state={row.state} />,
      },
      {
        ...{ id: 'due', head: say('tracker.due'), by: (row: Row) => row.clock?.due ?? '9' },
        cell: (row) =>
          row.clock === null ? (
            <span className="soft">{say('tracker.no-clock')}</span>
          ) : (
            <ClockOf clock={row.clock} now={at} />
          ),
      },
    ],
    [say, locale, codes, stateName, at],
  )
  return <DataTable caption={say('tracker.title')} columns={columns} rows={rows} keyOf={({ id }) => id} />
}

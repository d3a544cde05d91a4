/** The journal: who did what, when, in which case. Each entry in words, and proven to be in the published log. */
import './audit.css'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useMemo, useState } from 'react'
import { RoleName } from '../access/role-name.tsx'
import { useSay } from '../shared/language/speak.tsx'
import { ask, type ItemOf, useAll, useRead } from '../shared/node/node.tsx'
import { Phrase } from '../shared/phrases/use-phrases.tsx'
import { Select, TextField } from '../shared/ui/fields.tsx'
import { Button, Empty, PageHead, Sheet, Trouble, Waiting } from '../shared/ui/parts.tsx'
import { Instant, MachineValue, Words } from '../shared/ui/values.tsx'
import { AuditTabs } from './audit-tabs.tsx'
import type { Included } from './inclusion.ts'
import { type Filters, filtersOf, questionOf } from './journal-filters.ts'

type Entry = ItemOf<'journalRead'>
const PAGE = 100
/** No journal is longer; what a query reads as a number has at most 15 digits. */
const NEWEST = 999_999_999_999_999

export function Screen() {
  const say = useSay()
  const search = useSearch({ strict: false }) as Record<string, unknown>
  const filters = useMemo(() => filtersOf(search), [search])
  const people = useAll('accessReview', {})
  const vocabulary = useRead('journalEvents', {})
  const nameOf = useMemo(
    () => new Map(people.data?.items.map(({ personId, name }) => [personId, name]) ?? []),
    [people.data],
  )
  const meaningOf = useMemo(
    () => new Map(vocabulary.data?.items.map(({ name, meaning }) => [name, meaning]) ?? []),
    [vocabulary.data],
  )
  const entries = useInfiniteQuery({
    queryKey: ['journalRead', filters],
    initialPageParam: NEWEST,
    queryFn: ({ pageParam }) => ask('journalRead', { ...questionOf(filters), before: pageParam, limit: PAGE }),
    getNextPageParam: ({ next }) => next ?? undefined,
  })
  const all = entries.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <>
      <PageHead title={say('audit.title')} />
      <AuditTabs />
      <div className="stack audit">
        <FilterForm
          key={JSON.stringify(filters)}
          filters={filters}
          people={people.data?.items ?? []}
          events={vocabulary.data?.items ?? []}
        />
        <Trouble error={entries.error ?? people.error ?? vocabulary.error} />
        <Sheet title={say('audit.entries')}>
          {entries.isPending && !entries.error && <Waiting />}
          {entries.data && all.length === 0 && (
            <Empty title={say('audit.none')}>
              <p>{say('audit.none-text')}</p>
            </Empty>
          )}
          {all.length > 0 && (
            <div className="table-frame">
              <table className="table">
                <caption>{say('audit.newest-first', { count: all.length })}</caption>
                <thead>
                  <tr>
                    <th scope="col">{say('audit.when')}</th>
                    <th scope="col">{say('audit.what')}</th>
                    <th scope="col">{say('audit.who')}</th>
                    <th scope="col">{say('audit.case')}</th>
                    <th scope="col">{say('audit.proof')}</th>
                  </tr>
                </thead>
                <tbody>
                  {all.map((entry) => (
                    <EntryRow key={entry.id} entry={entry} filters={filters} names={nameOf} meanings={meaningOf} />
                  ))}
                </tbody>
              </table>
            </div>
          )}
          {entries.hasNextPage && (
            <p>
              <Button kind="second" isBusy={entries.isFetchingNextPage} onPress={() => void entries.fetchNextPage()}>
                {say('audit.older')}
              </Button>
            </p>
          )}
        </Sheet>
      </div>
    </>
  )
}

function EntryRow({
  entry,
  filters,
  names,
  meanings,
}: {
  readonly entry: Entry
  readonly filters: Filters
  readonly names: ReadonlyMap<string, string>
  readonly meanings: ReadonlyMap<string, string>
}) {
  const say = useSay()
  const { at, event, by, role, caseId, of } = entry
  const name = by === null ? undefined : names.get(by)
  return (
    <tr>
      <td>
        <Instant at={at} />
      </td>
      <td>
        <MachineValue value={event} />
        {meanings.has(event) && (
          <div className="small soft">
            <Phrase topic="journal" text={meanings.get(event) ?? ''} />
          </div>
        )}
      </td>
      <td>
        {by === null ? (
          say('audit.erased')
        ) : by === 'node' ? (
          say('audit.the-node')
        ) : name === undefined ? (
          <MachineValue value={by} short />
        ) : (
          <Words>{name}</Words>
        )}
        {role !== null && role !== 'node' && (
          <div className="small soft">
            <RoleName role={role} />
          </div>
        )}
      </td>
      <td>
        {caseId === null ? (
          <span className="soft">{of}</span>
        ) : (
          <>
            <MachineValue value={caseId} short copy />
            {caseId !== filters.caseId && (
              <div className="small">
                <Link to="/audit" search={{ ...filters, caseId } as never}>
                  {say('audit.only-case')}
                </Link>
              </div>
            )}
          </>
        )}
      </td>
      <td>
        <Proof entry={entry} />
      </td>
    </tr>
  )
}

function Proof({ entry }: { readonly entry: Entry }) {
  const say = useSay()
  const [state, setState] = useState<Included | 'busy' | null>(null)
  async function check() {
    setState('busy')
    try {
      const { checkInclusion } = await import('./inclusion.ts')
      setState(await checkInclusion(entry))
    } catch (thrown) {
      setState({ is: 'wrong', reason: thrown instanceof Error ? thrown.message : String(thrown) })
    }
  }
  if (state === null || state === 'busy')
    return (
      <Button
        kind="quiet"
        isBusy={state === 'busy'}
        label={say('audit.check-entry', { index: entry.index ?? '–' })}
        onPress={() => void check()}
      >
        {say('audit.check')}
      </Button>
    )
  if (state.is === 'waiting')
    return (
      <span role="status" className="status" data-kind="warn">
        {say('audit.waiting')}
      </span>
    )
  if (state.is === 'wrong')
    return (
      <span role="status">
        <span className="status" data-kind="bad">
          {say('audit.unproven')}
        </span>
        <span className="small soft" lang="en">
          <Words>{state.reason}</Words>
        </span>
      </span>
    )
  return (
    <span role="status">
      <span className="status" data-kind="good">
        {say('audit.proven')}
      </span>
      <span className="small soft"> {say('audit.proven-in', { index: state.index, size: state.size })}</span>
    </span>
  )
}

function FilterForm({
  filters,
  people,
  events,
}: {
  readonly filters: Filters
  readonly people: readonly ItemOf<'accessReview'>[]
  readonly events: readonly { readonly name: string }[]
}) {
  const say = useSay()
  const navigate = useNavigate()
  const [given, setGiven] = useState<Record<string, string>>({ ...filters })
  const put = (name: string) => (event: { readonly target: { readonly value: string } }) =>
    setGiven({ ...given, [name]: event.target.value })
  const go = (asked: Filters) => void navigate({ to: '/audit', search: asked } as never)
  return (
    <Sheet title={say('audit.search')}>
      <form
        className="filters"
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          go(filtersOf(given))
        }}
      >
        <TextField label={say('audit.from')} type="date" value={given.from ?? ''} onChange={put('from')} />
        <TextField label={say('audit.to')} type="date" value={given.to ?? ''} onChange={put('to')} />
        <Select label={say('audit.who')} value={given.by ?? ''} onChange={put('by')}>
          <option value="">{say('audit.anybody')}</option>
          <option value="node">{say('audit.the-node')}</option>
          {people.map(({ personId, name }) => (
            <option key={personId} value={personId}>
              {name}
            </option>
          ))}
        </Select>
        <Select label={say('audit.what')} value={given.event ?? ''} onChange={put('event')}>
          <option value="">{say('audit.anything')}</option>
          {familiesOf(events).map(({ family, names }) => (
            <optgroup key={family} label={family}>
              <option value={family}>{say('audit.all-of', { family })}</option>
              {names.map((name) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </optgroup>
          ))}
        </Select>
        <TextField
          label={say('audit.case')}
          hint={say('audit.case-hint')}
          dir="ltr"
          spellCheck={false}
          value={given.caseId ?? ''}
          onChange={put('caseId')}
        />
        <p className="row">
          <Button type="submit">{say('audit.show')}</Button>
          <Button kind="second" onPress={() => go({})}>
            {say('audit.clear')}
          </Button>
        </p>
      </form>
    </Sheet>
  )
}

function familiesOf(events: readonly { readonly name: string }[]) {
  const families = new Map<string, string[]>()
  for (const { name } of events) {
    const family = name.split('.')[0] ?? name
    families.set(family, [...(families.get(family) ?? []), name])
  }
  return [...families].map(([family, names]) => ({ family, names }))
}

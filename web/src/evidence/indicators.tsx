/** Indicators that were handed out to whoever is signed in, case by case, to read and to take along as STIX. */
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useSay } from '../shared/language/speak.tsx'
import { type ItemOf, useAll, useRead } from '../shared/node/node.tsx'
import { saveFile } from '../shared/save-file.ts'
import { type Column, DataTable } from '../shared/ui/data-table.tsx'
import { Button, Empty, PageHead, Sheet, Shown } from '../shared/ui/parts.tsx'
import { Instant, MachineValue, Words } from '../shared/ui/values.tsx'
import { type StixRow, stixRows } from './stix-rows.ts'

export function Screen() {
  const say = useSay()
  const read = useRead('indicatorCollectionList', {})
  return (
    <div className="stack">
      <PageHead title={say('indicators.title')} kicker={<Link to="/cases">{say('cases.title')}</Link>} />
      <p>{say('indicators.lead')}</p>
      <Shown read={read}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={say('indicators.none')}>
              <p>{say('indicators.none-text')}</p>
            </Empty>
          ) : (
            items.map((one) => <Collection key={one.caseId} one={one} />)
          )
        }
      </Shown>
      <Sheet title={say('indicators.machines')}>
        <p>{say('indicators.machines-text')}</p>
        <p>
          <MachineValue value={`${window.location.origin}/taxii2/`} copy />
        </p>
      </Sheet>
    </div>
  )
}

function Collection({ one: { caseId, since } }: { readonly one: ItemOf<'indicatorCollectionList'> }) {
  const say = useSay()
  const cases = useAll('caseList', {})
  const [isOpen, setOpen] = useState(false)
  const title = cases.data?.items.find(({ id }) => id === caseId)?.case.title
  return (
    <Sheet title={title ?? say('evidence.case')}>
      <p className="small soft">
        {say('indicators.since')} <Instant at={since} /> ·{' '}
        <Link to={`/cases/${caseId}` as never}>{say('indicators.to-case')}</Link>
      </p>
      {isOpen ? (
        <Objects caseId={caseId} />
      ) : (
        <Button
          kind="second"
          label={say('indicators.read-of', { title: title ?? caseId })}
          onPress={() => setOpen(true)}
        >
          {say('indicators.read')}
        </Button>
      )}
    </Sheet>
  )
}

function Objects({ caseId }: { readonly caseId: string }) {
  const say = useSay()
  const read = useRead('indicatorCollectionRead', { caseId })
  const columns: readonly Column<StixRow>[] = [
    {
      id: 'type',
      head: say('indicators.type'),
      cell: ({ type }) => <MachineValue value={type} />,
      by: (one) => one.type,
    },
    {
      id: 'says',
      head: say('indicators.says'),
      cell: ({ says, id }) => (says === null ? <MachineValue value={id} short /> : <Words>{says}</Words>),
      by: ({ says, id }) => says ?? id,
    },
    {
      id: 'valid',
      head: say('indicators.valid-from'),
      cell: ({ validFrom }) => (validFrom === null ? '–' : <Instant at={validFrom} />),
      by: ({ validFrom }) => validFrom ?? '',
    },
    {
      id: 'added',
      head: say('indicators.added'),
      cell: ({ addedAt }) => <Instant at={addedAt} />,
      by: (one) => one.addedAt,
    },
  ]
  return (
    <Shown read={read}>
      {({ objects }) => {
        const rows = stixRows(objects)
        return (
          <div className="stack">
            <DataTable caption={say('indicators.objects')} columns={columns} rows={rows} keyOf={({ id }) => id} />
            <p>
              <Button kind="second" onPress={() => saveFile(`indicators-${caseId}.json`, bundleOf(rows))}>
                {say('indicators.save')}
              </Button>
            </p>
          </div>
        )
      }}
    </Shown>
  )
}

function bundleOf(rows: readonly StixRow[]): Blob {
  const bundle = { type: 'bundle', id: `bundle--${crypto.randomUUID()}`, objects: rows.map(({ object }) => object) }
  return new Blob([JSON.stringify(bundle, null, 2)], { type: 'application/stix+json;version=2.1' })
}

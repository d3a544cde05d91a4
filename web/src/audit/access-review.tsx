/** Who may what at this node: for whoever has to confirm, from time to time, that it is still right. */
import './audit.css'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { RoleName } from '../access/role-name.tsx'
import { useSpeech } from '../shared/language/speak.tsx'
import { type ItemOf, useAll } from '../shared/node/node.tsx'
import { saveFile } from '../shared/save-file.ts'
import { type Column, DataTable } from '../shared/ui/data-table.tsx'
import { TextField } from '../shared/ui/fields.tsx'
import { Button, Note, PageHead, Sheet, Shown, Status } from '../shared/ui/parts.tsx'
import { Instant, Words } from '../shared/ui/values.tsx'
import { AuditTabs } from './audit-tabs.tsx'
import { csvOf } from './csv.ts'

type Reviewed = ItemOf<'accessReview'>

export function Screen() {
  const { say, knows } = useSpeech()
  const review = useAll('accessReview', {})
  const [sought, setSought] = useState('')
  const roleName = (role: string) => (knows(`role.${role}`) ? say(`role.${role}` as never) : role)
  const columns: readonly Column<Reviewed>[] = [
    {
      id: 'name',
      head: say('audit.review.name'),
      by: ({ name }) => name.toLowerCase(),
      cell: ({ name, kind }) => (
        <>
          <Words>{name}</Words> {kind === 'machine' && <Status kind="plain">{say('audit.review.machine')}</Status>}
        </>
      ),
    },
    {
      id: 'role',
      head: say('audit.review.role'),
      by: ({ role }) => roleName(role),
      cell: ({ role }) => <RoleName role={role} />,
    },
    {
      id: 'state',
      head: say('audit.review.state'),
      by: ({ suspended }) => Number(suspended),
      cell: ({ suspended }) => (
        <Status kind={suspended ? 'warn' : 'done'}>
          {say(suspended ? 'audit.people.suspended' : 'audit.people.active')}
        </Status>
      ),
    },
    {
      id: 'keys',
      head: say('audit.review.keys'),
      by: ({ keys }) => keys,
      cell: ({ keys, deviceBound, kind }) =>
        kind === 'machine' ? String(keys) : say('audit.review.keys-of', { keys, bound: deviceBound }),
    },
    {
      id: 'cases',
      head: say('audit.review.cases'),
      by: ({ cases }) => cases.length,
      align: 'end',
      cell: ({ cases }) => String(cases.length),
    },
    {
      id: 'last',
      head: say('audit.review.last'),
      by: ({ lastSignIn }) => lastSignIn ?? '',
      cell: ({ lastSignIn }) => (lastSignIn === null ? say('audit.review.never') : <Instant at={lastSignIn} />),
    },
    {
      id: 'acts',
      head: say('audit.review.acts'),
      cell: ({ personId, name }) => (
        <Link to="/audit" search={{ by: personId } as never} aria-label={say('audit.review.acts-of', { name })}>
          {say('audit.review.acts-link')}
        </Link>
      ),
    },
  ]
  return (
    <>
      <PageHead title={say('audit.review.title')} />
      <AuditTabs />
      <div className="stack audit">
        <p>{say('audit.review.text')}</p>
        <Shown read={review}>
          {({ items, isCut }) => {
            const wanted = sought.trim().toLowerCase()
            const rows = items.filter(
              ({ name, role }) => name.toLowerCase().includes(wanted) || roleName(role).toLowerCase().includes(wanted),
            )
            return (
              <Sheet
                title={say('audit.review.people')}
                actions={
                  <Button
                    kind="second"
                    onPress={() =>
                      saveFile(
                        'access-review.csv',
                        new Blob([csvOf(csvRows(items))], { type: 'text/csv;charset=utf-8' }),
                      )
                    }
                  >
                    {say('audit.review.csv')}
                  </Button>
                }
              >
                {isCut && (
                  <Note kind="warn">
                    <p>{say('audit.review.cut', { count: items.length })}</p>
                  </Note>
                )}
                <TextField
                  label={say('audit.review.find')}
                  value={sought}
                  onChange={({ target }) => setSought(target.value)}
                />
                <DataTable
                  caption={say('audit.review.people')}
                  columns={columns}
                  rows={rows}
                  keyOf={({ personId }) => personId}
                />
              </Sheet>
            )
          }}
        </Shown>
      </div>
    </>
  )
}

function csvRows(items: readonly Reviewed[]): readonly (readonly string[])[] {
  return [
    ['person', 'name', 'kind', 'role', 'suspended', 'keys', 'device-bound keys', 'last sign-in', 'cases'],
    ...items.map(({ personId, name, kind, role, suspended, keys, deviceBound, lastSignIn, cases }) => [
      ...[personId, name, kind, role, suspended ? 'yes' : 'no', String(keys), String(deviceBound)],
      ...[lastSignIn ?? '', cases.join(' ')],
    ]),
  ]
}

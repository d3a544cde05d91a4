/** Tasks and deadlines by the hour: what, in which case, by when in the zone that decides, and by which rule. */
import { titleOf } from '../cases/use-case-parts.ts'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { type ItemOf, useAct, useRead } from '../shared/node/node.tsx'
import { PersonName } from '../shared/node/people.tsx'
import { Button, Empty, Note, Sheet, Shown, Trouble } from '../shared/ui/parts.tsx'
import { RuleCited } from '../shared/ui/rule-cited.tsx'
import { Deadline, Words } from '../shared/ui/values.tsx'
import { WayLink } from '../shared/ui/way-link.tsx'
import { Why } from '../shared/ui/why.tsx'
import { inGroups } from './due.ts'
import type { Work } from './use-work.ts'

type Due = ItemOf<'reminderList'>

export function DueSheet({ work }: { readonly work: Work }) {
  const say = useSay()
  const read = useRead('reminderList', { limit: 200 })
  return (
    <Sheet title={say('today.due')}>
      <Shown read={read}>
        {({ items, more }) =>
          items.length === 0 ? (
            <Empty title={say('today.due-none')}>
              <p>{say('today.due-none-text')}</p>
            </Empty>
          ) : (
            <>
              {more && <Note kind="warn">{say('today.due-more', { count: items.length })}</Note>}
              {inGroups(items, Date.now()).map(({ group, items: all }) => (
                <section key={group}>
                  <h3>{say(`today.group.${group}`)}</h3>
                  <ul className="tasks">
                    {all.map((one) => (
                      <DueRow key={`${one.kind} ${one.id} ${one.matter} ${one.rule ?? ''}`} one={one} work={work} />
                    ))}
                  </ul>
                </section>
              ))}
            </>
          )
        }
      </Shown>
    </Sheet>
  )
}

function DueRow({ one, work }: { readonly one: Due; readonly work: Work }) {
  const { say, knows } = useSpeech()
  const note = useAct('reminderAcknowledge')
  const agency = useRead('nodeRead', {}).data?.agency.timeZone ?? 'UTC'
  const matter = `today.matter.${one.matter}`
  const task = useRead('taskRead', one.kind === 'task' ? { id: one.id } : null).data
  const asked = work.requests.find(({ id }) => id === one.id)
  const clock = asked?.request.deadlines.find(({ ruleId }) => ruleId === one.rule)
  const words = knows(matter) ? say(matter) : one.matter
  const name = task?.content.what ?? (asked && titleOf(asked))
  const { reminder } = one
  return (
    <li>
      <div>
        <WayLink className="whole" to={wayTo(one)}>
          {name === undefined || name === '' ? words : <Words>{name}</Words>}
        </WayLink>
        <p className="hint">
          {words} · <Words>{work.titleOf(one.caseId)}</Words>
          {one.assignee !== null && (
            <>
              {' · '}
              <PersonName id={one.assignee} />
            </>
          )}
          {!one.binding && one.article !== null && ` · ${say('today.not-binding')}`}
        </p>
        <Deadline
          due={one.due ?? one.at}
          zone={clock?.zone ?? agency}
          rule={one.article === null ? null : <RuleCited rule={one.rule} article={one.article} />}
          now={Date.now()}
        />
        {one.rule !== null && one.article !== null && (
          <span className="above">
            <Why about={one.article} law={{ rule: one.rule }} />
          </span>
        )}
        <Trouble error={note.error} />
      </div>
      <div className="state above">
        {reminder !== null && !reminder.mine && (
          <Button
            kind="quiet"
            isBusy={note.isPending}
            onPress={() => note.mutate({ kind: one.kind, id: one.id, reminder: reminder.id, seen: reminder.version })}
          >
            {say('today.noted')}
          </Button>
        )}
      </div>
    </li>
  )
}

/** Where it is done. */
function wayTo({ kind, id, caseId }: Due): string {
  switch (kind) {
    case 'request':
      return `/requests/${id}`
    case 'task':
    case 'decision':
    case 'order':
      return `/cases/${caseId}/records?kind=${kind}`
    case 'message':
      return `/messages/${id}`
    case 'incident':
      return `/cases/${caseId}/messages/after`
    default:
      return `/cases/${caseId}`
  }
}

/** Every file of others that was taken into the case, with what came of it. */

import { Link } from '@tanstack/react-router'
import { useExhibits } from '../evidence/exhibits.ts'
import { useKindName } from '../evidence/kind-name.ts'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { type ItemOf, useAll } from '../shared/node/node.tsx'
import { PersonName } from '../shared/node/people.tsx'
import { Empty, Note, Sheet, Shown } from '../shared/ui/parts.tsx'
import { Instant, MachineValue, Words } from '../shared/ui/values.tsx'
import { FieldFatesView } from './field-fates.tsx'
import { fatesIn } from './planned.ts'

export function TakenIn({ caseId }: { readonly caseId: string }) {
  const say = useSay()
  const read = useAll('intakeList', { caseId })
  return (
    <Sheet title={say('takein.list')}>
      <Shown read={read}>
        {({ items, isCut }) =>
          items.length === 0 ? (
            <Empty title={say('takein.none')}>
              <p>{say('takein.none-text')}</p>
            </Empty>
          ) : (
            <>
              {isCut && <Note kind="warn">{say('cases.cut', { count: items.length })}</Note>}
              <ul className="list">
                {[...items].reverse().map((one) => (
                  <One key={one.id} caseId={caseId} one={one} />
                ))}
              </ul>
            </>
          )
        }
      </Shown>
    </Sheet>
  )
}

function One({ caseId, one }: { readonly caseId: string; readonly one: ItemOf<'intakeList'> }) {
  const { say, locale } = useSpeech()
  const exhibits = useExhibits(caseId)
  const { exhibit, format, made, manifest, by, at, sha256 } = one
  const title = exhibits.data?.find(({ id }) => id === exhibit)?.title ?? say('evidence.exhibit')
  const kindName = useKindName()
  const counts = [...Map.groupBy(made, ({ kind }) => kind)].map(([kind, list]) =>
    say('takein.made', { kind: kindName(kind), count: list.length }),
  )
  return (
    <li>
      <Link to={`/cases/${caseId}/evidence/${exhibit}` as never}>
        <Words>{title}</Words>
      </Link>{' '}
      · {say(`handout.format.${format}`)}
      <p className="small soft">
        <PersonName id={by} /> · <Instant at={at} /> · SHA-256 <MachineValue value={sha256} short copy />
      </p>
      <p>{made.length === 0 ? say('takein.made-none') : new Intl.ListFormat(locale).format(counts)}</p>
      <FieldFatesView fates={fatesIn(manifest)} />
    </li>
  )
}

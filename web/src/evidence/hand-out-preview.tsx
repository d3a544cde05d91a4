/** What a hand-out would take along, and what it would leave here, each with its reason. */
import { useSpeech } from '../shared/language/speak.tsx'
import type { ResultOf } from '../shared/node/node.tsx'
import { Phrase } from '../shared/phrases/use-phrases.tsx'
import { type Column, DataTable } from '../shared/ui/data-table.tsx'
import { MachineValue, Words } from '../shared/ui/values.tsx'
import { useKindName } from './kind-name.ts'

type Ahead = ResultOf<'handOutPreview'>
type Staying = Ahead['stays'][number]
type Going = Ahead['goes'][number]

export function HandOutPreview({ ahead }: { readonly ahead: Ahead }) {
  const { say } = useSpeech()
  const { goes, stays, files, exhibits, changed, dropped } = ahead
  const kindName = useKindName()
  const both: readonly Column<Going>[] = [
    { id: 'kind', head: say('evidence.kind'), cell: ({ kind }) => kindName(kind), by: ({ kind }) => kindName(kind) },
    {
      id: 'title',
      head: say('handout.item'),
      cell: ({ title }) => (title === null ? '–' : <Words>{title}</Words>),
      by: ({ title }) => title ?? '',
    },
  ]
  const why: Column<Staying> = {
    id: 'why',
    head: say('handout.why'),
    cell: (one) => say(`handout.why.${one.why}`),
    by: (one) => one.why,
  }
  const keyOf = ({ kind, id }: Going) => `${kind} ${id}`
  return (
    <div className="stack" role="status">
      <p>
        <strong>
          {say('handout.ahead-counts', { goes: goes.length, stays: stays.length, exhibits: exhibits.length })}
        </strong>
      </p>
      {goes.length > 0 && <DataTable caption={say('handout.goes')} columns={both} rows={goes} keyOf={keyOf} />}
      {stays.length > 0 && (
        <DataTable<Staying> caption={say('handout.stays')} columns={[...both, why]} rows={stays} keyOf={keyOf} />
      )}
      <details>
        <summary>{say('handout.files', { count: files.length + exhibits.length })}</summary>
        <ul className="list">
          {[...files, ...exhibits.map(({ exhibit, size }) => ({ path: `exhibits/${exhibit}`, size }))].map(
            ({ path, size }) => (
              <li key={path}>
                <MachineValue value={path} /> <span className="small soft">{say('handout.bytes', { size })}</span>
              </li>
            ),
          )}
        </ul>
      </details>
      {changed.length + dropped.length > 0 && (
        <details>
          <summary>{say('handout.fields', { changed: changed.length, dropped: dropped.length })}</summary>
          <p className="small soft">{say('handout.fields-text')}</p>
          <ul className="list">
            {dropped.map(({ path, why: reason }) => (
              <li key={path}>
                <MachineValue value={path} /> <Phrase topic="casework" text={reason} />
              </li>
            ))}
            {changed.map(({ path, to, how }) => (
              <li key={`${path} ${to}`}>
                <MachineValue value={path} /> → <MachineValue value={to} /> <Phrase topic="casework" text={how} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}

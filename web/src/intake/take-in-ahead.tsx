/** What a file would add to the case, what is there already and what stays in the file; then taking it in. */
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { markingOf, type Tlp } from '../cases/marking-of.ts'
import { TlpSelect } from '../cases/tlp-select.tsx'
import { useKindName } from '../evidence/kind-name.ts'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { type ResultOf, useAct, useRead } from '../shared/node/node.tsx'
import { FindingText } from '../shared/phrases/use-phrases.tsx'
import { type Column, DataTable } from '../shared/ui/data-table.tsx'
import { Button, Note, Shown, Status, Trouble } from '../shared/ui/parts.tsx'
import { MachineValue, Words } from '../shared/ui/values.tsx'
import { FieldFatesView } from './field-fates.tsx'
import type { Format } from './format-in-file.ts'
import { fatesIn, titleOfPlanned } from './planned.ts'

type Ahead = ResultOf<'intakePreview'>
type Added = Ahead['adds'][number]

export function TakeInAhead({
  caseId,
  exhibitId,
  format,
}: {
  readonly caseId: string
  readonly exhibitId: string
  readonly format: Format
}) {
  const say = useSay()
  const me = useRead('sessionRead', {}).data?.session?.personId
  const [tlp, setTlp] = useState<Tlp>('amber')
  const take = useAct('caseTakeIn')
  const input = { caseId, exhibitId, format, marking: markingOf(tlp, me ?? '') }
  const read = useRead('intakePreview', me === undefined || take.data ? null : input)
  if (take.data)
    return (
      <Note kind="good">
        <p>{say('takein.done', { count: take.data.made.length })}</p>
        <p className="row">
          <Link to={`/cases/${caseId}/records` as never}>{say('takein.to-records')}</Link>
          <Link to={`/cases/${caseId}/evidence/${exhibitId}` as never}>{say('takein.to-exhibit')}</Link>
        </p>
      </Note>
    )
  return (
    <div className="stack">
      <TlpSelect label={say('takein.marking')} hint={say('takein.marking-hint')} value={tlp} onChange={setTlp} />
      <Shown read={read}>
        {(ahead) => (
          <>
            <AheadView ahead={ahead} />
            <Trouble error={take.error} />
            <p>
              <Button isBusy={take.isPending} onPress={() => take.mutate(input)}>
                {say('takein.do', { count: ahead.adds.length })}
              </Button>
            </p>
          </>
        )}
      </Shown>
    </div>
  )
}

function AheadView({ ahead: { adds, present, defects, manifest, formatManifest } }: { readonly ahead: Ahead }) {
  const { say, knows } = useSpeech()
  const kindName = useKindName()
  const levelName = (tlp: string) => {
    const id = `cases.tlp.${tlp}`
    return knows(id) ? say(id) : tlp
  }
  const columns: readonly Column<Added>[] = [
    { id: 'kind', head: say('evidence.kind'), cell: ({ kind }) => kindName(kind), by: ({ kind }) => kindName(kind) },
    {
      id: 'title',
      head: say('takein.item'),
      cell: ({ kind, content }) => <Words>{titleOfPlanned(kind, content)}</Words>,
      by: ({ kind, content }) => titleOfPlanned(kind, content),
    },
    { id: 'tlp', head: say('cases.tlp'), cell: ({ tlp }) => levelName(tlp), by: ({ tlp }) => tlp },
    { id: 'path', head: say('takein.path'), cell: ({ path }) => <MachineValue value={path} />, by: ({ path }) => path },
  ]
  return (
    <>
      <p role="status">
        <strong>{say('takein.counts', { adds: adds.length, present: present.length, defects: defects.length })}</strong>
      </p>
      <p className="small soft">{say('takein.assessment')}</p>
      {adds.length > 0 && (
        <DataTable caption={say('takein.adds')} columns={columns} rows={adds} keyOf={({ path }) => path} />
      )}
      {defects.length > 0 && (
        <Note kind="warn">
          <p>{say('takein.defects', { count: defects.length })}</p>
          <ul className="list">
            {defects.map(({ code, message, place }) => (
              <li key={`${code} ${place}`}>
                <MachineValue value={place} /> <FindingText code={code} text={message} />
              </li>
            ))}
          </ul>
        </Note>
      )}
      {present.length > 0 && (
        <details>
          <summary>{say('takein.present', { count: present.length })}</summary>
          <ul className="list">
            {present.map(({ path, kind }) => (
              <li key={path} className="row">
                <Status kind="done">{kindName(kind)}</Status> <MachineValue value={path} />
              </li>
            ))}
          </ul>
        </details>
      )}
      <FieldFatesView fates={fatesIn(formatManifest, manifest)} />
    </>
  )
}

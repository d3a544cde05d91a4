/** One file on its way to be an exhibit: its digest here, its upload, the digest there, and what the record needs. */
import { Link } from '@tanstack/react-router'
import { useEffect, useId, useRef, useState } from 'react'
import { useSay } from '../shared/language/speak.tsx'
import { mediaTypeOf } from '../shared/media-type.ts'
import { type InputOf, useAct, useRead } from '../shared/node/node.tsx'
import { ErrorSummary, Select, TextField } from '../shared/ui/fields.tsx'
import { Button, Note, Sheet, Trouble } from '../shared/ui/parts.tsx'
import { Words } from '../shared/ui/values.tsx'
import { Why } from '../shared/ui/why.tsx'
import { AcquirerFields, acquirerOf, noAcquirer } from './acquirer-fields.tsx'
import { MOST_TRACE_BYTES, type TraceIn, traceIn } from './trace-in-file.ts'
import { FileState, useFile } from './use-file.tsx'

const KINDS = ['document', 'file', 'chain-data', 'trace-record'] as const
type Kind = InputOf<'exhibitAdd'>['kind']

export function ExhibitForm({
  caseId,
  file,
  onGone,
  onAdded,
}: {
  readonly caseId: string
  readonly file: File
  readonly onGone: () => void
  readonly onAdded?: (exhibitId: string) => void
}) {
  const say = useSay()
  const sending = useFile(caseId, file)
  const { here, there } = sending
  const add = useAct('exhibitAdd')
  const session = useRead('sessionRead', {}).data?.session ?? null
  const [kind, setKind] = useState<Kind>('document')
  const [title, setTitle] = useState(file.name)
  const [acquirer, setAcquirer] = useState(noAcquirer)
  const [competence, setCompetence] = useState('')
  const [tool, setTool] = useState({ name: '', version: '' })
  const [authority, setAuthority] = useState('')
  const [place, setPlace] = useState('')
  const [acquiredAt, setAcquiredAt] = useState(new Date().toISOString().slice(0, 16))
  const [errors, setErrors] = useState<readonly { id: string; text: string }[]>([])
  const form = useId()
  const ids = { title: `${form}-title`, authority: `${form}-authority`, place: `${form}-place`, tool: `${form}-tool` }
  const isTrace = useTraceIn(file, (found) => {
    setKind('trace-record')
    setTool(found.tool)
  })
  const wrongOf = (id: string) => errors.find((one) => one.id === id)?.text

  if (add.data)
    return (
      <Note kind="good">
        <p>
          {say('intake.exhibit-added', { number: add.data.number })} <Words>{title}</Words>
        </p>
        <p className="row">
          <Link to={`/cases/${caseId}/evidence`}>{say('intake.to-evidence')}</Link>
          <Button kind="quiet" onPress={onGone}>
            {say('intake.done')}
          </Button>
        </p>
      </Note>
    )

  const send = () => {
    const blank = (id: string, value: string, field: string) =>
      value.trim() === '' ? [{ id, text: say('cases.missing', { field }) }] : []
    const from = acquirerOf(acquirer, session?.personId ?? '')
    const wrong = [
      ...blank(ids.title, title, say('intake.exhibit-title')),
      ...(from === null ? blank('acquirer-name', '', say('intake.acquirer')) : []),
      ...blank(ids.authority, authority, say('intake.authority')),
      ...blank(ids.place, place, say('intake.place')),
      ...((tool.name.trim() === '') === (tool.version.trim() === '')
        ? []
        : [{ id: ids.tool, text: say('intake.tool-both') }]),
    ]
    setErrors(wrong)
    if (wrong.length > 0 || !there || from === null) return
    add.mutate(
      {
        ...{ caseId, kind, title, authority, place, acquirer: from, uploadId: there.uploadId, fileName: file.name },
        ...mediaTypeOf(file.type),
        ...(competence.trim() === '' ? {} : { competence: competence.trim() }),
        ...(tool.name.trim() === '' ? {} : { tool: { name: tool.name.trim(), version: tool.version.trim() } }),
        marking: { tlp: 'amber', audience: [], needToKnow: false, protectedPerson: false, onwardUse: false },
        acquiredAt: new Date(`${acquiredAt}:00Z`).toISOString(),
      },
      { onSuccess: ({ exhibitId }) => onAdded?.(exhibitId) },
    )
  }

  return (
    <Sheet title={file.name} level={3}>
      <FileState file={file} sending={sending} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <ErrorSummary errors={errors} />
        {isTrace && <Note>{say('intake.found-trace')}</Note>}
        <div className="fields-2">
          <TextField
            id={ids.title}
            label={say('intake.exhibit-title')}
            wrong={wrongOf(ids.title)}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
          <Select
            label={say('intake.exhibit-kind')}
            value={kind}
            onChange={(event) => setKind(event.target.value as Kind)}
          >
            {KINDS.map((one) => (
              <option key={one} value={one}>
                {say(`intake.kind.${one}`)}
              </option>
            ))}
          </Select>
        </div>
        <AcquirerFields
          myName={session?.name ?? ''}
          value={acquirer}
          wrong={wrongOf('acquirer-name')}
          onChange={setAcquirer}
        />
        <TextField
          label={say('cases.optional', { label: say('intake.competence') })}
          hint={say('intake.competence-hint')}
          maxLength={1000}
          value={competence}
          onChange={(event) => setCompetence(event.target.value)}
        />
        <TextField
          id={ids.authority}
          label={say('intake.authority')}
          hint={say('intake.authority-hint')}
          wrong={wrongOf(ids.authority)}
          value={authority}
          onChange={(event) => setAuthority(event.target.value)}
        />
        <Why about={say('intake.authority')} text={say('intake.why.authority')} cite="ISO/IEC 27037:2012, 6.1" />
        <div className="fields-2">
          <TextField
            id={ids.place}
            label={say('intake.place')}
            wrong={wrongOf(ids.place)}
            value={place}
            onChange={(event) => setPlace(event.target.value)}
          />
          <TextField
            label={say('intake.acquired-at')}
            hint={say('cases.hint.utc')}
            type="datetime-local"
            value={acquiredAt}
            onChange={(event) => setAcquiredAt(event.target.value)}
          />
        </div>
        <div className="fields-2">
          <TextField
            id={ids.tool}
            label={say('cases.optional', { label: say('intake.tool') })}
            wrong={wrongOf(ids.tool)}
            maxLength={120}
            value={tool.name}
            onChange={(event) => setTool({ ...tool, name: event.target.value })}
          />
          <TextField
            label={say('cases.optional', { label: say('intake.tool-version') })}
            dir="ltr"
            maxLength={60}
            value={tool.version}
            onChange={(event) => setTool({ ...tool, version: event.target.value })}
          />
        </div>
        <Trouble error={add.error} />
        <div className="row">
          <Button type="submit" isBusy={add.isPending} isDisabled={there === null || there.sha256 !== here}>
            {say('intake.exhibit-add')}
          </Button>
          <Button kind="quiet" onPress={() => void sending.giveUp().then(onGone, () => undefined)}>
            {say('intake.leave-out')}
          </Button>
        </div>
      </form>
    </Sheet>
  )
}

/** Looks once whether the file is a trace record, and tells what it says of itself. */
function useTraceIn(file: File, onFound: (found: TraceIn) => void): boolean {
  const [isTrace, setTrace] = useState(false)
  const tell = useRef(onFound)
  useEffect(() => {
    if (file.size > MOST_TRACE_BYTES || !/\.json$/i.test(file.name)) return
    // A file that cannot be read is told of where it is hashed.
    file.text().then(
      (text) => {
        const found = traceIn(text)
        if (found === null) return
        setTrace(true)
        tell.current(found)
      },
      () => undefined,
    )
  }, [file])
  return isTrace
}

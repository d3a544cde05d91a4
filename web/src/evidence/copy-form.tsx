/** A copy or image of an exhibit becomes an exhibit of its own, with its own hash; both sides name the other. */
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useId, useState } from 'react'
import { FilePick } from '../intake/file-pick.tsx'
import { FileState, useFile } from '../intake/use-file.tsx'
import { useChecked } from '../joint/use-checked.ts'
import { useSay } from '../shared/language/speak.tsx'
import { mediaTypeOf } from '../shared/media-type.ts'
import { type InputOf, useAct } from '../shared/node/node.tsx'
import { ErrorSummary, Select, TextArea, TextField } from '../shared/ui/fields.tsx'
import { Button, Trouble } from '../shared/ui/parts.tsx'
import type { ReadExhibit } from './exhibits.ts'

type Kind = InputOf<'custodyCopy'>['kind']
const KINDS = ['file', 'document', 'chain-data'] as const satisfies readonly Kind[]

type Props = { readonly exhibit: ReadExhibit; readonly caseId: string; readonly onClose: () => void }

export function CopyForm(props: Props) {
  const say = useSay()
  const [file, setFile] = useState<File | null>(null)
  if (file !== null) return <Described {...props} file={file} />
  return (
    <>
      <p>{say('custody.effect.copy')}</p>
      <FilePick
        label={say('custody.copy-pick')}
        hint={say('intake.files-hint')}
        onFiles={([first]) => first && setFile(first)}
      />
      <Button kind="quiet" onPress={props.onClose}>
        {say('dialog.cancel')}
      </Button>
    </>
  )
}

function Described({ exhibit, caseId, onClose, file }: Props & { readonly file: File }) {
  const say = useSay()
  const navigate = useNavigate()
  const form = useId()
  const sending = useFile(caseId, file)
  const { errors, wrongOf, isRight } = useChecked()
  const copy = useAct('custodyCopy')
  const [kind, setKind] = useState<Kind>(KINDS.find((one) => one === exhibit.kind) ?? 'file')
  const [written, setWritten] = useState<Readonly<Record<string, string>>>({
    title: say('custody.copy-of', { title: exhibit.title }),
    tool: exhibit.tool?.name ?? '',
    version: exhibit.tool?.version ?? '',
    authority: exhibit.authority,
  })
  const { there, here } = sending
  const isSame = there !== null && there.sha256 === here
  const value = (name: string) => written[name]?.trim() ?? ''
  const bind = (name: string) => ({
    id: `${form}-${name}`,
    value: written[name] ?? '',
    wrong: wrongOf(`${form}-${name}`),
    onChange: (event: { readonly target: { readonly value: string } }) =>
      setWritten({ ...written, [name]: event.target.value }),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const needed = [
      ['title', say('intake.exhibit-title')],
      ['method', say('custody.copy-method')],
      ['tool', say('custody.tool')],
      ['version', say('custody.tool-version')],
      ['authority', say('custody.authority')],
      ['place', say('custody.place')],
    ] as const
    if (!isRight(needed.map(([name, label]) => [`${form}-${name}`, label, value(name)])) || !isSame) return
    copy.mutate(
      {
        ...{ caseId, exhibitId: exhibit.id, kind, title: value('title'), method: value('method') },
        ...{ authority: value('authority'), place: value('place'), uploadId: there.uploadId, fileName: file.name },
        ...mediaTypeOf(file.type),
        tool: { name: value('tool'), version: value('version') },
        ...(value('competence') === '' ? {} : { competence: value('competence') }),
      },
      {
        onSuccess: ({ copy: { exhibitId } }) => {
          onClose()
          void navigate({ to: `/cases/${caseId}/evidence/${exhibitId}` as never })
        },
      },
    )
  }
  return (
    <form noValidate onSubmit={submit}>
      <FileState file={file} sending={sending} />
      <ErrorSummary errors={errors} />
      <TextField label={say('intake.exhibit-title')} maxLength={200} {...bind('title')} />
      <Select label={say('intake.exhibit-kind')} value={kind} onChange={({ target }) => setKind(target.value as Kind)}>
        {KINDS.map((one) => (
          <option key={one} value={one}>
            {say(`intake.kind.${one}`)}
          </option>
        ))}
      </Select>
      <TextArea label={say('custody.copy-method')} hint={say('custody.copy-method-hint')} {...bind('method')} />
      <div className="fields-2">
        <TextField label={say('custody.tool')} {...bind('tool')} />
        <TextField label={say('custody.tool-version')} dir="ltr" {...bind('version')} />
      </div>
      <TextField label={say('custody.authority')} hint={say('custody.authority-hint')} {...bind('authority')} />
      <TextField label={say('custody.place')} {...bind('place')} />
      <TextField
        label={say('cases.optional', { label: say('intake.competence') })}
        hint={say('intake.competence-hint')}
        {...bind('competence')}
      />
      <Trouble error={copy.error} />
      <div className="row">
        <Button type="submit" isBusy={copy.isPending} isDisabled={!isSame}>
          {say('custody.do.copy')}
        </Button>
        <Button kind="quiet" onPress={() => void sending.giveUp().then(onClose, () => undefined)}>
          {say('dialog.cancel')}
        </Button>
      </div>
    </form>
  )
}

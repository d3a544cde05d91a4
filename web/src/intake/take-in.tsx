/** A file of others into the case: it is an exhibit first; then what it would add is shown; only then it is taken in. */
import { useState } from 'react'
import { type ListedExhibit, useExhibits } from '../evidence/exhibits.ts'
import { useSay } from '../shared/language/speak.tsx'
import { Select } from '../shared/ui/fields.tsx'
import { Button, Note, Sheet, Shown } from '../shared/ui/parts.tsx'
import { ExhibitForm } from './exhibit-form.tsx'
import { FilePick } from './file-pick.tsx'
import { type Format, formatByName, formatInFile, formats, MOST_INTAKE_BYTES } from './format-in-file.ts'
import { TakeInAhead } from './take-in-ahead.tsx'

type Begun = { readonly file: File; readonly format: Format | null }

export function TakeIn({ caseId }: { readonly caseId: string }) {
  const say = useSay()
  const [begun, setBegun] = useState<Begun | null>(null)
  const [isTooLarge, setTooLarge] = useState(false)
  const [exhibitId, setExhibitId] = useState('')
  const [format, setFormat] = useState<Format | ''>('')
  const begin = async (file: File | undefined) => {
    setTooLarge((file?.size ?? 0) > MOST_INTAKE_BYTES)
    if (!file || file.size > MOST_INTAKE_BYTES) return
    const found = formatInFile(await file.text())
    setExhibitId('')
    setFormat(found ?? '')
    setBegun({ file, format: found })
  }
  return (
    <Sheet title={say('takein.title')}>
      <p>{say('takein.text')}</p>
      <FilePick
        label={say('takein.pick')}
        hint={say('takein.pick-hint')}
        accept=".json,.jsonld,.ijson,application/json"
        onFiles={([file]) => void begin(file)}
      />
      {isTooLarge && <Note kind="bad">{say('takein.too-large')}</Note>}
      {begun && exhibitId === '' && (
        <>
          <Note kind={begun.format === null ? 'warn' : 'plain'}>
            <p>
              {begun.format === null
                ? say('takein.unknown')
                : say('takein.found', { format: say(`handout.format.${begun.format}`) })}
            </p>
            <p>{say('takein.exhibit-first')}</p>
          </Note>
          <ExhibitForm
            key={`${begun.file.name} ${begun.file.lastModified} ${begun.file.size}`}
            caseId={caseId}
            file={begun.file}
            onAdded={setExhibitId}
            onGone={() => setBegun(null)}
          />
        </>
      )}
      <Chosen
        caseId={caseId}
        exhibitId={exhibitId}
        format={format}
        onExhibit={(id, name) => {
          setBegun(null)
          setExhibitId(id)
          setFormat((name === null ? null : formatByName(name)) ?? '')
        }}
        onFormat={setFormat}
      />
      {exhibitId !== '' && format !== '' && (
        <TakeInAhead key={`${exhibitId} ${format}`} caseId={caseId} exhibitId={exhibitId} format={format} />
      )}
      {exhibitId !== '' && (
        <p>
          <Button
            kind="quiet"
            onPress={() => {
              setExhibitId('')
              setBegun(null)
            }}
          >
            {say('takein.another')}
          </Button>
        </p>
      )}
    </Sheet>
  )
}

function nameOf(exhibit: ListedExhibit | undefined): string | null {
  return exhibit?.fileName ?? exhibit?.title ?? null
}

/** An exhibit that is in the case already, and the format in which it is read. */
function Chosen({
  caseId,
  exhibitId,
  format,
  onExhibit,
  onFormat,
}: {
  readonly caseId: string
  readonly exhibitId: string
  readonly format: Format | ''
  readonly onExhibit: (id: string, name: string | null) => void
  readonly onFormat: (format: Format | '') => void
}) {
  const say = useSay()
  const read = useExhibits(caseId)
  return (
    <Shown read={read}>
      {(all) => {
        const files = all.filter(({ vaultObject, kind }) => vaultObject !== null && kind !== 'trace-record')
        if (files.length === 0) return null
        return (
          <div className="fields-2">
            <Select
              label={say('takein.exhibit')}
              value={exhibitId}
              onChange={({ target }) => onExhibit(target.value, nameOf(files.find(({ id }) => id === target.value)))}
            >
              <option value="">{say('field.choose')}</option>
              {files.map(({ id, number, title }) => (
                <option key={id} value={id}>
                  {number}: {title}
                </option>
              ))}
            </Select>
            {exhibitId !== '' && (
              <Select
                label={say('takein.format')}
                value={format}
                onChange={({ target }) => onFormat(target.value as Format)}
              >
                <option value="">{say('field.choose')}</option>
                {formats.map((one) => (
                  <option key={one} value={one}>
                    {say(`handout.format.${one}`)}
                  </option>
                ))}
              </Select>
            )}
          </div>
        )
      }}
    </Shown>
  )
}

/** The form exactly as its instrument has it: its sections under their letters, its fields in their order. */
import { useCallback } from 'react'
import { useSpeech } from '../shared/language/speak.tsx'
import type { Form } from '../shared/law.ts'
import { Button, Status } from '../shared/ui/parts.tsx'
import { isMirrored } from './first-draft.ts'
import { FormField } from './form-field.tsx'
import {
  blocksOf,
  type FormData,
  isShown,
  type PlacedField,
  progressOf,
  type Value,
  withoutEntry,
} from './form-paths.ts'

type Props = {
  readonly form: Form
  readonly data: FormData
  readonly wrong: ReadonlyMap<string, string>
  readonly onChange: (how: (before: FormData) => FormData) => void
}

export function FormSections({ form, data, wrong, onChange }: Props) {
  const { say } = useSpeech()
  const set = useCallback(
    (path: string, value: Value) => onChange((before) => ({ ...before, [path]: value })),
    [onChange],
  )
  const field = (one: PlacedField, beside: readonly PlacedField[]) =>
    isMirrored(one.at) ? (
      <p key={one.at} className="soft">
        {say('request.from-above', { label: one.label })}
      </p>
    ) : (
      isShown(one, beside, data) && (
        <FormField key={one.at} field={one} value={data[one.at]} wrong={wrong.get(one.at)} onChange={set} />
      )
    )
  return (
    <>
      {form.sections.map((section) => {
        const blocks = blocksOf(section.fields, data)
        const loose = blocks.flatMap((block) => (block.kind === 'field' ? [block.field] : []))
        const { filled, needed } = progressOf(section.fields, data)
        return (
          <section
            className="sheet"
            key={section.id}
            id={`section-${section.id}`}
            aria-labelledby={`head-${section.id}`}
          >
            <div className="row spread">
              <h2 id={`head-${section.id}`}>
                <span className="letter-mark">{section.id}</span> {section.label}
              </h2>
              <Status kind={filled === needed ? 'done' : 'open'}>
                {needed === 0 ? say('request.nothing-needed') : say('request.progress', { filled, needed })}
              </Status>
            </div>
            {blocks.map((block) =>
              block.kind === 'field' ? (
                field(block.field, loose)
              ) : (
                <Entries
                  key={block.list}
                  list={block.list}
                  what={section.fields.find(({ path }) => path.startsWith(`${block.list}[]`))?.label ?? block.list}
                  entries={block.entries}
                  draw={field}
                  onAdd={() => addEntry(block.list, block.entries.length, section.fields)}
                  onRemove={(index) => onChange((before) => withoutEntry(block.list, index, before))}
                />
              ),
            )}
          </section>
        )
      })}
    </>
  )

  /** An entry is there as soon as one of its fields has a value, be it empty. */
  function addEntry(list: string, index: number, fields: Form['sections'][number]['fields']) {
    const first = fields.find(({ path }) => path.startsWith(`${list}[].`))
    if (first) onChange((before) => ({ ...before, [first.path.replace(`${list}[]`, `${list}[${index}]`)]: '' }))
  }
}

function Entries({
  list,
  what,
  entries,
  draw,
  onAdd,
  onRemove,
}: {
  readonly list: string
  readonly what: string
  readonly entries: readonly (readonly PlacedField[])[]
  readonly draw: (field: PlacedField, beside: readonly PlacedField[]) => React.ReactNode
  readonly onAdd: () => void
  readonly onRemove: (index: number) => void
}) {
  const { say } = useSpeech()
  return (
    <>
      {entries.map((fields, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an entry is its number in the form
        <fieldset className="entry" key={`${list}[${index}]`}>
          <legend>{say('request.entry', { number: index + 1 })}</legend>
          {fields.map((one) => draw(one, fields))}
          {(entries.length > 1 || !fields.some(({ entryNeeded }) => entryNeeded)) && (
            <Button kind="quiet" onPress={() => onRemove(index)}>
              {say('request.entry-remove', { number: index + 1 })}
            </Button>
          )}
        </fieldset>
      ))}
      <p>
        <Button kind="second" onPress={onAdd}>
          {entries.length === 0 ? say('request.entry-first', { what }) : say('request.entry-add')}
        </Button>
      </p>
    </>
  )
}

/** Fields for any message of the exchange, from the schema of its type. Names and hints of members are those of the format, in the language of the user. */
import { createContext, useContext } from 'react'
import { useSpeech } from '../shared/language/speak.tsx'
import { useCodes } from '../shared/law.ts'
import { Phrase, usePhrases } from '../shared/phrases/use-phrases.tsx'
import { Checkbox, Select, TextArea, TextField } from '../shared/ui/fields.tsx'
import { Button } from '../shared/ui/parts.tsx'
import { memberWords } from './asked.tsx'
import { emptyOf, type Schema, unwrapped } from './form-value.ts'
import { type Frame, ListedField } from './listed-field.tsx'
import type { Json, Members } from './message-parts.ts'
import { listedOf } from './what-is-listed.ts'

export type FormState = {
  readonly wrongs: ReadonlyMap<string, string>
  readonly set: (path: readonly string[], next: Json) => void
  /** The case that it is about: its messages, exhibits and traces can be chosen. */
  readonly caseId: string | null
}
export const FormContext = createContext<FormState>({ wrongs: new Map(), set: () => {}, caseId: null })

const LONG = 400
const HEX64 = '^[0-9a-f]{64}$'

export const fieldId = (path: readonly string[]) => `f-${path.join('-')}`

type Place = { readonly schema: Schema; readonly value: Json; readonly path: readonly string[] }

function useLabel(path: readonly string[]) {
  const { say, knows } = useSpeech()
  const name = path.findLast((one) => !/^\d+$/.test(one)) ?? ''
  const id = `inbox.field.${name}`
  const phrases = usePhrases('exchange')
  return knows(id) ? say(id) : (phrases(`member ${name}`) ?? capital(memberWords(name)))
}

/** A word of the format that may be chosen, or a code of the packs of law. */
function useChoice(): (code: string) => string {
  const phrases = usePhrases('exchange')
  const codes = useCodes()
  return (code) =>
    phrases(`code ${code}`) ?? (/^[a-z+-]+$/.test(code) ? capital(code.replaceAll('-', ' ')) : codes.name(code))
}
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

export function SchemaField({ schema: given, value, path }: Place) {
  const { schema, isNullable } = unwrapped(given)
  if (schema.properties) return <ObjectField schema={schema} value={value} path={path} isNullable={isNullable} />
  if (schema.type === 'array') return <ListField schema={schema} value={value} path={path} />
  return <OneField schema={schema} value={value} path={path} isNullable={isNullable} />
}

function OneField({ schema, value, path, isNullable }: Place & { readonly isNullable: boolean }) {
  const { say } = useSpeech()
  const phrases = usePhrases('exchange')
  const choice = useChoice()
  const { wrongs, set, caseId } = useContext(FormContext)
  const name = useLabel(path)
  const hint = schema.description === undefined ? undefined : (phrases(schema.description) ?? schema.description)
  const label = isNullable ? say('inbox.form.optional', { name }) : name
  const frame = { id: fieldId(path), label, hint, wrong: wrongs.get(path.join('.')) }
  const text = value === null ? '' : String(value)
  const put = (next: string) => set(path, next === '' && isNullable ? null : next)
  const change = (event: { target: { value: string } }) => put(event.target.value)
  if (schema.type === 'boolean')
    return (
      <Checkbox label={hint ?? name} checked={value === true} onChange={(event) => set(path, event.target.checked)} />
    )
  const options = schema.enum ?? schema.anyOf?.map((one) => String(one.const))
  if (options)
    return (
      <Select {...frame} value={text} onChange={change}>
        <option value="">{say('inbox.choose')}</option>
        {options.map((one) => (
          <option key={one} value={one}>
            {choice(one)}
          </option>
        ))}
      </Select>
    )
  if (schema.format === 'date-time' || /T\[0-9\]\{2\}|T\\d/.test(schema.pattern ?? ''))
    return (
      <TextField
        {...frame}
        hint={`${hint ?? ''} ${say('inbox.utc')}`}
        type="datetime-local"
        value={text.slice(0, 16)}
        onChange={(event) =>
          set(
            path,
            event.target.value === '' ? (isNullable ? null : '') : new Date(`${event.target.value}Z`).toISOString(),
          )
        }
      />
    )
  if (schema.format === 'date') return <TextField {...frame} type="date" value={text} onChange={change} />
  if (schema.type === 'integer')
    return <TextField {...frame} inputMode="numeric" dir="ltr" value={text} onChange={change} />
  const typed = (into: Frame) =>
    schema.pattern === HEX64 ? (
      <DigestField frame={into} text={text} path={path} />
    ) : (
      <TextField {...into} value={text} onChange={change} />
    )
  const listed = listedOf(schema)
  if (listed) return <ListedField {...{ listed, frame, text, caseId, typed }} onChange={put} />
  if (schema.pattern === HEX64) return typed(frame)
  if ((schema.maxLength ?? 0) > LONG) return <TextArea {...frame} rows={3} value={text} onChange={change} />
  return typed(frame)
}

/** The digest of a file is never typed: it is computed here over the file that it is of. */
function DigestField({
  frame,
  text,
  path,
}: {
  readonly frame: Frame
  readonly text: string
  readonly path: readonly string[]
}) {
  const { say } = useSpeech()
  const { set } = useContext(FormContext)
  const take = async (file: File | undefined) => {
    if (!file) return
    const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()))
    set(path, [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(''))
  }
  return (
    <>
      <TextField {...frame} dir="ltr" value={text} onChange={(event) => set(path, event.target.value.trim())} />
      <div className="field">
        <label htmlFor={`${frame.id}-file`}>{say('inbox.form.digest-of')}</label>
        <input id={`${frame.id}-file`} type="file" onChange={(event) => void take(event.target.files?.[0])} />
      </div>
    </>
  )
}

function ObjectField({ schema, value, path, isNullable }: Place & { readonly isNullable: boolean }) {
  const { say } = useSpeech()
  const { set } = useContext(FormContext)
  const name = useLabel(path)
  if (value === null)
    return (
      <p>
        <Button kind="quiet" onPress={() => set(path, emptyOf({ ...schema, anyOf: undefined as never }))}>
          {say('inbox.form.state', { name })}
        </Button>
      </p>
    )
  return (
    <fieldset className="nested">
      <legend>{name}</legend>
      {schema.description && schema.description !== '' && (
        <p className="hint">
          <Phrase topic="exchange" text={schema.description} />
        </p>
      )}
      {Object.entries(schema.properties ?? {}).map(([one, inner]) => (
        <SchemaField key={one} schema={inner} value={(value as Members)[one] ?? null} path={[...path, one]} />
      ))}
      {isNullable && (
        <Button kind="quiet" onPress={() => set(path, null)}>
          {say('inbox.form.leave-out', { name })}
        </Button>
      )}
    </fieldset>
  )
}

function ListField({ schema, value, path }: Place) {
  const { say } = useSpeech()
  const { set, wrongs } = useContext(FormContext)
  const name = useLabel(path)
  const items = Array.isArray(value) ? (value as readonly Json[]) : []
  const wrong = wrongs.get(path.join('.'))
  return (
    <fieldset className="nested" id={fieldId(path)} tabIndex={-1}>
      <legend>{name}</legend>
      {schema.description && (
        <p className="hint">
          <Phrase topic="exchange" text={schema.description} />
        </p>
      )}
      {wrong !== undefined && <p className="wrong">{wrong}</p>}
      {items.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the items of a list have no other name
        <div key={at}>
          <SchemaField schema={schema.items ?? {}} value={one} path={[...path, String(at)]} />
          <Button
            kind="quiet"
            label={say('inbox.form.remove-which', { number: at + 1, name })}
            onPress={() =>
              set(
                path,
                items.filter((_, place) => place !== at),
              )
            }
          >
            {say('inbox.form.remove')}
          </Button>
        </div>
      ))}
      {items.length < (schema.maxItems ?? Number.POSITIVE_INFINITY) && (
        <Button
          kind="second"
          label={say('inbox.form.add-to', { name })}
          onPress={() => set(path, [...items, emptyOf(schema.items ?? {})])}
        >
          {say('inbox.form.add')}
        </Button>
      )}
    </fieldset>
  )
}

/** The body of a message as a form, with what it lacks at its top. What was written is kept in this browser until it is saved. */
import { useState } from 'react'
import { useSpeech } from '../shared/language/speak.tsx'
import { ErrorSummary } from '../shared/ui/fields.tsx'
import { Button, Note } from '../shared/ui/parts.tsx'
import { memberWords } from './asked.tsx'
import { finished, lacksOf, type Schema, withValue } from './form-value.ts'
import { useKept } from './kept.ts'
import type { Json, Members } from './message-parts.ts'
import { FormContext, fieldId, SchemaField } from './schema-form.tsx'

export function BodyForm({
  schema,
  first,
  keptAs,
  submit,
  isBusy,
  onSubmit,
  only,
  caseId,
}: {
  readonly caseId: string
  readonly schema: Schema
  readonly first: Members
  /** Under which name it is kept here. */
  readonly keptAs: string
  readonly submit: string
  readonly isBusy: boolean
  readonly onSubmit: (body: Members) => void
  /** Members that are asked here; the rest the node knows. */
  readonly only?: readonly string[]
}) {
  const { say, knows } = useSpeech()
  const { value, setValue, wasKept } = useKept<Members>(keptAs, first)
  const [wrongs, setWrongs] = useState<ReadonlyMap<string, string>>(new Map())
  const shown = only
    ? {
        ...schema,
        properties: Object.fromEntries(Object.entries(schema.properties ?? {}).filter(([name]) => only.includes(name))),
      }
    : schema
  const check = () => {
    const lacks = lacksOf(shown, value)
    setWrongs(
      new Map(
        lacks.map(({ path, why }) => {
          const name = path.split('.').findLast((one) => !/^\d+$/.test(one)) ?? ''
          const id = `inbox.field.${name}`
          return [path, say(`inbox.form.${why}`, { name: knows(id) ? say(id) : memberWords(name) })]
        }),
      ),
    )
    if (lacks.length === 0) onSubmit(finished(shown, value) as Members)
  }
  return (
    <FormContext
      value={{ wrongs, caseId, set: (path, next) => setValue((before) => withValue(before, path, next) as Members) }}
    >
      <form
        className="form-wide"
        onSubmit={(event) => {
          event.preventDefault()
          check()
        }}
      >
        {wasKept && (
          <Note>
            {say('inbox.form.restored')}{' '}
            <Button kind="quiet" onPress={() => setValue(first)}>
              {say('inbox.form.anew')}
            </Button>
          </Note>
        )}
        <ErrorSummary errors={[...wrongs].map(([path, text]) => ({ id: fieldId(path.split('.')), text }))} />
        {Object.entries(shown.properties ?? {}).map(([name, one]) => (
          <SchemaField key={name} schema={one} value={(value[name] ?? null) as Json} path={[name]} />
        ))}
        <Button type="submit" isBusy={isBusy}>
          {submit}
        </Button>
      </form>
    </FormContext>
  )
}

/** Opens a case: what it is called and what it serves; everything else can come later. */
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { type InputOf, useAct, useRead } from '../shared/node/node.tsx'
import { CountrySelect } from '../shared/ui/country-select.tsx'
import { useDraft } from '../shared/ui/draft.ts'
import { Checkbox, ErrorSummary, TextArea, TextField } from '../shared/ui/fields.tsx'
import { Button, Note, PageHead, Sheet, Trouble } from '../shared/ui/parts.tsx'
import { countryName } from '../shared/ui/values.tsx'
import { Why } from '../shared/ui/why.tsx'
import './intake.css'

const PURPOSES = ['criminal-proceedings', 'asset-recovery', 'financial-intelligence', 'administrative'] as const
type Purpose = InputOf<'caseOpen'>['purposes'][number]

type Opening = {
  readonly title: string
  readonly reference: string
  readonly summary: string
  readonly partners: readonly string[]
  readonly purposes: readonly Purpose[] | null
}
const EMPTY: Opening = { title: '', reference: '', summary: '', partners: [], purposes: null }

export function Screen() {
  const { say, locale } = useSpeech()
  const navigate = useNavigate()
  const session = useRead('sessionRead', {}).data?.session ?? null
  const open = useAct('caseOpen')
  const { value, set, isRestored, forget } = useDraft<Opening>('new-case', EMPTY)
  const [errors, setErrors] = useState<readonly { id: string; text: string }[]>([])
  const isExercise = session?.purpose === 'exercise'
  // A case serves what its opener is working for, unless they say otherwise.
  const purposes: readonly Purpose[] = isExercise
    ? ['exercise']
    : (value.purposes ?? (session ? [session.purpose] : []))
  const isHidden = session !== null && !purposes.includes(session.purpose)

  const send = () => {
    const wrong = [
      ...(value.title.trim() === '' ? [{ id: 'case-title', text: missing('cases.field.title') }] : []),
      ...(purposes.length === 0 ? [{ id: 'case-purposes', text: missing('cases.purposes') }] : []),
    ]
    setErrors(wrong)
    if (wrong.length > 0) return
    open.mutate(
      {
        ...{ title: value.title.trim(), purposes, training: isExercise, partners: value.partners },
        kind: value.partners.length > 0 ? 'joint' : 'local',
        ...(value.reference.trim() === '' ? {} : { reference: value.reference.trim() }),
        ...(value.summary.trim() === '' ? {} : { summary: value.summary.trim() }),
      },
      {
        onSuccess: ({ id }) => {
          forget()
          void navigate({ to: `/cases/${id}/intake` })
        },
      },
    )
  }
  const missing = (field: 'cases.field.title' | 'cases.purposes') => say('cases.missing', { field: say(field) })
  const wrongOf = (id: string) => errors.find((one) => one.id === id)?.text

  return (
    <>
      <PageHead title={say('intake.new')} />
      <Sheet>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            send()
          }}
        >
          <ErrorSummary errors={errors} />
          {isExercise && <Note kind="warn">{say('intake.new-exercise')}</Note>}
          {isRestored && <Restored onForget={forget} />}
          <TextField
            id="case-title"
            label={say('cases.field.title')}
            hint={say('intake.title-hint')}
            wrong={wrongOf('case-title')}
            value={value.title}
            maxLength={200}
            onChange={(event) => set({ ...value, title: event.target.value })}
          />
          <TextField
            label={say('cases.optional', { label: say('cases.field.reference') })}
            value={value.reference}
            maxLength={80}
            onChange={(event) => set({ ...value, reference: event.target.value })}
          />
          <TextArea
            label={say('cases.optional', { label: say('cases.field.summary') })}
            value={value.summary}
            onChange={(event) => set({ ...value, summary: event.target.value })}
          />
          {!isExercise && (
            <fieldset id="case-purposes" tabIndex={-1}>
              <legend>{say('cases.purposes')}</legend>
              {wrongOf('case-purposes') && <p className="wrong">{wrongOf('case-purposes')}</p>}
              {PURPOSES.map((purpose) => (
                <Checkbox
                  key={purpose}
                  label={say(`cases.purpose.${purpose}`)}
                  checked={purposes.includes(purpose)}
                  onChange={(event) =>
                    set({
                      ...value,
                      purposes: event.target.checked
                        ? [...purposes, purpose]
                        : purposes.filter((other) => other !== purpose),
                    })
                  }
                />
              ))}
              <Why
                about={say('cases.purposes')}
                text={say('cases.why.purpose')}
                cite="Directive (EU) 2016/680, art. 4(2)"
              />
              {isHidden && purposes.length > 0 && <Note kind="warn">{say('intake.hidden-from-you')}</Note>}
            </fieldset>
          )}
          <CountrySelect
            label={say('cases.optional', { label: say('intake.partners') })}
            hint={say('intake.partners-hint')}
            value=""
            onChange={(code) => code && set({ ...value, partners: [...new Set([...value.partners, code])] })}
          />
          {value.partners.map((code) => (
            <Button
              key={code}
              kind="quiet"
              label={say('intake.partner-remove', { country: countryName(code, locale) })}
              onPress={() => set({ ...value, partners: value.partners.filter((other) => other !== code) })}
            >
              {countryName(code, locale)} ✕
            </Button>
          ))}
          <Trouble error={open.error} />
          <p>
            <Button type="submit" isBusy={open.isPending}>
              {say('intake.open')}
            </Button>
          </p>
        </form>
      </Sheet>
    </>
  )
}

function Restored({ onForget }: { readonly onForget: () => void }) {
  const say = useSay()
  return (
    <Note>
      <p>{say('cases.restored')}</p>
      <Button kind="quiet" onPress={onForget}>
        {say('cases.restored-forget')}
      </Button>
    </Note>
  )
}

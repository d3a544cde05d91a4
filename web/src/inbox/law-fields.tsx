/** The law on which a message stands, and why it cannot wait. */
import { useSpeech } from '../shared/language/speak.tsx'
import { useRead } from '../shared/node/node.tsx'
import { Select, TextArea, TextField } from '../shared/ui/fields.tsx'
import { useCodeWords } from './names.tsx'

export type Law = {
  readonly instrument: string
  readonly article: string
  readonly packVersion: string
  readonly urgency: string
  readonly ground: string
  readonly text: string
}
export const emptyLaw: Law = { instrument: '', article: '', packVersion: '', urgency: '', ground: '', text: '' }

const urgencies = [
  'IMMINENT_DISSIPATION',
  'INVESTIGATIVE_NEED',
  'DATE_OR_COORDINATION',
  'LIFE_SAFETY',
  'DATA_LOSS',
  'CRIMINAL_STOP_PAYMENT',
] as const

export function headerOf({ instrument, article, packVersion, urgency, ground, text }: Law) {
  return {
    ...(instrument === '' ? {} : { instrument: { id: instrument, article, packVersion } }),
    ...(urgency === '' ? {} : { urgency: { code: urgency, ground, text } }),
  }
}

export function LawFields({ law, onChange }: { readonly law: Law; readonly onChange: (law: Law) => void }) {
  const { say, language } = useSpeech()
  const words = useCodeWords()
  const packs = useRead('legalInstruments', { language: language.id })
  const set = (change: Partial<Law>) => onChange({ ...law, ...change })
  return (
    <>
      <Select
        label={say('inbox.law.instrument')}
        value={law.instrument}
        onChange={(event) => {
          const pack = packs.data?.find(({ id }) => id === event.target.value)
          set({ instrument: event.target.value, packVersion: pack?.version ?? '' })
        }}
      >
        <option value="">{say('inbox.law.none')}</option>
        {packs.data?.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </Select>
      {law.instrument !== '' && (
        <TextField
          label={say('inbox.law.article')}
          value={law.article}
          required
          dir="ltr"
          onChange={(event) => set({ article: event.target.value })}
        />
      )}
      <Select
        label={say('inbox.law.urgency')}
        value={law.urgency}
        onChange={(event) => set({ urgency: event.target.value })}
      >
        <option value="">{say('inbox.law.not-urgent')}</option>
        {urgencies.map((one) => (
          <option key={one} value={one}>
            {words('urgency', one)}
          </option>
        ))}
      </Select>
      {law.urgency !== '' && (
        <>
          <TextField
            label={say('inbox.law.ground')}
            hint={say('inbox.law.ground-hint')}
            value={law.ground}
            required
            onChange={(event) => set({ ground: event.target.value })}
          />
          <TextArea
            label={say('inbox.law.text')}
            value={law.text}
            required
            rows={2}
            onChange={(event) => set({ text: event.target.value })}
          />
        </>
      )}
    </>
  )
}

/** Which record of the case is released: an exhibit, a statement, a trace, a request, each by what people know it by. */
import { useStatements } from '../address/find-address.ts'
import { titleOf } from '../cases/use-case-parts.ts'
import { useExhibits } from '../evidence/exhibits.ts'
import { useSpeech } from '../shared/language/speak.tsx'
import { useCodes } from '../shared/law.ts'
import { useAll } from '../shared/node/node.tsx'
import { Select, TextArea } from '../shared/ui/fields.tsx'
import { instantText, ownZone } from '../shared/ui/values.tsx'

export type Released = { readonly id: string; readonly says: string }

type Props = {
  readonly kind: 'exhibit' | 'statement' | 'trace' | 'request'
  readonly caseId: string
  readonly value: Released
  readonly wrong: string | undefined
  readonly onChange: (value: Released) => void
}

export function RecordChoice({ kind, caseId, value, wrong, onChange }: Props) {
  const { say } = useSpeech()
  const options = useOptions(kind, caseId)
  return (
    <>
      <Select
        id="release-record"
        label={say('joint.release-which')}
        hint={options?.length === 0 ? say('joint.release-none') : say('joint.release-which-hint')}
        wrong={wrong}
        value={value.id}
        onChange={(event) => onChange({ ...value, id: event.target.value })}
      >
        <option value="">{say('field.choose')}</option>
        {options?.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      {kind === 'exhibit' && (
        <TextArea
          label={say('cases.optional', { label: say('joint.release-says') })}
          hint={say('joint.release-says-hint')}
          rows={2}
          value={value.says}
          onChange={(event) => onChange({ ...value, says: event.target.value })}
        />
      )}
    </>
  )
}

/** `null` as long as they are read. */
function useOptions(kind: Props['kind'], caseId: string): readonly { id: string; name: string }[] | null {
  const { say, locale } = useSpeech()
  const codes = useCodes()
  const exhibits = useExhibits(caseId)
  const statements = useStatements(kind === 'statement' ? caseId : null)
  const traces = useAll('traceList', kind === 'trace' ? { caseId } : null)
  const requests = useAll('requestList', kind === 'request' ? { caseId } : null)
  switch (kind) {
    case 'exhibit':
      return exhibits.data?.map(({ id, number, title }) => ({ id, name: `${number}: ${title}` })) ?? null
    case 'statement':
      return (
        statements.data
          ?.filter(({ retracted }) => retracted === null)
          .map(({ id, subject, claim }) => ({ id, name: `${subject.value}: ${claim}` })) ?? null
      )
    case 'trace':
      return (
        traces.data?.items.map(({ id, rule, at }) => ({
          id,
          name: `${say('cases.trace-by', { rule: rule.toUpperCase() })}, ${instantText(new Date(at), ownZone(), locale)}`,
        })) ?? null
      )
    case 'request':
      return (
        requests.data?.items.map((one) => ({
          id: one.id,
          name: `${codes.name(one.request.content.measure)}: ${titleOf(one)}`,
        })) ?? null
      )
  }
}

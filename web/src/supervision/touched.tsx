/** What of the case a dispute touches: exhibits, statements, traces, requests and what is shared in joint cases, each by what people know it by. */
import { useQueries } from '@tanstack/react-query'
import { useStatements } from '../address/find-address.ts'
import { titleOf } from '../cases/use-case-parts.ts'
import { useExhibits } from '../evidence/exhibits.ts'
import type { SharedObject } from '../joint/joint-parts.ts'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { useCodes } from '../shared/law.ts'
import { ask, type InputOf, useAll, useRead } from '../shared/node/node.tsx'
import { instantText, ownZone } from '../shared/ui/values.tsx'
import { Choices, traceName } from './said-parts.tsx'

export type Touches = InputOf<'disputeRaise'>['touches']

export function TouchedChoice({
  caseId,
  touches,
  onChange,
}: {
  readonly caseId: string
  readonly touches: Touches
  readonly onChange: (touches: Touches) => void
}) {
  const say = useSay()
  const options = useTouchable(caseId)
  const idOf = ({ kind, id }: Touches[number]) => `${kind} ${id}`
  if (options.length === 0) return null
  return (
    <details>
      <summary>{say('supervision.dispute.touches', { count: touches.length })}</summary>
      <Choices
        legend={say('supervision.dispute.touches-legend')}
        hint={say('supervision.dispute.touches-hint')}
        of={options.map(({ about, name }) => ({ id: idOf(about), name }))}
        chosen={touches.map(idOf)}
        onChange={(chosen) => onChange(options.flatMap(({ about }) => (chosen.includes(idOf(about)) ? [about] : [])))}
      />
    </details>
  )
}

function useTouchable(caseId: string): readonly { readonly about: Touches[number]; readonly name: string }[] {
  const { say, locale } = useSpeech()
  const codes = useCodes()
  const exhibits = useExhibits(caseId).data ?? []
  const statements = useStatements(caseId).data ?? []
  const traces = useAll('traceList', { caseId }).data?.items ?? []
  const requests = useAll('requestList', { caseId }).data?.items ?? []
  const joints = useRead('jointList', { caseId }).data ?? []
  const shared = useQueries({
    queries: joints.map(({ id }) => ({
      queryKey: ['jointObjects', { id }],
      queryFn: () => ask('jointObjects', { id }),
    })),
  }).flatMap(({ data }) => (data ?? []) as readonly SharedObject[])
  const named = (kind: Touches[number]['kind'], id: string, name: string) => ({
    about: { kind, id },
    name: `${say(`supervision.about.${kind}`)}: ${name}`,
  })
  return [
    ...requests.map((one) => named('request', one.id, `${codes.name(one.request.content.measure)}, ${titleOf(one)}`)),
    ...exhibits.map(({ id, number, title }) => named('exhibit', id, `${number}, ${title}`)),
    ...statements
      .filter(({ retracted }) => retracted === null)
      .map(({ id, subject, claim }) => named('statement', id, `${subject.value}, ${claim}`)),
    ...traces.map((one) => named('trace', one.id, traceName(one, locale))),
    ...shared.map(({ id, said }) =>
      named(
        'joint-object',
        id,
        [said.content && nameOf(said.content), instantText(new Date(said.at), ownZone(), locale)]
          .filter(Boolean)
          .join(', '),
      ),
    ),
  ]
}

function nameOf(content: NonNullable<SharedObject['said']['content']>): string {
  switch (content.kind) {
    case 'document':
    case 'meeting':
      return content.title
    case 'holding':
      return content.where
    case 'request':
      return content.to
    case 'task':
      return content.what
    case 'trace':
      return content.rule.toUpperCase()
    default:
      return ''
  }
}

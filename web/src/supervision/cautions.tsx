/** That a record is recalled or in dispute, wherever the record is shown: the words of it, and the way to what can be done. */
import { Link } from '@tanstack/react-router'
import { MemberName } from '../inbox/names.tsx'
import { useSay } from '../shared/language/speak.tsx'
import { useRead } from '../shared/node/node.tsx'
import { Note } from '../shared/ui/parts.tsx'
import { Words } from '../shared/ui/values.tsx'
import type { Matter } from './matter.ts'
import { type About, AboutLink } from './said-parts.tsx'
import { ofKind, useMatters } from './use-matters.ts'

export function Cautions({ caseId, about }: { readonly caseId: string; readonly about: About }) {
  const say = useSay()
  // Everybody who reads the case sees the caution; its words, those who write to other agencies.
  const cautions = useRead('supervisionList', { caseId, kind: 'caution' }).data as readonly Matter[] | undefined
  const { data: matters = [], isAsked } = useMatters(caseId)
  const open = ofKind(cautions ?? [], 'caution').filter(
    ({ says }) => says.state === 'open' && says.about.kind === about.kind && says.about.id === about.id,
  )
  if (open.length === 0) return null
  return (
    <Note kind="warn">
      {open.map((one) => (
        <CautionText key={one.id} one={one} by={matters.find(({ id }) => id === one.says.by.id)} />
      ))}
      {isAsked && (
        <p>
          <Link to={`/cases/${caseId}/messages/after` as string}>{say('supervision.caution.see')}</Link>
        </p>
      )}
    </Note>
  )
}

function CautionText({ one, by }: { readonly one: Matter<'caution'>; readonly by: Matter | undefined }) {
  const say = useSay()
  const text = by?.kind === 'recall-notice' ? by.says.text : by?.kind === 'dispute' ? by.says.words[0]?.text : undefined
  return (
    <>
      <p>
        <strong>{say(`supervision.caution.${one.says.why}`)}</strong> <MemberName id={one.says.from} />
      </p>
      {text !== undefined && (
        <p>
          <Words>{text}</Words>
        </p>
      )}
    </>
  )
}

/** Every caution of the case that stands: on what, and why. */
export function CautionList({ caseId, matters }: { readonly caseId: string; readonly matters: readonly Matter[] }) {
  return (
    <ul className="list">
      {ofKind(matters, 'caution')
        .filter(({ says }) => says.state === 'open')
        .map((one) => (
          <li key={one.id}>
            <AboutLink caseId={caseId} about={one.says.about} />
            <CautionText one={one} by={matters.find(({ id }) => id === one.says.by.id)} />
          </li>
        ))}
    </ul>
  )
}

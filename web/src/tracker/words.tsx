/** Words of the tracker: states and clocks. */
import type { ReactNode } from 'react'
import { useSpeech } from '../shared/language/speak.tsx'
import { useRead } from '../shared/node/node.tsx'
import { Status, type StatusKind } from '../shared/ui/parts.tsx'
import { Deadline } from '../shared/ui/values.tsx'
import type { Clock } from './clocks.ts'

const KINDS: Readonly<Record<string, StatusKind>> = {
  ...{ draft: 'open', submitted: 'open', released: 'open', acknowledged: 'open', accepted: 'open', received: 'open' },
  ...{ referred: 'warn', 'asked-back': 'warn', postponed: 'warn', impossible: 'warn', 'partially-executed': 'warn' },
  ...{ executed: 'good', reported: 'good', extended: 'good' },
  ...{ refused: 'bad', withdrawn: 'done', lifted: 'done', 'handed-back': 'done' },
}

export function State({ state }: { readonly state: string }) {
  const name = useStateName()
  return <Status kind={KINDS[state] ?? 'plain'}>{name(state)}</Status>
}

export function useStateName(): (state: string) => string {
  const { say, knows } = useSpeech()
  return (state) => {
    const id = `tracker.state.${state}`
    return knows(id) ? say(id) : state
  }
}

/**
 * The law of a rule with its article, as a sentence of whoever reads; a node, since it goes in the direction of the page. The id of the
 * rule stands for a law that the packs of today do not have.
 */
export function useRuleText(): (of: { readonly ruleId: string; readonly article: string }) => ReactNode {
  const { say, language } = useSpeech()
  const { data } = useRead('legalInstruments', { language: language.id })
  return ({ ruleId, article }) => {
    const law = data?.find(({ deadlines }) => deadlines.some(({ id }) => id === ruleId))?.short ?? ruleId
    return <span>{say('tracker.rule', { rule: isolated(law), article: isolated(article) })}</span>
  }
}

/** A deadline with the rule from which it comes; one whose rule was not verified only reminds, and says so. */
export function ClockOf({ clock, now }: { readonly clock: Clock; readonly now: number }) {
  const { say } = useSpeech()
  const ruleText = useRuleText()
  return (
    <>
      <Deadline due={clock.due} zone={clock.zone} rule={ruleText(clock)} now={now} />
      {!clock.binding && <div className="small soft">{say('tracker.not-verified')}</div>}
    </>
  )
}

/** From left to right inside a sentence of any direction (U+2066, U+2069). */
const isolated = (text: string) => `\u2066${text}\u2069`

export const now = () => Date.now()

/** Words of the tracker: states and clocks. */
import { useSpeech } from '../shared/language/speak.tsx'
import { Status, type StatusKind } from '../shared/ui/parts.tsx'
import { RuleCited } from '../shared/ui/rule-cited.tsx'
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

/** A deadline with the rule from which it comes; one whose rule was not verified only reminds, and says so. */
export function ClockOf({ clock, now }: { readonly clock: Clock; readonly now: number }) {
  const { say } = useSpeech()
  return (
    <>
      <Deadline
        due={clock.due}
        zone={clock.zone}
        rule={<RuleCited rule={clock.ruleId} article={clock.article} />}
        now={now}
      />
      {!clock.binding && <div className="small soft">{say('tracker.not-verified')}</div>}
    </>
  )
}

export const now = () => Date.now()

/** How an item may be used, and by whom, in words. */
import { useSpeech } from '../shared/language/speak.tsx'
import { PersonName } from '../shared/node/people.tsx'
import { Fact, Facts } from '../shared/ui/parts.tsx'
import { MachineValue } from '../shared/ui/values.tsx'
import type { CaseRecord } from './record-kinds.ts'

const FLAGS = ['needToKnow', 'protectedPerson', 'onwardUse'] as const

export function MarkingFacts({ marking }: { readonly marking: CaseRecord['marking'] }) {
  const { say, knows } = useSpeech()
  const tlp = `cases.tlp.${marking.tlp}`
  const audience = Array.isArray(marking.audience) ? (marking.audience as readonly string[]) : []
  const flags = FLAGS.filter((one) => marking[one] === true)
  return (
    <Facts>
      <Fact name={say('cases.tlp')}>{knows(tlp) ? say(tlp) : marking.tlp}</Fact>
      {audience.length > 0 && (
        <Fact name={say('cases.marking.audience')}>
          {audience.map((id) => (
            <span key={id} className="partner">
              <PersonName id={id} />
            </span>
          ))}
        </Fact>
      )}
      {flags.length > 0 && (
        <Fact name={say('cases.marking.also')}>
          {flags.map((one) => (
            <p key={one}>{say(`cases.marking.${one}`)}</p>
          ))}
        </Fact>
      )}
      {typeof marking.handling === 'string' && (
        <Fact name={say('cases.marking.handling')}>
          <MachineValue value={marking.handling} />
        </Fact>
      )}
    </Facts>
  )
}

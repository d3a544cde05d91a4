/** The verdict: one sentence first, then part by part. Sentence by sentence as the printed verdict has it. */
import type { Part, Statement, Verdict } from '../../../../platform/src/evidence/index.ts'
import { useSay } from '../../shared/language/speak.tsx'
import { Phrase } from '../../shared/phrases/use-phrases.tsx'
import { Fact, Facts, Sheet } from '../../shared/ui/parts.tsx'
import { Instant, MachineValue, Words } from '../../shared/ui/values.tsx'

const parts: readonly Part[] = ['names', 'seal', 'files', 'journal', 'exhibits', 'requests', 'timestamps', 'traces']
const kinds = { 'all checked': 'good', 'not all checked': 'warn', wrong: 'bad' } as const
const headings = {
  'all checked': 'verify.all-checked',
  'not all checked': 'verify.not-all-checked',
  wrong: 'verify.wrong',
} as const

export function VerdictView({ verdict, name }: { readonly verdict: Verdict; readonly name: string }) {
  const say = useSay()
  const { bundle, statements, limits, result } = verdict
  return (
    <section className="stack" aria-label={say('verify.verdict')}>
      <div className="note verdict" data-kind={kinds[result]} role="status">
        <h2>{say(headings[result])}</h2>
        <p>
          {say('verify.counts', {
            checked: count(statements, 'checked'),
            open: count(statements, 'not-checked'),
            wrong: count(statements, 'wrong'),
          })}
        </p>
      </div>
      <Facts>
        <Fact name={say('verify.file')}>
          <MachineValue value={name} />
        </Fact>
        {bundle === null ? (
          <Fact name={say('verify.bundle')}>{say('verify.no-name')}</Fact>
        ) : (
          <>
            <Fact name={say('verify.bundle')}>
              <MachineValue value={bundle.id} copy />
            </Fact>
            <Fact name={say('verify.from')}>
              <Words>{bundle.from}</Words>
            </Fact>
            <Fact name={say('verify.made')}>
              <Instant at={bundle.at} />
            </Fact>
          </>
        )}
      </Facts>
      {parts.map((part) => (
        <PartView key={part} part={part} statements={statements.filter((one) => one.part === part)} />
      ))}
      <Sheet title={say('verify.limits')}>
        <ul>
          {limits.map((limit) => (
            <li key={limit}>
              <Phrase topic="verdict" text={limit} />
            </li>
          ))}
        </ul>
      </Sheet>
    </section>
  )
}

const count = (statements: readonly Statement[], state: Statement['state']) =>
  statements.filter((one) => one.state === state).length

/** Sentences that are right are folded away where there are many; what is wrong or open never is. */
function PartView({ part, statements }: { readonly part: Part; readonly statements: readonly Statement[] }) {
  const say = useSay()
  if (statements.length === 0) return null
  const right = statements.filter(({ state }) => state === 'checked')
  const others = statements.filter(({ state }) => state !== 'checked')
  return (
    <Sheet title={say(`verify.part.${part}`)}>
      <ul className="list statements">
        {others.map((one) => (
          <Sentence key={sentenceKey(one)} statement={one} />
        ))}
        {right.length <= FEW && right.map((one) => <Sentence key={sentenceKey(one)} statement={one} />)}
      </ul>
      {right.length > FEW && (
        <details>
          <summary>{say('verify.right', { count: right.length })}</summary>
          <ul className="list statements">
            {right.map((one) => (
              <Sentence key={sentenceKey(one)} statement={one} />
            ))}
          </ul>
        </details>
      )}
    </Sheet>
  )
}

const FEW = 6
const sentenceKey = (one: Statement) => `${one.says} ${one.state === 'checked' ? '' : one.why}`
const marks = { checked: '✓', 'not-checked': '?', wrong: '!' } as const
const states = {
  checked: 'verify.state.checked',
  'not-checked': 'verify.state.open',
  wrong: 'verify.state.wrong',
} as const

function Sentence({ statement }: { readonly statement: Statement }) {
  const say = useSay()
  return (
    <li data-state={statement.state}>
      <span className="mark" aria-hidden="true">
        {marks[statement.state]}
      </span>
      <div>
        <strong>{say(states[statement.state])}</strong> <Phrase topic="verdict" text={statement.says} />
        {statement.state !== 'checked' && (
          <p className="small">
            <Phrase topic="verdict" text={statement.why} />
          </p>
        )}
        {statement.state === 'wrong' && (
          <p className="small">
            {say('verify.where')}{' '}
            <MachineValue
              value={`${statement.where.file}${statement.where.at === null ? '' : `, ${statement.where.at}`}`}
            />
          </p>
        )}
      </div>
    </li>
  )
}

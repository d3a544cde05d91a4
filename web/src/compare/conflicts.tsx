/** Orders that cannot all be carried out: which, on what provision, the step that is due and its clock; consulting, deciding, closing. */
import { useState } from 'react'
import { titleOf } from '../cases/use-case-parts.ts'
import { useChecked } from '../joint/use-checked.ts'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { useCodes } from '../shared/law.ts'
import { type ItemOf, useAct, useAll, useRead } from '../shared/node/node.tsx'
import { PersonName } from '../shared/node/people.tsx'
import { Phrase } from '../shared/phrases/use-phrases.tsx'
import { ErrorSummary, Select, TextArea, TextField } from '../shared/ui/fields.tsx'
import { Button, Empty, FormEnd, Note, Sheet, Shown, Status, Trouble } from '../shared/ui/parts.tsx'
import { Deadline, Instant, ownZone, Words } from '../shared/ui/values.tsx'
import { ItemText } from './items.tsx'

type Conflict = ItemOf<'conflictList'>

export function Conflicts({ caseId, isOpen }: { readonly caseId: string; readonly isOpen: boolean }) {
  const say = useSay()
  const all = useAll('conflictList', { caseId })
  const [isOpening, setOpening] = useState(false)
  return (
    <Sheet title={say('compare.conflicts')}>
      <Shown read={all}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={say('compare.conflicts-none')}>
              <p>{say('compare.conflicts-none-text')}</p>
            </Empty>
          ) : (
            items.toReversed().map((one) => <Row key={one.id} found={one} isOpen={isOpen} />)
          )
        }
      </Shown>
      {isOpen &&
        (isOpening ? (
          <OpenForm caseId={caseId} onDone={() => setOpening(false)} />
        ) : (
          <p>
            <Button kind="quiet" onPress={() => setOpening(true)}>
              {say('compare.conflict-open')}
            </Button>
          </p>
        ))}
    </Sheet>
  )
}

const KINDS = ['keep-and-delete', 'freeze-and-return', 'two-freezes', 'third-country-law', 'told-by-partner'] as const

function Row({ found, isOpen }: { readonly found: Conflict; readonly isOpen: boolean }) {
  const { say, knows } = useSpeech()
  const codes = useCodes()
  const zone = useRead('nodeRead', {}).data?.agency.timeZone ?? ownZone()
  const { kind, about, article, verified, criteria, orders, state, due, step, taken, decision } = found.conflict
  const named = `compare.kind.${kind}`
  const isMarked = (how: string) => (how === 'verified' ? 'why.verified' : 'why.unverified')
  return (
    <article className="shared">
      <div className="row spread">
        <h3>{knows(named) ? say(named) : kind}</h3>
        <Status kind={state === 'closed' ? 'done' : 'warn'}>{say(`compare.step.${state}`)}</Status>
      </div>
      <p>{about.includes('|') ? <ItemText item={about} /> : <Words>{about}</Words>}</p>
      <p className="small">
        <Words>{article}</Words> <span className="soft">({say(isMarked(verified))})</span>
      </p>
      {step !== null && (
        <Note kind="warn">
          <p>
            {say('compare.due-now')} <Phrase topic="law" text={step.duty} />
          </p>
          {due !== null && <Deadline due={due} zone={zone} rule={step.article} now={Date.now()} />}
          <p className="small soft">{say(isMarked(step.verified))}</p>
        </Note>
      )}
      <ol>
        {orders.map(({ kind: of, measure, party, id }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: orders are named by their place
          <li key={at}>
            {measure === null ? say(`compare.order.${of}`) : codes.name(measure)}
            {' · '}
            {party === null ? say(id === null ? 'compare.other-case' : 'compare.ours') : <Words>{party}</Words>}{' '}
            {decision?.prevails === at && <Status kind="good">{say('compare.prevails')}</Status>}
          </li>
        ))}
      </ol>
      {criteria.length > 0 && (
        <details>
          <summary>{say('compare.criteria')}</summary>
          <ul>
            {criteria.map((one) => (
              <li key={one}>
                <Phrase topic="law" text={one} />
              </li>
            ))}
          </ul>
        </details>
      )}
      {taken.map(({ step: of, by, at, text }) => (
        <p key={`${of} ${at}`} className="small">
          {say(`compare.taken.${of}`)} · <PersonName id={by} /> · <Instant at={at} zone={ownZone()} />
          <br />
          <Words>{text}</Words>
        </p>
      ))}
      {isOpen && state !== 'closed' && <StepForm found={found} />}
    </article>
  )
}

/** What is due now; closing is possible at any step, with its reason. */
function StepForm({ found: { id, version: seen, conflict } }: { readonly found: Conflict }) {
  const { say } = useSpeech()
  const codes = useCodes()
  const consult = useAct('conflictConsult')
  const decide = useAct('conflictDecide')
  const close = useAct('conflictClose')
  const [text, setText] = useState('')
  const [told, setTold] = useState('')
  const [prevails, setPrevails] = useState('')
  const { errors, wrongOf, isRight } = useChecked()
  const { state, orders } = conflict
  const field = (name: string) => `conflict-${id}-${name}`
  const words = [field('text'), say('compare.words'), text] as const
  // The next step may be there before the answer is: what was written for it since stays.
  const done = { onSuccess: () => setText((now) => (now === text ? '' : now)) }
  const send = () => {
    if (state === 'decide') {
      if (!isRight([words, [field('told'), say('compare.told'), told]])) return
      const which = prevails === '' ? null : Number(prevails)
      decide.mutate({ id, seen, prevails: which, text, told }, done)
    } else if (isRight([words])) (state === 'consult' ? consult : close).mutate({ id, seen, text }, done)
  }
  return (
    <form
      noValidate
      aria-label={say(`compare.do.${state as 'tell'}`)}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <ErrorSummary errors={errors} />
      {state === 'decide' && (
        <Select
          label={say('compare.which-first')}
          value={prevails}
          onChange={(event) => setPrevails(event.target.value)}
        >
          <option value="">{say('compare.none-first')}</option>
          {orders.map(({ measure, party }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: orders are named by their place
            <option key={at} value={at}>
              {`${at + 1}. ${measure === null ? '' : codes.name(measure)}${party === null ? '' : `, ${party}`}`}
            </option>
          ))}
        </Select>
      )}
      <TextArea
        id={field('text')}
        label={say('compare.words')}
        hint={say('compare.words-hint')}
        wrong={wrongOf(field('text'))}
        rows={2}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {state === 'decide' && (
        <TextArea
          id={field('told')}
          label={say('compare.told')}
          hint={say('compare.told-hint')}
          wrong={wrongOf(field('told'))}
          rows={2}
          value={told}
          onChange={(event) => setTold(event.target.value)}
        />
      )}
      <Trouble error={consult.error ?? decide.error ?? close.error} />
      <div className="row">
        <Button type="submit" isBusy={consult.isPending || decide.isPending || close.isPending}>
          {say(`compare.do.${state as 'tell'}`)}
        </Button>
        {state !== 'tell' && (
          <Button kind="quiet" onPress={() => isRight([words]) && close.mutate({ id, seen, text })}>
            {say('compare.do.tell')}
          </Button>
        )}
      </div>
    </form>
  )
}

/** For what nothing here shows by itself, as the law of a third country. */
function OpenForm({ caseId, onDone }: { readonly caseId: string; readonly onDone: () => void }) {
  const say = useSay()
  const codes = useCodes()
  const open = useAct('conflictOpen')
  const requests = useAll('requestList', { caseId }).data?.items ?? []
  const orders = useAll('orderList', { caseId }).data?.items ?? []
  const [kind, setKind] = useState<string>('third-country-law')
  const [about, setAbout] = useState('')
  const [which, setWhich] = useState('')
  const { errors, wrongOf, isRight } = useChecked()
  return (
    <form
      noValidate
      aria-label={say('compare.conflict-open')}
      onSubmit={(event) => {
        event.preventDefault()
        const filled = [
          ['conflict-about', say('compare.about'), about],
          ['conflict-order', say('compare.order-of'), which],
        ] as const
        if (!isRight(filled)) return
        const [of, id = ''] = which.split(' ')
        open.mutate({ caseId, kind, about, orders: [{ kind: of as 'order', id }] }, { onSuccess: onDone })
      }}
    >
      <ErrorSummary errors={errors} />
      <Select label={say('compare.kind')} value={kind} onChange={(event) => setKind(event.target.value)}>
        {KINDS.map((one) => (
          <option key={one} value={one}>
            {say(`compare.kind.${one}`)}
          </option>
        ))}
      </Select>
      <TextField
        id="conflict-about"
        label={say('compare.about')}
        wrong={wrongOf('conflict-about')}
        maxLength={1000}
        value={about}
        onChange={(event) => setAbout(event.target.value)}
      />
      <Select
        id="conflict-order"
        label={say('compare.order-of')}
        wrong={wrongOf('conflict-order')}
        value={which}
        onChange={(event) => setWhich(event.target.value)}
      >
        <option value="">{say('field.choose')}</option>
        {requests.map((one) => (
          <option key={one.id} value={`request ${one.id}`}>
            {`${codes.name(one.request.content.measure)}: ${titleOf(one)}`}
          </option>
        ))}
        {orders.map(({ id, content }) => (
          <option key={id} value={`order ${id}`}>
            {`${codes.name(content.measure)}: ${content.authority}`}
          </option>
        ))}
      </Select>
      <FormEnd act={open} does={say('compare.conflict-open-do')} onCancel={onDone} />
    </form>
  )
}

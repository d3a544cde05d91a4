/** Of every shared object: whose it is, who released it and when, to whom it went, what they may do with it; and taking it back. */
import { ActDialog } from '../cases/act-dialog.tsx'
import { MemberName } from '../inbox/names.tsx'
import { useSay } from '../shared/language/speak.tsx'
import { useCodes } from '../shared/law.ts'
import { useAct } from '../shared/node/node.tsx'
import { PersonName } from '../shared/node/people.tsx'
import { Button, Note, Status, Trouble } from '../shared/ui/parts.tsx'
import { Instant, ownZone, Words } from '../shared/ui/values.tsx'
import { AgencyNames, useAgencyNames } from './agency-select.tsx'
import { type Joint, lacking, type SharedObject } from './joint-parts.ts'

export function Standing({ object }: { readonly object: SharedObject }) {
  const say = useSay()
  const codes = useCodes()
  const { owner, said, sentTo, releasedBy, use } = object
  const had = Object.keys(sentTo).filter((agency) => sentTo[agency] === said.version)
  return (
    <>
      <p className="small soft">
        {say('joint.released-by')} <MemberName id={owner} />
        {releasedBy !== null && (
          <>
            {' ('}
            <PersonName id={releasedBy} />
            {')'}
          </>
        )}{' '}
        · {say('joint.version', { version: said.version })} · <Instant at={said.at} zone={ownZone()} />
      </p>
      {releasedBy !== null && (
        <p className="small soft">
          {had.length === 0 ? (
            say('joint.sent-to-nobody')
          ) : (
            <>
              {say('joint.sent-to')} <AgencyNames of={had} />
            </>
          )}
        </p>
      )}
      <p className="small soft">
        {say(`joint.onward.${use.onward}`)}
        {use.conditions.map(({ code, until, text }) => (
          <span key={code}>
            {' · '}
            {codes.name(code)} {until !== null && <bdi dir="ltr">{until}</bdi>} {text !== null && <Words>{text}</Words>}
          </span>
        ))}
      </p>
      {said.contradicted && <Note kind="bad">{say('joint.contradicted')}</Note>}
    </>
  )
}

/** What can be done with an object of ours besides its next version. */
export function OwnActs({
  object,
  joint,
  me,
}: {
  readonly object: SharedObject
  readonly joint: Joint
  readonly me: string | null
}) {
  const say = useSay()
  const names = useAgencyNames()
  const resend = useAct('jointResend')
  const withdraw = useAct('jointWithdraw')
  if (object.owner !== me || joint.state !== 'active') return null
  const without = lacking(object, joint, me)
  return (
    <>
      <Trouble error={resend.error} />
      {without.length > 0 && (
        <Note kind="warn">
          <p>{say('joint.lacking', { who: names(without) })}</p>
          <Button kind="second" isBusy={resend.isPending} onPress={() => resend.mutate({ id: object.id })}>
            {say('joint.resend')}
          </Button>
        </Note>
      )}
      {object.said.content !== null && (
        <ActDialog
          title={say('joint.withdraw')}
          effects={[say('joint.withdraw-effect'), say('joint.keeps-effect')]}
          reasonLabel={say('joint.reason')}
          reasonHint={say('joint.reason-told')}
          isBusy={withdraw.isPending}
          error={withdraw.error}
          onAct={(reason, done) => withdraw.mutate({ id: object.id, reason }, { onSuccess: done })}
        />
      )}
    </>
  )
}

/** What an answer of an agency to its task is, as a word with a colour. */
export function AnswerStatus({ answer }: { readonly answer: string | null }) {
  const say = useSay()
  if (answer === null) return <Status kind="warn">{say('joint.answer.none')}</Status>
  const kind = answer === 'done' ? 'good' : answer === 'declined' ? 'bad' : 'open'
  return <Status kind={kind}>{say(`joint.answer.${answer as 'done'}`)}</Status>
}

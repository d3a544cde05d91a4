/** One shared object: what it says, whose it is and where it went; its next version by its owner, a change proposed by others. */
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { SharedContent } from '../../../platform/src/exchange/index.ts'
import { MemberName } from '../inbox/names.tsx'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { useCodes } from '../shared/law.ts'
import { type InputOf, useAct } from '../shared/node/node.tsx'
import { saveFile } from '../shared/save-file.ts'
import { Button, Note, Status, Trouble } from '../shared/ui/parts.tsx'
import { Instant, MachineValue, Words } from '../shared/ui/values.tsx'
import { Cautions } from '../supervision/cautions.tsx'
import { ChangeForm } from './change-form.tsx'
import { HoldingAmount } from './holding-amount.tsx'
import type { Joint, SharedObject } from './joint-parts.ts'
import { OwnActs, Standing } from './standing.tsx'

export function SharedRow({
  object,
  joint,
  me,
}: {
  readonly object: SharedObject
  readonly joint: Joint
  readonly me: string | null
}) {
  const say = useSay()
  const [isChanging, setChanging] = useState(false)
  const again = useAct('jointRelease')
  const { owner, said, source } = object
  const isOurs = owner === me
  const isActive = joint.state === 'active'
  const mayChange = isActive && (said.content?.kind === 'holding' || (!isOurs && said.content?.kind === 'document'))
  const nextOf = source === null || said.content === null ? null : releasable(source)
  return (
    <article className="shared">
      {said.content === null ? (
        <p>
          {say('joint.withdrawn-because')} <Words>{said.withdrawn}</Words>
        </p>
      ) : (
        <Content content={said.content} />
      )}
      <Cautions caseId={joint.caseId} about={{ kind: 'joint-object', id: object.id }} />
      <Standing object={object} />
      <Proposals object={object} isOurs={isOurs && isActive} />
      {isChanging ? (
        <ChangeForm object={object} joint={joint} isOurs={isOurs} onDone={() => setChanging(false)} />
      ) : (
        <div className="row">
          {mayChange && (
            <Button kind="second" onPress={() => setChanging(true)}>
              {say(isOurs ? 'joint.next-version' : 'joint.propose-change')}
            </Button>
          )}
          {isOurs && isActive && nextOf !== null && (
            <Button kind="second" isBusy={again.isPending} onPress={() => again.mutate({ id: joint.id, item: nextOf })}>
              {say('joint.release-as-now')}
            </Button>
          )}
          <OwnActs object={object} joint={joint} me={me} />
        </div>
      )}
      <Trouble error={again.error} />
    </article>
  )
}

/** What can be released anew as its record is now; of an exhibit nothing changes but what is said of it. */
function releasable({ kind, id }: NonNullable<SharedObject['source']>): InputOf<'jointRelease'>['item'] | null {
  return kind === 'trace' || kind === 'request' || kind === 'statement' ? { kind, id } : null
}

export function Content({ content }: { readonly content: SharedContent }) {
  const { say, knows } = useSpeech()
  const codes = useCodes()
  switch (content.kind) {
    case 'document':
      return (
        <>
          <h3>
            <Words>{content.title}</Words> <Status kind="plain">{say(`joint.release-kind.${content.of}`)}</Status>
          </h3>
          {content.says !== null && (
            <p className="prose">
              <Words>{content.says}</Words>
            </p>
          )}
          <p className="small">
            SHA-256 <MachineValue value={content.sha256} short copy />
          </p>
        </>
      )
    case 'trace':
      return (
        <>
          <h3>{say('cases.trace-by', { rule: content.rule.toUpperCase() })}</h3>
          <p className="small">
            {say('trace.digest')} <MachineValue value={content.digest} short copy />
          </p>
          {content.record === null ? (
            <p className="small">{say('joint.trace-large')}</p>
          ) : (
            <p>
              <Button kind="quiet" onPress={() => saveRecord(content.digest, content.record as string)}>
                {say('joint.trace-save')}
              </Button>{' '}
              <Link to="/verify">{say('joint.trace-verify')}</Link>
            </p>
          )}
        </>
      )
    case 'holding':
      return (
        <h3>
          <HoldingAmount asset={content.asset} amount={content.amount} />{' '}
          <Status kind="plain">{say(`joint.holding.${content.state}`)}</Status>{' '}
          <span className="soft">
            <Words>{content.where}</Words>
          </span>
        </h3>
      )
    case 'request': {
      const state = `cases.request-state.${content.state}`
      return (
        <>
          <h3>
            {codes.name(content.requestType)} · <Words>{content.to}</Words>{' '}
            <Status kind="open">{knows(state) ? say(state) : content.state}</Status>
          </h3>
          <p className="small">
            <MachineValue value={content.instrument} />
            {content.due !== null && (
              <>
                {' · '}
                {say('joint.due')} <Instant at={content.due} />
              </>
            )}
          </p>
        </>
      )
    }
    default:
      return null
  }
}

function saveRecord(digest: string, record: string): void {
  saveFile(`trace-${digest.slice(0, 16)}.json`, new Blob([record], { type: 'application/json' }))
}

/** Changes that others propose of an object of ours: nothing of them holds before somebody here accepts it. */
function Proposals({ object, isOurs }: { readonly object: SharedObject; readonly isOurs: boolean }) {
  const say = useSay()
  const decide = useAct('jointChangeDecide')
  const { id, version: seen, proposals, said } = object
  const open = proposals.filter(({ state }) => state === 'open')
  if (open.length === 0) return null
  return (
    <>
      {open.map(({ change, from, content, reason, seen: of }) => (
        <Note key={change} kind="warn">
          <p>
            <MemberName id={from} /> {say('joint.proposes')} <Words>{reason}</Words>
          </p>
          <Content content={content} />
          {of !== said.version && <p className="small">{say('joint.proposes-older', { version: of })}</p>}
          {isOurs && (
            <div className="row">
              {(['accepted', 'refused'] as const).map((outcome) => (
                <Button
                  key={outcome}
                  kind={outcome === 'accepted' ? 'first' : 'second'}
                  isBusy={decide.isPending}
                  onPress={() => decide.mutate({ id, seen, change, outcome })}
                >
                  {say(`joint.change.${outcome}`)}
                </Button>
              ))}
            </div>
          )}
        </Note>
      ))}
      <Trouble error={decide.error} />
    </>
  )
}

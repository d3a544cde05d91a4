/** You at this node: the session, what it is for, and the keys with which you sign in and approve. */
import './access.css'
import { useState } from 'react'
import { useSay } from '../shared/language/speak.tsx'
import { act, ask, queries, type ResultOf, useRead } from '../shared/node/node.tsx'
import { AskDialog, Button, ButtonLink, Fact, Facts, PageHead, Sheet, Shown, Status } from '../shared/ui/parts.tsx'
import { Instant, ownZone, Words } from '../shared/ui/values.tsx'
import { InvitationLink } from './invitation-link.tsx'
import { RoleName } from './role-name.tsx'
import type { Session } from './session.ts'
import { Problem, useWork } from './told.tsx'

export function Screen() {
  const say = useSay()
  const session = useRead('sessionRead', {})
  return (
    <>
      <PageHead title={say('access.you.title')} />
      <Shown read={session}>
        {({ session: one }) =>
          one && (
            <div className="stack wide">
              <OwnSession session={one} />
              <Keys session={one} />
            </div>
          )
        }
      </Shown>
    </>
  )
}

function OwnSession({ session }: { readonly session: Session }) {
  const say = useSay()
  const { isBusy, error, run } = useWork()
  return (
    <Sheet title={say('access.you.session')}>
      <Facts>
        <Fact name={say('access.you-are')}>
          <Words>{session.name}</Words> (<RoleName role={session.role} />)
        </Fact>
        <Fact name={say('access.you.purpose')}>{say(`access.purpose.${session.purpose}`)}</Fact>
        <Fact name={say('access.signed-in-with')}>{say(`access.standing.${session.signedInBy}`)}</Fact>
        <Fact name={say('access.proven')}>
          {session.provenAt === 0 ? say('access.prove.never') : <Instant at={session.provenAt} zone={ownZone()} />}
        </Fact>
        <Fact name={say('access.you.until')}>
          <Instant at={session.expiresAt} zone={ownZone()} />
        </Fact>
      </Facts>
      <Problem error={error} />
      <p className="row">
        <ButtonLink to="/sign-in" kind="second">
          {say('access.you.other-purpose')}
        </ButtonLink>
        <ButtonLink to="/prove" kind="second">
          {say('access.prove.title')}
        </ButtonLink>
        <Button
          kind="second"
          isBusy={isBusy}
          onPress={() =>
            void run(async () => {
              await ask('signOut', {})
              window.location.assign('/')
            })
          }
        >
          {say('access.you.sign-out')}
        </Button>
      </p>
    </Sheet>
  )
}

type Key = ResultOf<'credentialList'>[number]

function Keys({ session }: { readonly session: Session }) {
  const say = useSay()
  const keys = useRead('credentialList', {})
  const facts = useRead('publicRead', {})
  const [revoking, setRevoking] = useState<Key | null>(null)
  const [invitation, setInvitation] = useState<ResultOf<'personKeyInvite'> | null>(null)
  const { isBusy, error, run } = useWork()
  return (
    <Sheet title={say('access.you.keys')}>
      <Shown read={keys}>
        {(all) => (
          <ul className="list" id="keys">
            {[...all]
              .sort((a, b) => Number(a.revoked) - Number(b.revoked))
              .map((key) => (
                <li key={key.id} className="row spread">
                  <div>
                    <strong>
                      <Words>{key.label}</Words>
                    </strong>{' '}
                    {key.revoked && <Status kind="plain">{say('access.key.revoked')}</Status>}
                    {!key.revoked && (
                      <p className="soft small">{say(key.deviceBound ? 'access.key.bound' : 'access.key.synced')}</p>
                    )}
                  </div>
                  {!key.revoked && (
                    <Button
                      kind="danger"
                      label={say('access.you.revoke-named', { label: key.label })}
                      onPress={() => setRevoking(key)}
                    >
                      {say('access.you.revoke')}
                    </Button>
                  )}
                </li>
              ))}
          </ul>
        )}
      </Shown>
      <h3>{say('access.you.another')}</h3>
      {session.role !== 'administrator' ? (
        <p>{say('access.you.another-how')}</p>
      ) : (
        <>
          <p>{say('access.you.another-own')}</p>
          <Problem error={error} />
          {invitation && facts.data ? (
            <InvitationLink
              token={invitation.token}
              expiresAt={invitation.expiresAt}
              publicUrl={facts.data.publicUrl}
              name={session.name}
            />
          ) : (
            <p>
              <Button
                kind="second"
                isBusy={isBusy}
                onPress={() =>
                  void run(async () => setInvitation(await act('personKeyInvite', { personId: session.personId })))
                }
              >
                {say('access.you.invite')}
              </Button>
            </p>
          )}
        </>
      )}
      <Revoke revoking={revoking} keys={keys.data ?? []} onClose={() => setRevoking(null)} />
    </Sheet>
  )
}

function Revoke({
  revoking,
  keys,
  onClose,
}: {
  readonly revoking: Key | null
  readonly keys: readonly Key[]
  readonly onClose: () => void
}) {
  const say = useSay()
  const { isBusy, error, run } = useWork()
  if (!revoking) return null
  const isLast = keys.filter(({ revoked }) => !revoked).length === 1
  return (
    <AskDialog title={say('access.you.revoke-title', { label: revoking.label })} isOpen onClose={onClose}>
      <ul>
        <li>{say('access.you.revoke-effect-key')}</li>
        <li>{say('access.you.revoke-effect-sessions')}</li>
        {isLast && (
          <li>
            <strong>{say('access.you.revoke-effect-last')}</strong>
          </li>
        )}
      </ul>
      <Problem error={error} />
      <p className="row">
        <Button
          kind="danger"
          isBusy={isBusy}
          onPress={() =>
            void run(async () => {
              await act('credentialRevoke', { id: revoking.id, seen: revoking.version })
              onClose()
              await queries.invalidateQueries()
            })
          }
        >
          {say('access.you.revoke')}
        </Button>
        <Button kind="second" onPress={onClose}>
          {say('dialog.cancel')}
        </Button>
      </p>
    </AskDialog>
  )
}

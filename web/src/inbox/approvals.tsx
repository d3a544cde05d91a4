/** Who has approved a message of ours, what is still lacking, and approving it with one's own key. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useSpeech } from '../shared/language/speak.tsx'
import { act } from '../shared/node/node.tsx'
import { signWithKey } from '../shared/node/security-key.ts'
import { Button, Sheet, Status, Trouble } from '../shared/ui/parts.tsx'
import { Instant, MachineValue, Words } from '../shared/ui/values.tsx'
import { toSign } from './message-digest.ts'
import type { ShownMessage } from './message-in-case.tsx'
import { useMembers } from './names.tsx'
import { proveIfOld } from './proven.ts'

export function Approvals({ found }: { readonly found: ShownMessage }) {
  const { say, knows, locale } = useSpeech()
  const { me } = useMembers()
  const client = useQueryClient()
  const approve = useMutation({
    mutationFn: (as: string) => approveNow(as, found, say('inbox.approve.other')),
    onSettled: () => client.invalidateQueries(),
  })
  const { approvals, message } = found
  const isEnough = approvals !== null && approvals.counted >= approvals.needed && approvals.missing.length === 0
  return (
    <Sheet
      title={say('inbox.approve.title')}
      actions={
        <Status kind={isEnough ? 'good' : 'open'}>
          {say('inbox.approve.count', { counted: approvals?.counted ?? 0, needed: approvals?.needed ?? 0 })}
        </Status>
      }
    >
      <p>{say('inbox.approve.text')}</p>
      <ul className="plain">
        {message.header.approvals.map(({ approver, givenAt }) => {
          const role = `role.${approver.role}`
          return (
            <li key={approver.id}>
              <Words>{approver.name}</Words> <span className="soft">{knows(role) ? say(role) : approver.role}</span>{' '}
              <Instant at={givenAt} />
            </li>
          )
        })}
      </ul>
      {approvals?.missing.map((one) => (
        <p key={one.roles.join()}>
          {say('inbox.approve.missing', {
            count: one.count,
            roles: new Intl.ListFormat(locale, { type: 'disjunction' }).format(
              one.roles.map((role) => (knows(`role.${role}`) ? say(`role.${role}` as 'role.judge') : role)),
            ),
          })}
        </p>
      ))}
      <Trouble error={approve.error} />
      {!isEnough && (
        // What is signed names us as its sender: before the directory has said who we are, nothing could be compared.
        <Button isBusy={approve.isPending} isDisabled={me === null} onPress={() => me !== null && approve.mutate(me)}>
          {say('inbox.approve.do')}
        </Button>
      )}
      <details>
        <summary>{say('inbox.approve.bound')}</summary>
        <p>{say('inbox.approve.bound-text')}</p>
        <p>
          <MachineValue value={message.fixed.id} copy />
        </p>
      </details>
    </Sheet>
  )
}

async function approveNow(me: string, found: ShownMessage, isOther: string): Promise<void> {
  await proveIfOld()
  const mine = await toSign(me, found)
  const asked = await act('messageChallenge', { id: found.id })
  if (asked.digest !== mine.digest || asked.challenge !== mine.challenge) throw new Error(isOther)
  const credential = await signWithKey({
    challenge: mine.challenge,
    rpId: window.location.hostname,
    userVerification: 'required',
  })
  await act('messageApprove', { id: found.id, seen: found.version, digest: mine.digest, credential })
}

/** Is it genuine? In words, before anything of what it says: who signed, with which key, who approved it there, which receipt was given. */
import { useSpeech } from '../shared/language/speak.tsx'
import { useRead } from '../shared/node/node.tsx'
import { Sheet, Status } from '../shared/ui/parts.tsx'
import { countryName, Instant, MachineValue, Words } from '../shared/ui/values.tsx'
import type { Member, Proof } from './message-parts.ts'
import { useCodeWords, useMembers } from './names.tsx'

export function Authenticity({ peer, proof }: { readonly peer: string; readonly proof: Proof | null }) {
  const { say } = useSpeech()
  const { byId, read } = useMembers()
  const forks = useRead('memberForks', {})
  if (!proof || read.data === undefined) return null
  const member = byId(peer)
  const mine = forks.data?.forks.filter(({ agency }) => agency === peer) ?? []
  const isKnown = proof.keys.some((key) => member?.keys.some(({ id }) => id === key))
  const isRight =
    isKnown && member?.status === 'active' && mine.length === 0 && proof.approvals.every((one) => one.void === null)
  return (
    <Sheet
      title={say('inbox.genuine.title')}
      actions={
        <Status kind={isRight ? 'good' : 'warn'}>{say(isRight ? 'inbox.genuine.yes' : 'inbox.genuine.look')}</Status>
      }
    >
      <ul className="list checks">
        <Signed peer={peer} proof={proof} member={member} isKnown={isKnown} />
        <Listed peer={peer} member={member} />
        <Approved proof={proof} />
        {proof.receipt && (
          <Check isRight={proof.receipt.code === null}>
            {say(`inbox.receipt.${proof.receipt.kind}`)} <Instant at={proof.receipt.at} />
            {proof.receipt.code !== null && <MachineValue value={proof.receipt.code} />}
          </Check>
        )}
        <Check isRight={mine.length === 0}>
          {mine.length === 0 ? say('inbox.genuine.no-fork') : say('inbox.genuine.fork', { count: mine.length })}
        </Check>
      </ul>
    </Sheet>
  )
}

function Check({ isRight, children }: { readonly isRight: boolean; readonly children: React.ReactNode }) {
  const { say } = useSpeech()
  return (
    <li data-right={isRight}>
      <span className="check-mark" aria-hidden="true">
        {isRight ? '✓' : '!'}
      </span>
      <div>
        <span className="hidden-text">{say(isRight ? 'inbox.genuine.right' : 'inbox.genuine.wrong')}</span>
        {children}
      </div>
    </li>
  )
}

function Signed({
  peer,
  proof,
  member,
  isKnown,
}: {
  readonly peer: string
  readonly proof: Proof
  readonly member: Member | undefined
  readonly isKnown: boolean
}) {
  const { say } = useSpeech()
  return (
    <Check isRight={isKnown}>
      {say(isKnown ? 'inbox.genuine.signed' : 'inbox.genuine.signed-before', { name: member?.name ?? peer })}
      <details>
        <summary>{say('inbox.genuine.key')}</summary>
        {proof.keys.map((key) => (
          <p key={key}>
            <MachineValue value={key} copy />
          </p>
        ))}
        <p>
          {say('inbox.genuine.digest')} <MachineValue value={proof.digest} copy />
        </p>
      </details>
    </Check>
  )
}

function Listed({ peer, member }: { readonly peer: string; readonly member: Member | undefined }) {
  const { say, locale } = useSpeech()
  const words = useCodeWords()
  if (!member) return <Check isRight={false}>{say('inbox.genuine.unlisted', { name: peer })}</Check>
  return (
    <Check isRight={member.status === 'active'}>
      {say(member.status === 'active' ? 'inbox.genuine.listed' : 'inbox.genuine.suspended', {
        name: member.name,
        kind: words('member', member.kind),
        country: countryName(member.country, locale),
      })}
      <details>
        <summary>{say('inbox.genuine.reach')}</summary>
        <p>
          <Words>{member.contact.dutyLine}</Words> <span className="soft">{member.contact.hours}</span>
        </p>
      </details>
    </Check>
  )
}

function Approved({ proof }: { readonly proof: Proof }) {
  const { say, knows } = useSpeech()
  const words = useCodeWords()
  const good = proof.approvals.filter((one) => one.void === null)
  return (
    <Check isRight={proof.approvals.every((one) => one.void === null)}>
      {say('inbox.genuine.approved', { count: good.length })}
      {proof.approvals.length > 0 && (
        <ul className="plain">
          {proof.approvals.map((one) => {
            const role = `role.${one.role}`
            return (
              <li key={`${one.name} ${one.at}`}>
                <Words>{one.name}</Words> <span className="soft">{knows(role) ? say(role) : one.role}</span>{' '}
                <Instant at={one.at} />
                {one.void !== null && <Status kind="bad">{words('void', one.void)}</Status>}
              </li>
            )
          })}
        </ul>
      )}
    </Check>
  )
}

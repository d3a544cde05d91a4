/** What approving a request, an erasure and invitations to a joint case have in common: the digest, the signature, the words beside them. */
import { canonicalJson, type Json, sha256Text } from '../../../platform/src/kernel/index.ts'
import { useSay } from '../shared/language/speak.tsx'
import { ask, queries } from '../shared/node/node.tsx'
import { signWithKey } from '../shared/node/security-key.ts'
import { Button, Fact, Sheet } from '../shared/ui/parts.tsx'
import { MachineValue } from '../shared/ui/values.tsx'
import { beThere, isFresh, type Session } from './session.ts'
import { Problem, Told, useWork } from './told.tsx'

/** What is on the screen: only this is approved. */
export type ShownThing = { readonly id: string; readonly digest: string; readonly version: number }

/** SHA-256 over the canonical JSON of what the screen shows. The word of the node is not taken for it. */
export function digestOf(shown: object): string {
  return sha256Text(canonicalJson(shown as Json))
}

export const digestWrong = new Told('access.approving.digest-wrong', 'access.approving.digest-wrong-fix')

export function DigestFact({ digest }: { readonly digest: string }) {
  const say = useSay()
  return (
    <Fact name={say('access.approving.digest')}>
      <MachineValue value={digest} />
      <p className="small soft">{say('access.approving.digest-right')}</p>
    </Fact>
  )
}

const calls = {
  request: { challenge: 'approvalChallenge', give: 'approvalGive' },
  erasure: { challenge: 'erasureChallenge', give: 'erasureApprove' },
  joint: { challenge: 'jointChallenge', give: 'jointApprove' },
} as const

/** Signs exactly this digest. Where the session has not the standing for it, the key is used once before, to prove to be there. */
async function approveWithKey(kind: keyof typeof calls, { id, digest, version }: ShownThing): Promise<void> {
  await beThere()
  const { challenge, digest: wanted, expiresAt } = await ask(calls[kind].challenge, { id })
  if (wanted !== digest) throw digestWrong
  const credential = await signWithKey({ challenge, rpId: window.location.hostname, userVerification: 'required' })
  await ask(calls[kind].give, { id, digest, expiresAt, credential, seen: version })
}

/** The act itself: what the browser is going to ask is said before it is pressed. */
export function ApproveAct({
  kind,
  shown,
  session,
  onDone,
}: {
  readonly kind: keyof typeof calls
  readonly shown: ShownThing
  readonly session: Session
  readonly onDone?: () => void
}) {
  const say = useSay()
  const { isBusy, error, run } = useWork()
  const comes =
    session.signedInBy !== 'device-bound'
      ? say('access.approving.not-bound', { by: say(`access.standing.${session.signedInBy}`) })
      : say(isFresh(session) ? 'access.approving.once' : 'access.approving.twice')
  return (
    <Sheet title={say('access.approving.your-act')}>
      <p>{comes}</p>
      <Problem error={error} />
      <p>
        <Button
          isBusy={isBusy}
          onPress={() =>
            void run(async () => {
              await approveWithKey(kind, shown)
              onDone?.()
              await queries.invalidateQueries()
            })
          }
        >
          {say(kind === 'erasure' ? 'access.approve-erasure.button' : 'access.approve.button')}
        </Button>
      </p>
    </Sheet>
  )
}

/** What the sender will be told of an act, before it is done. */
import { useSpeech } from '../shared/language/speak.tsx'
import { Note } from '../shared/ui/parts.tsx'
import { Instant, MachineValue, Words } from '../shared/ui/values.tsx'
import type { AnswerAct } from './answer-acts.ts'
import { type Answer, instantOf, receivedOf } from './answer-form.tsx'
import type { ReadRequest } from './answering.tsx'
import { AssetAmount, useCodeWords } from './names.tsx'

export function ToldPreview({
  act,
  request,
  answer,
  secured,
}: {
  readonly act: AnswerAct
  readonly request: ReadRequest
  readonly answer: Answer
  readonly secured: readonly { readonly chain: string; readonly address: string; readonly amount: string }[]
}) {
  const { say } = useSpeech()
  const words = useCodeWords()
  const { incoming, secured: before } = request.request
  const who = incoming?.sender.authority ?? ''
  if (act.isSilent)
    return (
      <div className="told">
        <Note>{say('inbox.told.nothing', { who })}</Note>
      </div>
    )
  const shown = act.act === 'report' ? before : secured
  return (
    <div className="told">
      <Note>
        <p>
          <strong>{say('inbox.told.will', { who })}</strong> {words('act', `told.${act.act}`)}
        </p>
        {act.needs === 'received' && answer.receivedAt !== '' && (
          <p>
            {say('inbox.told.received')} <Instant at={receivedOf(answer)} />
          </p>
        )}
        {answer.code !== '' && (
          <p>
            {say('inbox.told.ground')} <MachineValue value={answer.code} />
          </p>
        )}
        {shown.map(({ chain, address, amount }) => (
          <p key={`${chain} ${address}`}>
            <AssetAmount chain={chain} asset={null} amount={amount} /> <MachineValue value={address} short />
          </p>
        ))}
        {answer.until !== '' && (
          <p>
            {say('inbox.told.until')} <Instant at={instantOf(answer.until)} />
          </p>
        )}
        {answer.reason.trim() !== '' && (
          <blockquote>
            <Words>{answer.reason}</Words>
          </blockquote>
        )}
        <p className="small soft">{say('inbox.told.signed')}</p>
      </Note>
    </div>
  )
}

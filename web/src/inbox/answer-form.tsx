/** One act of an answer: what it needs, what the sender will be told, and a button that names it. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useSpeech } from '../shared/language/speak.tsx'
import { baseUnits, nativeOf, useNativeAssets } from '../shared/native-assets.ts'
import { act as send, useRead } from '../shared/node/node.tsx'
import { Phrase } from '../shared/phrases/use-phrases.tsx'
import { ErrorSummary, Select, TextArea, TextField } from '../shared/ui/fields.tsx'
import { Button, Note, Trouble } from '../shared/ui/parts.tsx'
import { MachineValue } from '../shared/ui/values.tsx'
import { writtenAmount } from './amounts.ts'
import type { AnswerAct } from './answer-acts.ts'
import type { ReadRequest } from './answering.tsx'
import { AssetAmount, useCodeWords } from './names.tsx'
import { ToldPreview } from './told-preview.tsx'

export type Answer = {
  readonly reason: string
  readonly code: string
  readonly until: string
  readonly receivedAt: string
  /** When the form was opened, to the millisecond: a field knows minutes, and the start of this one may lie before the request came. */
  readonly openedAt: string
  /** What was written for each asset, in the order of the request. */
  readonly secured: readonly string[]
}

/** An instant as a field of this kind has it, in UTC. */
export const fieldTime = (at: Date) => at.toISOString().slice(0, 16)
export const instantOf = (field: string) => new Date(`${field}Z`).toISOString()
/** What was left as it stood is the instant itself, not the start of its minute. */
export const receivedOf = ({ receivedAt, openedAt }: Pick<Answer, 'receivedAt' | 'openedAt'>) =>
  openedAt.startsWith(receivedAt) ? openedAt : instantOf(receivedAt)

export function AnswerForm({
  act,
  request,
  onDone,
}: {
  readonly act: AnswerAct
  readonly request: ReadRequest
  readonly onDone: () => void
}) {
  const { say } = useSpeech()
  const words = useCodeWords()
  const client = useQueryClient()
  const natives = useNativeAssets()
  const { assets } = request.request.content
  const [answer, setAnswer] = useState<Answer>(() => {
    const now = new Date()
    return {
      ...{ reason: '', code: '', until: '', secured: assets.map(() => '') },
      ...{ receivedAt: fieldTime(now), openedAt: now.toISOString() },
    }
  })
  const [errors, setErrors] = useState<readonly { id: string; text: string }[]>([])
  const set = (change: Partial<Answer>) => setAnswer({ ...answer, ...change })
  const decimalsOf = (at: number) => {
    const asset = assets[at]
    return (asset && nativeOf(natives, asset)?.decimals) ?? 0
  }
  const amounts = answer.secured.map((text, at) => (text.trim() === '' ? null : baseUnits(text, decimalsOf(at))))
  const secured = assets.flatMap(({ chain, address }, at) => {
    const amount = amounts[at]
    return amount ? [{ chain, address, amount }] : []
  })
  const sending = useMutation({
    mutationFn: () => send(act.method, inputOf(act, request, answer, secured) as never),
    onSuccess: onDone,
    onSettled: () => client.invalidateQueries(),
  })
  const check = () => {
    const found: { id: string; text: string }[] = []
    if (act.needs !== 'received' && answer.reason.trim() === '')
      found.push({ id: 'answer-reason', text: say('inbox.answer.no-reason') })
    if (act.grounds && answer.code === '') found.push({ id: 'answer-code', text: say('inbox.answer.no-ground') })
    if (act.until === 'must-be' && answer.until === '')
      found.push({ id: 'answer-until', text: say('inbox.answer.no-until') })
    for (const [at, text] of answer.secured.entries())
      if (text.trim() !== '' && amounts[at] === null)
        found.push({ id: `answer-secured-${at}`, text: say('inbox.answer.no-amount') })
    setErrors(found)
    if (found.length === 0) sending.mutate()
  }
  return (
    <form
      aria-label={words('act', act.act)}
      onSubmit={(event) => {
        event.preventDefault()
        check()
      }}
    >
      <ErrorSummary errors={errors} />
      <Trouble error={sending.error} />
      {act.needs === 'received' && (
        <TextField
          label={say('inbox.answer.received')}
          hint={say('inbox.answer.received-hint')}
          type="datetime-local"
          value={answer.receivedAt}
          onChange={(event) => set({ receivedAt: event.target.value })}
        />
      )}
      {act.grounds && <Ground act={act} request={request} answer={answer} set={set} />}
      {act.needs === 'secured' && assets.length > 0 && (
        <fieldset>
          <legend>{say('inbox.answer.secured-each')}</legend>
          <p className="hint">{say('inbox.answer.secured-hint')}</p>
          {assets.map(({ chain, address, asset, amount }, at) => (
            <div key={`${chain} ${address}`}>
              <TextField
                id={`answer-secured-${at}`}
                label={say('inbox.answer.amount', {
                  symbol: nativeOf(natives, { chain, asset })?.symbol ?? say('inbox.base-units'),
                })}
                inputMode="decimal"
                dir="ltr"
                wrong={errors.find(({ id }) => id === `answer-secured-${at}`)?.text}
                value={answer.secured[at] ?? ''}
                onChange={(event) =>
                  set({ secured: answer.secured.map((one, place) => (place === at ? event.target.value : one)) })
                }
              />
              <p className="row small">
                <MachineValue value={address} short />
                {amount !== null && (
                  <>
                    <span className="soft">
                      {say('inbox.answer.asked')} <AssetAmount chain={chain} asset={asset} amount={amount} />
                    </span>
                    <Button
                      kind="quiet"
                      onPress={() =>
                        set({
                          secured: answer.secured.map((one, place) =>
                            place === at ? writtenAmount(amount, decimalsOf(at)) : one,
                          ),
                        })
                      }
                    >
                      {say('inbox.answer.as-asked')}
                    </Button>
                  </>
                )}
              </p>
            </div>
          ))}
        </fieldset>
      )}
      {act.until && (
        <TextField
          id="answer-until"
          label={say(act.until === 'must-be' ? 'inbox.answer.until' : 'inbox.answer.until-known')}
          hint={say('inbox.utc')}
          type="datetime-local"
          value={answer.until}
          wrong={errors.find(({ id }) => id === 'answer-until')?.text}
          onChange={(event) => set({ until: event.target.value })}
        />
      )}
      {act.needs !== 'received' && (
        <TextArea
          id="answer-reason"
          label={say('inbox.answer.reason')}
          hint={say('inbox.answer.reason-hint')}
          wrong={errors.find(({ id }) => id === 'answer-reason')?.text}
          value={answer.reason}
          onChange={(event) => set({ reason: event.target.value })}
        />
      )}
      <ToldPreview act={act} request={request} answer={answer} secured={secured} />
      <div className="row">
        <Button type="submit" kind={act.isGrave ? 'danger' : 'first'} isBusy={sending.isPending}>
          {words('act', `do.${act.act}`)}
        </Button>
        <Button kind="second" onPress={onDone}>
          {say('inbox.not-now')}
        </Button>
      </div>
    </form>
  )
}

function inputOf(act: AnswerAct, { id, version }: ReadRequest, answer: Answer, secured: readonly object[]): object {
  const base = { id, seen: version }
  if (act.needs === 'received') return { ...base, receivedByCompetentAt: receivedOf(answer) }
  return {
    ...base,
    reason: answer.reason.trim(),
    ...(act.act === 'ask-back' ? { fields: [] } : {}),
    ...(act.grounds ? { code: answer.code } : {}),
    ...(act.needs === 'secured' ? { secured } : {}),
    ...(act.until && answer.until !== '' ? { until: instantOf(answer.until) } : {}),
  }
}

/** The grounds that the instrument knows for this request, each with its article; an excluded one is not offered. */
function Ground({
  act,
  request,
  answer,
  set,
}: {
  readonly act: AnswerAct
  readonly request: ReadRequest
  readonly answer: Answer
  readonly set: (change: Partial<Answer>) => void
}) {
  const { say, language } = useSpeech()
  const packs = useRead('legalInstruments', { language: language.id })
  const { instrument, requestType } = request.request.content
  const pack = packs.data?.find(({ id }) => id === instrument)
  const grounds =
    pack?.grounds.filter(
      ({ kind, strength, requestTypes }) =>
        kind === act.grounds &&
        strength !== 'excluded' &&
        (requestTypes.length === 0 || requestTypes.includes(requestType)),
    ) ?? []
  const chosen = grounds.find(({ code }) => code === answer.code)
  return (
    <>
      <Select
        id="answer-code"
        label={say('inbox.answer.ground')}
        hint={pack ? say('inbox.answer.ground-hint', { law: pack.short }) : undefined}
        value={answer.code}
        onChange={(event) => set({ code: event.target.value })}
      >
        <option value="">{say('inbox.choose')}</option>
        {grounds.map(({ code, label, article }) => (
          <option key={code} value={code}>
            {say('inbox.answer.ground-option', { ground: label, article })}
          </option>
        ))}
      </Select>
      {pack && grounds.length === 0 && <Note kind="warn">{say('inbox.answer.no-grounds', { law: pack.short })}</Note>}
      {chosen?.text && (
        <p className="small soft">
          <Phrase topic="law" text={chosen.text} />
        </p>
      )}
    </>
  )
}

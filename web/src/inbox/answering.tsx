/** A request of others, and everything that can be answered to it now: the next act first, each with what the sender will be told. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSpeech } from '../shared/language/speak.tsx'
import { assetAsked } from '../shared/native-assets.ts'
import { type ResultOf, useRead } from '../shared/node/node.tsx'
import { Button, Fact, Facts, Note, Sheet, Shown, Status } from '../shared/ui/parts.tsx'
import { RuleCited } from '../shared/ui/rule-cited.tsx'
import { Deadline, Words } from '../shared/ui/values.tsx'
import { type AnswerAct, expectsAnswer, possibleActs } from './answer-acts.ts'
import { AnswerForm } from './answer-form.tsx'
import { useNow } from './inbox.tsx'
import { AssetAmount, useCodeWords } from './names.tsx'

export type ReadRequest = ResultOf<'requestRead'>

export function Answering({ requestId }: { readonly requestId: string }) {
  const request = useRead('requestRead', { id: requestId })
  return <Shown read={request}>{(found) => <AnswerSheet request={found} />}</Shown>
}

function AnswerSheet({ request }: { readonly request: ReadRequest }) {
  const { say } = useSpeech()
  const words = useCodeWords()
  const now = useNow()
  const [chosen, setChosen] = useState<string | null>(null)
  const steps = useQuery({
    queryKey: ['transitions'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => (await import('../../../platform/src/casework/index.ts')).transitions.in,
  })
  const { state, content, deadlines, reason, secured } = request.request
  const acts = steps.data ? possibleActs(state, steps.data) : []
  const current = acts.find(({ act }) => act === chosen)
  return (
    <Sheet title={say('inbox.answer.title')} actions={<Status kind="open">{words('state', state)}</Status>}>
      <Facts>
        {deadlines
          .filter(({ due }) => due !== null)
          .map(({ ruleId, article, due, zone }) => (
            <Fact key={ruleId} name={say('inbox.answer.clock')}>
              <Deadline
                due={due as string}
                zone={zone}
                rule={<RuleCited rule={ruleId} article={article} />}
                now={now}
              />
            </Fact>
          ))}
        {secured.length > 0 && (
          <Fact name={say('inbox.answer.secured')}>
            {secured.map((one) => (
              <div key={`${one.chain} ${one.address}`}>
                <AssetAmount chain={one.chain} asset={assetAsked(content.assets, one)} amount={one.amount} />
              </div>
            ))}
          </Fact>
        )}
        {reason !== null && (
          <Fact name={say('inbox.answer.last')}>
            <Words>{reason.text}</Words>
            {reason.article !== undefined && (
              <div className="small soft">
                <Words>{reason.article}</Words>
              </div>
            )}
          </Fact>
        )}
      </Facts>
      {acts.length === 0 && steps.data && <Note>{say('inbox.answer.over')}</Note>}
      <fieldset className="acts">
        <legend className="hidden-text">{say('inbox.answer.acts')}</legend>
        {acts.map((one, at) => (
          <Button
            key={one.act}
            kind={kindOf(one, at === 0 && expectsAnswer(state), chosen)}
            onPress={() => setChosen(chosen === one.act ? null : one.act)}
          >
            {words('act', one.act)}
          </Button>
        ))}
      </fieldset>
      {current && <AnswerForm key={current.act} act={current} request={request} onDone={() => setChosen(null)} />}
    </Sheet>
  )
}

function kindOf(one: AnswerAct, isNext: boolean, chosen: string | null): 'first' | 'second' | 'danger' {
  if (chosen === null ? isNext : chosen === one.act) return 'first'
  return one.isGrave ? 'danger' : 'second'
}

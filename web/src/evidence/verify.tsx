/** Prove it to somebody who trusts nobody: drop a bundle, get the verdict in words. Nothing is sent anywhere. */
import './verify.css'
import { useState } from 'react'
import { Button as AriaButton, DropZone, FileTrigger } from 'react-aria-components'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { usePhrases } from '../shared/phrases/use-phrases.tsx'
import { TextArea } from '../shared/ui/fields.tsx'
import { Button, Note, PageHead, Sheet, Status } from '../shared/ui/parts.tsx'
import { MachineValue } from '../shared/ui/values.tsx'
import { filesOfDrop } from './verify/files-of-drop.ts'
import { useVerifying, type Verifying } from './verify/use-verifying.ts'
import { VerdictView } from './verify/verdict-view.tsx'

/** A command is the same in every language. */
const COMMAND = 'comity-verify bundle.zip --policy policy.txt --roots roots.pem'

export function Screen() {
  const say = useSay()
  // Fetched with the screen: whoever opens it may be without a network when the verdict is there.
  usePhrases('verdict')
  const [policy, setPolicy] = useState('')
  const [roots, setRoots] = useState('')
  const { state, verify, forget } = useVerifying()
  const begin = (files: readonly File[]) => {
    if (files.length > 0) verify({ files, policy, roots })
  }
  return (
    <div className="stack">
      <PageHead title={say('verify.title')} />
      <p>{say('verify.lead')}</p>
      <div className="columns verify-columns">
        <Sheet title={say('verify.what')}>
          <DropZone
            className="drop"
            aria-label={say('verify.drop')}
            onDrop={(event) => void filesOfDrop(event.items).then(begin)}
          >
            <p>
              <strong>{say('verify.drop')}</strong>
            </p>
            <p className="soft">{say('verify.drop-hint')}</p>
            <div className="row">
              <FileTrigger
                acceptedFileTypes={['.zip', 'application/zip']}
                onSelect={(list) => begin([...(list ?? [])])}
              >
                <AriaButton className="button">{say('verify.choose-zip')}</AriaButton>
              </FileTrigger>
              <FileTrigger acceptDirectory onSelect={(list) => begin([...(list ?? [])])}>
                <AriaButton className="button" data-kind="second">
                  {say('verify.choose-folder')}
                </AriaButton>
              </FileTrigger>
            </div>
          </DropZone>
        </Sheet>
        <TrustForm policy={policy} roots={roots} onPolicy={setPolicy} onRoots={setRoots} />
      </div>
      <Outcome state={state} onForget={forget} />
      <Sheet title={say('verify.offline')}>
        <p>{say('verify.offline-text')}</p>
        <pre>{COMMAND}</pre>
      </Sheet>
    </div>
  )
}

function TrustForm({
  policy,
  roots,
  onPolicy,
  onRoots,
}: {
  readonly policy: string
  readonly roots: string
  readonly onPolicy: (text: string) => void
  readonly onRoots: (text: string) => void
}) {
  const say = useSay()
  return (
    <Sheet title={say('verify.trust')}>
      <p className="soft small">{say('verify.trust-hint')}</p>
      <TextArea
        label={say('verify.policy')}
        hint={say('verify.policy-hint')}
        value={policy}
        dir="ltr"
        spellCheck={false}
        onChange={({ target }) => onPolicy(target.value)}
      />
      <p>
        <Button kind="second" onPress={() => void policyOfThisNode().then(onPolicy)}>
          {say('verify.policy-this-node')}
        </Button>
      </p>
      <TextArea
        label={say('verify.roots')}
        hint={say('verify.roots-hint')}
        value={roots}
        dir="ltr"
        spellCheck={false}
        onChange={({ target }) => onRoots(target.value)}
      />
    </Sheet>
  )
}

/** The key of the journal of the node that served this page, as a policy; the reader asked for it. */
async function policyOfThisNode(): Promise<string> {
  const answer = await fetch('/log/key')
  return answer.ok ? `log ${(await answer.text()).trim()}\nquorum none\n` : ''
}

function Outcome({ state, onForget }: { readonly state: Verifying; readonly onForget: () => void }) {
  const { say, locale } = useSpeech()
  switch (state.kind) {
    case 'idle':
      return null
    case 'busy':
      return (
        <div role="status">
          <progress
            className="waiting"
            max={state.of || 1}
            value={state.of === 0 ? undefined : state.bytes}
            aria-label={say('verify.busy')}
          />{' '}
          <span className="soft">
            {say('verify.busy-bytes', {
              read: new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(state.bytes / 1e6),
            })}
          </span>
        </div>
      )
    case 'failed':
      return (
        <Note kind="bad">
          <div role="alert">
            <h2>{say('verify.not-judged')}</h2>
            <p>{say(state.id)}</p>
            {state.reason !== '' && (
              <p className="small" lang="en">
                <MachineValue value={state.reason} />
              </p>
            )}
          </div>
        </Note>
      )
    case 'done':
      return (
        <div className="stack">
          <VerdictView verdict={state.verdict} name={state.name} />
          <div className="row no-print">
            <Button kind="second" onPress={() => window.print()}>
              {say('verify.print')}
            </Button>
            <Button kind="quiet" onPress={onForget}>
              {say('verify.another')}
            </Button>
            <Status kind="plain">{say('verify.nothing-sent')}</Status>
          </div>
        </div>
      )
  }
}

/** Prove it to somebody who trusts nobody: drop a bundle or a dossier, get the verdict in words. Nothing is sent anywhere. */
import './verify.css'
import { useState } from 'react'
import { Button as AriaButton, DropZone, FileTrigger } from 'react-aria-components'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { usePhrases } from '../shared/phrases/use-phrases.tsx'
import { TextArea, TextField } from '../shared/ui/fields.tsx'
import { Button, Note, PageHead, Sheet, Status } from '../shared/ui/parts.tsx'
import { MachineValue } from '../shared/ui/values.tsx'
import { DossierView } from './verify/dossier-view.tsx'
import { filesOfDrop } from './verify/files-of-drop.ts'
import { sortDropped } from './verify/sort-dropped.ts'
import { useVerifying, type Verifying } from './verify/use-verifying.ts'
import { VerdictView } from './verify/verdict-view.tsx'

/** Commands are the same in every language. */
const COMMANDS = `comity-verify bundle.zip --policy policy.txt --roots roots.pem
comity-verify dossier agency.dossier.json --directory directory --root-sha256 HEX`

export function Screen() {
  const say = useSay()
  // Fetched with the screen: whoever opens it may be without a network when the verdict is there.
  usePhrases('verdict')
  const [policy, setPolicy] = useState('')
  const [roots, setRoots] = useState('')
  const [directory, setDirectory] = useState<ReadonlyMap<string, File> | null>(null)
  const [rootSha256, setRootSha256] = useState('')
  const [waiting, setWaiting] = useState<readonly File[]>([])
  const { state, verify, forget } = useVerifying()
  const begin = (files: readonly File[]) => {
    const sorted = sortDropped(files)
    const known = sorted.directory ?? directory
    setDirectory(known)
    // A dossier that waits for its directory is judged as soon as that is here.
    const judged = sorted.rest.length > 0 ? sorted.rest : sorted.directory === null ? [] : waiting
    if (judged.length === 0) return
    setWaiting(judged)
    verify({ files: judged, policy, roots, directory: known, rootSha256 })
  }
  return (
    <div className="stack">
      <PageHead title={say('verify.title')} />
      <p>{say('verify.lead')}</p>
      <div className="columns verify-columns">
        <div className="stack">
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
                  acceptedFileTypes={['.zip', '.json', 'application/zip', 'application/json']}
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
          <DirectoryForm
            count={directory?.size ?? null}
            rootSha256={rootSha256}
            onFiles={begin}
            onRootSha256={setRootSha256}
          />
        </div>
        <TrustForm policy={policy} roots={roots} onPolicy={setPolicy} onRoots={setRoots} />
      </div>
      <Outcome
        state={state}
        onForget={() => {
          setWaiting([])
          forget()
        }}
      />
      <Sheet title={say('verify.offline')}>
        <p>{say('verify.offline-text')}</p>
        <pre>{COMMANDS}</pre>
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

/** For a dossier: the members with their keys, and the one digest on which the directory stands. */
function DirectoryForm({
  count,
  rootSha256,
  onFiles,
  onRootSha256,
}: {
  readonly count: number | null
  readonly rootSha256: string
  readonly onFiles: (files: readonly File[]) => void
  readonly onRootSha256: (text: string) => void
}) {
  const say = useSay()
  const [isNone, setNone] = useState(false)
  const take = (files: readonly File[]) => {
    const isDirectory = sortDropped(files).directory !== null
    setNone(files.length > 0 && !isDirectory)
    if (isDirectory) onFiles(files)
  }
  return (
    <Sheet title={say('verify.directory')}>
      <p className="soft small">{say('verify.directory-hint')}</p>
      <p className="row">
        <FileTrigger acceptDirectory onSelect={(list) => take([...(list ?? [])])}>
          <AriaButton className="button" data-kind="second">
            {say('verify.choose-directory')}
          </AriaButton>
        </FileTrigger>
        {count !== null && <Status kind="good">{say('verify.directory-here', { count })}</Status>}
      </p>
      {isNone && (
        <Note kind="bad">
          <p role="alert">{say('verify.no-directory')}</p>
        </Note>
      )}
      <TextField
        label={say('verify.root-sha256')}
        hint={say('verify.root-sha256-hint')}
        value={rootSha256}
        dir="ltr"
        spellCheck={false}
        maxLength={80}
        onChange={({ target }) => onRootSha256(target.value)}
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
        <Note kind={state.id === 'verify.needs-directory' ? 'warn' : 'bad'}>
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
    case 'dossier':
      return (
        <div className="stack">
          {state.kind === 'done' ? (
            <VerdictView verdict={state.verdict} name={state.name} />
          ) : (
            <DossierView dossier={state.dossier} name={state.name} />
          )}
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

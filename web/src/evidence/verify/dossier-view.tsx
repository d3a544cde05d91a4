/** The verdict on a dossier: one sentence first, then message by message, then what is wrong between them. */
import { useSpeech } from '../../shared/language/speak.tsx'
import { Fact, Facts, Sheet, Status } from '../../shared/ui/parts.tsx'
import { Instant, MachineValue, Words } from '../../shared/ui/values.tsx'
import type { CheckedDossier } from './judge-file.ts'

export function DossierView({ dossier, name }: { readonly dossier: CheckedDossier; readonly name: string }) {
  const { say } = useSpeech()
  const { sound, items, wrong, root, compared, agency, caseId, at } = dossier
  const kind = sound ? (compared ? 'good' : 'warn') : 'bad'
  const heading = sound ? (compared ? 'verify.dossier-right' : 'verify.dossier-not-compared') : 'verify.wrong'
  return (
    <section className="stack" aria-label={say('verify.verdict')}>
      <div className="note verdict" data-kind={kind} role="status">
        <h2>{say(heading)}</h2>
        <p>
          {say('verify.dossier-counts', {
            right: items.filter((one) => one.wrong.length === 0).length,
            wrong: items.filter((one) => one.wrong.length > 0).length + wrong.length,
          })}
        </p>
      </div>
      <Facts>
        <Fact name={say('verify.file')}>
          <MachineValue value={name} />
        </Fact>
        <Fact name={say('verify.dossier-of')}>
          <MachineValue value={agency} />
        </Fact>
        <Fact name={say('verify.dossier-case')}>
          <MachineValue value={caseId} />
        </Fact>
        <Fact name={say('verify.made')}>
          <Instant at={at} />
        </Fact>
        <Fact name={say('verify.dossier-root')}>
          <MachineValue value={root} copy />{' '}
          <Status kind={compared ? 'good' : 'warn'}>
            {say(compared ? 'verify.root-same' : 'verify.root-not-compared')}
          </Status>
        </Fact>
      </Facts>
      {wrong.length > 0 && (
        <Sheet title={say('verify.between')}>
          <ul className="list statements">
            {wrong.map((one) => (
              <Wrong key={one} text={one} />
            ))}
          </ul>
        </Sheet>
      )}
      <Sheet title={say('verify.messages')}>
        <ol className="list statements">
          {items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a message is its place, also where two are the same
            <Message key={index} item={item} />
          ))}
        </ol>
      </Sheet>
      <Sheet title={say('verify.limits')}>
        <ul>
          <li>{say('verify.dossier-limit-end')}</li>
          <li>{say('verify.dossier-limit-root')}</li>
        </ul>
      </Sheet>
    </section>
  )
}

function Message({ item }: { readonly item: CheckedDossier['items'][number] }) {
  const { say, knows } = useSpeech()
  const { type, from, to, created, receipt, approvals, wrong, digest } = item
  const isRight = wrong.length === 0
  const typeId = `inbox.type.${type}`
  const receiptId = `inbox.receipt.${receipt}`
  return (
    <li data-state={isRight ? 'checked' : 'wrong'}>
      <span className="mark" aria-hidden="true">
        {isRight ? '✓' : '!'}
      </span>
      <div>
        <strong>{say(isRight ? 'verify.state.checked' : 'verify.state.wrong')}</strong>{' '}
        {type === null ? say('verify.not-readable') : knows(typeId) ? say(typeId) : <MachineValue value={type} />}
        {from !== null && to !== null && (
          <p className="small">
            <MachineValue value={`${from} → ${to}`} /> {created !== null && <Instant at={created} />}
          </p>
        )}
        <p className="small soft">
          {receipt === null ? say('verify.no-receipt') : knows(receiptId) ? say(receiptId) : receipt}
          {approvals > 0 && <> · {say('verify.approvals', { count: approvals })}</>}
          {digest !== null && (
            <>
              {' · SHA-256 '}
              <MachineValue value={digest} short copy />
            </>
          )}
        </p>
        {wrong.length > 0 && (
          <ul className="small" lang="en">
            {wrong.map((one) => (
              <li key={one}>
                <Words>{one}</Words>
              </li>
            ))}
          </ul>
        )}
      </div>
    </li>
  )
}

function Wrong({ text }: { readonly text: string }) {
  const { say } = useSpeech()
  return (
    <li data-state="wrong">
      <span className="mark" aria-hidden="true">
        !
      </span>
      <div>
        <strong>{say('verify.state.wrong')}</strong>{' '}
        <span lang="en">
          <Words>{text}</Words>
        </span>
      </div>
    </li>
  )
}

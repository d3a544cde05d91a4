/**
 * The proof that a case was erased, for those who took part and for auditors: its digest is computed here. What is ordered and not yet
 * carried out can be carried out by whoever asks; the node does so by itself too.
 */
import './access.css'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { type ResultOf, useAct, useReadOrNone } from '../shared/node/node.tsx'
import { PersonName } from '../shared/node/people.tsx'
import { saveFile } from '../shared/save-file.ts'
import { AskDialog, Button, Fact, Facts, Note, PageHead, Sheet, Shown, Trouble } from '../shared/ui/parts.tsx'
import { Instant, MachineValue, ownZone, Words } from '../shared/ui/values.tsx'
import { digestOf } from './approving.tsx'
import { ExtentFacts } from './extent-facts.tsx'

export function Screen() {
  const say = useSay()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const proof = useReadOrNone('erasureProof', { id }, 'ERASURE_NO_PROOF')
  return (
    <>
      <PageHead title={say('access.erased.title')} />
      <div className="stack wide">
        <Shown read={proof}>
          {(shown) =>
            shown === null ? (
              <>
                <Note kind="warn">
                  <p>{say('access.erased.none')}</p>
                </Note>
                <CarryOut id={id} />
              </>
            ) : (
              <Proof proof={shown} />
            )
          }
        </Shown>
      </div>
    </>
  )
}

function CarryOut({ id }: { readonly id: string }) {
  const say = useSay()
  const [isOpen, setOpen] = useState(false)
  const act = useAct('erasureCarryOut')
  return (
    <Sheet title={say('access.erased.carry-out')}>
      <p>{say('access.erased.carry-out-text')}</p>
      <Button kind="danger" onPress={() => setOpen(true)}>
        {say('access.erased.carry-out')}
      </Button>
      <AskDialog title={say('access.erased.carry-out')} isOpen={isOpen} onClose={() => setOpen(false)}>
        <ul>
          <li>{say('access.approve-erasure.order-key')}</li>
          <li>{say('access.approve-erasure.order-stays')}</li>
        </ul>
        <Trouble error={act.error} />
        <div className="row">
          <Button
            kind="danger"
            isBusy={act.isPending}
            onPress={() => act.mutate({ id }, { onSuccess: () => setOpen(false) })}
          >
            {say('access.erased.carry-out')}
          </Button>
          <Button kind="second" onPress={() => setOpen(false)}>
            {say('dialog.cancel')}
          </Button>
        </div>
      </AskDialog>
    </Sheet>
  )
}

function Proof({ proof }: { readonly proof: ResultOf<'erasureProof'> }) {
  const { say } = useSpeech()
  const { digest, ...body } = proof
  const { caseId, basis, extent, approvedDigest, approvers, proposedBy, orderedBy, orderedAt, destroyedAt } = body
  const isWhole = digestOf(body) === digest
  const zone = ownZone()
  return (
    <>
      <Note kind={isWhole ? 'good' : 'bad'}>
        <p>{say(isWhole ? 'access.erased.whole' : 'access.erased.not-whole')}</p>
      </Note>
      <Sheet
        title={say('access.erased.what')}
        actions={
          <Button
            kind="second"
            onPress={() =>
              saveFile(
                `erasure-${proof.erasureId}.json`,
                new Blob([JSON.stringify(proof, null, 2)], { type: 'application/json' }),
              )
            }
          >
            {say('access.erased.save')}
          </Button>
        }
      >
        <Facts>
          <Fact name={say('access.case')}>
            <MachineValue value={caseId} copy />
          </Fact>
          <Fact name={say('access.erased.destroyed')}>
            <Instant at={destroyedAt} zone={zone} />
          </Fact>
          <Fact name={say('access.approve-erasure.basis')}>
            <Words>
              {basis.kind === 'order'
                ? say('access.approve-erasure.basis-order', { order: basis.order })
                : say('access.approve-erasure.basis-period', { rules: basis.rules.join(', ') })}
            </Words>
          </Fact>
          <Fact name={say('access.approve-erasure.author')}>
            <PersonName id={proposedBy} role />
          </Fact>
          <Fact name={say('access.erased.approvers')}>
            <ul className="plain">
              {approvers.map((id) => (
                <li key={id}>
                  <PersonName id={id} role />
                </li>
              ))}
            </ul>
          </Fact>
          <Fact name={say('access.erased.ordered-by')}>
            <PersonName id={orderedBy} role /> · <Instant at={orderedAt} zone={zone} />
          </Fact>
          <ExtentFacts extent={extent} />
          <Fact name={say('access.erased.approved-digest')}>
            <MachineValue value={approvedDigest} />
          </Fact>
          <Fact name={say('access.erased.digest')}>
            <MachineValue value={digest} copy />
          </Fact>
        </Facts>
      </Sheet>
    </>
  )
}

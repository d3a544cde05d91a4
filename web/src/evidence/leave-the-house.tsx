/** How a case leaves the house: as a bundle, which anybody verifies offline, or in the formats of others. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useSay } from '../shared/language/speak.tsx'
import { Button, ButtonLink, Fact, Facts, Note, Sheet, Trouble } from '../shared/ui/parts.tsx'
import { MachineValue } from '../shared/ui/values.tsx'
import { type BundleParts, partsOfBundle } from './bundle-parts.ts'
import { saveAnswer } from './save-answer.ts'
import { useMayExport, WhoExports } from './who-exports.tsx'

/** Making a bundle is a grave act: the node asks for the key. */
export function LeaveTheHouse({ caseId }: { readonly caseId: string }) {
  const say = useSay()
  const client = useQueryClient()
  const may = useMayExport()
  const makes = useMutation({
    mutationFn: async () => {
      const { name, content } = await saveAnswer('/v1/case/bundle.zip', { caseId }, `bundle-${caseId}.zip`)
      return { name, parts: await partsOfBundle(content) }
    },
    onSettled: () => client.invalidateQueries(),
  })
  return (
    <>
      <Sheet title={say('evidence.bundle')}>
        <p>{say('evidence.bundle-text')}</p>
        <div className="stack">
          <Trouble error={makes.error} />
          {makes.data && <Made {...makes.data} />}
          {may === false && <WhoExports />}
          <p className="row">
            {may !== false && (
              <Button kind="second" isBusy={makes.isPending} onPress={() => makes.mutate()}>
                {say('evidence.bundle-fetch')}
              </Button>
            )}
            <ButtonLink to="/verify" kind="second">
              {say('evidence.bundle-verify')}
            </ButtonLink>
          </p>
        </div>
      </Sheet>
      <Sheet title={say('handout.title')}>
        <p>{say('handout.lead')}</p>
        <p>
          <ButtonLink to={`/cases/${caseId}/hand-outs`} kind="second">
            {say('handout.open')}
          </ButtonLink>
        </p>
      </Sheet>
    </>
  )
}

function Made({ name, parts }: { readonly name: string; readonly parts: BundleParts }) {
  const say = useSay()
  return (
    <Note kind="good">
      <p>{say('evidence.bundle-made')}</p>
      <Facts>
        <Fact name={say('verify.file')}>
          <MachineValue value={name} />
        </Fact>
        <Fact name={say('evidence.bundle-holds')}>{say('evidence.bundle-counts', parts)}</Fact>
        <Fact name={say('evidence.bundle-check')}>
          <MachineValue value={`comity-verify ${name}`} copy />
        </Fact>
      </Facts>
      <p>{say('evidence.bundle-check-text')}</p>
    </Note>
  )
}

/**
 * For the oversight: opening places of a commitment that a partner was shown before it was asked. That each place is in the commitment
 * is computed here; an address without a case is what is looked for.
 */
import { useState } from 'react'
import { checkSample } from '../../../platform/src/exchange/deconfliction/watch-commitment.ts'
import { hexToBytes } from '../../../platform/src/kernel/index.ts'
import { AuditTabs } from '../audit/audit-tabs.tsx'
import { useChecked } from '../joint/use-checked.ts'
import { useSay } from '../shared/language/speak.tsx'
import { type ResultOf, useRead } from '../shared/node/node.tsx'
import { ErrorSummary, TextField } from '../shared/ui/fields.tsx'
import { Button, Fact, Facts, Note, PageHead, Sheet, Shown, Status } from '../shared/ui/parts.tsx'
import { MachineValue } from '../shared/ui/values.tsx'
import { ItemText } from './items.tsx'
import { MOST_PLACES, placesAtRandom, placesIn } from './sample-places.ts'

type Asked = { readonly caseCommit: string; readonly indexes: readonly number[] }
type Opened = ResultOf<'deconflictionSampleOpen'>

export function Screen() {
  const say = useSay()
  const [asked, setAsked] = useState<Asked | null>(null)
  const read = useRead('deconflictionSampleOpen', asked && { ...asked, indexes: [...asked.indexes] })
  return (
    <>
      <PageHead title={say('compare.samples')} />
      <div className="stack">
        <AuditTabs />
        <Sheet>
          <p>{say('compare.samples-text')}</p>
          <Question onAsk={setAsked} />
        </Sheet>
        {asked !== null && (
          <Sheet title={say('compare.samples-opened')}>
            <Shown read={read}>{(opened) => <Places opened={opened} />}</Shown>
          </Sheet>
        )}
      </div>
    </>
  )
}

/** Dummies fill every question up to a multiple of so many; a sample of the first is taken where nothing is said. */
const FILLED_TO = 128
const TAKEN = 16

function Question({ onAsk }: { readonly onAsk: (asked: Asked) => void }) {
  const say = useSay()
  const { errors, wrongOf, isRight } = useChecked()
  const [commit, setCommit] = useState('')
  const [places, setPlaces] = useState('')
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const indexes = placesIn(places)
        const more = [
          ...(commit.trim() === '' || /^[0-9a-f]{64}$/.test(commit.trim())
            ? []
            : [{ id: 'samples-commit', text: say('compare.samples-commit-wrong') }]),
          ...(places.trim() !== '' && indexes === null
            ? [{ id: 'samples-places', text: say('compare.samples-places-wrong', { most: MOST_PLACES }) }]
            : []),
        ]
        const filled = [
          ['samples-commit', say('compare.samples-commit'), commit],
          ['samples-places', say('compare.samples-places'), places],
        ] as const
        if (isRight(filled, more) && indexes !== null) onAsk({ caseCommit: commit.trim(), indexes })
      }}
    >
      <ErrorSummary errors={errors} />
      <TextField
        id="samples-commit"
        label={say('compare.samples-commit')}
        hint={say('compare.samples-commit-hint')}
        wrong={wrongOf('samples-commit')}
        dir="ltr"
        spellCheck={false}
        value={commit}
        onChange={({ target }) => setCommit(target.value)}
      />
      <TextField
        id="samples-places"
        label={say('compare.samples-places')}
        hint={say('compare.samples-places-hint')}
        wrong={wrongOf('samples-places')}
        dir="ltr"
        value={places}
        onChange={({ target }) => setPlaces(target.value)}
      />
      <div className="row">
        <Button type="submit">{say('compare.samples-open')}</Button>
        <Button kind="second" onPress={() => setPlaces(placesAtRandom(TAKEN, FILLED_TO).join(' '))}>
          {say('compare.samples-random', { count: TAKEN, of: FILLED_TO })}
        </Button>
      </div>
    </form>
  )
}

function Places({ opened: { caseCommit, size, samples } }: { readonly opened: Opened }) {
  const say = useSay()
  const checked = samples.map((one) => ({ one, isShown: isCommitted(caseCommit, size, one) }))
  const wrong = checked.filter(({ isShown }) => !isShown).length
  const caseless = samples.filter(({ item, caseRef }) => item !== null && caseRef === null).length
  return (
    <>
      <Note kind={wrong === 0 && caseless === 0 ? 'good' : 'bad'}>
        <p>{say('compare.samples-size', { size })}</p>
        <p>{say(wrong === 0 ? 'compare.samples-whole' : 'compare.samples-broken', { count: wrong })}</p>
        <p>{say('compare.samples-caseless', { count: caseless })}</p>
      </Note>
      <ol className="plain-list">
        {checked.map(({ one, isShown }) => (
          <li key={one.index} className="record">
            <p className="row">
              <strong>{say('compare.samples-place', { index: one.index })}</strong>
              <Status kind={isShown ? 'good' : 'bad'}>
                {say(isShown ? 'compare.samples-in' : 'compare.samples-not-in')}
              </Status>
            </p>
            <Facts>
              <Fact name={say('compare.samples-item')}>
                {one.item === null ? say('compare.samples-dummy') : <ItemText item={one.item} />}
              </Fact>
              <Fact name={say('compare.samples-case')}>
                {one.caseRef === null ? '–' : <MachineValue value={one.caseRef} copy />}
              </Fact>
              <Fact name={say('compare.samples-salt')}>
                <MachineValue value={one.salt} short copy />
              </Fact>
            </Facts>
          </li>
        ))}
      </ol>
    </>
  )
}

/** Whether what is shown is what was committed to, by the tree of the journal (RFC 6962). */
function isCommitted(caseCommit: string, size: number, sample: Opened['samples'][number]): boolean {
  const { index, caseRef } = sample
  const [input, salt] = [hexToBytes(sample.input), hexToBytes(sample.salt)]
  return checkSample(hexToBytes(caseCommit), size, {
    index,
    size,
    caseRef,
    input,
    salt,
    proof: sample.proof.map(hexToBytes),
  }).ok
}

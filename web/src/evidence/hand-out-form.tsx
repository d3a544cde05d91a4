/** For whom a hand-out is, what for and how far; then what would go and what would stay; only then it goes. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useChecked } from '../joint/use-checked.ts'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { ask, type InputOf, type ResultOf } from '../shared/node/node.tsx'
import { usePeople } from '../shared/node/people.tsx'
import { Checkbox, ErrorSummary, Select, TextArea, TextField } from '../shared/ui/fields.tsx'
import { AskDialog, Button, FormEnd, Note, Sheet, Trouble } from '../shared/ui/parts.tsx'
import { MachineValue } from '../shared/ui/values.tsx'
import { HandOutPreview } from './hand-out-preview.tsx'
import { IndexSelect, indexAsked } from './index-select.tsx'
import { saveAnswer } from './save-answer.ts'
import { useMayExport, WhoExports } from './who-exports.tsx'

type Asked = InputOf<'caseHandOut'>
type Format = Asked['formats'][number]
const FORMATS = ['package', 'case', 'stix', 'misp', 'followthemoney', 'csv'] as const satisfies readonly Format[]
const PURPOSES = ['criminal-proceedings', 'asset-recovery', 'financial-intelligence', 'administrative'] as const
const REACHES = ['named', 'community', 'public'] as const

export function HandOutForm({ found }: { readonly found: ResultOf<'caseRead'> }) {
  const { say, language } = useSpeech()
  const people = usePeople()
  const form = useId()
  const { access } = found.case
  const { errors, wrongOf, isRight } = useChecked()
  const [names, setNames] = useState('')
  const [fetching, setFetching] = useState<readonly string[]>([])
  const [reach, setReach] = useState<Asked['audience']['reach']>('named')
  const [purpose, setPurpose] = useState<Asked['audience']['purpose']>(access.purposes[0] ?? 'criminal-proceedings')
  const [onward, setOnward] = useState(false)
  const [formats, setFormats] = useState<readonly Format[]>(FORMATS)
  const [exhibits, setExhibits] = useState(true)
  const [index, setIndex] = useState<string>(language.id)
  const [order, setOrder] = useState('')
  const ahead = useMutation({ mutationFn: (asked: Asked) => ask('handOutPreview', asked) })
  const members = [...new Set([...names.split('\n').map((one) => one.trim()), ...fetching])].filter((one) => one !== '')
  const ids = { names: `${form}-names`, formats: `${form}-formats`, order: `${form}-order` }
  const asked: Asked = {
    caseId: found.id,
    audience: { members, reach, purpose, onward },
    ...{ formats, exhibits },
    ...(access.sealed ? { order: order.trim() } : {}),
  }
  // What was seen ahead holds for what was asked, and for nothing else.
  const isSeen = ahead.data !== undefined && JSON.stringify(ahead.variables) === JSON.stringify(asked)
  const look = () => {
    const needed = [
      [ids.names, say('handout.members'), members.join()] as const,
      [ids.formats, say('handout.formats'), formats.join()] as const,
      ...(access.sealed ? [[ids.order, say('handout.order'), order] as const] : []),
    ]
    if (isRight(needed)) ahead.mutate(asked)
  }
  const purposes = [...new Set([...access.purposes, ...PURPOSES])]
  return (
    <>
      <Sheet title={say('handout.whom')}>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            look()
          }}
        >
          <ErrorSummary errors={errors} />
          <TextArea
            id={ids.names}
            label={say('handout.members')}
            hint={say('handout.members-hint')}
            wrong={wrongOf(ids.names)}
            rows={3}
            value={names}
            onChange={(event) => setNames(event.target.value)}
          />
          <fieldset>
            <legend>{say('handout.fetching')}</legend>
            <p className="hint">{say('handout.fetching-hint')}</p>
            {access.members.map((id) => (
              <Checkbox
                key={id}
                label={people.of(id)?.name ?? id}
                checked={fetching.includes(id)}
                onChange={({ target }) =>
                  setFetching(target.checked ? [...fetching, id] : fetching.filter((one) => one !== id))
                }
              />
            ))}
          </fieldset>
          <div className="fields-2">
            <Select
              label={say('handout.purpose')}
              value={purpose}
              onChange={({ target }) => setPurpose(target.value as typeof purpose)}
            >
              {purposes.map((one) => (
                <option key={one} value={one}>
                  {say(`cases.purpose.${one}`)}
                </option>
              ))}
            </Select>
            <Select
              label={say('handout.reach')}
              value={reach}
              onChange={({ target }) => setReach(target.value as typeof reach)}
            >
              {REACHES.map((one) => (
                <option key={one} value={one}>
                  {say(`handout.reach.${one}`)}
                </option>
              ))}
            </Select>
          </div>
          <Checkbox
            label={say('handout.onward')}
            checked={onward}
            onChange={({ target }) => setOnward(target.checked)}
          />
          {access.sealed && (
            <TextField
              id={ids.order}
              label={say('handout.order')}
              hint={say('handout.order-hint')}
              wrong={wrongOf(ids.order)}
              maxLength={500}
              value={order}
              onChange={({ target }) => setOrder(target.value)}
            />
          )}
          <fieldset id={ids.formats} tabIndex={-1}>
            <legend>{say('handout.formats')}</legend>
            {wrongOf(ids.formats) && <p className="wrong">{wrongOf(ids.formats)}</p>}
            {FORMATS.map((one) => (
              <Checkbox
                key={one}
                label={say(`handout.format-for.${one}`)}
                checked={formats.includes(one)}
                onChange={({ target }) =>
                  setFormats(FORMATS.filter((each) => (each === one ? target.checked : formats.includes(each))))
                }
              />
            ))}
          </fieldset>
          <Checkbox
            label={say('handout.exhibits')}
            checked={exhibits}
            onChange={({ target }) => setExhibits(target.checked)}
          />
          <IndexSelect value={index} onChange={setIndex} />
          <Trouble error={ahead.error} />
          <Button type="submit" kind={isSeen ? 'second' : 'first'} isBusy={ahead.isPending}>
            {say('handout.look')}
          </Button>
        </form>
      </Sheet>
      {isSeen && ahead.data && (
        <Sheet title={say('handout.ahead')}>
          <div className="stack">
            <HandOutPreview ahead={ahead.data} />
            <HandOutAct asked={asked} index={index} ahead={ahead.data} />
          </div>
        </Sheet>
      )}
    </>
  )
}

function HandOutAct({
  asked,
  index,
  ahead,
}: {
  readonly asked: Asked
  readonly index: string
  readonly ahead: ResultOf<'handOutPreview'>
}) {
  const say = useSay()
  const { locale } = useSpeech()
  const client = useQueryClient()
  const people = usePeople()
  const may = useMayExport()
  const [isOpen, setOpen] = useState(false)
  const goes = ahead.goes.filter(({ kind }) => kind !== 'case').length
  const hands = useMutation({
    mutationFn: () => {
      const body = { ...asked, ...indexAsked(index) }
      return saveAnswer('/v1/case/bag.zip', body, `bag-${asked.caseId}.zip`)
    },
    onSuccess: () => setOpen(false),
    onSettled: () => client.invalidateQueries(),
  })
  if (may === false) return <WhoExports />
  if (goes === 0) return <Note kind="warn">{say('handout.nothing-goes')}</Note>
  const names = asked.audience.members.map((one) => people.of(one)?.name ?? one)
  return (
    <>
      {hands.data !== undefined && (
        <Note kind="good">
          <p>{say('handout.done')}</p>
          <p>
            <MachineValue value={hands.data.name} />
          </p>
          <p>{say('handout.done-check')}</p>
        </Note>
      )}
      <Button onPress={() => setOpen(true)}>{say('handout.do')}</Button>
      <AskDialog title={say('handout.do')} isOpen={isOpen} onClose={() => setOpen(false)}>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            hands.mutate()
          }}
        >
          <Note kind="warn">
            <p>{say('cases.effects')}</p>
            <ul>
              <li>
                {say('handout.effect-goes', {
                  items: goes,
                  exhibits: ahead.exhibits.length,
                  names: new Intl.ListFormat(locale).format(names),
                })}
              </li>
              <li>{say('handout.effect-journal')}</li>
              <li>{say('handout.effect-final')}</li>
            </ul>
          </Note>
          <FormEnd act={hands} does={say('handout.do')} onCancel={() => setOpen(false)} />
        </form>
      </AskDialog>
    </>
  )
}

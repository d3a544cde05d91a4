/** Questions of the workbench: how much an expansion brings before it does; what a group is called. */
import { useState } from 'react'
import { useSay } from '../../shared/language/speak.tsx'
import { Select, TextField } from '../../shared/ui/fields.tsx'
import { AskDialog, Button, Note } from '../../shared/ui/parts.tsx'
import { MOST_DRAWN, type Side, type View } from '../model/view.ts'
import { type Desk, useAnswer } from './use-desk.ts'
import { Amounts, type TraceWords } from './words.tsx'

const limits = [5, 10, 25, 100] as const

export function ExpandDialog({
  ask,
  view,
  words,
  node,
  side: asked,
  onClose,
  onExpand,
}: {
  readonly ask: Desk
  readonly view: View
  readonly words: TraceWords
  readonly node: number
  readonly side: Side
  readonly onClose: () => void
  readonly onExpand: (side: Side, limit: number) => void
}) {
  const say = useSay()
  const [side, setSide] = useState<Side>(asked)
  const [limit, setLimit] = useState<number>(10)
  const preview = useAnswer(ask, 'preview', { view, node, side, limit })
  return (
    <AskDialog title={say('trace.expand.title')} isOpen onClose={onClose}>
      <Select label={say('trace.expand.side')} value={side} onChange={({ target }) => setSide(target.value as Side)}>
        <option value="out">{say('trace.expand.out')}</option>
        <option value="in">{say('trace.expand.in')}</option>
      </Select>
      <Select label={say('trace.expand.limit')} value={limit} onChange={({ target }) => setLimit(Number(target.value))}>
        {limits.map((one) => (
          <option key={one} value={one}>
            {say('trace.expand.largest', { count: one })}
          </option>
        ))}
      </Select>
      <div aria-live="polite">
        {preview && preview.all === 0 && <p>{say('trace.expand.nothing')}</p>}
        {preview && preview.all > 0 && (
          <p>
            {say('trace.expand.brings', { count: preview.nodes.length, all: preview.all })}{' '}
            <Amounts amounts={preview.amounts} words={words} /> {say('trace.expand.of')}{' '}
            <Amounts amounts={preview.allAmounts} words={words} />
          </p>
        )}
        {preview?.isFull && (
          <Note kind="warn">
            <p>{say('trace.expand.full', { most: MOST_DRAWN })}</p>
          </Note>
        )}
      </div>
      <p className="row">
        <Button isDisabled={!preview || preview.nodes.length === 0} onPress={() => onExpand(side, limit)}>
          {say('trace.expand.do', { count: preview?.nodes.length ?? 0 })}
        </Button>
        <Button kind="quiet" onPress={onClose}>
          {say('dialog.close')}
        </Button>
      </p>
    </AskDialog>
  )
}

export function GroupDialog({
  count,
  onClose,
  onGroup,
}: {
  readonly count: number
  readonly onClose: () => void
  readonly onGroup: (name: string) => void
}) {
  const say = useSay()
  const [name, setName] = useState('')
  return (
    <AskDialog title={say('trace.group.title', { count })} isOpen onClose={onClose}>
      <TextField
        label={say('trace.group.name')}
        hint={say('trace.group.hint')}
        value={name}
        maxLength={80}
        onChange={({ target }) => setName(target.value)}
      />
      <p className="row">
        <Button onPress={() => onGroup(name.trim() === '' ? say('trace.group.unnamed', { count }) : name.trim())}>
          {say('trace.group.do')}
        </Button>
        <Button kind="quiet" onPress={onClose}>
          {say('dialog.close')}
        </Button>
      </p>
    </AskDialog>
  )
}

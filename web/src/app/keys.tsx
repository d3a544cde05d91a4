/** The list of keys: `?` opens it anywhere but in a field. Screens add theirs while they are shown. */
import { useEffect, useState, useSyncExternalStore } from 'react'
import type { MessageId } from '../shared/language/message-ids.ts'
import { useSay } from '../shared/language/speak.tsx'
import { AskDialog, Button } from '../shared/ui/parts.tsx'

export type Key = { readonly keys: string; readonly does: MessageId }

const everywhere: readonly Key[] = [
  { keys: '?', does: 'keys.list' },
  { keys: 'Esc', does: 'keys.leave' },
]
let ofScreen: readonly Key[] = []
const hearers = new Set<() => void>()

function show(keys: readonly Key[]): void {
  ofScreen = keys
  for (const hear of hearers) hear()
}

/** The keys of a screen, listed as long as it is shown. */
export function useScreenKeys(keys: readonly Key[]): void {
  useEffect(() => {
    show(keys)
    return () => show([])
  }, [keys])
}

/** Whether a key pressed there is meant for what is written there. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable)
}

export function useKeyList(): { readonly isOpen: boolean; readonly close: () => void } {
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.key === '?' && !isTyping(event.target)) setOpen(true)
    }
    window.addEventListener('keydown', hear)
    return () => window.removeEventListener('keydown', hear)
  }, [])
  return { isOpen, close: () => setOpen(false) }
}

export function KeysDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const say = useSay()
  const more = useSyncExternalStore(
    (hear) => {
      hearers.add(hear)
      return () => hearers.delete(hear)
    },
    () => ofScreen,
  )
  return (
    <AskDialog title={say('keys.title')} isOpen={isOpen} onClose={onClose}>
      <dl className="facts">
        {[...everywhere, ...more].map(({ keys, does }) => (
          <div key={keys}>
            <dt>
              <kbd dir="ltr">{keys}</kbd>
            </dt>
            <dd>{say(does)}</dd>
          </div>
        ))}
      </dl>
      <p>
        <Button kind="second" onPress={onClose}>
          {say('dialog.close')}
        </Button>
      </p>
    </AskDialog>
  )
}

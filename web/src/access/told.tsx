/** What the screens of keys themselves have to tell: what is wrong, and what can be done. What the node or a key says is told as everywhere. */
import { useEffect, useRef, useState } from 'react'
import type { MessageId } from '../shared/language/message-ids.ts'
import { useSay, type Values } from '../shared/language/speak.tsx'
import { Trouble } from '../shared/ui/parts.tsx'

export class Told extends Error {
  readonly id: MessageId
  readonly fix: MessageId
  readonly values: Values
  constructor(id: MessageId, fix: MessageId, values: Values = {}) {
    super(id)
    this.id = id
    this.fix = fix
    this.values = values
  }
}

/** Says in the title of the page that something is wrong, as long as it is: who hears the page hears this first. */
export function useErrorTitle(isWrong: boolean): void {
  const say = useSay()
  useEffect(() => {
    if (!isWrong) return
    const title = document.title
    document.title = say('access.error-title', { title })
    return () => {
      document.title = title
    }
  }, [isWrong, say])
}

export function Problem({ error }: { readonly error: unknown }) {
  const say = useSay()
  const box = useRef<HTMLDivElement>(null)
  useErrorTitle(Boolean(error))
  useEffect(() => {
    if (error instanceof Told) box.current?.focus()
  }, [error])
  if (!error) return null
  if (!(error instanceof Told)) return <Trouble error={error} />
  const { id, fix, values } = error
  return (
    <div className="note" data-kind="bad" role="alert" tabIndex={-1} ref={box}>
      <h2>{say('trouble.heading')}</h2>
      <p>{say(id, values)}</p>
      <p>{say(fix, values)}</p>
    </div>
  )
}

/** What a button is for: once at a time; a refusal or a fault is kept to be shown, and nothing else. */
export function useWork() {
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const run = async (work: () => Promise<void>): Promise<void> => {
    if (isBusy) return
    setBusy(true)
    setError(null)
    try {
      await work()
    } catch (thrown) {
      setError(thrown)
    } finally {
      setBusy(false)
    }
  }
  return { isBusy, error, run }
}

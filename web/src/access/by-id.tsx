/** Where what is to be approved is named: by the address, as it was sent (`/approve#ID`), or by hand. */
import './access.css'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useEffect, useState } from 'react'
import type { MessageId } from '../shared/language/message-ids.ts'
import { useSay } from '../shared/language/speak.tsx'
import { ErrorSummary, TextField } from '../shared/ui/fields.tsx'
import { Button, PageHead } from '../shared/ui/parts.tsx'

export function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
}

export function ById({ heading, to }: { readonly heading: MessageId; readonly to: '/approve' | '/approve-erasure' }) {
  const say = useSay()
  const navigate = useNavigate()
  const [given, setGiven] = useState('')
  const [isWrong, setWrong] = useState(false)
  useEffect(() => {
    const go = () => {
      const id = window.location.hash.slice(1).toLowerCase()
      if (isId(id)) void navigate({ to: `${to}/${id}`, replace: true } as never)
    }
    go()
    window.addEventListener('hashchange', go)
    return () => window.removeEventListener('hashchange', go)
  }, [navigate, to])
  function submit(event: FormEvent) {
    event.preventDefault()
    const id = given.trim().toLowerCase()
    setWrong(!isId(id))
    if (isId(id)) void navigate({ to: `${to}/${id}` } as never)
  }
  const wrong = isWrong ? say('access.by-id.wrong') : undefined
  return (
    <>
      <PageHead title={say(heading)} />
      <div className="stack narrow">
        <ErrorSummary errors={wrong === undefined ? [] : [{ id: 'identifier', text: wrong }]} />
        <form noValidate onSubmit={submit}>
          <TextField
            id="identifier"
            label={say('access.by-id.label')}
            hint={say('access.by-id.hint')}
            wrong={wrong}
            spellCheck={false}
            dir="ltr"
            maxLength={80}
            value={given}
            onChange={({ target }) => setGiven(target.value)}
          />
          <Button type="submit">{say('access.by-id.open')}</Button>
        </form>
      </div>
    </>
  )
}

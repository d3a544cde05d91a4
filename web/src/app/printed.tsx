/** At the head of what is printed: when, by whom, and which screen it is. */
import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { useSpeech } from '../shared/language/speak.tsx'
import { instantText } from '../shared/ui/values.tsx'

export function Printed({ name }: { readonly name: string | null }) {
  const { say, locale } = useSpeech()
  const [at, setAt] = useState(Date.now)
  useEffect(() => {
    // At once: what is drawn later is on no paper.
    const tell = () => flushSync(() => setAt(Date.now()))
    window.addEventListener('beforeprint', tell)
    return () => window.removeEventListener('beforeprint', tell)
  }, [])
  const time = instantText(new Date(at), 'UTC', locale)
  // From left to right inside a sentence of any direction (U+2066, U+2069).
  const address = `\u2066${window.location.origin}${window.location.pathname}${window.location.search}\u2069`
  return (
    <p className="print-only small soft">
      {name === null ? say('shell.printed', { time, address }) : say('shell.printed-by', { time, name, address })}
    </p>
  )
}

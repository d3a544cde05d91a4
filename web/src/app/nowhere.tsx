import { useSay } from '../shared/language/speak.tsx'
import { ButtonLink, PageHead, Trouble } from '../shared/ui/parts.tsx'

export function NotThere() {
  const say = useSay()
  return (
    <>
      <PageHead title={say('nowhere.title')} />
      <p>{say('nowhere.text')}</p>
      <p>
        <ButtonLink to="/">{say('nowhere.start')}</ButtonLink>
      </p>
    </>
  )
}

/** A screen broke. What it said is for whoever mends it. */
export function Fault({ error }: { readonly error: unknown }) {
  const say = useSay()
  return (
    <>
      <PageHead title={say('fault.title')} />
      <Trouble error={error}>
        <p>{say('fault.text')}</p>
      </Trouble>
    </>
  )
}

/** Keys are bound to the address of the node: elsewhere the browser would say something that nobody understands. */
import type { ReactNode } from 'react'
import { useSay } from '../shared/language/speak.tsx'
import { type ResultOf, useRead } from '../shared/node/node.tsx'
import { Shown } from '../shared/ui/parts.tsx'
import { Problem, Told } from './told.tsx'

export type PublicFacts = ResultOf<'publicRead'>

/** Shows what needs a key, where keys work; else where it is. */
export function Place({ children }: { readonly children: (facts: PublicFacts) => ReactNode }) {
  const facts = useRead('publicRead', {})
  return (
    <Shown read={facts}>
      {(value) =>
        new URL(value.publicUrl).origin === window.location.origin ? (
          isAble() ? (
            children(value)
          ) : (
            <Problem error={tooOld} />
          )
        ) : (
          <Elsewhere publicUrl={value.publicUrl} />
        )
      }
    </Shown>
  )
}

const tooOld = new Told('access.too-old', 'access.too-old-fix')

function isAble(): boolean {
  return typeof window.PublicKeyCredential?.parseRequestOptionsFromJSON === 'function'
}

function Elsewhere({ publicUrl }: { readonly publicUrl: string }) {
  const say = useSay()
  const href = new URL(window.location.pathname, publicUrl).href
  return (
    <div className="note" data-kind="bad" role="alert">
      <h2>{say('trouble.heading')}</h2>
      <p>{say('access.elsewhere')}</p>
      <p>
        {say('access.elsewhere-fix')}{' '}
        <a href={href}>
          <bdi dir="ltr">{href}</bdi>
        </a>
      </p>
    </div>
  )
}

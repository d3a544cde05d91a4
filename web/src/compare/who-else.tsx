/** Who else at this node is after the assets of a request or an order, as far as its reader may know. */
import { Link } from '@tanstack/react-router'
import { useSay } from '../shared/language/speak.tsx'
import { useCodes } from '../shared/law.ts'
import { type ResultOf, useRead } from '../shared/node/node.tsx'
import { Named } from '../shared/phrases/named.tsx'
import { usePhrases } from '../shared/phrases/use-phrases.tsx'
import { Note, Sheet, Shown } from '../shared/ui/parts.tsx'

export function WhoElse({ kind, id }: { readonly kind: 'request' | 'order'; readonly id: string }) {
  const say = useSay()
  const read = useRead('deconflictionCheck', { kind, id })
  return (
    <Sheet title={say('compare.who-else')}>
      <Shown read={read}>
        {(findings) =>
          findings.length === 0 ? (
            <p className="soft">{say('compare.who-else-nobody')}</p>
          ) : (
            findings.map((one) => <Found key={`${one.code} ${one.message}`} found={one} />)
          )
        }
      </Shown>
    </Sheet>
  )
}

function Found({ found: { message, with: others } }: { readonly found: ResultOf<'deconflictionCheck'>[number] }) {
  const here = usePhrases('casework')(message)
  return (
    <Note kind="warn">
      <p lang={here === null ? 'en' : undefined}>
        <Named text={here ?? message} />
      </p>
      {others.length > 0 && (
        <ul>
          {others.map(({ kind, id }) => (
            <li key={id}>{kind === 'request' ? <TheirRequest id={id} /> : <TheirOrder id={id} />}</li>
          ))}
        </ul>
      )}
    </Note>
  )
}

function TheirRequest({ id }: { readonly id: string }) {
  const say = useSay()
  const codes = useCodes()
  const measure = useRead('requestRead', { id }).data?.request.content.measure
  return (
    <Link to={`/requests/${id}` as never}>
      {say('compare.who-else-request', { measure: measure === undefined ? id : codes.name(measure) })}
    </Link>
  )
}

function TheirOrder({ id }: { readonly id: string }) {
  const say = useSay()
  const codes = useCodes()
  const { data } = useRead('orderRead', { id })
  const measure = data === undefined ? id : codes.name(data.content.measure)
  if (data === undefined) return say('compare.who-else-order', { measure })
  return (
    <Link to={`/cases/${data.caseId}/records/order/${id}` as never}>{say('compare.who-else-order', { measure })}</Link>
  )
}

/** A request of others by itself, where it is reached from a list of requests. */
import { useParams } from '@tanstack/react-router'
import './inbox.css'
import { useSay } from '../shared/language/speak.tsx'
import { useRead } from '../shared/node/node.tsx'
import { PageHead } from '../shared/ui/parts.tsx'
import { Words } from '../shared/ui/values.tsx'
import { Answering } from './answering.tsx'
import { lookedFor } from './asked-of.ts'
import { Matching } from './matching.tsx'

export function Screen() {
  const say = useSay()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const { data } = useRead('requestRead', { id })
  const assets = data?.request.content.assets.map((one) => ({ ...one, account: null })) ?? []
  return (
    <>
      <PageHead title={say('inbox.answer.page')} kicker={<Words>{data?.request.incoming?.sender.authority}</Words>} />
      <div className="stack">
        <Answering requestId={id} />
        <Matching wanted={lookedFor({ assets, identifiers: [], persons: [] })} />
      </div>
    </>
  )
}

/** Watching the address: who would be told, in which case, and what is watched already. */
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useSay } from '../shared/language/speak.tsx'
import { useAct, useAll } from '../shared/node/node.tsx'
import { Select } from '../shared/ui/fields.tsx'
import { Button, Note, Sheet, Trouble } from '../shared/ui/parts.tsx'
import { Words } from '../shared/ui/values.tsx'
import type { OfCase, Place } from './find-address.ts'

export function WatchIt({ place, cases }: { readonly place: Place; readonly cases: readonly OfCase[] }) {
  const say = useSay()
  const mine = useAll('caseList', {})
  const add = useAct('watchAdd')
  const [chosen, setChosen] = useState('')
  const caseId = chosen || cases[0]?.caseId || mine.data?.items[0]?.id || ''
  const watched = cases.filter(({ watches }) => watches.some(({ content }) => content.ended === null))
  if ((mine.data?.items.length ?? 0) === 0) return null
  return (
    <Sheet title={say('address.watch')}>
      {watched.map(({ caseId: id, title, watches }) => (
        <Note key={id} kind="good">
          {watches
            .filter(({ content }) => content.ended === null)
            .map((one) => (
              <p key={one.id}>
                {say('address.watched-in')}{' '}
                <Link to={`/cases/${id}/watches/${one.id}` as never}>
                  <Words>{title}</Words>
                </Link>
              </p>
            ))}
        </Note>
      ))}
      <p>{say('address.watch-text')}</p>
      <Trouble error={add.error} />
      <Select label={say('address.watch-case')} value={caseId} onChange={({ target }) => setChosen(target.value)}>
        {(mine.data?.items ?? []).map(({ id, case: { title } }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </Select>
      <Button
        kind="second"
        isBusy={add.isPending}
        onPress={() =>
          add.mutate({
            caseId,
            content: { chain: place.chain, addresses: [place.address], outputs: [], until: null, ended: null },
            basis: 'fact',
          })
        }
      >
        {say('address.watch-do')}
      </Button>
    </Sheet>
  )
}

/** What of the case partners may find, if they are after it too: released one by one, and taken back. */
import { useState } from 'react'
import { useChecked } from '../joint/use-checked.ts'
import { useSay } from '../shared/language/speak.tsx'
import { useAct, useAll } from '../shared/node/node.tsx'
import { PersonName } from '../shared/node/people.tsx'
import { ErrorSummary } from '../shared/ui/fields.tsx'
import { Button, Empty, Sheet, Shown, Trouble } from '../shared/ui/parts.tsx'
import { Instant, ownZone } from '../shared/ui/values.tsx'
import { ItemChoice, ItemText, keyOf, useAddresses } from './items.tsx'

export function Watched({ caseId, isOpen }: { readonly caseId: string; readonly isOpen: boolean }) {
  const say = useSay()
  const all = useAll('deconflictionWatched', { caseId })
  const unwatch = useAct('deconflictionUnwatch')
  return (
    <Sheet title={say('compare.watched')}>
      <Shown read={all}>
        {({ items }) => {
          const standing = items.filter(({ endedAt }) => endedAt === null)
          return (
            <>
              {standing.length === 0 ? (
                <Empty title={say('compare.watched-none')}>
                  <p>{say('compare.watched-none-text')}</p>
                </Empty>
              ) : (
                <ul className="list">
                  {standing.map(({ id, version, item, releasedAt, author }) => (
                    <li key={id}>
                      <ItemText item={item} />
                      <p className="small soft">
                        {say('compare.watched-by')} <PersonName id={author} /> ·{' '}
                        <Instant at={releasedAt} zone={ownZone()} />
                      </p>
                      {isOpen && (
                        <Button
                          kind="quiet"
                          isBusy={unwatch.isPending}
                          label={say('compare.unwatch-of', { address: item.slice(item.indexOf('|') + 1) })}
                          onPress={() => unwatch.mutate({ id, seen: version })}
                        >
                          {say('compare.unwatch')}
                        </Button>
                      )}
                    </li>
                  ))}
                </ul>
              )}
              <Trouble error={unwatch.error} />
              {isOpen && <WatchForm caseId={caseId} known={standing.map(({ item }) => item)} />}
            </>
          )
        }}
      </Shown>
    </Sheet>
  )
}

function WatchForm({ caseId, known }: { readonly caseId: string; readonly known: readonly string[] }) {
  const say = useSay()
  const watch = useAct('deconflictionWatch')
  const addresses = useAddresses(caseId)
  const [chosen, setChosen] = useState<readonly string[]>([])
  const { errors, wrongOf, isRight } = useChecked()
  const items = addresses?.filter((one) => !known.includes(keyOf(one))) ?? null
  if (known.length > 0 && items?.length === 0) return null
  return (
    <form
      noValidate
      aria-label={say('compare.watch')}
      onSubmit={(event) => {
        event.preventDefault()
        if (!isRight([['watch-items', say('compare.watch-which'), chosen.join('')]])) return
        const wanted = (items ?? []).filter((one) => chosen.includes(keyOf(one)))
        watch.mutate({ caseId, items: wanted }, { onSuccess: () => setChosen([]) })
      }}
    >
      <ErrorSummary errors={errors} />
      <ItemChoice
        id="watch-items"
        label={say('compare.watch-which')}
        wrong={wrongOf('watch-items')}
        items={items}
        chosen={chosen}
        onChange={setChosen}
      />
      <Trouble error={watch.error} />
      <Button type="submit" kind="second" isBusy={watch.isPending}>
        {say('compare.watch')}
      </Button>
    </form>
  )
}

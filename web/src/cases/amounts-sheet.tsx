/** How much of each asset was traced, secured and returned; exact, with what it rests on. */
import { AssetAmount, ChainName, useChains } from '../shared/chains/use-chains.tsx'
import { useSay } from '../shared/language/speak.tsx'
import { Empty, Note, Sheet, Waiting } from '../shared/ui/parts.tsx'
import { MachineValue } from '../shared/ui/values.tsx'
import { sumsOf } from './sums.ts'
import type { useCaseParts } from './use-case-parts.ts'

export function AmountsSheet({ parts }: { readonly parts: ReturnType<typeof useCaseParts> }) {
  const say = useSay()
  const chains = useChains()
  const isReading =
    parts.traces.isPending || parts.requests.isPending || parts.records.some(({ isPending }) => isPending)
  if (isReading || !chains)
    return (
      <Sheet title={say('cases.amounts')}>
        <Waiting />
      </Sheet>
    )
  const { sums, unread } = sumsOf(
    parts.records.flatMap(({ data }) => (data ? [{ id: data.id, record: data.record }] : [])),
    (parts.requests.data?.items ?? []).map(({ id, request: { state, content, secured } }) => ({
      ...{ id, secured, isReturn: content.measure === 'RETURN' },
      isLifted: state === 'lifted' || state === 'withdrawn',
    })),
  )
  const missing = parts.records.filter(({ error }) => error).length + unread.length
  const isCut = parts.traces.data?.isCut || parts.requests.data?.isCut
  return (
    <Sheet title={say('cases.amounts')}>
      {(missing > 0 || isCut) && <Note kind="warn">{say('cases.amounts-partial', { count: missing })}</Note>}
      {sums.length === 0 ? (
        <Empty title={say('cases.amounts-none')}>
          <p>{say('cases.amounts-none-text')}</p>
        </Empty>
      ) : (
        sums.map((sum) => {
          const asset = sum.asset ?? chains.chainOf(sum.chain)?.asset.id ?? sum.chain
          return (
            <div key={sum.chain}>
              <table className="table sums">
                <caption>
                  <ChainName id={sum.chain} />
                </caption>
                <tbody>
                  {(['traced', 'secured', 'returned'] as const).map((what) => (
                    <tr key={what}>
                      <th scope="row">{say(`cases.amounts.${what}`)}</th>
                      <td data-align="end">
                        <AssetAmount base={sum[what]} asset={asset} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
              {sum.doubled.length > 0 && (
                <Note kind="warn">
                  <p>{say('cases.amounts-doubled')}</p>
                  {sum.doubled.map((address) => (
                    <p key={address}>
                      <MachineValue value={address} />
                    </p>
                  ))}
                </Note>
              )}
            </div>
          )
        })
      )}
      <p className="small soft">{say('cases.amounts-basis')}</p>
    </Sheet>
  )
}

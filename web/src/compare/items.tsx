/** Addresses of a case to choose from, and one as it is compared: its chain and its text. */
import { ChainName } from '../shared/chains/use-chains.tsx'
import { useSay } from '../shared/language/speak.tsx'
import { useAll } from '../shared/node/node.tsx'
import { Checkbox } from '../shared/ui/fields.tsx'
import { Waiting } from '../shared/ui/parts.tsx'
import { MachineValue } from '../shared/ui/values.tsx'

export type Item = { readonly chain: string; readonly address: string }

export const keyOf = ({ chain, address }: Item) => `${chain}|${address}`

/** Of what the node compares, `chain|address`. */
export function ItemText({ item }: { readonly item: string }) {
  const at = item.indexOf('|')
  return (
    <>
      <ChainName id={item.slice(0, at)} /> <MachineValue value={item.slice(at + 1)} />
    </>
  )
}

/** Every address of the case once; `null` until they are read. */
export function useAddresses(caseId: string): readonly Item[] | null {
  const wallets = useAll('walletList', { caseId }).data?.items
  if (!wallets) return null
  const items = wallets.map(({ content: { chain, address } }) => ({ chain, address }))
  return [...new Map(items.map((one) => [keyOf(one), one])).values()]
}

export function ItemChoice({
  id,
  label,
  wrong,
  items,
  chosen,
  onChange,
}: {
  readonly id: string
  readonly label: string
  readonly wrong: string | undefined
  readonly items: readonly Item[] | null
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
}) {
  const say = useSay()
  return (
    <fieldset id={id} tabIndex={-1}>
      <legend>{label}</legend>
      {wrong !== undefined && <p className="wrong">{wrong}</p>}
      {items === null ? (
        <Waiting />
      ) : items.length === 0 ? (
        <p className="hint">{say('compare.no-addresses')}</p>
      ) : (
        items.map((one) => {
          const key = keyOf(one)
          return (
            <Checkbox
              key={key}
              label={<ItemText item={key} />}
              checked={chosen.includes(key)}
              onChange={(event) =>
                onChange(event.target.checked ? [...chosen, key] : chosen.filter((other) => other !== key))
              }
            />
          )
        })
      )}
    </fieldset>
  )
}

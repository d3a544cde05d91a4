/** An amount of an asset and what has become of it, as people write it: in coins or in money, never in base units. */
import { AssetChoice } from '../cases/record-fields.tsx'
import { type Chains, useChains } from '../shared/chains/use-chains.tsx'
import { useSay } from '../shared/language/speak.tsx'
import { Select, TextField } from '../shared/ui/fields.tsx'
import { currencyDecimals, currencyOf } from './holding-amount.tsx'
import type { ContentOf } from './joint-parts.ts'
import type { Wrong } from './use-checked.ts'

type Holding = ContentOf<'holding'>
export const holdingStates = ['traced', 'preserved', 'frozen', 'seized', 'confiscated', 'returned'] as const

export type Held = {
  /** Of a chain, or `money`. */
  readonly asset: string
  readonly currency: string
  readonly amount: string
  readonly state: Holding['state']
  readonly where: string
}
export const NOTHING_HELD: Held = { asset: '', currency: '', amount: '', state: 'frozen', where: '' }
const MONEY = 'money'

/** As a form has it; the asset is left as it is where nothing is known of it. */
export function formOf({ asset, amount, state, where }: Holding, chains: Chains): Held {
  const currency = currencyOf(asset)
  return {
    asset: currency === null ? asset : MONEY,
    currency: currency ?? '',
    amount: chains.toDecimal(amount, decimalsOf({ asset, currency: '' }, chains)),
    state,
    where,
  }
}

/** The asset by its id, with its decimals; `null` where none is chosen. */
function assetIn({ asset, currency }: Pick<Held, 'asset' | 'currency'>): string | null {
  if (asset !== MONEY) return asset === '' ? null : asset
  const code = currency.trim().toUpperCase()
  return Intl.supportedValuesOf('currency').includes(code) ? `iso4217:${code}` : null
}

function decimalsOf(held: Pick<Held, 'asset' | 'currency'>, chains: Chains): number {
  const asset = assetIn(held) ?? ''
  const code = currencyOf(asset)
  return code === null ? (chains.assetOf(asset)?.decimals ?? 0) : currencyDecimals(code)
}

/** What is released; `null` where the form does not say it. */
export function heldIn(held: Held, chains: Chains | null): Holding | null {
  const asset = assetIn(held)
  const read = chains?.toBaseUnits(held.amount, decimalsOf(held, chains))
  if (asset === null || !read || !('base' in read) || held.where.trim() === '') return null
  return { kind: 'holding', asset, amount: read.base, state: held.state, where: held.where.trim() }
}

export function useHoldingCheck() {
  const say = useSay()
  return (held: Held, chains: Chains | null): readonly Wrong[] => {
    const missing = (id: string, field: string) => ({ id, text: say('cases.missing', { field }) })
    const amount = chains?.toBaseUnits(held.amount, decimalsOf(held, chains))
    return [
      ...(held.asset === '' ? [missing('held-asset', say('joint.asset'))] : []),
      ...(held.asset === MONEY && assetIn(held) === null
        ? [{ id: 'held-currency', text: say('joint.currency-wrong') }]
        : []),
      ...(amount && 'base' in amount ? [] : [{ id: 'held-amount', text: say('cases.amount-wrong') }]),
      ...(held.where.trim() === '' ? [missing('held-where', say('joint.where'))] : []),
    ]
  }
}

export function HoldingFields({
  held,
  wrongOf,
  onChange,
}: {
  readonly held: Held
  readonly wrongOf: (id: string) => string | undefined
  readonly onChange: (held: Held) => void
}) {
  const say = useSay()
  const chains = useChains()
  const symbol = held.asset === MONEY ? held.currency.toUpperCase() : (chains?.assetOf(held.asset)?.symbol ?? '')
  const common = { hint: undefined }
  return (
    <>
      <AssetChoice
        common={{
          ...common,
          id: 'held-asset',
          label: say('joint.asset'),
          wrong: wrongOf('held-asset'),
          value: held.asset,
        }}
        onChange={(event) => onChange({ ...held, asset: event.target.value })}
      >
        <option value={MONEY}>{say('joint.money')}</option>
      </AssetChoice>
      {held.asset === MONEY && (
        <TextField
          id="held-currency"
          label={say('joint.currency')}
          hint={say('joint.currency-hint')}
          wrong={wrongOf('held-currency')}
          dir="ltr"
          maxLength={3}
          value={held.currency}
          onChange={(event) => onChange({ ...held, currency: event.target.value })}
        />
      )}
      <TextField
        id="held-amount"
        label={symbol === '' ? say('joint.amount') : say('joint.amount-in', { symbol })}
        wrong={wrongOf('held-amount')}
        inputMode="decimal"
        dir="ltr"
        value={held.amount}
        onChange={(event) => onChange({ ...held, amount: event.target.value })}
      />
      <Select
        label={say('joint.became')}
        value={held.state}
        onChange={(event) => onChange({ ...held, state: event.target.value as Held['state'] })}
      >
        {holdingStates.map((state) => (
          <option key={state} value={state}>
            {say(`joint.holding.${state}`)}
          </option>
        ))}
      </Select>
      <TextField
        id="held-where"
        label={say('joint.where')}
        hint={say('joint.where-hint')}
        wrong={wrongOf('held-where')}
        maxLength={300}
        value={held.where}
        onChange={(event) => onChange({ ...held, where: event.target.value })}
      />
    </>
  )
}

/** The assets of a request: chain, address, amount as people write it; what goes to the node is in base units, exact. */
import { useState } from 'react'
import { useSpeech } from '../shared/language/speak.tsx'
import { baseUnits, nativeOf, useNativeAssets } from '../shared/native-assets.ts'
import { Select, TextField } from '../shared/ui/fields.tsx'
import { Button } from '../shared/ui/parts.tsx'
import { amountText } from '../shared/ui/values.tsx'
import type { Content } from './first-draft.ts'

type Asset = Content['assets'][number]

export function AssetFields({
  assets,
  onChange,
}: {
  readonly assets: readonly Asset[]
  readonly onChange: (assets: readonly Asset[]) => void
}) {
  const { say } = useSpeech()
  const chains = useNativeAssets()
  const [first] = Object.keys(chains)
  return (
    <>
      {assets.length === 0 && <p className="soft">{say('request.no-assets')}</p>}
      {assets.map((asset, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an asset is its number
        <fieldset className="entry" key={index}>
          <legend>{say('request.asset', { number: index + 1 })}</legend>
          <OneAsset asset={asset} onChange={(next) => onChange(assets.map((one, at) => (at === index ? next : one)))} />
          <Button kind="quiet" onPress={() => onChange(assets.filter((_, at) => at !== index))}>
            {say('request.entry-remove', { number: index + 1 })}
          </Button>
        </fieldset>
      ))}
      <Button
        kind="second"
        onPress={() =>
          onChange([
            ...assets,
            { chain: assets.at(-1)?.chain ?? first ?? '', address: '', asset: null, amount: null, value: null },
          ])
        }
      >
        {say('request.asset-add')}
      </Button>
    </>
  )
}

function OneAsset({ asset, onChange }: { readonly asset: Asset; readonly onChange: (next: Asset) => void }) {
  const { say } = useSpeech()
  const chains = useNativeAssets()
  const native = nativeOf(chains, asset)
  const decimals = native?.decimals ?? 0
  // What is written is kept as it is written, as long as it means the amount that is stored.
  const [written, setWritten] = useState<string | null>(null)
  const shown =
    written !== null && (baseUnits(written, decimals) === asset.amount || asset.amount === null)
      ? written
      : asset.amount === null
        ? ''
        : amountText(asset.amount, decimals).replaceAll('\u202f', '')
  return (
    <>
      <Select
        label={say('request.chain')}
        value={asset.chain}
        onChange={(event) => onChange({ ...asset, chain: event.target.value, asset: null })}
      >
        {[...new Set([asset.chain, ...Object.keys(chains)])].map((chain) => (
          <option key={chain} value={chain}>
            {chains[chain]?.name ?? chain}
          </option>
        ))}
      </Select>
      <TextField
        label={say('request.chain-address')}
        dir="ltr"
        spellCheck={false}
        wrong={asset.address.trim() === '' ? say('request.needed') : undefined}
        value={asset.address}
        onChange={(event) => onChange({ ...asset, address: event.target.value.trim() })}
      />
      <TextField
        label={native ? say('request.amount-in', { symbol: native.symbol }) : say('request.amount-base')}
        hint={say('request.amount-hint')}
        dir="ltr"
        inputMode="decimal"
        wrong={
          shown !== '' && baseUnits(shown, decimals) === null ? say('request.amount-wrong', { decimals }) : undefined
        }
        value={shown}
        onChange={(event) => {
          setWritten(event.target.value)
          onChange({ ...asset, amount: baseUnits(event.target.value, decimals) })
        }}
      />
    </>
  )
}

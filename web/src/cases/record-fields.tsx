/** The fields of a record, by their kinds. */
import type { ReactNode } from 'react'
import { useChains } from '../shared/chains/use-chains.tsx'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { usePeople } from '../shared/node/people.tsx'
import { CountrySelect } from '../shared/ui/country-select.tsx'
import { Checkbox, Select, TextArea, TextField } from '../shared/ui/fields.tsx'
import { Button } from '../shared/ui/parts.tsx'
import { Why } from '../shared/ui/why.tsx'
import type { AssetRow, FieldSpec, Filled } from './record-kinds.ts'

export function RecordField({
  spec,
  id,
  filled,
  members,
  wrong,
  onChange,
}: {
  readonly spec: FieldSpec
  readonly id: string
  readonly filled: Filled
  readonly members: readonly string[]
  readonly wrong: string | undefined
  readonly onChange: (filled: Filled) => void
}) {
  const { say } = useSpeech()
  const { name, kind, hint, required } = spec
  const label = required ? say(spec.label) : say('cases.optional', { label: say(spec.label) })
  const value = filled[name]
  const text = typeof value === 'string' ? value : ''
  const put = (next: Filled[string]) => onChange({ ...filled, [name]: next })
  const common = {
    ...{ id, label, wrong, value: text },
    hint: hint ? say(hint) : kind === 'instant' ? say('cases.hint.utc') : undefined,
  }
  const typed = (event: { target: { value: string } }) => put(event.target.value)
  return (
    <div>
      {kind === 'text' ? (
        <TextArea {...common} onChange={typed} />
      ) : kind === 'flag' ? (
        <Checkbox label={say(spec.label)} checked={value === true} onChange={(event) => put(event.target.checked)} />
      ) : kind === 'choice' ? (
        <Choice spec={spec} common={common} onChange={typed} />
      ) : kind === 'member' ? (
        <MemberChoice common={common} members={members} onChange={typed} />
      ) : kind === 'chain' ? (
        <ChainChoice common={common} onChange={typed} />
      ) : kind === 'asset' ? (
        <AssetChoice common={common} onChange={typed} />
      ) : kind === 'country' ? (
        <CountrySelect {...common} onChange={put} />
      ) : kind === 'assets' ? (
        <AssetRows id={id} label={label} wrong={wrong} rows={(value as readonly AssetRow[]) ?? []} onChange={put} />
      ) : kind === 'line' && spec.name === 'address' && spec.label === 'cases.field.wallet.address' ? (
        <AddressField common={common} filled={filled} onChange={onChange} />
      ) : (
        <TextField
          {...common}
          type={kind === 'instant' ? 'datetime-local' : kind === 'day' ? 'date' : 'text'}
          inputMode={kind === 'amount' ? 'decimal' : undefined}
          onChange={typed}
        />
      )}
      {spec.why && <Why about={say(spec.label)} text={say(spec.why)} {...(spec.cite ? { cite: spec.cite } : {})} />}
    </div>
  )
}

type Common = {
  readonly id: string
  readonly label: string
  readonly hint: string | undefined
  readonly wrong: string | undefined
  readonly value: string
}
type Typed = (event: { target: { value: string } }) => void

function Choice({ spec, common, onChange }: { spec: FieldSpec; common: Common; onChange: Typed }) {
  const { say, knows } = useSpeech()
  return (
    <Select {...common} onChange={onChange}>
      {!spec.required && <option value="">{say('cases.none')}</option>}
      {spec.options?.map((one) => {
        const id = `${spec.words}.${one}`
        return (
          <option key={one} value={one}>
            {knows(id) ? say(id) : one}
          </option>
        )
      })}
    </Select>
  )
}

function MemberChoice({ common, members, onChange }: { common: Common; members: readonly string[]; onChange: Typed }) {
  const say = useSay()
  const people = usePeople()
  return (
    <Select {...common} onChange={onChange}>
      <option value="">{say('cases.nobody')}</option>
      {members.map((id) => (
        <option key={id} value={id}>
          {people.of(id)?.name ?? id}
        </option>
      ))}
    </Select>
  )
}

export function ChainChoice({ common, onChange }: { common: Common; onChange: Typed }) {
  const say = useSay()
  const chains = useChains()
  return (
    <Select {...common} onChange={onChange}>
      <option value="">{say('cases.choose')}</option>
      {chains?.chains.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Select>
  )
}

/** The coins of the main chains. `children`: what else may be chosen. */
export function AssetChoice({ common, onChange, children }: { common: Common; onChange: Typed; children?: ReactNode }) {
  const say = useSay()
  const chains = useChains()
  return (
    <Select {...common} onChange={onChange}>
      <option value="">{say('cases.choose')}</option>
      {chains?.chains
        .filter(({ isMain }) => isMain)
        .map(({ asset, name }) => (
          <option key={asset.id} value={asset.id}>
            {`${asset.symbol} (${name})`}
          </option>
        ))}
      {children}
    </Select>
  )
}

/** An address: the chain is found from it where it can be of one only. */
function AddressField({
  common,
  filled,
  onChange,
}: {
  common: Common
  filled: Filled
  onChange: (filled: Filled) => void
}) {
  const chains = useChains()
  return (
    <TextField
      {...common}
      dir="ltr"
      spellCheck={false}
      onChange={(event) => {
        const address = event.target.value.trim()
        const read = chains?.readAnyAddress(address)
        const only = read && 'chains' in read && read.chains.length > 0 ? read.chains[0] : undefined
        onChange({ ...filled, address, ...(only && filled.chain === '' ? { chain: only.id } : {}) })
      }}
    />
  )
}

function AssetRows({
  id,
  label,
  wrong,
  rows,
  onChange,
}: {
  id: string
  label: string
  wrong: string | undefined
  rows: readonly AssetRow[]
  onChange: (rows: readonly AssetRow[]) => void
}) {
  const say = useSay()
  const chains = useChains()
  const put = (index: number, row: AssetRow) => onChange(rows.map((one, at) => (at === index ? row : one)))
  return (
    <fieldset>
      <legend>{label}</legend>
      {wrong !== undefined && <p className="wrong">{wrong}</p>}
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name, and are only added and removed at their place
        <div className="fields-2" key={index}>
          <TextField
            id={index === 0 ? id : undefined}
            label={say('cases.field.wallet.address')}
            dir="ltr"
            value={row.address}
            onChange={(event) => {
              const address = event.target.value.trim()
              const read = chains?.readAnyAddress(address)
              const found = read && 'chains' in read ? read.chains[0]?.id : undefined
              put(index, { ...row, address, chain: row.chain === '' ? (found ?? '') : row.chain })
            }}
          />
          <ChainChoice
            common={{
              ...{ id: `${id}-chain-${index}`, label: say('cases.field.wallet.chain') },
              ...{ hint: undefined, wrong: undefined, value: row.chain },
            }}
            onChange={(event) => put(index, { ...row, chain: event.target.value })}
          />
        </div>
      ))}
      <Button kind="quiet" onPress={() => onChange([...rows, { chain: '', address: '' }])}>
        {say('cases.add-address')}
      </Button>
    </fieldset>
  )
}

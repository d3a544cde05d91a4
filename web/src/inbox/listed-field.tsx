/**
 * A member of a message chosen from what the node lists, by name, source and date. What is in no list of this node, as something that
 * another agency has, is still typed.
 */
import { type ReactNode, useState } from 'react'
import { useExhibits } from '../evidence/exhibits.ts'
import { useChains } from '../shared/chains/use-chains.tsx'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { useAll } from '../shared/node/node.tsx'
import { CountrySelect } from '../shared/ui/country-select.tsx'
import { Select } from '../shared/ui/fields.tsx'
import { instantText, ownZone } from '../shared/ui/values.tsx'
import { useCodeWords, useMembers } from './names.tsx'
import type { Listed } from './what-is-listed.ts'

export type Frame = {
  readonly id: string
  readonly label: string
  readonly hint: string | undefined
  readonly wrong: string | undefined
}
type Option = readonly [value: string, text: string]
type Field = {
  readonly frame: Frame
  readonly text: string
  readonly onChange: (text: string) => void
  /** The field into which it is typed. */
  readonly typed: (frame: Frame) => ReactNode
}
type InCase = Field & { readonly caseId: string | null }

export function ListedField({ listed, ...field }: InCase & { readonly listed: Listed }) {
  switch (listed.of) {
    case 'country':
      return <CountrySelect {...field.frame} value={field.text} onChange={field.onChange} />
    case 'agency':
      return <AgencyField {...field} />
    case 'chain':
      return <ChainField {...field} />
    case 'asset':
      return <AssetField {...field} />
    case 'exhibit':
      return <ExhibitField {...field} />
    case 'trace':
      return <TraceField {...field} />
    case 'message':
      return <MessageField {...field} types={listed.types} />
  }
}

function AgencyField(field: Field) {
  const { read, members } = useMembers()
  return <Chosen {...field} options={read.isPending ? null : members.map(({ id, name }) => [id, name])} />
}

function ChainField(field: Field) {
  const chains = useChains()
  return <Chosen {...field} options={chains?.chains.map(({ id, name }): Option => [id, name]) ?? null} />
}

function AssetField(field: Field) {
  const chains = useChains()
  const options = chains?.chains.map(({ name, asset }): Option => [asset.id, `${asset.symbol} (${name})`])
  return <Chosen {...field} options={options ?? null} />
}

function ExhibitField({ caseId, ...field }: InCase) {
  const when = useWhen()
  const read = useExhibits(caseId)
  const options = read.data?.map(
    ({ sha256, number, title, acquiredAt }): Option => [sha256, `${number}. ${title} · ${when(acquiredAt)}`],
  )
  return <Chosen {...field} options={options ?? (caseId === null || read.isError ? [] : null)} />
}

function TraceField({ caseId, ...field }: InCase) {
  const say = useSay()
  const when = useWhen()
  const read = useAll('traceList', caseId === null ? null : { caseId })
  const options = read.data?.items.map(
    ({ digest, rule, at }): Option => [
      digest,
      `${say('cases.trace-by', { rule: rule.toUpperCase() })} · ${when(at)} · ${digest.slice(0, 8)}`,
    ],
  )
  return <Chosen {...field} options={options ?? (caseId === null || read.isError ? [] : null)} />
}

function MessageField({ caseId, types, ...field }: InCase & { readonly types: RegExp }) {
  const when = useWhen()
  const words = useCodeWords()
  const { byId } = useMembers()
  const read = useAll('messageList', caseId === null ? null : { caseId })
  const options = read.data?.items.flatMap(({ at, message: { digest, type, peer } }): readonly Option[] =>
    digest !== null && types.test(type)
      ? [[digest, `${words('type', type)} · ${byId(peer)?.name ?? peer} · ${when(at)}`]]
      : [],
  )
  return <Chosen {...field} options={options ?? (caseId === null || read.isError ? [] : null)} />
}

function useWhen(): (at: string) => string {
  const { locale } = useSpeech()
  return (at) => instantText(new Date(at), ownZone(), locale)
}

const UNLISTED = '*'

/** `options`: null until they are known. */
function Chosen({ frame, text, onChange, typed, options }: Field & { readonly options: readonly Option[] | null }) {
  const say = useSay()
  const [isTyping, setTyping] = useState(false)
  if (options?.length === 0) return typed(frame)
  const isUnlisted = isTyping || (options !== null && text !== '' && !options.some(([value]) => value === text))
  return (
    <>
      <Select
        {...frame}
        value={isUnlisted ? UNLISTED : text}
        onChange={({ target: { value } }) => {
          setTyping(value === UNLISTED)
          onChange(value === UNLISTED ? '' : value)
        }}
      >
        <option value="">{say('inbox.choose')}</option>
        {(options ?? (text === '' ? [] : [[text, text] as const])).map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
        {options !== null && <option value={UNLISTED}>{say('inbox.form.unlisted')}</option>}
      </Select>
      {isUnlisted &&
        typed({
          ...{ id: `${frame.id}-typed`, label: say('inbox.form.unlisted-which', { name: frame.label }) },
          ...{ hint: undefined, wrong: undefined },
        })}
    </>
  )
}

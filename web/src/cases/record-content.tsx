/** What a record says, for reading: every field that says something. */
import { AssetAmount, ChainName } from '../shared/chains/use-chains.tsx'
import { useSpeech } from '../shared/language/speak.tsx'
import { PersonName } from '../shared/node/people.tsx'
import { Fact, Facts } from '../shared/ui/parts.tsx'
import { Country, countryName, Instant, languageName, MachineValue, Words } from '../shared/ui/values.tsx'
import type { FieldSpec, Kind } from './record-kinds.ts'

type Content = Readonly<Record<string, unknown>>
type OrderedAsset = {
  readonly chain: string
  readonly address: string
  readonly asset: string | null
  readonly amount: string | null
  readonly note?: string
}

/** `skip`: fields that stand elsewhere. */
export function RecordContent({
  kind,
  content,
  skip = [],
}: {
  readonly kind: Kind
  readonly content: Content
  readonly skip?: readonly string[]
}) {
  const { say } = useSpeech()
  const said = [...kind.fields, ...(kind.more ?? [])].filter(({ name }) => {
    const value = content[name]
    return (
      !skip.includes(name) &&
      value !== undefined &&
      value !== null &&
      value !== '' &&
      value !== false &&
      !isEmpty(value)
    )
  })
  if (said.length === 0) return null
  return (
    <Facts>
      {said.map((spec) => (
        <Fact key={spec.name} name={say(spec.label)}>
          <FieldValue spec={spec} content={content} />
        </Fact>
      ))}
    </Facts>
  )
}

const isEmpty = (value: unknown) => Array.isArray(value) && value.length === 0

export function FieldValue({ spec, content }: { readonly spec: FieldSpec; readonly content: Content }) {
  const { say, knows, locale } = useSpeech()
  const value = content[spec.name]
  const text = String(value ?? '')
  switch (spec.kind) {
    case 'flag':
      return <>{say('cases.yes')}</>
    case 'instant':
      return <Instant at={text} />
    case 'member':
      return <PersonName id={text} />
    case 'country':
      return <Country code={text} />
    case 'chain':
      return <ChainName id={text} />
    case 'asset':
      return <MachineValue value={text} short />
    case 'amount':
      return <AssetAmount base={text} asset={String(content.asset)} />
    case 'day':
      return <MachineValue value={text} />
    case 'choice': {
      const id = `${spec.words}.${text}`
      return <>{knows(id) ? say(id) : text}</>
    }
    case 'assets':
      return (
        <ul className="list">
          {(value as readonly OrderedAsset[]).map(({ chain, address, asset, amount, note }) => (
            <li key={`${chain} ${address}`}>
              <MachineValue value={address} short copy /> <ChainName id={chain} />{' '}
              {amount !== null && asset !== null && <AssetAmount base={amount} asset={asset} />}{' '}
              {note !== undefined && <Words>{note}</Words>}
            </li>
          ))}
        </ul>
      )
    case 'texts':
      return <Words>{(value as readonly string[]).join(', ')}</Words>
    case 'countries':
      return <>{(value as readonly string[]).map((one) => countryName(one, locale)).join(', ')}</>
    case 'languages':
      return <>{(value as readonly string[]).map((one) => languageName(one, locale)).join(', ')}</>
    case 'identifiers':
      return (
        <ul className="list">
          {(value as readonly { kind: string; value: string }[]).map((one) => (
            <li key={`${one.kind} ${one.value}`}>
              <Words>{one.kind}</Words> <MachineValue value={one.value} copy />
            </li>
          ))}
        </ul>
      )
    default:
      return isMachine(spec) ? (
        <MachineValue value={text} copy />
      ) : (
        <span className="prose">
          <Words>{text}</Words>
        </span>
      )
  }
}

function isMachine({ label }: FieldSpec): boolean {
  return (
    label === 'cases.field.wallet.address' || label === 'cases.field.reference' || label === 'cases.field.victim.token'
  )
}

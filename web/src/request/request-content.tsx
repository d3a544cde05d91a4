/** Everything that a request says, as it is checked and approved: nothing shortened, nothing left out, machine names beside the words. */
import { Link } from '@tanstack/react-router'
import { useSpeech } from '../shared/language/speak.tsx'
import { useCodes, useForm } from '../shared/law.ts'
import { nativeOf, useNativeAssets } from '../shared/native-assets.ts'
import { useRead } from '../shared/node/node.tsx'
import { Fact, Facts, Sheet } from '../shared/ui/parts.tsx'
import { Amount, Country, languageName, MachineValue, Words } from '../shared/ui/values.tsx'
import type { Content } from './first-draft.ts'
import { blocksOf, fieldId, isFilled, type PlacedField, type Value } from './form-paths.ts'
import { Mark } from './route-card.tsx'

type Props = {
  readonly content: Content
  /** Where an answer is changed; absent where nothing can be. */
  readonly edit?: string
}

export function RequestContent({ content, edit }: Props) {
  const { say, language, locale } = useSpeech()
  const codes = useCodes()
  const { instrument, requestType, measure, urgency, clock, languages, useConditions, trace } = content
  const instruments = useRead('legalInstruments', { language: language.id })
  const form = useForm(content)
  const pack = instruments.data?.find(({ id }) => id === instrument)
  return (
    <>
      <Sheet title={say('request.sheet.what')}>
        <Facts>
          <Fact name={say('request.measure')}>
            {codes.name(measure)} <MachineValue value={measure} />
          </Fact>
          <Fact name={say('request.instrument')}>
            <Words>{pack?.title ?? ''}</Words> <MachineValue value={`${instrument} ${requestType}`} />{' '}
            {pack && <Mark verified={pack.verified} />}
          </Fact>
          <Fact name={say('request.urgency')}>
            {urgency === null ? (
              say('request.not-urgent')
            ) : (
              <>
                {codes.name(urgency.code)} <MachineValue value={urgency.code} />
                <p className="prose">
                  <Words>{urgency.ground}</Words>
                </p>
              </>
            )}
          </Fact>
          <Fact name={say('request.languages')}>
            <Words>
              {[languages.original, ...languages.theirs].map((one) => languageName(one, locale)).join(', ')}
            </Words>{' '}
            <MachineValue value={[languages.original, ...languages.theirs].join(', ')} />
          </Fact>
          <Fact name={say('request.zone')}>
            <Country code={clock.country} /> <MachineValue value={`${clock.country}, ${clock.zone}`} />
          </Fact>
          <Fact name={say('request.conditions')}>
            {useConditions.length === 0 ? (
              say('request.no-conditions')
            ) : (
              <ul className="plain-list">
                {useConditions.map(({ code, until, text }) => (
                  <li key={code}>
                    {codes.name(code)} <MachineValue value={code} />{' '}
                    {until !== undefined && <MachineValue value={until} />}{' '}
                    {text !== undefined && <Words>{text}</Words>}
                  </li>
                ))}
              </ul>
            )}
          </Fact>
        </Facts>
      </Sheet>
      <Sheet
        title={say('request.assets')}
        actions={<ChangeLink edit={edit} to="assets" name={say('request.assets')} />}
      >
        <AssetRows assets={content.assets} />
      </Sheet>
      <Sheet title={say('request.facts')} actions={<ChangeLink edit={edit} to="facts" name={say('request.facts')} />}>
        <div className="prose">
          <Words>{content.facts}</Words>
        </div>
      </Sheet>
      {trace !== null && (
        <Sheet title={say('request.trace')}>
          <Rows value={trace} words="request.trace" />
        </Sheet>
      )}
      {form.data?.sections.map((section) => (
        <Answers key={section.id} section={section} data={content.data} {...(edit === undefined ? {} : { edit })} />
      ))}
      <Unanswered sections={form.data?.sections ?? []} data={content.data} />
      <Unplaced data={content.data} sections={form.data?.sections ?? []} />
    </>
  )
}

export function ChangeLink({
  edit,
  to,
  name,
}: {
  readonly edit: string | undefined
  readonly to: string
  readonly name: string
}) {
  const { say } = useSpeech()
  if (edit === undefined) return null
  return (
    <Link to={edit} hash={fieldId(to)} aria-label={say('request.change-what', { what: name })}>
      {say('request.change')}
    </Link>
  )
}

export function AssetRows({ assets }: { readonly assets: Content['assets'] }) {
  const { say } = useSpeech()
  const chains = useNativeAssets()
  if (assets.length === 0) return <p>{say('request.no-assets')}</p>
  return (
    <ul className="list">
      {assets.map(({ chain, address, asset, amount, value, note }) => {
        const native = nativeOf(chains, { chain, asset })
        return (
          <li key={`${chain} ${address} ${asset}`}>
            <strong>
              {amount === null ? (
                say('request.whole')
              ) : (
                <Amount
                  base={amount}
                  decimals={native?.decimals ?? 0}
                  symbol={native?.symbol ?? say('request.base-units')}
                />
              )}
            </strong>{' '}
            {native && amount !== null && <span className="small soft">{say('request.base-exact', { amount })}</span>}
            <div>
              <Words>{chains[chain]?.name ?? ''}</Words> <MachineValue value={address} copy />
            </div>
            <div className="small soft">
              <MachineValue value={chain} /> {asset !== null && <MachineValue value={asset} />}
              {value !== null && (
                <div>
                  {say('access.approve.value')}{' '}
                  {native && <Amount base={value} decimals={native.decimals} symbol={native.symbol} />}{' '}
                  {say('request.base-exact', { amount: value })}
                </div>
              )}
              {note !== undefined && (
                <div>
                  <Words>{note}</Words>
                </div>
              )}
            </div>
          </li>
        )
      })}
    </ul>
  )
}

type Section = { readonly id: string; readonly label: string; readonly fields: readonly Omit<PlacedField, 'at'>[] }

/** Answers for which the form has no field: they are part of what is approved, and so are shown by their paths. */
function Unplaced({ data, sections }: { readonly data: Content['data']; readonly sections: readonly Section[] }) {
  const { say } = useSpeech()
  const placed = new Set(sections.flatMap((section) => fieldsIn(section, data).map(({ at }) => at)))
  const rest = Object.entries(data).filter(([path]) => !placed.has(path))
  if (rest.length === 0) return null
  return (
    <Sheet title={say('request.form')}>
      <Rows value={Object.fromEntries(rest)} />
    </Sheet>
  )
}

function fieldsIn({ fields }: Section, data: Content['data']): readonly PlacedField[] {
  return blocksOf(fields, data).flatMap((block) => (block.kind === 'field' ? [block.field] : block.entries.flat()))
}

function Answers({
  section,
  data,
  edit,
}: {
  readonly section: Section
  readonly data: Content['data']
  readonly edit?: string
}) {
  const { say } = useSpeech()
  const filled = filledIn(section, data)
  if (filled.length === 0) return null
  return (
    <Sheet title={say('request.section', { letter: section.id, label: section.label })}>
      <Facts>
        {filled.map((field) => (
          <Fact key={field.at} name={field.label}>
            <div className="answer">
              <Answer field={field} value={data[field.at] as Value} />
              <ChangeLink edit={edit} to={field.at} name={field.label} />
            </div>
          </Fact>
        ))}
      </Facts>
    </Sheet>
  )
}

function filledIn(section: Section, data: Content['data']): readonly PlacedField[] {
  return fieldsIn(section, data).filter(({ at }) => isFilled(data[at]))
}

/** The sections that say nothing, in one place: that they are empty is read too, and does not stand between the answers. */
function Unanswered({ sections, data }: { readonly sections: readonly Section[]; readonly data: Content['data'] }) {
  const { say } = useSpeech()
  const empty = sections.filter((section) => filledIn(section, data).length === 0)
  if (empty.length === 0) return null
  return (
    <Sheet title={say('request.not-provided')}>
      <ul className="plain-list">
        {empty.map(({ id, label }) => (
          <li key={id}>{say('request.section', { letter: id, label })}</li>
        ))}
      </ul>
    </Sheet>
  )
}

function Answer({ field, value }: { readonly field: Omit<PlacedField, 'at'>; readonly value: Value }) {
  const { say } = useSpeech()
  if (typeof value === 'boolean')
    return (
      <span>
        {value ? say('request.yes') : say('request.no')} <MachineValue value={String(value)} />
      </span>
    )
  const text = String(value)
  const named = field.codes?.find(({ code }) => code === text)?.label
  if (named !== undefined)
    return (
      <span>
        {named} <MachineValue value={text} />
      </span>
    )
  if (field.kind === 'country')
    return (
      <span>
        <Country code={text} /> <MachineValue value={text} />
      </span>
    )
  return (
    <span className="prose">
      <Words>{text}</Words>
    </span>
  )
}

/** Any value, each part by its name in the catalogue under `words`, or else by the path at which it stands. */
export function Rows({ value, words }: { readonly value: unknown; readonly words?: string }) {
  const { say, knows } = useSpeech()
  const name = (path: string) => {
    const id = `${words}.${path.replaceAll(/\[\d+\]/g, '')}`
    return words !== undefined && knows(id) ? say(id) : path
  }
  return (
    <Facts>
      {leavesOf(value, '').map(([path, leaf], at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what is approved does not change while it is shown
        <Fact key={at} name={name(path)}>
          {typeof leaf === 'string' && <Words>{leaf}</Words>}
          {typeof leaf === 'boolean' && say(leaf ? 'request.yes' : 'request.no')}{' '}
          {typeof leaf !== 'string' && <MachineValue value={String(leaf)} />}
        </Fact>
      ))}
    </Facts>
  )
}

function leavesOf(value: unknown, path: string): (readonly [path: string, leaf: unknown])[] {
  if (value === null || typeof value !== 'object') return [[path, value]]
  return Object.entries(value).flatMap(([name, inner]) =>
    leavesOf(inner, Array.isArray(value) ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`),
  )
}

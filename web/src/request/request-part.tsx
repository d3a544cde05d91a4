/** What a request says under every instrument: who is asked, for which assets, on which facts, how urgent, in which languages. */
import { useSpeech } from '../shared/language/speak.tsx'
import { useCodes } from '../shared/law.ts'
import { useRead } from '../shared/node/node.tsx'
import { Checkbox, Select, TextArea, TextField } from '../shared/ui/fields.tsx'
import { Button, Sheet } from '../shared/ui/parts.tsx'
import { countryName, languageName } from '../shared/ui/values.tsx'
import { AssetFields } from './asset-fields.tsx'
import { countryCodes } from './country-codes.ts'
import type { Content } from './first-draft.ts'
import { fieldId } from './form-paths.ts'

type Change = (how: (before: Content) => Content) => void
type Props = { readonly content: Content; readonly wrong: ReadonlyMap<string, string>; readonly onChange: Change }

export function RequestPart({ content, wrong, onChange }: Props) {
  const { say } = useSpeech()
  return (
    <>
      <Recipients content={content} wrong={wrong} onChange={onChange} />
      <Sheet title={say('request.assets')}>
        <div id={fieldId('assets')} tabIndex={-1}>
          <AssetFields assets={content.assets} onChange={(assets) => onChange((before) => ({ ...before, assets }))} />
        </div>
      </Sheet>
      <Sheet title={say('request.facts')}>
        <TextArea
          label={say('request.facts-label')}
          hint={say('request.facts-hint')}
          id={fieldId('facts')}
          wrong={wrong.get('facts') ?? (content.facts.trim() === '' ? say('request.needed') : undefined)}
          rows={6}
          value={content.facts}
          onChange={(event) => onChange((before) => ({ ...before, facts: event.target.value }))}
        />
        <Urgency content={content} wrong={wrong} onChange={onChange} />
      </Sheet>
      <Handling content={content} onChange={onChange} />
    </>
  )
}

function Recipients({ content, wrong, onChange }: Props) {
  const { say, locale } = useSpeech()
  const { recipients } = content
  const change = (at: number, more: Partial<Content['recipients'][number]>) =>
    onChange((before) => ({
      ...before,
      recipients: before.recipients.map((one, index) => (index === at ? { ...one, ...more } : one)),
    }))
  return (
    <Sheet title={say('request.recipients')}>
      <div id={fieldId('recipients')} tabIndex={-1}>
        {wrong.has('recipients') && <p className="wrong">{wrong.get('recipients')}</p>}
        {recipients.map(({ authority, country, role, address }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a recipient is its number
          <fieldset className="entry" key={index}>
            <legend>{say('request.recipient', { number: index + 1 })}</legend>
            <TextField
              label={say('request.authority')}
              wrong={authority.trim() === '' ? say('request.needed') : undefined}
              value={authority}
              onChange={(event) => change(index, { authority: event.target.value })}
            />
            <div className="field-row">
              <Select
                label={say('request.country')}
                value={country}
                onChange={(event) => change(index, { country: event.target.value })}
              >
                {countryCodes.map((code) => (
                  <option key={code} value={code}>
                    {countryName(code, locale)}
                  </option>
                ))}
              </Select>
              <Select
                label={say('request.recipient-role')}
                value={role}
                onChange={(event) => change(index, { role: event.target.value as typeof role })}
              >
                {(['to', 'via', 'copy'] as const).map((one) => (
                  <option key={one} value={one}>
                    {say(`request.recipient.${one}`)}
                  </option>
                ))}
              </Select>
            </div>
            <TextField
              label={say('request.optional', { label: say('request.address') })}
              value={address ?? ''}
              onChange={(event) => {
                const next = event.target.value
                onChange((before) => ({
                  ...before,
                  recipients: before.recipients.map((one, at) => {
                    if (at !== index) return one
                    const { address: _, ...rest } = one
                    return next === '' ? rest : { ...rest, address: next }
                  }),
                }))
              }}
            />
            {recipients.length > 1 && (
              <Button
                kind="quiet"
                onPress={() =>
                  onChange((before) => ({ ...before, recipients: before.recipients.filter((_, at) => at !== index) }))
                }
              >
                {say('request.entry-remove', { number: index + 1 })}
              </Button>
            )}
          </fieldset>
        ))}
        <Button
          kind="second"
          onPress={() =>
            onChange((before) => ({
              ...before,
              recipients: [
                ...before.recipients,
                { authority: '', country: before.recipients[0]?.country ?? before.clock.country, role: 'copy' },
              ],
            }))
          }
        >
          {say('request.recipient-add')}
        </Button>
      </div>
    </Sheet>
  )
}

function Urgency({ content, wrong, onChange }: Props) {
  const { say } = useSpeech()
  const codes = useCodes()
  const { urgency } = content
  const change = (next: Content['urgency']) => onChange((before) => ({ ...before, urgency: next }))
  return (
    <>
      <Select
        label={say('request.urgency')}
        id={fieldId('urgency/code')}
        wrong={wrong.get('urgency/code')}
        value={urgency?.code ?? ''}
        onChange={(event) => {
          const code = event.target.value
          change(code === '' ? null : { code: code as never, ground: urgency?.ground ?? '' })
        }}
      >
        <option value="">{say('request.not-urgent')}</option>
        {codes.of('urgency').map(({ code, label }) => (
          <option key={code} value={code}>
            {label}
          </option>
        ))}
      </Select>
      {urgency && (
        <TextArea
          label={say('request.ground')}
          hint={say('request.ground-hint')}
          wrong={urgency.ground.trim() === '' ? say('request.needed') : undefined}
          value={urgency.ground}
          onChange={(event) => change({ ...urgency, ground: event.target.value })}
        />
      )}
    </>
  )
}

/** Languages in which letters are printed. */
const PRINTED = ['en', 'fr', 'es', 'de', 'ar', 'zh'] as const

function Handling({ content, onChange }: Omit<Props, 'wrong'>) {
  const { say, locale } = useSpeech()
  const codes = useCodes()
  const countries = useRead('legalJurisdictions', {})
  const zones = countries.data?.find(({ code }) => code === content.clock.country)?.zones ?? [content.clock.zone]
  const { original, theirs } = content.languages
  return (
    <Sheet title={say('request.handling')}>
      <Select
        label={say('request.original')}
        value={original}
        onChange={(event) => {
          const next = event.target.value
          onChange((before) => ({
            ...before,
            languages: { original: next, theirs: theirs.filter((one) => one !== next) },
          }))
        }}
      >
        {[...new Set([original, ...PRINTED])].map((one) => (
          <option key={one} value={one}>
            {languageName(one, locale)}
          </option>
        ))}
      </Select>
      <fieldset>
        <legend>{say('request.theirs')}</legend>
        <p className="hint">{say('request.theirs-hint')}</p>
        {[...new Set([...theirs, ...PRINTED])]
          .filter((one) => one !== original)
          .map((one) => (
            <Checkbox
              key={one}
              label={languageName(one, locale)}
              checked={theirs.includes(one)}
              onChange={(event) => {
                const next = event.target.checked ? [...theirs, one] : theirs.filter((other) => other !== one)
                onChange((before) => ({ ...before, languages: { original, theirs: next } }))
              }}
            />
          ))}
      </fieldset>
      <Select
        label={say('request.zone')}
        hint={say('request.zone-hint')}
        value={content.clock.zone}
        onChange={(event) => {
          const zone = event.target.value
          onChange((before) => ({ ...before, clock: { ...before.clock, zone } }))
        }}
      >
        {[...new Set([content.clock.zone, ...zones])].map((zone) => (
          <option key={zone}>{zone}</option>
        ))}
      </Select>
      <fieldset>
        <legend>{say('request.conditions')}</legend>
        {codes.of('use-condition').map(({ code, label }) => (
          <Checkbox
            key={code}
            label={label}
            checked={content.useConditions.some((one) => one.code === code)}
            onChange={(event) => {
              const isSet = event.target.checked
              onChange((before) => ({
                ...before,
                useConditions: isSet
                  ? [...before.useConditions, { code: code as never }]
                  : before.useConditions.filter((one) => one.code !== code),
              }))
            }}
          />
        ))}
      </fieldset>
    </Sheet>
  )
}

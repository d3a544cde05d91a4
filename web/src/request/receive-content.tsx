/** What is asked: read from the file that the letter has attached, or typed from the paper; never both. */
import { FilePick } from '../intake/file-pick.tsx'
import { useSpeech } from '../shared/language/speak.tsx'
import { capital, useCodes } from '../shared/law.ts'
import { useRead } from '../shared/node/node.tsx'
import { Select, TextArea, TextField } from '../shared/ui/fields.tsx'
import { Button, Fact, Facts, Note, Sheet } from '../shared/ui/parts.tsx'
import { languageName, MachineValue, Words } from '../shared/ui/values.tsx'
import { AssetFields } from './asset-fields.tsx'
import type { Letter, Typed } from './received.ts'

type Named = { readonly id: (name: string) => string; readonly wrongOf: (id: string) => string | undefined }

export function ReceiveContent({
  letter,
  isNoLetter,
  digest,
  typed,
  onFile,
  onNoLetter,
  onDigest,
  onTyped,
  ...named
}: Named & {
  readonly letter: Letter | null
  readonly isNoLetter: boolean
  readonly digest: string
  readonly typed: Typed
  readonly onFile: (file: File | undefined) => void
  readonly onNoLetter: () => void
  readonly onDigest: (text: string) => void
  readonly onTyped: (typed: Typed) => void
}) {
  const { say } = useSpeech()
  return (
    <>
      <Sheet title={say('request.receive.what')}>
        <p>{say('request.receive.what-text')}</p>
        <FilePick
          label={say('cases.optional', { label: say('request.receive.letter') })}
          hint={say('request.receive.letter-hint')}
          accept=".json,application/json"
          onFiles={([file]) => onFile(file)}
        />
        {isNoLetter && <Note kind="bad">{say('request.receive.no-letter')}</Note>}
        {letter === null ? (
          <TypedFields typed={typed} onTyped={onTyped} {...named} />
        ) : (
          <OfLetter letter={letter} digest={digest} onNoLetter={onNoLetter} onDigest={onDigest} />
        )}
      </Sheet>
      {letter === null && (
        <Sheet title={say('request.assets')}>
          <AssetFields assets={typed.assets} onChange={(assets) => onTyped({ ...typed, assets })} />
        </Sheet>
      )}
    </>
  )
}

function OfLetter({
  letter,
  digest,
  onNoLetter,
  onDigest,
}: {
  readonly letter: Letter
  readonly digest: string
  readonly onNoLetter: () => void
  readonly onDigest: (text: string) => void
}) {
  const { say } = useSpeech()
  const codes = useCodes()
  const { content } = letter
  return (
    <>
      <Note kind="good">
        <p>{say('request.receive.letter-read')}</p>
        <Facts>
          <Fact name={say('request.measure')}>{codes.name(String(content.measure))}</Fact>
          <Fact name={say('request.receive.instrument')}>
            <MachineValue value={String(content.instrument)} />
          </Fact>
          <Fact name={say('request.facts-label')}>
            <span className="prose">
              <Words>{String(content.facts)}</Words>
            </span>
          </Fact>
          <Fact name={say('request.assets')}>{Array.isArray(content.assets) ? content.assets.length : 0}</Fact>
        </Facts>
        <Button kind="quiet" onPress={onNoLetter}>
          {say('request.receive.letter-leave')}
        </Button>
      </Note>
      <TextField
        label={say('cases.optional', { label: say('request.receive.digest') })}
        hint={say('request.receive.digest-hint')}
        dir="ltr"
        spellCheck={false}
        maxLength={64}
        value={digest}
        onChange={({ target }) => onDigest(target.value)}
      />
    </>
  )
}

function TypedFields({
  typed,
  id,
  wrongOf,
  onTyped,
}: Named & { readonly typed: Typed; readonly onTyped: (typed: Typed) => void }) {
  const { say, language, locale } = useSpeech()
  const codes = useCodes()
  const instruments = useRead('legalInstruments', { language: language.id }).data ?? []
  const types = instruments.find((one) => one.id === typed.instrument)?.requestTypes ?? []
  const measuresOf = (type: { readonly needs: readonly string[] } | undefined) => {
    const fitting = codes.of('measure').filter(({ need }) => need !== null && type?.needs.includes(need))
    // What no measure answers, as a question between contacts, may be asked with any.
    return fitting.length > 0 ? fitting : codes.of('measure')
  }
  const set = (more: Partial<Typed>) => onTyped({ ...typed, ...more })
  const chooseType = (more: Partial<Typed>, chosen: { readonly needs: readonly string[] } | undefined) => {
    const [only, ...others] = measuresOf(chosen)
    set({ ...more, measure: others.length === 0 ? (only?.code ?? '') : '' })
  }
  return (
    <>
      <Select
        id={id('instrument')}
        label={say('request.receive.instrument')}
        wrong={wrongOf(id('instrument'))}
        value={typed.instrument}
        onChange={({ target }) => {
          const [only, ...others] = instruments.find((one) => one.id === target.value)?.requestTypes ?? []
          const single = others.length === 0 ? only : undefined
          chooseType({ instrument: target.value, requestType: single?.id ?? '' }, single)
        }}
      >
        <option value="">{say('field.choose')}</option>
        {instruments.map((one) => (
          <option key={one.id} value={one.id}>
            {one.title}
          </option>
        ))}
      </Select>
      {typed.instrument !== '' && (
        <div className="fields-2">
          <Select
            id={id('type')}
            label={say('request.receive.type')}
            wrong={wrongOf(id('type'))}
            value={typed.requestType}
            onChange={({ target }) =>
              chooseType(
                { requestType: target.value },
                types.find((one) => one.id === target.value),
              )
            }
          >
            <option value="">{say('field.choose')}</option>
            {types.map((one) => (
              <option key={one.id} value={one.id}>
                {capital(one.title, locale)}
              </option>
            ))}
          </Select>
          <Select
            id={id('measure')}
            label={say('request.measure')}
            wrong={wrongOf(id('measure'))}
            value={typed.measure}
            onChange={({ target }) => set({ measure: target.value })}
          >
            <option value="">{say('field.choose')}</option>
            {measuresOf(types.find((one) => one.id === typed.requestType)).map(({ code, label }) => (
              <option key={code} value={code}>
                {label}
              </option>
            ))}
          </Select>
        </div>
      )}
      <TextArea
        id={id('facts')}
        label={say('request.facts-label')}
        hint={say('request.receive.facts-hint')}
        wrong={wrongOf(id('facts'))}
        rows={6}
        value={typed.facts}
        onChange={({ target }) => set({ facts: target.value })}
      />
      <div className="fields-2">
        <LanguageSelect
          value={typed.language}
          label={say('request.receive.language')}
          locale={locale}
          onChange={(tag) => set({ language: tag })}
        />
        <Select
          label={say('request.urgency')}
          value={typed.urgency}
          onChange={({ target }) => set({ urgency: target.value })}
        >
          <option value="">{say('request.not-urgent')}</option>
          {codes.of('urgency').map(({ code, label }) => (
            <option key={code} value={code}>
              {label}
            </option>
          ))}
        </Select>
      </div>
      {typed.urgency !== '' && (
        <TextArea
          id={id('ground')}
          label={say('request.ground')}
          wrong={wrongOf(id('ground'))}
          value={typed.ground}
          onChange={({ target }) => set({ ground: target.value })}
        />
      )}
    </>
  )
}

/** Languages of the authorities of the packs: a letter is in one of them, as a rule. */
function LanguageSelect({
  value,
  label,
  locale,
  onChange,
}: {
  readonly value: string
  readonly label: string
  readonly locale: string
  readonly onChange: (tag: string) => void
}) {
  const countries = useRead('legalJurisdictions', {}).data ?? []
  const tags = [...new Set([value, ...countries.flatMap(({ languages }) => languages.map((one) => one.language))])]
  const named = tags
    .map((tag) => ({ tag, name: languageName(tag, locale) }))
    .sort((a, b) => a.name.localeCompare(b.name, locale))
  return (
    <Select label={label} value={value} onChange={({ target }) => onChange(target.value)}>
      {named.map(({ tag, name }) => (
        <option key={tag} value={tag}>
          {name}
        </option>
      ))}
    </Select>
  )
}

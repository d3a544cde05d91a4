/** Doing or recording one thing about a request: what it asks for, what follows from it, and then the act by its name. */
import { useState } from 'react'
import { AssetFields } from '../request/asset-fields.tsx'
import { countryCodes } from '../request/country-codes.ts'
import { useSpeech } from '../shared/language/speak.tsx'
import { useCodes } from '../shared/law.ts'
import { useAct } from '../shared/node/node.tsx'
import { ErrorSummary, Select, TextArea, TextField } from '../shared/ui/fields.tsx'
import { AskDialog, Button, Note, Trouble } from '../shared/ui/parts.tsx'
import { countryName, ownZone } from '../shared/ui/values.tsx'
import { type ActKind, type Asked, type Given, inputOf, missingIn, stateAfter } from './act-list.ts'
import type { Request } from './one-request.tsx'
import { useStateName } from './words.tsx'

const idOf = (one: Asked) => `act-${one}`

export function ActForm({
  kind,
  read,
  onClose,
}: {
  readonly kind: ActKind
  readonly read: Request
  readonly onClose: () => void
}) {
  const { say, locale } = useSpeech()
  const codes = useCodes()
  const stateName = useStateName()
  const act = useAct(kind.method)
  const [missing, setMissing] = useState<readonly Asked[]>([])
  const [given, setGiven] = useState<Given>({
    ...{ node: '', competent: '', forwarded: '', authority: '', reason: '', ground: '', until: '' },
    country: read.request.content.clock.country,
    secured: kind.asks.includes('secured')
      ? read.request.content.assets.map(({ chain, address, amount }) => ({ chain, address, amount }))
      : [],
  })
  const set = (more: Partial<Given>) => setGiven((before) => ({ ...before, ...more }))
  const wrong = (one: Asked) => (missing.includes(one) ? say(`tracker.missing.${one}`) : undefined)
  const name = say(`tracker.act.${kind.act}`)
  const moment = (one: 'node' | 'competent' | 'forwarded' | 'until', asked: Asked, label: string, hint: string) => (
    <TextField
      type="datetime-local"
      step="1"
      id={one === 'node' || asked === one ? idOf(asked) : undefined}
      label={label}
      hint={hint}
      wrong={one === 'node' || asked === one ? wrong(asked) : undefined}
      value={given[one]}
      onChange={(event) => set({ [one]: event.target.value })}
    />
  )
  const zone = say('tracker.your-zone', { zone: ownZone() })
  const after = stateAfter(read.request.state, kind, given)
  return (
    <AskDialog title={name} isOpen onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          const found = missingIn(kind, given)
          setMissing(found)
          if (found.length === 0)
            act.mutate(inputOf(kind, read.id, read.version, given) as never, { onSuccess: () => onClose() })
        }}
      >
        <Trouble error={act.error} />
        <ErrorSummary errors={missing.map((one) => ({ id: idOf(one), text: say(`tracker.missing.${one}`) }))} />
        {kind.asks.includes('to') && (
          <>
            <TextField
              id={idOf('to')}
              label={say('request.authority')}
              wrong={wrong('to')}
              value={given.authority}
              onChange={(event) => set({ authority: event.target.value })}
            />
            <Select
              label={say('tracker.country')}
              value={given.country}
              onChange={(event) => set({ country: event.target.value })}
            >
              {countryCodes.map((code) => (
                <option key={code} value={code}>
                  {countryName(code, locale)}
                </option>
              ))}
            </Select>
          </>
        )}
        {kind.asks.includes('times') && moment('node', 'times', say('tracker.received-node'), zone)}
        {(kind.asks.includes('times') || kind.asks.includes('competent')) &&
          moment(
            'competent',
            'competent',
            say('tracker.received-competent'),
            say('tracker.received-competent-hint', { zone: ownZone() }),
          )}
        {(kind.asks.includes('times') || kind.asks.includes('forwarded')) &&
          moment('forwarded', 'forwarded', say('tracker.forwarded'), zone)}
        {kind.asks.includes('until') && moment('until', 'until', say('tracker.until'), zone)}
        {kind.grounds && (
          <Select
            id={idOf('ground')}
            label={say('tracker.ground')}
            wrong={wrong('ground')}
            value={given.ground}
            onChange={(event) => set({ ground: event.target.value })}
          >
            <option value="">{say('request.choose')}</option>
            {codes.of(kind.grounds).map(({ code, label, article }) => (
              <option key={code} value={code}>
                {`${label} (${article})`}
              </option>
            ))}
          </Select>
        )}
        {kind.asks.includes('secured') && (
          <fieldset>
            <legend>{say('tracker.secured')}</legend>
            <p className="hint">{say('tracker.secured-hint')}</p>
            <AssetFields
              assets={given.secured.map((one) => ({ ...one, asset: null, value: null }))}
              onChange={(assets) =>
                set({ secured: assets.map(({ chain, address, amount }) => ({ chain, address, amount })) })
              }
            />
          </fieldset>
        )}
        {kind.asks.includes('reason') && (
          <TextArea
            id={idOf('reason')}
            label={say('tracker.reason')}
            hint={say(kind.by === 'us' ? 'tracker.reason-ours' : 'tracker.reason-theirs')}
            wrong={wrong('reason')}
            rows={3}
            value={given.reason}
            onChange={(event) => set({ reason: event.target.value })}
          />
        )}
        <Note>
          <h3>{say('tracker.effect')}</h3>
          <p>
            {after === read.request.state
              ? say('tracker.effect-same', { state: stateName(after) })
              : say('tracker.effect-state', { before: stateName(read.request.state), after: stateName(after) })}
          </p>
          {kind.act === 'acknowledge' && <p>{say('tracker.effect-clock')}</p>}
          {kind.by === 'us' && <p>{say(read.request.exchange ? 'tracker.effect-told' : 'tracker.effect-not-told')}</p>}
        </Note>
        <p className="row">
          <Button
            type="submit"
            kind={kind.by === 'us' && kind.act !== 'extend' ? 'danger' : 'first'}
            isBusy={act.isPending}
          >
            {name}
          </Button>
          <Button kind="second" onPress={onClose}>
            {say('dialog.cancel')}
          </Button>
        </p>
      </form>
    </AskDialog>
  )
}

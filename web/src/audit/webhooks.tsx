/** Machines elsewhere that are told of what happens: that something happened, never what. */
import { type FormEvent, useState } from 'react'
import { Problem, useWork } from '../access/told.tsx'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { act, type ItemOf, queries, useAll } from '../shared/node/node.tsx'
import { ErrorSummary, Select, TextArea, TextField } from '../shared/ui/fields.tsx'
import { Button, Empty, Fact, Facts, Sheet, Shown, Status } from '../shared/ui/parts.tsx'
import { MachineValue } from '../shared/ui/values.tsx'
import { GraveAct } from './grave-act.tsx'
import { type RoleId, roles } from './roles.ts'

type Webhook = ItemOf<'webhookList'>

export function Webhooks() {
  const say = useSay()
  const webhooks = useAll('webhookList', {})
  const [ending, setEnding] = useState<Webhook | null>(null)
  return (
    <Sheet title={say('audit.webhooks.title')}>
      <Shown read={webhooks}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={say('audit.webhooks.none')}>
              <p>{say('audit.webhooks.none-text')}</p>
            </Empty>
          ) : (
            <ul className="list">
              {items.map((webhook) => (
                <li key={webhook.id}>
                  <Facts>
                    <Fact name={say('audit.webhooks.url')}>
                      <MachineValue value={webhook.url} />{' '}
                      {webhook.ended && <Status kind="plain">{say('audit.webhooks.ended')}</Status>}
                    </Fact>
                    <Fact name={say('audit.webhooks.events')}>
                      <MachineValue value={webhook.events.join(', ')} />
                    </Fact>
                    <Fact name={say('audit.webhooks.key')}>
                      <MachineValue value={webhook.publicKey} copy />
                    </Fact>
                  </Facts>
                  {!webhook.ended && (
                    <Button
                      kind="danger"
                      label={say('audit.webhooks.end-named', { url: webhook.url })}
                      onPress={() => setEnding(webhook)}
                    >
                      {say('audit.webhooks.end')}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
      <MakeWebhook />
      {ending && (
        <GraveAct
          title={say('audit.webhooks.end-title', { url: ending.url })}
          effects={[say('audit.webhooks.end-effect')]}
          button={say('audit.webhooks.end')}
          onDo={(reason) => act('webhookEnd', { id: ending.id, seen: ending.version, reason })}
          onClose={() => setEnding(null)}
        />
      )}
    </Sheet>
  )
}

function MakeWebhook() {
  const { say, knows } = useSpeech()
  const [label, setLabel] = useState('')
  const [url, setUrl] = useState('')
  const [events, setEvents] = useState('')
  const [role, setRole] = useState<RoleId>('auditor')
  const [isTried, setTried] = useState(false)
  const { isBusy, error, run } = useWork()
  const named = events.split(/[\s,]+/).filter((one) => one !== '')
  const wrong = {
    label: label.trim() === '' ? say('audit.api-keys.label-missing') : undefined,
    url: /^https:\/\/\S+$/.test(url.trim()) ? undefined : say('audit.webhooks.url-wrong'),
    events: named.length === 0 ? say('audit.webhooks.events-missing') : undefined,
  }
  const errors = Object.entries(wrong).flatMap(([name, text]) =>
    text === undefined ? [] : [{ id: `webhook-${name}`, text }],
  )
  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (errors.length > 0) return
    void run(async () => {
      const input = { label: label.trim(), url: url.trim(), events: named, role, purpose: 'administrative' as const }
      await act('webhookMake', input)
      for (const empty of [setLabel, setUrl, setEvents]) empty('')
      setTried(false)
      await queries.invalidateQueries()
    })
  }
  return (
    <details>
      <summary>{say('audit.webhooks.make')}</summary>
      <ErrorSummary errors={isTried ? errors : []} />
      <Problem error={error} />
      <form noValidate onSubmit={submit}>
        <TextField
          id="webhook-label"
          label={say('audit.api-keys.label')}
          wrong={isTried ? wrong.label : undefined}
          maxLength={200}
          value={label}
          onChange={({ target }) => setLabel(target.value)}
        />
        <TextField
          id="webhook-url"
          label={say('audit.webhooks.url')}
          hint={say('audit.webhooks.url-hint')}
          wrong={isTried ? wrong.url : undefined}
          dir="ltr"
          spellCheck={false}
          value={url}
          onChange={({ target }) => setUrl(target.value)}
        />
        <TextArea
          id="webhook-events"
          label={say('audit.webhooks.events')}
          hint={say('audit.webhooks.events-hint')}
          wrong={isTried ? wrong.events : undefined}
          dir="ltr"
          spellCheck={false}
          value={events}
          onChange={({ target }) => setEvents(target.value)}
        />
        <Select
          label={say('audit.people.role')}
          value={role}
          onChange={({ target }) => setRole(target.value as RoleId)}
        >
          {roles.map((one) => (
            <option key={one} value={one}>
              {knows(`role.${one}`) ? say(`role.${one}`) : one}
            </option>
          ))}
        </Select>
        <Button type="submit" isBusy={isBusy}>
          {say('audit.webhooks.make')}
        </Button>
      </form>
    </details>
  )
}

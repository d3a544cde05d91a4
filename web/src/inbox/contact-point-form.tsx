/** How the point of contact of this agency is reached; whoever says it answers for it. */
import { useState } from 'react'
import { useSpeech } from '../shared/language/speak.tsx'
import { type ResultOf, useAct, useRead } from '../shared/node/node.tsx'
import { TextField } from '../shared/ui/fields.tsx'
import { Button, Trouble } from '../shared/ui/parts.tsx'
import { ownZone } from '../shared/ui/values.tsx'

type Duty = ResultOf<'dutyNow'>

export function ContactPointForm({ duty }: { readonly duty: Duty | undefined }) {
  const { say } = useSpeech()
  const session = useRead('sessionRead', {})
  const point = useAct('contactPointSet')
  const [isOpen, setOpen] = useState(false)
  const [form, setForm] = useState({
    name: duty?.point.name ?? '',
    channel: duty?.point.channel ?? '',
    languages: duty?.point.languages.join(' ') ?? '',
    zone: duty?.point.zone ?? ownZone(),
    minutes: String(duty?.point.minutes ?? 15),
  })
  if (!isOpen)
    return (
      <Button kind="second" onPress={() => setOpen(true)}>
        {say('inbox.calls.set')}
      </Button>
    )
  const field = (name: keyof typeof form, more: { readonly inputMode?: 'numeric'; readonly dir?: 'ltr' } = {}) => (
    <TextField
      label={say(`inbox.point.${name}`)}
      value={form[name]}
      required
      {...more}
      onChange={(event) => setForm({ ...form, [name]: event.target.value })}
    />
  )
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        const { name, channel, zone } = form
        point.mutate(
          {
            version: duty?.version ?? 0,
            point: {
              ...{ name, channel, zone, minutes: Number(form.minutes) },
              languages: form.languages.split(/[\s,]+/).filter((tag) => tag !== ''),
              lead: duty?.point.lead ?? session.data?.session?.personId ?? '',
              partners: duty?.point.partners ?? [],
            },
          },
          { onSuccess: () => setOpen(false) },
        )
      }}
    >
      <Trouble error={point.error} />
      <p>{say('inbox.point.lead')}</p>
      {field('name')}
      {field('channel')}
      {field('languages', { dir: 'ltr' })}
      {field('zone', { dir: 'ltr' })}
      {field('minutes', { inputMode: 'numeric', dir: 'ltr' })}
      <div className="row">
        <Button type="submit" isBusy={point.isPending}>
          {say('inbox.point.save')}
        </Button>
        <Button kind="second" onPress={() => setOpen(false)}>
          {say('inbox.not-now')}
        </Button>
      </div>
    </form>
  )
}

/** Small parts of which matters between agencies are shown: messages by their names, records by their kinds, lines of what somebody said. */
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useExhibits } from '../evidence/exhibits.ts'
import { useCodeWords, useMembers } from '../inbox/names.tsx'
import { useAgencyNames } from '../joint/agency-select.tsx'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { type ItemOf, useAll } from '../shared/node/node.tsx'
import { Checkbox, Select } from '../shared/ui/fields.tsx'
import { instantText, MachineValue, ownZone, Words } from '../shared/ui/values.tsx'

export type ListedMessage = ItemOf<'messageList'>

/** Messages that a person wrote and sent; those that tell of recalls, disputes and the like are no matter of their own. */
export function isTold(type: string): boolean {
  return /^(recall|erase|dispute|incident|use)(\.|$)/.test(type)
}

/** What a message is called in a list: its kind, with whom, when. */
export function useMessageName(): (of: ListedMessage['message']) => string {
  const words = useCodeWords()
  const names = useAgencyNames()
  const { locale } = useSpeech()
  return (of) =>
    [words('type', of.type), names([of.peer]), instantText(new Date(of.fixed.created), ownZone(), locale)].join(' · ')
}

/** A message of the case by its digest; the digest alone where the case has no such message, or nobody knows which case. */
export function MessageLink({ caseId, digest }: { readonly caseId: string | null; readonly digest: string }) {
  const name = useMessageName()
  const found = useAll('messageList', caseId === null ? null : { caseId }).data?.items.find(
    ({ message }) => message.digest === digest,
  )
  if (!found) return <MachineValue value={digest} short copy />
  return (
    <Link to={`/messages/${found.id}` as string}>
      <Words>{name(found.message)}</Words>
    </Link>
  )
}

export type About = { readonly kind: string; readonly id: string }

/** A record of the case, by what people know it by, where there is a screen for it. */
export function AboutLink({ caseId, about }: { readonly caseId: string | null; readonly about: About }) {
  const { say, knows } = useSpeech()
  const id = `supervision.about.${about.kind}`
  const kind = knows(id) ? say(id) : about.kind
  const called = useRecordName(caseId, about)
  const name = called === null ? kind : <Words>{`${kind}: ${called}`}</Words>
  const path = wayTo(caseId, about)
  return path === null ? <span>{name}</span> : <Link to={path as string}>{name}</Link>
}

/** What tells a message, an exhibit or a trace from others of its kind; nothing of what is not there, or is not for its reader. */
function useRecordName(caseId: string | null, { kind, id }: About): string | null {
  const { locale } = useSpeech()
  const nameOf = useMessageName()
  const asked = (of: string) => (kind === of && caseId !== null ? { caseId } : null)
  const messages = useAll('messageList', asked('message')).data?.items ?? []
  const traces = useAll('traceList', asked('trace')).data?.items ?? []
  const exhibits = useExhibits(asked('exhibit')?.caseId ?? null).data ?? []
  const message = messages.find((one) => one.id === id)
  const trace = traces.find((one) => one.id === id)
  const exhibit = exhibits.find((one) => one.id === id)
  if (message) return nameOf(message.message)
  if (trace) return traceName(trace, locale)
  return exhibit ? `${exhibit.number}, ${exhibit.title}` : null
}

/** A trace by its rule and when it was kept. */
export function traceName({ rule, at }: Pick<ItemOf<'traceList'>, 'rule' | 'at'>, locale: string): string {
  return `${rule.toUpperCase()}, ${instantText(new Date(at), ownZone(), locale)}`
}

function wayTo(caseId: string | null, { kind, id }: About): string | null {
  switch (kind) {
    case 'message':
      return `/messages/${id}`
    case 'request':
      return `/requests/${id}`
    case 'exhibit':
      return `/cases/${caseId}/evidence/${id}`
    case 'trace':
      return `/cases/${caseId}/traces/${id}`
    case 'joint-object':
      return `/cases/${caseId}/joint`
    default:
      return null
  }
}

/** What somebody said, in their words. */
export function Said({ children }: { readonly children: ReactNode }) {
  return (
    <p className="prose">
      <Words>{children}</Words>
    </p>
  )
}

export function SaidList({ of }: { readonly of: readonly string[] }) {
  return (
    <ul>
      {of.map((one) => (
        <li key={one}>
          <Words>{one}</Words>
        </li>
      ))}
    </ul>
  )
}

/** Several of many, each by a box. */
export function Choices<T extends string>({
  legend,
  hint,
  of,
  chosen,
  onChange,
}: {
  readonly legend: string
  readonly hint?: string
  readonly of: readonly { readonly id: T; readonly name: ReactNode }[]
  readonly chosen: readonly T[]
  readonly onChange: (chosen: readonly T[]) => void
}) {
  if (of.length === 0) return null
  return (
    <fieldset>
      <legend>{legend}</legend>
      {hint !== undefined && <p className="hint">{hint}</p>}
      {of.map(({ id, name }) => (
        <Checkbox
          key={id}
          label={<Words>{name}</Words>}
          checked={chosen.includes(id)}
          onChange={({ target }) => onChange(target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))}
        />
      ))}
    </fieldset>
  )
}

/** A message as a whole, or one of its files by the digest of its cipher. */
export function ItemSelect({
  message,
  value,
  label,
  onChange,
}: {
  readonly message: Pick<ListedMessage['message'], 'digest' | 'header'>
  readonly value: string
  readonly label: string
  readonly onChange: (item: string) => void
}) {
  const say = useSay()
  const { attachments } = message.header
  if (attachments.length === 0) return null
  return (
    <Select label={label} value={value} onChange={(event) => onChange(event.target.value)}>
      <option value={message.digest ?? ''}>{say('supervision.whole-message')}</option>
      {attachments.map(({ name, cipherDigest }) => (
        <option key={cipherDigest} value={cipherDigest}>
          {name}
        </option>
      ))}
    </Select>
  )
}

/** Agencies of the directory other than this one. */
export function useOthers() {
  const { members, me, byId } = useMembers()
  return { others: members.filter(({ id }) => id !== me), own: byId(me ?? '') }
}

/**
 * The audit vocabulary: the name of every event that the node may write into its journal, and who writes it. Other systems
 * (log collectors, auditors' queries) rely on the names; docs/spec/audit-vocabulary.md is written from here.
 */
import { togetherEvents } from '../exchange/together/index.ts'
import { type Action, eventsOf } from '../kernel/index.ts'
import { jointEvents } from '../workflows/index.ts'
import { allActions } from './actions.ts'

export type AuditEvent = {
  readonly name: string
  /** What it says. */
  readonly meaning: string
  /** Actions that write it; empty where the node does so by itself. */
  readonly by: readonly string[]
}

/** What the node writes without an action: at the door, and while somebody signs in. */
export const ownEvents: readonly { readonly name: string; readonly meaning: string }[] = [
  { name: 'access.denied', meaning: 'The policies said no to somebody; with the action, the right and the reasons.' },
  { name: 'credential.enrolled', meaning: 'A person enrolled a passkey with an invitation, and is signed in.' },
  {
    name: 'exchange.refused',
    meaning:
      'What was refused at the gate of the exchange since the last such entry: how often, of which partner, with which code.',
  },
  {
    name: 'hand-out.packed',
    meaning:
      'The files of a hand-out were written: the SHA-256 of each, by which it can be told whether a file is one of them.',
  },
  {
    name: 'directory.updated',
    meaning: 'What this node has accepted of the directory: versions, and who became or ceased to be a member.',
  },
  {
    name: 'message.arrived',
    meaning: 'A message of another agency was put on record in a case, or in the inbox of the node.',
  },
  {
    name: 'message.conflict',
    meaning: 'Two signed messages of one agency that contradict each other: whose, and which.',
  },
  { name: 'message.held', meaning: 'A message of another agency waits for one before it that has not come yet.' },
  { name: 'message.filed', meaning: 'A message of another agency that belonged to no case came under the key of one.' },
  {
    name: 'message.outcome',
    meaning: 'What became of a message of a case: accepted, rejected, or that nobody has confirmed it.',
  },
  { name: 'message.queued', meaning: 'A message to another agency was queued with the decision that it carries.' },
  {
    name: 'message.received',
    meaning: 'A message of another agency was carried out or rejected, and has its receipt.',
  },
  { name: 'message.settled', meaning: 'What became of a message of ours: its receipt, or that none came and why.' },
  { name: 'message.skipped', meaning: 'Another agency has said that a place in an exchange stays empty.' },
  { name: 'person.linked', meaning: 'An account at the identity provider was bound to an invited person.' },
  { name: 'person.proven', meaning: 'Somebody proved with a passkey to be there.' },
  {
    name: 'records.written',
    meaning: 'What an action wrote beside its own subject, as the counter of a passkey: the rows, and nothing more.',
  },
  { name: 'reminder.due', meaning: 'The clock of the node reminds of a date: which, of what, at which threshold.' },
  { name: 'reminder.replaced', meaning: 'A reminder gave way to a later threshold, or its date has moved.' },
  { name: 'reminder.settled', meaning: 'A reminder ended, since nothing is due of its item any more.' },
  { name: 'session.ended', meaning: 'Somebody signed out.' },
  { name: 'session.opened', meaning: 'Somebody signed in, with a passkey or through the identity provider.' },
  ...togetherEvents,
  ...jointEvents,
]

/** The vocabulary of these actions and of the node itself, in the order of names. */
export function auditEvents(actions: readonly Action[]): readonly AuditEvent[] {
  const byName = new Map<string, AuditEvent>(ownEvents.map((event) => [event.name, { ...event, by: [] }]))
  for (const each of actions) {
    const { name: action, kind, summary } = each
    for (const name of eventsOf(each)) {
      const known = byName.get(name)
      const meaning = kind === 'read' ? `Read: ${summary}.` : `${summary}.`
      byName.set(name, {
        name,
        meaning: known ? `${known.meaning} ${meaning}` : meaning,
        by: [...(known?.by ?? []), action],
      })
    }
  }
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

export function nodeEvents(): readonly AuditEvent[] {
  return auditEvents(allActions())
}

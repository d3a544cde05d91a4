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
  {
    name: 'alarm.moved',
    meaning: 'The block of an alarm was replaced, and another block of the chain holds the movement.',
  },
  {
    name: 'alarm.raised',
    meaning: 'What is watched has moved on a chain that the node follows; its task is in the case.',
  },
  {
    name: 'alarm.withdrawn',
    meaning: 'The block of an alarm was replaced, and no block of the chain holds the movement.',
  },
  {
    name: 'attachment.filed',
    meaning: 'A file of another agency came under the key of the case under which its message was filed.',
  },
  {
    name: 'attachment.received',
    meaning: 'A file of a message of another agency is here, whole; it was not opened.',
  },
  {
    name: 'attachment.refused',
    meaning: 'A file of another agency was refused: by whose signed request, and why.',
  },
  { name: 'attachment.settled', meaning: 'What became of a file of a message of ours: delivered, or not and why.' },
  { name: 'credential.enrolled', meaning: 'A person enrolled a passkey with an invitation, and is signed in.' },
  {
    name: 'deconfliction.answer.received',
    meaning:
      'What a partner answered to a comparison was taken in: from whom, how far it has come, and what it came to.',
  },
  {
    name: 'deconfliction.batch.answered',
    meaning:
      'A partner was answered a batch of blinded items: who, how many, in which epoch, and under which commitment; not which.',
  },
  {
    name: 'deconfliction.batch.refused',
    meaning: 'A partner was refused a batch: who, why, and the digest of its question.',
  },
  { name: 'deconfliction.contact.committed', meaning: 'Both sides of a contact have committed to their cases.' },
  {
    name: 'deconfliction.contact.ended',
    meaning: 'A contact with a partner is over without a meeting: nothing of a case was told.',
  },
  { name: 'deconfliction.contact.met', meaning: 'Both sides of a contact have told each other of their cases.' },
  {
    name: 'deconfliction.contact.received',
    meaning:
      'A partner says by a handle that both are after the same; whether anything here has it stands in no entry.',
  },
  {
    name: 'deconfliction.contact.withheld',
    meaning: 'A partner has committed to its case, was told of ours, and did not tell of its own in time.',
  },
  {
    name: 'deconfliction.epoch.begun',
    meaning: 'The key of an epoch of comparing was made: its public part belongs into the next card.',
  },
  { name: 'deconfliction.epoch.ended', meaning: 'The key of an epoch of comparing was destroyed.' },
  {
    name: 'deconfliction.tags.published',
    meaning: 'The tags of what is released for comparing were published: how many, and the commitment to all of them.',
  },
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
    name: 'journal.fork',
    meaning: 'The journal of another agency told two stories: the proof is kept, signed by this agency.',
  },
  {
    name: 'journal.unproven',
    meaning: 'A checkpoint of another agency was not shown to continue the one before; both are in the entry.',
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
  {
    name: 'message.receipted',
    meaning: 'A receipt was given for a message; this entry alone is shown to the sender, as proof.',
  },
  { name: 'message.settled', meaning: 'What became of a message of ours: its receipt, or that none came and why.' },
  { name: 'message.skipped', meaning: 'Another agency has said that a place in an exchange stays empty.' },
  {
    name: 'order-conflict.found',
    meaning:
      'Orders were found that cannot all be carried out, or a partner has said so: which kind of conflict it is.',
  },
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
  {
    name: 'watch.extended',
    meaning: 'A watched trace has moved and was run again; its record, its new front and a task are in the case.',
  },
  { name: 'watch.grown', meaning: 'Addresses joined a watched cluster, or left it; a task is in the case.' },
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

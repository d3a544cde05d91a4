/** The changes of messages: written, approved, sent, given up; taken from the inbox, set aside, seen to. */
import type { Json } from '../../src/kernel/index.ts'
import type { Chain, Step } from './every-change.ts'
import type { Tools } from './joint-changes.ts'

const PEER = 'partner'
const CHALLENGE = 'message.challenge'
const query = { subject: 'Who freezes?', country: 'FR', need: 'freeze', urgency: null, language: 'en' }
const authority = { name: 'A', country: 'FR', kind: 'prosecutor', agency: null, address: null, reference: null }
const offence = {
  ...{ conduct: 'Extortion', provision: 'Law', penaltyMonths: 60, life: false, iccs: null, euList: null },
  ...{ budapest: null, dualCriminality: 'met' },
}
const preserve = {
  ...{ authority, offence, custodian: authority, necessity: 'It would go.', intent: 'A request follows.' },
  facts: { summary: 'They were robbed.', from: null, to: null, places: [], transactions: [] },
  identifiers: [{ kind: 'user-id', value: '7', from: null, to: null, zone: null }],
  ...{ period: { from: null, to: null }, requestedUntil: null, userNoticeSuppressed: true },
}

const made = (chain: Chain, name: string) => {
  const found = chain.made[name]
  if (!found) throw new Error(`nothing is known as ${name}`)
  return found
}
const draft = (chain: Chain, type: string, body: Json) => ({
  ...{ caseId: made(chain, 'case').id, to: PEER, type, purpose: 'criminal-proceedings', body },
})
/** One that has come from a partner of this chain alone, as it lies in the inbox. */
async function arrived(chain: Chain, type: string, body: Json): Promise<{ id: string; version: number }> {
  const from = `${type.split('.')[0]}-${chain.idOf.anna.slice(0, 8)}`
  const digest = await chain.arrive(from, type, body)
  for (let after: string | undefined; ; ) {
    const page: { items: { id: string; version: number; message: { digest: string } }[]; next: string | null } =
      await chain.did('carla', 'inbox.list', { ...(after ? { after } : {}), limit: 200 })
    const found = page.items.find(({ message }) => message.digest === digest)
    if (found) return found
    if (page.next === null) throw new Error('it is not in the inbox')
    after = page.next
  }
}

export function messageTrack({
  make,
  change,
  assertion,
}: Pick<Tools, 'make' | 'change' | 'assertion'>): readonly Step[] {
  return [
    make('message', 'anna', 'message.draft', (c) => draft(c, 'contact.query', query)),
    change('message', 'carla', 'message.send'),
    make('binding message', 'anna', 'message.draft', (c) => draft(c, 'preserve.request', preserve)),
    change('binding message', 'carla', 'message.approve', async (c) =>
      signed(await assertion(c, 'carla', 'binding message', CHALLENGE)),
    ),
    change('binding message', 'anna', 'message.change', () => ({ body: preserve })),
    change('binding message', 'anna', 'message.discard'),
    make('filed', 'carla', 'inbox.file', async (c) => ({
      ...{ id: (await arrived(c, 'contact.query', query)).id, caseId: made(c, 'case').id },
    })),
    change('filed', 'carla', 'message.see-to', () => ({ note: 'Answered by telephone.' })),
    {
      action: 'inbox.set-aside',
      by: 'carla',
      input: async (c) => {
        const { id, version } = await arrived(c, 'contact.query', { ...query, subject: 'A circular' })
        return { id, seen: version, reason: 'It concerns no case.' }
      },
    },
  ]
}

/** An approval of a message has no end of its own to be sent along. */
function signed(assertion: object): object {
  const { digest, credential } = assertion as { digest: string; credential: unknown }
  return { digest, credential }
}

export const messageNotCovered: Readonly<Record<string, string>> = {
  'request.compose': 'Asks the law for its form, where a stand-in answers here; it writes what message.draft writes.',
  'inbox.take-request': 'Asks the law too; it writes what inbox.file and request.receive write, which are killed here.',
  'message.attach':
    'Seals into a store of files for a key of the directory; tried with real ones in attachments-travel.test.ts.',
  'message.take-file': 'Opens what has come over a real line into a real vault; tried in attachments-travel.test.ts.',
}

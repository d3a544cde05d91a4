/** Comparing with partners, wired: services for the exchange server, jobs for the clock, ports for the actions, takers for messages. */
import { contactTakers, endContact, overdueContacts, type Partners, ports } from '../../exchange/deconfliction/index.ts'
import type { Taker } from '../../exchange/desk/index.ts'
import type { DirectoryView } from '../../exchange/directory/index.ts'
import type { Signer } from '../../exchange/wire/index.ts'
import type { Voprf } from '../../kernel/crypto/index.ts'
import { ok, orStop } from '../../kernel/index.ts'
import type { Door } from '../door/door.ts'
import type { Job } from '../jobs.ts'
import { type AskSetting, askPartners } from './deconfliction-ask.ts'
import { keepEpochs } from './deconfliction-epochs.ts'
import type { EpochKeys } from './deconfliction-keys.ts'
import { deconflictionRoutes } from './deconfliction-service.ts'
import { publicationsOf, publishTags } from './deconfliction-tags.ts'
import type { ExchangeRoute } from './exchange-route.ts'
import type { Members } from './members.ts'

export type DeconflictionSetting = {
  readonly me: string
  /** Opened after this, since its ports are among what this gives. */
  readonly door: () => Pick<Door, 'asNode'>
  readonly keys: EpochKeys
  readonly voprf: Voprf
  readonly members: Pick<Members, 'keyOf'>
  readonly directory: () => Pick<DirectoryView, 'members' | 'memberOf' | 'mayOpen' | 'maySend' | 'mayReceive'>
  readonly signer: Signer
  readonly call: AskSetting['call']
  readonly now: () => number
  /** Somebody should look at what a partner does. */
  readonly alarm: (peer: string, code: string) => void
  /** Of what a job could not do in one place it goes on with the next. */
  readonly failed: (item: string, fault: unknown) => void
}

export type Deconfliction = {
  readonly ports: ReadonlyMap<string, unknown>
  readonly routes: readonly ExchangeRoute[]
  readonly takers: readonly Taker[]
  readonly jobs: readonly Job[]
}

/** Of a node that takes part in no exchange: it compares with nobody. */
export const noPartners: ReadonlyMap<string, unknown> = new Map([
  [ports.partners, { me: '', comparable: () => [], elementsADay: () => 0 } satisfies Partners],
])

/** What is asked for in the directory: who may send a contact may compare. */
const TYPE = 'deconf.contact'

export function openDeconfliction(setting: DeconflictionSetting): Deconfliction {
  const { me, keys, voprf, members, directory, signer, now, alarm, failed } = setting
  const door: Pick<Door, 'asNode'> = { asNode: (work) => setting.door().asNode(work) }
  const oprfKeysOf = (peer: string) => directory().memberOf(peer)?.oprfKeys ?? []
  const elementsOf = (member: string) => directory().memberOf(member)?.limits.oprfElementsPerDay ?? 0
  const partners: Partners = {
    me,
    comparable: () =>
      directory()
        .members()
        .map(({ member }) => member.id)
        .filter((id) => id !== me && directory().mayOpen(id) && directory().mayReceive(id, TYPE))
        .filter((id) =>
          oprfKeysOf(id).some(({ from, until }) => Date.parse(from) <= now() && now() < Date.parse(until)),
        )
        .sort(),
    elementsADay: () => elementsOf(me),
  }
  return {
    ports: new Map([[ports.partners, partners]]),
    routes: deconflictionRoutes({
      ...{ me, door, keys, voprf, members, signer, now, alarm },
      mayAsk: (peer) => directory().mayOpen(peer) && directory().maySend(peer, TYPE),
      limitOf: elementsOf,
    }),
    takers: contactTakers(({ records }, epoch) => publicationsOf(records, epoch)),
    jobs: [
      { name: 'deconfliction-epochs', every: '1 * * * *', run: () => keepEpochs(door, keys, now()) },
      {
        name: 'deconfliction-tags',
        every: '*/10 * * * *',
        within: 3600,
        run: () => publishTags(door, keys, voprf, now()),
      },
      {
        name: 'deconfliction-ask',
        every: '* * * * *',
        within: 3600,
        run: (ending) =>
          askPartners(
            { ...{ me, door, voprf, members, signer, oprfKeysOf, now, alarm }, call: setting.call },
            ending,
            failed,
          ),
      },
      { name: 'deconfliction-contacts', every: '*/5 * * * *', run: (ending) => endContacts(door, ending, failed) },
    ],
  }
}

/** Each in a transaction of its own. */
export async function endContacts(
  door: Pick<Door, 'asNode'>,
  ending: AbortSignal,
  failed: (item: string, fault: unknown) => void,
): Promise<{ readonly ended: number }> {
  let ended = 0
  const overdue = orStop(
    await door.asNode(async ({ context }) => ok({ result: await overdueContacts(context()), events: [] })),
  )
  for (const id of overdue) {
    if (ending.aborted) break
    try {
      const done = orStop(
        await door.asNode(async ({ context }) => {
          const events = await endContact(context(), id)
          return ok({ result: events.length, events })
        }),
      )
      if (done > 0) ended++
    } catch (fault) {
      failed(`partner-contact/${id}`, fault)
    }
  }
  return { ended }
}

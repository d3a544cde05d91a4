/** Reads what a case holds for a hand-out: what the one who asks may read, and of each item whether it may leave the house. */
import {
  type CaseBody,
  type DecisionContent,
  everyRecord,
  type ItemBody,
  type OrderContent,
  type PersonContent,
  readQuestion,
  type VictimContent,
  type WalletContent,
} from '../../casework/index.ts'
import type { CustodianBody, CustodyStore, Exhibit, ExhibitBody, StatementBody } from '../../evidence/custody/index.ts'
import type { VaultObject, VaultStore } from '../../evidence/vault/index.ts'
import { type ActionContext, ok, type Protected, type Result, refuse, type Stored } from '../../kernel/index.ts'
import type { IntakeBody } from '../take-in/intake.ts'
import type { CaseContents, Kept, KeptExhibit, PlacelessBody } from './case-contents.ts'

/** A hand-out is one transaction and one document; what is larger is handed out in parts, by markings. */
export const MOST_ITEMS = 2000
export const MOST_CUSTODY_EVENTS = 5000

export type Gathered = {
  readonly contents: CaseContents
  /** Of the exhibits whose bytes are in the vault. */
  readonly objectByExhibit: ReadonlyMap<string, VaultObject>
}

export async function gatherCase(context: ActionContext, caseId: string): Promise<Result<Gathered>> {
  const { records } = context
  const opened = await records.get<CaseBody>('case', caseId)
  if (!opened) throw new Error('a permitted case has no record')
  const received = await receivedIds(context, caseId)
  let count = 0
  const kept = async <B extends Protected>(kind: string): Promise<Kept<B>[]> => {
    const readable: Kept<B>[] = []
    for (const stored of await everyRecord<B>(context, kind, caseId)) {
      const one = await keptOf(context, stored, received)
      if (one) readable.push(one)
    }
    count += readable.length
    return readable
  }
  const persons = await kept<ItemBody<PersonContent>>('person-of-interest')
  const wallets = await kept<ItemBody<WalletContent>>('wallet')
  const victims = await kept<ItemBody<VictimContent>>('victim')
  const decisions = await kept<ItemBody<DecisionContent>>('decision')
  const orders = await kept<ItemBody<OrderContent>>('order')
  const statements = await kept<StatementBody>('statement')
  const custodians = await kept<CustodianBody>('custodian')
  const placeless = {
    task: await kept<PlacelessBody>('task'),
    note: await kept<PlacelessBody>('note'),
    event: await kept<PlacelessBody>('event'),
    // What a request says is in its letter, and is approved as a whole or not at all.
    request: (await kept<Protected>('request')).map(({ body: { marking, author }, ...one }) => ({
      ...one,
      body: { marking, author },
    })),
  }
  const exhibits = await exhibitsOf(context, caseId, received)
  count += exhibits.length
  const acts = exhibits.reduce((sum, { events }) => sum + events.length, 0)
  if (count > MOST_ITEMS || acts > MOST_CUSTODY_EVENTS)
    return refuse(
      'HAND_OUT_TOO_LARGE',
      `The case holds ${count} items and ${acts} acts of custody that you may read; at most ${MOST_ITEMS} and ${MOST_CUSTODY_EVENTS} are handed out at once.`,
      { place: `case/${caseId}`, fix: 'Hand the case out as its bundle, which has no such limit.' },
    )
  return ok({
    contents: {
      caseId,
      case: opened.body,
      persons,
      wallets,
      victims,
      decisions,
      orders,
      statements,
      custodians,
      placeless,
      exhibits,
      names: await namesOf(context, exhibits),
    },
    objectByExhibit: new Map(exhibits.flatMap(({ id, object }) => (object === null ? [] : [[id, object] as const]))),
  })
}

async function keptOf<B extends Protected>(
  context: ActionContext,
  { kind, id, body }: Pick<Stored<B>, 'kind' | 'id' | 'body'>,
  received: ReadonlySet<string>,
): Promise<Kept<B> | null> {
  if (!(await context.may(readQuestion({ kind, id })))) return null
  const leaves = await context.may({ right: 'exportRecord', subject: { type: 'record', kind, id } })
  return { id, body, leaves, received: received.has(id) }
}

/** What was taken in from others, with the files in which it came. */
async function receivedIds(context: ActionContext, caseId: string): Promise<ReadonlySet<string>> {
  const intakes = await everyRecord<IntakeBody>(context, 'intake', caseId)
  return new Set(intakes.flatMap(({ body }) => [body.exhibit, ...body.made.map(({ id }) => id)]))
}

type WithObject = KeptExhibit & { readonly object: VaultObject | null }

async function exhibitsOf(
  context: ActionContext,
  caseId: string,
  received: ReadonlySet<string>,
): Promise<readonly WithObject[]> {
  const custody = context.port<CustodyStore>('custody')
  const vault = context.port<VaultStore>('vault')
  const found: WithObject[] = []
  for (let after: number | null = 0; after !== null; ) {
    const page: { readonly items: readonly Exhibit[]; readonly next: number | null } = await custody.exhibitsOf(
      caseId,
      after,
      500,
    )
    for (const exhibit of page.items) {
      const record = await context.records.get<ExhibitBody>('exhibit', exhibit.id)
      const kept = record && (await keptOf(context, record, received))
      if (!kept) continue
      const object = exhibit.vaultObject === null ? null : await vault.object(exhibit.vaultObject)
      const events = await custody.history(exhibit.id)
      found.push({ ...kept, exhibit, events, object, size: object?.size ?? null })
    }
    after = page.next
  }
  return found
}

/** People of this node who acted on an exhibit. */
async function namesOf(
  { records }: ActionContext,
  exhibits: readonly KeptExhibit[],
): Promise<ReadonlyMap<string, string>> {
  const ids = new Set<string>()
  for (const { exhibit, events } of exhibits) {
    for (const { actor } of events) ids.add(actor)
    for (const holder of [exhibit.acquirer, ...events.flatMap((one) => [one.holderBefore, one.recipient])])
      if (holder?.startsWith('person/')) ids.add(holder.slice('person/'.length))
  }
  const names = new Map<string, string>()
  for (const id of ids) {
    const person = await records.get<{ readonly name: string }>('person', id)
    if (person) names.set(id, person.body.name)
  }
  return names
}

/** This node among the others: the directory that it follows, its server and its client, its outbox and inbox, from its configuration. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Outgoing, Settled } from '../../exchange/delivery/index.ts'
import {
  type AttachmentDesk,
  type MessageDesk,
  type Outcome,
  type Self,
  settleMessage,
} from '../../exchange/desk/index.ts'
import type { DirectoryView, UpdateReport } from '../../exchange/directory/index.ts'
import { packStatement, receiptForm } from '../../exchange/wire/index.ts'
import type { Sql } from '../../io/postgres/index.ts'
import type { BlobStore, Vault } from '../../io/vault/index.ts'
import { loadVoprf } from '../../kernel/crypto/index.ts'
import { orStop } from '../../kernel/index.ts'
import type { ExchangeConfig, NodeConfig } from '../config.ts'
import type { Door } from '../door/door.ts'
import type { Job } from '../jobs.ts'
import type { NodeJournal } from '../journal.ts'
import type { Metrics } from '../metrics.ts'
import type { RecordWork } from '../store/records.ts'
import type { Stores } from '../stores.ts'
import { type Agency, openAgency } from './agency.ts'
import { besideMessages, noAttachments } from './beside-messages.ts'
import { openEpochKeys } from './deconfliction-keys.ts'
import { watchDirectory } from './directory-watch.ts'
import { openExchangeClient } from './exchange-client.ts'
import { openExchangeKeys, signerOf } from './exchange-keys.ts'
import { startExchangeServer } from './exchange-server.ts'
import { mayExchange, messageDesk, noDesk } from './message-desk.ts'
import { messageStore } from './message-store.ts'
import { noPartners, openDeconfliction } from './open-deconfliction.ts'
import { watchParcels } from './parcel-desk.ts'
import { openRefusalRecord, type RefusalRecord } from './refusal-record.ts'
import { messageHandlers } from './takers.ts'

/** How often what another process of this node has fetched of the directory is looked for. */
const RELOAD_MS = 10_000

export type NodeExchange = {
  /** The port of the door. */
  readonly desk: ((sql: Sql, records: RecordWork) => MessageDesk) | MessageDesk
  /** The port of files that go with messages. */
  readonly attachments: ((sql: Sql, records: RecordWork) => AttachmentDesk) | AttachmentDesk
  /** Fetches what is new of the directory. Null: the node takes part in no exchange. */
  readonly update: (() => Promise<UpdateReport>) | null
  /** What comparing with partners needs of the door, and does by the clock. */
  readonly ports: ReadonlyMap<string, unknown>
  readonly jobs: readonly Job[]
  /** The directory as it is held now, and as whom this node is in it. Null: the node takes part in no exchange. */
  readonly directory: (() => { readonly agency: string; readonly view: DirectoryView }) | null
  /** Once the door is open: takes messages and sends what waits. Answers the port on which it listens. */
  start(door: Door): Promise<number | null>
  stop(): Promise<void>
}

export type ExchangeSetting = {
  readonly home: string
  readonly config: NodeConfig
  readonly stores: Stores
  readonly journal: NodeJournal
  readonly blobs: BlobStore
  readonly vault: Vault
  readonly metrics: Metrics
  readonly log: Logger
  readonly clock: () => number
}

export async function openExchange(setting: ExchangeSetting): Promise<NodeExchange> {
  const { config } = setting
  const self: Self = {
    name: config.agency.name,
    country: config.agency.country,
    kind: (config.agency.kind === 'asset-recovery-office' ? 'aro' : config.agency.kind) as Self['kind'],
    timeZone: config.agency.timeZone,
  }
  if (!config.exchange)
    return {
      desk: noDesk(self),
      attachments: noAttachments(),
      ports: noPartners,
      jobs: [],
      directory: null,
      update: null,
      start: async () => null,
      stop: async () => {},
    }
  return enter(setting, config.exchange, self)
}

async function enter(setting: ExchangeSetting, exchange: ExchangeConfig, self: Self): Promise<NodeExchange> {
  const { home, stores, metrics, log, clock } = setting
  const { keys } = stores
  const me = exchange.agency
  const own = await openExchangeKeys(join(home, 'keys'), keys, me, clock())
  const signer = signerOf(own)
  const watch = await watchDirectory(home, exchange.directory, clock)
  const { members } = watch
  const beside = besideMessages({
    ...{ me, own, signer, stores, members, clock },
    ...{ journal: setting.journal, blobs: setting.blobs, vault: setting.vault, view: watch.view },
    ...(exchange.witnesses === undefined ? {} : { required: exchange.witnesses }),
    cosigned: (outcome) => metrics.cosignatures.inc({ outcome }),
    alarm: (agency, what) => {
      metrics.journalAlarms.inc({ what })
      log.error({ agency, what }, 'something about a journal needs to be looked at')
    },
  })
  const client = openExchangeClient({
    ...{ key: own.tls.key, certificate: own.tls.certificate, members, signer, now: clock },
    // As many as its own grant lets this node have open with others.
    connections: () => watch.view().memberOf(me)?.limits.openConnections ?? 1,
  })
  const voprf = await loadVoprf()
  const deconfliction = openDeconfliction({
    ...{ me, voprf, members, signer, call: client.service, now: clock, directory: watch.view },
    keys: openEpochKeys(join(home, 'keys', 'oprf'), keys, voprf),
    door: () => {
      if (door === null) throw new Error('the exchange is not open yet')
      return door
    },
    alarm: (peer, code) => {
      metrics.exchangeRefusals.inc({ code })
      log.error({ peer, code }, 'what a partner does in comparing needs somebody to look at it')
    },
    failed: (item, fault) =>
      log.error(
        { item, fault: fault instanceof Error ? fault.message : String(fault) },
        'comparing left one thing undone',
      ),
  })
  const undo: (() => Promise<void> | void)[] = []
  let agency: Agency | null = null
  let door: Door | null = null
  let refused: RefusalRecord | null = null
  const opened = (): Agency => {
    if (agency === null) throw new Error('the exchange is not open yet')
    return agency
  }
  return {
    attachments: beside.desk,
    ports: deconfliction.ports,
    jobs: deconfliction.jobs,
    directory: () => ({ agency: me, view: watch.view() }),
    desk: messageDesk({ me, keys, agency: opened, directory: watch.view, self }),
    update: async () => {
      if (door === null) throw new Error('the exchange is not open yet')
      const report = await watch.update(door)
      // A directory that is not what it should be is evidence too: of whom, nobody knows.
      if (report.refusal) refused?.add(null, report.refusal.code)
      return report
    },
    start,
    stop: async () => {
      for (const step of undo.reverse()) await step()
      undo.length = 0
    },
  }

  async function start(openDoor: Door): Promise<number> {
    door = openDoor
    const store = messageStore(openDoor, keys)
    const tls = { key: own.tls.key, certificate: own.tls.certificate }
    undo.push(() => client.close())
    const running = openAgency({
      me,
      store,
      members,
      standing: {
        mayOpen: (peer) => watch.view().mayOpen(peer),
        mayStill: (peer) => watch.view().mayStill(peer),
        maySend: (peer, type) => mayExchange(watch.view(), peer, me, type),
      },
      signer,
      handlers: messageHandlers(deconfliction.takers),
      now: clock,
      // Only spreads attempts in time.
      random: () => randomBytes(4).readUInt32BE() / 2 ** 32,
      post: client.post,
      postPouch: client.postPouch,
      ask: client.ask,
      settled: async (tx, row, why) => {
        metrics.messages.inc({ way: 'out', outcome: row.state })
        const { id, peer, caseId } = row
        const outcome = { id, peer, caseId, ...provenBy(row, why) }
        for (const event of await settleMessage(tx.work.context(), outcome)) tx.tell(event)
      },
    })
    agency = running
    const fault = (thrown: unknown) =>
      log.error({ fault: thrown instanceof Error ? thrown.message : String(thrown) }, 'the exchange has a fault')
    const report = await watch.update(openDoor).catch((thrown: unknown) => void fault(thrown))
    if (report?.refusal)
      log.warn(
        { code: report.refusal.code, message: report.refusal.message },
        'the directory could not be brought up to date',
      )
    const refusals = openRefusalRecord(openDoor, clock)
    refused = refusals
    undo.push(() => refusals.flush().catch(fault))
    const server = await startExchangeServer(
      {
        ...tls,
        endpoint: exchange.endpoint,
        members,
        signer,
        routes: [...beside.routes(openDoor), ...deconfliction.routes],
        now: clock,
        receive: async (bytes, peer) => {
          const reply = await running.receive(bytes, peer)
          metrics.messages.inc({ way: 'in', outcome: reply.kind })
          return reply
        },
        receiptOf: running.receiptOf,
        refused: (peer, code) => {
          metrics.exchangeRefusals.inc({ code })
          refusals.add(peer, code)
          log.warn({ peer, code }, 'something was refused that came from another node')
        },
        fault,
      },
      exchange.listen,
    )
    undo.push(() => server.close())
    undo.push(running.run(fault))
    undo.push(watchParcels(home, running, beside.parcels, fault))
    undo.push(beside.run(openDoor, client, fault))
    const timer = setInterval(() => {
      void watch.reload().catch(fault)
      void refusals.flush().catch(fault)
    }, RELOAD_MS)
    timer.unref()
    undo.push(() => clearInterval(timer))
    return server.port
  }

  /** What became of a message of ours, and the signed statement that proves it. */
  function provenBy(row: Outgoing, why: Settled): Pick<Outcome, 'state' | 'code' | 'evidence'> {
    const base64 = (bytes: Uint8Array | null) => (bytes === null ? null : Buffer.from(bytes).toString('base64'))
    const code = row.problem?.code ?? null
    switch (why.how) {
      case 'receipt':
        return { state: why.receipt.outcome, code: why.receipt.code, evidence: base64(row.receipt) }
      case 'conflict':
        return { state: 'conflict', code: 'EXCHANGE_CONFLICT', evidence: base64(why.evidence) }
      case 'quarantined':
        return { state: 'quarantined', code: why.code, evidence: base64(notDelivered(row, why.code)) }
      case 'non-delivered':
        return {
          state: 'non-delivered',
          code: code ?? 'EXCHANGE_NON_DELIVERED',
          evidence: base64(notDelivered(row, code ?? 'EXCHANGE_NON_DELIVERED')),
        }
    }
  }

  /** Our own signed word that nobody has confirmed it: NON_DELIVERED, as a registered letter that comes back. */
  function notDelivered({ id, digest, peer }: Outgoing, code: string): Uint8Array {
    const at = new Date(clock()).toISOString()
    const said = {
      v: 1 as const,
      kind: 'NON_DELIVERED' as const,
      code,
      message: { id, digest },
      from: me,
      to: peer,
      at,
    }
    return orStop(packStatement(receiptForm, said, [signer]))
  }
}

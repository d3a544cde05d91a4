/**
 * The composition root: one node, wired. Nothing below this file knows which database, folder or clock it works with.
 *
 * Past four hundred lines on purpose: in which order a node comes up and goes down is read in one place.
 */

import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { ports as casework } from '../casework/index.ts'
import { custodyStore, vaultStore } from '../evidence/store/custody.ts'
import { ports as exchangePorts } from '../exchange/desk/index.ts'
import { partners } from '../exchange/requests/index.ts'
import { type FolderLock, lockFolder } from '../io/folder-lock.ts'
import { openFolderBlobs, openS3Blobs, openVault } from '../io/vault/index.ts'
import { deriveKey } from '../kernel/crypto/index.ts'
import { orStop } from '../kernel/index.ts'
import { legalPorts } from '../legal/index.ts'
import { holidayCalendars, packFolder, readPacks } from '../legal/sources/index.ts'
import { LEDGER, watchFronts } from '../workflows/index.ts'
import { allActions } from './actions.ts'
import { openAnchors, readAuthorities } from './anchors.ts'
import { nodeEvents } from './audit-events.ts'
import { openOidc } from './auth/oidc.ts'
import { openSignIn } from './auth/sign-in.ts'
import { type NodeConfig, readConfig } from './config.ts'
import { type Door, openDoor } from './door/door.ts'
import { openExchange } from './exchange/open-exchange.ts'
import { togetherJobs } from './exchange/together-jobs.ts'
import type { BundleDesk } from './export/bundles.ts'
import { eventRoutes } from './http/events.ts'
import { fileRoutes } from './http/file-routes.ts'
import { handOutRoutes } from './http/hand-out-routes.ts'
import { logRoutes } from './http/log-routes.ts'
import { openApiRoute } from './http/openapi.ts'
import { operationRoutes } from './http/operations.ts'
import { previewRoute } from './http/preview-route.ts'
import { openHttpServer } from './http/server.ts'
import { authenticator, signInRoutes } from './http/sign-in-routes.ts'
import { taxiiRoutes } from './http/taxii-routes.ts'
import { type Job, startJobs } from './jobs.ts'
import { type NodeJournal, openJournal } from './journal.ts'
import { journalReader } from './journal-reader.ts'
import { openLogger } from './logger.ts'
import { openMetrics } from './metrics.ts'
import type { NodeFacts } from './node-actions.ts'
import { openApp } from './pages/app-routes.ts'
import { openPages } from './pages/page-routes.ts'
import { publicState } from './pages/public-state.ts'
import { openDecisionPoint } from './policy/decision-point.ts'
import { addressGate, approvalDesk, criteriaPort, legalPort, reminderSetting, retentionRules } from './ports.ts'
import { remind } from './remind.ts'
import { carryOutErasures, openShredder } from './shredder.ts'
import { openStores, type Stores } from './stores.ts'
import { noTelemetry, openTelemetry } from './telemetry.ts'
import { checkVault, sweepUploads } from './vault-jobs.ts'
import { type NodeLedger, oneByOne } from './watch-ledger.ts'
import { openWatching } from './watching.ts'
import { openWebhookDelivery } from './webhooks/deliver.ts'

export type RunningNode = {
  readonly config: NodeConfig
  readonly url: string
  /** Where other nodes reach it on this machine; null where it takes part in no exchange. */
  readonly exchangePort: number | null
  readonly door: Door
  readonly journal: NodeJournal
  readonly stores: Stores
  /** Every address that it answers at, as `GET /v1/…`. */
  readonly routes: readonly string[]
  stop(): Promise<void>
}

export type StartOptions = {
  readonly log?: Logger
  readonly clock?: () => number
  readonly waitMs?: number
  /** Opens the ledger that the configuration names, for an agency of this country. */
  readonly openLedger?: (folder: string, country: string) => NodeLedger
}

export const policyFolder = fileURLToPath(new URL('../../../policies', import.meta.url))

export async function startNode(
  home: string,
  environment: NodeJS.ProcessEnv,
  options: StartOptions = {},
): Promise<RunningNode> {
  const config = readConfig(home, environment)
  const log = options.log ?? openLogger(config.log.level)
  // A database of its own allows one node in its folder; several nodes share another database, and the folder of the keys.
  const lock = config.database ? null : orStop(await lockFolder(home, { waitMs: options.waitMs ?? 0 }))
  const undo: (() => Promise<void> | void)[] = [() => lock?.release()]
  try {
    return await wire(home, environment, config, log, options, lock, undo)
  } catch (thrown) {
    for (const step of undo.reverse()) await step()
    throw thrown
  }
}

async function wire(
  home: string,
  environment: NodeJS.ProcessEnv,
  config: NodeConfig,
  log: Logger,
  { clock = Date.now, openLedger }: StartOptions,
  lock: FolderLock | null,
  undo: (() => Promise<void> | void)[],
): Promise<RunningNode> {
  const metrics = openMetrics()
  const telemetry = config.telemetry ? await openTelemetry(config.telemetry.otlpUrl, config.name) : noTelemetry
  undo.push(() => telemetry.stop())
  const stores = await openStores(home, config)
  undo.push(() => stores.close())
  const { database, keys } = stores
  const journal = openJournal(database, keys, config.name, join(home, 'log'))
  const anchors = openAnchors({
    database,
    journal,
    authorities: readAuthorities(config),
    clock,
    told: (authority, outcome) => {
      metrics.anchors.inc({ authority, outcome })
      if (outcome !== 'stamped') log.error({ authority, outcome }, 'a time-stamping authority gave no stamp')
    },
  })
  const policies = openDecisionPoint(policyFolder)
  const facts: NodeFacts = {
    name: config.name,
    agency: config.agency,
    journalKey: journal.vkey,
    policies: policies.version,
    approvalsRequired: config.approvals.required,
  }
  const publicUrl = new URL(config.publicUrl)
  const rp = { id: publicUrl.hostname, name: config.agency.name, origin: publicUrl.origin }
  const packs = orStop(readPacks(orStop(packFolder())))
  const calendars = holidayCalendars(packs.jurisdictions)
  const vaultFolder = join(home, 'vault')
  const blobs = config.storage ? s3Blobs(config.storage) : await openFolderBlobs(join(vaultFolder, 'sealed'))
  const vault = openVault({
    folder: vaultFolder,
    blobs,
    caseKey: (caseId) => {
      const key = keys.caseKey(caseId)
      return key === null ? null : deriveKey(key, 'vault')
    },
  })
  const exportFolder = join(home, 'exports')
  // What an interrupted export has left is of no use to anybody.
  rmSync(exportFolder, { recursive: true, force: true })
  mkdirSync(exportFolder, { recursive: true, mode: 0o700 })
  const reminders = reminderSetting(config.agency.timeZone, config.reminders)
  const exchange = await openExchange({ home, config, stores, journal, blobs, vault, metrics, log, clock })
  undo.push(() => exchange.stop())
  const { ledger: ledgerFolder } = config
  const ledger =
    ledgerFolder === undefined || openLedger === undefined
      ? null
      : oneByOne(openLedger(resolve(home, ledgerFolder), config.agency.country))
  const door = openDoor({
    database,
    keys,
    policies,
    actions: allActions(),
    ports: new Map<string, unknown>([
      ['node', facts],
      ['journal', journalReader(database, keys)],
      ['audit-vocabulary', nodeEvents],
      ['webhook-hosts', config.webhooks?.hosts ?? []],
      [casework.addresses, addressGate],
      [casework.fronts, watchFronts(ledger !== null)],
      [LEDGER, { desk: ledger }],
      [casework.law, legalPort(packs, calendars, config.agency.country)],
      [legalPorts.packs, packs],
      [legalPorts.calendars, calendars],
      [casework.policies, { version: policies.version }],
      [casework.retention, retentionRules(packs, config.agency.country)],
      [casework.reminders, reminders],
      [casework.approvals, approvalDesk(rp, config.approvals.required)],
      [casework.shredder, openShredder(keys)],
      [casework.partners, partners],
      [exchangePorts.messages, exchange.desk],
      [exchangePorts.attachments, exchange.attachments],
      ...exchange.ports,
      ['criteria', criteriaPort(packs)],
      ['custody', custodyStore(keys)],
      ['vault', vaultStore],
      ['vault-content', vault],
      ['vault-limits', { largestFile: config.limits.uploadBytes, largestCase: config.limits.uploadBytes * 10 }],
    ]),
    clock,
    telemetry,
    watch: {
      decided: (ms, { faults }) => {
        metrics.decisionTime.observe(ms / 1000)
        if (faults.length === 0) return
        metrics.policyFaults.inc()
        log.warn(
          { faults: faults.map((fault) => fault.slice(0, 200)) },
          'a question to the policies was wrong, and answered with no',
        )
      },
      acted: (action, outcome, ms) => {
        metrics.actions.inc({ action, outcome })
        metrics.actionTime.observe({ action }, ms / 1000)
      },
    },
    ...(environment.COMITY_FAILPOINT === undefined ? {} : { failpoint: failpointOf(environment.COMITY_FAILPOINT) }),
  })
  const signIn = openSignIn({ door, rp, sessionMinutes: config.limits.sessionMinutes })
  const oidc = config.oidc
    ? openOidc(door, signIn, {
        issuer: config.oidc.issuer,
        clientId: config.oidc.clientId,
        clientSecret: config.oidc.secretFile === undefined ? null : readFileSync(config.oidc.secretFile, 'utf8').trim(),
        redirectUri: new URL('/v1/oidc/return', publicUrl).href,
      })
    : null
  const authenticate = authenticator(signIn, config.publicUrl)
  const bundles: BundleDesk = {
    database,
    keys,
    door,
    journal,
    vault,
    anchors,
    from: config.agency.name,
    clock,
    letters: {
      packs,
      policies: policies.version,
      required: config.approvals.required,
      timeZone: config.agency.timeZone,
    },
  }
  const routes: string[] = []
  const http = await openHttpServer({
    door,
    log,
    requestsPerMinute: config.limits.requestsPerMinute,
    ...(config.listen.trustedProxies ? { trustedProxies: config.listen.trustedProxies } : {}),
    publicUrl: config.publicUrl,
    authenticate,
    mount: [
      (server) => {
        server.addHook('onRoute', ({ method, url }) => {
          for (const one of [method].flat()) routes.push(`${one} ${url}`)
        })
      },
      telemetry.mount,
      signInRoutes({ signIn, oidc, publicUrl: config.publicUrl }),
      operationRoutes({ database, journal, metrics }),
      logRoutes(journal, database),
      eventRoutes({ database, keys, door, authenticate }),
      fileRoutes({
        database,
        door,
        vault,
        authenticate,
        folder: exportFolder,
        bundles,
        fault: (thrown) =>
          log.error({ fault: thrown instanceof Error ? thrown.message : String(thrown) }, 'a file could not be moved'),
      }),
      handOutRoutes({ door, bundles, authenticate, folder: exportFolder }),
      taxiiRoutes({
        door,
        authenticate,
        settings: { title: config.agency.name, contact: null, origin: publicUrl.origin },
      }),
      previewRoute({ database, door, vault, authenticate, hidden: [home] }),
      openApiRoute(allActions()),
      openApp(),
      openPages(
        {
          node: config.name,
          agency: config.agency.name,
          country: config.agency.country,
          publicUrl: publicUrl.origin,
          hasProvider: oidc !== null,
        },
        () => publicState({ database, journal, directory: exchange.directory }),
      ),
    ],
  })
  undo.push(() => http.close())
  // Of what it could not do in one place a job goes on with the next; each is in the log, by its id.
  const itemFailed = (job: string) => (item: string, fault: unknown) => {
    metrics.jobFaults.inc({ job })
    log.error(
      { job, item, fault: fault instanceof Error ? fault.message : String(fault) },
      'a job left one thing undone',
    )
  }
  // Delivered when it happens; the job is for receivers that did not answer then.
  const webhooks = await openWebhookDelivery(
    { database, keys, door, hosts: config.webhooks?.hosts ?? [], now: clock },
    (fault) => itemFailed('webhooks')('delivery', fault),
  )
  undo.push(() => webhooks.stop())
  const work: Job[] = [
    ...togetherJobs(door, itemFailed),
    {
      name: 'webhooks',
      every: '* * * * *',
      run: async () => ({ ...(await webhooks.deliver()) }),
    },
    {
      name: 'carry-out-erasures',
      every: '*/5 * * * *',
      run: () => carryOutErasures(keys, door, itemFailed('carry-out-erasures')),
    },
    { name: 'remind', every: '*/5 * * * *', run: (ending) => remind(door, reminders, ending, itemFailed('remind')) },
    {
      name: 'anchor',
      every: '13 * * * *',
      run: async (ending) => {
        const done = await anchors.renew(ending)
        // Tried again sooner than in an hour.
        if (done.failed > 0 && !ending.aborted) throw new Error(`${done.failed} authorities gave no stamp`)
        return done
      },
    },
    {
      name: 'sweep-uploads',
      every: '*/10 * * * *',
      run: (ending) => sweepUploads(database, keys, vault, ending, itemFailed('sweep-uploads')),
    },
    {
      name: 'check-vault',
      every: '30 2 * * *',
      within: 86_000,
      run: (ending) =>
        checkVault(database, keys, vault, ending, (object, flaw) => {
          metrics.vaultFlaws.inc()
          log.error({ object, flaw }, 'a file of the vault is not what was sealed')
        }),
    },
    {
      name: 'forget-answers',
      every: '7 * * * *',
      // Repeating a call after a day is a new act.
      run: async () => {
        const gone = await database.query("DELETE FROM idempotency WHERE at < now() - interval '1 day' RETURNING key")
        return { answers: gone.length }
      },
    },
  ]
  work.push(...exchange.jobs)
  const { update } = exchange
  if (update !== null)
    work.push({
      name: 'follow-directory',
      every: '* * * * *',
      run: async () => {
        const { accepted, refusal } = await update()
        if (refusal)
          log.warn({ code: refusal.code, message: refusal.message }, 'the directory could not be brought up to date')
        return { accepted: accepted.length, refused: refusal ? 1 : 0 }
      },
    })
  const exchangePort = await exchange.start(door)
  const jobs = await startJobs(
    database,
    work.map((job) => ({ ...job, run: (ending) => telemetry.span(`job ${job.name}`, () => job.run(ending)) })),
    (name, done) => log.debug({ job: name, ...done }, 'a job is done'),
    (name, fault) =>
      log.error({ job: name, fault: fault instanceof Error ? fault.message : String(fault) }, 'a job failed'),
  )
  undo.push(() => jobs.stop())
  for (const name of ['anchor', 'carry-out-erasures', 'sweep-uploads', 'remind']) void jobs.ring(name).catch(() => {})
  const stopJournal = journal.run((fault) => {
    metrics.journalFaults.inc()
    log.error({ fault: fault instanceof Error ? fault.message : String(fault) }, 'the journal could not be published')
  })
  undo.push(stopJournal)
  const watching =
    config.follow === undefined
      ? null
      : openWatching({
          home,
          chains: config.follow,
          database,
          keys,
          door,
          ledger,
          told: (chain, { height, tip }) => {
            metrics.followed.set({ chain }, height)
            metrics.tip.set({ chain }, tip)
          },
          failed: (what, fault) => {
            metrics.jobFaults.inc({ job: 'follow' })
            log.error(
              { what, fault: fault instanceof Error ? fault.message : String(fault) },
              'a chain is not followed',
            )
          },
        })
  undo.push(() => watching?.stop())
  await http.listen({ host: config.listen.host, port: config.listen.port })
  const url = addressOf(http)
  log.info({ url, exchangePort, actions: door.actions.size, policies: policies.version }, 'the node is ready')
  return {
    config,
    url,
    exchangePort,
    door,
    journal,
    stores,
    routes,
    // In this order: no new calls, calls in hand to their end, their entries into the log, then the database.
    stop: async () => {
      await http.close()
      await watching?.stop()
      await exchange.stop()
      await jobs.stop()
      await webhooks.stop()
      await stopJournal()
      await stores.close()
      await telemetry.stop().catch(() => {})
      lock?.release()
      log.info('the node has stopped')
    },
  }
}

function s3Blobs({ endpoint, bucket, region, accessKeyId, secretFile }: NonNullable<NodeConfig['storage']>) {
  const secretAccessKey = readFileSync(secretFile, 'utf8').trim()
  return openS3Blobs({
    bucketUrl: new URL(bucket, endpoint.replace(/\/?$/, '/')).href,
    accessKeyId,
    secretAccessKey,
    region,
  })
}

function addressOf(http: FastifyInstance): string {
  const { address, family, port } = http.server.address() as AddressInfo
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}

/** `step:n`: the node ends, as by kill -9, the n-th time that it comes to this step. For tests only. */
function failpointOf(text: string): (step: string) => void {
  const [wanted, count = '1'] = text.split(':')
  let left = Number(count)
  return (step) => {
    if (step === wanted && --left === 0) process.kill(process.pid, 'SIGKILL')
  }
}

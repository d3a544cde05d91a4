/**
 * The configuration of a node: `node.yaml` in its home, read once at the start, checked as a whole. What would be unsafe
 * together is refused with the reason; nothing is guessed and no unknown key is passed over.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { type Static, Type } from '@sinclair/typebox'
import { parseDocument, stringify } from 'yaml'
import { THRESHOLD } from '../casework/index.ts'
import { findChain, shippedAccountPacks, shippedChainPacks } from '../chains/index.ts'
import { AGENCY_ID } from '../exchange/directory/index.ts'
import { stop } from '../kernel/index.ts'
import { misfit } from './door/schemas.ts'

const closed = { additionalProperties: false } as const

const Thresholds = Type.Array(Type.String({ pattern: THRESHOLD }), {
  maxItems: 12,
  uniqueItems: true,
  description: '50%: half of the period has passed. 90m, 24h, 3d: so much is left.',
})

export const ExchangeConfig = Type.Object(
  {
    agency: Type.String({
      pattern: AGENCY_ID,
      description: 'The id of this agency in the directory, as nl-om. It never changes.',
    }),
    endpoint: Type.String({
      maxLength: 300,
      description: 'Where other nodes reach this one, as https://cxp.om.example.',
    }),
    listen: Type.Object({ host: Type.String(), port: Type.Integer({ minimum: 0, maximum: 65535 }) }, closed),
    directory: Type.String({
      maxLength: 500,
      description: 'Where the directory is published: an https URL, or a folder.',
    }),
    contact: Type.Object(
      {
        hours: Type.String({ minLength: 1, maxLength: 100 }),
        languages: Type.Array(Type.String({ pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$' }), {
          minItems: 1,
          maxItems: 16,
        }),
        dutyLine: Type.String({ minLength: 1, maxLength: 100 }),
      },
      closed,
    ),
    revision: Type.Integer({ minimum: 1, description: 'Of the card: goes up with every new one.' }),
    witnesses: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 50,
        description: 'How many witnesses of the directory must cosign the journal. Absent: two thirds of them.',
      }),
    ),
  },
  { ...closed, description: 'How this node takes part in the exchange. Absent: it does not.' },
)
export type ExchangeConfig = Static<typeof ExchangeConfig>

export const FollowConfig = Type.Object(
  {
    chain: Type.String({ maxLength: 60, description: 'The chain, by CAIP-2 id or name.' }),
    format: Type.Union([Type.Literal('core-rpc'), Type.Literal('esplora'), Type.Literal('evm-rpc')]),
    url: Type.String({
      maxLength: 500,
      pattern: '^https?://',
      description: 'The JSON-RPC of a node of the chain, or the root of the API of an Esplora server.',
    }),
    cookieFile: Type.Optional(Type.String({ description: 'core-rpc: a file with user:password.' })),
    fromHeight: Type.Optional(
      Type.Integer({ minimum: 0, description: 'The first block, where the chain was not followed before.' }),
    ),
    interval: Type.Optional(
      Type.Integer({
        minimum: 10,
        maximum: 60_000,
        description: 'Milliseconds between two looks at the tip; 100, of Esplora 500.',
      }),
    ),
    zmq: Type.Optional(
      Type.String({
        maxLength: 300,
        description:
          'core-rpc: where the node publishes new blocks, as tcp://127.0.0.1:28332 (-zmqpubhashblock). Then no block waits for the next look.',
      }),
    ),
  },
  closed,
)
export type FollowConfig = Static<typeof FollowConfig>

export const NodeConfig = Type.Object(
  {
    name: Type.String({
      pattern: '^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?(/[a-z0-9-]{1,40})?$',
      description: 'The origin of the journal, as om.example/comity. It never changes.',
    }),
    agency: Type.Object(
      {
        name: Type.String({ minLength: 1, maxLength: 200 }),
        country: Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1' }),
        kind: Type.Union(
          ['police', 'fiu', 'prosecutor', 'court', 'asset-recovery-office', 'vasp', 'auditor'].map((kind) =>
            Type.Literal(kind),
          ),
        ),
        timeZone: Type.String({ maxLength: 60, description: 'IANA time zone' }),
      },
      closed,
    ),
    listen: Type.Object(
      {
        host: Type.String(),
        port: Type.Integer({ minimum: 0, maximum: 65535 }),
        trustedProxies: Type.Optional(
          Type.Array(Type.String({ pattern: '^[0-9a-fA-F.:]+(/[0-9]{1,3})?$' }), {
            maxItems: 20,
            description: 'Addresses of reverse proxies whose X-Forwarded-For is believed.',
          }),
        ),
      },
      closed,
    ),
    publicUrl: Type.String({
      maxLength: 300,
      description: 'The URL that browsers use; passkeys are bound to its host.',
    }),
    database: Type.Optional(
      Type.Object({ url: Type.String({ description: 'postgres://… Else the embedded server.' }) }, closed),
    ),
    storage: Type.Optional(
      Type.Object(
        {
          endpoint: Type.String(),
          bucket: Type.String(),
          region: Type.String(),
          accessKeyId: Type.String(),
          secretFile: Type.String({ description: 'A file with the secret key.' }),
        },
        closed,
      ),
    ),
    oidc: Type.Optional(
      Type.Object({ issuer: Type.String(), clientId: Type.String(), secretFile: Type.Optional(Type.String()) }, closed),
    ),
    approvals: Type.Object({ required: Type.Integer({ minimum: 2, maximum: 5 }) }, closed),
    reminders: Type.Optional(
      Type.Object(
        { ordinary: Thresholds, urgent: Thresholds },
        { ...closed, description: 'When people are reminded of a date; that it has passed they are always told.' },
      ),
    ),
    limits: Type.Object(
      {
        requestsPerMinute: Type.Integer({ minimum: 10 }),
        uploadBytes: Type.Integer({ minimum: 1 }),
        sessionMinutes: Type.Integer({ minimum: 5, maximum: 1440 }),
      },
      closed,
    ),
    log: Type.Object(
      { level: Type.Union(['debug', 'info', 'warn', 'error'].map((level) => Type.Literal(level))) },
      closed,
    ),
    telemetry: Type.Optional(
      Type.Object(
        { otlpUrl: Type.String({ description: 'OpenTelemetry traces are sent there. Absent: none are made.' }) },
        closed,
      ),
    ),
    webhooks: Type.Optional(
      Type.Object(
        {
          hosts: Type.Array(Type.String({ maxLength: 260 }), {
            description: 'host:port of receivers that may be called.',
          }),
        },
        closed,
      ),
    ),
    exchange: Type.Optional(ExchangeConfig),
    follow: Type.Optional(
      Type.Array(FollowConfig, {
        minItems: 1,
        maxItems: 20,
        description: 'Chains that the node follows, so that what is watched in its cases raises alarms. Absent: none.',
      }),
    ),
    ledger: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 500,
        description:
          'A data folder of the command line, with the ledgers and tags in which cases look addresses up and trace, and by which watches of clusters and traces extend themselves. What is followed is imported there. Absent: traces come by their files, and watches stay as they are.',
      }),
    ),
    timestampAuthorities: Type.Optional(
      Type.Array(
        Type.Object(
          {
            name: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$' }),
            url: Type.String({ maxLength: 500, description: 'Where it answers: RFC 3161 over HTTP.' }),
            rootsFile: Type.String({ description: 'The certificates (PEM) under which its stamps are believed.' }),
          },
          closed,
        ),
        // One authority alone could lie about the time, and nobody would know.
        { minItems: 2, maxItems: 5, description: 'They stamp the checkpoints of the journal, each hour.' },
      ),
    ),
  },
  closed,
)
export type NodeConfig = Static<typeof NodeConfig>

export const CONFIG_FILE = 'node.yaml'

export function writeConfig(home: string, config: NodeConfig): void {
  writeFileSync(join(home, CONFIG_FILE), stringify(config), { mode: 0o600, flag: 'wx' })
}

export function readConfig(home: string, environment: NodeJS.ProcessEnv): NodeConfig {
  const path = join(home, CONFIG_FILE)
  if (!existsSync(path))
    return stop('NODE_NOT_INITIALISED', 'There is no node in this folder.', {
      place: home,
      fix: 'Run: comity node init.',
    })
  const document = parseDocument(readFileSync(path, 'utf8'), { uniqueKeys: true, strict: true })
  const [fault] = document.errors
  if (fault)
    stop('CONFIG_INVALID', `The configuration is not valid YAML: ${fault.message.split('\n')[0]}`, {
      place: path,
      fix: 'Correct it there.',
    })
  const stated = document.toJS({ maxAliasCount: 0 }) as unknown
  const wrong = misfit(NodeConfig, stated)
  if (wrong) stop('CONFIG_INVALID', wrong.message, { place: `${path} ${wrong.place ?? ''}`, fix: 'Correct it there.' })
  const url = environment.DATABASE_URL
  const config = { ...(stated as NodeConfig), ...(url ? { database: { url } } : {}) }
  for (const danger of dangers(config, environment))
    stop('CONFIG_UNSAFE', danger, { place: path, fix: 'Change the configuration; a node does not start unsafely.' })
  return config
}

/** What must not stand together, each in one sentence. Empty for a safe configuration. */
export function dangers(config: NodeConfig, environment: NodeJS.ProcessEnv): readonly string[] {
  const found: string[] = []
  const publicUrl = urlOf(config.publicUrl)
  if (!publicUrl) found.push('publicUrl is not a URL.')
  else {
    if (publicUrl.protocol !== 'https:' && !isLoopback(publicUrl.hostname))
      found.push('publicUrl is not https: sessions and requests would travel in the clear.')
    if (!isLoopback(config.listen.host) && publicUrl.protocol !== 'https:')
      found.push('The node listens beyond this machine, but publicUrl is not https.')
    if (publicUrl.protocol === 'https:' && isIP(publicUrl.hostname.replace(/^\[|\]$/g, '')) !== 0)
      found.push('publicUrl names an address: passkeys need a host name.')
    if (publicUrl.pathname !== '/' || publicUrl.search || publicUrl.username)
      found.push('publicUrl may hold a host and a port only.')
  }
  if (config.database) {
    const database = urlOf(config.database.url)
    if (!database || !/^postgres(ql)?:$/.test(database.protocol)) found.push('database.url is not a postgres:// URL.')
    else if (
      !isLoopback(database.hostname) &&
      database.hostname !== '' &&
      !/^(require|verify-full)$/.test(database.searchParams.get('sslmode') ?? '')
    )
      found.push('The database is on another machine and sslmode is neither require nor verify-full.')
  }
  for (const [name, text] of [
    ['oidc.issuer', config.oidc?.issuer],
    ['storage.endpoint', config.storage?.endpoint],
    ['telemetry.otlpUrl', config.telemetry?.otlpUrl],
  ] as const) {
    if (text === undefined) continue
    const url = urlOf(text)
    if (!url || (url.protocol !== 'https:' && !isLoopback(url.hostname))) found.push(`${name} is not https.`)
  }
  const exchange = config.exchange
  if (exchange) {
    if (urlOf(exchange.endpoint)?.protocol !== 'https:') found.push('exchange.endpoint is not https.')
    // What is fetched is signed; but who asks for it, and when, is nobody else's business.
    const directory = urlOf(exchange.directory)
    if (directory?.protocol === 'http:' && !isLoopback(directory.hostname))
      found.push('exchange.directory is not https.')
  }
  for (const proxy of config.listen.trustedProxies ?? []) {
    const [address = '', length] = proxy.split('/')
    const bits = isIP(address) === 4 ? 32 : isIP(address) === 6 ? 128 : 0
    if (bits === 0 || Number(length ?? bits) > bits || Number(length ?? bits) < 8)
      found.push(`listen.trustedProxies: ${proxy} is no address, or stands for half the world.`)
  }
  const followed = (config.follow ?? []).map(({ chain }) =>
    findChain([...shippedChainPacks, ...shippedAccountPacks], chain),
  )
  for (const [at, chain] of followed.entries())
    if (!chain.ok) found.push(`follow[${at}].chain: ${chain.refusal.message}`)
  const ids = followed.flatMap((chain) => (chain.ok ? [chain.value.caip2] : []))
  for (const [at, { zmq, format }] of (config.follow ?? []).entries())
    if (zmq !== undefined && format !== 'core-rpc')
      found.push(`follow[${at}].zmq: only nodes of core-rpc publish by it.`)
  if (new Set(ids).size < ids.length) found.push('follow: a chain is followed on one server at a time.')
  const authorities = config.timestampAuthorities ?? []
  // The answer is signed and what is asked is public, so that http will do; many authorities offer nothing else.
  for (const { name, url } of authorities)
    if (!/^https?:$/.test(urlOf(url)?.protocol ?? ''))
      found.push(`The URL of the time-stamping authority ${name} is not http.`)
  for (const what of ['name', 'url'] as const)
    if (new Set(authorities.map((one) => one[what])).size < authorities.length)
      found.push(`Two time-stamping authorities have the same ${what}: they would be one that counts as two.`)
  try {
    new Intl.DateTimeFormat('en', { timeZone: config.agency.timeZone })
  } catch {
    found.push(`agency.timeZone "${config.agency.timeZone}" is no IANA time zone.`)
  }
  if (environment.COMITY_FAILPOINT !== undefined && !isLoopback(config.listen.host))
    found.push('COMITY_FAILPOINT is for tests: it ends the node on purpose.')
  return found
}

function urlOf(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null
}

export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '')
  return bare === 'localhost' || bare === '::1' || /^127\.\d+\.\d+\.\d+$/.test(bare)
}

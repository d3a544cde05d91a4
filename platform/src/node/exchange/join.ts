/** Joining an exchange: the founding root that an invitation carries, the section of the configuration, the keys, and the card. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Type } from '@sinclair/typebox'
import { parseDocument } from 'yaml'
import { trustRoot } from '../../exchange/directory/index.ts'
import { trustedFolder } from '../../exchange/directory/store/index.ts'
import { checkEd25519 } from '../../kernel/crypto/index.ts'
import {
  bytesToHex,
  canonicalJson,
  type Json,
  orStop,
  type Result,
  refuse,
  sha256,
  stop,
  strictJson,
  textToBytes,
} from '../../kernel/index.ts'
import {
  CONFIG_FILE,
  dangers,
  type ExchangeConfig,
  ExchangeConfig as ExchangeConfigSchema,
  readConfig,
} from '../config.ts'
import { misfit } from '../door/schemas.ts'
import { openNode } from '../open-node.ts'
import { signedCard } from './card.ts'
import { DIRECTORY_FOLDER } from './directory-watch.ts'
import { openExchangeKeys } from './exchange-keys.ts'

const Invitation = Type.Object(
  {
    v: Type.Literal(1),
    type: Type.Literal('comity-invitation'),
    directory: Type.String({ minLength: 1, maxLength: 500 }),
    root: Type.String({ minLength: 1, maxLength: 200_000, pattern: '^[A-Za-z0-9+/]+={0,2}$' }),
  },
  { additionalProperties: false },
)

/** `directory`: where it is published. `root`: its first root, which the one who is invited compares with others by its SHA-256. */
export type Invitation = { readonly directory: string; readonly root: Uint8Array }

export function formatInvitation({ directory, root }: Invitation): Uint8Array {
  const file = { v: 1, type: 'comity-invitation', directory, root: Buffer.from(root).toString('base64') }
  return textToBytes(`${canonicalJson(file as Json)}\n`)
}

export function parseInvitation(bytes: Uint8Array): Result<Invitation> {
  const json = strictJson(bytes, { maxBytes: 300_000 })
  const wrong = json.ok ? misfit(Invitation, json.value) : json.refusal
  if (wrong || !json.ok)
    return refuse('INVITATION_INVALID', `This is no invitation to an exchange: ${wrong?.message ?? ''}`, {
      place: wrong?.place ?? '/',
      fix: 'Ask those who keep the directory for the file that `comity directory invite` wrote.',
    })
  const { directory, root } = json.value as { directory: string; root: string }
  return { ok: true, value: { directory, root: Buffer.from(root, 'base64') } }
}

export type Joining = Omit<ExchangeConfig, 'directory' | 'revision'>
export type Joined = { readonly card: Uint8Array; readonly rootSha256: string; readonly directory: string }

/** Doing it again with the same values changes nothing but the card's time; with others it is refused. */
export async function joinExchange(
  home: string,
  environment: NodeJS.ProcessEnv,
  { directory, root }: Invitation,
  joining: Joining,
  expectedRoot: string | null,
): Promise<Joined> {
  const rootSha256 = bytesToHex(sha256(root))
  if (expectedRoot !== null && expectedRoot.toLowerCase() !== rootSha256)
    stop('DIRECTORY_ROOT_OTHER', 'The root of the invitation is not the one whose SHA-256 was given.', {
      place: rootSha256,
      fix: 'Ask several members for the SHA-256 of the first root, by another way than the invitation came.',
    })
  const before = readConfig(home, environment).exchange
  if (before && before.agency !== joining.agency)
    stop('EXCHANGE_JOINED', `This node is ${before.agency} in an exchange already.`, {
      place: join(home, CONFIG_FILE),
      fix: 'A node takes part under one id for ever; make another node for another agency.',
    })
  const exchange: ExchangeConfig = { ...joining, directory, revision: before?.revision ?? 1 }
  orStop(await trustRoot(await trustedFolder(join(home, DIRECTORY_FOLDER)), root, checkEd25519))
  writeExchange(home, environment, exchange)
  return { card: await cardOfNode(home, environment), rootSha256, directory }
}

/** The card as it is now; `anew`: with the next revision, after an address, a contact or a key has changed. */
export async function cardOfNode(home: string, environment: NodeJS.ProcessEnv, anew = false): Promise<Uint8Array> {
  const { exchange } = readConfig(home, environment)
  if (!exchange)
    return stop('EXCHANGE_OFF', 'This node takes part in no exchange.', {
      place: join(home, CONFIG_FILE),
      fix: 'Join one: comity node join.',
    })
  if (anew) writeExchange(home, environment, { ...exchange, revision: exchange.revision + 1 })
  const node = await openNode(home, environment)
  try {
    const config = readConfig(home, environment)
    const now = Date.now()
    const keys = await openExchangeKeys(join(home, 'keys'), node.stores.keys, exchange.agency, now)
    const journal = { vkey: node.journal.vkey, key: node.stores.keys.signingKey() }
    return signedCard(config, config.exchange as ExchangeConfig, keys, journal, now)
  } finally {
    await node.close()
  }
}

/** Into `node.yaml`, whose other lines and comments stay; refused where the whole would be unsafe. */
function writeExchange(home: string, environment: NodeJS.ProcessEnv, exchange: ExchangeConfig): void {
  const wrong = misfit(ExchangeConfigSchema, exchange)
  if (wrong)
    stop('CONFIG_INVALID', wrong.message, { place: `exchange${wrong.place ?? ''}`, fix: 'Correct what was given.' })
  for (const danger of dangers({ ...readConfig(home, environment), exchange }, environment))
    stop('CONFIG_UNSAFE', danger, { place: 'exchange', fix: 'Choose other settings.' })
  const path = join(home, CONFIG_FILE)
  const document = parseDocument(readFileSync(path, 'utf8'), { uniqueKeys: true, strict: true })
  document.set('exchange', document.createNode(exchange))
  const draft = `${path}.draft`
  if (existsSync(draft))
    stop('FILE_EXISTS', 'A draft of the configuration is there.', {
      place: draft,
      fix: 'Look at it, and take it away.',
    })
  writeFileSync(draft, document.toString(), { mode: 0o600, flush: true })
  renameSync(draft, path)
}

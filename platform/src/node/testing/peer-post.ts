/**
 * For tests of one node: its desk of messages over its own outbox, and agencies that exist as keys only, whose signed messages go
 * through its inbox. Keys come from names, so that several processes have the same.
 */
import { headerOf, type Self } from '../../exchange/desk/index.ts'
import type { DirectoryView } from '../../exchange/directory/index.ts'
import {
  type Header,
  keyIdOf,
  messageTypes,
  ownForms,
  packMessage,
  type Signer,
  usualDeadline,
} from '../../exchange/wire/index.ts'
import { newNonce, signEd25519, signingKeyFromSeed } from '../../kernel/crypto/index.ts'
import { type Json, orStop, sha256, utf8 } from '../../kernel/index.ts'
import type { Door } from '../door/door.ts'
import { uuidV7 } from '../door/uuid-v7.ts'
import { type Agency, openAgency } from '../exchange/agency.ts'
import { messageDesk } from '../exchange/message-desk.ts'
import { messageStore } from '../exchange/message-store.ts'
import { messageHandlers } from '../exchange/takers.ts'
import type { NodeKeys } from '../keys.ts'

export const TEST_AGENCY = 'test-agency'
export const self: Self = { name: 'Test agency', country: 'NL', kind: 'prosecutor', timeZone: 'UTC' }
/** The one that is listed by name. */
const partner = {
  ...{ id: 'partner', name: 'Partner', country: 'FR', kind: 'prosecutor', roles: [], status: 'active' },
  contact: { hours: '24/7', languages: ['fr'], dutyLine: '+33' },
  scopes: [{ messages: '*', send: true, receive: true }],
  signingKeys: [],
}

/** Everybody is a member that may send and receive everything: what the directory decides is tested with it. */
export const openDirectory = {
  standingOf: () => ({ mayOpen: true, mayStill: true, because: null }),
  maySend: () => true,
  mayReceive: () => true,
  members: () => [{ member: partner }],
} as unknown as DirectoryView

function keyOfName(agency: string): Signer & { readonly publicKey: Uint8Array } {
  const key = signingKeyFromSeed(sha256(utf8(`comity test agency: ${agency}`)))
  const publicKey = key.publicKey.bytes
  return { publicKey, keyId: keyIdOf(publicKey), sign: (bytes) => signEd25519(key, bytes) }
}

type Setting = {
  readonly keys: NodeKeys
  readonly now: () => number
  /** Only where messages are taken in. */
  readonly door?: Door
}

export function peerPost({ keys, now, door }: Setting) {
  const agencyByKey = new Map<string, { agency: string; publicKey: Uint8Array }>()
  const lastOf = new Map<string, { seq: number; digest: string }>()
  const none = async (): Promise<never> => {
    throw new Error('nothing is sent in this test')
  }
  const agency: Agency = openAgency({
    me: TEST_AGENCY,
    store: door ? messageStore(door, keys) : (null as never),
    members: { peer: () => null, byPin: () => null, keyOf: (keyId) => agencyByKey.get(keyId) ?? null },
    standing: { mayOpen: () => true, mayStill: () => true, maySend: () => true },
    signer: keyOfName(TEST_AGENCY),
    handlers: messageHandlers(),
    now,
    random: Math.random,
    post: none,
    ask: none,
    settled: async () => {},
  })
  return {
    port: messageDesk({ me: TEST_AGENCY, keys, agency: () => agency, directory: () => openDirectory, self }),
    arrive,
  }

  /** A message of an agency goes through the inbox; its digest. It must be accepted. */
  async function arrive(from: string, type: string, body: Json, exchange: string | null = null): Promise<string> {
    const key = keyOfName(from)
    agencyByKey.set(key.keyId, { agency: from, publicKey: key.publicKey })
    const at = new Date(now()).toISOString()
    const last = exchange === null ? undefined : lastOf.get(`${from} ${exchange}`)
    const said = headerOf({
      purpose: 'criminal-proceedings',
      tlp: 'amber',
      mine: 'Their file',
      policyVersion: 'theirs',
      language: 'en',
    })
    const header: Header = {
      ...{ ...said, v: 1, id: uuidV7(now(), newNonce(16)), exchange, from, to: TEST_AGENCY, created: at },
      ...{ seq: (last?.seq ?? 0) + 1, prev: last?.digest ?? null, deadline: usualDeadline(type, at) },
    }
    const major = Math.max(...Object.keys(messageTypes.get(type)?.majors ?? {}).map(Number))
    const { envelope, digest } = orStop(packMessage({ type, major, header, body }, [key], ownForms))
    const reply = await agency.receive(envelope, from)
    if (
      reply.kind !== 'receipt' ||
      !Buffer.from(JSON.parse(Buffer.from(reply.bytes).toString()).payload, 'base64')
        .toString()
        .includes('"ACCEPTED"')
    )
      throw new Error(
        `${type} of ${from} was not taken: ${JSON.stringify(reply.kind === 'receipt' ? Buffer.from(JSON.parse(Buffer.from(reply.bytes).toString()).payload, 'base64').toString() : reply)}`,
      )
    lastOf.set(`${from} ${exchange ?? digest}`, { seq: header.seq, digest })
    return digest
  }
}

/** What a node does beside its messages, from its directory and its keys: files, witnessing, proofs, watching the journals of others. */
import { randomBytes } from 'node:crypto'
import { formatVkey, type NoteKey, noteKey, parseVkey } from '../../evidence/index.ts'
import { hpkeKeyIdOf } from '../../exchange/attachments/crypto/index.ts'
import type { AttachmentDesk } from '../../exchange/desk/index.ts'
import type { DirectoryView } from '../../exchange/directory/index.ts'
import type { Signer } from '../../exchange/wire/index.ts'
import type { Sql } from '../../io/postgres/index.ts'
import type { BlobStore, Vault } from '../../io/vault/index.ts'
import { type HpkePublicKey, publicHpkeKey, signEd25519 } from '../../kernel/crypto/index.ts'
import { hexToBytes, ok, type Result, refuse } from '../../kernel/index.ts'
import type { Door } from '../door/door.ts'
import type { NodeJournal } from '../journal.ts'
import type { RecordWork } from '../store/records.ts'
import type { Stores } from '../stores.ts'
import { attachmentDesk } from './attachment-desk.ts'
import { fileAttachments } from './attachment-filing.ts'
import { attachmentRoutes } from './attachment-inbox.ts'
import { openAttachmentOutbox } from './attachment-outbox.ts'
import { openCosigning, requiredOf, type Witness } from './cosigning.ts'
import type { ExchangeClient } from './exchange-client.ts'
import type { ExchangeKeys } from './exchange-keys.ts'
import type { ExchangeRoute } from './exchange-route.ts'
import type { Members } from './members.ts'
import type { ParcelSeal } from './parcel-desk.ts'
import { openPeerLogs, ownLogRoute } from './peer-logs.ts'
import { openReceiptProofs, proofRoute } from './receipt-proofs.ts'
import { running } from './running.ts'
import { openParcel, sealParcel } from './sealed-parcel.ts'
import { witnessRoute } from './witness-desk.ts'

export type BesideSetting = {
  readonly me: string
  readonly own: ExchangeKeys
  readonly signer: Signer
  readonly stores: Stores
  readonly journal: NodeJournal
  readonly blobs: BlobStore
  readonly vault: Vault
  readonly members: Members
  readonly view: () => DirectoryView
  /** How many witnesses must cosign; two thirds where nothing is said. */
  readonly required?: number
  readonly clock: () => number
  /** For the metrics: how a witness answered. */
  readonly cosigned: (outcome: string) => void
  /** Something about a journal that somebody must look at: whose, and what. */
  readonly alarm: (agency: string, what: string) => void
}

export type BesideMessages = {
  readonly parcels: ParcelSeal
  readonly desk: (sql: Sql, records: RecordWork) => AttachmentDesk
  /** What the exchange server takes besides messages. */
  routes(door: Door): readonly ExchangeRoute[]
  run(door: Door, client: ExchangeClient, fault: (thrown: unknown) => void): () => Promise<void>
}

/** The key with which this node cosigns, under the name of its journal. */
export function witnessKeyOf(journalName: string, { witness }: Pick<ExchangeKeys, 'witness'>): NoteKey {
  return noteKey(`${journalName}/witness`, 4, witness.publicKey.bytes)
}

const FILING_MS = 60_000

export function besideMessages(setting: BesideSetting): BesideMessages {
  const { me, own, signer, journal, blobs, vault, members, view, clock } = setting
  const { database, keys } = setting.stores
  const cosigningKey = witnessKeyOf(journal.signer.key.name, own)
  const hpkeId = hpkeKeyIdOf(own.hpke.publicKey)
  const hasRole = () => {
    const member = view().memberOf(me)
    return member?.roles.includes('witness') === true && member.witnessKey === formatVkey(cosigningKey)
  }
  /** Nobody's cosignature counts for their own journal. */
  const witnessesBut = (agency: string): readonly Witness[] =>
    view()
      .members()
      .flatMap(({ member }) => {
        const key = member.witnessKey === null ? null : parseVkey(member.witnessKey)
        const counts = member.id !== agency && member.status === 'active' && member.roles.includes('witness')
        return counts && key?.ok && key.value.type === 4 ? [{ id: member.id, key: key.value }] : []
      })
  const witnesses = () => witnessesBut(me)
  const needed = () =>
    requiredOf({ witnesses, ...(setting.required === undefined ? {} : { required: setting.required }) })
  const forks = (door: Door) => ({ me, door, signer, alarm: setting.alarm })
  const ownKey = (id: string) => (id === hpkeId ? own.hpke : null)
  return { parcels: { seal, open: (file) => openParcel(file, me, ownKey) }, desk: desk(), routes, run }

  function seal(parcel: Uint8Array, to: string): Result<Uint8Array> {
    if (!view().mayStill(to))
      return refuse('EXCHANGE_NO_MEMBER', `The directory knows no member ${to} now.`, { fix: 'See member.list.' })
    const key = hpkeKeyOf(to)
    if (key === null)
      return refuse('EXCHANGE_NO_MEMBER', `The directory has no key now under which to seal for ${to}.`, {
        fix: 'Bring the directory up to date, or ask them to have their key entered.',
      })
    return ok(sealParcel(parcel, to, { key, keyId: hpkeKeyIdOf(key) }))
  }

  function desk(): BesideMessages['desk'] {
    return attachmentDesk({
      ...{ me, keys, database, blobs, vault, hpkeKeyOf },
      ownKey,
      largest: () => view().memberOf(me)?.limits.attachmentBytes ?? 0,
    })
  }

  function routes(door: Door): readonly ExchangeRoute[] {
    return [
      ...attachmentRoutes({ me, door, database, keys, blobs, signer, now: clock }),
      witnessRoute({
        ...forks(door),
        ...{ database, isWitness: hasRole, key: cosigningKey, journalKeyOf, now: clock },
        sign: (bytes) => signEd25519(own.witness, bytes),
      }),
      ownLogRoute(journal, database),
      proofRoute({ database, keys, journal, needed }),
    ]
  }

  function run(door: Door, client: ExchangeClient, fault: (thrown: unknown) => void): () => Promise<void> {
    const random = () => randomBytes(4).readUInt32BE() / 2 ** 32
    const peerLogs = openPeerLogs({ ...forks(door), database, client, journalKeyOf, now: clock })
    const stops = [
      openAttachmentOutbox({ me, door, blobs, vault, members, client, now: clock, random }).run(fault),
      openCosigning({
        ...{ journal, database, client, witnesses, now: clock },
        ...(setting.required === undefined ? {} : { required: setting.required }),
        told: (_, outcome) => setting.cosigned(outcome),
        alarm: () => setting.alarm(me, 'cosignatures'),
      }).run(fault),
      peerLogs.run(fault),
      openReceiptProofs({
        ...{ me, database, client, journalKeyOf, peerLogs, now: clock },
        witnessesOf: witnessesBut,
        neededOf: (some) => Math.min(some.length, setting.required ?? Math.ceil((2 * some.length) / 3)),
        alarm: (peer) => setting.alarm(peer, 'proof'),
      }).run(fault),
      running(async () => (await fileAttachments({ database, door, keys, blobs, now: clock })) > 0, FILING_MS, fault),
    ]
    return async () => {
      await Promise.all(stops.map((stop) => stop()))
    }
  }

  function journalKeyOf(agency: string): NoteKey | null {
    const text = view().memberOf(agency)?.journalKey ?? null
    const key = text === null ? null : parseVkey(text)
    return key?.ok && key.value.type === 1 ? key.value : null
  }

  /** The newest that is in use now. */
  function hpkeKeyOf(peer: string): HpkePublicKey | null {
    const member = view().mayStill(peer) ? view().memberOf(peer) : null
    const now = clock()
    const inUse = (member?.hpkeKeys ?? []).filter(
      ({ from, until }) => Date.parse(from) <= now && (until === null || now < Date.parse(until)),
    )
    const newest = inUse.toSorted((one, other) => (one.from < other.from ? 1 : -1))[0]
    const key = newest ? publicHpkeKey(hexToBytes(newest.publicKey)) : null
    return key?.ok ? key.value : null
  }
}

/** The port of a node that takes part in no exchange. */
export function noAttachments(): AttachmentDesk {
  const off = () =>
    refuse('EXCHANGE_OFF', 'This node takes part in no exchange.', {
      fix: 'Join one: comity node join. See docs/guides/exchange.md.',
    })
  return {
    attach: async () => off(),
    discard: async () => {},
    arrived: async () => [],
    open: async () => off(),
    intoVault: async () => off(),
  }
}

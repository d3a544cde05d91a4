/** What the node says of itself to everybody: whose it is, its entry in the directory, and where its journal stands. Nothing of a case. */
import { cosignedAt, parseCheckpoint, parseVkey } from '../../evidence/index.ts'
import type { DirectoryView, Member } from '../../exchange/directory/index.ts'
import type { Database } from '../../io/postgres/index.ts'
import { checkEd25519 } from '../../kernel/crypto/index.ts'
import { bytesToBase64, bytesToText } from '../../kernel/index.ts'
import { latestAnchors } from '../anchors.ts'
import { cosignedCheckpoint } from '../exchange/cosigning.ts'
import type { NodeJournal } from '../journal.ts'

/** What does not change while the node runs. */
export type PublicFacts = {
  readonly node: string
  readonly agency: string
  readonly country: string
  /** Passkeys work on pages of this URL only. */
  readonly publicUrl: string
  /** Whether people may also sign in through the identity provider of the agency. */
  readonly hasProvider: boolean
}

export type PublishedCheckpoint = {
  readonly size: string
  /** Base64, as in the checkpoint. */
  readonly root: string
  /** The signed text itself. */
  readonly note: string
  /** Witnesses of the directory whose cosignature is on it, and when each gave it. */
  readonly witnesses: readonly { readonly agency: string; readonly at: string }[]
}

export type PublicState = {
  readonly logKey: string | null
  readonly newest: PublishedCheckpoint | null
  /** The newest that a witness has cosigned: on a busy node the newest is a moment ahead. */
  readonly cosigned: PublishedCheckpoint | null
  readonly anchors: readonly { readonly authority: string; readonly size: number; readonly at: string }[]
  /** Null: the node takes part in no exchange. */
  readonly directory: {
    readonly digest: string | null
    /** Until when it is current; null where it is frozen. */
    readonly until: string | null
    readonly members: number
    readonly agency: string
    readonly entry: Member | null
  } | null
}

export type PublicSources = {
  readonly database: Database
  readonly journal: NodeJournal
  readonly directory: (() => { readonly agency: string; readonly view: DirectoryView }) | null
}

export const nothingPublished: PublicState = {
  ...{ logKey: null, newest: null, cosigned: null, anchors: [], directory: null },
}

export async function publicState({ database, journal, directory }: PublicSources): Promise<PublicState> {
  const [newest, cosigned, anchors] = await Promise.all([
    journal.log.checkpoint(),
    cosignedCheckpoint(database, 1),
    latestAnchors(database),
  ])
  const listed = directory?.() ?? null
  const view = listed?.view ?? null
  return {
    logKey: journal.vkey,
    newest: newest ? published(newest, view) : null,
    cosigned: cosigned ? published(cosigned.note, view) : null,
    anchors: anchors.map(({ authority, size, at }) => ({ authority, size, at })),
    directory: listed && {
      digest: listed.view.digest,
      until: listed.view.state.kind === 'current' ? new Date(listed.view.state.until).toISOString() : null,
      members: listed.view.members().length,
      agency: listed.agency,
      entry: listed.view.memberOf(listed.agency),
    },
  }
}

function published(bytes: Uint8Array, view: DirectoryView | null): PublishedCheckpoint | null {
  const checkpoint = parseCheckpoint(bytes)
  const note = bytesToText(bytes)
  if (!checkpoint.ok || !note.ok) return null
  const { size, root, note: signed } = checkpoint.value
  const witnesses = (view?.members() ?? []).flatMap(({ member }) => {
    const key = member.witnessKey === null ? null : parseVkey(member.witnessKey)
    if (!key?.ok) return []
    const at = cosignedAt(signed, key.value, checkEd25519)
    return at.ok && at.value !== null
      ? [{ agency: member.name, at: new Date(Number(at.value) * 1000).toISOString() }]
      : []
  })
  return { size: String(size), root: bytesToBase64(root), note: note.value, witnesses }
}

/** How other rooms have to do with messages: an act queues one, and a handler says what one that has arrived does here. */
import type { JwkCheck } from '../../evidence/index.ts'
import type { VaultObject } from '../../evidence/vault/index.ts'
import type { ActionContext, Event, Json, Result } from '../../kernel/index.ts'
import type { MemberKind } from '../directory/index.ts'
import type { Attachment, Header, Message } from '../wire/index.ts'

export const ports = {
  messages: 'exchange-messages',
  attachments: 'exchange-attachments',
} as const

/** What a sender says of a message. What stands in no message of its kind is left out: `headerOf` gives the rest. */
export type Said = Omit<Header, 'v' | 'id' | 'exchange' | 'from' | 'to' | 'seq' | 'prev' | 'created' | 'deadline'>

export type Sending = {
  /** A type of the catalogue, as `freeze.request`, and its major; the newest that both sides speak where none is given. */
  readonly type: string
  readonly major?: number
  readonly body: Json
  /** The member of the directory that it is for. */
  readonly peer: string
  /** The digest of the message that opened the exchange; null opens a new one. */
  readonly exchange: string | null
  /** The case here that it belongs to, under whose key it is kept. */
  readonly caseId: string | null
  readonly header: Said
  /** Id and time, where they were fixed before: approvals are bound to them. Only for what opens an exchange. */
  readonly fixed?: { readonly id: string; readonly created: string }
  /** Until when it is tried, as an instant; absent: as long as is usual for its type. */
  readonly deadline?: string
}

export type Queued = {
  readonly id: string
  readonly exchange: string
  readonly digest: string
  /** For the outcome of the act; an action that sends declares `message.queued` among its events. */
  readonly events: readonly Event[]
}

/** The port `messages`. */
export interface MessageDesk {
  /** The id of this agency in the directory. */
  readonly me: string
  readonly self: Self
  /** The one check of signatures of authenticators. */
  readonly checkJwk: JwkCheck
  /** Inside the transaction of the act: the message goes if the act is done, and not otherwise. */
  queue(context: ActionContext, sending: Sending): Promise<Result<Queued>>
  /** The two parties of an exchange and the type and case of the message that opened it; null where there is none such. */
  exchange(id: string): Promise<{
    readonly opener: string
    readonly other: string
    readonly openingType: string
    readonly caseId: string | null
  } | null>
  /** A message that was sent or taken in here, with what is known of its delivery; null where there is none such. */
  message(digest: string): Promise<{
    readonly exchange: string
    readonly from: string
    readonly to: string
    readonly type: string
    readonly caseId: string | null
    readonly state: string
  } | null>
  /** Every case here in which a message of the exchange lies. */
  casesOf(exchange: string): Promise<readonly string[]>
  /** A message of another agency as it was accepted; null where there is none, or its case was erased. */
  received(from: string, id: string): Promise<Message | null>
  /** The envelope and what proves what became of it, base64; null where they are not there any more. */
  kept(
    direction: 'in' | 'out',
    peer: string,
    id: string,
  ): Promise<{ readonly envelope: string; readonly receipt: string | null } | null>
  /** Puts a message that belonged to no case under the key of one. */
  file(context: ActionContext, from: string, id: string, caseId: string): Promise<readonly Event[]>
  /** The members of the directory, as this node knows it now. */
  members(): readonly MemberFacts[]
  /** Proofs that the journal of a member told two stories, as they were signed here, oldest first. */
  forks(): Promise<readonly JournalForkFacts[]>
}

export type JournalForkFacts = {
  readonly id: string
  readonly agency: string
  readonly at: string
  /** base64 */
  readonly statement: string
}

/** This agency, as it names itself to others. */
export type Self = {
  readonly name: string
  readonly country: string
  readonly kind: MemberKind
  readonly timeZone: string
}

export type MemberFacts = {
  readonly id: string
  readonly name: string
  readonly country: string
  readonly kind: MemberKind
  readonly roles: readonly string[]
  readonly status: string
  readonly contact: { readonly hours: string; readonly languages: readonly string[]; readonly dutyLine: string }
  /** Which messages it may send and receive, as the keepers of the directory have signed it. */
  readonly scopes: readonly { readonly messages: string; readonly send: boolean; readonly receive: boolean }[]
  /** Its signing keys, by their ids; a message of the member is signed by one that holds now. */
  readonly keys: readonly { readonly id: string; readonly from: string; readonly until: string | null }[]
  /** Whether a new exchange may begin with it now, and why not. */
  readonly mayOpen: boolean
  readonly because: string | null
}

export type Taken = {
  /** The case that it belongs to from now on; null where nobody has said yet. */
  readonly caseId: string | null
  readonly events: readonly Event[]
  /** For the record of the message: what it concerned, whether nobody needs to see to it, or why it could not be done by itself. */
  readonly about?: {
    readonly request?: string | null
    readonly settled?: boolean
    readonly code?: string | null
    readonly note?: string | null
  }
}

/**
 * What a message of one type does when it arrives, in the transaction that gives its receipt. The context is that of the node
 * itself: it is asked no policy, and `may` says no. A refusal becomes the code of a REJECTED receipt.
 */
export type Taker = {
  readonly types: readonly string[]
  readonly take: (context: ActionContext, message: Message) => Promise<Result<Taken>>
}

/** What goes with a message: an exhibit that has its bytes in the vault, or bytes that were made for it. */
export type FileSource = { readonly exhibit: string } | { readonly bytes: Uint8Array }

export type Attaching = {
  /** The case that the exhibit must belong to, and under which the file is counted; null for bytes of no case. */
  readonly caseId: string | null
  readonly peer: string
  /** The id that the message will have (`fixed` of `Sending`), and the place of the file among its attachments, from 0. */
  readonly messageId: string
  readonly fileIndex: number
  readonly source: FileSource
  readonly name: string
  readonly mime: string
  readonly class: Attachment['class']
}

/** A file of a message that was received. */
export type AttachmentPlace = { readonly from: string; readonly messageId: string; readonly index: number }

/** `arriving`: so many bytes of its cipher are here; `held`: all of it, with its digest, unopened. */
export type ArrivedAttachment = {
  readonly index: number
  readonly part: Attachment
  readonly state: 'awaited' | 'arriving' | 'held'
  readonly received: number
}

/** The port `attachments`. Who may send or open a file is for the action to ask. */
export interface AttachmentDesk {
  /**
   * Seals a file for the peer, inside the transaction of the act; the part goes into the header before the message is packed or
   * approved. The file travels once the peer has accepted the message.
   */
  attach(context: ActionContext, attaching: Attaching): Promise<Result<Attachment>>
  /** What was sealed for a message that will not be sent is given up. */
  discard(context: ActionContext, messageId: string): Promise<void>
  /** The files that a received message names, and how far each is here. */
  arrived(from: string, messageId: string): Promise<readonly ArrivedAttachment[]>
  /** The file, opened; whoever has read it to its end has one that was checked. A `Stop` on the way: all of it is thrown away. */
  open(place: AttachmentPlace): Promise<Result<AsyncIterable<Uint8Array>>>
  /** Opens it into the vault, as a finished upload of the case, from which an exhibit can be made. */
  intoVault(context: ActionContext, place: AttachmentPlace, caseId: string): Promise<Result<VaultObject>>
}

/** Reading exhibits and their custody, and the ticket with which the bytes of one are fetched once. */
import { Type } from '@sinclair/typebox'
import { type Action, action, bytesToHex, type Json, ok, refuse, sha256 } from '../../kernel/index.ts'
import type { VaultStore } from '../vault/vault-ports.ts'
import { custodyFlaws } from './chain.ts'
import type { Exhibit } from './exhibit.ts'
import { custodyOf, type ExhibitBody } from './in-case.ts'
import { possibleActs } from './life.ts'
import { CaseId, ExhibitId } from './schemas.ts'

/** Long enough for a click, too short for a link that is passed on. */
const TICKET_MILLISECONDS = 60_000

/** What is shown is read by people and programs; its inner shapes are those of evidence/custody/exhibit.ts. */
const Shown = Type.Unsafe<Json>({})

const unknown = (id: string) =>
  refuse('EXHIBIT_UNKNOWN', 'There is no such exhibit in this case, or it is not for you.', {
    place: `exhibit/${id}`,
    fix: 'Check the id; ask a lead of the case for the right.',
  })

const ofExhibit = Type.Object({ exhibitId: ExhibitId }, { additionalProperties: false })
const asksToRead = ({ exhibitId }: { exhibitId: string }) =>
  ({ right: 'readRecord', subject: { type: 'record', kind: 'exhibit', id: exhibitId } }) as const

const exhibitRead = action({
  name: 'exhibit.read',
  summary: 'Read an exhibit: what it is, its hashes, where it stands and what can happen to it',
  kind: 'read',
  input: ofExhibit,
  output: Shown,
  asks: asksToRead,
  run: async (context, { exhibitId }) => {
    const exhibit = await custodyOf(context).exhibit(exhibitId)
    const record = await context.records.get<ExhibitBody>('exhibit', exhibitId)
    const events = await custodyOf(context).history(exhibitId)
    const last = events.at(-1)
    if (!exhibit || !record || !last) return unknown(exhibitId)
    const custody = {
      state: last.to,
      holder: last.holderAfter,
      recipient: last.act === 'release' ? last.recipient : null,
      seal: last.sealAfter,
      controlled: last.controlAfter,
      events: events.length,
      possible: possibleActs(exhibit.kind, last.to),
    }
    return ok({ result: plain({ ...shown(exhibit), ...record.body, version: record.version, custody }), events: [] })
  },
})

const exhibitList = action({
  name: 'exhibit.list',
  summary: 'List the exhibits of a case that you may read',
  kind: 'read',
  input: Type.Object(
    {
      caseId: CaseId,
      after: Type.Optional(Type.Integer({ minimum: 0, description: 'The `next` of the page before.' })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    },
    { additionalProperties: false },
  ),
  output: Shown,
  asks: ({ caseId }) => ({ right: 'readCase', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId, after = 0, limit = 50 }) => {
    const page = await custodyOf(context).exhibitsOf(caseId, after, limit)
    const items: unknown[] = []
    for (const exhibit of page.items) {
      // Numbers of exhibits that are not for the reader show as gaps; their titles, kinds and count do not show.
      if (!(await context.may(asksToRead({ exhibitId: exhibit.id })))) continue
      const record = await context.records.get<ExhibitBody>('exhibit', exhibit.id)
      if (!record) continue
      const { title, fileName, marking } = record.body
      items.push({ ...shown(exhibit), title, fileName, marking })
    }
    return ok({ result: plain({ items, next: page.next }), events: [] })
  },
})

const custodyHistory = action({
  name: 'custody.history',
  summary: 'Read every act of the custody of an exhibit, and whether the chain is whole',
  kind: 'read',
  input: ofExhibit,
  output: Shown,
  asks: asksToRead,
  run: async (context, { exhibitId }) => {
    const exhibit = await custodyOf(context).exhibit(exhibitId)
    if (!exhibit) return unknown(exhibitId)
    const events = await custodyOf(context).history(exhibitId)
    return ok({ result: plain({ exhibit, events, flaws: custodyFlaws(exhibit, events) }), events: [] })
  },
})

/**
 * A ticket opens one download, for the same person, within a minute. It is not in an address that stays in a history: the
 * browser sends it once. Downloading is reading (`readRecord`): the bytes are never shown inside the node's own pages.
 */
const exhibitDownload = action({
  name: 'exhibit.download',
  summary: 'Get a ticket for one download of the bytes of an exhibit',
  kind: 'read',
  input: ofExhibit,
  output: Type.Object({ ticket: Type.String(), expiresAt: Type.String() }, { additionalProperties: false }),
  asks: asksToRead,
  run: async (context, { exhibitId }) => {
    const exhibit = await custodyOf(context).exhibit(exhibitId)
    const record = await context.records.get<ExhibitBody>('exhibit', exhibitId)
    if (!exhibit || !record) return unknown(exhibitId)
    if (exhibit.vaultObject === null) return notInVault(exhibitId)
    const ticket = context.random(32)
    const expiresAt = new Date(Date.parse(context.now) + TICKET_MILLISECONDS).toISOString()
    await context.port<VaultStore>('vault').issueTicket({
      token: sha256(ticket),
      exhibit: exhibitId,
      object: exhibit.vaultObject,
      actor: context.actor.id,
      expiresAt,
    })
    return ok({ result: { ticket: bytesToHex(ticket), expiresAt }, events: [] })
  },
})

/** Looking at a page is reading; the picture itself is made by the node, in a sandbox, from what this names. */
const exhibitPreview = action({
  name: 'exhibit.preview',
  summary: 'Look at a page of an exhibit that is a PDF; the picture is at /v1/exhibit/preview.png',
  kind: 'read',
  input: Type.Object(
    { exhibitId: ExhibitId, page: Type.Integer({ minimum: 1, maximum: 100_000, description: 'The page, from 1.' }) },
    { additionalProperties: false },
  ),
  output: Type.Object(
    { exhibitId: Type.String(), page: Type.Integer(), object: Type.String(), size: Type.Integer() },
    { additionalProperties: false },
  ),
  asks: asksToRead,
  run: async (context, { exhibitId, page }) => {
    const exhibit = await custodyOf(context).exhibit(exhibitId)
    if (!exhibit) return unknown(exhibitId)
    const object = exhibit.vaultObject
    const stored = object === null ? null : await context.port<VaultStore>('vault').object(object)
    if (object === null || stored === null) return notInVault(exhibitId)
    return ok({ result: { exhibitId, page, object, size: stored.size }, events: [] })
  },
})

function notInVault(exhibitId: string) {
  return refuse('EXHIBIT_NOT_IN_VAULT', 'The exhibit has no bytes in the vault.', {
    place: `exhibit/${exhibitId}`,
    fix: 'Look among its copies for the image.',
  })
}

function shown({ salt: _, ...exhibit }: Exhibit) {
  return exhibit
}

function plain(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json
}

export const readingActions = [
  exhibitRead,
  exhibitList,
  custodyHistory,
  exhibitDownload,
  exhibitPreview,
] as unknown as readonly Action[]

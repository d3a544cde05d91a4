/** What a message asks, as people look for it: of what, of whom, why, until when. What it says besides stays in the whole text. */
import { type Json, listIn, memberIn, textIn } from './message-parts.ts'

export type AskedAsset = {
  readonly chain: string | null
  readonly address: string | null
  readonly account: string | null
  readonly asset: string | null
  /** In base units; null: all of it, or not said. */
  readonly amount: string | null
}
export type AskedIdentifier = { readonly kind: string; readonly value: string }
export type AskedPerson = { readonly name: string | null; readonly identifiers: readonly AskedIdentifier[] }
export type Asked = {
  readonly assets: readonly AskedAsset[]
  readonly identifiers: readonly AskedIdentifier[]
  readonly persons: readonly AskedPerson[]
  readonly facts: string | null
  readonly offence: string | null
  readonly provision: string | null
  readonly authority: string | null
  readonly reference: string | null
  /** Whether the customer must not be told; null where the message does not say. */
  readonly isSilent: boolean | null
  /** Until when it is asked, where the message says so. */
  readonly until: string | null
}

export function askedOf(body: Json): Asked {
  const facts = memberIn(body, 'facts')
  const offence = memberIn(body, 'offence')
  const authority = memberIn(body, 'authority')
  const silent = memberIn(body, 'userNoticeSuppressed')
  return {
    assets: ['assets', 'property', 'items'].flatMap((name) => listIn(body, name)).map(assetOf),
    identifiers: listIn(body, 'identifiers').map(identifierOf),
    persons: listIn(body, 'persons').map((person) => ({
      name: textIn(person, 'name'),
      identifiers: listIn(person, 'identifiers').map(identifierOf),
    })),
    facts:
      textIn(facts, 'summary') ??
      ['danger', 'reason', 'matter', 'summary'].map((name) => textIn(body, name)).find(Boolean) ??
      null,
    offence: textIn(offence, 'conduct'),
    provision: textIn(offence, 'provision'),
    authority: textIn(authority, 'name'),
    reference: textIn(authority, 'reference'),
    isSilent: typeof silent === 'boolean' ? silent : null,
    until: textIn(body, 'requestedUntil') ?? textIn(body, 'until'),
  }
}

function assetOf(item: Json): AskedAsset {
  const property = memberIn(item, 'property') ?? item
  const most = memberIn(item, 'maximum') ?? memberIn(item, 'sum')
  return {
    chain: textIn(property, 'chain'),
    address: textIn(property, 'address'),
    account: textIn(property, 'account'),
    asset: textIn(property, 'asset') ?? textIn(most, 'asset'),
    amount: textIn(most, 'amount') ?? textIn(property, 'amount'),
  }
}

function identifierOf(item: Json): AskedIdentifier {
  return { kind: textIn(item, 'kind') ?? 'other', value: textIn(item, 'value') ?? '' }
}

/** The address alone, where an identifier names it with its chain (`bip122:…:1Boat…`). */
export function plainAddress(value: string): string {
  return /^[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}:(\S+)$/.exec(value)?.[1] ?? value
}

/** Everything by which an account could be found, once each. */
export function lookedFor(asked: Pick<Asked, 'assets' | 'identifiers' | 'persons'>): readonly string[] {
  const all = [
    ...asked.assets.flatMap(({ address, account }) => [address, account]),
    ...asked.identifiers.map(({ value }) => plainAddress(value)),
    ...asked.persons.flatMap(({ identifiers }) => identifiers.map(({ value }) => plainAddress(value))),
  ]
  return [...new Set(all.filter((one): one is string => one !== null && one.trim() !== ''))]
}

/** What a body says besides: for the whole text. */
export function isEmptyValue(value: Json | undefined): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}

/**
 * FollowTheMoney: entities of the schema CryptoWallet, one a line (OpenSanctions, Aleph), as a list, or with their holders
 * nested. The label is the name of the holder; a Sanction that names wallet or holder gives its dates as validity.
 *
 * A file with a private key is refused whole: whoever holds it holds the money.
 */
import { ok, type Result, refuse } from '../../kernel/index.ts'
import {
  emptyEntry,
  isEntity,
  type JsonFields,
  listIn,
  readJsonFile,
  textIn,
  type WalletEntry,
  walletsToContent,
} from './json-tags.ts'
import type { TagFile, TagFileContent } from './tag.ts'

export function parseFtmWallets(file: TagFile): Result<TagFileContent> {
  const read = readJsonFile(file)
  if (!read.ok) return read
  const stated = Array.isArray(read.value) ? (read.value as unknown[]) : [read.value]
  const entities = stated.filter(isEntity).flatMap(withNested)
  if (entities.length === 0) {
    return refuse('TAG_FILE_UNREADABLE', `${file.name} holds no FollowTheMoney entity.`, {
      place: file.name,
      fix: 'Give entities with id, schema and properties, one a line.',
    })
  }
  if (entities.some((entity) => propertyNames(entity).some(isPrivateKey))) {
    return refuse('TAG_SECRET_KEY', `${file.name} has a property for a private key; nothing of it was read.`, {
      place: file.name,
      fix: 'Treat the key as compromised, and ask for the file without it.',
    })
  }
  const byId = new Map(entities.map((one) => [String(one.id), one]))
  const sanctions = Map.groupBy(
    entities
      .filter(({ schema }) => schema === 'Sanction')
      .flatMap((one) => idsIn(one, 'entity').map((id) => ({ id, one }))),
    ({ id }) => id,
  )
  const wallets = [...byId.values()].filter(({ schema }) => schema === 'CryptoWallet')
  const entries = wallets.flatMap((wallet) =>
    entriesOf(wallet, byId, (id) => sanctions.get(id)?.map(({ one }) => one) ?? []),
  )
  return ok(walletsToContent(file, 'ftm', { title: file.name, creator: null, list: 'wallets', entries }))
}

function entriesOf(
  wallet: JsonFields,
  byId: ReadonlyMap<string, JsonFields>,
  sanctionsOf: (id: string) => readonly JsonFields[],
): readonly WalletEntry[] {
  const id = String(wallet.id)
  const holderId = idsIn(wallet, 'holder')[0] ?? null
  const holder = holderId === null ? undefined : byId.get(holderId)
  const topics = [...valuesIn(wallet, 'topics'), ...(holder ? valuesIn(holder, 'topics') : [])]
  const sanctions = [...sanctionsOf(id), ...(holderId === null ? [] : sanctionsOf(holderId))]
  const sanctioned = sanctions.length > 0 || topics.includes('sanction') || topics.includes('sanction.linked')
  const starts = sanctions.flatMap((one) => valuesIn(one, 'startDate')).sort()
  const ends = sanctions.map((one) => valuesIn(one, 'endDate').toSorted().at(-1) ?? null)
  const datasets = listIn(wallet, 'datasets').filter((one) => typeof one === 'string')
  const base = {
    ...emptyEntry,
    currency: valuesIn(wallet, 'currency')[0] ?? valuesIn(wallet, 'currencySymbol')[0] ?? null,
    label:
      (holder && captionOf(holder)) ??
      valuesIn(wallet, 'name')[0] ??
      // OpenSanctions writes the first, the model of 2025 the second (sic).
      valuesIn(wallet, 'managingExchange')[0] ??
      valuesIn(wallet, 'mangingExchange')[0] ??
      sanctionName(sanctions) ??
      null,
    creator: datasets.length > 0 ? datasets.join(', ') : null,
    date: textIn(wallet, 'last_change') ?? textIn(wallet, 'last_seen') ?? valuesIn(wallet, 'modifiedAt')[0] ?? null,
    concepts: topics,
    abuse: sanctioned ? 'sanction' : null,
    actor: holderId,
    validFrom: starts[0] === undefined ? null : beginOf(starts[0]),
    // Open as long as one of the sanctions is.
    validTo:
      sanctions.length > 0 && ends.every((end) => end !== null)
        ? endOf(
            ends
              .flatMap((end) => end ?? [])
              .sort()
              .at(-1) ?? '',
          )
        : null,
  }
  const source = valuesIn(wallet, 'sourceUrl')[0] ?? `FollowTheMoney ${id}`
  return valuesIn(wallet, 'publicKey').map((address) => ({ ...base, address, source }))
}

/** Dates of FollowTheMoney may be a year or a month alone: it holds from its first day on … */
function beginOf(date: string): string {
  return /^\d{4}$/.test(date) ? `${date}-01-01` : /^\d{4}-\d{2}$/.test(date) ? `${date}-01` : date
}

/** … and until its last day is over. */
function endOf(date: string): string {
  const [year = 0, month = 12] = date.split('-').map(Number)
  return /^\d{4}(-\d{2})?$/.test(date) ? new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10) : date
}

/** An entity, and those that stand inside its properties (targets.nested.json of OpenSanctions). */
function withNested(entity: JsonFields): readonly JsonFields[] {
  const inside = Object.values(entity.properties as JsonFields).flatMap((values) =>
    Array.isArray(values) ? (values as unknown[]) : [],
  )
  const nested = inside.filter(isEntity).flatMap(withNested)
  // A wallet inside its holder is held by it, though the inner entity does not say so again.
  const held = nested.map((one) =>
    one.schema === 'CryptoWallet' && entity.schema !== 'CryptoWallet' && idsIn(one, 'holder').length === 0
      ? { ...one, properties: { ...(one.properties as JsonFields), holder: [entity.id] } }
      : one,
  )
  return [entity, ...held]
}

function valuesIn(entity: JsonFields, name: string): readonly string[] {
  return listIn(entity.properties as JsonFields, name).filter(
    (one): one is string => typeof one === 'string' && one.trim() !== '',
  )
}

/** Ids that a property refers to, also where the entity itself stands in its place. */
function idsIn(entity: JsonFields, name: string): readonly string[] {
  return listIn(entity.properties as JsonFields, name).flatMap((one) =>
    typeof one === 'string' ? [one] : isEntity(one) ? [String(one.id)] : [],
  )
}

function captionOf(entity: JsonFields): string | null {
  return textIn(entity, 'caption') ?? valuesIn(entity, 'name')[0] ?? null
}

function sanctionName(sanctions: readonly JsonFields[]): string | null {
  const [first] = sanctions
  return first ? (valuesIn(first, 'program')[0] ?? valuesIn(first, 'authority')[0] ?? null) : null
}

function propertyNames(entity: JsonFields): readonly string[] {
  return Object.keys(entity.properties as JsonFields)
}

function isPrivateKey(name: string): boolean {
  return name.toLowerCase().replace(/[^a-z]/g, '') === 'privatekey'
}

/**
 * MISP: objects `coin-address` and `btc-wallet` (MISP/misp-objects), and single attributes of the types `btc`, `xmr` and
 * `dash`, of one event or several. What was deleted in MISP is not read. First and last sighting are kept as context: they
 * say when an address was seen, not for how long a statement holds.
 */
import { ok, type Result, refuse } from '../../kernel/index.ts'
import {
  emptyEntry,
  isFields,
  type JsonFields,
  listIn,
  readJsonFile,
  textIn,
  type WalletEntry,
  walletsToContent,
} from './json-tags.ts'
import type { TagFile, TagFileContent } from './tag.ts'

/** Relation of an object → the currency of the address; `null` where the object states it by its symbol. */
const ADDRESS_RELATIONS: Readonly<Record<string, string | null>> = {
  address: 'BTC',
  'wallet-address': 'BTC',
  'address-xmr': 'XMR',
  'address-crypto': null,
}
const ADDRESS_TYPES: Readonly<Record<string, string>> = { btc: 'BTC', xmr: 'XMR', dash: 'DASH' }

export function parseMispWallets(file: TagFile): Result<TagFileContent> {
  const read = readJsonFile(file)
  if (!read.ok) return read
  const events = eventsIn(read.value)
  if (events.length === 0) {
    return refuse('TAG_FILE_UNREADABLE', `${file.name} holds no MISP event.`, {
      place: file.name,
      fix: 'Export the event as MISP JSON.',
    })
  }
  const entries = events.flatMap(entriesOf)
  const [first = {}] = events
  return ok(
    walletsToContent(file, 'misp', {
      title: textIn(first, 'info') ?? file.name,
      creator: creatorOf(first),
      list: 'addresses',
      entries,
    }),
  )
}

function eventsIn(value: unknown): readonly JsonFields[] {
  const holders = Array.isArray(value)
    ? (value as unknown[])
    : isFields(value)
      ? [value, ...listIn(value, 'response')]
      : []
  return holders.flatMap((one) => (isFields(one) && isFields(one.Event) ? [one.Event] : []))
}

function creatorOf(event: JsonFields): string | null {
  return isFields(event.Orgc) ? textIn(event.Orgc, 'name') : null
}

function entriesOf(event: JsonFields): readonly WalletEntry[] {
  const base = {
    ...emptyEntry,
    label: textIn(event, 'info'),
    creator: creatorOf(event),
    date: textIn(event, 'date'),
    concepts: tagNames(event),
  }
  const source = (uuid: string | null) => `MISP event ${textIn(event, 'uuid') ?? '(no uuid)'}, ${uuid ?? '(no uuid)'}`
  const objects = listIn(event, 'Object')
    .filter(isFields)
    .filter(({ name, deleted }) => (name === 'coin-address' || name === 'btc-wallet') && deleted !== true)
    .flatMap((object) => entriesOfObject(object, base, source))
  const loose = listIn(event, 'Attribute')
    .filter(isFields)
    .filter(({ deleted }) => deleted !== true)
    .flatMap((attribute): WalletEntry[] => {
      const currency = ADDRESS_TYPES[textIn(attribute, 'type') ?? '']
      const address = textIn(attribute, 'value')
      if (currency === undefined || address === null) return []
      const context = contextOf({ comment: textIn(attribute, 'comment'), category: textIn(attribute, 'category') })
      return [{ ...base, address, currency, source: source(textIn(attribute, 'uuid')), context }]
    })
  return [...objects, ...loose]
}

function entriesOfObject(
  object: JsonFields,
  base: Omit<WalletEntry, 'address' | 'source'>,
  source: (uuid: string | null) => string,
): readonly WalletEntry[] {
  const attributes = listIn(object, 'Attribute')
    .filter(isFields)
    .filter(({ deleted }) => deleted !== true)
  const valueIn = (relation: string) => {
    const found = attributes.find((one) => one.object_relation === relation)
    return found ? textIn(found, 'value') : null
  }
  const symbol = valueIn('symbol')
  const context = contextOf({
    comment: textIn(object, 'comment'),
    text: valueIn('text'),
    firstSeen: valueIn('first-seen'),
    lastSeen: valueIn('last-seen'),
  })
  return attributes.flatMap((attribute): WalletEntry[] => {
    const relation = textIn(attribute, 'object_relation') ?? ''
    const address = textIn(attribute, 'value')
    if (!(relation in ADDRESS_RELATIONS) || address === null) return []
    // The type of the relation `address` is btc; people file other coins under it, and say so by the symbol.
    const currency = symbol ?? ADDRESS_RELATIONS[relation] ?? null
    return [{ ...base, address, currency, source: source(textIn(object, 'uuid')), context }]
  })
}

function contextOf(said: Readonly<Record<string, string | null>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(said).flatMap(([name, value]) => (value === null ? [] : [[name, value]])))
}

/** Galaxies and taxonomies of the event, as MISP writes them; marks of handling are no concepts. */
function tagNames(event: JsonFields): readonly string[] {
  return listIn(event, 'Tag')
    .filter(isFields)
    .flatMap((one) => textIn(one, 'name') ?? [])
    .filter((name) => !/^(tlp|pap):/i.test(name))
}

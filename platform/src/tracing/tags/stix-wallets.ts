/**
 * STIX 2.1: `cryptocurrency-wallet` objects (an extension that the community defined; `value` is the address, `holder_ref` an
 * identity) with what relationships say of their holders. A relationship that was revoked says nothing; its `start_time` and
 * `stop_time` are the validity of the tag (STIX 2.1, sections 3.2 and 5.1).
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

export function parseStixWallets(file: TagFile): Result<TagFileContent> {
  const read = readJsonFile(file)
  if (!read.ok) return read
  if (!isFields(read.value) || read.value.type !== 'bundle') {
    return refuse('TAG_FILE_UNREADABLE', `${file.name} is not a STIX bundle.`, {
      place: file.name,
      fix: 'Give a bundle of STIX 2.1.',
    })
  }
  const bundle = read.value
  const objects = listIn(bundle, 'objects').filter(isFields)
  const byId = new Map(objects.map((one) => [textIn(one, 'id') ?? '', one]))
  const head = objects.find(({ type }) => type === 'report' || type === 'grouping')
  const creator = nameOf(byId.get(head ? (textIn(head, 'created_by_ref') ?? '') : ''))
  const relations = objects.filter(({ type, revoked }) => type === 'relationship' && revoked !== true)
  const entries = objects
    .filter(({ type }) => type === 'cryptocurrency-wallet')
    .flatMap((wallet) =>
      entriesOf(wallet, relations, byId, { bundle: textIn(bundle, 'id') ?? file.name, head, creator }),
    )
  const title = (head && textIn(head, 'name')) ?? textIn(bundle, 'id') ?? file.name
  return ok(walletsToContent(file, 'stix', { title, creator, list: 'wallets', entries }))
}

type Around = { readonly bundle: string; readonly head: JsonFields | undefined; readonly creator: string | null }

/** One entry for each holder that is named; one without a holder where labels or the report name it. */
function entriesOf(
  wallet: JsonFields,
  relations: readonly JsonFields[],
  byId: ReadonlyMap<string, JsonFields>,
  around: Around,
): readonly WalletEntry[] {
  const id = textIn(wallet, 'id') ?? ''
  const labels = listIn(wallet, 'labels').filter((one) => typeof one === 'string')
  const base: WalletEntry = {
    ...emptyEntry,
    address: textIn(wallet, 'value') ?? textIn(wallet, 'address') ?? '',
    currency: textIn(wallet, 'currency') ?? textIn(wallet, 'symbol') ?? textIn(wallet, 'currency_code'),
    chain: chainOf(wallet),
    source: `STIX ${id}`,
    creator: around.creator,
    concepts: labels,
  }
  const holder = byId.get(textIn(wallet, 'holder_ref') ?? '')
  const held = holder ? [{ ...base, label: nameOf(holder), actor: textIn(holder, 'id') }] : []
  const related = relations.flatMap((relation): WalletEntry[] => {
    const [from, to] = [textIn(relation, 'source_ref'), textIn(relation, 'target_ref')]
    const other = byId.get((from === id ? to : to === id ? from : null) ?? '')
    if (!other || other.type === 'cryptocurrency-wallet' || other.type === 'cryptocurrency-transaction') return []
    return [
      {
        ...base,
        label: nameOf(other),
        actor: textIn(other, 'id'),
        source: `STIX ${textIn(relation, 'id') ?? id}`,
        date: textIn(relation, 'modified') ?? textIn(relation, 'created'),
        abuse: other.type === 'malware' ? abuseOfMalware(other) : null,
        confidence: confidenceIn(relation),
        validFrom: textIn(relation, 'start_time'),
        validTo: textIn(relation, 'stop_time'),
        context: { relationship: textIn(relation, 'relationship_type') ?? 'related-to', type: String(other.type) },
      },
    ]
  })
  const named = [...held, ...related]
  if (named.length > 0) return named
  return [{ ...base, label: labels[0] ?? (around.head ? textIn(around.head, 'name') : null) }]
}

function nameOf(object: JsonFields | undefined): string | null {
  return object ? (textIn(object, 'name') ?? textIn(object, 'value')) : null
}

function abuseOfMalware(malware: JsonFields): string | null {
  return listIn(malware, 'malware_types').includes('ransomware') ? 'ransomware' : null
}

/** 0 to 100 (STIX 2.1, appendix A), under an id of its own: it is not a class of the TagPack format. */
function confidenceIn(object: JsonFields): WalletEntry['confidence'] {
  const { confidence } = object
  if (typeof confidence !== 'number' || !Number.isInteger(confidence) || confidence < 0 || confidence > 100) return null
  return { id: `stix-${confidence}`, level: confidence }
}

/** The chain, where an extension of the object states exactly one. */
function chainOf(wallet: JsonFields): string | null {
  const stated = Object.values(isFields(wallet.extensions) ? wallet.extensions : {}).flatMap((extension) => {
    if (!isFields(extension)) return []
    return [extension, ...listIn(extension, 'wallets')].flatMap((one) =>
      isFields(one) ? (textIn(one, 'chain') ?? []) : [],
    )
  })
  const [chain, ...others] = new Set(stated)
  return chain !== undefined && others.length === 0 ? chain : null
}

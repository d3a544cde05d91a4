/** Which format a tag file has, and its reading. */
import { type Result, refuse } from '../../kernel/index.ts'
import { parseActorPack } from './actorpack.ts'
import { findAddressList, findListHistory, parseAddressList, parseListHistory } from './address-list.ts'
import { parseCsvTags } from './csv-tags.ts'
import { parseFtmWallets } from './ftm-wallets.ts'
import { detectJsonTags } from './json-tags.ts'
import { parseMispWallets } from './misp-wallets.ts'
import { parseStixWallets } from './stix-wallets.ts'
import type { TagFile, TagFileContent, TagFileKind } from './tag.ts'
import { parseTagPack } from './tagpack.ts'

/** Reads the file in the format that its name, and for YAML its content, shows. */
export function parseTagFile(file: TagFile): Result<TagFileContent> {
  const kind = detectTagFile(file)
  return kind.ok ? parseTagFileAs(file, kind.value) : kind
}

export function parseTagFileAs(file: TagFile, kind: TagFileKind): Result<TagFileContent> {
  switch (kind) {
    case 'tagpack':
      return parseTagPack(file)
    case 'actorpack':
      return parseActorPack(file)
    case 'address-list':
      return parseAddressList(file)
    case 'list-history':
      return parseListHistory(file)
    case 'csv':
      return parseCsvTags(file)
    case 'stix':
      return parseStixWallets(file)
    case 'misp':
      return parseMispWallets(file)
    case 'ftm':
      return parseFtmWallets(file)
  }
}

export function detectTagFile(file: TagFile): Result<TagFileKind> {
  const name = file.name.replace(/\.gz$/, '')
  if (/\.ya?ml$/.test(name)) {
    // The list stands at the left margin of the document; the first of the two names decides.
    const list = /^(tags|actors)[ \t]*:/m.exec(file.text)?.[1]
    return { ok: true, value: list === 'actors' ? 'actorpack' : 'tagpack' }
  }
  if (findAddressList(name)) return { ok: true, value: 'address-list' }
  if (findListHistory(name)) return { ok: true, value: 'list-history' }
  if (/\.csv$/.test(name)) return { ok: true, value: 'csv' }
  const json = /\.(json|jsonl|ndjson|ijson)$/.test(name) ? detectJsonTags(file) : null
  if (json) return { ok: true, value: json }
  return refuse('TAG_FILE_KIND_UNKNOWN', `${file.name} is none of the tag files that can be read.`, {
    place: file.name,
    fix: 'Give a TagPack or ActorPack (.yaml, .yaml.gz), an address list or history named as in packs/tags/lists.json, a .csv table, or wallets in STIX, MISP or FollowTheMoney (.json, .jsonl).',
  })
}

/**
 * How a file is read, as far as its bytes do not say so themselves. Two files of equal bytes are one import only if they
 * are read alike: a plain list says nothing of its currency but in its name, and two sanctions lists may hold the same
 * single address for two chains.
 */
export function readingOf(file: TagFile, kind: TagFileKind): string {
  if (kind !== 'address-list') return kind
  const found = findAddressList(file.name)
  return found === null ? kind : `${kind} ${found.list.id} ${found.currency}`
}

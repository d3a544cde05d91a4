/** Tags and files for tests: small, honest, and through the same gates as real ones. */
import { sha256Text } from '../../kernel/index.ts'
import { readAddressSubject } from './subject.ts'
import { newTag, type StatedTag, type Tag, type TagFile } from './tag.ts'

export const bitcoinMainnet = 'bip122:000000000019d6689c085ae165831e93'
export const binanceAddress = '1NDyJtNTjmwk5xPNhjgAMu4HDHigtobu1s'

export function fileOf(name: string, text: string): TagFile {
  return { name, sha256: sha256Text(text), bytes: new TextEncoder().encode(text).length, text }
}

/** A tag on a Bitcoin address with the fields given; `index` tells otherwise equal tags apart. */
export function tagOf(fields: Partial<StatedTag> & { readonly address?: string; readonly index?: number }): Tag {
  const { address = binanceAddress, index = 0, ...stated } = fields
  return newTag({
    subject: readAddressSubject(address, 'BTC', null).subject,
    label: 'Binance',
    source: 'https://example.org',
    date: null,
    confidence: { id: 'forensic', level: 50 },
    category: null,
    concepts: [],
    abuse: null,
    actor: null,
    tagType: null,
    isClusterDefiner: null,
    context: null,
    creator: 'C',
    validFrom: null,
    validTo: null,
    provenance: { file: 'a.yaml', sha256: 'ab'.repeat(32), index, line: 1 },
    ...stated,
  })
}

/** A sentence of the core in its parts: words, codes of measures, and places on chains (`chain|address`). Pure. */
export type SentencePart =
  | { readonly kind: 'words' | 'code'; readonly text: string }
  | { readonly kind: 'place'; readonly chain: string; readonly address: string }

/** CAIP-2 before the bar, an address behind it; a code of ours has at least one low line. */
const NAMED =
  /(?<chain>[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32})\|(?<address>[^\s|]*[A-Za-z0-9])|(?<code>\b[A-Z]+(?:_[A-Z]+)+\b)/gu

export function partsOf(sentence: string): readonly SentencePart[] {
  const parts: SentencePart[] = []
  let from = 0
  for (const found of sentence.matchAll(NAMED)) {
    if (found.index > from) parts.push({ kind: 'words', text: sentence.slice(from, found.index) })
    const { chain, address, code } = found.groups as Readonly<Record<'chain' | 'address' | 'code', string | undefined>>
    if (chain !== undefined && address !== undefined) parts.push({ kind: 'place', chain, address })
    else if (code !== undefined) parts.push({ kind: 'code', text: code })
    from = found.index + found[0].length
  }
  if (from < sentence.length) parts.push({ kind: 'words', text: sentence.slice(from) })
  return parts
}

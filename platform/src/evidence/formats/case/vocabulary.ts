/**
 * Names of CASE/UCO 1.4.0, and our own for what CASE 1.4.0 has no class for (crypto-assets, attribution, handling).
 * Our facets are subclasses of uco-core:Facet; vectors/case/comity.ttl declares and shapes them.
 */
export const prefixes = {
  kb: 'urn:comity:kb:',
  comity: 'urn:comity:case:',
  'case-investigation': 'https://ontology.caseontology.org/case/investigation/',
  'uco-action': 'https://ontology.unifiedcyberontology.org/uco/action/',
  'uco-core': 'https://ontology.unifiedcyberontology.org/uco/core/',
  'uco-identity': 'https://ontology.unifiedcyberontology.org/uco/identity/',
  'uco-location': 'https://ontology.unifiedcyberontology.org/uco/location/',
  'uco-marking': 'https://ontology.unifiedcyberontology.org/uco/marking/',
  'uco-observable': 'https://ontology.unifiedcyberontology.org/uco/observable/',
  'uco-tool': 'https://ontology.unifiedcyberontology.org/uco/tool/',
  'uco-types': 'https://ontology.unifiedcyberontology.org/uco/types/',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const

/** The name under which our context is bundled. It is a name, not an address: nothing is ever fetched. */
export const CONTEXT_NAME = 'urn:comity:context:case-uco:1.4.0'

/** Contexts that an import may name instead of writing them out. */
export const bundledContexts: Readonly<Record<string, Readonly<Record<string, string>>>> = { [CONTEXT_NAME]: prefixes }

/** `uco-core:name` → the full IRI. */
export function iri(short: string): string {
  const colon = short.indexOf(':')
  const prefix = short.slice(0, colon)
  if (!Object.hasOwn(prefixes, prefix)) throw new Error(`no prefix ${prefix}`)
  return prefixes[prefix as keyof typeof prefixes] + short.slice(colon + 1)
}

/** The full IRI → `uco-core:name` where the prefix is one of ours. */
export function shortName(full: string): string {
  for (const [prefix, start] of Object.entries(prefixes))
    if (full.startsWith(start)) return `${prefix}:${full.slice(start.length)}`
  return full
}

/** The name of our facet of each list, and the fields of it that CASE has no property for. */
export const facetFields = {
  parties: ['PartyFacet', ['kind', 'role', 'country']],
  authorisations: ['AuthorisationFacet', ['legalBasis', 'issuer']],
  exhibits: ['ExhibitFacet', ['kind']],
  custody: ['CustodyFacet', ['type', 'authority']],
  wallets: ['WalletFacet', ['chain', 'address', 'holder', 'labels']],
  transfers: ['TransferFacet', ['chain', 'txid', 'from', 'to', 'asset', 'amountBaseUnits', 'amountStated', 'time']],
  statements: [
    'AttributionFacet',
    [
      'wallet', 'kind', 'party', 'service', 'account', 'listedBy', 'listing', 'basis', 'method', 'sourceExhibit', 'author',
      'validFrom', 'validTo', 'retracted',
    ], // biome-ignore format: a list
  ],
  markings: ['MarkingFacet', ['tlp', 'purposes', 'onwardUse', 'handlingCode', 'recipients', 'sealed']],
  assets: ['AssetFacet', ['asset', 'symbol', 'decimals']],
} as const satisfies Record<string, readonly [string, readonly string[]]>

/** The first word of the id of a node of each list. */
export const nodeWord = {
  investigations: 'investigation',
  authorisations: 'authorization',
  parties: 'identity',
  exhibits: 'exhibit',
  custody: 'custody-event',
  wallets: 'wallet',
  transfers: 'transfer',
  statements: 'attribution',
  markings: 'marking-definition',
} as const

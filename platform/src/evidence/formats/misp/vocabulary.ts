/** Object templates of MISP (MISP/misp-objects) that are used here: name, version, UUID, meta-category. */
export const templates = {
  'coin-address': [7, 'd0e6997e-78da-4815-a6a1-cfc1c1cb8a46', 'financial'],
  'cryptocurrency-transaction': [3, 'a4aab70f-e43a-48cb-bf82-505de8228dd6', 'financial'],
  'forensic-case': [1, '3ea36022-ae93-455e-88b1-d43aca789cac', 'misc'],
  'forensic-evidence': [1, 'fe44c648-63ef-43fc-b3de-af71a2e023e4', 'misc'],
  file: [23, '688c46fb-5edb-40a3-8273-1af7923e2215', 'file'],
  annotation: [2, '5d8dc046-15a1-4ca3-a09f-ed4ede7c4487', 'misc'],
} as const

export type TemplateName = keyof typeof templates

/** The type of each attribute that is written, by template and relation, as the templates say. */
export const attributeTypes: Readonly<Record<TemplateName, Readonly<Record<string, string>>>> = {
  'coin-address': { address: 'btc', 'address-xmr': 'xmr', 'address-crypto': 'text', symbol: 'text', text: 'text' },
  'cryptocurrency-transaction': {
    address: 'btc',
    symbol: 'text',
    time: 'datetime',
    'transaction-number': 'text',
    value: 'float',
  },
  'forensic-case': {
    'case-number': 'text',
    'case-name': 'text',
    'analysis-start-date': 'datetime',
    'additional-comments': 'text',
  },
  'forensic-evidence': {
    'case-number': 'text',
    'evidence-number': 'text',
    type: 'text',
    name: 'text',
    'acquisition-tools': 'text',
    'additional-comments': 'text',
  },
  file: { sha256: 'sha256', sha512: 'sha512', 'size-in-bytes': 'size-in-bytes', mimetype: 'mime-type' },
  annotation: { text: 'text', type: 'text', 'creation-date': 'datetime' },
}

/** Categories that MISP allows for these types of attribute. */
export const categoryByType: Readonly<Record<string, string>> = {
  btc: 'Financial fraud',
  xmr: 'Financial fraud',
  sha256: 'Payload delivery',
  sha512: 'Payload delivery',
  'mime-type': 'Payload delivery',
}

export const BITCOIN = 'bip122:000000000019d6689c085ae165831e93'
export const PACKAGE = 'Comity evidence package'
export const MARKING_TAG = 'comity:marking='
export const MARKING_TYPE = 'Comity marking'
export const STATEMENT_TYPE = 'Annotation'

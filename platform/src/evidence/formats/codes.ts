import type { CodeEntry } from '../../kernel/index.ts'

/** Codes of the exchange formats of the room `evidence`. Retired codes are never reused. */
export const formatsCodes: readonly CodeEntry[] = [
  {
    code: 'FORMATS_ADDRESS_REFUSED',
    meaning: 'An imported address was refused by the gate for addresses; the item or field that needs it is left out.',
    fix: 'Compare the address with its source. It is never corrected by guess.',
  },
  {
    code: 'FORMATS_AMOUNT_NOT_EXACT',
    meaning: 'An amount could not be turned into base units exactly; it is kept as the text that its source wrote.',
    fix: 'Ask the sender for the amount in base units, or give the decimals of the asset.',
  },
  {
    code: 'FORMATS_ATTACHMENT_HASH',
    meaning:
      'An attachment does not have the SHA-256 of the exhibit that it is said to be, or no released exhibit has it.',
    fix: 'Attach the file that was hashed at acquisition, and release its exhibit.',
  },
  {
    code: 'FORMATS_BAG_INVALID',
    meaning: 'A bag is not complete or not valid under RFC 8493 section 3.',
    fix: 'Ask for the bag again; the message names the first file that is missing, surplus or changed.',
  },
  {
    code: 'FORMATS_BAG_PATH',
    meaning: 'A path in a bag leaves the bag, is absolute, or is the same as another on some file system.',
    fix: 'Rename the file before it is packed.',
  },
  {
    code: 'FORMATS_CHAIN_UNKNOWN',
    meaning: 'The source does not say, in a way that is known here, on which chain an address or transaction is.',
    fix: 'Ask the sender for the chain, and import again with its symbol in the list of assets.',
  },
  {
    code: 'FORMATS_CONTEXT_UNKNOWN',
    meaning: 'A JSON-LD document refers to a context that is not bundled. Contexts are never fetched.',
    fix: 'Ask for the document in expanded form, or with its context inline.',
  },
  {
    code: 'FORMATS_CONTEXT_UNSUPPORTED',
    meaning: 'A JSON-LD document uses a keyword that is not read here, so that it could be misunderstood.',
    fix: 'Ask for the document in expanded form.',
  },
  {
    code: 'FORMATS_FIELD_UNREADABLE',
    meaning: 'A field does not have the form that it must have; it is left empty.',
    fix: 'Compare the field with its source and enter it by hand.',
  },
  {
    code: 'FORMATS_ITEM_INCOMPLETE',
    meaning: 'An item lacks something it cannot be without, and is left out.',
    fix: 'Ask the sender for the missing part.',
  },
  {
    code: 'FORMATS_ITEM_TWICE',
    meaning: 'Two items have the same id; the second is left out.',
    fix: 'Ask the sender which of the two is meant.',
  },
  {
    code: 'FORMATS_NOT_JSON',
    meaning: 'The file is not JSON that every program reads alike (RFC 8259; each key once, at most 32 levels).',
    fix: 'Ask for the file again; the message names the place.',
  },
  {
    code: 'FORMATS_NOT_THIS_FORMAT',
    meaning: 'The file is JSON, but not of the format it was imported as.',
    fix: 'Choose the right format.',
  },
  {
    code: 'FORMATS_NOT_UTF8',
    meaning: 'The file is not valid UTF-8.',
    fix: 'Ask for the file again, encoded as UTF-8.',
  },
  {
    code: 'FORMATS_REFERENCE_MISSING',
    meaning: 'A reference leads to nothing in the file; it is left empty.',
    fix: 'Ask the sender for the missing item.',
  },
  {
    code: 'FORMATS_SECRET_KEY',
    meaning: 'The file holds a private key. Files with keys are refused whole, so that no key is ever stored here.',
    fix: 'Treat the key as compromised, seize by the protocol for keys, and ask for the file without it.',
  },
  {
    code: 'FORMATS_TEXT_CLEANED',
    meaning: 'Control, invisible or bidi characters or outer spaces were removed from a text.',
    fix: 'Nothing, unless the original text is evidence itself; then keep the file as an exhibit.',
  },
  {
    code: 'FORMATS_TIME_CUT',
    meaning: 'A time was kept to the second in UTC: a fraction was cut, or the time of day was not stated.',
    fix: 'Nothing, unless the exact time matters; then take it from the source.',
  },
  {
    code: 'FORMATS_TOO_LARGE',
    meaning: 'The file is larger than what is read at once.',
    fix: 'Split the export at its source into several files.',
  },
]

import type { CodeEntry } from '../kernel/index.ts'
import { importCodes } from './import-codes.ts'
import { storeCodes } from './store-codes.ts'

/** Codes of the room `chains`. Retired codes are never reused. */
export const chainsCodes: readonly CodeEntry[] = [
  ...importCodes,
  {
    code: 'ADDRESS_BECH32_VARIANT',
    meaning:
      'A segwit address carries the checksum of the wrong variant (BIP-350: bech32 for version 0, bech32m above).',
    fix: 'Ask for the address again; it was written by faulty software.',
  },
  {
    code: 'ADDRESS_CHARACTER',
    meaning: 'An address contains a character that its alphabet does not have, perhaps one that only looks right.',
    fix: 'Copy the address again from its source, or type it anew.',
  },
  {
    code: 'ADDRESS_CHECKSUM',
    meaning: 'The checksum of an address is wrong: at least one character is missing, added or changed.',
    fix: 'Compare the address with its source, character by character. It is never corrected by guess.',
  },
  { code: 'ADDRESS_EMPTY', meaning: 'An address is empty.', fix: 'Write the address.' },
  {
    code: 'ADDRESS_EXTENDED_KEY',
    meaning: 'The text is an extended public key, which stands for many addresses.',
    fix: 'Derive the addresses with the wallet software and write them one by one.',
  },
  {
    code: 'ADDRESS_LENGTH',
    meaning: 'An address, or the key or script hash in it, has a length that no address of its kind has.',
    fix: 'Compare the address with its source; it may be cut off.',
  },
  {
    code: 'ADDRESS_MIXED_CASE',
    meaning: 'A bech32 or cashaddr address mixes upper and lower case (BIP-173).',
    fix: 'Copy the address again from its source.',
  },
  {
    code: 'ADDRESS_MWEB',
    meaning:
      'The text is a Litecoin MWEB address or witness program: what happens behind it is not in the public ledger.',
    fix: 'Trace the peg-in and peg-out transactions instead.',
  },
  {
    code: 'ADDRESS_NOT_RECOGNISED',
    meaning: 'The text has the form of no address of this chain.',
    fix: 'Write one address, without a label or a payment URI around it.',
  },
  {
    code: 'ADDRESS_OTHER_CHAIN',
    meaning: 'The text is a well-formed address of another chain or network.',
    fix: 'Name that chain, or ask for the address on this one.',
  },
  {
    code: 'ADDRESS_PADDING',
    meaning: 'The unused bits at the end of an address are not zero, or too many.',
    fix: 'Ask for the address again; it was written by faulty software.',
  },
  {
    code: 'ADDRESS_SECRET_KEY',
    meaning: 'The text is a private key, not an address. It is never repeated in a message.',
    fix: 'Treat the key as seized evidence or as compromised; do not send it on.',
  },
  {
    code: 'ADDRESS_TOO_LONG',
    meaning: 'The text is longer than any address.',
    fix: 'Write one address only.',
  },
  {
    code: 'ADDRESS_UNKNOWN_TYPE',
    meaning: 'An address carries a type or a witness version that is not defined.',
    fix: 'Ask for the address again, or for a newer version of this program.',
  },
  {
    code: 'ADDRESS_WHITE_SPACE',
    meaning: 'There is white space before, after or within an address.',
    fix: 'Remove the white space.',
  },
  {
    code: 'CHAIN_PACK_CONFLICT',
    meaning: 'Two chain packs claim the same id or alias.',
    fix: 'Give each pack its own id and aliases.',
  },
  {
    code: 'CHAIN_PACK_FIELD',
    meaning: 'A field of a chain pack is missing, unknown or has an impossible value.',
    fix: 'Correct the field that is named.',
  },
  {
    code: 'CHAIN_PACK_GENESIS',
    meaning: 'The genesis header of a chain pack does not hash to the genesis hash or id it states.',
    fix: 'Correct the header, the hash or the CAIP-2 id from the source of the pack.',
  },
  {
    code: 'CHAIN_UNKNOWN',
    meaning: 'No chain pack has this id or name.',
    fix: 'Use a CAIP-2 id or an alias of a shipped chain pack.',
  },
  ...storeCodes,
]

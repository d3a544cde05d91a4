/** The codes of refusals and defects of attribution tags. */
import type { CodeEntry } from '../../kernel/index.ts'

export const tagCodes: readonly CodeEntry[] = [
  {
    code: 'TAG_FILE_UNREADABLE',
    meaning: 'A tag file is not readable in its format.',
    fix: 'Correct the file at the place named.',
  },
  {
    code: 'TAG_FILE_BOMB',
    meaning: 'A tag file is too large, nested too deeply, or multiplies its content by aliases or compression.',
    fix: 'Split the pack, and write repeated values out.',
  },
  {
    code: 'TAG_SECRET_KEY',
    meaning: 'A file of tags has a private key in it; nothing of it was read.',
    fix: 'Treat the key as compromised, and ask for the file without it.',
  },
  {
    code: 'TAG_FILE_KIND_UNKNOWN',
    meaning: 'A file is none of the tag formats.',
    fix: 'Give a TagPack, an ActorPack, a known address list, a CSV table of tags, or wallets in STIX, MISP or FollowTheMoney.',
  },
  {
    code: 'TAG_LIST_UNKNOWN',
    meaning: 'A plain address list is not described in packs/tags/lists.json.',
    fix: 'Name the file as described there, or add a description with its source.',
  },
  {
    code: 'TAG_YAML_DOUBTFUL',
    meaning: 'The YAML reader warned about a tag file.',
    fix: 'Look at the line named, and write the value plainly.',
  },
  {
    code: 'TAG_HEADER_INCOMPLETE',
    meaning: 'A TagPack header lacks its title or creator.',
    fix: 'Ask the creator of the pack; who says so is part of every attribution.',
  },
  {
    code: 'TAG_ENTRY_UNREADABLE',
    meaning: 'An entry of a tag file cannot be read and is not kept.',
    fix: 'Correct the entry and import the file again.',
  },
  {
    code: 'TAG_FIELD_MISSING',
    meaning: 'An entry lacks a mandatory field and is not kept.',
    fix: 'Complete the entry and import the file again.',
  },
  {
    code: 'TAG_FIELD_UNKNOWN',
    meaning: 'A field is not part of the format and is not read.',
    fix: 'Correct the name of the field, or put its content into context.',
  },
  {
    code: 'TAG_FIELD_UNREADABLE',
    meaning: 'A field does not have the shape of the format and is left out.',
    fix: 'Write the field as the format says.',
  },
  {
    code: 'TAG_DATE_UNREADABLE',
    meaning: 'A date cannot be read and is left out.',
    fix: 'Write 2021-11-12 or 2021-11-12T09:30:00Z.',
  },
  {
    code: 'TAG_FLAG_UNREADABLE',
    meaning: 'A flag is neither true nor false and is left out.',
    fix: 'Write true or false.',
  },
  {
    code: 'TAG_TYPE_UNKNOWN',
    meaning: 'A tag type is not actor, event, attribute or mention; it is kept as stated.',
    fix: 'Use a type of the format.',
  },
  {
    code: 'TAG_TEXT_TRIMMED',
    meaning: 'An address had spaces around it, which were removed.',
    fix: 'Nothing, if the address is right.',
  },
  {
    code: 'TAG_SUBJECT_AMBIGUOUS',
    meaning: 'An entry names an address and a transaction; the address is kept.',
    fix: 'Make two entries.',
  },
  {
    code: 'TAG_ADDRESS_INVALID',
    meaning: 'An address is none on the stated chain; the tag is kept and never matches.',
    fix: 'Check the address at the source of the tag.',
  },
  {
    code: 'TAG_ADDRESS_OF_OTHER_CHAIN',
    meaning:
      'An address is filed under a currency whose addresses look otherwise; the tag is kept as filed and never matches.',
    fix: 'Check the chain at the source, and import a corrected tag.',
  },
  {
    code: 'TAG_ADDRESS_NO_HOLDER',
    meaning: 'A tag names the zero address, which nobody can hold; it is kept and never matches.',
    fix: 'Nothing; the entry is an artefact of the source.',
  },
  {
    code: 'TAG_TX_HASH_INVALID',
    meaning: 'A transaction hash is not 64 hexadecimal digits; the tag is kept and never matches.',
    fix: 'Check the hash at the source of the tag.',
  },
  {
    code: 'TAG_CONFIDENCE_MISSING',
    meaning: 'Tags state no confidence; they are kept without one and meet no threshold.',
    fix: 'Ask the creator, or import a corrected pack.',
  },
  {
    code: 'TAG_CONFIDENCE_UNKNOWN',
    meaning: 'A confidence id is not one of packs/tags/confidence.json; the tag meets no threshold.',
    fix: 'Use an id of the format.',
  },
  {
    code: 'TAG_ACTOR_UNKNOWN',
    meaning: 'Tags name an actor whom no imported ActorPack describes.',
    fix: 'Import the ActorPack, or correct the id.',
  },
  {
    code: 'TAG_DUPLICATE',
    meaning: 'Two entries of a file have the same subject, label and source; both are kept.',
    fix: 'Remove one from the file.',
  },
  {
    code: 'TAG_VALIDITY_UNREADABLE',
    meaning: 'The validity of an entry cannot be read; the entry is not kept.',
    fix: 'Write validFrom and validTo as dates, in this order of time.',
  },
  {
    code: 'TAG_VALIDITY_START_UNKNOWN',
    meaning: 'A list history begins after its first entries were listed; their validity begins at its first snapshot.',
    fix: 'Consult the list itself for the day of listing.',
  },
  {
    code: 'TAG_HISTORY_BROKEN',
    meaning: 'A list history contradicts itself.',
    fix: 'Derive the history again from its source.',
  },
  {
    code: 'ACTOR_DUPLICATE',
    meaning: 'An actor id occurs twice in a file; the first entry is kept.',
    fix: 'Remove one from the file.',
  },
  {
    code: 'ACTOR_JURISDICTION_UNREADABLE',
    meaning: 'A jurisdiction is not a country code of two capital letters and is left out.',
    fix: 'Write the ISO 3166-1 alpha-2 code.',
  },
  {
    code: 'TAG_NOT_FOUND',
    meaning: 'No imported tag has this id.',
    fix: 'List the tags of the address to find the id.',
  },
  {
    code: 'TAG_OUT_OF_FORCE',
    meaning: 'A tag is retracted or superseded already.',
    fix: 'Import a new tag if the statement is to be made again.',
  },
  {
    code: 'TAG_ACT_UNREASONED',
    meaning: 'A retraction, supersession or end does not say who acts and why.',
    fix: 'Name the person or agency, and give the reason.',
  },
  {
    code: 'TAG_REPLACEMENT_OUT_OF_FORCE',
    meaning: 'A tag cannot replace another: it is the same tag, or out of force itself.',
    fix: 'Name a tag that is in force.',
  },
  {
    code: 'TAG_ENDED_ALREADY',
    meaning: 'A tag has a declared end already.',
    fix: 'Retract the tag if that end is wrong, and import a corrected one.',
  },
  {
    code: 'TAG_END_BEFORE_START',
    meaning: 'A tag would end before it begins.',
    fix: 'Give a later end, or retract the tag.',
  },
]

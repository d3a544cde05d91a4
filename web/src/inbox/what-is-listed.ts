/**
 * Members of messages that name something of which this node has a list: whoever writes chooses it there, and types no id. What is named
 * is known by the words with which the format describes the member; what-is-listed.test.ts holds these words to the format.
 */
import type { Schema } from './form-value.ts'

/** `types`: of which messages it may be one. */
export type Listed =
  | { readonly of: 'agency' | 'country' | 'chain' | 'asset' | 'exhibit' | 'trace' }
  | { readonly of: 'message'; readonly types: RegExp }

const message = (types: RegExp): Listed => ({ of: 'message', types })
const anyMessage = message(/./)

export const listedByWords: Readonly<Record<string, Listed>> = {
  'An agency by its id in the directory.': { of: 'agency' },
  'A country by its ISO 3166-1 code.': { of: 'country' },
  'A chain by its CAIP-2 id.': { of: 'chain' },
  'An asset by its CAIP-19 id, as bip122:000000000019d6689c085ae165831e93/slip44:0; money of a State as iso4217:EUR, counted in the minor unit of ISO 4217.':
    { of: 'asset' },
  'An exhibit or file, by its SHA-256.': { of: 'exhibit' },
  'A file, by its SHA-256.': { of: 'exhibit' },
  'A trace record.': { of: 'trace' },
  'The digest of the trace record.': { of: 'trace' },
  'The digest of the trace record that leads to it.': { of: 'trace' },
  'A message.': anyMessage,
  'What stands in their place.': anyMessage,
  'Which message.': anyMessage,
  'Which message or file.': anyMessage,
  'Which request.': anyMessage,
  'The request, where it is a message.': anyMessage,
  'The formal request.': message(/\.request$/),
  'The request to preserve.': message(/^preserve\.request$/),
  'The message with the conditions.': anyMessage,
  'Which proposal.': message(/^(cost\.(proposal|counter)|dispose\.(propose|amend))$/),
  'Which question.': message(/^clarify$/),
  'Which call.': message(/^contact\.call$/),
  'Which recall.': message(/^recall$/),
  'Which dispute.': message(/^dispute\.raise$/),
}

export function listedOf({ description = '' }: Schema): Listed | null {
  return listedByWords[description] ?? null
}

/** Why a text is not an address of a chain. Nothing here accepts anything, and nothing proposes another address. */
import { type Result, refuse } from '../kernel/index.ts'
import { BASE58_ALPHABET, readBase58 } from './address-base58.ts'
import { BECH32_ALPHABET, BECH32_MAX, isProgramLength, programOf, readBech32 } from './address-bech32.ts'
import { cashAddressOf, readCashaddr } from './address-cashaddr.ts'
import { foreignCharacters } from './address-characters.ts'
import { refuseForeignAddress } from './address-foreign.ts'
import type { ChainPack } from './chain-pack.ts'
import { isMweb } from './script.ts'

type Refused = ReturnType<typeof refuse>

const compare = 'Compare the address with its source, character by character.'
const askAgain = 'Ask for the address again; it was written by faulty software.'

/** `chains`: the known chains on which the text is an address; `known`: all chains whose prefixes are recognised. */
export function refuseAddress(
  text: string,
  pack: ChainPack,
  chains: readonly ChainPack[],
  known: readonly ChainPack[],
): Result<never> {
  const foreign = refuseForeignAddress(text, pack, chains, known)
  if (foreign) return foreign
  const lower = text.toLowerCase()
  const colon = lower.indexOf(':')
  if (colon >= 0) return refuseCashaddr(text, lower.slice(0, colon), colon + 1, pack, known)
  const owner = known.find(({ address }) => address.bech32 !== null && lower.startsWith(`${address.bech32}1`))
  if (owner?.address.bech32) return refuseBech32(text, owner.address.bech32, owner)
  if (pack.address.cashaddr !== null && looksLikeCashaddr(lower))
    return refuseCashaddr(text, pack.address.cashaddr, 0, pack, known)
  const unknown = readBech32(text)
  if (unknown) {
    return refuse(
      'ADDRESS_OTHER_CHAIN',
      `This is well-formed bech32 text with the prefix "${unknown.prefix}", which is of no chain known here; it is not an address of ${pack.name}.`,
      { fix: `Write an address of ${pack.name}.` },
    )
  }
  return refuseBase58(text, pack)
}

function refuseBech32(text: string, prefix: string, pack: ChainPack): Refused {
  const flaw = refuseCase(text) ?? refuseCharacters(text, prefix.length + 1, BECH32_ALPHABET, 'bech32 (BIP-173)')
  if (flaw) return flaw
  if (text.length > BECH32_MAX) {
    return refuse('ADDRESS_LENGTH', `A segwit address has at most ${BECH32_MAX} characters; this has ${text.length}.`, {
      fix: compare,
    })
  }
  const reading = readBech32(text)
  if (!reading) return refuseChecksum(`bech32 address with the prefix "${prefix}"`)
  const [version] = reading.words
  if (version === undefined)
    return refuse('ADDRESS_LENGTH', 'The address ends after its prefix: it holds no witness program.', {
      fix: askAgain,
    })
  if (version > 16) {
    return refuse('ADDRESS_UNKNOWN_TYPE', `The witness version is ${version}; versions go from 0 to 16 (BIP-141).`, {
      place: `character ${prefix.length + 2}`,
      fix: askAgain,
    })
  }
  const wanted = version === 0 ? 'bech32' : 'bech32m'
  if (reading.variant !== wanted) {
    return refuse(
      'ADDRESS_BECH32_VARIANT',
      `The checksum is ${reading.variant}, but an address of witness version ${version} must use ${wanted} (BIP-350).`,
      { fix: askAgain },
    )
  }
  const program = programOf(reading.words)
  if (!program)
    return refuse(
      'ADDRESS_PADDING',
      'The unused bits at the end of the witness program are not zero, or more than four (BIP-173).',
      { fix: askAgain },
    )
  if (isMweb(version, program.length, pack)) {
    return refuse(
      'ADDRESS_MWEB',
      `A witness program of version ${version} with 32 bytes belongs to the MWEB extension block of ${pack.name}; nobody has it as an address.`,
      { fix: 'Trace the peg-in and peg-out transactions instead.' },
    )
  }
  if (!isProgramLength(version, program.length)) {
    const lengths = version === 0 ? '20 or 32' : '2 to 40'
    return refuse(
      'ADDRESS_LENGTH',
      `The witness program has ${program.length} bytes; for version ${version} it must have ${lengths} (BIP-141).`,
      { fix: askAgain },
    )
  }
  return refuseUnrecognised(pack)
}

function refuseCashaddr(
  text: string,
  prefix: string,
  start: number,
  pack: ChainPack,
  known: readonly ChainPack[],
): Refused {
  const owner = known.find(({ address }) => address.cashaddr === prefix)
  const payload = text.slice(start).toLowerCase()
  const words = readCashaddr(prefix, payload)
  if (!owner) {
    if (!words)
      return refuse('ADDRESS_NOT_RECOGNISED', 'The text before the colon is the prefix of no chain known here.', {
        place: 'character 1',
        fix: 'Write the address alone, without a payment URI around it.',
      })
    return refuse(
      'ADDRESS_OTHER_CHAIN',
      `This is a well-formed cashaddr address with the prefix "${prefix}", which is of no chain known here; it is not an address of ${pack.name}.`,
      { fix: `Write an address of ${pack.name}.` },
    )
  }
  const flaw = refuseCase(text) ?? refuseCharacters(text, start, BECH32_ALPHABET, 'cashaddr')
  if (flaw) return flaw
  if (!words) return refuseChecksum(`cashaddr address with the prefix "${prefix}"`)
  const address = cashAddressOf(words)
  if (address === 'padding')
    return refuse('ADDRESS_PADDING', 'The unused bits at the end of the address are not zero, or more than four.', {
      fix: askAgain,
    })
  if (address === 'length')
    return refuse('ADDRESS_LENGTH', 'The hash in the address has another length than its size bits say.', {
      fix: askAgain,
    })
  if (address === 'reserved')
    return refuse('ADDRESS_UNKNOWN_TYPE', 'The reserved bit of the address is set.', { fix: askAgain })
  if (address.kind > 3)
    return refuse('ADDRESS_UNKNOWN_TYPE', `The address is of type ${address.kind}; types 0 to 3 are defined.`, {
      fix: askAgain,
    })
  const script = address.kind % 2 === 1 && owner.p2sh32
  return refuse(
    'ADDRESS_LENGTH',
    `The hash in the address has ${address.hash.length} bytes; it must have ${script ? '20 or 32' : '20'}.`,
    { fix: askAgain },
  )
}

function refuseBase58(text: string, pack: ChainPack): Refused {
  const flaw = refuseCharacters(text, 0, BASE58_ALPHABET, 'base58')
  if (flaw) return flaw
  const reading = readBase58(text)
  const short = text.length < 25
  if (!reading || (short && !reading.checksumHolds)) {
    return refuse(
      'ADDRESS_LENGTH',
      `The text has ${text.length} characters; a base58 address has 25 to 35. It is also no other form of address of ${pack.name}.`,
      { fix: compare },
    )
  }
  if (!reading.checksumHolds) {
    const length = reading.bytes.length === 21 ? '' : ` It also holds ${reading.bytes.length + 4} bytes instead of 25.`
    return refuseChecksum('base58 address', length)
  }
  if (reading.bytes.length !== 21) {
    return refuse(
      'ADDRESS_LENGTH',
      `The text is well-formed base58check, but holds ${reading.bytes.length} bytes instead of the 21 of an address.`,
      { fix: compare },
    )
  }
  return refuse(
    'ADDRESS_OTHER_CHAIN',
    `This is a well-formed base58 address with the version byte ${reading.bytes[0]}, which is of no chain known here; it is not an address of ${pack.name}.`,
    { fix: `Write an address of ${pack.name}.` },
  )
}

function refuseChecksum(kind: string, more = ''): Refused {
  return refuse(
    'ADDRESS_CHECKSUM',
    `The checksum of this ${kind} is wrong: at least one character is missing, added or changed.${more}`,
    { fix: `${compare} It is never corrected by guess.` },
  )
}

/** BIP-173: decoders must not accept strings where some characters are upper case and some are lower case. */
function refuseCase(text: string): Refused | null {
  const first = /[A-Za-z]/.exec(text)?.[0] ?? ''
  const place = text.search(first === first.toLowerCase() ? /[A-Z]/ : /[a-z]/)
  if (place < 0) return null
  const position = place + 1
  return refuse(
    'ADDRESS_MIXED_CASE',
    `The address mixes upper and lower case, first at character ${position}; this form is written in one of them only.`,
    { place: `character ${position}`, fix: 'Copy the address again from its source.' },
  )
}

/** The first characters from `start` on that the alphabet does not have, in either case where the alphabet is lower case. */
function refuseCharacters(text: string, start: number, alphabet: string, form: string): Refused | null {
  const caseless = alphabet === alphabet.toLowerCase()
  const belongs = (character: string) => alphabet.includes(caseless ? character.toLowerCase() : character)
  const [first, ...more] = foreignCharacters(text.slice(start), belongs)
  if (!first) return null
  const list = [first, ...more].map(({ position, named }) => `${named} at character ${position + start}`).join(', ')
  return refuse('ADDRESS_CHARACTER', `The alphabet of ${form} does not have: ${list}.`, {
    place: `character ${first.position + start}`,
    fix: compare,
  })
}

/** Cashaddr without its prefix has 42 characters or more and begins with the letter of its type. */
function looksLikeCashaddr(lower: string): boolean {
  return /^[qpzr]/.test(lower) && lower.length >= 38 && lower.length <= 112
}

function refuseUnrecognised(pack: ChainPack): Refused {
  return refuse('ADDRESS_NOT_RECOGNISED', `The text has the form of no address of ${pack.name}.`, {
    fix: 'Write one address, without a label or a payment URI around it.',
  })
}

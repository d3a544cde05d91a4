/** Chain packs: read from JSON values with every field checked, and found by id or alias. */
import {
  bytesToHex,
  catchRefusal,
  doubleSha256,
  hexToBytes,
  ok,
  type Result,
  refuse,
  reversed,
  stop,
} from '../kernel/index.ts'
import { shownText } from './address-characters.ts'
import type { ChainPack } from './chain-pack.ts'
import {
  checkNumber,
  type Fields,
  readChoice,
  readFields,
  readFlag,
  readList,
  readNumber,
  readText,
  readTextOrNull,
  wrong,
} from './chain-pack-fields.ts'

/** The packs in these JSON values, in their order; refuses the first flaw with the place of the field. */
export function chainPacks(files: readonly unknown[]): Result<readonly ChainPack[]> {
  return catchRefusal(() => {
    const packs = files.map(readChainPack)
    checkNames(packs)
    return packs
  })
}

/**
 * The pack with this CAIP-2 id or alias; case does not matter. A name that is not known is refused with the nearest
 * known one, and never taken for it.
 */
export function findChain<Pack extends Named>(packs: readonly Pack[], text: string): Result<Pack> {
  const wanted = text.toLowerCase()
  const found = packs.find((pack) => namesOf(pack).includes(wanted))
  if (found) return ok(found)
  const near = nearestName(packs, wanted)
  const known = packs.map((pack) => pack.aliases[0] ?? pack.caip2).join(', ')
  return refuse('CHAIN_UNKNOWN', `No chain is called ${shownText(text)}.`, {
    fix: `${near ? `Did you mean "${near}"? ` : ''}Known chains: ${known}; or write a CAIP-2 id.`,
  })
}

type Named = { readonly caip2: string; readonly aliases: readonly string[] }

const HASH = /^[0-9a-f]{64}$/
const AMOUNT = /^(0|[1-9][0-9]{0,24})$/
const CAIP2 = /^[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}$/
const SENTENCE = /\S/
// biome-ignore format: a list of names
const required = [
  'caip2', 'aliases', 'name', 'network', 'asset', 'genesis', 'magic', 'address', 'segwit', 'auxpow', 'mweb', 'p2sh32',
  'cashTokens', 'subsidy', 'maxMoney', 'forkedFrom', 'source', 'verified',
]

function readChainPack(value: unknown, place: number): ChainPack {
  const top = readFields(value, packPlace(value, place), required, ['recognition', 'family'])
  if (top.of.family !== undefined) readChoice(top, 'family', ['utxo'])
  const pack: ChainPack = {
    caip2: readText(top, 'caip2', CAIP2, 'a CAIP-2 id'),
    aliases: readList(top, 'aliases', readAlias),
    name: readText(top, 'name', SENTENCE, 'a name'),
    network: readChoice(top, 'network', ['mainnet', 'testnet', 'signet', 'regtest']),
    asset: readAsset(top),
    genesis: readGenesis(top),
    magic: readText(top, 'magic', /^[0-9a-f]{8}$/, 'four bytes in hex'),
    address: readAddressFacts(top),
    segwit: readFlag(top, 'segwit'),
    auxpow: readFlag(top, 'auxpow'),
    mweb: readFlag(top, 'mweb'),
    p2sh32: readFlag(top, 'p2sh32'),
    cashTokens: readFlag(top, 'cashTokens'),
    subsidy: readSubsidy(top),
    maxMoney: readText(top, 'maxMoney', AMOUNT, 'an amount in base units'),
    forkedFrom: readFork(top),
    source: readText(top, 'source', SENTENCE, 'a source'),
    verified: readText(top, 'verified', SENTENCE, 'a statement of what was verified'),
    ...readRecognition(top),
  }
  checkIdentity(pack, top.at)
  return pack
}

/** Names the pack in messages by its id where it has one, else by its place in the list. */
function packPlace(value: unknown, place: number): string {
  const id = typeof value === 'object' && value !== null && 'caip2' in value ? value.caip2 : null
  return typeof id === 'string' && CAIP2.test(id) ? `chain pack ${id}` : `chain pack ${place + 1}`
}

function readAlias(value: unknown, at: string): string {
  if (typeof value !== 'string' || !/^[a-z0-9][a-z0-9-]{0,40}$/.test(value)) wrong(at, 'is not a lower-case alias')
  return value
}

function readAsset(top: Fields): ChainPack['asset'] {
  const asset = readFields(top.of.asset, `${top.at}.asset`, ['symbol', 'decimals', 'caip19', 'baseUnit'])
  const caip19 = readText(asset, 'caip19', /^[^/]+\/slip44:[0-9]+$/, 'a CAIP-19 id with slip44')
  if (!caip19.startsWith(`${String(top.of.caip2)}/`))
    wrong(`${asset.at}.caip19`, 'does not begin with the CAIP-2 id of the pack')
  return {
    symbol: readText(asset, 'symbol', /^[A-Za-z0-9]{1,12}$/, 'a symbol'),
    decimals: readNumber(asset, 'decimals', 0, 30),
    caip19,
    baseUnit: readText(asset, 'baseUnit', /^[a-z]+$/, 'the name of a unit'),
  }
}

function readGenesis(top: Fields): ChainPack['genesis'] {
  const genesis = readFields(top.of.genesis, `${top.at}.genesis`, ['hash', 'header'])
  return {
    hash: readText(genesis, 'hash', HASH, '32 bytes in hex'),
    header: readText(genesis, 'header', /^[0-9a-f]{160}$/, '80 bytes in hex'),
  }
}

function readAddressFacts(top: Fields): ChainPack['address'] {
  const address = readFields(top.of.address, `${top.at}.address`, ['p2pkh', 'p2sh', 'bech32', 'mweb', 'cashaddr'])
  const prefix = /^[a-z]{1,20}$/
  return {
    p2pkh: readNumber(address, 'p2pkh', 0, 255),
    p2sh: readList(address, 'p2sh', (value, at) => checkNumber(value, at, 0, 255)),
    bech32: readTextOrNull(address, 'bech32', prefix, 'a lower-case prefix'),
    mweb: readTextOrNull(address, 'mweb', prefix, 'a lower-case prefix'),
    cashaddr: readTextOrNull(address, 'cashaddr', prefix, 'a lower-case prefix'),
  }
}

function readSubsidy(top: Fields): ChainPack['subsidy'] {
  const at = `${top.at}.subsidy`
  const kind = readChoice(readFields(top.of.subsidy, at, ['kind'], ['initial', 'interval', 'steps']), 'kind', [
    'halving',
    'table',
  ])
  if (kind === 'halving') {
    const halving = readFields(top.of.subsidy, at, ['kind', 'initial', 'interval'])
    return {
      kind,
      initial: readText(halving, 'initial', AMOUNT, 'an amount in base units'),
      interval: readNumber(halving, 'interval', 1, 1e9),
    }
  }
  const steps = readList(readFields(top.of.subsidy, at, ['kind', 'steps']), 'steps', readStep)
  steps.forEach(({ until }, place) => {
    const before = steps[place - 1]?.until ?? 0
    const last = place === steps.length - 1
    if (last ? until !== null : until === null || until <= before) {
      wrong(`${at}.steps[${place}].until`, 'breaks the order: heights rise, and only the last step has no end (null)')
    }
  })
  return { kind, steps }
}

function readStep(value: unknown, at: string): { readonly until: number | null; readonly amount: string | null } {
  const step = readFields(value, at, ['until', 'amount'])
  const until = step.of.until === null ? null : readNumber(step, 'until', 1, 2 ** 32)
  return { until, amount: readTextOrNull(step, 'amount', AMOUNT, 'an amount in base units') }
}

function readFork(top: Fields): ChainPack['forkedFrom'] {
  if (top.of.forkedFrom === null) return null
  const fork = readFields(top.of.forkedFrom, `${top.at}.forkedFrom`, [
    'caip2',
    'height',
    'hash',
    'otherHash',
    'verified',
  ])
  return {
    caip2: readText(fork, 'caip2', CAIP2, 'a CAIP-2 id'),
    height: readNumber(fork, 'height', 1, 2 ** 32),
    hash: readText(fork, 'hash', HASH, '32 bytes in hex'),
    otherHash: readText(fork, 'otherHash', HASH, '32 bytes in hex'),
    verified: readText(fork, 'verified', SENTENCE, 'a statement of what was verified'),
  }
}

function readRecognition(top: Fields): Pick<ChainPack, 'recognition'> {
  if (top.of.recognition === undefined) return {}
  const facts = readFields(top.of.recognition, `${top.at}.recognition`, [
    'coinbaseHeightFrom',
    'proofOfWork',
    'easiestTargets',
  ])
  const coinbaseHeightFrom =
    facts.of.coinbaseHeightFrom === null ? null : readNumber(facts, 'coinbaseHeightFrom', 0, 2 ** 32)
  const proofOfWork = readChoice(facts, 'proofOfWork', ['sha256d', 'other'])
  const easiestTargets =
    Array.isArray(facts.of.easiestTargets) && facts.of.easiestTargets.length === 0
      ? []
      : readList(facts, 'easiestTargets', readTarget)
  easiestTargets.forEach(({ from }, place) => {
    if (place > 0 && from <= (easiestTargets[place - 1]?.from ?? 0))
      wrong(`${facts.at}.easiestTargets[${place}].from`, 'does not rise')
  })
  return { recognition: { coinbaseHeightFrom, proofOfWork, easiestTargets } }
}

function readTarget(value: unknown, at: string): { readonly from: number; readonly bits: string } {
  const target = readFields(value, at, ['from', 'bits'])
  return {
    from: readNumber(target, 'from', 0, 2 ** 32),
    bits: readText(target, 'bits', /^[0-9a-f]{8}$/, 'four bytes in hex'),
  }
}

/** A `bip122` id is the first 32 digits of the genesis hash, or for a fork those of its first block of its own. */
function checkIdentity({ caip2, genesis, forkedFrom }: ChainPack, at: string): void {
  const hash = bytesToHex(reversed(doubleSha256(hexToBytes(genesis.header))))
  const fix = 'Compare the header and the hash with the source of the pack.'
  if (hash !== genesis.hash) {
    stop('CHAIN_PACK_GENESIS', `The genesis header hashes to ${hash}, not to ${genesis.hash}.`, {
      place: `${at}.genesis`,
      fix,
    })
  }
  const named = (forkedFrom?.hash ?? genesis.hash).slice(0, 32)
  if (caip2.startsWith('bip122:') && caip2 !== `bip122:${named}`) {
    stop('CHAIN_PACK_GENESIS', `The CAIP-2 id of this block is bip122:${named}.`, { place: `${at}.caip2`, fix })
  }
}

export function checkNames(packs: readonly Named[]): void {
  const ownerByName = new Map<string, string>()
  for (const pack of packs) {
    for (const name of namesOf(pack)) {
      const owner = ownerByName.get(name)
      if (owner !== undefined) {
        stop('CHAIN_PACK_CONFLICT', `"${name}" is claimed by ${owner} and by ${pack.caip2}.`, {
          place: `chain pack ${pack.caip2}`,
          fix: 'Give each pack its own id and aliases.',
        })
      }
      ownerByName.set(name, pack.caip2)
    }
  }
}

function namesOf(pack: Named): readonly string[] {
  return [pack.caip2.toLowerCase(), ...pack.aliases]
}

/** The known name at most two typing errors away, the nearest first, then the first in order. */
function nearestName(packs: readonly Named[], wanted: string): string | null {
  if (wanted.length < 3 || wanted.length > 60) return null
  let nearest: string | null = null
  let least = wanted.length < 5 ? 2 : 3
  for (const name of packs.flatMap(namesOf)) {
    const distance = typingErrors(wanted, name)
    if (distance < least) {
      least = distance
      nearest = name
    }
  }
  return nearest
}

/** Damerau's distance of neighbouring characters: one error is a letter too many, too few, changed, or two swapped. */
function typingErrors(from: string, to: string): number {
  let before: readonly number[] = []
  let row: readonly number[] = Array.from({ length: to.length + 1 }, (_, place) => place)
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= to.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1)
      const swapped = from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1] ? (before[j - 2] ?? 0) + 1 : changed
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, changed, swapped))
    }
    before = row
    row = next
  }
  return row[to.length] ?? 0
}

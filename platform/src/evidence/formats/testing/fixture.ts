/** One package with everything in it: a red, an amber, a green and a sealed part. Names and persons are invented. */
import { ok, type Result, refuse } from '../../../kernel/index.ts'
import type { ImportDesk } from '../build-package.ts'
import type { EvidencePackage } from '../model.ts'
import { type Audience, type Release, release } from '../release.ts'

export const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
export const BITCOIN = 'bip122:000000000019d6689c085ae165831e93'
export const ETHEREUM = 'eip155:1'
export const POLYGON = 'eip155:137'
const BTC = `${BITCOIN}/slip44:0`
const USDT = 'eip155:1/erc20:0xdac17f958d2ee523a2206206994597c13d831ec7'

export const ADDRESS_A = '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'
export const ADDRESS_B = 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4'
export const ADDRESS_C = '0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed'
export const ADDRESS_SEALED = '0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359'
export const ADDRESS_RED = '12c6DSiU4Rq3P4ZxziKxzrL5LmMBrzjrJX'

const accepted = new Map([
  [BITCOIN, [ADDRESS_A, ADDRESS_B, ADDRESS_RED]],
  [ETHEREUM, [ADDRESS_C, ADDRESS_SEALED]],
  [POLYGON, [ADDRESS_C]],
])

/** A gate that knows the addresses of the fixture and nothing else, so that anything else in a result was not gated. */
export function fixtureGate(chain: string, address: string): Result<string> {
  if (accepted.get(chain)?.includes(address)) return ok(address)
  return refuse('ADDRESS_NOT_RECOGNISED', 'not an address of the fixture')
}

export const fixtureDesk: ImportDesk = {
  gate: fixtureGate,
  assets: [
    { asset: BTC, symbol: 'BTC', decimals: 8 },
    { asset: USDT, symbol: 'USDT', decimals: 6 },
  ],
}

const GREEN = uuid(901)
const AMBER = uuid(902)
const RED = uuid(903)
const SEALED = uuid(904)
const marking = { purposes: ['criminal-proceedings'], onwardUse: 'ask', handlingCode: 'H1', sealed: false } as const

export const fixture: EvidencePackage = {
  id: uuid(1),
  caseReference: 'AG-2026-0815',
  title: 'Operation Lighthouse',
  createdAt: '2026-03-01T09:00:00Z',
  marking: GREEN,
  investigations: [
    {
      id: uuid(11), marking: GREEN, name: 'Lighthouse', form: 'case', status: 'open', focus: 'ransom payments',
      start: '2026-01-05T08:00:00Z', end: null,
    }, // biome-ignore format: a table
  ],
  authorisations: [
    {
      id: uuid(21), marking: AMBER, type: 'search warrant', identifier: 'GS 12/26', legalBasis: 'StPO 94, 98',
      issuer: uuid(31), start: '2026-01-06T00:00:00Z', end: '2026-07-06T00:00:00Z',
    }, // biome-ignore format: a table
  ],
  parties: [
    {
      id: uuid(31),
      marking: GREEN,
      kind: 'agency',
      name: 'Prosecution Office North',
      role: 'issuing authority',
      country: 'DE',
    },
    {
      id: uuid(32),
      marking: GREEN,
      kind: 'agency',
      name: 'Cyber Unit South',
      role: 'executing authority',
      country: 'NL',
    },
    { id: uuid(33), marking: AMBER, kind: 'person', name: 'Examiner Okafor', role: 'examiner', country: null },
    { id: uuid(34), marking: RED, kind: 'person', name: 'Suspect Quillfeather', role: 'suspect', country: 'EE' },
    { id: uuid(35), marking: GREEN, kind: 'company', name: 'Harbour Exchange', role: 'service', country: 'LT' },
  ],
  exhibits: [
    {
      id: uuid(41), marking: AMBER, exhibitNumber: 'N-1', kind: 'device', description: 'hardware wallet', mediaType: null,
      size: null, sha256: null, sha512: null, acquiredAt: '2026-01-07T06:12:00Z', acquirer: uuid(33), authority: uuid(21),
      place: 'Hamburg, flat 4', toolName: null, toolVersion: null, toolConfig: null, sourceExhibit: null,
    },
    {
      id: uuid(42), marking: AMBER, exhibitNumber: 'N-2', kind: 'file', description: 'image of N-1', mediaType: 'application/octet-stream',
      size: 1048576, sha256: 'a'.repeat(64), sha512: 'b'.repeat(128), acquiredAt: '2026-01-08T10:00:00Z', acquirer: uuid(33),
      authority: uuid(21), place: 'Laboratory 2', toolName: 'imager', toolVersion: '4.2', toolConfig: '--verify', sourceExhibit: uuid(41),
    },
    {
      id: uuid(43), marking: RED, exhibitNumber: 'N-3-informant', kind: 'document', description: 'statement of an informant',
      mediaType: 'application/pdf', size: 5120, sha256: 'c'.repeat(64), sha512: null, acquiredAt: null, acquirer: null,
      authority: null, place: 'Riga safe house', toolName: null, toolVersion: null, toolConfig: null, sourceExhibit: null,
    },
    {
      id: uuid(44), marking: null, exhibitNumber: null, kind: 'trace-record', description: 'trace from seed 1', mediaType: 'application/json',
      size: 99, sha256: 'd'.repeat(64), sha512: null, acquiredAt: null, acquirer: null, authority: null, place: null,
      toolName: 'tracer', toolVersion: '0.1.0', toolConfig: null, sourceExhibit: null,
    },
  ], // biome-ignore format: a table
  custody: [
    {
      id: uuid(51), marking: AMBER, exhibit: uuid(41), type: 'released', actor: uuid(33), counterpart: uuid(32), authority: uuid(21),
      start: '2026-01-09T08:00:00Z', end: '2026-01-09T08:10:00Z', place: 'Laboratory 2', remarks: 'seal 4711 intact',
    },
    {
      id: uuid(52), marking: AMBER, exhibit: uuid(41), type: 'received', actor: uuid(32), counterpart: uuid(33), authority: null,
      start: '2026-01-09T08:10:00Z', end: null, place: null, remarks: null,
    },
    {
      id: uuid(53), marking: RED, exhibit: uuid(43), type: 'examined', actor: uuid(33), counterpart: null, authority: null,
      start: '2026-01-10T08:10:00Z', end: null, place: null, remarks: 'read in the vault',
    },
  ], // biome-ignore format: a table
  assets: [
    { asset: BTC, symbol: 'BTC', decimals: 8 },
    { asset: USDT, symbol: 'USDT', decimals: 6 },
  ],
  wallets: [
    {
      id: uuid(61),
      marking: GREEN,
      chain: BITCOIN,
      address: ADDRESS_A,
      holder: uuid(35),
      labels: ['deposit', 'Harbour 17'],
    },
    { id: uuid(62), marking: AMBER, chain: ETHEREUM, address: ADDRESS_C, holder: null, labels: [] },
    {
      id: uuid(63),
      marking: GREEN,
      chain: POLYGON,
      address: ADDRESS_C,
      holder: null,
      labels: ['same key, other chain'],
    },
    {
      id: uuid(64),
      marking: RED,
      chain: BITCOIN,
      address: ADDRESS_RED,
      holder: uuid(34),
      labels: ['Quillfeather savings'],
    },
    {
      id: uuid(65),
      marking: SEALED,
      chain: ETHEREUM,
      address: ADDRESS_SEALED,
      holder: null,
      labels: ['undercover purchase'],
    },
  ],
  transfers: [
    {
      id: uuid(71), marking: GREEN, chain: BITCOIN, txid: 'e'.repeat(64), from: ADDRESS_B, to: ADDRESS_A, asset: BTC,
      amountBaseUnits: '6369996546', amountStated: null, time: '2026-01-02T03:04:05Z',
    },
    {
      id: uuid(72), marking: AMBER, chain: ETHEREUM, txid: `0x${'f'.repeat(64)}`, from: ADDRESS_C, to: null, asset: USDT,
      amountBaseUnits: '123456789012345678901234567890', amountStated: null, time: null,
    },
    {
      id: uuid(73), marking: AMBER, chain: ETHEREUM, txid: `0x${'f'.repeat(64)}`, from: null, to: ADDRESS_C, asset: USDT,
      amountBaseUnits: '1', amountStated: null, time: '2026-01-02T03:04:06Z',
    },
    {
      id: uuid(74), marking: GREEN, chain: BITCOIN, txid: '9'.repeat(64), from: ADDRESS_A, to: ADDRESS_RED, asset: BTC,
      amountBaseUnits: '777777777', amountStated: null, time: null,
    },
  ], // biome-ignore format: a table
  statements: [
    {
      id: uuid(81), marking: GREEN, wallet: uuid(61), kind: 'account-at', claim: 'deposit address of an account', party: uuid(35),
      service: 'Harbour Exchange', account: 'acc-17', listedBy: null, listing: null, basis: 'answer of the service', method: 'production order',
      confidence: 95, sourceExhibit: uuid(42), author: uuid(33), validFrom: '2026-01-01T00:00:00Z', validTo: null, retracted: null,
    },
    {
      id: uuid(82), marking: AMBER, wallet: uuid(62), kind: 'sanctioned', claim: 'listed address', party: null, service: null, account: null,
      listedBy: 'OFAC', listing: 'SDN-38210', basis: 'list of 2026-01-04', method: null, confidence: null, sourceExhibit: null,
      author: null, validFrom: '2026-01-04T00:00:00Z', validTo: '2026-02-04T00:00:00Z', retracted: null,
    },
    {
      id: uuid(83), marking: RED, wallet: uuid(64), kind: 'held-by', claim: 'said an informant', party: uuid(34), service: null,
      account: null, listedBy: null, listing: null, basis: 'informant', method: null, confidence: 40, sourceExhibit: uuid(43),
      author: uuid(33), validFrom: null, validTo: null, retracted: '2026-02-01T00:00:00Z',
    },
    {
      id: uuid(84), marking: GREEN, wallet: uuid(63), kind: 'held-by', claim: 'same key as on Ethereum', party: uuid(35), service: null,
      account: null, listedBy: null, listing: null, basis: 'same key', method: 'public key', confidence: 80, sourceExhibit: uuid(43),
      author: null, validFrom: null, validTo: null, retracted: null,
    },
  ], // biome-ignore format: a table
  markings: [
    { ...marking, id: GREEN, tlp: 'green', recipients: [], onwardUse: 'yes' },
    { ...marking, id: AMBER, tlp: 'amber', recipients: ['Cyber Unit South', 'Prosecution Office North'] },
    { ...marking, id: RED, tlp: 'red', recipients: ['Prosecution Office North'], onwardUse: 'no' },
    {
      ...marking,
      id: SEALED,
      tlp: 'amber',
      recipients: ['Cyber Unit South', 'Prosecution Office North'],
      sealed: true,
    },
  ],
}

/** Who may have everything: named everywhere, with the seal opened. */
export const everything: Audience = {
  members: ['Prosecution Office North'],
  reach: 'named',
  purpose: 'criminal-proceedings',
  clientOf: {},
  onward: false,
  permissions: [],
  unsealed: [SEALED],
}

/** Named on amber, not on red; the seal is closed. */
export const partner: Audience = { ...everything, members: ['Cyber Unit South'], unsealed: [] }
export const community: Audience = { ...everything, members: ['Sharing Circle'], reach: 'community', unsealed: [] }
export const nobody: Audience = { ...everything, members: [] }

export const releaseAll = (pack: EvidencePackage = fixture): Release => release(pack, everything)

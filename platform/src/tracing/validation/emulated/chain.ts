/**
 * The chain of an emulated world: coins, addresses, transactions in blocks. Ids, Merkle roots and header hashes are
 * computed as on the real chain; inputs carry no signatures, which no rule looks at and no id of SegWit depends on.
 * Maturity of coinbases is not kept. Every block has 50 new coins, as the first blocks of regtest.
 */
import {
  type ChainPack,
  describeScript,
  encodeBlock,
  encodeForId,
  headerHash,
  type LedgerTx,
  merkleRoot,
  type ScriptType,
  txidOf,
} from '../../../chains/index.ts'
import { bytesToHex, hexToBytes, reversed, sha256Text } from '../../../kernel/index.ts'
import type { ScriptForm } from './periods.ts'
import type { EmulatedBlock, EmulatedKind, TxTruth } from './truth.ts'

export type Place = {
  readonly script: string
  readonly type: ScriptType
  readonly address: string | null
  readonly owner: string
  readonly role: Role
}
/** What its owner keeps a coin for: scenes spend coins of one role together. */
export type Role = 'own' | 'deposit' | 'hot' | 'premix' | 'postmix' | 'peel'

export type Coin = { readonly txid: string; readonly vout: number; readonly value: bigint; readonly place: Place }
/** `null` for data. */
export type Payment = { readonly value: bigint; readonly to: Place | null }

type Draft = {
  readonly txid: string
  readonly locktime: number
  readonly version: number
  readonly inputs: readonly (Coin | null)[]
  readonly coinbaseScript: string
  readonly outputs: readonly Payment[]
}

export type ChainMaker = {
  readonly transactions: readonly LedgerTx[]
  readonly blocks: readonly EmulatedBlock[]
  readonly truthByTxid: ReadonlyMap<string, TxTruth>
  readonly ownerByAddress: ReadonlyMap<string, string>
  readonly height: number
  newPlace(owner: string, form: ScriptForm, role?: Role): Place
  placeOf(script: string, owner: string, role?: Role): Place
  coins(owner: string, role?: Role): readonly Coin[]
  pay(kind: EmulatedKind, parts: Spend): readonly Coin[]
  closeBlock(miner: Place): void
  readonly pending: number
}

export type Spend = {
  readonly inputs: readonly Coin[]
  readonly outputs: readonly Payment[]
  readonly payer: string | null
  readonly locktime?: number
}

export const SUBSIDY = 5_000_000_000n
const SPACING = 600
/** Version with relay of replacements, nBits of regtest. */
const [VERSION, EASIEST] = [2, 0x207f_ffff]
const DATA = '6a146d61726b65722d6f662d616e2d656d756c6174696f6e'

export function startChain(pack: ChainPack, seed: string, firstHeight: number, firstTime: number): ChainMaker {
  const transactions: LedgerTx[] = []
  const blocks: EmulatedBlock[] = []
  const truthByTxid = new Map<string, TxTruth>()
  const ownerByAddress = new Map<string, string>()
  const coinsByOwner = new Map<string, Map<string, Coin>>()
  let drafts: Draft[] = []
  let fees = 0n
  let height = firstHeight
  let made = 0
  let previous = firstHeight === 1 ? pack.genesis.hash : sha256Text(`before ${seed}`)

  return {
    transactions,
    blocks,
    truthByTxid,
    ownerByAddress,
    get height() {
      return height
    },
    get pending() {
      return drafts.length
    },
    newPlace: (owner, form, role = 'own') => placeOf(scriptFor(form, `${seed} ${owner} ${made++}`), owner, role),
    placeOf,
    coins,
    pay,
    closeBlock,
  }

  function placeOf(script: string, owner: string, role: Role = 'own'): Place {
    const { type, address } = describeScript(script, pack)
    if (address !== null) ownerByAddress.set(address, owner)
    return { script, type, address, owner, role }
  }

  function coins(owner: string, role: Role = 'own'): readonly Coin[] {
    return [...(coinsByOwner.get(owner)?.values() ?? [])].filter(({ place }) => place.role === role)
  }

  function pay(kind: EmulatedKind, { inputs, outputs, payer, locktime = 0 }: Spend): readonly Coin[] {
    const sumIn = inputs.reduce((sum, { value }) => sum + value, 0n)
    const fee = sumIn - outputs.reduce((sum, { value }) => sum + value, 0n)
    if (fee < 0n || inputs.length === 0 || outputs.length === 0) throw new RangeError(`a ${kind} that does not add up`)
    for (const { txid, vout, place } of inputs)
      if (!coinsByOwner.get(place.owner)?.delete(`${txid}:${vout}`)) throw new RangeError(`a ${kind} spends twice`)
    fees += fee
    return write(kind, inputs, outputs, payer, locktime, '')
  }

  function write(
    kind: EmulatedKind,
    inputs: readonly (Coin | null)[],
    outputs: readonly Payment[],
    payer: string | null,
    locktime: number,
    coinbaseScript: string,
  ): readonly Coin[] {
    const draft = { txid: '', locktime, version: VERSION, inputs, outputs, coinbaseScript }
    const txid = txidOf(contentOf(draft))
    const whole = { ...draft, txid }
    if (inputs[0] === null) drafts.unshift(whole)
    else drafts.push(whole)
    truthByTxid.set(txid, {
      kind,
      owners: [...new Set(inputs.flatMap((coin) => (coin === null ? [] : [coin.place.owner])))],
      payer,
      outputOwners: outputs.map(({ to }) => to?.owner ?? null),
    })
    return outputs.flatMap(({ value, to }, vout) => {
      if (to === null) return []
      const coin = { txid, vout, value, place: to }
      const mine = coinsByOwner.get(to.owner) ?? new Map<string, Coin>()
      coinsByOwner.set(to.owner, mine.set(`${txid}:${vout}`, coin))
      return [coin]
    })
  }

  function closeBlock(miner: Place): void {
    const push = height.toString(16).padStart(8, '0')
    write('coinbase', [null], [{ value: SUBSIDY + fees, to: miner }], null, 0, `04${bytesBackwards(push)}`)
    // Never null: a block has its coinbase.
    const root = merkleRoot(drafts.map(({ txid }) => reversed(hexToBytes(txid))))
    const fields = {
      version: 0x2000_0000,
      prevHash: previous,
      merkleRoot: bytesToHex(reversed(root?.root ?? new Uint8Array(32))),
      time: firstTime + (height - firstHeight) * SPACING,
      bits: EASIEST,
      nonce: 0,
    }
    while (!/^[0-7]/.test(headerHash(fields))) fields.nonce++
    const hash = headerHash(fields)
    blocks.push({
      height,
      hash,
      bytes: encodeBlock(
        fields,
        drafts.map((draft) => encodeForId(contentOf(draft))),
      ),
    })
    const block = { height, hash, time: fields.time }
    transactions.push(...drafts.map((draft, index) => toLedger(draft, block, index)))
    previous = hash
    drafts = []
    fees = 0n
    height++
  }
}

function contentOf({ version, inputs, outputs, locktime, coinbaseScript }: Draft) {
  return {
    version,
    locktime,
    inputs: inputs.map((coin) => ({
      prev: coin && { txid: coin.txid, vout: coin.vout },
      script: coinbaseScript,
      sequence: 0xffff_fffd,
    })),
    outputs: outputs.map(({ value, to }) => ({ value, script: to?.script ?? DATA })),
  }
}

function toLedger(draft: Draft, block: LedgerTx['block'], index: number): LedgerTx {
  return {
    txid: draft.txid,
    coinbase: draft.inputs[0] === null,
    block,
    index,
    version: draft.version,
    locktime: draft.locktime,
    inputs: draft.inputs.map((coin) => ({
      prev: coin && { txid: coin.txid, vout: coin.vout },
      prevout: coin && { value: coin.value, script: coin.place.script, address: coin.place.address },
      sequence: 0xffff_fffd,
    })),
    outputs: draft.outputs.map(({ value, to }) => ({
      value,
      script: to?.script ?? DATA,
      type: to?.type ?? 'op_return',
      address: to?.address ?? null,
    })),
    proof: 'txid',
  }
}

function scriptFor(form: ScriptForm, label: string): string {
  const hash = sha256Text(label)
  if (form === 'p2pkh') return `76a914${hash.slice(0, 40)}88ac`
  if (form === 'p2sh') return `a914${hash.slice(0, 40)}87`
  return form === 'v0_p2wpkh' ? `0014${hash.slice(0, 40)}` : `5120${hash}`
}

function bytesBackwards(hex: string): string {
  return (hex.match(/../g) ?? []).reverse().join('')
}

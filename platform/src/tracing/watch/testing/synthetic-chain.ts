/**
 * A chain that is made up from a seed: blocks of Bitcoin's regtest with true ids, Merkle roots and proof of work, on which
 * people pay one another, and branches that replace one another. What a node would answer about it is computed from it.
 */
import {
  type ChainPack,
  encodeBlock,
  encodeForId,
  findChain,
  headerHash,
  type IdContent,
  merkleRoot,
  shippedChainPacks,
  txidOf,
} from '../../../chains/index.ts'
import { keyHashAddress, keyHashScript } from '../../../chains/script.ts'
import { bytesToHex, doubleSha256, formatDecimal, hexToBytes, orStop, reversed } from '../../../kernel/index.ts'

export const regtest: ChainPack = orStop(findChain(shippedChainPacks, 'bitcoin-regtest'))

export type MadeOutput = { readonly key: string; readonly owner: number; readonly value: bigint }
export type MadeTx = {
  readonly txid: string
  readonly content: IdContent
  readonly spent: readonly MadeOutput[]
  readonly made: readonly MadeOutput[]
}
export type MadeBlock = {
  readonly height: number
  readonly hash: string
  readonly prevHash: string
  readonly merkleRoot: string
  readonly time: number
  readonly nonce: number
  readonly transactions: readonly MadeTx[]
}

/** The same numbers on every run: a linear congruential generator (Numerical Recipes). */
export function chance(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

export function addressOf(owner: number): string {
  return keyHashAddress(hashOf(owner), regtest)
}

function hashOf(owner: number): Uint8Array {
  return hexToBytes(owner.toString(16).padStart(40, '0'))
}

const BITS = 0x207fffff
/** The half of all hashes that meets the easiest target of regtest. */
const meetsTarget = (hash: string) => Number.parseInt(hash.slice(0, 2), 16) < 0x7f

/**
 * Extends any block by one, in which people whose numbers are below `owners` pay. Transactions that are `carried` over from
 * another branch come first, where what they spend is there.
 */
export function extend(
  parent: MadeBlock,
  purse: readonly MadeOutput[],
  { owners, payments, random, carried = [] }: Growth,
): { readonly block: MadeBlock; readonly purse: readonly MadeOutput[] } {
  const height = parent.height + 1
  const left = [...purse]
  const others: MadeTx[] = []
  const salt = random(2 ** 30)
  for (const tx of carried) {
    const at = tx.spent.map(({ key }) => left.findIndex((coin) => coin.key === key))
    if (at.length === 0 || at.includes(-1)) continue
    for (const index of at.toSorted((a, b) => b - a)) left.splice(index, 1)
    left.push(...tx.made)
    others.push(tx)
  }
  for (let n = 0; n < payments && left.length > 0; n++) {
    const [coin] = left.splice(random(left.length), 1)
    if (!coin || coin.value < 2_000n) continue
    const half = coin.value / 2n
    const paid = [
      { owner: random(owners), value: half },
      { owner: random(owners), value: coin.value - half - 500n },
    ]
    const tx = madeTx([coin], paid, 0)
    others.push(tx)
    left.push(...tx.made)
  }
  const coinbase = madeTx([], [{ owner: random(owners), value: 5_000_000_000n }], height * 2 ** 20 + (salt % 2 ** 20))
  left.push(...coinbase.made)
  const transactions = [coinbase, ...others]
  const root = merkleRoot(transactions.map(({ txid }) => reversed(hexToBytes(txid))))
  if (!root) throw new Error('a block without a Merkle root')
  const fields = {
    version: 4,
    prevHash: parent.hash,
    merkleRoot: bytesToHex(reversed(root.root)),
    time: parent.time + 60,
    bits: BITS,
  }
  let nonce = 0
  let hash = headerHash({ ...fields, nonce })
  while (!meetsTarget(hash)) hash = headerHash({ ...fields, nonce: ++nonce })
  const { prevHash, time } = fields
  return { block: { height, hash, prevHash, merkleRoot: fields.merkleRoot, time, nonce, transactions }, purse: left }
}

export type Growth = {
  readonly owners: number
  readonly payments: number
  readonly random: (below: number) => number
  readonly carried?: readonly MadeTx[]
}

/** The block before all others of a made-up chain, which no server gives. */
export const ROOT: MadeBlock = {
  height: 99,
  hash: bytesToHex(doubleSha256(hexToBytes('00'))),
  prevHash: '0'.repeat(64),
  merkleRoot: '0'.repeat(64),
  time: 1_700_000_000,
  nonce: 0,
  transactions: [],
}

/** A transaction that spends what it says, and pays the rest of it to nobody: the fee. */
export function madeTx(
  spent: readonly MadeOutput[],
  paid: readonly { readonly owner: number; readonly value: bigint }[],
  salt: number,
): MadeTx {
  const script = salt.toString(16).padStart(16, '0')
  const content: IdContent = {
    version: 2,
    locktime: 0,
    inputs:
      spent.length === 0
        ? [{ prev: null, script, sequence: 0xffffffff }]
        : spent.map(({ key }) => {
            const [txid = '', vout = ''] = key.split(':')
            return { prev: { txid, vout: Number(vout) }, script: '', sequence: 0xfffffffd }
          }),
    outputs: paid.map(({ owner, value }) => ({ value, script: keyHashScript(hashOf(owner)) })),
  }
  const txid = txidOf(content)
  return { txid, content, spent, made: paid.map((one, vout) => ({ ...one, key: `${txid}:${vout}` })) }
}

/** What Bitcoin Core answers to `getblock HASH 3`; without `prevouts`, as to verbosity 2. */
export function coreJson(block: MadeBlock, prevouts = true): string {
  const paid = ({ owner, value }: Pick<MadeOutput, 'owner' | 'value'>) => ({
    // A number of coins with all its digits: the marks are taken away below.
    value: `@${formatDecimal(value, 8)}@`,
    scriptPubKey: { hex: keyHashScript(hashOf(owner)), address: addressOf(owner), type: 'pubkeyhash' },
  })
  const answer = {
    hash: block.hash,
    confirmations: 1,
    height: block.height,
    version: 4,
    merkleroot: block.merkleRoot,
    time: block.time,
    nonce: block.nonce,
    bits: BITS.toString(16),
    previousblockhash: block.prevHash,
    nTx: block.transactions.length,
    tx: block.transactions.map(({ txid, content, spent, made }) => ({
      txid,
      version: content.version,
      locktime: content.locktime,
      vin: content.inputs.map(({ prev, script, sequence }, n) =>
        prev === null
          ? { coinbase: script, sequence }
          : {
              txid: prev.txid,
              vout: prev.vout,
              scriptSig: { hex: '' },
              sequence,
              ...(prevouts ? { prevout: paid(spent[n] as MadeOutput) } : {}),
            },
      ),
      vout: made.map((output, n) => ({ ...paid(output), n })),
      hex: bytesToHex(encodeForId(content)),
    })),
  }
  return JSON.stringify(answer).replace(/"@([0-9.]+)@"/g, '$1')
}

/** The bytes of a block, as a node has them. */
export function blockBytes({ prevHash, merkleRoot, time, nonce, transactions }: MadeBlock): Uint8Array {
  const header = { version: 4, prevHash, merkleRoot, time, bits: BITS, nonce }
  return encodeBlock(
    header,
    transactions.map(({ content }) => encodeForId(content)),
  )
}

/** What an Esplora server answers to `block/HASH/txs/0`. */
export function esploraJson({ height, hash, time, transactions }: MadeBlock): readonly object[] {
  const paid = ({ owner, value }: Pick<MadeOutput, 'owner' | 'value'>) => ({
    scriptpubkey: keyHashScript(hashOf(owner)),
    scriptpubkey_type: 'p2pkh',
    scriptpubkey_address: addressOf(owner),
    value: Number(value),
  })
  return transactions.map(({ txid, content, spent, made }) => ({
    txid,
    version: content.version,
    locktime: content.locktime,
    vin: content.inputs.map(({ prev, script, sequence }, n) => ({
      txid: prev?.txid ?? '0'.repeat(64),
      vout: prev?.vout ?? 0xffff_ffff,
      prevout: prev === null ? null : paid(spent[n] as MadeOutput),
      scriptsig: script,
      is_coinbase: prev === null,
      sequence,
    })),
    vout: made.map(paid),
    status: { confirmed: true, block_height: height, block_hash: hash, block_time: time },
  }))
}

/**
 * What is compared: an address on a chain, in the one form that both sides come to. Where two nodes write one address in two
 * ways they never find each other, so that nothing is compared which the gate for addresses has not read.
 */
import { ok, type Result, refuse, textToBytes } from '../../kernel/index.ts'

/** `chain|address`: the CAIP-2 id of the chain, and the address as the chain writes it. */
export type Item = string & { readonly read: 'item' }

/** The gate for addresses (`chains`): the chain by its CAIP-2 id and the canonical text, or the refusal. */
export interface AddressGate {
  read(chain: string, address: string): Result<{ readonly chain: string; readonly text: string }>
}

const CHAIN = /^[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}$/
const ADDRESS = /^[\x21-\x7b\x7d\x7e]{1,200}$/

export function itemOf(chain: string, address: string, gate: AddressGate): Result<Item> {
  const read = gate.read(chain, address)
  if (!read.ok) return read
  if (!CHAIN.test(read.value.chain) || !ADDRESS.test(read.value.text))
    return refuse('EXCHANGE_DECONFLICTION_ITEM', 'This is no address that could be compared with others.', {
      place: chain,
      fix: 'Name the chain by its CAIP-2 id, and the address as the chain writes it.',
    })
  return ok(`${read.value.chain}|${read.value.text}` as Item)
}

/** The input of the oblivious function. */
export function inputOf(item: Item): Uint8Array {
  return textToBytes(item)
}

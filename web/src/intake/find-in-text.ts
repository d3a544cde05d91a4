/** Addresses and transaction ids in any text: e-mails, reports, tables. What looks like an address and is none is told, never mended. Pure. */

export type Chain = { readonly id: string; readonly name: string }

export type AddressGate = (
  text: string,
) =>
  | { readonly chains: readonly Chain[]; readonly address: string; readonly notice: string | null }
  | { readonly wrong: string; readonly code: string }

export type FoundAddress = {
  readonly address: string
  /** Of which chains it can be; an address of the EVM is one of many. */
  readonly chains: readonly Chain[]
  readonly notice: string | null
  readonly times: number
}
export type Found = {
  readonly addresses: readonly FoundAddress[]
  /** Transaction ids, as their chains write them. */
  readonly transactions: readonly string[]
  /** What looks like an address, and why it is none. */
  readonly wrong: readonly { readonly text: string; readonly why: string }[]
  /** Secret keys are counted, and neither shown nor kept. */
  readonly secrets: number
}

const WORD = /[A-Za-z0-9]+(?::[A-Za-z0-9]+)?/g
/** The forms that people take for an address: base58, segwit, cashaddr, Ethereum. */
const LIKE_ADDRESS =
  /^(0x[0-9a-fA-F]{38,42}|(bc|tb|ltc|bcrt)1[0-9a-z]{20,90}|(BC|LTC)1[0-9A-Z]{20,90}|[13LMDT][1-9A-HJ-NP-Za-km-z]{25,34}|(bitcoincash:)?[qp][0-9a-z]{41})$/

export function findInText(text: string, gate: AddressGate): Found {
  const addresses = new Map<string, FoundAddress>()
  const transactions = new Set<string>()
  const wrong = new Map<string, string>()
  let secrets = 0
  for (const [word] of text.matchAll(WORD)) {
    if (/^(0x)?[0-9a-fA-F]{64}$/.test(word)) {
      transactions.add(word.toLowerCase())
      continue
    }
    if (word.length < 25) continue
    // A URI of a wallet, as bitcoin:bc1…; the part after the colon is the address where the whole is none.
    const parts = word.includes(':') ? [word, word.slice(word.indexOf(':') + 1)] : [word]
    const reads = parts.map((part) => ({ part, read: gate(part) }))
    const good = reads.find(({ read }) => 'chains' in read)?.read
    if (good && 'chains' in good) {
      const known = addresses.get(good.address)
      const { address, chains, notice } = good
      addresses.set(address, { address, chains, notice, times: (known?.times ?? 0) + 1 })
      continue
    }
    const last = reads.at(-1)
    if (!last || !('code' in last.read)) continue
    if (last.read.code === 'ADDRESS_SECRET_KEY') secrets++
    else if (LIKE_ADDRESS.test(last.part)) wrong.set(last.part, last.read.wrong)
  }
  return {
    addresses: [...addresses.values()],
    transactions: [...transactions],
    wrong: [...wrong].map(([one, why]) => ({ text: one, why })),
    secrets,
  }
}

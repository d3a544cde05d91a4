/** Wallets and transactions as the objects of the community, with what they cannot say in our extension. */
import { formatDecimal } from '../../../kernel/index.ts'
import type { Row } from '../fields.ts'
import { filled } from '../marking-line.ts'
import type { EvidencePackage, Transfer, Wallet } from '../model.ts'
import { type RefsOf, type StixJson, type StixObject, stixTime } from './stix-object.ts'
import { COMITY_EXTENSION, TRANSACTION_EXTENSION, transactionId, WALLET_EXTENSION, walletId } from './vocabulary.ts'

/** One object for each address, also for those that only stand in transfers; all wallets of the address in our extension. */
export function wallets(pack: EvidencePackage, refsOf: RefsOf): StixObject[] {
  const byAddress = new Map<string, { wallets: Wallet[]; markings: (string | null)[] }>()
  const at = (address: string) => {
    const entry = byAddress.get(address) ?? { wallets: [], markings: [] }
    byAddress.set(address, entry)
    return entry
  }
  for (const wallet of pack.wallets) {
    at(wallet.address).wallets.push(wallet)
    at(wallet.address).markings.push(wallet.marking)
  }
  for (const { from, to, marking } of pack.transfers)
    for (const address of [from, to]) if (address !== null) at(address).markings.push(marking)
  return [...byAddress].map(([address, entry]) => {
    const holders = new Set(entry.wallets.map(({ holder }) => holder))
    const [holder] = holders
    const rows = entry.wallets.map((one) =>
      filled(one as unknown as Row, ['id', 'chain', 'holder', 'labels', 'marking']),
    )
    return {
      type: 'cryptocurrency-wallet',
      spec_version: '2.1',
      id: walletId(address),
      value: address,
      ...(holders.size === 1 && holder ? { holder_ref: `identity--${holder}` } : {}),
      extensions: {
        [WALLET_EXTENSION]: { extension_type: 'new-sco' },
        [COMITY_EXTENSION]: {
          extension_type: 'property-extension',
          // Lists may not be empty (section 2.11); an address that only stands in transfers is no wallet of the package.
          ...(rows.length > 0 ? { wallets: rows as StixJson } : { only_in_transfers: true }),
        },
      },
      ...refsOf(entry.markings),
    }
  })
}

export function transactions(pack: EvidencePackage, refsOf: RefsOf): StixObject[] {
  const notes = new Map(pack.assets.map((one) => [one.asset, one]))
  const byId = new Map<string, { symbol: string; transfers: Transfer[] }>()
  for (const transfer of pack.transfers) {
    // Without a note on the asset its CAIP-19 id stands in for the symbol, which the object must have.
    const symbol = notes.get(transfer.asset ?? '')?.symbol ?? transfer.asset ?? transfer.chain
    const entry = byId.get(transactionId(transfer.txid, symbol)) ?? { symbol, transfers: [] }
    entry.transfers.push(transfer)
    byId.set(transactionId(transfer.txid, symbol), entry)
  }
  return [...byId].map(([id, { symbol, transfers }]) => {
    const [first] = transfers
    const sameTime = new Set(transfers.map(({ time }) => time)).size === 1 ? first?.time : null
    const side = (name: 'from' | 'to') =>
      transfers.flatMap((one): StixObject[] => {
        const address = one[name]
        const note = notes.get(one.asset ?? '')
        if (address === null) return []
        const amount =
          note && one.amountBaseUnits !== null
            ? { amount: Number(formatDecimal(BigInt(one.amountBaseUnits), note.decimals)) }
            : {}
        return [{ ...amount, address_ref: walletId(address) }]
      })
    const rows = transfers.map((one) =>
      filled(one as unknown as Row, [
        'id',
        'chain',
        'from',
        'to',
        'asset',
        'amountBaseUnits',
        'amountStated',
        'time',
        'marking',
      ]),
    )
    return {
      type: 'cryptocurrency-transaction',
      spec_version: '2.1',
      id,
      symbol,
      value: first?.txid ?? '',
      ...(sameTime ? { execution_time: stixTime(sameTime) } : {}),
      ...(side('from').length > 0 ? { input: side('from') } : {}),
      ...(side('to').length > 0 ? { output: side('to') } : {}),
      extensions: {
        [TRANSACTION_EXTENSION]: { extension_type: 'new-sco' },
        [COMITY_EXTENSION]: { extension_type: 'property-extension', transfers: rows as StixJson },
      },
      ...refsOf(transfers.map(({ marking }) => marking)),
    }
  })
}

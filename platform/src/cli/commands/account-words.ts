/** Amounts and addresses of account chains, for people. */
import { type AccountPack, type Move, shownAccountAddress } from '../../chains/index.ts'
import { formatDecimal, type Json } from '../../kernel/index.ts'
import { tokenInWords } from '../../tracing/index.ts'

export function assetAmount(amount: bigint, asset: string, pack: AccountPack): string {
  const size = amount < 0n ? -amount : amount
  const sign = amount < 0n ? '-' : ''
  if (asset === pack.asset.caip19) return `${sign}${formatDecimal(size, pack.asset.decimals)} ${pack.asset.symbol}`
  if (asset.endsWith('/usd:flow')) return `${sign}${formatDecimal(size, 2)} USD (as an analyst says)`
  const single = tokenInWords(asset, amount)
  if (single) return single
  const token = pack.tokens.find(({ address }) => asset === `${pack.caip2}/erc20:${address}`)
  if (token) return `${sign}${formatDecimal(size, token.decimals)} ${token.symbol}`
  return `${amount} base units of ${asset.slice(pack.caip2.length + 1)}`
}

export function party(address: string | null): string {
  return address === null ? '(nobody)' : shownAccountAddress(address)
}

export function moveJson(move: Move): Json {
  return {
    txid: move.txid,
    height: move.height,
    time: move.time,
    place: move.place,
    kind: move.kind,
    asset: move.asset,
    from: move.from,
    to: move.to,
    amount: move.amount.toString(),
  }
}

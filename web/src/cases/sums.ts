/** What a case has traced, secured and returned, asset by asset, from its trace records and requests: whole base units, never rounded. Pure. */

export type TraceText = { readonly id: string; readonly record: string }
export type RequestSums = {
  readonly id: string
  readonly isReturn: boolean
  readonly isLifted: boolean
  readonly secured: readonly { readonly chain: string; readonly address: string; readonly amount: string }[]
}

export type AssetSum = {
  readonly chain: string
  readonly asset: string | null
  readonly symbol: string | null
  readonly decimals: number | null
  readonly traced: bigint
  readonly secured: bigint
  readonly returned: bigint
  /** Addresses of which several requests report something: their sum may count the same coins twice. */
  readonly doubled: readonly string[]
}

type Followed = {
  readonly chain: string
  readonly asset: { readonly caip19: string; readonly symbol: string; readonly decimals: number }
  readonly seeds: readonly {
    readonly txid: string
    readonly vout: number | null
    readonly label: string
    readonly amount: string
  }[]
}

/** `unread`: traces whose record is none that this reads. */
export function sumsOf(
  traces: readonly TraceText[],
  requests: readonly RequestSums[],
): { readonly sums: readonly AssetSum[]; readonly unread: readonly string[] } {
  const unread: string[] = []
  const read = traces.flatMap(({ id, record }) => {
    const found = recordOf(record)
    if (!found) unread.push(id)
    return found ? [found] : []
  })
  // The same source followed by several rules is traced once: the largest amount that any record follows of it.
  const sources = new Map<string, { chain: string; amount: bigint }>()
  for (const { chain, seeds } of read)
    for (const { txid, vout, label, amount } of seeds) {
      const key = `${chain} ${txid} ${vout ?? label}`
      const known = sources.get(key)?.amount ?? 0n
      if (BigInt(amount) > known) sources.set(key, { chain, amount: BigInt(amount) })
    }
  const reported = requests.filter(({ isLifted }) => !isLifted)
  const chains = new Set([
    ...read.map(({ chain }) => chain),
    ...reported.flatMap(({ secured }) => secured.map(({ chain }) => chain)),
  ])
  const sums = [...chains].map((chain): AssetSum => {
    const asset = read.find((one) => one.chain === chain)?.asset
    const of = (wanted: boolean) =>
      reported
        .filter(({ isReturn }) => isReturn === wanted)
        .flatMap(({ secured }) => secured.filter((one) => one.chain === chain))
    const frozen = of(false)
    const addresses = frozen.map(({ address }) => address)
    return {
      chain,
      asset: asset?.caip19 ?? null,
      symbol: asset?.symbol ?? null,
      decimals: asset?.decimals ?? null,
      traced: total([...sources.values()].filter((one) => one.chain === chain).map(({ amount }) => amount)),
      secured: total(frozen.map(({ amount }) => BigInt(amount))),
      returned: total(of(true).map(({ amount }) => BigInt(amount))),
      doubled: [...new Set(addresses.filter((one, at) => addresses.indexOf(one) !== at))],
    }
  })
  return { sums, unread }
}

function total(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, one) => sum + one, 0n)
}

function recordOf(text: string): Followed | null {
  try {
    const value = JSON.parse(text) as Partial<Followed>
    return typeof value.chain === 'string' && value.asset && Array.isArray(value.seeds) ? (value as Followed) : null
  } catch {
    return null
  }
}

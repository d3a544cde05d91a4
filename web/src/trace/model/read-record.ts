/** From the file of a trace to its model. Graphs are those of the printed report: what is shown here and what is printed agree. */
import {
  type AccountTraceRecord,
  type Amounts,
  accountFlow,
  type FlowGraph,
  flowGraph,
  nameOfAsset,
  slotKeyOf,
  type TraceRecord,
} from '../../../../platform/src/tracing/report/flow/index.ts'
import {
  type AssetAmount,
  type AssetName,
  type Head,
  joined,
  type LinkedBy,
  type Model,
  type ModelEdge,
  type ModelLedger,
  type ModelNode,
} from './model.ts'

export type AnyRecord = TraceRecord | AccountTraceRecord

export function isOfAccounts(record: AnyRecord): record is AccountTraceRecord {
  return record.format.startsWith('comity-account-trace/')
}

export function readRecord(text: string): { readonly record: AnyRecord; readonly model: Model } {
  const record = JSON.parse(text) as AnyRecord
  return { record, model: modelOf(record) }
}

export function modelOf(record: AnyRecord): Model {
  return isOfAccounts(record) ? ofAccounts(record) : ofOutputs(record)
}

type Part = { readonly nodes: ModelNode[]; readonly edges: ModelEdge[] }

function ofOutputs(record: TraceRecord): Model {
  const asset = record.asset.caip19
  const graph = flowGraph(record)
  const whole = (units: bigint): readonly AssetAmount[] => [{ asset, units }]
  const positionById = new Map(record.result.positions.map((one) => [`end ${slotKeyOf(one)}`, one]))
  const isByAddress = graph.nodes.some(({ kind }) => kind === 'address')
  const linkedBy = (from: string, to: string): LinkedBy =>
    from.startsWith('unlinked') || to.startsWith('unlinked')
      ? 'not-in-record'
      : isByAddress && (from.startsWith('address') || to.startsWith('address'))
        ? 'rule'
        : 'ledger'
  const part = partOf(graph, record.chain, '', 0, {
    amountsOf: ({ amount }) => whole(amount),
    amountsBetween: (_from, _to, amount) => whole(amount),
    linkedBy,
    codeOf: (id) => {
      const position = positionById.get(id)
      return position ? { code: position.code, label: labelIn(position.code, position.reason) } : null
    },
  })
  const further = (record.continuation?.records ?? []).map((one) => one.chain)
  const assets: Record<string, AssetName | null> = { [asset]: record.asset }
  goOn(record, part, assets)
  const { ledger } = record.result
  const ledgers: ModelLedger[] = [
    {
      asset,
      root: ledger.root,
      cameIn: ledger.drawnIn,
      lines: ledger.lines,
      sum: ledger.sum,
      balanced: ledger.balanced,
    },
    ...(record.continuation?.records ?? []).flatMap(ledgersOf),
  ]
  return joined(
    { ...headOf(record, ledgers, assets), chains: [record.chain, ...further], direction: record.parameters.direction },
    part.nodes,
    part.edges,
  )
}

function ofAccounts(record: AccountTraceRecord): Model {
  const assets: Record<string, AssetName | null> = {}
  const part = accountPart(record, '', 0, 1n, 1n)
  nameAssets(part, assets)
  const ledgers = ledgersOf(record)
  for (const { asset } of ledgers) assets[asset] = nameOfAsset(asset)
  const chains = [...new Set([record.chain, ...record.result.positions.map(({ chain }) => chain)])]
  return joined({ ...headOf(record, ledgers, assets), chains, direction: 'forward' }, part.nodes, part.edges)
}

/** What crossed to chains of accounts goes on from the end where it left this one. */
function goOn(record: TraceRecord, part: Part, assets: Record<string, AssetName | null>): void {
  const { continuation } = record
  if (!continuation) return
  continuation.records.forEach((further, number) => {
    const here = continuation.crossings.filter(
      ({ destination, halt }) => halt === null && destination.chain === further.chain,
    )
    const endOf = ({ source }: (typeof here)[number]) => `end ${source.txid}:${source.place}`
    const indexById = new Map(part.nodes.map(({ id }, index) => [id, index]))
    const whole = here.reduce((sum, { traced }) => sum + BigInt(traced), 0n)
    const column = here.reduce(
      (most, crossing) => Math.max(most, part.nodes[indexById.get(endOf(crossing)) ?? -1]?.column ?? 0),
      0,
    )
    const prefix = `${number + 1} `
    const more = accountPart(further, prefix, column + 1, whole, 10n ** 12n)
    nameAssets(more, assets)
    const offset = part.nodes.length
    const at = new Map(more.nodes.map(({ id }, index) => [id, offset + index]))
    part.nodes.push(...more.nodes)
    part.edges.push(...more.edges.map((edge) => ({ ...edge, from: edge.from + offset, to: edge.to + offset })))
    for (const crossing of here) {
      const from = indexById.get(endOf(crossing))
      for (const [label, units] of Object.entries(crossing.arrives)) {
        const to = at.get(`${prefix}source ${label}`)
        if (from === undefined || to === undefined) continue
        part.edges.push({
          ...{ from, to, by: crossing.tier, weight: BigInt(crossing.bySeed[label] ?? '0') },
          amounts: [{ asset: crossing.destination.asset, units: BigInt(units) }],
        })
      }
    }
  })
}

function accountPart(record: AccountTraceRecord, prefix: string, column: number, whole: bigint, per: bigint): Part {
  const { graph, amounts, carried } = accountFlow(record)
  const listed = (map: Amounts | undefined): readonly AssetAmount[] =>
    [...(map ?? [])].filter(([, units]) => units !== 0n).map(([asset, units]) => ({ asset, units }))
  const tierById = new Map<string, LinkedBy>(
    [...record.result.conversions, ...record.result.crossings].map(({ id, tier }) => [id, tier]),
  )
  const positionById = new Map(
    record.result.positions.map((one) => [
      `end ${one.asset} ${one.address} ${one.status} ${one.code} ${one.reference ?? ''}`,
      one,
    ]),
  )
  return partOf(graph, record.chain, prefix, column, {
    amountsOf: ({ id }) => listed(amounts.get(id)),
    amountsBetween: (from, to) => listed(carried.get(`${from}\n${to}`)),
    linkedBy: (from, to) =>
      from.startsWith('unlinked') || to.startsWith('unlinked')
        ? 'not-in-record'
        : (tierById.get(from) ?? tierById.get(to) ?? (from.startsWith('address') ? 'rule' : 'ledger')),
    codeOf: (id) => {
      const position = positionById.get(id)
      return position
        ? { code: position.code, label: labelIn(position.code, position.reason) ?? null, chain: position.chain }
        : null
    },
    scale: (weight) => (weight * whole) / per,
  })
}

type Reading = {
  readonly amountsOf: (node: FlowGraph['nodes'][number]) => readonly AssetAmount[]
  readonly amountsBetween: (from: string, to: string, amount: bigint) => readonly AssetAmount[]
  readonly linkedBy: (from: string, to: string) => LinkedBy
  readonly codeOf: (
    id: string,
  ) => { readonly code: string; readonly label: string | null; readonly chain?: string } | null
  readonly scale?: (weight: bigint) => bigint
}

function partOf(graph: FlowGraph, chain: string, prefix: string, column: number, reading: Reading): Part {
  const { scale = (weight) => weight } = reading
  const at = new Map(graph.nodes.map(({ id }, index) => [id, index]))
  return {
    nodes: graph.nodes.map((node) => {
      const end = reading.codeOf(node.id)
      return {
        id: `${prefix}${node.id}`,
        kind: node.kind,
        chain: end?.chain ?? chain,
        name: node.name,
        address: node.address,
        status: node.status,
        code: end?.code ?? null,
        reason: node.reason,
        label: end?.label ?? node.tag,
        hops: node.hops,
        height: node.height,
        time: node.time,
        column: node.column + column,
        weight: scale(node.amount),
        amounts: reading.amountsOf(node),
      }
    }),
    edges: graph.edges.map(({ from, to, amount }) => ({
      from: at.get(from) ?? 0,
      to: at.get(to) ?? 0,
      weight: scale(amount),
      amounts: reading.amountsBetween(from, to, amount),
      by: reading.linkedBy(from, to),
    })),
  }
}

function ledgersOf({ result }: AccountTraceRecord): ModelLedger[] {
  return result.ledgers.map((ledger) => ({
    asset: ledger.asset,
    root: ledger.root,
    cameIn: `${BigInt(ledger.sum) - BigInt(ledger.root)}`,
    lines: ledger.lines as unknown as ModelLedger['lines'],
    sum: ledger.sum,
    balanced: ledger.balanced,
  }))
}

function headOf(
  record: AnyRecord,
  ledgers: readonly ModelLedger[],
  assets: Record<string, AssetName | null>,
): Omit<Head, 'nodes' | 'edges' | 'ends' | 'chains' | 'direction'> {
  return {
    kind: isOfAccounts(record) ? 'accounts' : 'outputs',
    chain: record.chain,
    rule: record.rule,
    parameters: record.parameters as unknown as Readonly<Record<string, unknown>>,
    sources: record.seeds.length,
    asOf: record.asOf,
    digest: record.digest,
    resultDigest: record.resultDigest,
    evidence: record.evidence,
    ...{ ledgers, assets },
    transactions: record.data.transactions,
    defects: record.data.defects,
  }
}

function nameAssets({ nodes, edges }: Part, assets: Record<string, AssetName | null>): void {
  for (const { amounts } of [...nodes, ...edges])
    for (const { asset } of amounts) if (!(asset in assets)) assets[asset] = nameOfAsset(asset)
}

/** The name of the service, as the record states it in its reason: "stopped at a service: LABEL (category; confidence …; source)". */
function labelIn(code: string, reason: string): string | null {
  if (code !== 'service-tag') return null
  return /^stopped at a service: (.+) \([^()]*; confidence [^()]*; .+\)$/.exec(reason)?.[1] ?? null
}

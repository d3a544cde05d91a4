/** `comity cluster`: list, show, why, unmerge. One file, because all four give a cluster in the same words. */
import { userInfo } from 'node:os'
import { type Json, stop } from '../../kernel/index.ts'
import {
  type AllAccountClusters,
  type AllClusters,
  type Bridge,
  type ClusterRule,
  type DepositMember,
  type Merge,
  measuredInWords,
  measuredOf,
  pathInForest,
  type RejectionStatement,
  rejectedTransactions,
  rejectionsInForce,
  statementId,
  warningsOf,
} from '../../tracing/index.ts'
import type { Tag } from '../../tracing/tags/index.ts'
import { type ClusterLedger, LATEST, openClusterLedger, type ShownCluster } from '../cluster-ledger.ts'
import { readRejections, writeRejections } from '../cluster-rejections.ts'
import type { CommandDefinition, Flags, OptionDefinition } from '../command.ts'
import type { Desk } from '../desk.ts'
import { extendClusters } from '../extend-clusters.ts'
import { measuredToJson } from '../measured-json.ts'
import { count, plain } from '../present.ts'
import { chainOption, readCount } from './shared-options.ts'

const withOption: OptionDefinition = {
  flags: '--with <rules>',
  help: 'chains of outputs: also link by these change rules, comma-separated (one-time-change, direct-change, optimal-change and others), where a rule leaves one output',
}
const withoutOption: OptionDefinition = {
  flags: '--without <guards>',
  help: 'chains of accounts: take these guards away, comma-separated (payer-contract, payer-many-deposits, deposit-many-payers and others), to see what they keep apart',
}
const clusterOptions = [chainOption, withOption, withoutOption] as const
const about =
  'A cluster is a presumption that one person holds the keys of its addresses. It is made of the inputs of common transactions; what any CoinJoin rule matches joins nothing, and a PayJoin cannot be told from its shape. On chains of accounts it is made of those who pay the same deposit address of a tagged exchange. Each joint names its transaction and rule.'

export const clusterList: CommandDefinition = {
  path: ['cluster', 'list'],
  summary: 'List the clusters of a ledger, the largest first',
  about,
  arguments: [],
  options: [
    ...clusterOptions,
    { flags: '--min-size <n>', help: 'only clusters of at least this many addresses (default 2)' },
    { flags: '--limit <n>', help: 'list at most this many (default 100)' },
  ],
  examples: ['comity cluster list --chain bitcoin --limit 20', 'comity cluster list --chain eip155:1 --min-size 3'],
  async run(desk, _args, flags) {
    const ledger = await openClusterLedger(desk, desk.pack(String(flags.chain)), flags)
    const { pack, rules, caveats } = ledger
    const minSize = readCount(flags.minSize, '--min-size') ?? 2
    const limit = readCount(flags.limit, '--limit') ?? 100
    const all = await ledger.all((done, of) => desk.progress.report(done, of, pack.name))
    desk.progress.done()
    const fitting = all.clusters.filter(({ size }) => size >= minSize)
    const tagStore = await desk.tagStore()
    const shown = []
    for (const { addresses, ...cluster } of fitting.slice(0, limit)) {
      const tags = [...(await tagStore.tagsOf(pack.caip2, addresses, LATEST)).values()].flat()
      shown.push({ ...cluster, labels: labelsOf(tags), warnings: warningsOf(cluster.size, tags) })
    }
    return {
      exit: 0,
      json: {
        chain: pack.caip2,
        rules: rules.map(ruleToJson),
        clusters: shown.map(({ warnings, ...cluster }) => ({ ...cluster, warnings: warnings.map(warningToJson) })),
        page: { shown: shown.length, of: fitting.length },
        read: {
          transactions: all.transactions,
          spendingAddresses: all.spending,
          coinJoinsLeftOut: all.coinJoins,
          rejectedLeftOut: all.rejected,
          unknownInputs: all.unknownInputs,
          ...('deposits' in all ? { deposits: depositsToJson(all) } : {}),
        },
        measured: measuredToJson(measuredOf(rules.map(({ id }) => id))),
        caveats: [...caveats],
      },
      text: [
        listHead(all, fitting.length, minSize),
        ...shown.map(
          ({ id, size, transactions, firstHeight, lastHeight, labels, warnings }) =>
            `  ${id}: ${count(size, 'address', 'addresses')}, ${count(transactions, 'linking transaction')}, blocks ${firstHeight} to ${lastHeight}${labels.length > 0 ? `; tags: ${labels.map(plain).join(', ')}` : ''}${warnings.map(({ says }) => `\n    ! ${says}`).join('')}`,
        ),
        ...(shown.length < fitting.length ? [`  ${shown.length} of ${fitting.length}; see --limit`] : []),
        ...measuredInWords(measuredOf(rules.map(({ id }) => id))),
        ...caveats,
      ].join('\n'),
    }
  },
}

export const clusterShow: CommandDefinition = {
  path: ['cluster', 'show'],
  summary: 'Show the cluster of an address, each joint with its transaction and rule',
  about,
  arguments: [{ name: '<address>', help: 'any address of the cluster' }],
  options: [
    ...clusterOptions,
    { flags: '--limit <n>', help: 'show at most this many addresses and joints (default 10,000)' },
  ],
  examples: ['comity cluster show bc1qq2euq8pw950klpjcawuy4uj39ym43hs6cfsegq --chain bitcoin'],
  async run(desk, [text = ''], flags) {
    const ledger = await openClusterLedger(desk, desk.pack(String(flags.chain)), flags)
    const { pack, rules, caveats } = ledger
    const address = ledger.readAddress(text)
    const cluster = await ledger.grow(address)
    const tags = await tagsIn(desk, ledger, cluster)
    const warnings = warningsOf(cluster.addresses.length, tags)
    const limit = readCount(flags.limit, '--limit') ?? 10_000
    const bridges = ledger.bridges(cluster.evidence)
    return {
      exit: 0,
      json: {
        chain: pack.caip2,
        address,
        ...headToJson(cluster),
        rules: rules.map(ruleToJson),
        addresses: cluster.addresses.slice(0, limit),
        ...(cluster.deposits === undefined ? {} : { roles: cluster.deposits.slice(0, limit).map(roleToJson) }),
        merges: cluster.merges.slice(0, limit).map(mergeToJson),
        bridges: bridges.slice(0, limit).map(bridgeToJson),
        leftOut: cluster.leftOut.slice(0, limit).map(leftOutToJson),
        measured: measuredToJson(measuredOf(rules.map(({ id }) => id))),
        tags: tags.map(({ id, subject, label, actor, source }) => ({
          id,
          address: subject.text,
          label,
          actor,
          source,
        })),
        warnings: warnings.map(warningToJson),
        caveats: [...caveats],
      },
      text: [
        headToText(cluster),
        ...cluster.addresses.slice(0, limit).map((one) => `  ${one}`),
        ...(cluster.deposits ?? []).slice(0, limit).flatMap(roleToText),
        ...cluster.merges.slice(0, limit).map((merge) => `  joined: ${mergeToText(merge)}`),
        ...bridges.slice(0, limit).map((bridge) => `  holds it together alone: ${bridgeToText(bridge)}`),
        ...leftOutToText(cluster, limit),
        ...tags.map((tag) => `  tag: ${plain(tag.label)} on ${tag.subject.text} (${plain(tag.source)})`),
        ...warnings.map(({ says, facts }) => `! ${says} (${facts.map(plain).join(', ')})`),
        ...measuredInWords(measuredOf(rules.map(({ id }) => id))),
        ...caveats,
      ].join('\n'),
    }
  },
}

export const clusterWhy: CommandDefinition = {
  path: ['cluster', 'why'],
  summary: 'Say which transactions and rules join two addresses, and which of them alone hold them together',
  about: `${about} The path is of the earliest evidence; a bridge is a transaction without which the two would not be in one cluster.`,
  arguments: [
    { name: '<address-a>', help: 'an address' },
    { name: '<address-b>', help: 'another address' },
  ],
  options: [...clusterOptions],
  examples: [
    'comity cluster why 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa 12cbQLTFMXRnSzktFkuoG3eHoMeFtpTu3S --chain bitcoin',
  ],
  async run(desk, [textA = '', textB = ''], flags) {
    const ledger = await openClusterLedger(desk, desk.pack(String(flags.chain)), flags)
    const { pack, rules, caveats } = ledger
    const [a, b] = [ledger.readAddress(textA), ledger.readAddress(textB)]
    const cluster = await ledger.grow(a)
    const path = pathInForest(cluster.merges, a, b)
    const bridges = path === null || path.length === 0 ? [] : ledger.bridges(cluster.evidence, [a, b])
    const apart = cluster.leftOut.filter(({ addresses }) => ledger.parts(addresses, a, b))
    return {
      exit: path === null ? 1 : 0,
      json: {
        chain: pack.caip2,
        a,
        b,
        joined: path !== null,
        ...headToJson(cluster),
        rules: rules.map(ruleToJson),
        path: (path ?? []).map(mergeToJson),
        bridges: bridges.map(bridgeToJson),
        leftOut: apart.map(leftOutToJson),
        measured: measuredToJson(measuredOf(rules.map(({ id }) => id))),
        caveats: [...caveats],
      },
      text: [
        path === null
          ? `Nothing imported joins ${a} and ${b}.`
          : path.length === 0
            ? `${a} is the same address.`
            : `${a} and ${b} are in the cluster ${cluster.id}, joined by ${count(path.length, 'joint')}:`,
        ...(path ?? []).map((merge) => `  ${mergeToText(merge)}`),
        ...bridges.map((bridge) => `  without it they would be apart: ${bridgeToText(bridge)}`),
        ...apart.map(
          (one) =>
            `  joins nothing (${one.why}${one.rules.map(({ id }) => `, ${id}`).join('')}): ${one.txid}${one.says === undefined ? '' : `: ${one.says} (${one.addresses.join(', ')})`}`,
        ),
        ...rules.flatMap(({ questions }) => questions.map((question) => `  ? ${question} not checked`)),
        ...measuredInWords(measuredOf(rules.map(({ id }) => id))),
        ...caveats,
      ].join('\n'),
    }
  },
}

export const clusterUnmerge: CommandDefinition = {
  path: ['cluster', 'unmerge'],
  summary: 'Reject a transaction as evidence for clusters; only what hung on it is computed again',
  about:
    'The rejection is kept in the data folder with who, when and why; watches of what hung on it are of the new clusters from then on. Traces rest on no cluster. It stays until it is taken back; neither is ever deleted. The order of rejections does not matter.',
  arguments: [
    {
      name: '<txid>',
      help: 'the transaction whose links are rejected; on chains of accounts a payment, or what passed payments on',
    },
  ],
  options: [
    ...clusterOptions,
    { flags: '--reason <text>', help: 'why', required: true },
    { flags: '--by <who>', help: 'who says so (default: the name of the user of this machine)' },
    { flags: '--withdraw', help: 'take the rejections of this transaction back' },
  ],
  examples: [
    'comity cluster unmerge 943f2d576ed8d9f388ba75eb82fe35cce29479b84121827ac368a5a94f44cf7a --chain bitcoin --reason "a PayJoin, says the payee"',
  ],
  async run(desk, [text = ''], flags) {
    const ledger = await openClusterLedger(desk, desk.pack(String(flags.chain)), flags)
    const { pack } = ledger
    const txid = ledger.readTxid(text)
    const linked =
      (await ledger.linkedBy(txid)) ??
      stop('TX_UNKNOWN', `No imported data holds the transaction ${txid}.`, {
        fix: 'Import it first: comity chain import.',
      })
    if (linked.length === 0)
      stop('CLUSTER_LINK_NONE', `The transaction ${txid} joins no addresses.`, {
        fix: 'See `comity cluster why` for the transactions that do.',
      })
    const said = { at: Math.floor(Date.now() / 1000), ...actOf(flags) }
    const statements = readRejections(desk.home)
    const held = [...rejectionsInForce(statements, pack.caip2)].filter(([, rejection]) => rejection.txid === txid)
    const added =
      flags.withdraw === true
        ? withdrawals(
            held.map(([id]) => id),
            said,
          )
        : rejectionOf(ledger, txid, held.length, said)
    const before = await clustersOf(ledger, linked)
    const all = [...statements, ...added]
    const after = await clustersOf(
      ledger,
      before.flatMap(({ addresses }) => addresses),
      rejectedTransactions(all, pack.caip2),
    )
    writeRejections(desk.home, all)
    const touched = new Set([...before, ...after].flatMap(({ addresses }) => addresses))
    const grown = await extendClusters(desk, await desk.watchStore(), pack, touched)
    return {
      exit: 0,
      json: {
        chain: pack.caip2,
        txid,
        statements: added.map((one) => ({ id: statementId(one), ...one })),
        before: before.map(headToJson),
        after: after.map(headToJson),
        recomputedAddresses: before.reduce((sum, { addresses }) => sum + addresses.length, 0),
        watches: grown.map(({ watch, joined, left }) => ({
          id: watch.id,
          joined: joined.map(({ address }) => address),
          left: [...left],
        })),
      },
      text: [
        ...added.map((one) => `${one.kind} by ${plain(one.by)}: ${plain(one.reason)} (${statementId(one)})`),
        ...before.map((cluster) => `  before: ${headToText(cluster)}`),
        ...after.map((cluster) => `  after: ${headToText(cluster)}`),
        ...grown.map(
          ({ watch, joined, left }) =>
            `  its watch ${watch.id}: ${count(joined.length, 'address', 'addresses')} more, ${count(left.length, 'address', 'addresses')} no more`,
        ),
      ].join('\n'),
    }
  },
}

async function tagsIn(desk: Desk, { pack }: ClusterLedger, { addresses }: ShownCluster): Promise<readonly Tag[]> {
  const found = await (await desk.tagStore()).tagsOf(pack.caip2, addresses, LATEST)
  return [...found.values()].flat()
}

function labelsOf(tags: readonly Tag[]): string[] {
  return [...new Set(tags.map(({ label }) => label))].sort().slice(0, 10)
}

/** The clusters of these addresses, each once: nothing else of the ledger is read. */
async function clustersOf(
  ledger: ClusterLedger,
  addresses: readonly string[],
  rejected?: ReadonlySet<string>,
): Promise<readonly ShownCluster[]> {
  const seen = new Set<string>()
  const clusters: ShownCluster[] = []
  for (const address of addresses) {
    if (seen.has(address)) continue
    const cluster = await ledger.grow(address, rejected)
    for (const one of cluster.addresses) seen.add(one)
    clusters.push(cluster)
  }
  return clusters.sort((a, b) => b.addresses.length - a.addresses.length || (a.id < b.id ? -1 : 1))
}

function actOf(flags: Flags): { readonly by: string; readonly reason: string } {
  const by = flags.by === undefined ? userInfo().username : String(flags.by)
  const reason = String(flags.reason)
  if (by.trim() === '' || reason.trim() === '')
    stop('FLAG_VALUE', 'It is not said who rejects, and why.', { place: '--reason', fix: 'Give --reason, and --by.' })
  return { by, reason }
}

type Said = { readonly at: number; readonly by: string; readonly reason: string }

function rejectionOf({ pack }: ClusterLedger, txid: string, held: number, said: Said): readonly RejectionStatement[] {
  return held > 0
    ? stop('CLUSTER_LINK_REJECTED', `The transaction ${txid} is rejected already.`, {
        fix: 'Take the rejection back with --withdraw, or leave it.',
      })
    : [{ kind: 'rejected', chain: pack.caip2, txid, ...said }]
}

function withdrawals(ids: readonly string[], said: Said): readonly RejectionStatement[] {
  return ids.length === 0
    ? stop('CLUSTER_LINK_NOT_REJECTED', 'Nobody has rejected this transaction.', { fix: 'Leave --withdraw out.' })
    : ids.map((rejection) => ({ kind: 'withdrawn', rejection, ...said }))
}

function ruleToJson({ id, version, says, source, questions }: ClusterRule): Json {
  return { id, version, says, source, questions: questions.map((question) => ({ question, answer: 'not checked' })) }
}

function headToJson({ id, addresses, evidence, unknownInputs }: ShownCluster) {
  return { id, size: addresses.length, transactions: evidence.length, unknownInputs }
}

function mergeToJson({ a, b, txid, rule, version, height, forwardedBy }: Merge): Json {
  return { a, b, txid, rule, version, height, ...(forwardedBy === undefined ? {} : { forwardedBy }) }
}

function bridgeToJson({ txid, height, rules, sides }: Bridge): Json {
  return { txid, height, rules: [...rules], sides: [...sides] }
}

function leftOutToJson({ txid, height, why, rules, addresses, says }: ShownCluster['leftOut'][number]): Json {
  const head = { txid, height, why, rules: rules.map((rule) => ({ ...rule })) }
  return says === undefined ? head : { ...head, addresses: [...addresses], says }
}

function roleToJson({ to, tags, assets, questions, ...one }: DepositMember): Json {
  return {
    ...one,
    ...{ to: [...to], tags: [...tags], assets: [...assets] },
    questions: questions.map((question) => ({ ...question })),
  }
}

function roleToText({ address, service, payers, payments, questions }: DepositMember): readonly string[] {
  return [
    `  deposit address of a customer of ${plain(service)}: ${address}, ${count(payments, 'payment')} by ${count(payers, 'payer')} passed on`,
    ...questions.map(({ question, answer }) => `    ? ${question} ${answer}`),
  ]
}

function depositsToJson({ deposits: { leftOut, ...figures } }: AllAccountClusters): Json {
  return { ...figures, leftOut: { ...leftOut } }
}

function listHead(all: AllClusters | AllAccountClusters, fitting: number, minSize: number): string {
  const head = `${count(fitting, 'cluster')} of ${minSize} addresses or more, from ${count(all.transactions, 'transaction')}; left out: `
  const rejected = count(all.rejected, 'rejected transaction')
  if (!('deposits' in all))
    return `${head}${count(all.coinJoins, 'CoinJoin')}, ${rejected}; ${count(all.unknownInputs, 'input')} of unknown owners`
  const { exchangeAddresses, candidates, found, leftOut } = all.deposits
  const guards = Object.entries(leftOut).map(([guard, payments]) => `${count(payments, 'payment')} by ${guard}`)
  return `${head}${[rejected, ...guards].join(', ')}; ${count(exchangeAddresses, 'tagged address of an exchange', 'tagged addresses of exchanges')}, paid by ${count(candidates, 'address', 'addresses')}, of which ${found} pass payments on`
}

function warningToJson({ id, says, facts }: ReturnType<typeof warningsOf>[number]): Json {
  return { id, says, facts: [...facts] }
}

function headToText({ id, addresses, evidence, unknownInputs }: ShownCluster): string {
  return `cluster ${id}: ${count(addresses.length, 'address', 'addresses')}, ${count(evidence.length, 'linking transaction')}${unknownInputs > 0 ? `, ${count(unknownInputs, 'input')} of unknown owners` : ''}`
}

function mergeToText({ a, b, txid, rule, version, height, forwardedBy }: Merge): string {
  return `${a} and ${b} by ${txid} (block ${height}, ${rule} version ${version})${forwardedBy === undefined ? '' : `, passed on by ${forwardedBy}`}`
}

function bridgeToText({ txid, height, rules, sides }: Bridge): string {
  return `${txid} (block ${height}, ${rules.join(', ')}), parts of ${sides.join(' and ')} addresses`
}

function leftOutToText({ leftOut }: ShownCluster, limit: number): readonly string[] {
  return leftOut
    .slice(0, limit)
    .map(
      ({ txid, height, why, rules, says }) =>
        `  joins nothing: ${txid} (block ${height}, ${why}${rules.map(({ id }) => `, ${id}`).join('')})${says === undefined ? '' : `: ${says}`}`,
    )
}

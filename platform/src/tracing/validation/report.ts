/** The report of the audit, for people: docs/validation.md is this text for the figures that come with a release. */
import { coinJoinKinds } from './emulated/truth.ts'
import type { Figures } from './figures.ts'
import type { ChangeFigure } from './measure-change.ts'
import type { ClusterFigure } from './measure-clusters.ts'
import type { DetectorFigure } from './measure-coinjoins.ts'
import type { StopFigure } from './measure-stops.ts'
import type { PublishedFigures } from './published.ts'
import { rate, sumOfRates } from './rate.ts'
import {
  accountClusters,
  accountFlows,
  bias,
  bridgeRecords,
  depositAddresses,
  pools,
  whichSets,
} from './report-sets.ts'
import { code, hundredths, part, percent, pooled, short, shown, table } from './report-table.ts'

export function validationReport(figures: Figures): string {
  const sections = [
    basis(figures),
    detectors(figures),
    stopPolicy(figures),
    change(figures),
    clusters(figures),
    stops(figures),
    depositAddresses(figures),
    accountClusters(figures),
    figures.published ? bridges(figures.published) : '',
    figures.published ? bridgeRecords(figures.published) : '',
    figures.published ? accountFlows(figures.published) : '',
    figures.published ? pools(figures.published, figures.wholeSets) : '',
    figures.published ? published(figures.published) : '',
    bias(figures),
    whichSets,
    notChecked(figures),
  ]
  return `# How often the engine is right

Error rates, coverage and bias of the heuristics, measured by \`comity validate\`. Anyone can measure them again: the same seed
and samples give the same figures, to the last digit.

- engine ${figures.engine}, seed ${figures.seed}
- figures \`sha256:${figures.digest}\`

A share stands with the 95 % interval of Wilson and with what it was counted over. "0.98 [0.95–0.99] of 210" means: of 210 cases
98 % were right, and figures from 95 % to 99 % agree with that. **Most of this is measured on emulated worlds, and says how a
rule does on what it was made for; it is no error rate for the real chain, of which nobody knows the truth.** No heuristic
moves an amount in a trace; what it can do is stop one, name an output, or join addresses.

${sections.filter((section) => section !== '').join('\n\n')}

<!-- Written by \`comity validate --write docs/validation.md\`. Do not edit: a test runs it again and compares. -->
`
}

function basis({ sets }: Figures): string {
  return `## What it rests on

**Emulated worlds.** People, services, thieves and CoinJoin coordinators pay each other on chains of their own (ids, Merkle roots and
header hashes as on Bitcoin, no signatures), from a seed. Who owns each address, which output is change and what each transaction
was is known because it was made. One world for each of three periods of Bitcoin, which differ in heights, forms of script and
protocols. Their shares and habits are assumptions: read figures across columns, not as forecasts.

${table(
  ['world', 'transactions', 'owners', 'addresses', 'of which CoinJoins', 'PayJoins', 'steps of peeling chains'],
  sets.map(({ id, transactions, owners, addresses, kinds }) => {
    const of = (...names: readonly string[]) =>
      kinds.filter(({ kind }) => names.includes(kind)).reduce((sum, { count }) => sum + count, 0)
    return [id, transactions, owners, addresses, of(...coinJoinKinds), of('payjoin'), of('peel')].map(String)
  }),
)}

**Published data** with something known of it: section "Published data" says what, and on whose word.`
}

function detectors({ detectors: all }: Figures): string {
  const names = [...new Set(all.map(({ heuristic }) => heuristic))]
  const rows = names.map((name) => {
    const its = all.filter(({ heuristic }) => heuristic === name)
    const wrong = new Map<string, number>()
    for (const { takenFor } of its)
      for (const { kind, count } of takenFor) wrong.set(kind, (wrong.get(kind) ?? 0) + count)
    const most = [...wrong].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    return [
      code(name),
      pooled(its, 'recall'),
      pooled(its, 'precision'),
      pooled(its, 'falsePositives'),
      most.map(([kind, count]) => `${kind} ${count}`).join(', ') || '–',
    ]
  })
  const periods = [...new Set(all.map(({ set }) => set))]
  const byPeriod = names.map((name) => [
    code(name),
    ...periods.map((period) => {
      const one = all.find(({ heuristic, set }) => heuristic === name && set === period) as DetectorFigure
      return `${short(one.recall)} / ${short(one.precision)}`
    }),
  ])
  return `## CoinJoins, premixes, peeling chains

"Finds" is asked only of what the rule says it looks for; a CoinJoin of another protocol counts as rightly taken. "Undecided"
counts as not found. \`default-stop-policy\` is what stops a trace at CoinJoins where it is asked to; \`any-coinjoin-rule\` is any of
the rules, as a guard of clusters. PayJoins are not CoinJoins here: nothing in their shape tells them, and no rule claims to.

${table(['rule', 'finds', 'right where it matches', 'takes of what it should leave', 'wrongly taken'], rows)}

By period, finds / right:

${table(['rule', ...periods], byPeriod)}`
}

function stopPolicy({ stopPolicy: all }: Figures): string {
  const names = [...new Set(all.map(({ without }) => without))]
  const rows = names.map((name) => {
    const its = all.filter(({ without }) => without === name)
    const sum = (field: 'found' | 'of' | 'wrong') => its.reduce((total, each) => total + each[field], 0)
    return [
      name === 'nothing' ? '(all parts)' : code(name),
      String(sum('found')),
      String(sum('of')),
      String(sum('wrong')),
    ]
  })
  return `### The stop policy, with each part left out

A row that does not differ from the first says that the part found nothing that another did not.

${table(['without', 'CoinJoins found', 'of', 'others taken'], rows)}`
}

function change({ change: all, agreement }: Figures): string {
  const names = [...new Set(all.map(({ heuristic }) => heuristic))]
  const of = (name: string) => all.filter(({ heuristic }) => heuristic === name)
  const rows = names.map((name) => [
    code(name),
    pooled(of(name), 'right'),
    pooled(of(name), 'rightWithoutGuard'),
    pooled(of(name), 'recall'),
    pooled(of(name), 'kept'),
  ])
  const payers = [...new Set(all.flatMap(({ byPayer }) => byPayer.map(({ payer }) => payer)))].sort()
  const byPayer = names.map((name) => [
    code(name),
    ...payers.map((payer) => {
      const rates = of(name).flatMap((one: ChangeFigure) =>
        one.byPayer.filter((each) => each.payer === payer).map(({ right }) => right),
      )
      return shown(sumOfRates(rates))
    }),
  ])
  const keys = [...new Set(agreement.map(({ rules }) => rules))]
  const agreed = keys.map((key) => [
    key === 'disputed' ? 'they name different outputs; the most named' : key === 6 ? '6 or more' : String(key),
    shown(sumOfRates(agreement.filter(({ rules }) => rules === key).map(({ right }) => right))),
  ])
  return `## Change

A rule is judged where it names one output alone: right means that the output belongs to the payer. BlockSci's rules keep every
output that they cannot rule out; "kept" says how often the true change is among what they keep. Transactions that the default
stop policy takes for CoinJoins are left out, but for the column "no guard".

${table(['rule', 'right', 'right, no guard', 'names the change', 'kept'], rows)}

By who pays. A rule that is good for users can be worthless for exchanges, and the other way round:

${table(['rule', ...payers], byPayer)}

Where several rules name one output (\`gs-direct-change\` left out, which says what \`blocksci-address-reuse\` says). Rules share
their signs: agreement is no independent confirmation.

${table(['rules that agree', 'right'], agreed)}`
}

function clusters({ clusters: all }: Figures): string {
  const keys = [...new Set(all.map(({ guard, change: rule }) => `${guard} ${rule ?? ''}`))]
  const rows = keys.map((key) => {
    const its = all.filter(({ guard, change: rule }) => `${guard} ${rule ?? ''}` === key)
    const [one] = its as [ClusterFigure]
    const worst = [...its].sort((a, b) => b.worst.owners - a.worst.owners)[0] as ClusterFigure
    return [
      one.guard === 'none' ? 'none' : code(one.guard),
      one.change ? code(one.change) : '–',
      pooled(its, 'joins'),
      part(its.map(({ pairs }) => pairs)),
      part(its.map(({ pairsFound }) => pairsFound)),
      `${worst.worst.owners} owners, ${worst.worst.addresses} addresses`,
    ]
  })
  const plain = all.filter(({ guard, change: rule }) => guard === 'default-stop-policy' && rule === null)
  const kinds = [...new Set(plain.flatMap(({ coverage }) => coverage.map(({ kind }) => kind)))].sort()
  const coverage = kinds.map((kind) => [
    kind,
    ...plain.map(({ coverage: each }) => {
      const found = each.find((one) => one.kind === kind)
      return found ? `${percent(found.inLargest)} of ${found.inLargest.of} (${found.owners} owners)` : '–'
    }),
  ])
  return `## Clusters

Addresses that are spent together are joined. "Joins" counts transactions: right where all that they join is one owner's. Pairs of
spent addresses hang together, so that they stand without an interval. What remains wrong under every guard are PayJoins and CoinJoins
that the guard does not see. \`comity cluster\` joins by \`any-coinjoin-rule\`. The last column is the price of mistakes: compare "none".

${table(['guard', 'change rule', 'joins: one owner', 'pairs joined: one owner', 'pairs of one owner: joined', 'most owners in one cluster'], rows)}

**Coverage by kind of owner** (guard \`default-stop-policy\`): the part of an owner's spent addresses that lies in his largest cluster.

${table(['owner', ...plain.map(({ set }) => set)], coverage)}`
}

function stops({ stops: all }: Figures): string {
  const reasons = [
    ...new Set(all.flatMap(({ lines }) => lines.map(({ status, code: name }) => `${status} (${name})`))),
  ].sort()
  const cases = [...new Set(all.map(caseOf))]
  const rows = cases.map((name) => {
    const its = all.filter((each) => caseOf(each) === name)
    const found = its.reduce((sum, { deposits }) => sum + deposits.found, 0)
    const of = its.reduce((sum, { deposits }) => sum + deposits.of, 0)
    const root = its.reduce((sum, each) => sum + BigInt(each.root), 0n)
    return [
      name,
      shown(rate(found, of)),
      ...reasons.map((reason) => {
        const lines = its.flatMap((each) => each.lines).filter((line) => `${line.status} (${line.code})` === reason)
        const amount = lines.reduce((sum, line) => sum + BigInt(line.amount), 0n)
        const positions = lines.reduce((sum, line) => sum + line.positions, 0)
        return lines.length === 0 ? '–' : `${positions}; ${hundredths(amount, root)} %`
      }),
    ]
  })
  return `## Where traces end

The thefts of the three worlds, traced forwards. "Deposits" are outputs by which a thief himself pays stolen coins into an exchange out
of a peeling chain: how many of them the trace shows as ends at a service. The other columns count positions, and the part of the stolen
amount that lies there. Tags decide more than rules do.

${table(['trace', 'deposits shown', ...reasons], rows)}`
}

function caseOf({ rule, tags, atCoinJoins }: StopFigure): string {
  return `${rule}; tags: ${tags}; ${atCoinJoins ? 'stops at CoinJoins' : 'goes through CoinJoins'}`
}

function bridges({ bridges: of, conversions }: PublishedFigures): string {
  const head = ['given', 'tier', 'right where it links', 'finds', 'kept as candidates']
  const rows = (links: PublishedFigures['conversions']) =>
    links.map(({ given, tier, precision, recall, kept }) => [
      given,
      tier,
      shown(precision),
      shown(recall),
      tier === 'all' ? shown(kept) : '–',
    ])
  return `## Crossing: bridges, swaps, wraps

**Two chains of the EVM**, played on real nodes with a bridge between them (\`vectors/validation/evm-world\`): ${of.events} events of ${of.transfers} transfers, of
which ${of.relayed} arrived, less a fee, late and in another order; some of equal amount. The same events are matched with all that they say, then
with ever less. Each tier is asked for all transfers. "Kept" says of the links that were not made how many stand among the candidates.

${table(head, rows(of.links))}

**Made events**, ${of.madeTransfers} transfers with decoys, ids used twice and missing ends, most of them without an id of the protocol:

${table(head, rows(of.madeLinks))}

**Conversions** on the same two chains: right where holder, assets and both amounts are those that were played.

${table(
  head.slice(0, 4),
  rows(conversions).map((row) => row.slice(0, 4)),
)}`
}

function published({ year2009, graphsense, detectorCases, bitfinex, blocks }: PublishedFigures): string {
  const heuristics = year2009.detectors.map(({ heuristic, wrong, undecided }) => [
    code(heuristic),
    shown(wrong),
    String(undecided),
  ])
  const cases = detectorCases.map(({ rule, same, reasons }) => [code(rule), shown(same), reasons.join('; ') || '–'])
  const blockRows = blocks.flatMap(({ decided }) =>
    decided.map(({ heuristic, decided: share, matched }) => [code(heuristic), shown(share), String(matched)]),
  )
  const [block] = blocks
  const taken = (names: readonly string[]) => (names.length === 0 ? 'by no rule' : `by ${names.map(code).join(', ')}`)
  return `## Published data

**2009** (\`samples/bitcoin-2009\`, ${year2009.transactions} transactions, ${year2009.judged} of them no coinbase). CoinJoins were proposed in August 2013:
whatever a CoinJoin rule takes here is wrong. A peeling chain is seen in ${year2009.peelingChains} transactions, of which nobody knows what they were.

${table(['rule', 'wrongly taken', 'undecided'], heuristics)}

**Reference clusters** (\`vectors/validation/graphsense-utxo\`, constructed by GraphSense). Pairs of addresses that are together here exactly
where they are there: ${shown(graphsense.guarded)} with the marked CoinJoin left out, ${shown(graphsense.unguarded)} with it. The transaction that the set marks as a
CoinJoin has no equal outputs; the default stop policy finds ${graphsense.markedFound.right} of ${graphsense.markedFound.of}.

**Cases of the authors** (\`vectors/detectors\`): where the rule here says what the authors' own test says of the same shape. Where it does
not, it follows a later state of theirs:

${table(['rule', 'the same', 'why not'], cases)}

**Bitfinex 2016** (\`samples/bitfinex2016\`). The thief was paid to ${bitfinex.inSeizure.of} addresses. The seizure of 2022 spends from ${bitfinex.joined}: joining
them shows ${shown(bitfinex.inSeizure)} of his addresses by that one transaction; the others need more of the ledger than the sample holds. It is
taken for a CoinJoin ${taken(bitfinex.takenForCoinJoin)}; a theft transaction with 32 inputs ${taken(bitfinex.theftTakenForCoinJoin)}.

**${block?.name ?? ''}**: ${block?.transactions ?? 0} transactions of which nobody knows the truth. How often a rule can decide from what
the block and its spent outputs say, and what it matches. Wasabi was first released in 2018 and Whirlpool in 2019: a match of a rule of theirs
names the wrong protocol, though the transaction may be another CoinJoin.

${table(['rule', 'decides', 'matches'], blockRows)}`
}

function notChecked({ published: sets }: Figures): string {
  const items = [
    'Error rates of CoinJoin, change and clustering rules on the real chain. No set of labelled transactions of it is small and free enough to come with the program; lists of human-filtered CoinJoins and known change (crocs-muni; Möser & Narayanan 2022) were not at hand.',
    'Error rates by country of a person: no data with known truth says where an owner is. By country of the service, and what the shipped tags know by country, stand under "Bias".',
    'Clusters on chains of accounts on recorded data: no set at hand says which customer a deposit address was given to.',
    'Error rates of CoinJoin, change and co-spending rules on chains other than Bitcoin: the rules were published for Bitcoin and answer `unknown` elsewhere, co-spending but excepted, of which no truth is at hand there.',
    '`blocksci-fixed-fee`: sizes in bytes are not in the ledger, so that it cannot decide where an output is spent.',
    'CoinJoins that none of these shapes describes, and whatever wallets do that the worlds do not.',
    'The indicators of `comity risk`: nobody has published addresses of which it is known whether they should fire. The same key on other chains is arithmetic, with nothing to be wrong in but the data.',
    'Mixers: who took what out is not known of any events at hand, so that hints beside a stop have no error rate.',
    'Bridge links by amount and time alone on recorded transfers: the set has no times of arrival.',
    ...(sets === null ? ['Published data: the samples of the repository were not beside the program.'] : []),
  ]
  return `## Not checked\n\n${items.map((item) => `- ${item}`).join('\n')}`
}

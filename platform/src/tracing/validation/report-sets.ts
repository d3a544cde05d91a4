/**
 * The part of the report that rests on sets of others: recorded bridges, hand-traced crimes, pools of mixers, tags; and bias.
 *
 * Past four hundred lines on purpose: its sections stand in the order in which the report prints them.
 */
import { DEPOSIT_RULE, depositLimits, depositReuse } from '../clusters/index.ts'
import type { Figures } from './figures.ts'
import { NO_ACTOR, NO_COUNTRY } from './measure-countries.ts'
import type { DepositFigure } from './measure-deposits.ts'
import type { PoolFigure } from './measure-pools.ts'
import { FEWEST } from './measure-tags.ts'
import type { PublishedFigures } from './published.ts'
import { type Rate, sumOfRates } from './rate.ts'
import { code, hundredths, part, percent, shown, table } from './report-table.ts'

/** Fewer than so many cases: a figure stands, and is called too few to say anything. */
const TOO_FEW = 30

export function depositAddresses({ deposits, published }: Figures): string {
  const worlds = deposits.filter(({ set }) => set !== 'accounts')
  const accounts = deposits.filter(({ set }) => set === 'accounts')
  const rowsOf = (name: string, figures: readonly DepositFigure[]) =>
    [...Map.groupBy(figures, ({ tags, toOnePercent }) => `${tags}|${toOnePercent}`)].map(([key, its]) => {
      const [tags = '', percents = ''] = key.split('|')
      const wrong = new Map<string, number>()
      for (const { kind, count } of its.flatMap(({ takenFor }) => takenFor))
        wrong.set(kind, (wrong.get(kind) ?? 0) + count)
      const ours = Number(percents) === DEPOSIT_RULE.toOnePercent
      const rates = (['precision', 'recall'] as const).map((field) => judged(sumOfRates(its.map((one) => one[field]))))
      return [
        name,
        tags,
        ours ? `**${percents} %** (the rule)` : `${percents} %`,
        ...rates,
        [...wrong].map(([kind, count]) => `${kind} ${count}`).join(', ') || '–',
      ]
    })
  const asShipped = deposits.filter(
    ({ tags, toOnePercent }) => tags === 'every hot wallet' && toOnePercent === DEPOSIT_RULE.toOnePercent,
  )
  return `## Deposit addresses by consolidation

\`${DEPOSIT_RULE.rule}\` names an address that passes nearly all it gets on to one tagged service. On the three worlds of Bitcoin, and on a chain
of accounts with services of 400, 80 and 16 customers, where some services gather at an address that nobody has tagged, and some
people bring all their income to one service: their own wallets have the same shape, and no threshold tells them apart. "Finds" is
asked of deposit addresses that were emptied. In the crime \`54m\` (below) the analyst named three deposit addresses, and others \`transit\`; of
addresses without a name nobody says what they are, and they are not asked. The rows with other thresholds, and with fewer tags, are the rule with a part changed.

${table(
  ['chain', 'tags', 'passed on to one', 'right', 'finds', 'wrongly named'],
  [
    ...rowsOf('Bitcoin, three worlds', worlds),
    ...rowsOf('accounts', accounts),
    ...rowsOf('54m, as named by hand', published?.namedDeposits ?? []),
  ],
)}

By service and period, as the rule stands, with every hot wallet tagged:

${table(
  ['set', 'service', 'right', 'finds'],
  asShipped.flatMap(({ set, byService }) =>
    byService.map(({ service, precision, recall }) => [set, service, judged(precision), judged(recall)]),
  ),
)}`
}

/** `comity cluster` on chains of accounts. */
export function accountClusters({ depositReuse: all }: Figures): string {
  const without = { none: 'all guards (the rule)', all: 'no guard' } as Readonly<Record<string, string>>
  const shipped = all.find(({ tags, without: away }) => tags === 'every hot wallet' && away === 'none')
  return `## Clusters on chains of accounts

\`${depositReuse.id}\` joins whoever pays the same deposit address of a tagged exchange. On a chain of customers of three exchanges, of
160, 80 and 24: most pay into their own deposit addresses, in the coin or a token, from up to four addresses, some from a wallet that is a contract;
some are paid there by buyers and friends, employers, dealers, a swap service, a mixer, a producer of blocks; the smallest exchange tells some customers apart
by a memo; one gathers in part at an address that nobody has tagged; now and then an exchange passes on too late for the rule. Whose each address is, is
known. The shares are assumptions, and decide the figures: **who else pays at a deposit address is what this rule cannot see**, below its limits of
${depositLimits.payersOfDeposit} payers and ${depositLimits.depositsOfPayer} deposit addresses. "Right" counts payers that were joined with a deposit address; one payer can be wrong many times, so that
the interval is narrower than chance is. Pairs hang together, and stand without one. The rows below the first take guards or tags away.

${table(
  [
    'guards',
    'tags',
    'joins: the customer',
    "customers' addresses: joined",
    'pairs joined: one owner',
    'pairs of one owner: joined',
    'most owners in one cluster',
    'wrongly joined',
  ],
  all.map((one) => [
    without[one.without] ?? `without ${code(one.without)}`,
    one.tags,
    judged(one.joins),
    judged(one.found),
    part([one.pairs]),
    part([one.pairsFound]),
    `${one.worst.owners} owners, ${one.worst.addresses} addresses`,
    one.takenFor.map(({ kind, count }) => `${kind} ${count}`).join(', ') || '–',
  ]),
)}

By service, as the rule stands:

${table(
  ['service', 'joins: the customer', "customers' addresses: joined"],
  (shipped?.byService ?? []).map(({ service, joins, found }) => [service, judged(joins), judged(found)]),
)}`
}

/** A share, and whether it is one to build on. */
function judged(one: Rate): string {
  return one.of > 0 && one.of < TOO_FEW ? `${shown(one)}: too few` : shown(one)
}

export function bridgeRecords({ bridgeRecords: sets, bridges }: PublishedFigures): string {
  const rows = sets.flatMap(({ bridge, links }) =>
    links.map(({ given, tier, precision, recall, kept }) => [
      bridge,
      given,
      tier,
      shown(precision),
      shown(recall),
      tier === 'all' ? shown(kept) : '–',
    ]),
  )
  const all = (given: string) =>
    sets.flatMap(({ links }) => links.filter((one) => one.given === given && one.tier === 'all'))
  const ours = (name: string, figures: readonly { precision: Rate; recall: Rate }[]) => {
    const precision = sumOfRates(figures.map((one) => one.precision))
    const recall = sumOfRates(figures.map((one) => one.recall))
    return [name, shown(precision), shown(recall), harmonic(precision, recall)]
  }
  const made = (given: string) => bridges.madeLinks.filter((one) => one.given === given && one.tier === 'all')
  return `### Recorded transfers of real bridges

Transfers from Ethereum to Polygon, of Celer's and Poly Network's bridges (\`samples/bridge-connector\`, labels and calldata published by
Connector-Tool/Connector). The set names the two transactions of each transfer, and gives the deposits, but the paying calls without
their transactions. Which call belongs to which deposit is proven without anything that the fields tier looks at: for Celer by
computing the hash of the transfer that the call carries, for which a number chosen by the customer was searched; for Poly Network by the
counter of transfers, which grows as the deposits do. ${sets
    .map(
      ({ bridge, labelled, proven, sameRecipient, from, to }) =>
        `${bridge}: ${proven} of ${labelled} transfers proven so, ${day(from)} to ${day(to)}, and ${sameRecipient.right} of these name the same recipient on both sides`,
    )
    .join('; ')}. What could not be proven (customers whose
program took its number otherwise) is left out of both sides: the figures are of the transfers for which this was possible.

The ids are what the truth was found by: that the protocol tier finds all says only that nothing speaks against them. Times of arrival are not
in the set, so that amount and time alone cannot be measured on it. Rows with less given are the fields tier with parts left out.

${table(['bridge', 'given', 'tier', 'right where it links', 'finds', 'kept as candidates'], rows)}

By year of the deposit, no ids given:

${table(
  ['bridge', 'year', 'right where it links', 'finds'],
  sets.flatMap(({ bridge, byYear }) =>
    byYear.map(({ year, precision, recall }) => [bridge, year, judged(precision), judged(recall)]),
  ),
)}

Beside published figures. The sets differ, so that this is no contest: it says whether ours is of the same order.

${table(
  ['', 'right', 'finds', 'F1'],
  [
    ours('recorded transfers, two bridges, no ids', all('no ids')),
    ours(
      'recorded transfers, the source does not name its recipient',
      all('no ids; the source does not name its recipient'),
    ),
    ours('made events, all given', made('all that the events say')),
    ours('made events, no ids', made('no ids')),
    ['ABCTracer (arXiv 2504.01822), 12 bridges: forwards, backwards, both', '', '', '0.9492, 0.8958, 0.9175'],
    ['ConneX (arXiv 2511.01393), 5 bridges, 500,000 transactions', '', '', '0.9746'],
  ],
)}`
}

/** F1: the harmonic mean of both. */
function harmonic(precision: Rate, recall: Rate): string {
  const [p, r] = [precision.right / (precision.of || 1), recall.right / (recall.of || 1)]
  return p + r === 0 ? '–' : ((2 * p * r) / (p + r)).toFixed(4)
}

export function accountFlows({ flows }: PublishedFigures): string {
  const sets = [...new Set(flows.map(({ set }) => set))]
  const intro = sets.map((name) => {
    const one = flows.find(({ set }) => set === name)
    return `${name}: ${one?.payments ?? 0} payments, ${one?.sources ?? 0} ${one?.sources === 1 ? 'source' : 'sources'}, ${one?.reached.of ?? 0} terminals`
  })
  return `## Two crimes on Ethereum, traced by hand to their terminals

\`samples/eth-crime-flows\` (${intro.join('; ')}). The tables hold what the analyst followed and no other payments, so that
hardly anything can be wrongly reached; what is measured is whether each rule comes to every end, and what it lays there. Amounts are US
cents that the analyst derived. \`lifi\` has one terminal that is reached only in the block in which its payer is paid: under
\`worst-case\` order it may not be. What set out and is not at a terminal lies at addresses that
passed on a part only. Poison counts a unit once for each path, and is no sum.

${table(
  [
    'case',
    'rule',
    'order in a block',
    'terminals reached',
    'of the ends, terminals',
    'set out, US cents',
    'at terminals, US cents',
    'part',
  ],
  flows.map(({ set, rule, sameTime, reached, right, root, atTerminals, conserves }) => [
    set,
    code(rule),
    sameTime,
    judged(reached),
    judged(right),
    root,
    atTerminals,
    conserves ? `${hundredths(BigInt(atTerminals), BigInt(root))} %` : 'no sum',
  ]),
)}`
}

export function pools({ pools: samples }: PublishedFigures, whole: readonly PoolFigure[]): string {
  const all = [...samples, ...whole]
  return `## Mixer pools

Public events of a pool of Tornado Cash: who paid in is not in the set, nor who took out what, so that **no candidate can be judged right or
wrong**. Measured is how much a stop at the pool leaves open: how many withdrawals lie in the window of 30 days after a deposit, among how many
deposits a withdrawal hides, how often the hint of first in, first out points into the window. The whole set is too large to come with the
program: its figures were measured for this release by \`comity validate --data FOLDER\`, and are measured again by whoever has it.

${table(
  [
    'pool',
    'extent',
    'deposits',
    'withdrawals',
    'offered at a stop: least, middle, most',
    'open deposits at a withdrawal: least, middle',
    'turn lies in the window',
    'to recipients of several',
    'without a relayer',
    'set (SHA-256)',
  ],
  all.map(({ pool, extent, figures, offered, turnInWindow, digest }) => [
    pool,
    extent,
    String(figures.deposits),
    String(figures.withdrawals),
    `${offered.least}, ${offered.median}, ${offered.most}`,
    `${figures.unspentLeast}, ${figures.unspentMedian}`,
    shown(turnInWindow),
    percent({ right: figures.withdrawalsToThose, of: figures.withdrawals }),
    percent({ right: figures.withoutFee, of: figures.withdrawals }),
    code(digest.slice(0, 16)),
  ]),
)}

By year:

${table(
  ['extent', 'year', 'withdrawals', 'without a relayer', 'open deposits, middle'],
  all.flatMap(({ extent, byYear }) =>
    byYear.map((one) => [extent, one.year, String(one.withdrawals), judged(one.withoutFee), String(one.unspentMedian)]),
  ),
)}

Published for comparison (arXiv 2510.09433): by reuse of addresses and linkage of transactions 5.1 to 12.6 % of withdrawals are linked, by first in, first out
15 to 22 percentage points more. These heuristics need the depositors, which the set does not name.`
}

/** Error rates by country, and how much has none. */
function byCountry({ countries }: PublishedFigures): string {
  const known = countries.filter(({ country }) => country !== NO_COUNTRY && country !== NO_ACTOR)
  const count = (rows: PublishedFigures['countries']) => rows.reduce((sum, { finds }) => sum + finds.of, 0)
  const services = (rows: PublishedFigures['countries']) => new Set(rows.flatMap((row) => row.services)).size
  const without = (why: string) => count(countries.filter(({ country }) => country === why))
  return `**By country of the service**, where a set with known truth names the service and the shipped actors state its country: ${count(known)} cases of
${services(known)} services. Of ${without(NO_COUNTRY)} cases the actor has no country, of ${without(NO_ACTOR)} the set names no service that is a shipped actor. In which country a
customer is, no set says; the emulated services are nowhere. A service of several countries counts in each.

${table(
  ['heuristic', 'country of the service (ISO 3166-1)', 'services', 'right', 'finds'],
  countries.map(({ heuristic, country, services: names, right, finds }) => [
    heuristic,
    country,
    country === NO_ACTOR ? String(names.length) : names.join(', '),
    right === null ? '–' : judged(right),
    judged(finds),
  ]),
)}
`
}

export function bias(figures: Figures): string {
  const tags = figures.published?.tags
  return `## Bias

**Error rates** stand by period and kind of payer for change, by period for CoinJoins, by period, kind of owner and guard for clusters, by
service and period for deposit addresses, by service and guard for clusters of accounts, by bridge and year for bridge links, by case for terminals. By chain: CoinJoin, change and
co-spending are measured on Bitcoin alone; deposit addresses there and on an emulated chain of accounts, who shares them on one of these; bridges between Ethereum and
Polygon, and on emulated chains. A row with fewer than ${TOO_FEW} cases says "too few".
${figures.published ? `\n${byCountry(figures.published)}` : ''}${
  tags === undefined
    ? ''
    : `
**Coverage of tags** decides where traces end, and it is uneven. ${tags.tags} tags are shipped, ${tags.serviceTags} of them of services; ${shown(tags.withCountry)} of these name
an actor whose country is stated. Of the actors of a country, how many have at least one tagged address (countries with fewer than ${FEWEST} actors together, for
of each of them alone nothing can be said):

${table(
  ['country of the actor (ISO 3166-1)', 'actors with a tagged address'],
  tags.byCountry.map(({ country, countries, named }) => [
    country === 'others' ? `${countries} others` : country,
    shown(named),
  ]),
)}

${table(
  ['chain', 'tags', 'of services', 'of these with a country'],
  tags.byChain.map(({ chain, tags: count, services, withCountry }) => [
    code(chain),
    String(count),
    String(services),
    judged(withCountry),
  ]),
)}

${table(
  ['year that the source states', 'tags', 'of services'],
  tags.byYear.map(({ year, tags: count, services }) => [year, String(count), String(services)]),
)}

**Whether sources agree.** Of the addresses of which several files say something, they say the same: kind of holder ${shown(tags.agreement.category)}, kind of
abuse ${shown(tags.agreement.abuse)}. Files copy each other, so that agreement
is no proof, and use several words for one kind of holder, so that difference is no contradiction. The pack of sanctioned addresses against the list of the authority: of the
pack ${shown(tags.sanctions.packOnList)} stand on the list, of the list ${shown(tags.sanctions.listInPack)} stand in the pack, which is older:

${table(
  ['currency', 'of the list, in the pack'],
  tags.sanctions.byCurrency.map(({ currency, listInPack }) => [currency, judged(listInPack)]),
)}`
}`
}

/** Which sets with some truth there are at hand, and what of each is measured: a set that is not is named, with the reason. */
export const whichSets = `## Which sets are measured, and which are not

${table(
  ['set', 'what is known', 'measured'],
  [
    [
      'emulated worlds, emulated chains',
      'everything: they were made',
      'all heuristics of traces, clusters, crossings, deposits',
    ],
    [
      'bridge-connector, Ethereum to Polygon, Celer and Poly Network',
      'both transactions of a transfer, deposits, paying calls',
      'bridge links by tier, bridge and year',
    ],
    [
      'bridge-connector, the other label lists (Multichain; Ethereum to BNB)',
      'both transactions of a transfer, by hash alone',
      'no: without amounts, times and recipients there is nothing to match by',
    ],
    [
      'xscope',
      '83 transactions that attacked bridges',
      'no: the kind of attack is not something that a rule here claims to see, and the set holds no logs',
    ],
    [
      'eth-crime-flows',
      'terminals of two crimes, found by hand',
      'terminals reached under each rule, amounts in US cents',
    ],
    ['tornado-events', 'events of one pool; neither payers nor links', 'how much a stop leaves open; no error rate'],
    ['taintedtx (2009)', 'no CoinJoin existed', 'false alarms of CoinJoin rules'],
    ['bitfinex2016', 'addresses of one thief; one seizure', 'how many of his addresses one joint spend shows'],
    [
      'colonial2021',
      'three hops of a ransom and its seizure',
      'no: the hop that connects them is not in the files, and the rest is one payment with its change; the demonstration traces it',
    ],
    ['graphsense-tests, outputs', 'clusters of a constructed chain', 'pairs together as there'],
    [
      'graphsense-tests, accounts',
      'balances and token transfers',
      'no: they judge importers, which their own tests do; no heuristic is involved',
    ],
    [
      'tagpacks, ofac',
      'who said what of an address; a list of an authority',
      'coverage by country, chain and year; agreement; the pack against the list',
    ],
  ],
)}`

function day(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10)
}

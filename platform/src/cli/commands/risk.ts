import { type Json, parseBaseUnits, stop } from '../../kernel/index.ts'
import {
  type Activity,
  type Assessment,
  assess,
  type Measured,
  measuredInWords,
  measuredOf,
  NOTICE,
  QUESTIONS_AFTER,
} from '../../tracing/index.ts'
import { findAddress, readActivity } from '../address-activity.ts'
import { openClusterLedger } from '../cluster-ledger.ts'
import type { CommandDefinition, Flags } from '../command.ts'
import { measuredToJson } from '../measured-json.ts'
import { count, plain } from '../present.ts'
import { openPacks } from './legal-options.ts'

export const risk: CommandDefinition = {
  path: ['risk'],
  summary: 'Say which red flag indicators of FATF an address shows, with their facts; never a score',
  about: `${NOTICE} Each indicator that fires names its page, its threshold (ours: FATF gives none) and the transactions; each has critical questions, with the answers that the data gives. What a ledger cannot show stands as not checked, with what it would need.`,
  arguments: [{ name: '<address>', help: 'the address' }],
  options: [
    { flags: '--chain <caip2>', help: 'the chain; otherwise the imported one on which the address is valid' },
    { flags: '--cluster', help: 'of all addresses of its cluster together' },
    { flags: '--reporting-threshold <n>', help: 'base units of the reporting threshold, for transfers just below it' },
    { flags: '--packs <folder>', help: 'the folder of packs (default: those that come with Comity)' },
  ],
  examples: [
    'comity risk bc1qq2euq8pw950klpjcawuy4uj39ym43hs6cfsegq --chain bitcoin',
    'comity risk 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa --cluster',
  ],
  async run(desk, [text = ''], flags) {
    const { pack, address, shown } = await findAddress(desk, text, flags)
    const [indicators] = (await openPacks(flags)).indicators.filter(({ id }) => id === 'fatf-2020')
    if (!indicators) {
      return stop('INDICATORS_MISSING', 'The packs hold no indicators of FATF 2020.', {
        place: '--packs',
        fix: 'Name a folder that holds indicators/fatf-2020.yaml.',
      })
    }
    const ledger = flags.cluster === true ? await openClusterLedger(desk, pack, {}) : null
    const cluster = ledger === null ? null : await ledger.grow(address)
    const activity = await readActivity(desk, pack, new Set(cluster?.addresses ?? [address]))
    const clusterRules = ledger?.rules.map((rule) => rule.id) ?? []
    const assessment = assess(activity, indicators.indicators, readLimit(flags))
    const { id, version, verified, note = null } = indicators
    const measured = measuredOf([...clusterRules, ...heuristicsOf(id, activity, assessment)])
    return {
      exit: 0,
      json: {
        notice: NOTICE,
        chain: pack.caip2,
        address,
        cluster: cluster && { id: cluster.id, size: cluster.addresses.length },
        pack: { id, version, verified, note },
        read: {
          ...activity.movements,
          transactions: activity.flows.length,
          wholeHistory: activity.whole,
          tags: activity.anyTags,
        },
        questionsAfter: QUESTIONS_AFTER,
        measured: measuredToJson(measured),
        ...toJson(assessment),
      },
      text: toText(pack, shown, activity, assessment, measured, note),
    }
  },
}

function readLimit(flags: Flags): bigint | null {
  if (flags.reportingThreshold === undefined) return null
  const parsed = parseBaseUnits(String(flags.reportingThreshold))
  if (!parsed.ok || parsed.value === 0n)
    return stop('FLAG_VALUE', `"${String(flags.reportingThreshold).slice(0, 60)}" is no amount.`, {
      place: '--reporting-threshold',
      fix: 'Give base units of the asset, in digits.',
    })
  return parsed.value
}

/** The rules of the indicators that fired, and the CoinJoin rules that matched what moved here. */
function heuristicsOf(pack: string, { flows }: Activity, { fired }: Assessment): readonly string[] {
  return [
    ...fired.map(({ id }) => `${pack}/${id}`),
    ...flows.flatMap(({ coinJoin }) => coinJoin.map((rule) => rule.split(' ')[0] ?? rule)),
  ]
}

function toJson({ fired, notFired, notChecked }: Assessment) {
  return {
    fired: fired.map(
      ({ threshold, facts, txids, questions, ...one }): Json => ({
        ...one,
        threshold: { ...threshold },
        facts: { ...facts },
        txids: [...txids],
        questions: questions.map((question) => ({ ...question })),
      }),
    ),
    notFired: notFired.map(({ threshold, ...one }): Json => ({ ...one, threshold: { ...threshold } })),
    notChecked: notChecked.map((one): Json => ({ ...one })),
  }
}

function toText(
  pack: { readonly name: string },
  address: string,
  activity: Activity,
  { fired, notFired, notChecked }: Assessment,
  measured: Measured,
  note: string | null,
): string {
  const { read, of } = activity.movements
  const head = (one: { id: string; page: number | null; text: string }) =>
    `${one.id} (FATF 2020, p. ${one.page ?? '?'}): ${one.text}`
  return [
    NOTICE,
    `${address} (${pack.name}): ${count(activity.flows.length, 'transaction')} with others, ${read} of ${count(of, 'movement')} read${activity.whole ? '' : '; the data does not hold the whole history'}`,
    fired.length === 0 ? 'No indicator fired.' : 'Fired:',
    ...fired.flatMap((one) => [
      `  ${head(one)}`,
      `    ${plain(one.says)}`,
      `    threshold (ours): ${Object.entries(one.threshold)
        .map(([name, value]) => `${name} ${value}`)
        .join(', ')}; rule version ${one.version}; text of the indicator: ${one.verified}`,
      ...Object.entries(one.facts).map(
        ([name, value]) => `    ${name}: ${plain(typeof value === 'string' ? value : value.slice(0, 20).join('; '))}`,
      ),
      `    transactions: ${one.txids.slice(0, 10).join(', ') || 'none'}${one.txids.length > 10 ? ` and ${one.txids.length - 10} more` : ''}`,
      ...one.questions.map(({ question, answer }) => `    ? ${question} ${answer}`),
    ]),
    'Not fired:',
    ...notFired.map((one) => `  ${head(one)}: ${one.why}`),
    'Not checked:',
    ...notChecked.map((one) => `  ${head(one)}: ${one.why}`),
    ...(note === null ? [] : [plain(note)]),
    ...measuredInWords(measured),
    NOTICE,
  ].join('\n')
}

/** Messages of the family `fiu` as goAML reports. What a report has no place for is named, never left out in silence. */
import { catchRefusal, formatDecimal, type Result, stop } from '../../../kernel/index.ts'
import type { BodyOf } from '../../wire/index.ts'
import { type Taken, takenFrom } from '../taken.ts'
import { identifierLine, identifierToAccount, personToParty, takeIdentifier } from './parties.ts'
import type { GoamlProfile } from './profile.ts'
import type { GoamlAccount, GoamlItem, GoamlParty, GoamlReport, GoamlTransaction } from './report.ts'
import { writeSections } from './sections.ts'

/** What a report needs and a message does not say. */
export type ReportHead = {
  readonly reportCode: string
  readonly reportingEntity: string
  readonly reference: string
  readonly fiuReference: string | null
  readonly submittedAt: string
  readonly indicators: readonly string[]
}

export type MadeReport = {
  readonly report: GoamlReport
  /** Fields of the message that the report does not hold, as JSON pointers into its body. */
  readonly notMapped: readonly string[]
}

/** A question of one unit to another, as an activity report. */
export function requestToReport(
  body: BodyOf<'fiu.request', 1>,
  head: ReportHead,
  profile: GoamlProfile,
): Result<MadeReport> {
  return catchRefusal(() => {
    checkCode(head.reportCode, profile.reportCodes.requests)
    const taken = takenFrom(body)
    const parties = partiesOf(taken, profile)
    const reason = writeSections([
      ['facts', taken.text('/facts/summary')],
      ['facts-from', taken.text('/facts/from')],
      ['facts-to', taken.text('/facts/to')],
      ['facts-places', listText(taken, '/facts/places')],
      ['background', taken.text('/background')],
      ['reasons', taken.text('/reasons')],
      ['link', taken.text('/link')],
      ['identifiers', parties.others],
    ])
    const action = writeSections([
      ['use', taken.text('/use')],
      ['priority', taken.text('/priority')],
      ['onward', taken.text('/onward')],
    ])
    return activityReport(taken, head, profile, parties.list, chainItems(taken, profile), { reason, action })
  })
}

export function answerToReport(
  body: BodyOf<'fiu.answer', 1>,
  head: ReportHead,
  profile: GoamlProfile,
): Result<MadeReport> {
  return catchRefusal(() => {
    checkCode(head.reportCode, profile.reportCodes.requests)
    const taken = takenFrom(body)
    const parties = partiesOf(taken, profile)
    const reason = writeSections([
      ['answer', taken.text('/text')],
      ['identifiers', parties.others],
    ])
    const action = writeSections([['consent', taken.text('/consent')]])
    return activityReport(taken, head, profile, parties.list, [], { reason, action })
  })
}

/** What a payment was worth in the currency of the FIU, and where that is from. */
export type LocalValue = { readonly amount: string; readonly source: string }

/**
 * A payment to be stopped, as a report with one transaction. `worth`: needed where the payment is not in the local currency;
 * no rate is applied here. `countries`: where each side is, which a message does not say.
 */
export function suspendToReport(
  body: BodyOf<'fiu.suspend', 1>,
  head: ReportHead,
  profile: GoamlProfile,
  how: {
    readonly transmode: string
    readonly fundsCode: string
    readonly countries: { readonly from: string; readonly to: string }
    readonly worth: LocalValue | null
  },
): Result<MadeReport> {
  return catchRefusal(() => {
    checkCode(head.reportCode, profile.reportCodes.suspicions)
    const taken = takenFrom(body)
    const asset = taken.text('/payment/sum/asset') ?? ''
    const units = taken.text('/payment/sum/amount') ?? ''
    const isLocal = asset === `iso4217:${profile.currency.code}`
    if (!isLocal && how.worth === null)
      stop(
        'GATEWAY_GOAML_VALUE',
        `The payment is in ${asset}, and nobody says what it is worth in ${profile.currency.code}.`,
        {
          place: '/payment/sum',
          fix: 'State the value in the local currency with its source.',
        },
      )
    const amount = isLocal ? formatDecimal(BigInt(units), profile.currency.decimals) : (how.worth as LocalValue).amount
    const comments = writeSections([
      ['amount', isLocal ? null : units],
      ['asset', isLocal ? null : asset],
      ['value-source', isLocal ? null : (how.worth as LocalValue).source],
    ])
    const transaction: GoamlTransaction = {
      transactionnumber: taken.text('/payment/reference') ?? head.reference,
      date_transaction: taken.text('/payment/at') ?? '',
      transmode_code: how.transmode,
      amount_local: amount,
      t_from: {
        from_funds_code: how.fundsCode,
        from_account: sideOf(taken, '/payment/from', profile),
        from_country: how.countries.from,
      },
      t_to: {
        to_funds_code: how.fundsCode,
        to_account: sideOf(taken, '/payment/to', profile),
        to_country: how.countries.to,
      },
      ...(isLocal
        ? {}
        : { goods_services: { item: [{ item_type: profile.virtualAssetItem, description: asset, comments: units }] } }),
      ...(comments === null ? {} : { comments }),
    }
    const reason = writeSections([
      ['reason', taken.text('/reason')],
      ['entity', taken.text('/entity/name')],
      ['entity-country', taken.text('/entity/country')],
      ['police-report', taken.text('/report')],
    ])
    const action = writeSections([
      ['hours', taken.text('/hours')],
      ['follow-up', taken.text('/followUp')],
    ])
    return {
      report: { ...headOf(head, profile, { reason, action }), transaction: [transaction] },
      notMapped: taken.left(),
    }
  })
}

function checkCode(code: string, list: readonly string[]): void {
  if (!list.includes(code))
    stop('GATEWAY_GOAML_CODE', `A report ${JSON.stringify(code)} does not fit this message.`, {
      place: '/report/report_code',
      fix: `Use one of ${list.join(', ') || 'the list of the FIU'}.`,
    })
}

type Texts = { readonly reason: string | null; readonly action: string | null }

function headOf(head: ReportHead, profile: GoamlProfile, { reason, action }: Texts) {
  return {
    rentity_id: head.reportingEntity,
    submission_code: 'E',
    report_code: head.reportCode,
    entity_reference: head.reference,
    ...(head.fiuReference === null ? {} : { fiu_ref_number: head.fiuReference }),
    submission_date: head.submittedAt,
    currency_code_local: profile.currency.code,
    ...(reason === null ? {} : { reason }),
    ...(action === null ? {} : { action }),
    ...(head.indicators.length === 0 ? {} : { report_indicators: { indicator: [...head.indicators] } }),
  }
}

function activityReport(
  taken: Taken,
  head: ReportHead,
  profile: GoamlProfile,
  parties: readonly GoamlParty[],
  items: readonly GoamlItem[],
  texts: Texts,
): MadeReport {
  const activity = {
    report_parties: { report_party: [...parties] },
    ...(items.length === 0 ? {} : { goods_services: { item: [...items] } }),
  }
  return { report: { ...headOf(head, profile, texts), activity }, notMapped: taken.left() }
}

/** Persons and accounts are parties; what else something is found by has no party, and stands as lines in the text. */
function partiesOf(taken: Taken, profile: GoamlProfile): { list: readonly GoamlParty[]; others: string | null } {
  const persons = indices(taken, '/persons').map((at) => personToParty(taken, `/persons/${at}`, profile))
  const accounts: GoamlParty[] = []
  const others: string[] = []
  for (const at of indices(taken, '/identifiers')) {
    const { kind, value } = takeIdentifier(taken, `/identifiers/${at}`)
    if (kind === 'account' || kind === 'address') accounts.push({ account: identifierToAccount(value, kind, profile) })
    else others.push(identifierLine(kind, value))
  }
  return { list: [...persons, ...accounts], others: others.length === 0 ? null : others.join('\n') }
}

/** Transactions on a chain as items of the virtual asset: chain, id, what it shows. */
function chainItems(taken: Taken, profile: GoamlProfile): readonly GoamlItem[] {
  return indices(taken, '/facts/transactions').map((at) => {
    const path = `/facts/transactions/${at}`
    const note = taken.text(`${path}/note`)
    return {
      item_type: profile.virtualAssetItem,
      description: taken.text(`${path}/chain`) ?? '',
      identification_number: taken.text(`${path}/id`) ?? '',
      ...(note === null ? {} : { comments: note }),
    }
  })
}

function sideOf(taken: Taken, path: string, profile: GoamlProfile): GoamlAccount {
  const { kind, value } = takeIdentifier(taken, path)
  if (kind === 'account' || kind === 'address') return identifierToAccount(value, kind, profile)
  return stop(
    'GATEWAY_GOAML_VALUE',
    `A side of the payment is named by ${kind}; a report needs an account or an address.`,
    {
      place: path,
      fix: 'Name the account, or the address.',
    },
  )
}

const indices = (taken: Taken, path: string): readonly number[] => [...Array(taken.count(path)).keys()]

function listText(taken: Taken, path: string): string | null {
  const all = indices(taken, path).map((at) => taken.text(`${path}/${at}`) ?? '')
  return all.length === 0 ? null : all.map((one) => JSON.stringify(one)).join('\n')
}

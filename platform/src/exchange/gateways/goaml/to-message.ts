/**
 * A goAML report as what a message would say. A report says less than a message needs, so that this is a draft for a person:
 * `missing` lists what a message must have and the report does not say, `notMapped` what the report says and the draft does
 * not hold.
 */
import { catchRefusal, parseDecimal, type Result } from '../../../kernel/index.ts'
import type { BodyOf } from '../../wire/index.ts'
import type { Identifier, Person } from '../people.ts'
import { type Taken, takenFrom } from '../taken.ts'
import { identifier, partyToPerson, readIdentifierLines } from './parties.ts'
import type { GoamlProfile } from './profile.ts'
import type { GoamlReport } from './report.ts'
import { readSections } from './sections.ts'

export type MadeDraft<B> = {
  readonly body: { readonly [K in keyof B]?: B[K] | undefined }
  readonly missing: readonly string[]
  /** JSON pointers into the report, under goAML's names. */
  readonly notMapped: readonly string[]
}

export function reportToRequest(
  report: GoamlReport,
  profile: GoamlProfile,
): Result<MadeDraft<BodyOf<'fiu.request', 1>>> {
  return catchRefusal(() => {
    const taken = takenFrom(report)
    takeHead(taken)
    const parties = partiesOf(taken, profile)
    const { text, list } = textsOf(taken, requestSections)
    const summary = text('facts')
    const transactions = chainTransactions(taken, profile)
    const priority = text('priority')
    const body = {
      facts:
        summary === undefined && transactions.length === 0
          ? undefined
          : {
              summary: summary ?? '',
              from: text('facts-from') ?? null,
              to: text('facts-to') ?? null,
              places: list('facts-places'),
              transactions,
            },
      background: text('background'),
      reasons: text('reasons'),
      link: text('link'),
      persons: parties.persons,
      identifiers: [...parties.identifiers, ...readIdentifierLines(text('identifiers'))],
      use: text('use'),
      priority: priority === 'normal' || priority === 'urgent' ? (priority as 'normal' | 'urgent') : undefined,
      onward: text('onward'),
    }
    const strange = priority !== undefined && body.priority === undefined
    return draftOf(body, summary === undefined && body.facts !== undefined ? ['/facts/summary'] : [], [
      ...taken.left(),
      ...(strange ? ['/action'] : []),
    ])
  })
}

export function reportToAnswer(report: GoamlReport, profile: GoamlProfile): Result<MadeDraft<BodyOf<'fiu.answer', 1>>> {
  return catchRefusal(() => {
    const taken = takenFrom(report)
    takeHead(taken)
    const parties = partiesOf(taken, profile)
    const { text } = textsOf(taken, answerSections)
    const consent = (['intelligence-only', 'as-asked', 'on-request'] as const).find((one) => one === text('consent'))
    const body = {
      text: text('answer'),
      persons: parties.persons,
      identifiers: [...parties.identifiers, ...readIdentifierLines(text('identifiers'))],
      consent,
    }
    const strange = consent === undefined && text('consent') !== undefined
    return draftOf(body, [], [...taken.left(), ...(strange ? ['/action'] : [])])
  })
}

export type ReportedPayment = {
  readonly from: Identifier
  readonly to: Identifier
  /** In minor units of the local currency. What it was in another asset stays in the report. */
  readonly sum: { readonly amount: string; readonly asset: string }
  readonly at: string
  readonly reference: string
}

/** Payments of a report of suspicion between accounts; a side that is a person or an entity stays where it is. */
export function reportToPayments(
  report: GoamlReport,
  profile: GoamlProfile,
): Result<{ readonly payments: readonly ReportedPayment[]; readonly notMapped: readonly string[] }> {
  return catchRefusal(() => {
    const taken = takenFrom(report)
    takeHead(taken)
    const payments: ReportedPayment[] = []
    for (let at = 0; at < taken.count('/transaction'); at++) {
      const path = `/transaction/${at}`
      const side = (way: 'from' | 'to') =>
        [`${path}/t_${way}_my_client/${way}_account`, `${path}/t_${way}/${way}_account`].find(
          (one) => taken.peek(`${one}/account`) !== null,
        )
      const [from, to] = [side('from'), side('to')]
      const amount = parseDecimal(taken.peek(`${path}/amount_local`) ?? '', profile.currency.decimals)
      const when = instantOf(taken.peek(`${path}/date_transaction`))
      if (!from || !to || !amount.ok || when === null) continue
      for (const name of ['amount_local', 'date_transaction']) taken.text(`${path}/${name}`)
      payments.push({
        from: accountToIdentifier(taken, from, profile),
        to: accountToIdentifier(taken, to, profile),
        sum: { amount: String(amount.value), asset: `iso4217:${profile.currency.code}` },
        at: when,
        reference: taken.text(`${path}/transactionnumber`) ?? '',
      })
    }
    return { payments, notMapped: taken.left() }
  })
}

/** A time without a zone is of no known instant: it is then not taken. */
function instantOf(text: string | null): string | null {
  if (text === null || !/(Z|[+-]\d{2}:\d{2})$/.test(text)) return null
  const at = Date.parse(text)
  return Number.isFinite(at) ? new Date(at).toISOString() : null
}

/** What says which report it is belongs to the report, and to the file that is kept, and not to what is made of it. */
function takeHead(taken: Taken): void {
  for (const name of ['rentity_id', 'submission_code', 'report_code', 'submission_date', 'currency_code_local'])
    taken.text(`/${name}`)
}

function draftOf<B extends Record<string, unknown>>(body: B, missing: readonly string[], notMapped: readonly string[]) {
  const absent = Object.keys(body).filter((key) => body[key] === undefined)
  return { body, missing: [...absent.map((key) => `/${key}`), ...missing], notMapped }
}

function partiesOf(taken: Taken, profile: GoamlProfile) {
  const persons: Person[] = []
  const identifiers: Identifier[] = []
  const list = '/activity/report_parties/report_party'
  for (let at = 0; at < taken.count(list); at++) {
    const path = `${list}/${at}`
    if (taken.peek(`${path}/account/account`) !== null)
      identifiers.push(accountToIdentifier(taken, `${path}/account`, profile))
    else if (taken.peek(`${path}/entity/name`) !== null)
      persons.push(partyToPerson(taken, `${path}/entity`, 'legal', profile))
    else persons.push(partyToPerson(taken, `${path}/person`, 'natural', profile))
  }
  return { persons, identifiers }
}

/** The bank of an account has no place in an identifier: its fields stay untaken. */
function accountToIdentifier(taken: Taken, path: string, profile: GoamlProfile): Identifier {
  const isWallet = taken.peek(`${path}/institution_name`) === profile.wallet.institutionName
  if (isWallet) {
    taken.text(`${path}/institution_name`)
    if (taken.peek(`${path}/personal_account_type`) === profile.wallet.accountType)
      taken.text(`${path}/personal_account_type`)
  }
  return identifier(isWallet ? 'address' : 'account', taken.text(`${path}/account`) ?? '')
}

function chainTransactions(taken: Taken, profile: GoamlProfile) {
  const list = '/activity/goods_services/item'
  return [...Array(taken.count(list)).keys()].flatMap((at) => {
    const path = `${list}/${at}`
    const chain = taken.peek(`${path}/description`) ?? ''
    const id = taken.peek(`${path}/identification_number`) ?? ''
    const isOurs =
      taken.peek(`${path}/item_type`) === profile.virtualAssetItem &&
      /^[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}$/.test(chain) &&
      /^[0-9A-Za-z]{8,128}$/.test(id)
    if (!isOurs) return []
    for (const name of ['item_type', 'description', 'identification_number']) taken.text(`${path}/${name}`)
    return [{ chain, id, note: taken.text(`${path}/comments`) }]
  })
}

type Sections = { readonly reason: readonly string[]; readonly action: readonly string[] }
/** The first of each list is where the text of somebody else fits best. */
const requestSections: Sections = {
  reason: ['reasons', 'facts', 'facts-from', 'facts-to', 'facts-places', 'background', 'link', 'identifiers'],
  action: ['use', 'priority', 'onward'],
}
const answerSections: Sections = { reason: ['answer', 'identifiers'], action: ['consent'] }

/** Sections of ours come apart again; a text with a heading that is not ours is of somebody else, and is one. */
function textsOf(taken: Taken, sections: Sections) {
  const all = new Map<string, string>()
  for (const field of ['reason', 'action'] as const) {
    const text = taken.text(`/${field}`)
    if (text === null) continue
    const read = readSections(text)
    const isOurs = read !== null && [...read.keys()].every((one) => sections[field].includes(one))
    for (const [heading, value] of isOurs ? read : ([[sections[field][0] ?? '', text]] as const))
      all.set(heading, value)
  }
  return {
    text: (heading: string): string | undefined => all.get(heading),
    list: (heading: string): string[] =>
      (all.get(heading) ?? '').split('\n').flatMap((one) => {
        const read = quoted(one)
        return read === null ? [] : [read]
      }),
  }
}

function quoted(text: string): string | null {
  try {
    const read: unknown = JSON.parse(text)
    return typeof read === 'string' ? read : null
  } catch {
    return null
  }
}

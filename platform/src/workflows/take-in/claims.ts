/** Statements of a package as statements of a case: the claims of their source, with its author and confidence, never facts. */
import type { StatementBody } from '../../evidence/custody/index.ts'
import type { Party, Statement, Wallet } from '../../evidence/formats/index.ts'

type Confidence = StatementBody['confidence']
export type Claim = Pick<
  StatementBody,
  'subject' | 'claim' | 'basis' | 'method' | 'confidence' | 'statedBy' | 'validFrom' | 'validTo'
>

/** STIX 2.1, Appendix A: the bands of "None / Low / Med / High", and 100 for "Certain". Nothing stated is the least. */
export function confidenceOf(percent: number | null): Confidence {
  if (percent === null || percent < 30) return 'low'
  if (percent < 70) return 'moderate'
  return percent < 100 ? 'high' : 'certain'
}

const NOT_STATED = 'Not stated by the source.'
/** As long as the case takes it. */
const MOST = { claim: 1000, basis: 4000, method: 2000, statedBy: 300, value: 300, network: 40 } as const

/** The claim, and fields that had to be cut; or why there is none. */
export function claimOf(
  statement: Statement,
  around: { readonly wallet: Wallet | null; readonly party: Party | null; readonly author: Party | null },
): { readonly claim: Claim; readonly cut: readonly string[] } | { readonly why: string } {
  const subject = subjectOf(statement, around)
  if (subject === null) return { why: 'it does not say of which address, account or person it speaks' }
  const [validFrom, validTo] = [dayOf(statement.validFrom), dayOf(statement.validTo)]
  if (validFrom !== null && validTo !== null && validTo < validFrom) return { why: 'it ends before it begins' }
  const cut: string[] = []
  const fit = (field: 'claim' | 'basis' | 'method' | 'statedBy', text: string) => {
    if (text.length <= MOST[field]) return text
    cut.push(field)
    return text.slice(0, MOST[field]).toWellFormed()
  }
  return {
    cut,
    claim: {
      subject,
      claim: fit('claim', wordsOf(statement, around)),
      basis: fit('basis', statement.basis ?? NOT_STATED),
      method: fit('method', statement.method ?? NOT_STATED),
      confidence: confidenceOf(statement.confidence),
      statedBy: fit('statedBy', around.author?.name ?? NOT_STATED),
      validFrom,
      validTo,
    },
  }
}

function subjectOf(
  { account }: Statement,
  { wallet, party }: { wallet: Wallet | null; party: Party | null },
): Claim['subject'] | null {
  if (wallet !== null)
    return wallet.chain.length > MOST.network || wallet.address.length > MOST.value
      ? null
      : { type: 'address', network: wallet.chain, value: wallet.address }
  if (account !== null) return account.length > MOST.value ? null : { type: 'account', value: account }
  if (party?.name && party.name.length <= MOST.value)
    return { type: party.kind === 'person' ? 'person' : 'organisation', value: party.name }
  return null
}

function wordsOf(
  { kind, claim, account, service, listedBy, listing }: Statement,
  { wallet, party }: { wallet: Wallet | null; party: Party | null },
): string {
  const at = service === null ? null : `at ${service}`
  const said = [
    claim,
    wallet !== null && party?.name ? `party: ${party.name}` : null,
    wallet !== null && account !== null ? ['account', account, at].filter((one) => one !== null).join(' ') : at,
    listedBy === null ? null : ['listed by', listedBy, listing && `as ${listing}`].filter(Boolean).join(' '),
  ].filter((one) => one !== null)
  return said.length === 0 ? kind : said.join('; ')
}

function dayOf(instant: string | null): string | null {
  return instant === null ? null : instant.slice(0, 10)
}

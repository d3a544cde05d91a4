/** Attribution statements of a case as statements of a package: each with who says so, on what basis and how sure. */
import type { StatementBody } from '../../evidence/custody/index.ts'
import { changed, dropped, mapped } from '../../evidence/formats/index.ts'
import type { Kept } from './case-contents.ts'
import { type Draft, toSecond } from './draft.ts'
import type { FieldNote } from './notes.ts'

/**
 * Values of STIX 2.1, Appendix A: those of the scale "None / Low / Med / High", and 100 for "Certain" as in the scale of words
 * of estimative probability. `take-in/claims.ts` reads the bands back.
 */
export const percentByConfidence: Readonly<Record<StatementBody['confidence'] & string, number>> = {
  low: 15,
  moderate: 50,
  high: 85,
  certain: 100,
}

const CHAIN = /^[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}$/

export function addStatement(draft: Draft, { id, body, ...item }: Kept<StatementBody>): void {
  const { pack, marked, agency } = draft
  const marking = marked({ ...item, marking: body.marking })
  const { subject } = body
  draft.words(marking, subject.value, body.claim, body.retracted?.reason)
  const wallet = subject.type === 'address' ? walletOf(draft, body, marking.id) : null
  const spoken = wallet !== null || subject.type === 'account'
  pack.statements.push({
    id,
    marking: marking.id,
    wallet,
    kind: subject.type === 'account' ? 'account-at' : 'other',
    claim: spoken
      ? body.claim
      : `${subject.type} ${[subject.network, subject.value].filter(Boolean).join(' ')}: ${body.claim}`,
    party: null,
    service: null,
    account: subject.type === 'account' ? subject.value : null,
    listedBy: null,
    listing: null,
    basis: body.basis,
    method: body.method,
    confidence: percentByConfidence[body.confidence as string] ?? null,
    sourceExhibit: body.sourceExhibit,
    author: agency(body.statedBy, marking, 'company'),
    validFrom: body.validFrom === null ? null : `${body.validFrom}T00:00:00Z`,
    // The last day belongs to the period.
    validTo: body.validTo === null ? null : `${body.validTo}T23:59:59Z`,
    retracted: body.retracted === null ? null : toSecond(body.retracted.at),
  })
  draft.notes.push({
    kind: 'statement',
    id,
    marking,
    row: { list: 'statements', id },
    fields: notesOf(id, body, wallet),
  })
}

/** The wallet of the case that it is about, or one made for it; `null` where its network is no chain by CAIP-2. */
function walletOf({ pack, idOf }: Draft, { subject }: StatementBody, marking: string): string | null {
  const { network, value } = subject
  if (network === undefined || !CHAIN.test(network) || /\s/.test(value)) return null
  const known = pack.wallets.find(({ chain, address }) => chain === network && address === value)
  if (known) return known.id
  const id = idOf(`wallet ${marking} ${network} ${value}`)
  pack.wallets.push({ id, marking, chain: network, address: value, holder: null, labels: [] })
  return id
}

function notesOf(id: string, body: StatementBody, wallet: string | null): FieldNote[] {
  const at = (field: string) => ({ list: 'statements', id, field }) as const
  const to = (field: string) => mapped(`statements[].${field}`)
  const day = (field: string, which: string) => ({
    field,
    fate: changed(`statements[].${field}`, which),
    at: at(field),
  })
  const subject =
    wallet !== null
      ? { fate: changed('statements[].wallet', 'as a wallet of the package'), at: at('wallet') }
      : body.subject.type === 'account'
        ? { fate: to('account'), at: at('account') }
        : { fate: changed('statements[].claim', 'in front of the claim'), at: at('claim') }
  const notes: FieldNote[] = [
    { field: 'subject', ...subject },
    { field: 'claim', fate: to('claim'), at: at('claim') },
    { field: 'basis', fate: to('basis'), at: at('basis') },
    { field: 'method', fate: to('method'), at: at('method') },
    {
      field: 'confidence',
      fate: changed('statements[].confidence', 'low 15, moderate 50, high 85, certain 100'),
      at: at('confidence'),
    },
    { field: 'sourceExhibit', fate: to('sourceExhibit'), at: at('sourceExhibit') },
    {
      field: 'statedBy',
      fate: changed('statements[].author', 'as a party; the case does not say of which kind'),
      at: at('author'),
    },
    day('validFrom', 'the first second of the day, in UTC'),
    day('validTo', 'the last second of the day, in UTC'),
  ]
  if (body.retracted === null) return notes
  return [
    ...notes,
    { field: 'retracted.at', fate: changed('statements[].retracted', 'to the second'), at: at('retracted') },
    { field: 'retracted.reason', fate: dropped('the package has no place for it') },
  ]
}

/**
 * The body of the message that carries a request. What the request already says is taken from it; the rest is stated by whoever
 * writes the message, member by member. A member that may be absent is absent, and nothing that must be there is made up.
 */
import type { Asset, RequestContent } from '../../casework/index.ts'
import { type Json, ok, type Result, refuse } from '../../kernel/index.ts'
import type { MemberFacts, Self } from '../desk/index.ts'
import type { MemberKind } from '../directory/index.ts'
import { ownForms } from '../wire/index.ts'
import { authorityKind } from './authority.ts'
import { byValueMeasures } from './vocabulary.ts'

export type RequestFacts = {
  readonly content: RequestContent
  readonly caseId: string
  readonly me: string
  readonly self: Self
  readonly to: MemberFacts
  /** Whether a service must not tell its customer. */
  readonly silent: boolean
}

type Members = { readonly [name: string]: Json }
type Schema = {
  readonly properties?: { readonly [name: string]: Schema }
  readonly type?: string
  readonly minItems?: number
  readonly anyOf?: readonly Schema[]
}

export function bodyOfRequest(type: string, major: number, facts: RequestFacts, stated: Members): Result<Json> {
  const form = ownForms.formOf(type, major)
  if (form === null)
    return refuse('EXCHANGE_TYPE_UNKNOWN', `There is no message ${type} in version ${major}.`, {
      place: '/type',
      fix: 'See docs/spec/exchange.md.',
    })
  const { properties = {} } = form.body as Schema
  const strange = Object.keys(stated).find((name) => !Object.hasOwn(properties, name))
  if (strange !== undefined)
    return refuse('MESSAGE_MEMBER', `A message of the type ${type} has no member ${strange}.`, {
      place: `/body/${strange}`,
      fix: `Its members: ${Object.keys(properties).join(', ')}.`,
    })
  const known = { ...membersOf(facts), assets: facts.content.assets.map((one) => assetOf(type, facts, one)) } as Members
  const body: Record<string, Json> = {}
  const missing: string[] = []
  for (const [name, schema] of Object.entries(properties)) {
    const value = stated[name] ?? known[name] ?? absent(schema)
    if (value === undefined) missing.push(name)
    else body[name] = value
  }
  if (missing.length === 0) return ok(body)
  return refuse('MESSAGE_MEMBER', `The request does not say what ${type} must: ${missing.join(', ')}.`, {
    place: `/body/${missing[0]}`,
    fix: `State it in body; see docs/spec/exchange/${type}.v${major}.schema.json.`,
  })
}

/** Null or an empty list, where the schema has such a way to say that there is nothing. */
function absent({ type, minItems = 0, anyOf = [] }: Schema): Json | undefined {
  if (type === 'array') return minItems === 0 ? [] : undefined
  return anyOf.some((one) => one.type === 'null') ? null : undefined
}

function membersOf({ content, caseId, me, self, to, silent }: RequestFacts): Members {
  const other = {
    name: to.name,
    country: to.country,
    kind: authorityKind(to.kind),
    agency: to.id,
    address: null,
    reference: null,
  }
  const danger = content.urgency?.ground
  return {
    authority: {
      name: self.name,
      country: self.country,
      kind: authorityKind(self.kind),
      agency: me,
      address: null,
      reference: caseId,
    },
    facts: { summary: content.facts, from: null, to: null, places: [], transactions: [] },
    custodian: other,
    provider: other,
    identifiers: content.assets.map(({ chain, address }) => ({
      kind: 'address',
      value: `${chain}:${address}`,
      from: null,
      to: null,
      zone: null,
    })),
    period: { from: null, to: null },
    property: content.assets.map((one) => propertyOf(one, content, to.kind)),
    userNoticeSuppressed: silent,
    ...(danger === undefined ? {} : { danger }),
  }
}

function assetOf(type: string, { content, to }: RequestFacts, asset: Asset): Json {
  const property = propertyOf(asset, content, to.kind)
  const money = { amount: asset.amount, asset: asset.asset }
  if (type === 'confiscate.request') return { property, sum: money } as Json
  if (type !== 'freeze.request') return property
  return { property, maximum: money, extent: byValueMeasures.includes(content.measure) ? 'value' : 'specific' } as Json
}

/** What holds the asset is known from the trace, or from who is asked; else it is not said. */
function holderKind({ trace }: RequestContent, kind: MemberKind | null): string {
  if (trace?.endpoint === 'service' || kind === 'vasp') return 'vasp-account'
  return trace?.endpoint === 'unspent' ? 'self-hosted-wallet' : 'other'
}

export function propertyOf(
  { chain, address, asset, amount, note }: Asset,
  content: RequestContent,
  holder: MemberKind | null,
): Json {
  return {
    kind: holderKind(content, holder),
    chain,
    asset,
    address,
    account: null,
    amount,
    valuations: [],
    holder: note ?? null,
    jurisdiction: null,
    interests: [],
    traceRecord: content.trace?.recordDigest ?? null,
  }
}

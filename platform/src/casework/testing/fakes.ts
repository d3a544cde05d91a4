/** For tests: small, honest stand-ins for what the room is wired with. They decide by what they are given. */
import { ok, refuse, sha256Text } from '../../kernel/index.ts'
import type {
  AddressGate,
  ApprovalDesk,
  DeadlineQuestion,
  LegalPort,
  RetentionRule,
  RetentionRules,
  RuleDeadline,
} from '../ports.ts'

/** A chain of lower-case addresses that begin with `addr`; capitals are another way to write the same address. */
export const addressGate: AddressGate = {
  parse: (chain, address) =>
    /^addr[a-z0-9]+$/i.test(address)
      ? ok({ chain, address: address.toLowerCase() })
      : refuse('ADDRESS_NOT_RECOGNISED', 'This is no address of the chain.', {}),
}

const HOUR = 3_600_000

const step = (name: 'consult' | 'decide' | 'tell', amount: number) =>
  ({ step: name, duty: name, amount, unit: 'cd', article: 'ours', verified: 'unverified' }) as const
const conflictKind = (id: string, one: readonly string[], other: readonly string[], withinCase: boolean) => ({
  ...{ id, pairs: one.length === 0 ? [] : [{ one, other }], withinCase, criteria: ['dates'], article: '26' },
  ...{ verified: 'verified', steps: [step('consult', 5), step('decide', 10), step('tell', 2)] },
})
const conflictKinds = [
  conflictKind('keep-and-delete', ['PRESERVE', 'FREEZE_SPECIFIC'], ['DELETE'], true),
  conflictKind('freeze-and-return', ['FREEZE_SPECIFIC'], ['RETURN'], false),
  conflictKind('two-freezes', ['FREEZE_SPECIFIC'], ['FREEZE_SPECIFIC'], false),
  conflictKind('third-country-law', [], [], true),
  conflictKind('told-by-partner', [], [], true),
]

/** One instrument with one form. Its clock runs from receipt by the competent authority: 48 hours where it is urgent. */
export const law: LegalPort = {
  conflicts: () => conflictKinds,
  form: (instrument, requestType) =>
    instrument === 'eu-2018-1805' && requestType === 'freeze'
      ? ok({
          id: 'annex-1',
          version: '1',
          sections: [{ id: 'M', fields: [{ path: 'issuer.name', kind: 'text', required: true }] }],
        })
      : refuse('FORM_UNKNOWN', 'There is no such form.', {}),
  check: (_instrument, _type, data) => {
    const name = (data as { issuer?: { name?: string } }).issuer?.name
    if (typeof name === 'string' && name !== '') return []
    return [
      { code: 'FIELD_MISSING', path: 'issuer.name', message: 'Name is missing.', fix: 'Fill it in.', article: '6(1)' },
    ]
  },
  knows: (instrument, requestType) =>
    instrument === 'eu-2018-1805' && ['freeze', 'letter'].includes(requestType)
      ? ok(null)
      : refuse('INSTRUMENT_UNKNOWN', 'There is no such instrument.', {}),
  competence: ({ country, role }) =>
    country === 'FR'
      ? ok({
          names: ['Parquet'],
          reasons: [{ text: `FR: Parquet is its ${role}.`, article: 'pack FR', verified: 'verified' }],
        })
      : refuse('REFERRAL_COMPETENCE', `The pack of ${country} names no ${role}.`, { place: '/role' }),
  ground: (_about, _kind, code) =>
    code === 'BANK_SECRECY'
      ? refuse('GROUND_EXCLUDED', 'The instrument excludes bank secrecy as a ground.', { place: '/code' })
      : ok({ article: `Article on ${code}`, verified: 'verified' }),
  urgencies: () => ['IMMINENT_DISSIPATION', 'INVESTIGATIVE_NEED'],
  deadlines,
  deadline: (question, ruleId) => {
    const change = question.changes.find((one) => one.ruleId === ruleId)
    if (change?.extendedAt) return refuse('DEADLINE_EXTENSION', `${ruleId} cannot be extended.`, {})
    const found = deadlines(question).find((one) => one.ruleId === ruleId)
    return found ? ok(found) : refuse('DEADLINE_RULE_UNKNOWN', `No clock of ${ruleId} runs.`, {})
  },
}

/** Urgent: decide within 48 hours, which stand still while they are suspended. Not urgent: a rule that reminds only. */
function deadlines({ times, urgency, zone, changes }: DeadlineQuestion): readonly RuleDeadline[] {
  const from = times.receivedByCompetentAt
  if (from === undefined) return []
  const begun = Date.parse(from)
  if (urgency === null)
    return [
      {
        ruleId: 'decide-45d',
        article: '9(1)',
        due: null,
        zone,
        binding: false,
        steps: [`Received ${from}.`],
        from,
        reminders: [{ at: new Date(begun + 22 * 24 * HOUR).toISOString(), why: 'Half of 45 days; not verified.' }],
        ...{ extension: null, suspension: null },
      },
    ]
  const stood = changes
    .flatMap(({ suspended }) => suspended)
    .reduce((sum, one) => sum + Date.parse(one.to) - Date.parse(one.from), 0)
  return [
    {
      ruleId: 'decide-48h',
      article: '9(3)',
      due: new Date(begun + 48 * HOUR + stood).toISOString(),
      zone,
      binding: true,
      steps: [`Received ${from}.`, '48 hours, which never roll over a week-end.'],
      from,
      reminders: [],
      extension: null,
      suspension: { text: 'while information is awaited', article: '9(5)', verified: 'verified', moves: true },
    },
  ]
}

export type Authenticator = {
  readonly credentialId: string
  readonly secret: string
  readonly deviceBound: boolean
  readonly userVerified: boolean
}

/** Authenticators by person; an assertion is a digest that only who holds the secret can make. */
export function approvalDesk(
  authenticatorsByPerson: ReadonlyMap<string, readonly Authenticator[]>,
  setting: { needed: number },
): ApprovalDesk {
  return {
    needed: () => setting.needed,
    verify: async ({ personId, credential, challenge }) => {
      const { credentialId, signature } = credential as { credentialId: string; signature: string }
      const own = authenticatorsByPerson.get(personId)?.find((one) => one.credentialId === credentialId)
      if (!own || signature !== signWith(own, challenge).signature)
        return refuse('APPROVAL_AUTHENTICATOR', 'The assertion is not one of this person for this challenge.', {})
      const { deviceBound, userVerified } = own
      const proof = {
        publicKey: { kty: 'OKP', crv: 'Ed25519', x: sha256Text(own.secret) } as const,
        ...{ rpId: 'localhost', origin: 'http://localhost', authenticatorData: '', clientDataJSON: '', signature },
      }
      return ok({ credentialId, deviceBound, userVerified, proof })
    },
  }
}

export function signWith({ credentialId, secret }: Authenticator, challenge: string) {
  return { credentialId, signature: sha256Text(`${secret} ${challenge}`) }
}

export function retentionRules(rules: readonly RetentionRule[]): RetentionRules {
  return { rulesFor: (purposes) => rules.filter(({ purpose }) => purposes.includes(purpose)) }
}

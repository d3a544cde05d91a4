/** For tests: small, honest stand-ins for what the room is wired with. They decide by what they are given. */
import { ok, refuse, sha256Text } from '../../kernel/index.ts'
import type { AddressGate, ApprovalDesk, LegalPort, RetentionRule, RetentionRules } from '../ports.ts'

/** A chain of lower-case addresses that begin with `addr`; capitals are another way to write the same address. */
export const addressGate: AddressGate = {
  parse: (chain, address) =>
    /^addr[a-z0-9]+$/i.test(address)
      ? ok({ chain, address: address.toLowerCase() })
      : refuse('ADDRESS_NOT_RECOGNISED', 'This is no address of the chain.', {}),
}

const HOUR = 3_600_000

/** One instrument with one form. Its clock runs from receipt by the competent authority: 48 hours where it is urgent. */
export const law: LegalPort = {
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
  urgencies: () => ['IMMINENT_DISSIPATION', 'INVESTIGATIVE_NEED'],
  deadlines: ({ times, urgency, zone }) => {
    const from = times.receivedByCompetentAt
    if (from === undefined || urgency === null) return []
    return [
      {
        ruleId: 'decide-48h',
        article: '9(3)',
        due: new Date(Date.parse(from) + 48 * HOUR).toISOString(),
        zone,
        binding: true,
        steps: [`Received ${from}.`, '48 hours, which never roll over a week-end.'],
      },
    ]
  },
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

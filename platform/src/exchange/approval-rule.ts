/** How many approve a message, and in which roles, from what the pack says of who may issue it. */
import type { Role } from '../kernel/index.ts'
import type { AuthorityRole } from '../legal/index.ts'
import type { ApprovalRule } from './approvals.ts'

/** Who of a house acts for an authority of this role. Everybody else is represented by a senior official. */
const actsFor: Readonly<Partial<Record<AuthorityRole, readonly Role[]>>> = {
  judge: ['judge'],
  court: ['judge'],
  'investigating-judge': ['judge'],
  prosecutor: ['prosecutor'],
}

/**
 * Two people at least, of whom one acts for an authority that may issue the request; where the instrument wants it validated by
 * another one and none of those may issue it, one for that as well. `issuers` is the entry of a request type of a pack.
 */
export function approvalRuleOf(
  issuers: { readonly roles: readonly AuthorityRole[]; readonly validators: readonly AuthorityRole[] },
  needed = 2,
): ApprovalRule {
  const representing = (roles: readonly AuthorityRole[]) => [
    ...new Set(roles.flatMap((role) => actsFor[role] ?? (['senior-official'] as const))),
  ]
  const issuing = representing(issuers.roles)
  const validating = representing(issuers.validators)
  const demands = [{ roles: [...new Set([...issuing, ...validating])], count: 1 }].filter(
    ({ roles }) => roles.length > 0,
  )
  const separate = validating.length > 0 && !validating.some((role) => issuing.includes(role))
  return { needed: Math.max(2, needed), demands: separate ? [...demands, { roles: validating, count: 1 }] : demands }
}

/**
 * Who may do what: the one place where the policies (`policies/`, Cedar) are asked.
 *
 * Cedar skips a policy whose condition errs, a forbid as well as a permit. So any error, an invalid request, and anything
 * that this code does not expect means no, and is reported as an alarm. Entities are sent with each question, only those
 * that it needs: Cedar copies all of them in for every call.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Entities, EntityJson } from '@cedar-policy/cedar-wasm/nodejs'
import { type Access, type Marking, sha256Text } from '../../kernel/index.ts'

export type Ask = {
  readonly personId: string
  readonly right: string
  readonly resource: { readonly type: 'Node' | 'Case' | 'Record'; readonly id: string }
  readonly circumstances: { readonly signedInBy: string; readonly provenAgo: number; readonly purpose: string }
  readonly entities: readonly EntityJson[]
}

export type Decision = {
  readonly allowed: boolean
  /** Ids of the policies that decided; empty where nothing permits. */
  readonly reasons: readonly string[]
  /** What went wrong while asking. Anything here has meant no. */
  readonly faults: readonly string[]
}

export type DecisionPoint = {
  /** SHA-256 of schema and policies, in the order of their file names: which law of the house decided. */
  readonly version: string
  decide(ask: Ask): Decision
}

/** More entities than any question needs: a question with more is one that was put wrongly. */
const MOST_ENTITIES = 64

const FILES = ['limits.cedar', 'roles.cedar'] as const

export function openDecisionPoint(folder: string): DecisionPoint {
  // The package offers its CommonJS build to Node.js under this path; its module build needs a loader for .wasm files.
  const cedar = createRequire(import.meta.url)(
    '@cedar-policy/cedar-wasm/nodejs',
  ) as typeof import('@cedar-policy/cedar-wasm/nodejs')
  const schema = readFileSync(join(folder, 'comity.cedarschema'), 'utf8')
  const policies = FILES.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n')
  const version = sha256Text(`${schema}\n${policies}`)
  const checked = cedar.validate({ schema, policies: { staticPolicies: policies } })
  const wrong =
    checked.type === 'failure'
      ? checked.errors.map(({ message }) => message)
      : checked.validationErrors.map(({ policyId, error }) => `${policyId}: ${error.message}`)
  if (wrong.length > 0) throw new Error(`the policies in ${folder} are not valid: ${wrong.join('; ')}`)
  const idOf = policyIds(policies)
  for (const answer of [
    cedar.preparsePolicySet(version, { staticPolicies: policies }),
    cedar.preparseSchema(version, schema),
  ]) {
    if (answer.type === 'failure') throw new Error(answer.errors.map(({ message }) => message).join('; '))
  }
  return { version, decide }

  function decide(ask: Ask): Decision {
    const no = (...faults: string[]): Decision => ({ allowed: false, reasons: [], faults })
    if (ask.entities.length > MOST_ENTITIES) return no(`${ask.entities.length} entities in one question`)
    try {
      const answer = cedar.statefulIsAuthorized({
        principal: { type: 'Person', id: ask.personId },
        action: { type: 'Action', id: ask.right },
        resource: ask.resource,
        context: { ...ask.circumstances },
        preparsedSchemaName: version,
        preparsedPolicySetId: version,
        validateRequest: true,
        entities: [...ask.entities] as Entities,
      })
      if (answer.type === 'failure') return no(...answer.errors.map(({ message }) => message))
      const { decision, diagnostics } = answer.response
      const reasons = diagnostics.reason.map((id) => idOf.get(id) ?? id)
      const faults = diagnostics.errors.map(
        ({ policyId, error }) => `${idOf.get(policyId) ?? policyId}: ${error.message}`,
      )
      return { allowed: decision === 'allow' && faults.length === 0, reasons, faults }
    } catch (thrown) {
      return no(thrown instanceof Error ? thrown.message : String(thrown))
    }
  }
}

/** Cedar numbers the policies of a text (policy0, policy1 …) in their order; people know them by their @id. */
function policyIds(policies: string): ReadonlyMap<string, string> {
  const ids = [...policies.matchAll(/^@id\("([^"]+)"\)$/gm)].map(([, id]) => id as string)
  return new Map(ids.map((id, at) => [`policy${at}`, id]))
}

export function personEntity(id: string, attrs: { role: string; suspended: boolean }): EntityJson {
  return { uid: { type: 'Person', id }, attrs, parents: [] }
}

/**
 * The case as the question needs it: of its people only the one who asks. Whether somebody else is a member says nothing
 * about this question, and names of others need not travel.
 */
export function caseEntity(id: string, facts: Access, personId: string): EntityJson {
  return {
    uid: { type: 'Case', id },
    attrs: {
      members: onlyAsker(facts.members, personId),
      leads: onlyAsker(facts.leads, personId),
      sealed: facts.sealed,
      sealedFor: onlyAsker(facts.sealedFor, personId),
      training: facts.training,
      closed: facts.closed,
      purposes: [...facts.purposes],
      referredTo: onlyAsker(facts.referredTo ?? [], personId),
    },
    parents: [],
  }
}

const TLP_LEVELS = ['clear', 'green', 'amber', 'amber+strict', 'red'] as const

export function recordEntity(
  id: string,
  facts: Marking & { readonly caseId: string; readonly kind: string; readonly author: string },
  personId: string,
): EntityJson {
  return {
    uid: { type: 'Record', id },
    attrs: {
      case: { __entity: { type: 'Case', id: facts.caseId } },
      kind: facts.kind,
      author: { __entity: { type: 'Person', id: facts.author } },
      tlp: TLP_LEVELS.indexOf(facts.tlp),
      audience: onlyAsker(facts.audience, personId),
      needToKnow: facts.needToKnow,
      protectedPerson: facts.protectedPerson,
      onwardUse: facts.onwardUse,
    },
    parents: [],
  }
}

function onlyAsker(people: readonly string[], personId: string) {
  return people.includes(personId) ? [{ __entity: { type: 'Person', id: personId } }] : []
}

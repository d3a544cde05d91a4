/** Exhibits and people as the actor may know them. What is hidden and what does not exist get the same answer. */
import { type Access, type ActionContext, ok, type Protected, type Result, refuse } from '../../kernel/index.ts'
import type { CustodyStore, Exhibit, Holder } from './exhibit.ts'
import type { KeyControl, Outside, PersonOrOutside } from './schemas.ts'

/** The record of an exhibit: what protects it, and what describes it. What custody rests on is in the port `custody`. */
export type ExhibitBody = Protected & {
  readonly title: string
  readonly description: string | null
  readonly fileName: string | null
  readonly mediaType: string | null
  readonly device: { readonly make: string; readonly model: string; readonly serial: string | null } | null
  readonly keyControl: KeyControl | null
  /** What makes the acquirer competent (ACPO principle 2), in words. */
  readonly competence: string | null
  /** With which tool it was acquired. */
  readonly tool: { readonly name: string; readonly version: string; readonly settings?: string | undefined } | null
}

export type CustodianBody = Protected & Outside

export function custodyOf(context: ActionContext): CustodyStore {
  return context.port<CustodyStore>('custody')
}

/** The exhibit, where it is of this case and the policies let the actor read it. */
export async function exhibitInCase(context: ActionContext, caseId: string, id: string): Promise<Result<Exhibit>> {
  const found = await custodyOf(context).exhibit(id)
  const mayRead =
    found !== null && (await context.may({ right: 'readRecord', subject: { type: 'record', kind: 'exhibit', id } }))
  if (found === null || found.caseId !== caseId || !mayRead)
    return refuse('EXHIBIT_UNKNOWN', 'There is no such exhibit in this case, or it is not for you.', {
      place: `exhibit/${id}`,
      fix: 'Check the id; ask a lead of the case for the right.',
    })
  return ok(found)
}

export async function isMember({ records }: ActionContext, caseId: string, personId: string): Promise<boolean> {
  const opened = await records.get<{ access: Access }>('case', caseId)
  return opened?.body.access.members.includes(personId) ?? false
}

/** Refuses a witness who does not work on the case; `null` where there is none or all is well. */
export async function witnessRefusal(
  context: ActionContext,
  caseId: string,
  witness: string | undefined,
): Promise<Result<never> | null> {
  if (witness === undefined || (await isMember(context, caseId, witness))) return null
  return refuse('CUSTODY_WITNESS', 'The witness does not work on this case.', {
    place: '/witness',
    fix: 'Name another member of the case who was present.',
  })
}

/** Refuses a proof that is no document of the case. */
export async function proofRefusal(
  context: ActionContext,
  caseId: string,
  proof: string | undefined,
): Promise<Result<never> | null> {
  if (proof === undefined) return null
  const found = await exhibitInCase(context, caseId, proof)
  if (found.ok && found.value.kind === 'document') return null
  return refuse('CUSTODY_PROOF', 'The proof is no document among the exhibits of this case.', {
    place: '/proof',
    fix: 'Add the signed form as an exhibit of kind document and name it.',
  })
}

/** Who can hold an exhibit. Somebody outside becomes a record of the case, so that the person is named once and sealed. */
export async function holderFor(
  context: ActionContext,
  caseId: string,
  who: PersonOrOutside,
  protection: Protected,
): Promise<Result<Holder>> {
  if ('personId' in who) {
    if (await isMember(context, caseId, who.personId)) return ok<Holder>(`person/${who.personId}`)
    return refuse('CUSTODY_RECIPIENT', 'This person does not work on the case.', {
      place: '/personId',
      fix: 'Have a lead add the person to the case first.',
    })
  }
  const id = context.newId()
  const body: CustodianBody = { ...protection, ...who.outside }
  await context.records.put('custodian', id, body, { caseId, seen: 0 })
  return ok<Holder>(`outside/${id}`)
}

/**
 * Requests: the text, its letter, and who approved exactly that text, each approval with its entry in the journal. The letter
 * is made of the text, and carries it inside; what people have signed, each with an authenticator of their own, is the text.
 */
import { catchRefusal, type Json } from '../../kernel/index.ts'
import { checkAssertion, type JwkCheck, keyName, readProof } from '../approval/assertion.ts'
import { approvalChallenge } from '../approval/challenge.ts'
import { countAt, hashAt, indexAt, openList, openObject, textAt, timeAt, versionAt } from './fields.ts'
import { MAX_JSON, type OpenedBundle, type ProvenEntries, pathsUnder, readIntact, readJson } from './opened-bundle.ts'
import { checked, notChecked, refusedAs, type Statement, wrong } from './statement.ts'

type Approval = { readonly by: string; readonly role: string; readonly at: string; readonly entry: string }

type Approvals = {
  readonly id: string
  /** SHA-256 of request.json, which was approved, and of letter.pdf. */
  readonly request: string
  readonly letter: string
  readonly needed: number
  readonly approvals: readonly Approval[]
}

export async function checkRequests(
  bundle: OpenedBundle,
  proven: ProvenEntries,
  checkKey: JwkCheck,
): Promise<readonly Statement[]> {
  const statements: Statement[] = []
  for (const path of pathsUnder(bundle, 'requests')) {
    if (!path.endsWith('/approvals.json')) continue
    const folder = path.slice(0, -'/approvals.json'.length)
    const says = `${path} names the approvals of a request.`
    const json = await readJson(bundle, path)
    if (!json.ok && !bundle.intact.has(path)) {
      statements.push(notChecked('requests', says, json.refusal.message))
      continue
    }
    const given = json.ok ? parseApprovals(json.value) : json
    if (!given.ok) statements.push(refusedAs('requests', says, path, given.refusal))
    else
      statements.push(
        ...(await checkTexts(bundle, path, folder, given.value)),
        ...checkApprovals(path, given.value, proven, checkKey),
      )
  }
  return statements
}

function parseApprovals(json: Json) {
  return catchRefusal((): Approvals => {
    const members = openObject(json, '$', ['v', 'id', 'request', 'letter', 'needed', 'approvals'])
    versionAt(members, '$')
    return {
      id: textAt(members, 'id', '$'),
      request: hashAt(members, 'request', '$'),
      letter: hashAt(members, 'letter', '$'),
      needed: countAt(members, 'needed', '$'),
      approvals: openList(members.approvals, '$.approvals').map((one, at) => {
        const path = `$.approvals[${at}]`
        const approval = openObject(one, path, ['by', 'role', 'at', 'entry'])
        return {
          by: textAt(approval, 'by', path),
          role: textAt(approval, 'role', path),
          at: timeAt(approval, 'at', path),
          entry: indexAt(approval, 'entry', path),
        }
      }),
    }
  })
}

async function checkTexts(
  bundle: OpenedBundle,
  path: string,
  folder: string,
  { id, request, letter }: Approvals,
): Promise<readonly Statement[]> {
  const statements: Statement[] = []
  const requestPath = `${folder}/request.json`
  const read = `Request ${id} can be read in one way only.`
  const json = await readJson(bundle, requestPath, MAX_JSON)
  if (json.ok) statements.push(checked('requests', read))
  else if (bundle.intact.has(requestPath)) statements.push(refusedAs('requests', read, requestPath, json.refusal))
  else statements.push(notChecked('requests', read, json.refusal.message))
  for (const [name, key, hash] of [
    [requestPath, 'request', request],
    [`${folder}/letter.pdf`, 'letter', letter],
  ] as const) {
    const says =
      key === 'request' ? `${name} is the text of ${id} that was approved.` : `${name} is the letter of ${id}.`
    const digest = bundle.intact.get(name)
    if (digest === undefined) statements.push(notChecked('requests', says, `${name} is missing or was changed.`))
    else if (digest.sha256 === hash) statements.push(checked('requests', says))
    else statements.push(wrong('requests', says, `Its SHA-256 is ${digest.sha256}.`, path, `$.${key}`))
  }
  const pdf = await readIntact(bundle, `${folder}/letter.pdf`, MAX_JSON)
  if (pdf.ok && String.fromCharCode(...pdf.value.subarray(0, 5)) !== '%PDF-')
    statements.push(
      wrong('requests', `The letter of ${id} is a PDF.`, 'It does not begin as one.', `${folder}/letter.pdf`, 'byte 0'),
    )
  return statements
}

function checkApprovals(
  path: string,
  given: Approvals,
  proven: ProvenEntries,
  checkKey: JwkCheck,
): readonly Statement[] {
  const statements = given.approvals.flatMap((approval, at) => {
    const said = checkApproval(path, given, approval, at, proven)
    // What the journal does not bear out needs no signature.
    return said.state === 'checked' ? [said, checkSignature(given, approval, proven, checkKey)] : [said]
  })
  const names = given.approvals.flatMap(({ entry }) => keyOf(proven, entry) ?? [])
  const says = `Request ${given.id} was approved by the ${given.needed} persons that it needs, each another one.`
  const persons = new Set(given.approvals.map(({ by }) => by))
  if (persons.size < given.approvals.length)
    statements.push(wrong('requests', says, 'One person stands twice.', path, '$.approvals'))
  else if (new Set(names).size < names.length)
    statements.push(wrong('requests', says, 'One authenticator stands twice.', path, '$.approvals'))
  else if (persons.size < given.needed)
    statements.push(wrong('requests', says, `Only ${persons.size} did.`, path, '$.approvals'))
  else if (statements.every(({ state }) => state === 'checked')) statements.push(checked('requests', says))
  else statements.push(notChecked('requests', says, 'Not every approval is proven.'))
  return statements
}

function checkApproval(
  path: string,
  { id, request }: Approvals,
  { by, role, at, entry: index }: Approval,
  number: number,
  proven: ProvenEntries,
): Statement {
  const says = `${by} (${role}) approved request ${id} on ${at}, by the journal.`
  const no = (why: string, key: string) => wrong('requests', says, why, path, `$.approvals[${number}].${key}`)
  const found = proven.get(index)
  if (found === undefined) return notChecked('requests', says, `Entry ${index} is not shown or not proven.`)
  const { entry } = found
  if (entry === null) return notChecked('requests', says, `The contents of entry ${index} are not disclosed.`)
  if (entry.event !== 'approval.give') return no(`The journal says ${entry.event}.`, 'entry')
  if (entry.recordId !== id) return no(`The entry is about ${entry.recordId}.`, 'entry')
  if (entry.actor.kind !== 'person' || entry.actor.id !== by) return no(`The journal says ${entry.actor.id}.`, 'by')
  if (entry.actor.role !== role) return no(`The journal says ${entry.actor.role}.`, 'role')
  if (entry.at !== at) return no(`The journal says ${entry.at}.`, 'at')
  const body = entry.body as { readonly digest?: Json } | null
  return body?.digest === request ? checked('requests', says) : no('What was approved are other bytes.', 'entry')
}

/** The assertion under an approval, as the entry of the journal keeps it, over exactly this request. */
function checkSignature(
  { id, request }: Approvals,
  { by, entry: index }: Approval,
  proven: ProvenEntries,
  checkKey: JwkCheck,
): Statement {
  const entry = proven.get(index)?.entry
  const body = entry?.body as { readonly expiresAt?: Json; readonly proof?: Json } | null | undefined
  const proof = readProof(body?.proof)
  const says = `${by} approved request ${id} with an authenticator that verified who used it`
  if (proof === null) return notChecked('requests', `${says}.`, `Entry ${index} holds no signature of one.`)
  const full = `${says} (key ${keyName(proof.publicKey)}, at ${proof.origin}).`
  const challenge = challengeOf(request, id, by, body?.expiresAt)
  const asserted = challenge === null ? null : checkAssertion(proof, challenge, checkKey)
  if (asserted?.ok) return checked('requests', full)
  const why = asserted?.refusal.message ?? 'Nothing says until when the approval holds.'
  return wrong('requests', full, why, `journal/entries/${index}.json`, '$.entry.body.proof')
}

function challengeOf(request: string, id: string, by: string, expiresAt: Json | undefined): string | null {
  try {
    return typeof expiresAt === 'string' ? approvalChallenge(request, id, by, expiresAt) : null
  } catch {
    // Ids and times of another length belong to no approval that was ever asked for.
    return null
  }
}

function keyOf(proven: ProvenEntries, index: string): string | null {
  const body = proven.get(index)?.entry?.body as { readonly proof?: Json } | null | undefined
  const proof = readProof(body?.proof)
  return proof === null ? null : keyName(proof.publicKey)
}

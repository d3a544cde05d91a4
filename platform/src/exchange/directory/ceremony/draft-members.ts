/** Drafts that add, change, suspend or remove a member. */
import { bytesToHex, catchRefusal, orStop, type Result, sha256, stop } from '../../../kernel/index.ts'
import { countryOfRole, matchesPattern, memberFile, memberPath } from '../format/names.ts'
import type { SignatureCheck } from '../format/signatures.ts'
import { formatMember, parseMember } from '../member/parse-member.ts'
import type { Grant, MemberFile, SignedCard } from '../member/schema.ts'
import { draftNext, lastingDays } from './draft-roles.ts'
import { draftsOf, type Files, newestOf, publishedRoles, targetsOf } from './folder.ts'
import type { TargetsJson, Write } from './json-forms.ts'
import { delegationTo } from './status.ts'

export type MemberChange = { readonly id: string; readonly card: SignedCard | null; readonly grant: Partial<Grant> }

/** The role that lists a member, drafts included; null where none does. */
export function roleListing(files: Files, id: string): string | null {
  for (const role of new Set([...publishedRoles(files), ...draftsOf(files).map((draft) => draft.role)]))
    if (targetsOf(newestOf(files, role, true))?.content.members.has(memberPath(id))) return role
  return null
}

/** The file of a member as it stands, drafts included. */
export function memberFileOf(files: Files, id: string): MemberFile | null {
  const role = roleListing(files, id)
  const claim = role === null ? undefined : targetsOf(newestOf(files, role, true))?.content.members.get(memberPath(id))
  if (claim === undefined) return null
  const name = memberFile(id, claim.sha256)
  const bytes = files.get(`drafts/${name}`) ?? files.get(name)
  return bytes === undefined ? null : (JSON.parse(new TextDecoder().decode(bytes)) as MemberFile)
}

export function draftNewMember(
  files: Files,
  role: string,
  card: SignedCard,
  grant: Grant,
  now: number,
  check: SignatureCheck,
): Result<readonly Write[]> {
  return catchRefusal(() => {
    const { id } = card.signed
    const known = roleListing(files, id)
    if (known !== null)
      stop('DIRECTORY_MEMBER_KNOWN', `${id} is listed by ${known} already.`, {
        place: id,
        fix: 'Use `comity directory member change`.',
      })
    return listing(files, role, { v: 1, card, grant }, now, check)
  })
}

export function draftChangedMember(
  files: Files,
  { id, card, grant }: MemberChange,
  now: number,
  check: SignatureCheck,
): Result<readonly Write[]> {
  return catchRefusal(() => {
    const role = roleListing(files, id) ?? unknownMember(id)
    const before = memberFileOf(files, id) ?? unknownMember(id)
    if (card && card.signed.id !== id)
      stop('MEMBER_MISNAMED', `The card is of ${card.signed.id}.`, { place: id, fix: 'Give the card of the member.' })
    if (card && card.signed.revision <= before.card.signed.revision)
      stop(
        'MEMBER_CARD_OLD',
        `The card is revision ${card.signed.revision}; ${before.card.signed.revision} is listed.`,
        {
          place: id,
          fix: 'Ask the agency for its newest card.',
        },
      )
    return listing(files, role, { v: 1, card: card ?? before.card, grant: { ...before.grant, ...grant } }, now, check)
  })
}

export function draftRemovedMember(files: Files, id: string, now: number): Result<readonly Write[]> {
  return catchRefusal(() => {
    const role = roleListing(files, id) ?? unknownMember(id)
    return [
      draftNext<TargetsJson>(files, role, now, lastingDays.targets, ({ targets }) => {
        delete targets[memberPath(id)]
      }),
    ]
  })
}

/** Throws a `Stop` where nodes would not take the member from this role. */
function listing(files: Files, role: string, file: MemberFile, now: number, check: SignatureCheck): readonly Write[] {
  const { id, country } = file.card.signed
  const bytes = formatMember(file.card, file.grant)
  orStop(parseMember(bytes, check))
  const path = memberPath(id)
  for (let at = role; at !== 'targets'; ) {
    const above = delegationTo(files, at, true)
    if (!above)
      return stop('DIRECTORY_ROLE_UNKNOWN', 'The directory has no such role.', {
        place: at,
        fix: 'See `comity directory show`.',
      })
    if (!above.delegation.paths.some((pattern) => matchesPattern(pattern, path)))
      stop('MEMBER_MISNAMED', `${at} may not list ${id}: its paths are ${above.delegation.paths.join(', ')}.`, {
        place: id,
        fix: 'List it in another role, or give the agency an id that the pattern covers.',
      })
    const of = countryOfRole(at)
    if (of !== null && of !== country)
      stop('MEMBER_MISNAMED', `${at} lists members of ${of} only; ${id} is of ${country}.`, {
        place: id,
        fix: 'List it in the role of its country.',
      })
    at = above.from
  }
  const hash = bytesToHex(sha256(bytes))
  const write = draftNext<TargetsJson>(files, role, now, lastingDays.targets, ({ targets }) => {
    targets[path] = { length: bytes.length, hashes: { sha256: hash } }
  })
  const name = memberFile(id, hash)
  const there = files.has(name) || files.has(`drafts/${name}`)
  return [...(there ? [] : [{ path: `drafts/${name}`, bytes, replaces: false }]), write]
}

function unknownMember(id: string): never {
  return stop('DIRECTORY_MEMBER_UNKNOWN', 'No role lists this agency.', {
    place: id.slice(0, 80),
    fix: 'See `comity directory show`.',
  })
}

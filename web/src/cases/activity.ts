/** What happened in a case, as far as its records tell: the newest change of each record, and every change of the case itself. Pure. */

export type Doing = {
  readonly key: string
  readonly at: string
  /** Who, where the record says so. */
  readonly by: string | null
  readonly what: string
  /** Of a request: where it stands. */
  readonly state?: string
  /** What it is called. */
  readonly name: string
  readonly isNew: boolean
  /** Its name is an address or a pseudonym. */
  readonly isMachine?: boolean
}

type Access = {
  readonly members: readonly string[]
  readonly leads: readonly string[]
  readonly sealed: boolean
  readonly closed: boolean
  readonly purposes: readonly string[]
}
export type CaseVersion = {
  readonly version: number
  readonly at: string
  readonly case: {
    readonly title: string
    readonly openedBy: string
    readonly referral?: string | null
    readonly reason: string | null
    readonly access: Access
  }
}

/** One doing for each version of the case, named by what differs from the version before. */
export function caseDoings(versions: readonly CaseVersion[]): readonly Doing[] {
  return versions.map((one, at) => {
    const before = versions[at - 1]
    return {
      ...{ key: `case ${one.version}`, at: one.at, name: one.case.title, isNew: before === undefined },
      by: before === undefined ? one.case.openedBy : null,
      what: before === undefined ? 'case-opened' : differing(before.case, one.case),
    }
  })
}

function differing(before: CaseVersion['case'], after: CaseVersion['case']): string {
  const [a, b] = [before.access, after.access]
  if (a.closed !== b.closed) return b.closed ? 'case-closed' : 'case-reopened'
  if (a.sealed !== b.sealed) return b.sealed ? 'case-sealed' : 'case-unsealed'
  if ((before.referral ?? null) !== (after.referral ?? null))
    return after.referral ? 'case-referred' : 'case-referral-ended'
  if (a.members.length < b.members.length) return 'member-added'
  if (a.members.length > b.members.length) return 'member-removed'
  if (a.leads.join() !== b.leads.join()) return 'lead-changed'
  if (a.purposes.join() !== b.purposes.join()) return 'case-repurposed'
  return 'case-changed'
}

export function newestFirst(doings: readonly Doing[]): readonly Doing[] {
  return [...doings].sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
}

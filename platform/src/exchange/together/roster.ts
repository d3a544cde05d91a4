/**
 * Who is on duty at the point of contact, and whom a call goes to next. Pure: shifts are stretches of time with a person; what is
 * wrong with them is told with its place, and never mended in silence.
 */
export type Shift = {
  readonly personId: string
  /** From the first instant to, and not with, the last. */
  readonly from: string
  readonly until: string
  /** Where the person works: the zone in which a roster is printed. */
  readonly zone: string
  readonly languages: readonly string[]
  /** What whoever comes next must know. */
  readonly handOver: string | null
}

export type RosterFinding = {
  readonly code: 'gap' | 'overlap' | 'twice' | 'backwards' | 'language'
  /** As `/shifts/3`. */
  readonly place: string
  readonly from: string
  readonly until: string
  readonly message: string
}

/**
 * A gap is a stretch with nobody; an overlap one with several, which may be meant; `twice` is one person in two shifts at once, which
 * cannot be. `covers`: the stretch that the roster is for, and the languages of which somebody must speak one at each moment.
 */
export function rosterFindings(
  shifts: readonly Shift[],
  covers: { readonly from: string; readonly until: string; readonly languages: readonly string[] },
): readonly RosterFinding[] {
  const found: RosterFinding[] = []
  const told = (code: RosterFinding['code'], at: number | null, from: string, until: string, message: string) =>
    found.push({ code, place: at === null ? '/covers' : `/shifts/${at}`, from, until, message })
  const placed = shifts.map((shift, at) => ({
    ...shift,
    at,
    begins: Date.parse(shift.from),
    ends: Date.parse(shift.until),
  }))
  for (const { at, from, until, begins, ends } of placed)
    if (!(begins < ends)) told('backwards', at, from, until, 'The shift ends before it begins.')
  const sound = placed
    .filter(({ begins, ends }) => begins < ends)
    .toSorted((a, b) => a.begins - b.begins || a.ends - b.ends || a.at - b.at)
  let reached = Date.parse(covers.from)
  let last: number | null = null
  const end = Date.parse(covers.until)
  for (const shift of sound) {
    if (shift.begins > reached && reached < end)
      told('gap', last, iso(reached), iso(Math.min(shift.begins, end)), 'Nobody is on duty.')
    if (shift.ends > reached) {
      reached = shift.ends
      last = shift.at
    }
  }
  if (reached < end) told('gap', last, iso(reached), iso(end), 'Nobody is on duty.')
  for (const [index, one] of sound.entries()) {
    for (const other of sound.slice(index + 1)) {
      if (other.begins >= one.ends) break
      const [from, until] = [iso(other.begins), iso(Math.min(one.ends, other.ends))]
      if (one.personId === other.personId)
        told('twice', other.at, from, until, 'One person stands in two shifts at once.')
      else
        told(
          'overlap',
          other.at,
          from,
          until,
          'Two people are on duty; the one whose shift began first is called first.',
        )
    }
  }
  for (const { at, from, until, languages } of placed)
    if (covers.languages.length > 0 && !languages.some((one) => covers.languages.includes(one)))
      told('language', at, from, until, `The person speaks none of ${covers.languages.join(', ')}.`)
  return found
}

/** Who is on duty at an instant: whose shift began first stands first. */
export function onDuty(shifts: readonly Shift[], at: string): readonly Shift[] {
  const now = Date.parse(at)
  return shifts
    .filter(({ from, until }) => Date.parse(from) <= now && now < Date.parse(until))
    .toSorted((a, b) => Date.parse(a.from) - Date.parse(b.from) || (a.personId < b.personId ? -1 : 1))
}

export type CallStep = { readonly to: string; readonly since: string; readonly as: 'duty' | 'next' | 'lead' }

/**
 * To whom a call goes now that nobody it went to has taken it in time: everybody on duty in their order, then whoever comes on duty
 * next, at last the lead; null while the last one still has time, or once the lead was called.
 */
export function nextStep(
  steps: readonly CallStep[],
  shifts: readonly Shift[],
  of: { readonly minutes: number; readonly lead: string },
  now: string,
): CallStep | null {
  const last = steps.at(-1)
  if (last && (last.as === 'lead' || Date.parse(now) < Date.parse(last.since) + of.minutes * 60_000)) return null
  const called = new Set(steps.map(({ to }) => to))
  const duty = onDuty(shifts, now).find(({ personId }) => !called.has(personId))
  if (duty) return { to: duty.personId, since: now, as: 'duty' }
  const next = shifts
    .filter(({ from, personId }) => Date.parse(from) > Date.parse(now) && !called.has(personId))
    .toSorted((a, b) => Date.parse(a.from) - Date.parse(b.from) || (a.personId < b.personId ? -1 : 1))[0]
  // Somebody whose shift begins in a week is no help: only who comes on within half a day is asked early.
  if (next && Date.parse(next.from) - Date.parse(now) <= 12 * 3_600_000 && last?.as !== 'next')
    return { to: next.personId, since: now, as: 'next' }
  return { to: of.lead, since: now, as: 'lead' }
}

function iso(at: number): string {
  return new Date(at).toISOString()
}

/**
 * Whether both countries must punish the conduct, and what shows that they do.
 *
 * The test is one of conduct, whatever the offence is called (ETS 185 art. 25(5), UNCAC art. 43(2), CETS 198 art.
 * 28(1)(g)). The packs hold no penal codes: that both countries are parties to an instrument which obliges them to punish
 * the conduct is evidence; else a lawyer of the country that is asked must test the description.
 */
import type { JurisdictionPack, Mark, Offence, RequestType } from './pack.ts'
import type { LegalPacks } from './packs.ts'

export type Reason = { readonly text: string; readonly article: string; readonly verified: Mark }

export type DualCriminality = {
  /** not-asked: it may not or need not be tested; met: an instrument obliges both; to-test: a lawyer must compare. */
  readonly answer: 'not-asked' | 'met' | 'to-test'
  /** Whether the receiving authority may refuse for want of it. */
  readonly mayRefuse: boolean
  readonly conduct: string
  readonly elements: readonly string[]
  readonly reasons: readonly Reason[]
}

export type OffenceFacts = {
  /** Maximum penalty in the country that asks; null where it is not stated. */
  readonly maxPenaltyMonths: number | null
}

export function dualCriminality(
  packs: LegalPacks,
  type: RequestType,
  offence: Offence,
  from: JurisdictionPack,
  to: JurisdictionPack,
  facts: OffenceFacts,
): DualCriminality {
  const { rule, text, article, verified, list, minimumMonths } = type.dualCriminality
  const base = { conduct: offence.conduct, elements: offence.elements }
  const stated: Reason = { text, article, verified }
  if (rule === 'not-asked') return { ...base, answer: 'not-asked', mayRefuse: false, reasons: [stated] }
  if (rule === 'not-asked-if-listed' && list !== undefined) {
    const listed = listedReason(offence, list, minimumMonths ?? 0, facts, stated)
    if (listed.holds) return { ...base, answer: 'not-asked', mayRefuse: false, reasons: [stated, listed.reason] }
    const test = conductTest(packs, offence, from, to)
    return { ...base, answer: test.answer, mayRefuse: true, reasons: [stated, listed.reason, ...test.reasons] }
  }
  const test = conductTest(packs, offence, from, to)
  return { ...base, answer: test.answer, mayRefuse: rule !== 'none-stated', reasons: [stated, ...test.reasons] }
}

/** Both conditions must hold: the category, and the maximum penalty in the issuing State (Reg. 2018/1805 art. 3(1)). */
function listedReason(
  offence: Offence,
  list: string,
  minimumMonths: number,
  { maxPenaltyMonths }: OffenceFacts,
  stated: Reason,
): { readonly holds: boolean; readonly reason: Reason } {
  const map = offence.maps.find((one) => one.list === list)
  const say = (holds: boolean, text: string, verified: Mark = stated.verified) => ({
    holds,
    reason: { text, article: stated.article, verified },
  })
  if (!map) return say(false, `${offence.code} is not mapped to a category of ${list}: the conduct is tested.`)
  const entries = `${list} ${map.entries.join(', ')}`
  if (maxPenaltyMonths === null)
    return say(
      false,
      `${offence.code} is listed (${entries}), but the maximum penalty is not stated: state it, at least ${minimumMonths} months are needed.`,
    )
  if (maxPenaltyMonths < minimumMonths)
    return say(
      false,
      `${offence.code} is listed (${entries}), but the maximum penalty of ${maxPenaltyMonths} months is below ${minimumMonths}.`,
    )
  return say(
    true,
    `${offence.code} is listed (${entries}) and punishable by ${maxPenaltyMonths} months or more: dual criminality may not be tested.`,
    map.verified,
  )
}

function conductTest(
  packs: LegalPacks,
  offence: Offence,
  from: JurisdictionPack,
  to: JurisdictionPack,
): { readonly answer: 'met' | 'to-test'; readonly reasons: readonly Reason[] } {
  const reasons: Reason[] = []
  let met = false
  for (const { lists } of packs.offences) {
    for (const { id, name, criminalises, article } of lists) {
      const map = offence.maps.find((one) => one.list === id)
      if (criminalises === null || !map) continue
      const bound = [from, to].map((country) => country.parties.find(({ instrument }) => instrument === criminalises))
      if (!bound.every((party) => party?.state === 'party')) continue
      // A convention that is not in force obliges nobody to punish anything.
      if (packs.instruments.findLast((pack) => pack.id === criminalises)?.status.state !== 'in-force') continue
      // An entry that fits only under a condition ("only where data were manipulated") proves nothing by itself.
      met ||= map.text === undefined
      reasons.push({
        text:
          map.text === undefined
            ? `${from.code} and ${to.code} are both bound to punish the conduct: ${name}, ${map.entries.join(', ')}.`
            : `${from.code} and ${to.code} are both bound to punish the conduct: ${name}, ${map.entries.join(', ')} (${map.text}).`,
        article,
        verified: weakest([map.verified, ...bound.map((party) => party?.verified ?? 'unverified')]),
      })
    }
  }
  if (met) return { answer: 'met', reasons }
  return {
    answer: 'to-test',
    reasons: [
      ...reasons,
      {
        text: `No instrument in the packs obliges both ${from.code} and ${to.code} to punish the conduct without more: have its description compared with the law of ${to.code}.`,
        article: 'test of conduct: ETS 185 art. 25(5); UNCAC art. 43(2); CETS 198 art. 28(1)(g)',
        verified: 'verified',
      },
    ],
  }
}

export function weakest(given: readonly Mark[]): Mark {
  return given.includes('unverified') ? 'unverified' : given.includes('secondary') ? 'secondary' : 'verified'
}

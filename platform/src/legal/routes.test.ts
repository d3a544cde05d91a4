/** Routes between countries, dual criminality, referral, and admissibility of exhibits. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { orStop } from '../kernel/index.ts'
import { admissibility } from './admissibility.ts'
import { needs } from './pack.ts'
import { gatherPacks } from './packs.ts'
import {
  acknowledgeReferral,
  declineReferral,
  holderOf,
  openReferral,
  type Referral,
  referralTimes,
  withdrawReferral,
} from './referral.ts'
import { type RouteQuestion, routes } from './routes.ts'
import { packFolder, readPacks } from './sources/index.ts'

const packs = orStop(readPacks(orStop(packFolder())))
const ask = (more: Partial<RouteQuestion> = {}) =>
  orStop(routes(packs, { from: 'NL', to: 'DE', need: 'freeze', offence: 'ransomware', maxPenaltyMonths: 72, ...more }))
const ids = (list: readonly { instrument: { id: string }; requestType: string }[]) =>
  list.map(({ instrument, requestType }) => `${instrument.id} ${requestType}`)

describe('routes', () => {
  it('between Member States a freezing goes by mutual recognition first, and its urgency is known', () => {
    const { routes: open } = ask({ urgency: 'IMMINENT_DISSIPATION' })
    expect(ids(open)[0]).toBe('EU-2018-1805 FREEZE.REQUEST')
    expect(open[0]?.deadlines.filter(({ binding }) => binding).map(({ id }) => id)).toEqual([
      'R1805-9-3a',
      'R1805-9-3b',
    ])
    expect(open[0]?.receiver).toMatchObject({ role: 'executing-authority', names: [expect.stringMatching(/\S/)] })
  })

  it('Ireland is not bound by Reg. 2018/1805, and the reason is cited', () => {
    const { closed } = ask({ to: 'IE' })
    const [regulation] = closed.filter(({ instrument }) => instrument.id === 'EU-2018-1805')
    expect(regulation?.obstacles).toMatchObject([{ code: 'REQUEST_NOT_IN_FORCE', verified: 'verified' }])
  })

  it('from the Netherlands to Singapore only UNTOC freezes, with what must be found out; FIUs hold meanwhile', () => {
    const found = ask({ to: 'SG' })
    expect(ids(found.routes)).toEqual(['UNTOC FREEZE.REQUEST'])
    expect(found.routes[0]?.open.join(' ')).toContain('check with the depositary')
    expect(ids(found.meanwhile)).toContain('EGMONT FIU.SUSPEND')
    expect(ids(found.closed)).toContain('UNCAC FREEZE.REQUEST')
  })

  it('to the United States its own statute is open without a treaty list, to the Attorney General', () => {
    const found = ask({ to: 'US' })
    const statute = found.routes.find(({ instrument }) => instrument.id === 'US-CODE')
    expect(statute?.receiver.role).toBe('attorney-general')
    expect(ids(ask({ to: 'SG' }).routes)).not.toContain('US-CODE FREEZE.REQUEST')
  })

  it('an instrument that is not in force is never open, whoever asks', () => {
    for (const { code: from } of packs.jurisdictions)
      for (const need of needs) {
        const { routes: open, meanwhile } = ask({ from, to: 'JP', need })
        for (const one of [...open, ...meanwhile])
          expect(['COE-CETS-224', 'UN-CYBERCRIME-2024']).not.toContain(one.instrument.id)
      }
  })

  it('intelligence comes after what a court can use', () => {
    const { routes: open } = ask({ need: 'trace' })
    const yields = open.map((route) => route.yields)
    expect(yields).toContain('intelligence')
    expect(yields.lastIndexOf('evidence')).toBeLessThan(yields.indexOf('intelligence'))
  })

  it('a measure code serves as a need', () => {
    expect(ids(ask({ need: 'FREEZE_VALUE' }).routes)).toEqual(ids(ask().routes))
  })

  it('the order does not depend on the order of packs', () => {
    const reversed = gatherPacks(
      [
        ...packs.instruments,
        ...packs.jurisdictions,
        ...packs.offences,
        ...packs.indicators,
        ...packs.codes,
        ...packs.criteria,
        ...packs.labels,
      ].toReversed(),
    )
    expect(orStop(routes(reversed, { from: 'NL', to: 'US', need: 'data', offence: 'exchange-hack' }))).toEqual(
      orStop(routes(packs, { from: 'NL', to: 'US', need: 'data', offence: 'exchange-hack' })),
    )
  })

  it('each route has a reason with its article', () => {
    for (const need of needs)
      for (const { reasons, article } of ask({ need }).routes) {
        expect(article).toMatch(/\S/)
        expect(reasons.length).toBeGreaterThan(0)
        for (const reason of reasons) expect(reason.article).toMatch(/\S/)
      }
  })

  it('a police officer may issue an e-Evidence order only with validation; without it the FIU route is closed', () => {
    const data = ask({ need: 'data', issuer: 'police' })
    const production = data.routes.find(({ requestType }) => requestType === 'DATA.PRODUCE_TRAFFIC')
    expect(production?.open.join(' ')).toContain('only with validation by judge')
    expect(
      ask({ need: 'hold', issuer: 'police' }).closed.flatMap(({ obstacles }) => obstacles.map(({ code }) => code)),
    ).toContain('REQUEST_ISSUER')
  })

  it.each([
    [{ need: 'a miracle' }, 'NEED_UNKNOWN'],
    [{ need: 'constructor' }, 'NEED_UNKNOWN'],
    [{ to: 'XX' }, 'JURISDICTION_UNKNOWN'],
    [{ offence: 'theft-of-time' }, 'OFFENCE_UNKNOWN'],
    [{ urgency: 'IMPATIENCE' }, 'PACK_CODE_UNKNOWN'],
  ])('%j is refused', (more, code) => {
    expect(routes(packs, { from: 'NL', to: 'DE', need: 'freeze', offence: 'ransomware', ...more })).toMatchObject({
      ok: false,
      refusal: { code },
    })
  })
})

describe('dual criminality', () => {
  const dual = (more: Partial<RouteQuestion>, instrument = 'EU-2018-1805') =>
    [...ask(more).routes, ...ask(more).closed].find((route) => route.instrument.id === instrument)?.dualCriminality

  it('is not asked for a listed category with three years or more (Reg. 2018/1805 art. 3(1))', () => {
    expect(dual({ maxPenaltyMonths: 36 })?.answer).toBe('not-asked')
    expect(dual({ maxPenaltyMonths: 36 })?.mayRefuse).toBe(false)
  })

  it('is asked below three years and where the penalty is not stated', () => {
    for (const maxPenaltyMonths of [35, null]) expect(dual({ maxPenaltyMonths })).toMatchObject({ mayRefuse: true })
  })

  it('is met by conduct where both are bound to punish it (Budapest arts 2, 4, 5)', () => {
    expect(dual({}, 'COE-CETS-198')).toMatchObject({ answer: 'met', mayRefuse: true })
    expect(dual({ maxPenaltyMonths: 12 })?.answer).toBe('met')
  })

  it('is left to a lawyer where a party is not bound, or the entry fits under a condition only', () => {
    expect(dual({ to: 'SG' }, 'UNTOC')?.answer).toBe('to-test')
    // Budapest article 8 fits investment fraud only where data were manipulated.
    expect(dual({ offence: 'investment-fraud' }, 'COE-CETS-198')?.answer).toBe('to-test')
  })

  it('may never be asked for preservation under Budapest art. 29(3)', () => {
    expect(dual({ need: 'preserve' }, 'COE-ETS-185')).toMatchObject({ answer: 'not-asked', mayRefuse: false })
  })

  it('gives the conduct and its elements, never a translated name of a code', () => {
    expect(dual({})?.conduct).toMatch(/demands value/)
    expect(dual({})?.elements.length).toBeGreaterThan(2)
  })
})

describe('referral', () => {
  const open = orStop(
    openReferral({
      request: 'r1',
      from: 'ministry',
      to: 'prosecutor',
      reason: 'competent under art. 2(9)',
      forwardedAt: '2026-11-25T10:00:00Z',
    }),
  )

  it('leaves the request with the sender until it is acknowledged, and only then starts clocks', () => {
    expect(holderOf(open)).toBe('ministry')
    expect(referralTimes(open)).toEqual({ forwardedAt: '2026-11-25T10:00:00Z' })
    const taken = orStop(acknowledgeReferral(open, 'prosecutor', '2026-11-25T12:00:00Z'))
    expect(holderOf(taken)).toBe('prosecutor')
    expect(referralTimes(taken)).toEqual({
      forwardedAt: '2026-11-25T10:00:00Z',
      receivedByCompetentAt: '2026-11-25T12:00:00Z',
    })
  })

  it('cannot be answered by others, twice, before it was made, or made to oneself', () => {
    const taken = orStop(acknowledgeReferral(open, 'prosecutor', '2026-11-25T12:00:00Z'))
    for (const wrong of [
      acknowledgeReferral(open, 'ministry', '2026-11-25T12:00:00Z'),
      withdrawReferral(open, 'prosecutor', '2026-11-25T12:00:00Z'),
      declineReferral(taken, 'prosecutor', '2026-11-25T13:00:00Z', 'not ours'),
      acknowledgeReferral(open, 'prosecutor', '2026-11-25T09:00:00Z'),
      openReferral({ ...open, to: 'ministry' }),
    ])
      expect(wrong).toMatchObject({ ok: false, refusal: { code: 'REFERRAL_STATE' } })
  })

  it('whatever happens, exactly one of the two has the request', () => {
    type Act = (referral: Referral) => ReturnType<typeof openReferral>
    const acts: readonly Act[] = [
      (one) => acknowledgeReferral(one, 'prosecutor', '2026-11-25T12:00:00Z'),
      (one) => declineReferral(one, 'prosecutor', '2026-11-25T12:00:00Z', 'not competent'),
      (one) => withdrawReferral(one, 'ministry', '2026-11-25T12:00:00Z'),
    ]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...acts), { maxLength: 6 }), (chosen) => {
        let at = open
        for (const act of chosen) {
          const next = act(at)
          if (next.ok) at = next.value
        }
        expect(holderOf(at)).toBe(at.state === 'acknowledged' ? 'prosecutor' : 'ministry')
        if (chosen.length > 0) expect(at.state).not.toBe('open')
      }),
    )
  })
})

describe('admissibility of an exhibit', () => {
  const facts = Object.fromEntries(packs.criteria.flatMap(({ criteria }) => criteria.map(({ fact }) => [fact, true])))

  it('is ready where every required criterion is met', () => {
    for (const country of ['GB', 'US', 'NL']) expect(orStop(admissibility(packs, country, facts)).state).toBe('ready')
  })

  it('names what is not met and what was not answered, with the authority and what to do', () => {
    const { state, criteria } = orStop(admissibility(packs, 'GB', { ...facts, ledgerBalances: false }))
    expect(state).toBe('gaps')
    expect(criteria.find(({ fact }) => fact === 'ledgerBalances')).toMatchObject({
      answer: 'not-met',
      authority: "D'Aloia v Persons Unknown [2024] EWHC 2342 (Ch)",
      fix: expect.stringMatching(/conservation/),
    })
    expect(orStop(admissibility(packs, 'GB', {})).state).toBe('open')
  })

  it('a court of the United States asks other things than one of England', () => {
    const asked = (country: string) => orStop(admissibility(packs, country, {})).criteria.map(({ id }) => id)
    expect(asked('US')).toContain('us-raw-chain')
    expect(asked('GB')).not.toContain('us-raw-chain')
    expect(orStop(admissibility(packs, 'NL', {})).specific).toBe(false)
  })

  it('a misspelt fact is told, and an inherited name is no answer', () => {
    expect(orStop(admissibility(packs, 'GB', { hashAtAquisition: true })).unusedFacts).toEqual(['hashAtAquisition'])
    expect(admissibility(packs, 'XX', {})).toMatchObject({ ok: false, refusal: { code: 'JURISDICTION_UNKNOWN' } })
  })
})

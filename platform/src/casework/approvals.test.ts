import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { base64url } from '../evidence/index.ts'
import { sha256, sha256Text } from '../kernel/index.ts'
import { APPROVAL_TTL_MS, type Approval, approvalChallenge, approvalDigest, approvalState } from './approvals.ts'
import { nextState, type RequestState } from './request-states.ts'

const HOUR = 3_600_000
const START = Date.parse('2026-11-25T00:00:00Z')
const people = ['ann', 'bob', 'cem', 'dee'] as const
const keys = ['k1', 'k2', 'k3'] as const
type Person = (typeof people)[number]

/** The subject: a request as the acts keep it, moved by the rules of this room and nothing else. */
type Desk = {
  state: RequestState
  content: string
  policies: string
  needed: number
  drafters: string[]
  approvals: Approval[]
  submittedDigest: string | null
  now: number
  released: boolean
}

/** Everybody stays at work in these flows; that who has gone does not count has tests of its own. */
const atWork = new Map(people.map((one) => [one, 'judge']))

const digestOf = ({ content, policies, needed }: Desk) => approvalDigest({ content, policies, needed })

function tryRelease(desk: Desk): boolean {
  const next = nextState(desk.state, 'release')
  const digest = digestOf(desk)
  if (next === null || desk.submittedDigest !== digest) return false
  const { needed, drafters, approvals, now } = desk
  if (!approvalState({ digest, needed, drafters, roleByPerson: atWork }, approvals, now).enough) return false
  desk.state = next
  desk.released = true
  return true
}

/**
 * The model, written apart: a diary of who did what, read from the end. It knows no digests, no states and no matching; it
 * tries every choice of approvals and asks of each of them the questions of the law.
 */
type Signed = { by: Person; key: string; text: string; at: number; until: number; takenBack: boolean }
class Diary {
  text = 'a'
  rules = 'p'
  wanted = 2
  writers = new Set<Person>(['ann'])
  signed: Signed[] = []
  /** What lay on the table when it was put up for signature; null while it is a draft. */
  putUp: string | null = null
  out = false
  ended = false
  hours = 0

  sheet = () => `${this.text}/${this.rules}/${this.wanted}`

  mayLeave(): boolean {
    if (this.out || this.ended || this.putUp !== this.sheet()) return false
    const people = Math.max(2, this.wanted)
    const good = this.signed.filter(
      (one) =>
        !one.takenBack &&
        one.text === this.sheet() &&
        !this.writers.has(one.by) &&
        one.at <= this.hours &&
        this.hours < one.until &&
        one.until - one.at <= 24,
    )
    const choose = (from: number, chosen: Signed[]): boolean => {
      if (chosen.length === people)
        return (
          new Set(chosen.map(({ by }) => by)).size === people && new Set(chosen.map(({ key }) => key)).size === people
        )
      return good.some((one, at) => at >= from && choose(at + 1, [...chosen, one]))
    }
    return choose(0, [])
  }
}

type Step = fc.Command<Diary, Desk>
const step = (name: string, run: (diary: Diary, desk: Desk) => void): Step => ({
  check: () => true,
  run,
  toString: () => name,
})

const person = fc.constantFrom(...people)
const steps = {
  writes: fc.tuple(fc.constantFrom('a', 'b'), person).map(([text, by]) =>
    step(`${by} writes ${text}`, (diary, desk) => {
      const next = nextState(desk.state, 'change')
      expect(next !== null).toBe(!diary.out && !diary.ended)
      if (next === null) return
      Object.assign(desk, { state: next, content: text, submittedDigest: null })
      if (!desk.drafters.includes(by)) desk.drafters.push(by)
      desk.approvals = desk.approvals.map((one) => ({ ...one, withdrawnAt: one.withdrawnAt ?? iso(desk.now) }))
      diary.text = text
      diary.writers.add(by)
      diary.putUp = null
      for (const one of diary.signed) one.takenBack = true
    }),
  ),
  putUp: fc.constant(
    step('put up', (diary, desk) => {
      const next = nextState(desk.state, 'submit')
      expect(next !== null).toBe(diary.putUp === null && !diary.out && !diary.ended)
      if (next === null) return
      desk.state = next
      desk.submittedDigest = digestOf(desk)
      diary.putUp = diary.sheet()
    }),
  ),
  // Whatever gets into the list of approvals, by whatever way, must not count where it should not.
  signs: fc
    .tuple(
      person,
      fc.constantFrom(...keys),
      fc.integer({ min: 1, max: 26 }),
      fc.constantFrom('now', 'now', 'now', 'other'),
    )
    .map(([by, key, hours, which]) =>
      step(`${by} signs ${which} with ${key} for ${hours} h`, (diary, desk) => {
        const seen = which === 'now' ? digestOf(desk) : approvalDigest({ content: 'other' })
        desk.approvals.push({
          approverId: by,
          role: 'judge',
          credentialId: key,
          digest: seen,
          challenge: '',
          givenAt: iso(desk.now),
          expiresAt: iso(desk.now + hours * HOUR),
          withdrawnAt: null,
        })
        const text = which === 'now' ? diary.sheet() : 'other'
        diary.signed.push({ by, key, text, at: diary.hours, until: diary.hours + hours, takenBack: false })
      }),
    ),
  takesBack: person.map((by) =>
    step(`${by} takes back`, (diary, desk) => {
      desk.approvals = desk.approvals.map((one) =>
        one.approverId === by ? { ...one, withdrawnAt: one.withdrawnAt ?? iso(desk.now) } : one,
      )
      for (const one of diary.signed) if (one.by === by) one.takenBack = true
    }),
  ),
  passes: fc.constantFrom(-1, 1, 5, 23, 24).map((hours) =>
    step(`${hours} h pass`, (diary, desk) => {
      desk.now += hours * HOUR
      diary.hours += hours
    }),
  ),
  policies: fc.constantFrom('p', 'q').map((rules) =>
    step(`policies ${rules}`, (diary, desk) => {
      desk.policies = rules
      diary.rules = rules
    }),
  ),
  asked: fc.constantFrom(0, 1, 2, 2, 3).map((needed) =>
    step(`${needed} are asked`, (diary, desk) => {
      desk.needed = needed
      diary.wanted = needed
    }),
  ),
  withdraws: fc.constant(
    step('withdraw', (diary, desk) => {
      const next = nextState(desk.state, 'withdraw')
      if (next === null) return
      desk.state = next
      diary.ended = true
    }),
  ),
}
const release = fc.constant(
  step('release', (diary, desk) => {
    const allowed = diary.mayLeave()
    expect(tryRelease(desk)).toBe(allowed)
    if (allowed) diary.out = true
  }),
)
const iso = (ms: number) => new Date(ms).toISOString()
describe('approvals', () => {
  test('10,000 random flows: none leaves without distinct, fresh approvals of exactly its content, and none is held up', () => {
    let flows = 0
    let releases = 0
    // As in an office: mostly signing; a release is tried often, a withdrawal rarely.
    const { putUp, signs, writes, takesBack, passes, policies, asked, withdraws } = steps
    const office: fc.Arbitrary<Step>[] = [
      ...[putUp, putUp, putUp, signs, signs, signs, signs, signs, signs, signs, signs, release, release, release],
      ...[writes, takesBack, passes, policies, asked],
    ]
    const some = fc.commands(office, { maxCommands: 24, size: 'max' })
    const last = fc.commands([...office, withdraws], { maxCommands: 24, size: 'max' })
    fc.assert(
      fc.property(fc.oneof({ arbitrary: some, weight: 4 }, { arbitrary: last, weight: 1 }), (commands) => {
        flows += 1
        const real: Desk = {
          state: 'draft',
          content: 'a',
          policies: 'p',
          needed: 2,
          drafters: ['ann'],
          approvals: [],
          submittedDigest: null,
          now: START,
          released: false,
        }
        const model = new Diary()
        fc.modelRun(() => ({ model, real }), commands)
        expect(real.released).toBe(model.out)
        if (real.released) releases += 1
      }),
      { numRuns: 10_000 },
    )
    expect(flows).toBeGreaterThanOrEqual(10_000)
    // A test of flows that never come to a release would prove nothing.
    expect(releases).toBeGreaterThan(500)
  }, 300_000)

  const approval = (approverId: string, credentialId: string, more: Partial<Approval> = {}): Approval => ({
    approverId,
    role: 'judge',
    credentialId,
    digest: 'd',
    challenge: 'c',
    givenAt: iso(START),
    expiresAt: iso(START + APPROVAL_TTL_MS),
    withdrawnAt: null,
    ...more,
  })
  const roleByPerson = new Map(['a', 'b', 'drafter'].map((id) => [id, 'judge']))
  const asked = { digest: 'd', needed: 2, drafters: ['drafter'], roleByPerson }

  test.each([
    ['two people, two authenticators', [approval('a', '1'), approval('b', '2')], true],
    ['one person, two authenticators', [approval('a', '1'), approval('a', '2')], false],
    ['two people, one authenticator', [approval('a', '1'), approval('b', '1')], false],
    ['a drafter among them', [approval('a', '1'), approval('drafter', '2')], false],
    ['other content', [approval('a', '1'), approval('b', '2', { digest: 'e' })], false],
    ['one taken back', [approval('a', '1'), approval('b', '2', { withdrawnAt: iso(START) })], false],
    ['one from tomorrow', [approval('a', '1'), approval('b', '2', { givenAt: iso(START + 2 * HOUR) })], false],
    [
      'one that would hold for longer than a day',
      [approval('a', '1'), approval('b', '2', { expiresAt: iso(START + APPROVAL_TTL_MS + 1) })],
      false,
    ],
    ['one by somebody who is gone', [approval('a', '1'), approval('gone', '2')], false],
    ['one in another office than now', [approval('a', '1'), approval('b', '2', { role: 'prosecutor' })], false],
    ['one without a readable time', [approval('a', '1'), approval('b', '2', { givenAt: 'x' })], false],
    // First come, first served would count one here: a with 1, and then nobody for b.
    ['authenticators that cross', [approval('a', '1'), approval('a', '2'), approval('b', '1')], true],
  ])('%s', (_, approvals, enough) => {
    expect(approvalState(asked, approvals, START + HOUR).enough).toBe(enough)
    expect(approvalState(asked, [...approvals].reverse(), START + HOUR).enough).toBe(enough)
  })

  test('hold to the last millisecond of their day and not beyond', () => {
    const two = [approval('a', '1'), approval('b', '2')]
    expect(approvalState(asked, two, START + APPROVAL_TTL_MS - 1).enough).toBe(true)
    expect(approvalState(asked, two, START + APPROVAL_TTL_MS).enough).toBe(false)
  })

  test.each([0, 1, -5, Number.NaN])('never fewer than two, whatever a setting says: %s', (needed) => {
    expect(approvalState({ ...asked, needed }, [approval('a', '1')], START + HOUR).enough).toBe(false)
  })

  test('the challenge is bound to digest, request, approver and end, and has no other reading', () => {
    const id = (n: number) => `00000000-0000-7000-8000-00000000000${n}`
    const base = [sha256Text('x'), id(1), id(2), iso(START)] as const
    const all = [
      base,
      [sha256Text('y'), base[1], base[2], base[3]] as const,
      [base[0], id(2), id(1), base[3]] as const,
      [base[0], base[1], id(3), base[3]] as const,
      [base[0], base[1], base[2], iso(START + 1)] as const,
    ].map((parts) => approvalChallenge(...parts))
    expect(new Set(all).size).toBe(all.length)
    const joined = new TextEncoder()
    const expected = sha256(
      Uint8Array.from([
        ...joined.encode('comity-approve-v1'),
        ...Buffer.from(base[0], 'hex'),
        ...joined.encode(`${base[1]}${base[2]}${base[3]}`),
      ]),
    )
    expect(all[0]).toBe(Buffer.from(expected).toString('base64url'))
    expect(() => approvalChallenge(base[0], 'short', base[2], base[3])).toThrow(RangeError)
  })

  test('base64url is that of RFC 4648', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(base64url(bytes)).toBe(Buffer.from(bytes).toString('base64url'))
      }),
    )
  })
})

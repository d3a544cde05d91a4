import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { checkJwk } from '../kernel/crypto/index.ts'
import { type Role, roles } from '../kernel/index.ts'
import { approvalRuleOf } from './approval-rule.ts'
import { type ApprovalRule, approvalsOf, checkApprovals, messageChallenge } from './approvals.ts'
import { type Approver, approve, approved } from './testing/authenticator.ts'
import { type Header, openMessage, ownForms, packMessage } from './wire/index.ts'
import { directory, tallinn, vienna } from './wire/testing/agencies.ts'
import { exampleDraft } from './wire/testing/messages.ts'

const draft = () => exampleDraft('freeze.request', 2)
const rule: ApprovalRule = { needed: 2, demands: [{ roles: ['prosecutor'], count: 1 }] }
const anna: Approver = { person: 'anna', role: 'prosecutor' }
const bert: Approver = { person: 'bert', role: 'senior-official' }
const cleo: Approver = { person: 'cleo', role: 'senior-official' }
const of = (...approvers: readonly Approver[]) => approvalsOf(approved(draft(), ...approvers), rule, checkJwk)
const whys = (...approvers: readonly Approver[]) => of(...approvers).void.map(({ why }) => why)

describe('the approvals of a message', () => {
  test('of two people with two authenticators count, and are there after the way', () => {
    const message = approved(draft(), anna, bert)
    expect(approvalsOf(message, rule, checkJwk)).toMatchObject({ enough: true, needed: 2, void: [], missing: [] })
    const sent = packMessage(message, [vienna], ownForms)
    const opened = sent.ok ? openMessage(sent.value.envelope, directory, tallinn.agency, ownForms) : sent
    if (!opened.ok) throw new Error(JSON.stringify(opened))
    expect(checkApprovals(opened.value, rule, checkJwk)).toMatchObject({ ok: true })
  })

  test('of one person are never enough, whatever the rule says', () => {
    const alone = { needed: 0, demands: [] }
    expect(approvalsOf(approved(draft(), anna), alone, checkJwk)).toMatchObject({ enough: false, needed: 2 })
    expect(of()).toMatchObject({ enough: false, counted: [] })
  })

  test('need the roles that the rule asks for', () => {
    expect(of(bert, cleo)).toMatchObject({ enough: false, missing: rule.demands })
    const result = checkApprovals(approved(draft(), bert, cleo), rule, checkJwk)
    expect(result).toMatchObject({ refusal: { code: 'EXCHANGE_APPROVALS', place: '/header/approvals' } })
    expect(!result.ok && result.refusal.message).toContain('missing: 1 in the role prosecutor')
  })

  test.each<[string, Approver, string]>([
    ['twice by one person', { ...anna, authenticator: 'other' }, 'same-person'],
    ['with the authenticator of somebody else', { ...bert, authenticator: 'anna' }, 'same-authenticator'],
    ['before the message was made', { ...bert, givenAt: '2026-11-25T09:29:59.999Z' }, 'before-the-message'],
    ['for longer than a day', { ...bert, expiresAt: '2026-11-27T10:00:00.000Z' }, 'too-long'],
    ['over another message', { ...bert, challenge: 'c2F5IHdoYXQ' }, 'assertion-wrong'],
    ['without verifying the person', { ...bert, flags: 0x01 }, 'assertion-wrong'],
    ['with a key that can be copied', { ...bert, flags: 0x0d }, 'assertion-wrong'],
  ])('given %s do not count', (_, second, why) => {
    expect(of(anna, second).enough).toBe(false)
    expect(whys(anna, second)).toContain(why)
  })

  test('of one person in two roles count in neither', () => {
    expect(whys(anna, { ...anna, role: 'judge', authenticator: 'other' }, bert)).toEqual(['two-roles', 'two-roles'])
  })

  test('must have held at one moment', () => {
    const late: Approver = { ...bert, givenAt: '2026-11-26T10:00:00.000Z', expiresAt: '2026-11-27T10:00:00.000Z' }
    expect(of(anna, late).enough).toBe(false)
    const justInTime: Approver = { ...late, givenAt: '2026-11-26T09:59:59.999Z', expiresAt: '2026-11-27T09:00:00.000Z' }
    expect(of(anna, justInTime).enough).toBe(true)
    // One more that came too late takes nothing away from those that held together.
    expect(of(anna, bert, { ...late, person: 'cleo' })).toMatchObject({ enough: true, void: [{ why: 'not-yet' }] })
  })

  test('are void with any change of what they cover, and with none of what they do not', () => {
    const message = approved(draft(), anna, bert)
    const changes: readonly Partial<Header>[] = [
      { to: 'example-vasp' },
      { deadline: null },
      { policyVersion: 'another' },
      { seq: 2 },
      { critical: ['/header/to'] },
      { id: '01936c3a-5f00-7a10-8b20-0000000000a9' },
    ]
    for (const change of changes) {
      const changed = { ...message, header: { ...message.header, ...change } }
      expect(approvalsOf(changed, rule, checkJwk).counted, JSON.stringify(change)).toEqual([])
    }
    expect(approvalsOf({ ...message, body: {} }, rule, checkJwk).counted).toEqual([])
    const unknown = { ...message, header: { ...message.header, colour: 'red' } as Header }
    expect(approvalsOf(unknown, rule, checkJwk).counted).toEqual([])
    const turned = { ...message, header: { ...message.header, approvals: [...message.header.approvals].reverse() } }
    expect(messageChallenge(turned)).toBe(messageChallenge(message))
    expect(approvalsOf(turned, rule, checkJwk).enough).toBe(true)
  })

  test.each(['anna', 'cleo'])(
    'are enough exactly where two people with two authenticators have, %s among them: random flows',
    (asked) => {
      const approver = fc.record({
        person: fc.constantFrom('anna', 'bert', 'cleo'),
        authenticator: fc.constantFrom('1', '2', '3'),
        wrong: fc.boolean(),
      })
      // A role belongs to a person here; one person in two roles is the test above.
      const roleOf = (person: string): Role => (person === asked ? 'prosecutor' : 'senior-official')
      const message = draft()
      fc.assert(
        fc.property(fc.array(approver, { maxLength: 5 }), (drawn) => {
          const approvals = drawn.map(({ person, authenticator, wrong }) =>
            approve(message, { person, role: roleOf(person), authenticator, ...(wrong ? { challenge: 'AAAA' } : {}) }),
          )
          const right = drawn.filter(({ wrong }) => !wrong)
          const expected = right.some(
            (one) =>
              one.person === asked &&
              right.some((other) => other.person !== asked && other.authenticator !== one.authenticator),
          )
          const given = { ...message, header: { ...message.header, approvals } }
          expect(approvalsOf(given, rule, checkJwk).enough).toBe(expected)
        }),
        { numRuns: 200 },
      )
    },
  )
})

describe('the rule of approvals', () => {
  test('asks for one who acts for an authority that may issue the request', () => {
    const freezing = { roles: ['judge', 'court', 'prosecutor'], validators: ['judge'] } as const
    expect(approvalRuleOf(freezing)).toEqual({ needed: 2, demands: [{ roles: ['judge', 'prosecutor'], count: 1 }] })
    expect(approvalRuleOf({ roles: ['fiu'], validators: [] }, 3)).toEqual({
      needed: 3,
      demands: [{ roles: ['senior-official'], count: 1 }],
    })
  })

  test('asks for a validator as well, where nobody who may validate may issue', () => {
    expect(approvalRuleOf({ roles: ['police'], validators: ['judge', 'prosecutor'] })).toEqual({
      needed: 2,
      demands: [
        { roles: ['senior-official', 'judge', 'prosecutor'], count: 1 },
        { roles: ['judge', 'prosecutor'], count: 1 },
      ],
    })
  })

  test('of every request that a pack knows names a role that a house can have', () => {
    const packs = fileURLToPath(new URL('../../../packs/instruments/', import.meta.url))
    const types = globSync('*.yaml', { cwd: packs }).flatMap((path) => {
      const pack = parse(readFileSync(`${packs}${path}`, 'utf8')) as {
        readonly requestTypes?: readonly {
          readonly id: string
          readonly issuers: Parameters<typeof approvalRuleOf>[0]
        }[]
      }
      return (pack.requestTypes ?? []).map(({ id, issuers }) => [`${path} ${id}`, issuers] as const)
    })
    expect(types.length).toBeGreaterThan(40)
    for (const [name, issuers] of types) {
      const { needed, demands } = approvalRuleOf(issuers)
      expect(needed, name).toBe(2)
      expect(demands.length > 0, name).toBe(issuers.roles.length + issuers.validators.length > 0)
      for (const demand of demands) for (const role of demand.roles) expect(roles, name).toContain(role)
    }
  })

  test('never asks for fewer than two, and names no role where the pack names none', () => {
    expect(approvalRuleOf({ roles: [], validators: [] }, 1)).toEqual({ needed: 2, demands: [] })
  })
})

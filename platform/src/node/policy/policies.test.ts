/** The policies: what each permits and stops, that nobody sees what is not for them, and that an error means no. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EntityJson } from '@cedar-policy/cedar-wasm/nodejs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Access, amber, type Marking, purposes, roles } from '../../kernel/index.ts'
import { modelAllows } from '../testing/policy-model.ts'
import { POLICIES } from '../testing/test-node.ts'
import { type Ask, caseEntity, openDecisionPoint, personEntity, recordEntity } from './decision-point.ts'

const point = openDecisionPoint(POLICIES)
const [ME, OTHER, CASE, RECORD] = ['me', 'other', 'case-1', 'record-1']

type Wish = {
  readonly role?: string
  readonly suspended?: boolean
  readonly access?: Partial<Access>
  readonly marking?: Partial<Marking>
  readonly author?: string
  readonly signedInBy?: string
  readonly provenAgo?: number
  readonly purpose?: string
}

const member: Access = {
  members: [ME],
  leads: [],
  sealed: false,
  sealedFor: [],
  training: false,
  closed: false,
  purposes: ['criminal-proceedings'],
}
const nodeRights = [
  ...['useNode', 'manageNode', 'managePeople', 'openCase', 'readJournal', 'readOversight', 'work'],
  ...['readInbox', 'liaise', 'keepRoster', 'liftSuspension'],
]
const recordRights = [
  ...['readRecord', 'editRecord', 'approveRequest', 'releaseRequest', 'decideRequest', 'exportRecord'],
  'shareJointly',
]
const caseRights = [
  ...['readCase', 'editCase', 'manageMembers', 'addEvidence', 'moveEvidence', 'draftRequest', 'recordTrace'],
  ...['exportCase', 'eraseCase', 'seeInLists', 'answerReferral', 'joinCase', 'correspond'],
]

function ask(right: string, wish: Wish = {}): Ask {
  const { role = 'investigator', suspended = false } = wish
  const type = nodeRights.includes(right) ? 'Node' : recordRights.includes(right) ? 'Record' : 'Case'
  const entities: EntityJson[] = [personEntity(ME, { role, suspended })]
  if (type === 'Node') entities.push({ uid: { type: 'Node', id: 'node' }, attrs: {}, parents: [] })
  else entities.push(caseEntity(CASE, { ...member, ...wish.access }, ME))
  if (type === 'Record') {
    const facts = { ...amber, ...wish.marking, caseId: CASE, kind: 'request', author: wish.author ?? OTHER }
    entities.push(recordEntity(RECORD, facts, ME))
  }
  return {
    personId: ME,
    right,
    resource: { type, id: type === 'Node' ? 'node' : type === 'Case' ? CASE : RECORD },
    circumstances: {
      signedInBy: wish.signedInBy ?? 'device-bound',
      provenAgo: wish.provenAgo ?? 0,
      purpose: wish.purpose ?? 'criminal-proceedings',
    },
    entities,
  }
}

/** Each forbid: a question that would be permitted but for it, and the one thing that makes it apply. */
const stopped: readonly [policy: string, right: string, otherwise: Wish, because: Wish][] = [
  ['the-suspended-do-nothing', 'readCase', {}, { suspended: true }],
  ['a-role-that-is-not-known-does-nothing', 'useNode', {}, { role: 'emperor' }],
  ['sealed-cases-are-for-those-named', 'readCase', {}, { access: { sealed: true } }],
  ['records-of-sealed-cases-are-for-those-named', 'readRecord', {}, { access: { sealed: true } }],
  ['cases-serve-their-purpose-only', 'readCase', {}, { purpose: 'administrative' }],
  [
    'records-serve-the-purpose-of-their-case-unless-released-for-more',
    'readRecord',
    { purpose: 'administrative', marking: { onwardUse: true } },
    { purpose: 'administrative', marking: { onwardUse: false } },
  ],
  ['trainees-see-exercises-only', 'readCase', { role: 'training', access: { training: true } }, { role: 'training' }],
  [
    'trainees-see-records-of-exercises-only',
    'readRecord',
    { role: 'training', access: { training: true } },
    { role: 'training' },
  ],
  [
    'exercises-are-for-members-only',
    'exportCase',
    { role: 'training', access: { training: true } },
    { role: 'prosecutor', access: { training: true } },
  ],
  ['red-items-are-for-their-audience', 'readRecord', {}, { marking: { tlp: 'red' } }],
  ['need-to-know-items-are-for-their-audience', 'readRecord', {}, { marking: { needToKnow: true } }],
  ['protected-persons-are-for-their-audience', 'readRecord', {}, { marking: { protectedPerson: true } }],
  ['amber-strict-and-red-items-leave-in-no-export', 'exportRecord', {}, { marking: { tlp: 'amber+strict' } }],
  ['amber-strict-and-red-items-are-shared-in-no-joint-case', 'shareJointly', {}, { marking: { tlp: 'amber+strict' } }],
  [
    'what-is-for-named-people-is-shared-in-no-joint-case',
    'shareJointly',
    {},
    { marking: { needToKnow: true, audience: [ME] } },
  ],
  ['machines-share-nothing-and-write-to-nobody', 'correspond', {}, { signedInBy: 'api-key' }],
  ['nobody-approves-what-they-drafted', 'approveRequest', { role: 'judge' }, { role: 'judge', author: ME }],
  [
    'approvals-need-a-key-that-stays-on-its-device',
    'approveRequest',
    { role: 'judge' },
    { role: 'judge', signedInBy: 'passkey' },
  ],
  [
    'grave-acts-need-the-person-to-be-there',
    'managePeople',
    { role: 'administrator', provenAgo: 300 },
    { role: 'administrator', provenAgo: 301 },
  ],
  [
    'machines-do-no-grave-acts',
    'managePeople',
    { role: 'administrator' },
    { role: 'administrator', signedInBy: 'api-key' },
  ],
]

/** Each permit: a question that it alone answers with yes, and the nearest that nothing permits. */
const permitted: readonly [policy: string, right: string, yes: Wish, no: Wish | null][] = [
  ['everybody-uses-the-node', 'useNode', { role: 'judge' }, null],
  ['administrators-run-the-node', 'manageNode', { role: 'administrator' }, { role: 'auditor' }],
  ['auditors-read-the-journal', 'readJournal', { role: 'auditor' }, { role: 'administrator' }],
  [
    'the-inbox-is-kept-by-those-who-take-requests-in',
    'readInbox',
    { role: 'compliance-officer' },
    { role: 'investigator' },
  ],
  ['case-officers-open-cases', 'openCase', { role: 'prosecutor' }, { role: 'judge' }],
  ['members-read-their-cases', 'readCase', { role: 'judge' }, { role: 'judge', access: { members: [OTHER] } }],
  ['case-officers-work-on-their-cases', 'editCase', {}, { access: { closed: true } }],
  ['leads-choose-the-members', 'manageMembers', { access: { leads: [ME] } }, { access: { leads: [OTHER] } }],
  ['evidence-is-added-by-those-who-collect-it', 'addEvidence', {}, { role: 'judge' }],
  [
    'custody-is-kept-by-custodians-and-investigators',
    'moveEvidence',
    { role: 'evidence-custodian' },
    { role: 'analyst' },
  ],
  ['requests-are-drafted-by-case-officers', 'draftRequest', { role: 'liaison-officer' }, { role: 'asset-manager' }],
  ['cases-are-exported-by-those-who-answer-for-them', 'exportCase', { role: 'prosecutor' }, { role: 'investigator' }],
  ['cases-are-erased-by-senior-officials', 'eraseCase', { role: 'senior-official' }, { role: 'prosecutor' }],
  ['members-read-the-records-of-their-cases', 'readRecord', { role: 'judge' }, { role: 'auditor' }],
  ['case-officers-change-records', 'editRecord', {}, { role: 'judge' }],
  ['approvals-are-given-by-those-who-may-sign', 'approveRequest', { role: 'judge' }, { role: 'investigator' }],
  ['requests-are-released-by-those-who-answer-for-them', 'releaseRequest', { role: 'prosecutor' }, { role: 'judge' }],
  [
    'requests-of-others-are-decided-by-those-who-answer-for-them',
    'decideRequest',
    { role: 'judge' },
    { role: 'investigator' },
  ],
  [
    'referrals-are-answered-by-those-they-are-for',
    'answerReferral',
    { access: { referredTo: [ME], members: [OTHER] } },
    { access: { referredTo: [OTHER] } },
  ],
  [
    'answers-from-outside-are-recorded-by-leads',
    'answerReferral',
    { access: { leads: [ME] } },
    { access: { leads: [OTHER] } },
  ],
  [
    'points-of-contact-are-answered-by-those-who-speak-for-the-agency',
    'liaise',
    { role: 'prosecutor' },
    { role: 'analyst' },
  ],
  [
    'rosters-are-kept-by-liaison-officers-and-senior-officials',
    'keepRoster',
    { role: 'liaison-officer' },
    { role: 'prosecutor' },
  ],
  [
    'suspensions-are-lifted-by-senior-officials',
    'liftSuspension',
    { role: 'senior-official' },
    { role: 'liaison-officer' },
  ],
  [
    'joint-cases-are-joined-by-those-who-answer-for-them',
    'joinCase',
    { role: 'prosecutor' },
    { role: 'prosecutor', access: { training: true } },
  ],
  ['case-officers-write-to-other-agencies-of-their-cases', 'correspond', {}, { role: 'analyst' }],
  ['case-officers-share-what-they-may-read-in-joint-cases', 'shareJointly', {}, { access: { closed: true } }],
]

describe('worked decisions', () => {
  test.each(stopped)('%s', (policy, right, otherwise, because) => {
    expect(point.decide(ask(right, otherwise))).toMatchObject({ allowed: true, faults: [] })
    expect(point.decide(ask(right, because))).toEqual({ allowed: false, reasons: [policy], faults: [] })
  })

  test.each(permitted)('%s', (policy, right, yes, no) => {
    expect(point.decide(ask(right, yes))).toEqual({ allowed: true, reasons: [policy], faults: [] })
    if (no) expect(point.decide(ask(right, no))).toEqual({ allowed: false, reasons: [], faults: [] })
  })

  test('every policy has its row, and every row its policy', () => {
    const written = ['roles.cedar', 'limits.cedar'].flatMap((file) => {
      const text = readFileSync(join(POLICIES, file), 'utf8')
      const ids = [...text.matchAll(/^@id\("([^"]+)"\)$/gm)].map(([, id]) => id)
      // A policy without an id would move the names of all that follow it.
      expect(text.match(/^(permit|forbid)\b/gm)).toHaveLength(ids.length)
      return ids
    })
    expect([...permitted, ...stopped].map(([policy]) => policy).sort()).toEqual(written.sort())
  })

  test('the policies know the roles of the kernel, and no other', () => {
    const text = readFileSync(join(POLICIES, 'limits.cedar'), 'utf8')
    const list = /a-role-that-is-not-known-does-nothing[\s\S]*?\[([\s\S]*?)\]\.contains/.exec(text)?.[1] ?? ''
    expect([...list.matchAll(/"([^"]+)"/g)].map(([, role]) => role).sort()).toEqual([...roles].sort())
  })
})

const arbitraryPeople = fc.subarray([ME, OTHER, 'third'])
const arbitraryAccess: fc.Arbitrary<Access> = fc.record({
  // Most questions are about one's own cases: else nearly all answers were no.
  members: fc.oneof({ weight: 3, arbitrary: fc.constant<string[]>([ME, OTHER]) }, arbitraryPeople),
  leads: arbitraryPeople,
  sealed: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, fc.boolean()),
  sealedFor: arbitraryPeople,
  training: fc.boolean(),
  closed: fc.oneof({ weight: 2, arbitrary: fc.constant(false) }, fc.boolean()),
  purposes: fc.subarray([...purposes], { minLength: 1 }),
  referredTo: arbitraryPeople,
})
const arbitraryMarking: fc.Arbitrary<Marking> = fc.record({
  tlp: fc.constantFrom('clear', 'green', 'amber', 'amber+strict', 'red'),
  audience: arbitraryPeople,
  needToKnow: fc.boolean(),
  protectedPerson: fc.boolean(),
  onwardUse: fc.boolean(),
})
const arbitraryWish = fc.record({
  role: fc.constantFrom(...roles, 'emperor', ''),
  suspended: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.constant(true)),
  access: arbitraryAccess,
  marking: arbitraryMarking,
  author: fc.constantFrom(ME, OTHER),
  signedInBy: fc.constantFrom('passkey', 'device-bound', 'device-bound', 'oidc', 'api-key'),
  provenAgo: fc.constantFrom(0, 299, 300, 301, 1_000_000_000),
  purpose: fc.constantFrom('criminal-proceedings', ...purposes),
})

test('an empty audience is nobody: what is for named people is seen by those named, whoever else they are', () => {
  let seen = 0
  fc.assert(
    fc.property(arbitraryWish, fc.constantFrom(...recordRights), (wish, right) => {
      const { allowed } = point.decide(ask(right, wish))
      const forNamed = wish.marking.tlp === 'red' || wish.marking.needToKnow || wish.marking.protectedPerson
      if (allowed) seen += 1
      if (allowed && forNamed) expect(wish.marking.audience).toContain(ME)
      if (allowed && wish.access.sealed) expect(wish.access.sealedFor).toContain(ME)
      if (allowed) expect(wish.access.members).toContain(ME)
    }),
    { numRuns: 2000 },
  )
  // A property over questions that are all refused would say nothing.
  expect(seen).toBeGreaterThan(50)
})

test('5,000 questions are answered as the reference model answers them', () => {
  const tally = { yes: 0, no: 0 }
  const rights = [...nodeRights, ...caseRights, ...caseRights, ...recordRights, ...recordRights]
  fc.assert(
    fc.property(arbitraryWish, fc.constantFrom(...rights), (wish, right) => {
      const { role, suspended, access, marking, author, signedInBy, provenAgo, purpose } = wish
      const expected = modelAllows({
        me: { id: ME, role, suspended },
        right,
        signedInBy,
        provenAgo,
        purpose,
        ...(nodeRights.includes(right) ? {} : { case: access }),
        ...(recordRights.includes(right) ? { record: { marking, author } } : {}),
      })
      tally[expected ? 'yes' : 'no'] += 1
      expect({ right, wish, ...point.decide(ask(right, wish)) }).toMatchObject({ allowed: expected, faults: [] })
    }),
    { numRuns: 5000 },
  )
  expect(tally.yes).toBeGreaterThan(300)
  expect(tally.no).toBeGreaterThan(300)
})

describe('an error means no', () => {
  const [good, forNode] = [ask('readRecord'), ask('manageNode', { role: 'administrator' })]
  const [person, ofCase, ofRecord] = good.entities as [EntityJson, EntityJson, EntityJson]
  const without = ({ uid, attrs, parents }: EntityJson, name: string): EntityJson => ({
    uid,
    parents,
    attrs: Object.fromEntries(Object.entries(attrs).filter(([key]) => key !== name)),
  })
  const withAttr = (entity: EntityJson, name: string, value: unknown) =>
    ({ ...entity, attrs: { ...entity.attrs, [name]: value } }) as EntityJson
  const lacking = (good.entities as EntityJson[]).flatMap((entity, at) =>
    Object.keys(entity.attrs).map((name): [string, Ask] => [
      `${(entity.uid as { type: string }).type} without ${name}`,
      { ...good, entities: good.entities.with(at, without(entity, name)) },
    ]),
  )
  const wrong: [string, unknown][] = [
    ['a text', 'x'],
    ['a number', 7],
    ['nothing', null],
    ['a list of texts', ['x']],
    ['an object', {}],
  ]
  const mistyped = (good.entities as EntityJson[]).flatMap((entity, at) =>
    Object.entries(entity.attrs).flatMap(([name, value]) =>
      wrong
        .filter(([, other]) => typeof other !== typeof value || other === null || Array.isArray(other))
        .filter(([, other]) => !(Array.isArray(other) && name === 'purposes'))
        .map(([what, other]): [string, Ask] => [
          `${name} is ${what}`,
          { ...good, entities: good.entities.with(at, withAttr(entity, name, other)) },
        ]),
    ),
  )
  const circumstances = (more: object): Ask => ({ ...good, circumstances: { ...good.circumstances, ...more } as never })
  const injected: [string, Ask][] = [
    ...lacking,
    ...mistyped,
    ['no entities', { ...good, entities: [] }],
    ['no person', { ...good, entities: [ofCase, ofRecord] }],
    ['no case', { ...good, entities: [person, ofRecord] }],
    ['no record', { ...good, entities: [person, ofCase] }],
    ['no person, of the node', { ...forNode, entities: forNode.entities.slice(1) }],
    ['another person', { ...good, personId: OTHER }],
    ['an unknown right', { ...good, right: 'ruleTheWorld' }],
    ['no right', { ...good, right: '' }],
    ['a right on the wrong kind of thing', { ...good, right: 'readCase' }],
    ['a record that is a case', { ...good, resource: { type: 'Case', id: RECORD } }],
    ['an unknown kind of thing', { ...good, resource: { type: 'Planet' as 'Node', id: 'x' } }],
    [
      'an attribute that the schema does not know',
      { ...good, entities: [withAttr(person, 'god', true), ofCase, ofRecord] },
    ],
    [
      'the same entity twice, once suspended',
      { ...good, entities: [withAttr(person, 'suspended', true), ...good.entities] },
    ],
    [
      'more entities than any question needs',
      {
        ...good,
        entities: Array.from({ length: 65 }, (_, at) =>
          personEntity(`p${at}`, { role: 'judge', suspended: false }),
        ).concat(good.entities as never),
      },
    ],
    ['no purpose', circumstances({ purpose: undefined })],
    ['a proof that is a text', circumstances({ provenAgo: '0' })],
    ['a proof that is no whole number', circumstances({ provenAgo: 0.5 })],
    ['a proof beyond all numbers', circumstances({ provenAgo: Number.POSITIVE_INFINITY })],
    ['circumstances that nobody asked for', circumstances({ override: true })],
    ['entities that are none', { ...good, entities: [null, 7, 'x'] as never }],
    ['entities that are no list', { ...good, entities: 'x' as never }],
  ]

  test('the question is permitted as long as nothing is wrong with it', () => {
    expect(point.decide(good)).toMatchObject({ allowed: true, faults: [] })
    expect(point.decide(forNode)).toMatchObject({ allowed: true, faults: [] })
    expect(injected.length).toBeGreaterThan(60)
  })

  test.each(injected)('%s', (_, broken) => {
    const decision = point.decide(broken)
    expect(decision.allowed).toBe(false)
  })

  test('and is reported, so that somebody looks', () => {
    const silent = injected.filter(([, broken]) => point.decide(broken).faults.length === 0).map(([what]) => what)
    expect(silent).toEqual([])
  })
})

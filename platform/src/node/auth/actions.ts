/** People, their keys, and keys of machines: what an administrator does, and what everybody may do with their own. */
import { type Static, Type } from '@sinclair/typebox'
import { action, ok, PersonId, Purpose, refuse, roles } from '../../kernel/index.ts'
import type { ApiKey, Credential, Enrolment, Person, Session } from './records.ts'
import { newToken, tokenHash } from './tokens.ts'

const closed = { additionalProperties: false } as const
const Name = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: '^[^\\u0000-\\u001f\\u202a-\\u202e\\u2066-\\u2069]+$',
})
const RoleName = Type.Union(
  roles.map((role) => Type.Literal(role)),
  { description: 'What the person may do at this node.' },
)
const Version = Type.Integer({ minimum: 1 })
const Seen = Type.Integer({ minimum: 1, description: 'The version that was seen; over HTTP in If-Match.' })

const PersonView = Type.Object(
  { id: PersonId, name: Type.String(), role: RoleName, suspended: Type.Boolean(), version: Version },
  closed,
)
const Invitation = Type.Object(
  {
    personId: PersonId,
    token: Type.String({ description: 'Shown once. It enrols one key.' }),
    expiresAt: Type.String(),
  },
  closed,
)

const node = { type: 'node' } as const
/** Why a grave act is done: kept in the entry of the journal, for whoever asks later. */
const Reason = Type.Optional(
  Type.String({
    minLength: 1,
    maxLength: 500,
    pattern: Name.pattern as string,
    description: 'Why; kept in the journal.',
  }),
)
const INVITATION_HOURS = 72

export const personInvite = action({
  name: 'person.invite',
  summary: 'Invite a person, who then enrols a passkey',
  kind: 'change',
  events: ['person.invited'],
  input: Type.Object({ name: Name, role: RoleName }, closed),
  output: Invitation,
  asks: () => ({ right: 'managePeople', subject: node }),
  run: async ({ records, newId, now }, { name, role }) => {
    const personId = newId()
    await records.put<Person>(
      'person',
      personId,
      { name, role, suspended: false },
      { caseId: null, seen: 0, refs: { name } },
    )
    const token = newToken('ce')
    const enrolment = enrolmentOf(personId, now)
    await records.put('enrolment', newId(), enrolment, { caseId: null, seen: 0, refs: { token: tokenHash(token) } })
    return ok({
      result: { personId, token, expiresAt: enrolment.expiresAt },
      events: [{ name: 'person.invited', of: 'person', id: personId, caseId: null, body: { name, role } }],
    })
  },
})

export const personKey = action({
  name: 'person.key.invite',
  summary: 'Let a person enrol a further passkey',
  kind: 'change',
  events: ['person.key.invited'],
  input: Type.Object({ personId: PersonId }, closed),
  output: Invitation,
  asks: () => ({ right: 'managePeople', subject: node }),
  run: async ({ records, newId, now }, { personId }) => {
    if (!(await records.get('person', personId))) return unknownPerson(personId)
    const token = newToken('ce')
    const enrolment = enrolmentOf(personId, now)
    await records.put('enrolment', newId(), enrolment, { caseId: null, seen: 0, refs: { token: tokenHash(token) } })
    return ok({
      result: { personId, token, expiresAt: enrolment.expiresAt },
      events: [{ name: 'person.key.invited', of: 'person', id: personId, caseId: null, body: {} }],
    })
  },
})

export function enrolmentOf(personId: string, now: string): Enrolment {
  return { personId, expiresAt: new Date(Date.parse(now) + INVITATION_HOURS * 3_600_000).toISOString(), used: false }
}

export const personList = action({
  name: 'person.list',
  summary: 'List the people of the node',
  kind: 'read',
  input: Type.Object(
    {
      after: Type.Optional(Type.String({ maxLength: 60 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    },
    closed,
  ),
  output: Type.Object({ items: Type.Array(PersonView), next: Type.Union([Type.String(), Type.Null()]) }, closed),
  asks: () => ({ right: 'managePeople', subject: node }),
  run: async ({ records }, { after, limit }) => {
    const page = await records.list<Person>('person', { after: after ?? null, limit: limit ?? 50 })
    return ok({
      result: { items: page.items.map(({ id, version, body }) => ({ id, version, ...body })), next: page.next },
      events: [],
    })
  },
})

const ColleagueView = Type.Object(
  { id: PersonId, name: Type.String(), role: RoleName, suspended: Type.Boolean() },
  closed,
)

/** Whoever works here knows with whom: cases, notes and approvals name people by their ids. Nothing of keys or standing is told. */
export const colleagueList = action({
  name: 'colleague.list',
  summary: 'List the people of the node by name and role, to know who did what and whom to add to a case',
  kind: 'read',
  input: Type.Object(
    {
      after: Type.Optional(Type.String({ maxLength: 60 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    },
    closed,
  ),
  output: Type.Object({ items: Type.Array(ColleagueView), next: Type.Union([Type.String(), Type.Null()]) }, closed),
  asks: () => ({ right: 'work', subject: node }),
  run: async ({ records }, { after, limit }) => {
    const page = await records.list<Person>('person', { after: after ?? null, limit: limit ?? 50 })
    const items = page.items.map(({ id, body: { name, role, suspended } }) => ({ id, name, role, suspended }))
    return ok({ result: { items, next: page.next }, events: [] })
  },
})

const changePerson = (
  name: string,
  summary: string,
  change: (person: Person, input: { role?: Person['role'] }) => Person,
  more: { role: typeof RoleName } | Record<string, never>,
) =>
  action({
    name,
    summary,
    kind: 'change',
    events: ['person.changed'],
    input: Type.Object({ personId: PersonId, seen: Seen, reason: Reason, ...more }, closed),
    output: PersonView,
    asks: () => ({ right: 'managePeople', subject: node }),
    run: async (
      { records, actor },
      input: { personId: string; seen: number; reason?: string; role?: Person['role'] },
    ) => {
      const { personId, seen, reason } = input
      const person = await records.get<Person>('person', personId)
      if (!person) return unknownPerson(personId)
      if (personId === actor.id)
        return refuse('OWN_RIGHTS', 'Nobody changes their own rights.', { fix: 'Ask another administrator.' })
      const body = change(person.body, input)
      const stored = await records.put<Person>('person', personId, body, {
        caseId: null,
        seen,
        refs: { name: body.name },
      })
      return ok({
        result: { id: personId, version: stored.version, ...body },
        events: [
          {
            name: 'person.changed',
            of: 'person',
            id: personId,
            caseId: null,
            body: { ...body, ...(reason === undefined ? {} : { reason }) },
          },
        ],
      })
    },
  })

export const personSuspend = changePerson(
  'person.suspend',
  'Suspend a person, at once',
  (person) => ({ ...person, suspended: true }),
  {},
)
export const personResume = changePerson(
  'person.resume',
  'End the suspension of a person',
  (person) => ({ ...person, suspended: false }),
  {},
)
export const personRole = changePerson(
  'person.role',
  'Give a person another role',
  (person, { role }) => ({ ...person, role: role ?? person.role }),
  { role: RoleName },
)

const Scopes = Type.Array(Type.String({ pattern: '^[a-z]+(-[a-z]+)*(\\.[a-z]+(-[a-z]+)*)+$' }), {
  minItems: 1,
  maxItems: 100,
})

export const keyMake = action({
  name: 'key.make',
  summary: 'Make an API key for a machine: for named actions, until a date',
  kind: 'change',
  events: ['key.made'],
  input: Type.Object(
    {
      label: Name,
      role: RoleName,
      scopes: Scopes,
      purpose: Purpose,
      days: Type.Integer({ minimum: 1, maximum: 366, description: 'Days until it expires.' }),
    },
    closed,
  ),
  output: Type.Object(
    { id: Type.String(), personId: PersonId, token: Type.String(), expiresAt: Type.String() },
    closed,
  ),
  asks: () => ({ right: 'managePeople', subject: node }),
  run: async ({ records, newId, now }, { label, role, scopes, purpose, days }) => {
    const [personId, id] = [newId(), newId()]
    await records.put<Person>(
      'person',
      personId,
      { name: label, role, suspended: false },
      { caseId: null, seen: 0, refs: { name: label } },
    )
    const token = newToken('ck')
    const expiresAt = new Date(Date.parse(now) + days * 86_400_000).toISOString()
    const key: ApiKey = { personId, label, scopes, purpose, expiresAt, revoked: false }
    await records.put('api-key', id, key, { caseId: null, seen: 0, refs: { token: tokenHash(token) } })
    return ok({
      result: { id, personId, token, expiresAt },
      events: [
        {
          name: 'key.made',
          of: 'api-key',
          id,
          caseId: null,
          body: { personId, label, role, scopes, purpose, expiresAt },
        },
      ],
    })
  },
})

const KeyView = Type.Object(
  {
    id: Type.String(),
    personId: PersonId,
    label: Type.String(),
    scopes: Scopes,
    purpose: Purpose,
    expiresAt: Type.String(),
    revoked: Type.Boolean(),
    version: Version,
  },
  closed,
)

export const keyList = action({
  name: 'key.list',
  summary: 'List the API keys of the node',
  kind: 'read',
  input: Type.Object(
    {
      after: Type.Optional(Type.String({ maxLength: 60 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    },
    closed,
  ),
  output: Type.Object({ items: Type.Array(KeyView), next: Type.Union([Type.String(), Type.Null()]) }, closed),
  asks: () => ({ right: 'managePeople', subject: node }),
  run: async ({ records }, { after, limit }) => {
    const page = await records.list<ApiKey>('api-key', { after: after ?? null, limit: limit ?? 100 })
    const items = page.items.map(({ id, version, body }) => ({ id, version, ...body })) as Static<typeof KeyView>[]
    return ok({ result: { items, next: page.next }, events: [] })
  },
})

export const keyRevoke = action({
  name: 'key.revoke',
  summary: 'Revoke an API key, at once',
  kind: 'change',
  events: ['key.revoked'],
  input: Type.Object({ id: Type.String({ format: 'uuid' }), seen: Seen, reason: Reason }, closed),
  output: Type.Object({ id: Type.String(), version: Version }, closed),
  asks: () => ({ right: 'managePeople', subject: node }),
  run: async ({ records }, { id, seen, reason }) => {
    const key = await records.get<ApiKey>('api-key', id)
    if (!key) return refuse('RECORD_UNKNOWN', 'There is no such key.', { place: id, fix: 'List the keys.' })
    const stored = await records.put('api-key', id, { ...key.body, revoked: true }, { caseId: null, seen })
    return ok({
      result: { id, version: stored.version },
      events: [{ name: 'key.revoked', of: 'api-key', id, caseId: null, body: reason === undefined ? {} : { reason } }],
    })
  },
})

const CredentialView = Type.Object(
  { id: Type.String(), label: Type.String(), deviceBound: Type.Boolean(), revoked: Type.Boolean(), version: Version },
  closed,
)

export const credentialList = action({
  name: 'credential.list',
  summary: 'List your own passkeys; whoever manages people, those of anybody',
  kind: 'read',
  input: Type.Object({ personId: Type.Optional(PersonId) }, closed),
  output: Type.Array(CredentialView),
  asks: ({ personId }) => ({ right: personId === undefined ? 'useNode' : 'managePeople', subject: node }),
  run: async ({ records, actor }, { personId }) => {
    const all = await records.find<Credential>('credential', 'person', personId ?? actor.id)
    return ok({
      result: all.map(({ id, version, body: { label, deviceBound, revoked } }) => ({
        id,
        version,
        label,
        deviceBound,
        revoked,
      })),
      events: [],
    })
  },
})

export const credentialRevoke = action({
  name: 'credential.revoke',
  summary: 'Revoke a passkey, with every session that it opened',
  kind: 'change',
  events: ['credential.revoked'],
  input: Type.Object({ id: Type.String({ format: 'uuid' }), seen: Seen, reason: Reason }, closed),
  output: Type.Object({ id: Type.String(), version: Version }, closed),
  asks: () => ({ right: 'useNode', subject: node }),
  run: async ({ records, actor, may }, { id, seen, reason }) => {
    const credential = await records.get<Credential>('credential', id)
    const own = credential?.body.personId === actor.id
    if (!credential || (!own && !(await may({ right: 'managePeople', subject: node }))))
      return refuse('RECORD_UNKNOWN', 'There is no such key of yours.', { place: id, fix: 'List your keys.' })
    const { credentialId, personId } = credential.body
    const stored = await records.put(
      'credential',
      id,
      { ...credential.body, revoked: true },
      {
        caseId: null,
        seen,
        refs: { credential: credentialId, person: personId },
      },
    )
    for (const session of await records.find<Session>('session', 'person', personId)) {
      const { credentialId: provenBy, openedWith, ended } = session.body
      if (ended || (provenBy !== credentialId && openedWith !== credentialId)) continue
      await records.put(
        'session',
        session.id,
        { ...session.body, ended: true },
        { caseId: null, seen: session.version },
      )
    }
    return ok({
      result: { id, version: stored.version },
      events: [
        {
          name: 'credential.revoked',
          of: 'credential',
          id,
          caseId: null,
          body: { personId, ...(reason === undefined ? {} : { reason }) },
        },
      ],
    })
  },
})

function unknownPerson(personId: string) {
  return refuse('RECORD_UNKNOWN', 'There is no such person.', { place: personId, fix: 'List the people of the node.' })
}

export const authActions = [
  personInvite,
  personKey,
  personList,
  colleagueList,
  personSuspend,
  personResume,
  personRole,
  keyMake,
  keyList,
  keyRevoke,
  credentialList,
  credentialRevoke,
]

/** Custody at the door and in the database: one file, since the acts and the constraints that refuse them share one case. */
import { beforeAll, describe, expect, test } from 'vitest'
import { custodyFlaws } from '../../evidence/custody/chain.ts'
import { exhibitKinds, transitions } from '../../evidence/custody/life.ts'
import { custodyStore } from '../../evidence/store/custody.ts'
import { amber, type Json } from '../../kernel/index.ts'
import {
  ANNA,
  BERT,
  CASE,
  CLEO,
  type EvidenceDoor,
  evidenceDoor,
  fileInput,
  OTHER_CASE,
  ZOE,
} from '../testing/evidence-door.ts'

let door: EvidenceDoor
beforeAll(async () => {
  door = await evidenceDoor()
}, 60_000)

type Added = { exhibitId: string; number: number; sha256: string; digest: string }

const add = async (by = ANNA, more: Record<string, Json> = {}, text = `text ${Math.random()}`): Promise<Added> =>
  (await door.run(by, 'exhibit.add', fileInput(by, await door.upload(by, text), door.now(), more))) as Added
const act = (by: string, name: string, exhibitId: string, more: Record<string, Json> = {}) => {
  door.wait(1000)
  return door.run(by, `custody.${name}`, {
    caseId: CASE,
    exhibitId,
    authority: 'Order 12/2026',
    place: 'Store 3',
    ...more,
  })
}
const history = async (exhibitId: string) =>
  (await door.run(ANNA, 'custody.history', { exhibitId })) as {
    events: { act: string; holderAfter: string }[]
    flaws: string[]
  }
const TOOL = { name: 'Example Imager', version: '4.7' }

describe('an exhibit', () => {
  test('is on record with its hash and number, and its custody has begun', async () => {
    const first = await add()
    const second = await add()
    expect(second.number).toBe(first.number + 1)
    expect(await door.run(ANNA, 'exhibit.read', { exhibitId: first.exhibitId })).toMatchObject({
      title: 'Chat log',
      sha256: first.sha256,
      hashOf: 'content',
      place: 'Server room, Example City',
      custody: { state: 'held', holder: `person/${ANNA}`, events: 1, possible: expect.arrayContaining(['release']) },
    })
  })

  test('gets a number of its own when many are added at once', async () => {
    const uploads: string[] = []
    for (let at = 0; at < 6; at++) uploads.push(await door.upload(ANNA, `parallel ${at}`))
    const at = door.now()
    const added = await Promise.all(uploads.map((one) => door.run(ANNA, 'exhibit.add', fileInput(ANNA, one, at))))
    expect(new Set(added.map((one) => (one as Added).number)).size).toBe(6)
  })

  test.each<[string, Record<string, Json>, string]>([
    ['no upload', { uploadId: '00000000-0000-7000-8000-000000000000' }, 'EXHIBIT_CONTENT'],
    ['no place', { place: '  ' }, 'INPUT_INVALID'],
    ['no authority', { authority: '' }, 'INPUT_INVALID'],
    ['a device without seal', { kind: 'device' }, 'EXHIBIT_CONTENT'],
    ['an acquirer who is not of the case', { acquirer: { personId: ZOE } }, 'CUSTODY_RECIPIENT'],
    ['an acquisition in the future', { acquiredAt: '2999-01-01T00:00:00.000Z' }, 'CUSTODY_TIME'],
    ['a witness who is the actor', { witness: ANNA }, 'CUSTODY_WITNESS'],
  ])('is refused with %s', async (_, more, code) => {
    const input = { ...(fileInput(ANNA, await door.upload(ANNA, 'x'), door.now()) as object), ...more }
    expect(await door.run(ANNA, 'exhibit.add', input as Json)).toBe(code)
  })

  test('of another case, or not for the reader, is the same as none', async () => {
    const { exhibitId } = await add(ANNA, {
      marking: { ...amber, needToKnow: true, audience: [ANNA] } as unknown as Json,
    })
    expect(await act(BERT, 'examine', exhibitId, { method: 'looked', tool: TOOL })).toBe('EXHIBIT_UNKNOWN')
    expect(
      await door.run(ANNA, 'custody.seal', {
        caseId: OTHER_CASE,
        exhibitId,
        authority: 'a',
        place: 'b',
        sealNumber: 'S1',
      }),
    ).toBe('EXHIBIT_UNKNOWN')
    expect(await door.run(BERT, 'exhibit.read', { exhibitId })).toBe('NOT_PERMITTED')
    const list = (await door.run(BERT, 'exhibit.list', { caseId: CASE })) as { items: { id: string }[] }
    expect(list.items.map(({ id }) => id)).not.toContain(exhibitId)
  })

  test('says nothing readable in its tables', async () => {
    await add(ANNA, { place: 'canary street', authority: 'canary order', remarks: 'canary remark' })
    const rows = await door.database.query(
      "SELECT encode(e::text::bytea, 'escape') AS e FROM exhibit e UNION ALL SELECT encode(c::text::bytea, 'escape') FROM custody_event c",
    )
    expect(rows.length).toBeGreaterThan(1)
    expect(JSON.stringify(rows)).not.toMatch(/canary/i)
    expect(JSON.stringify(rows)).not.toContain(Buffer.from('canary').toString('hex'))
  })
})

describe('a hand-over', () => {
  test('is a release and a receipt; the exhibit then has another holder', async () => {
    const { exhibitId } = await add()
    expect(await act(ANNA, 'release', exhibitId, { to: { personId: BERT } })).toMatchObject({ state: 'released' })
    expect(await act(BERT, 'receive', exhibitId)).toMatchObject({ state: 'held' })
    const { events, flaws } = await history(exhibitId)
    expect(events.map((one) => [one.act, one.holderAfter])).toEqual([
      ['acquire', `person/${ANNA}`],
      ['release', `person/${ANNA}`],
      ['receive', `person/${BERT}`],
    ])
    expect(flaws).toEqual([])
  })

  test('is open until the recipient, and nobody else, receives; nothing else happens meanwhile', async () => {
    const { exhibitId } = await add()
    await act(ANNA, 'release', exhibitId, { to: { personId: BERT } })
    for (const [name, more] of [
      ['examine', { method: 'm', tool: TOOL }],
      ['seal', { sealNumber: 'S1' }],
      ['release', { to: { personId: CLEO } }],
      ['dispose', { method: 'm' }],
    ] as const)
      expect(await act(ANNA, name, exhibitId, more)).toBe('CUSTODY_RELEASED')
    expect(await act(CLEO, 'receive', exhibitId)).toBe('CUSTODY_NOT_YOURS')
    expect(await act(ANNA, 'receive', exhibitId)).toBe('CUSTODY_NOT_YOURS')
    expect(await act(BERT, 'withdraw', exhibitId)).toBe('CUSTODY_NOT_YOURS')
    expect(await act(ANNA, 'withdraw', exhibitId)).toMatchObject({ state: 'held' })
    expect(await act(BERT, 'receive', exhibitId)).toBe('CUSTODY_ACT')
  })

  test('to oneself, or to somebody who does not work on the case, is none', async () => {
    const { exhibitId } = await add()
    expect(await act(ANNA, 'release', exhibitId, { to: { personId: ANNA } })).toBe('CUSTODY_RECIPIENT')
    expect(await act(ANNA, 'release', exhibitId, { to: { personId: ZOE } })).toBe('CUSTODY_RECIPIENT')
  })

  test('with somebody outside needs a signed form on their side', async () => {
    const { exhibitId } = await add()
    const form = await add(BERT, { kind: 'document', title: 'Signed receipt' })
    const file = await add(BERT)
    const to = { outside: { name: 'Dr Example', agency: 'Forensic institute' } }
    await act(ANNA, 'release', exhibitId, { to })
    expect(await act(BERT, 'receive', exhibitId)).toBe('CUSTODY_NOT_YOURS')
    expect(await act(BERT, 'receive', exhibitId, { proof: file.exhibitId })).toBe('CUSTODY_PROOF')
    expect(await act(BERT, 'receive', exhibitId, { proof: form.exhibitId })).toMatchObject({ state: 'held' })
    expect((await history(exhibitId)).events.at(-1)?.holderAfter).toMatch(/^outside\//)
    expect(await act(ANNA, 'examine', exhibitId, { method: 'm', tool: TOOL })).toBe('CUSTODY_NOT_YOURS')
  })

  test('that two people receive at the same time is received once', async () => {
    const { exhibitId } = await add()
    await act(ANNA, 'release', exhibitId, { to: { personId: BERT } })
    const answers = await Promise.all([1, 2, 3].map(() => act(BERT, 'receive', exhibitId)))
    expect(answers.filter((one) => typeof one === 'object')).toHaveLength(1)
    expect((await history(exhibitId)).flaws).toEqual([])
  })
})

describe('acts of custody', () => {
  test('a sealed exhibit is opened before it is examined', async () => {
    const { exhibitId } = await add()
    await act(ANNA, 'seal', exhibitId, { sealNumber: 'DE-0042' })
    expect(await act(ANNA, 'examine', exhibitId, { method: 'm', tool: TOOL })).toBe('CUSTODY_ACT')
    expect(await act(ANNA, 'unseal', exhibitId)).toMatchObject({ state: 'held' })
    expect(await act(ANNA, 'examine', exhibitId, { method: 'm', tool: TOOL })).toMatchObject({ state: 'held' })
  })

  test('a device is bound by the record of its seizure until its image is an exhibit of its own', async () => {
    const device = (await door.run(ANNA, 'exhibit.add', {
      ...(fileInput(ANNA, '', door.now()) as object),
      uploadId: undefined,
      kind: 'device',
      title: 'Telephone',
      device: { make: 'Example', model: 'One', serial: null, sealNumber: 'DE-1' },
    } as unknown as Json)) as Added
    expect(await door.run(ANNA, 'exhibit.read', { exhibitId: device.exhibitId })).toMatchObject({
      hashOf: 'seizure-record',
      custody: { state: 'sealed', seal: 'DE-1' },
    })
    await act(ANNA, 'unseal', device.exhibitId)
    const uploadId = await door.upload(ANNA, 'the image')
    const copied = (await act(ANNA, 'copy', device.exhibitId, {
      kind: 'file',
      title: 'Image',
      uploadId,
      tool: TOOL,
      method: 'Read twice, hashes equal',
    })) as { event: { seq: number }; copy: Added }
    expect(await door.run(ANNA, 'exhibit.read', { exhibitId: copied.copy.exhibitId })).toMatchObject({
      sourceExhibit: device.exhibitId,
      hashOf: 'content',
      custody: { state: 'held', events: 1 },
    })
    expect((await history(device.exhibitId)).flaws).toEqual([])
  })

  test.each([
    ['return', { entitled: 'The owner, by order of the court' }],
    ['dispose', { method: 'Shredded' }],
  ] as const)('nothing follows %s', async (name, more) => {
    const { exhibitId } = await add()
    expect(await act(ANNA, name, exhibitId, more)).toBeTypeOf('object')
    expect(await act(ANNA, 'seal', exhibitId, { sealNumber: 'S1' })).toBe('CUSTODY_ENDED')
  })

  test('an act does not begin before the one before it has ended', async () => {
    const { exhibitId } = await add()
    expect(await act(ANNA, 'seal', exhibitId, { sealNumber: 'S1', began: '2020-01-01T00:00:00.000Z' })).toBe(
      'CUSTODY_TIME',
    )
  })
})

describe('the database itself refuses', () => {
  /** Changes a value of a row that is true, and stores it as a row of its own. */
  const copyRow = (table: string, where: string, changes: Readonly<Record<string, string>>) =>
    door.database.transaction(async (sql) => {
      const columns = (
        await sql.query<{ c: string }>(
          "SELECT column_name AS c FROM information_schema.columns WHERE table_name = $1 AND is_generated = 'NEVER'",
          [table],
        )
      ).map(({ c }) => c)
      const values = columns.map((column) => changes[column] ?? column)
      await sql.query(
        `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${values.join(', ')} FROM ${table} WHERE ${where}`,
      )
    })
  const NEW = "'11111111-1111-7111-8111-111111111111'::uuid"

  test.each([
    ['hash', { sha256: 'NULL' }],
    ['whole hash', { sha256: "'\\x00'::bytea" }],
    ['acquirer', { acquirer: 'NULL' }],
    ['acquirer who can be named', { acquirer: "'somebody'" }],
    ['authority', { authority: 'NULL' }],
    ['authority that says something', { authority: 'substring(authority FOR 29)' }],
    ['place', { place: 'NULL' }],
    ['bytes in the vault', { vault_object: 'NULL' }],
    ['bytes with this hash', { sha256: "sha256('other')" }],
    ['number of its own', {}],
    ['digest that is true', { number: '9999' }],
  ])('an exhibit without %s', async (_, changes) => {
    const { exhibitId } = await add()
    await expect(copyRow('exhibit', `id = '${exhibitId}'`, { id: NEW, ...changes })).rejects.toThrow(
      /violates|null value/,
    )
  })

  test('an exhibit without a record that marks it, and one without custody', async () => {
    const { exhibitId } = await add()
    const digest = `sha256(convert_to(concat('comity exhibit 1', E'\\n', ${NEW}, E'\\n', case_id, E'\\n', 9999, E'\\n', kind, E'\\n',
      hash_of, E'\\n', encode(sha256, 'hex'), E'\\n', encode(sha512, 'hex'), E'\\n', vault_object, E'\\n-\\n', acquirer, E'\\n', recorded_by,
      E'\\n', to_char(acquired_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), E'\\n',
      to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), E'\\n', encode(commitment, 'hex'), E'\\n'), 'UTF8'))`
    const changes = { id: NEW, number: '9999', digest }
    await expect(copyRow('exhibit', `id = '${exhibitId}'`, changes)).rejects.toThrow('record_kind')
    await door.database.transaction(async (sql) => {
      await sql.query(`INSERT INTO record (kind, id, version, case_id, sealed, at)
        VALUES ('exhibit', ${NEW}::text, 1, '${CASE}', 'x', now())`)
      await sql.query(`INSERT INTO record_head VALUES ('exhibit', ${NEW}::text, 1, '${CASE}')`)
    })
    await expect(copyRow('exhibit', `id = '${exhibitId}'`, changes)).rejects.toThrow('exhibit_is_in_custody')
  })

  test.each([
    ['a gap', { seq: '4' }, 'custody'],
    ['a second event in one place', {}, 'custody'],
    ['an act that the state does not know', { seq: '3', act: "'seal'" }, 'custody'],
    ['no actor', { actor: 'NULL' }, 'actor'],
    ['no authority', { authority: 'NULL' }, 'authority'],
    ['no place', { place: 'NULL' }, 'place'],
    ['a release to nobody', { recipient: 'NULL' }, 'custody'],
    ['another holder', { holder_after: `'person/${CLEO}'` }, 'custody'],
    ['an end before its begin', { ended: "began - interval '1 second'" }, 'custody'],
    ['another predecessor', { prev: "sha256('other')" }, 'custody'],
  ])('an event with %s', async (_, changes, says) => {
    const { exhibitId } = await add()
    await act(ANNA, 'release', exhibitId, { to: { personId: BERT } })
    await expect(copyRow('custody_event', `exhibit = '${exhibitId}' AND seq = 2`, changes)).rejects.toThrow(says)
  })

  /** Writes an event through the store, past the rules, with a digest that is true. */
  const force = async (exhibitId: string, changes: object) => {
    const { eventDigest } = await import('../../evidence/custody/chain.ts')
    await door.database.transaction(async (sql) => {
      const store = custodyStore(door.keys)(sql, { note: () => {} })
      const last = await store.last(exhibitId)
      if (!last) throw new Error('no event')
      const next = {
        ...last,
        seq: last.seq + 1,
        from: last.to,
        holderBefore: last.holderAfter,
        sealBefore: last.sealAfter,
        controlBefore: last.controlAfter,
        recipient: null,
        releaseSeq: null,
        began: last.ended,
        prev: last.digest,
        ...changes,
      }
      await store.append({ ...next, digest: eventDigest(next as never) } as never)
    })
  }
  test.each<[string, object, string]>([
    [
      'a receipt without release',
      { act: 'receive', to: 'held', recipient: `person/${ANNA}`, releaseSeq: 1 },
      'custody',
    ],
    ['an examination by who does not hold it', { act: 'examine', to: 'held', actor: BERT }, 'custody_actor'],
    ['a seal without number', { act: 'seal', to: 'sealed' }, 'custody_seal'],
    ['coins that move without a transaction', { act: 'move-coins', to: 'held' }, 'custody'],
    ['an act that does not exist', { act: 'lose', to: 'held' }, 'custody_transition_exists'],
    ['a witness who is the actor', { act: 'examine', to: 'held', witness: ANNA }, 'custody_two_persons'],
    [
      'a copy of which nothing came',
      { act: 'copy', to: 'held', derived: '11111111-1111-7111-8111-111111111112' },
      'custody_copy_is_of_this',
    ],
    [
      'a proof of another case',
      { act: 'examine', to: 'held', proof: '11111111-1111-7111-8111-111111111112' },
      'custody_proof',
    ],
  ])('%s, whoever writes it', async (_, changes, constraint) => {
    const { exhibitId } = await add()
    await expect(force(exhibitId, changes)).rejects.toThrow(constraint)
    expect((await history(exhibitId)).events).toHaveLength(1)
  })

  test('while a release is open: a receipt by somebody else, and every other act', async () => {
    const { exhibitId } = await add()
    await act(ANNA, 'release', exhibitId, { to: { personId: BERT } })
    const received = {
      act: 'receive',
      to: 'held',
      releaseSeq: 2,
      actor: CLEO,
      recipient: `person/${CLEO}`,
      holderAfter: `person/${CLEO}`,
    }
    await expect(force(exhibitId, received)).rejects.toThrow('custody_receipt_by_recipient')
    await expect(force(exhibitId, { act: 'examine', to: 'held' })).rejects.toThrow('custody_transition_exists')
    await expect(force(exhibitId, { act: 'release', to: 'released', recipient: `person/${CLEO}` })).rejects.toThrow(
      'custody_transition_exists',
    )
  })

  test('to change, delete or empty what is written', async () => {
    for (const table of ['exhibit', 'custody_event', 'vault_object']) {
      await expect(door.database.query(`DELETE FROM ${table}`)).rejects.toThrow('append-only')
      await expect(door.database.query(`UPDATE ${table} SET case_id = case_id`)).rejects.toThrow('append-only')
      await expect(door.database.query(`TRUNCATE ${table} CASCADE`)).rejects.toThrow('append-only')
    }
    await expect(
      door.database.query("INSERT INTO custody_transition VALUES ('file', 'disposed', 'seal', 'sealed')"),
    ).rejects.toThrow('append-only')
  })

  test('by the same table of transitions as the rules', async () => {
    const rows = await door.database.query<Record<'kind' | 'from_state' | 'act' | 'to_state', string>>(
      'SELECT kind, from_state, act, to_state FROM custody_transition',
    )
    const expected = transitions.flatMap(({ act: name, from, to, kinds }) =>
      (kinds ?? exhibitKinds).map((kind) => `${kind} ${from} ${name} ${to}`),
    )
    expect(rows.map((row) => `${row.kind} ${row.from_state} ${row.act} ${row.to_state}`).sort()).toEqual(
      expected.sort(),
    )
  })
})

describe('the chain of custody', () => {
  test('shows every change of any field of any event', async () => {
    const { exhibitId } = await add()
    await act(ANNA, 'release', exhibitId, { to: { personId: BERT }, remarks: 'In a grey box' })
    await act(BERT, 'receive', exhibitId)
    const { exhibit, events } = await door.database.transaction(async (sql) => {
      const store = custodyStore(door.keys)(sql, { note: () => {} })
      return { exhibit: await store.exhibit(exhibitId), events: await store.history(exhibitId) }
    })
    if (!exhibit) throw new Error('no exhibit')
    expect(custodyFlaws(exhibit, events)).toEqual([])
    for (const [index, event] of events.entries()) {
      for (const field of Object.keys(event)) {
        const changed = events.map((one, at) => (at === index ? { ...one, [field]: 'x' } : one))
        expect(custodyFlaws(exhibit, changed as never), `${event.act}.${field}`).not.toEqual([])
      }
      expect(custodyFlaws(exhibit, events.toSpliced(index, 1)).length > 0 || index === events.length - 1).toBe(true)
    }
    expect(custodyFlaws(exhibit, [...events].reverse())).not.toEqual([])
    for (const field of Object.keys(exhibit))
      expect(custodyFlaws({ ...exhibit, [field]: 'x' } as never, events), field).not.toEqual([])
  })
})

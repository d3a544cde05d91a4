import { beforeAll, describe, expect, test } from 'vitest'
import {
  type BundleExhibit,
  type BundleInput,
  type BundlePort,
  planBundle,
  type ShownEntry,
  writeBundle,
} from '../../evidence/bundle/index.ts'
import { custodyFlaws, type ExhibitBody } from '../../evidence/custody/index.ts'
import { custodyStore, vaultStore } from '../../evidence/store/custody.ts'
import { unseal } from '../../kernel/crypto/index.ts'
import { bytesToHex, type Json, orStop, sha256, sha256Text } from '../../kernel/index.ts'
import { entryPurpose } from '../store/journal-append.ts'
import { recordWork } from '../store/records.ts'
import { ANNA, BERT, CASE, type EvidenceDoor, evidenceDoor, fileInput } from '../testing/evidence-door.ts'

let door: EvidenceDoor
let file = ''
let device = ''
let input: BundleInput
beforeAll(async () => {
  door = await evidenceDoor()
  const added = async (more: Record<string, Json>, uploadId: Json) =>
    (
      (await door.run(ANNA, 'exhibit.add', {
        ...(fileInput(ANNA, '', door.now(), more) as object),
        uploadId,
      })) as { exhibitId: string }
    ).exhibitId
  file = await added({}, await door.upload(ANNA, 'hello'))
  const phone = { make: 'Example', model: 'One', serial: null, sealNumber: 'S1' }
  device = await added({ kind: 'device', title: 'Telephone', device: phone }, undefined as unknown as Json)
  door.wait(1000)
  const act = { caseId: CASE, exhibitId: file, authority: 'a', place: 'b' }
  await door.run(ANNA, 'custody.release', { ...act, to: { personId: BERT } })
  door.wait(1000)
  await door.run(BERT, 'custody.receive', act)
  await door.run(BERT, 'exhibit.read', { exhibitId: file })
  input = {
    id: 'B-1',
    exhibits: [await bundled(file), await bundled(device)],
    requests: [
      {
        id: 'R-1',
        request: '{"ask":"freeze"}',
        letter: new TextEncoder().encode('%PDF-'),
        approvals: [],
        needed: 1,
      },
    ],
    traces: new Map([['T-1', '{}']]),
    timestamps: [{ of: 'traces/T-1.json', token: new Uint8Array([1]), nonce: '0a' }],
    checkpoint: new TextEncoder().encode('checkpoint'),
    entries: await shownEntries(),
  }
}, 60_000)

function bundled(id: string): Promise<BundleExhibit> {
  return door.database.transaction(async (sql) => {
    const store = custodyStore(door.keys)(sql)
    const exhibit = await store.exhibit(id)
    const record = await recordWork(sql, door.keys, door.now()).get<ExhibitBody>('exhibit', id)
    if (!exhibit || !record) throw new Error('no exhibit')
    const object = exhibit.vaultObject === null ? null : await vaultStore(sql).object(exhibit.vaultObject)
    return { exhibit, body: record.body, events: await store.history(id), object }
  })
}

/** The entries of the journal as they are, opened. */
async function shownEntries(): Promise<ShownEntry[]> {
  const rows = await door.database.query<{ seq: string; id: string; case_id: string | null; sealed: Uint8Array }>(
    'SELECT seq, id, case_id, sealed FROM journal_entry ORDER BY seq',
  )
  return rows.map(({ seq, id, case_id, sealed }) => {
    const key = (case_id === null ? null : door.keys.caseKey(case_id)) ?? door.keys.nodeKey('records')
    const entry = JSON.parse(new TextDecoder().decode(orStop(unseal(key, sealed, entryPurpose(id)))))
    const { event, at, actor, recordId } = entry
    return {
      index: seq,
      event,
      at,
      actorId: actor.id,
      actorRole: actor.role,
      recordId,
      file: { v: 1, index: seq, entry },
    }
  })
}

function memoryPort(bytes = new TextEncoder().encode('hello')) {
  const files = new Map<string, Uint8Array>()
  const sealed: string[] = []
  const port: BundlePort = {
    write: async (path, source) => {
      const parts: Uint8Array[] = []
      for await (const part of source) parts.push(part)
      const whole = Buffer.concat(parts)
      files.set(path, whole)
      return { size: whole.length, sha256: bytesToHex(sha256(whole)) }
    },
    open: async function* () {
      yield bytes
    },
    seal: async ({ sha256: digest }) => {
      sealed.push(digest)
      const one = new Uint8Array([1])
      return { 'seal/entry.json': one, 'seal/entry.tlog-proof': one, 'seal/consistency.json': one, 'seal.note': one }
    },
  }
  return { port, files, sealed }
}
const about = { at: '2026-11-25T10:00:00.000Z', from: 'An agency' }

describe('a bundle', () => {
  test('holds each exhibit with its bytes, its custody and the entries of the journal that prove it', async () => {
    const { port, files } = memoryPort()
    expect(await writeBundle(planBundle(input), about, port)).toMatchObject({ ok: true })
    const json = (path: string) => JSON.parse(new TextDecoder().decode(files.get(path)))
    const described = json(`exhibits/${file}/exhibit.json`)
    expect(Object.keys(described).sort()).toEqual(
      ['custody', 'file', 'id', 'sha256', 'sha512', 'size', 'title', 'v'].sort(),
    )
    expect(described).toMatchObject({ v: 1, id: file, size: 5, sha256: sha256Text('hello') })
    expect(described.custody.map(({ event, by }: { event: string; by: string }) => [event, by])).toEqual([
      ['exhibit.added', ANNA],
      ['custody.release', ANNA],
      ['custody.receive', BERT],
    ])
    for (const step of described.custody) {
      const { entry } = json(`journal/entries/${step.entry}.json`)
      expect(entry).toMatchObject({ event: step.event, at: step.at, recordId: file, actor: { id: step.by } })
    }
    expect(json(`journal/entries/${described.custody[0].entry}.json`).entry.body.sha256).toBe(described.sha256)
  })

  test('lets its reader recompute every digest of the chain of custody', async () => {
    const { port, files } = memoryPort()
    await writeBundle(planBundle(input), about, port)
    const kept = JSON.parse(new TextDecoder().decode(files.get(`exhibits/${file}/custody.json`)))
    expect(kept.events).toHaveLength(3)
    expect(custodyFlaws(kept.exhibit, kept.events)).toEqual([])
    expect(kept.marking.tlp).toBe('amber')
  })

  test('gives the record of the seizure where there is no image, with the SHA-256 of the exhibit', async () => {
    const plan = planBundle(input)
    expect(plan.withoutBytes).toMatchObject([{ exhibit: device }])
    const { port, files } = memoryPort()
    await writeBundle(plan, about, port)
    const record = files.get(`exhibits/${device}/seizure-record.json`) ?? new Uint8Array()
    expect(bytesToHex(sha256(record))).toBe(input.exhibits[1]?.exhibit.sha256)
  })

  test('names every file in its manifest, and is sealed last', async () => {
    const { port, files, sealed } = memoryPort()
    await writeBundle(planBundle(input), about, port)
    const manifest = files.get('manifest.json') ?? new Uint8Array()
    const { files: listed } = JSON.parse(new TextDecoder().decode(manifest)) as {
      files: { path: string; sha256: string }[]
    }
    for (const { path, sha256: digest } of listed)
      expect(bytesToHex(sha256(files.get(path) ?? new Uint8Array()))).toBe(digest)
    const ofSeal = [...files.keys()].filter((path) => path.startsWith('seal') || path === 'manifest.json')
    expect(listed.length).toBe(files.size - ofSeal.length)
    expect(sealed).toEqual([bytesToHex(sha256(manifest))])
    expect([...files.keys()].at(-1)).toBe('seal.note')
  })

  test('whose exhibit is not what was put on record is not sealed', async () => {
    const { port, files, sealed } = memoryPort(new TextEncoder().encode('other'))
    expect(await writeBundle(planBundle(input), about, port)).toMatchObject({
      ok: false,
      refusal: { code: 'BUNDLE_FILE' },
    })
    expect(sealed).toEqual([])
    expect(files.has('manifest.json')).toBe(false)
  })

  test('takes no name that another system reads otherwise', () => {
    const bad = { ...input, traces: new Map([['../T', '{}']]) }
    expect(() => planBundle(bad)).toThrow('no name')
    const twice = {
      ...input,
      traces: new Map([
        ['t', '{}'],
        ['T', '{}'],
      ]),
    }
    expect(() => planBundle(twice)).toThrow('no name')
  })
})

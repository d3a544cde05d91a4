import { describe, expect, test } from 'vitest'
import { checkEd25519, checkJwk } from '../../kernel/crypto/index.ts'
import { textToBytes } from '../../kernel/index.ts'
import type { JournalEntry } from '../journal/entry.ts'
import { formatVkey } from '../journal/note.ts'
import { parsePolicy } from '../journal/policy.ts'
import { approvalBody, bundleInMemory, bundleWitnesses, journalKey, makeBundle } from '../testing/bundles.ts'
import { testKey } from '../testing/journals.ts'
import type { BundleItem } from './bundle-folder.ts'
import { type Trust, verifyBundle } from './verify-bundle.ts'

/** Milliseconds for what tries every case; a loaded machine takes its time. */
const LONG = 600_000

const policyText = [
  `log ${formatVkey(journalKey.key)}`,
  ...bundleWitnesses.map(({ key }, at) => `witness w${at} ${formatVkey(key)}`),
  'group partners 2 w0 w1 w2',
  'quorum partners',
].join('\n')

function trustOf(text: string | null): Trust {
  const policy = text === null ? null : parsePolicy(textToBytes(text))
  if (policy !== null && !policy.ok) throw new Error(policy.refusal.message)
  return {
    check: onceForEach(checkEd25519),
    checkKey: onceForEach(checkJwk),
    policy: policy?.value ?? null,
    roots: null,
  }
}

/**
 * The check of a signature, computed once for each key, message and signature: the tests verify one bundle thousands of
 * times, a byte changed each time, and most of its signatures are the same ones.
 */
function onceForEach<Key>(check: (key: Key, message: Uint8Array, signature: Uint8Array) => boolean): typeof check {
  const known = new Map<string, boolean>()
  return (key, message, signature) => {
    const asked = [key, message, signature]
      .map((part) => (part instanceof Uint8Array ? Buffer.from(part).toString('latin1') : JSON.stringify(part)))
      .map((part) => `${part.length} ${part}`)
      .join()
    const answer = known.get(asked) ?? check(key, message, signature)
    known.set(asked, answer)
    return answer
  }
}
const trust = trustOf(policyText)
const verify = (files: ReadonlyMap<string, Uint8Array>, items: readonly BundleItem[] = [], who = trust) =>
  verifyBundle(bundleInMemory(files, items), who)
const wrongFiles = ({ statements }: Awaited<ReturnType<typeof verify>>) => [
  ...new Set(statements.flatMap((one) => (one.state === 'wrong' ? [one.where.file] : []))),
]
const open = ({ statements }: Awaited<ReturnType<typeof verify>>) =>
  statements.filter(({ state }) => state === 'not-checked').map(({ says }) => says)

const good = await makeBundle()

test('a whole bundle under a policy is checked in every statement', async () => {
  const verdict = await verify(good)
  expect(verdict.statements.filter(({ state }) => state !== 'checked')).toEqual([])
  expect(verdict.result).toBe('all checked')
  expect(new Set(verdict.statements.map(({ part }) => part))).toEqual(
    new Set(['names', 'seal', 'files', 'journal', 'exhibits', 'requests', 'traces']),
  )
  expect(verdict.bundle).toEqual({ id: 'B-1', from: 'An agency', at: '2026-11-25T10:00:00.000Z' })
})

test(
  'every byte of every file, changed, is located: that file is named and no other',
  async () => {
    let flips = 0
    for (const [path, bytes] of good)
      for (let at = 0; at < bytes.length; at++) {
        const changed = Uint8Array.from(bytes)
        changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8))
        const verdict = await verify(new Map([...good, [path, changed]]))
        if (verdict.result !== 'wrong' || wrongFiles(verdict).join() !== path)
          expect.fail(`byte ${at} of ${path}: ${wrongFiles(verdict)}`)
        flips += 1
      }
    expect(flips).toBeGreaterThan(5000)
  },
  LONG,
)

test(
  'every byte changed is located without a policy too',
  async () => {
    for (const [path, bytes] of good)
      for (let at = 0; at < bytes.length; at += 7) {
        const changed = Uint8Array.from(bytes)
        changed[at] = (changed[at] ?? 0) ^ 1
        const verdict = await verify(new Map([...good, [path, changed]]), [], trustOf(null))
        if (wrongFiles(verdict).join() !== path) expect.fail(`byte ${at} of ${path}: ${wrongFiles(verdict)}`)
      }
  },
  LONG,
)

describe('files', () => {
  test.each([...good.keys()])('%s missing, cut, or longer is named', async (path) => {
    const bytes = good.get(path) ?? new Uint8Array()
    const without = new Map(good)
    without.delete(path)
    expect(wrongFiles(await verify(without))).toEqual([path])
    for (const other of [bytes.subarray(0, -1), Uint8Array.from([...bytes, 10]), new Uint8Array()])
      expect(wrongFiles(await verify(new Map([...good, [path, other]])))).toEqual([path])
  })

  test.each(['more.txt', 'exhibits/X-1/second.bin', 'seal/more', 'journal/entries/99.json'])(
    '%s added is named',
    async (path) => {
      expect(wrongFiles(await verify(new Map([...good, [path, textToBytes('x')]])))).toEqual([path])
    },
  )

  test.each([
    '../outside',
    'a/../../b',
    '/etc/passwd',
    '.hidden',
    'a//b',
    'C:x',
    'a\\b',
    'nul.txt',
    'ends.',
    'ü',
    'a\u202eb',
    'a/b/c/d/e/f/g/h/i',
    'x'.repeat(101),
  ])('the name %j is refused', async (path) => {
    const verdict = await verify(new Map([...good, [path, textToBytes('x')]]))
    expect(verdict.statements.filter(({ part, state }) => part === 'names' && state === 'wrong')).toHaveLength(1)
  })

  test('two names that differ in case are one name', async () => {
    const verdict = await verify(new Map([...good, ['TRACES/t-1.json', textToBytes('x')]]))
    expect(verdict.statements).toContainEqual(
      expect.objectContaining({ part: 'names', state: 'wrong', where: { file: 'TRACES/t-1.json', at: null } }),
    )
  })

  test('links and devices are named, wherever they stand', async () => {
    const items = [
      { path: 'exhibits/link', kind: 'link', size: 0 },
      { path: 'pipe', kind: 'other', size: 0 },
    ] as const
    expect(wrongFiles(await verify(good, items))).toEqual(['exhibits/link', 'pipe'])
    const linked = new Map(good)
    linked.delete('traces/T-1.json')
    const verdict = await verify(linked, [{ path: 'traces/T-1.json', kind: 'link', size: 5 }])
    expect(wrongFiles(verdict)).toEqual(['traces/T-1.json'])
  })

  test('a file that changes between two readings is not believed', async () => {
    const folder = bundleInMemory(good)
    const other = textToBytes('{"ask":"release"}')
    const verdict = await verifyBundle(
      { ...folder, read: async (path, max) => (path.endsWith('request.json') ? other : folder.read(path, max)) },
      trust,
    )
    expect(wrongFiles(verdict)).toEqual(['requests/R-1/request.json'])
  })
})

describe('trust', () => {
  test('without a policy, it says that nobody has said whom to trust', async () => {
    const verdict = await verify(good, [], trustOf(null))
    expect(verdict.result).toBe('not all checked')
    expect(open(verdict)).toHaveLength(2)
  })

  test('a bundle made anew with another key agrees with itself and is not trusted', async () => {
    const forged = await makeBundle({ signer: testKey('agency.example/journal', 1, 99) })
    expect((await verify(forged, [], trustOf(null))).result).toBe('not all checked')
    expect(wrongFiles(await verify(forged))).toEqual(['seal.note', 'seal/entry.tlog-proof'])
  })

  test('fewer witnesses than the policy asks for are not enough', async () => {
    const verdict = await verify(good, [], trustOf(policyText.replace('partners 2 ', 'partners 3 ')))
    expect(wrongFiles(verdict)).toEqual(['seal/entry.tlog-proof'])
  })

  test('contents that are not disclosed are not checked, and said to be', async () => {
    const verdict = await verify(await makeBundle({ disclose: false }))
    expect(verdict.result).toBe('not all checked')
    expect(open(verdict).filter((says) => says.startsWith('What entry'))).toHaveLength(4)
    expect(open(verdict).some((says) => says.startsWith('Exhibit X-1, step 1'))).toBe(true)
  })
})

/** Well sealed bundles that say something false: the file and the place in it are named. */
describe('a sealed falsehood', () => {
  const edit = (file: string, from: string | RegExp, to: string) => ({
    change: (path: string, bytes: Uint8Array) => {
      if (path !== file) return bytes
      const text = new TextDecoder().decode(bytes)
      const changed = text.replace(from, to)
      if (changed === text) throw new Error(`nothing to change in ${file}`)
      return textToBytes(changed)
    },
  })
  const exhibit = 'exhibits/X-1/exhibit.json'
  const approvals = 'requests/R-1/approvals.json'
  test.each([
    ['another digest of an exhibit', exhibit, /"sha512":"./, '"sha512":"z', '$.sha512'],
    ['another SHA-512 of an exhibit', exhibit, /"sha512":"[0-9a-f]{4}/, '"sha512":"0000', '$.sha512'],
    ['another size of an exhibit', exhibit, '"size":5', '"size":6', '$.size'],
    ['another person in the custody', exhibit, '"by":"p-1"', '"by":"p-9"', '$.custody[0].by'],
    ['another event in the custody', exhibit, 'exhibit.receive', 'exhibit.seize', '$.custody[0].event'],
    ['another time in the custody', exhibit, '09:10:00', '09:09:00', '$.custody[0].at'],
    ['steps of custody out of order', exhibit, '"entry":"4"', '"entry":"3"', '$.custody[1].entry'],
    ['custody by an entry about something else', exhibit, '"entry":"4"', '"entry":"5"', '$.custody[1].event'],
    ['no custody', exhibit, /"custody":\[.*?\]/, '"custody":[]', '$.custody'],
    ['another version', exhibit, '"v":1', '"v":2', '$.v'],
    ['a member too much', exhibit, '"v":1', '"v":1,"x":1', '$.x'],
    ['a key twice', exhibit, '"v":1', '"v":1,"v":1', /\$/],
    ['an approval by another person', approvals, /"by":"0[^"]*2"/, '"by":"p-9"', '$.approvals[0].by'],
    ['an approval in another role', approvals, '"role":"judge"', '"role":"liaison-officer"', '$.approvals[0].role'],
    ['fewer approvals than needed', approvals, '"needed":2', '"needed":3', '$.approvals'],
    ['one person twice', approvals, /("by":"0[^"]*)3"/, '$12"', /approvals/],
    ['a request that was not approved', approvals, /"request":"..../, '"request":"0000', '$.request'],
    ['an entry under another index', 'journal/entries/3.json', '"index":"3"', '"index":"4"', '$.index'],
    ['an entry with other contents', 'journal/entries/3.json', '"recordId":"X-1"', '"recordId":"X-2"', '$.entry'],
    ['a proof with another hash', 'journal/entries/3.json', /"proof":\["..../, '"proof":["AAAA', null],
    ['a leaf with another time', 'journal/entries/3.json', /"leaf":\{"at":"2026/, '"leaf":{"at":"2025', null],
    ['a trace with another result', 'traces/T-1.json', '"positions":[]', '"positions":[1]', '$.resultDigest'],
    ['a trace with another head', 'traces/T-1.json', '"kind":"trace"', '"kind":"other"', '$.digest'],
    ['a checkpoint by somebody else', 'journal/checkpoint', /— agency\.example/, '— agency.examplf', null],
  ])('%s', async (_, file, from, to, at) => {
    const verdict = await verify(await makeBundle(edit(file, from, to)))
    expect(verdict.result).toBe('wrong')
    const found = verdict.statements.flatMap((one) => (one.state === 'wrong' ? [one.where] : []))
    expect(found.map((where) => where.file)).toContain(file)
    if (at !== null) expect(found.find((where) => where.file === file)?.at).toMatch(at)
  })

  test.each([
    ['a name twice', '"path":"exhibits/X-1/exhibit.json"', '"path":"exhibits/X-1/ORIGINAL.bin"', /files\[1\]\.path/],
    ['a name that leads out', '"path":"exhibits/X-1/exhibit.json"', '"path":"../exhibit.json"', /files\[0\]\.path/],
    ['a name of the seal', '"path":"exhibits/X-1/exhibit.json"', '"path":"seal.note"', /files\[0\]\.path/],
    ['another bundle', '"id":"B-1"', '"id":"B-2"', /\$\.id/],
    ['a key twice', '"v":1', '"v":1,"v":1', /byte/],
    ['no files', /"files":\[.*\]/, '"files":{}', /files/],
  ])('a manifest with %s', async (_, from, to, at) => {
    const verdict = await verify(await makeBundle({ manifest: (text) => text.replace(from, to) }))
    const found = verdict.statements.flatMap((one) => (one.state === 'wrong' ? [one.where] : []))
    expect(found).toEqual([{ file: 'manifest.json', at: expect.stringMatching(at) }])
  })

  describe('under an approval', () => {
    const approving = (change: (entry: JournalEntry) => JournalEntry['body'], of = 2) => ({
      entry: (entry: JournalEntry) => (entry.id === `entry-${of}` ? { ...entry, body: change(entry) } : entry),
    })
    const digestOf = ({ body }: JournalEntry) => (body as { digest: string }).digest
    test('an assertion over another request is named', async () => {
      const other = approving((entry) => ({
        ...(approvalBody('00'.repeat(32), entry.actor.id) as object),
        digest: digestOf(entry),
      }))
      expect(wrongFiles(await verify(await makeBundle(other)))).toEqual(['journal/entries/5.json'])
    })

    test('the assertion of somebody else is named', async () => {
      const other = approving((entry) => approvalBody(digestOf(entry), '00000000-0000-7000-8000-000000000003'))
      expect(wrongFiles(await verify(await makeBundle(other)))).toContain('journal/entries/5.json')
    })

    test('one authenticator for two people is named', async () => {
      const same = approving(
        (entry) => approvalBody(digestOf(entry), entry.actor.id, '00000000-0000-7000-8000-000000000002'),
        3,
      )
      const verdict = await verify(await makeBundle(same))
      expect(verdict.statements.flatMap((one) => (one.state === 'wrong' ? [one.why] : []))).toEqual([
        'One authenticator stands twice.',
      ])
    })

    test('no assertion is not passed over', async () => {
      const none = approving((entry) => ({ digest: digestOf(entry) }))
      const verdict = await verify(await makeBundle(none))
      expect(verdict.result).toBe('not all checked')
      expect(open(verdict).some((says) => says.includes('with an authenticator'))).toBe(true)
    })
  })

  test('a letter that is no PDF', async () => {
    const files = await makeBundle(edit('requests/R-1/letter.pdf', '%PDF-', '<html>'))
    expect(wrongFiles(await verify(files))).toContain('requests/R-1/letter.pdf')
  })
})

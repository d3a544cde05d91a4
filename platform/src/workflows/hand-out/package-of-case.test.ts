/** A case as a package: nothing is lost in silence, and nothing of what stays is told. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { eventDigest, exhibitDigest } from '../../evidence/custody/index.ts'
import { type Audience, release } from '../../evidence/formats/index.ts'
import { amber, canonicalJson, type Json, type Marking, sha256Text } from '../../kernel/index.ts'
import type { CaseContents, Kept, KeptExhibit } from './case-contents.ts'
import { reopened } from './hand-out.ts'
import { manifestOf } from './notes.ts'
import { packageOfCase } from './package-of-case.ts'

const id = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`
const CASE = id(1)
const CHAIN = 'bip122:000000000019d6689c085ae165831e93'
const AT = '2026-11-25T10:00:00.123Z'
const audience: Audience = {
  members: ['Cyber Unit South'],
  reach: 'named',
  purpose: 'criminal-proceedings',
  clientOf: {},
  onward: false,
  permissions: [],
  unsealed: [],
}

const body: CaseContents['case'] = {
  title: 'Operation Lighthouse',
  reference: 'AG-2026-0815',
  summary: null,
  kind: 'local',
  partners: [],
  access: {
    members: [id(2)],
    leads: [id(2)],
    sealed: false,
    sealedFor: [],
    training: false,
    closed: false,
    purposes: ['criminal-proceedings'],
  },
  openedBy: id(2),
  openedAt: AT,
  closedAt: null,
  reason: null,
}
const empty: CaseContents = {
  caseId: CASE,
  case: body,
  persons: [],
  wallets: [],
  victims: [],
  decisions: [],
  orders: [],
  statements: [],
  exhibits: [],
  custodians: [],
  names: new Map([[id(2), 'Officer Anna']]),
  placeless: { task: [], note: [], event: [], request: [] },
}

/** Words that say of which item and field they are: what is found in a file can be told. */
const word = (at: number, field: string) => `w${sha256Text(`${at} ${field}`).slice(0, 10)}`
type Texts = ReadonlyMap<string, string>

function item<C extends object>(at: number, content: C, marking: Marking, leaves: boolean): Kept<never> {
  const kept = { content, basis: 'fact', marking, author: id(2), by: id(2) }
  return { id: id(at), body: kept as never, leaves, received: false }
}

/** One item of each kind, with every text field a word of its own. */
function contentsOf(at: number, marking: Marking, leaves: boolean): { contents: CaseContents; words: Texts } {
  const words = new Map<string, string>()
  const w = (path: string) => {
    const made = word(at, path)
    words.set(path, made)
    return made
  }
  const person = {
    kind: 'natural',
    name: w('person-of-interest.name'),
    firstNames: w('person-of-interest.firstNames'),
    otherNames: [w('person-of-interest.otherNames')],
    address: w('person-of-interest.address'),
    identifiers: [{ kind: 'passport', value: w('person-of-interest.identifiers') }],
    ledCategory: 'SUSPECT',
    position: null,
    note: w('person-of-interest.note'),
  }
  const wallet = {
    chain: CHAIN,
    address: w('wallet.address'),
    custody: 'unknown',
    holder: w('wallet.holder'),
    note: w('wallet.note'),
  }
  const victim = { token: w('victim.token'), loss: '1', asset: `${CHAIN}/slip44:0`, note: w('victim.note') }
  const decision = {
    what: w('decision.what'),
    authority: w('decision.authority'),
    on: '2026-11-20',
    reference: w('decision.reference'),
    final: null,
    grounds: w('decision.grounds'),
  }
  const order = {
    measure: 'PRESERVE',
    authority: w('order.authority'),
    reference: w('order.reference'),
    addressee: w('order.addressee'),
    on: '2026-11-20',
    until: AT,
    liftedAt: null,
    assets: [{ chain: CHAIN, address: w('order.assets'), asset: null, amount: null, value: null }],
  }
  const statement = {
    marking,
    author: id(2),
    subject: { type: 'address', network: CHAIN, value: w('statement.subject') },
    claim: w('statement.claim'),
    basis: w('statement.basis'),
    method: w('statement.method'),
    confidence: 'moderate',
    sourceExhibit: id(at + 50),
    statedBy: w('statement.statedBy'),
    validFrom: '2026-01-01',
    validTo: '2026-02-01',
    retracted: { by: id(2), at: AT, reason: w('statement.retracted.reason') },
  }
  const custodian = { marking, author: id(2), name: w('custodian'), agency: w('custodian'), office: w('custodian') }
  const kept = { leaves, received: false }
  return {
    words,
    contents: {
      ...empty,
      persons: [item(at + 1, person, marking, leaves)],
      wallets: [item(at + 2, wallet, marking, leaves)],
      victims: [item(at + 3, victim, { ...marking, onwardUse: true }, leaves)],
      decisions: [item(at + 4, decision, marking, leaves)],
      orders: [item(at + 5, order, marking, leaves)],
      statements: [{ id: id(at + 6), body: statement as never, ...kept }],
      custodians: [{ id: id(at + 7), body: custodian as never, ...kept }],
      exhibits: [exhibitOf(at, marking, leaves, w)],
      placeless: {
        ...empty.placeless,
        note: [item(at + 8, { text: w('note') }, marking, leaves)],
        task: [item(at + 9, { what: w('task') }, marking, leaves)],
      },
    },
  }
}

function exhibitOf(at: number, marking: Marking, leaves: boolean, w: (path: string) => string): KeptExhibit {
  const undigested = {
    id: id(at + 50),
    caseId: CASE,
    number: at,
    kind: 'file',
    hashOf: 'content',
    sha256: sha256Text(`bytes ${at}`),
    sha512: null,
    vaultObject: id(at + 60),
    sourceExhibit: null,
    acquirer: `outside/${id(at + 7)}`,
    recordedBy: id(2),
    authority: w('exhibit.authority'),
    place: w('exhibit.place'),
    acquiredAt: AT,
    recordedAt: AT,
    salt: 'a'.repeat(32),
  } as const
  const exhibit = { ...undigested, digest: exhibitDigest(undigested) }
  const event = {
    exhibit: exhibit.id,
    caseId: CASE,
    kind: 'file',
    seq: 1,
    act: 'acquire',
    from: 'none',
    to: 'held',
    actor: id(2),
    witness: null,
    holderBefore: exhibit.acquirer,
    holderAfter: exhibit.acquirer,
    recipient: null,
    releaseSeq: null,
    sealBefore: '',
    sealAfter: '',
    controlBefore: false,
    controlAfter: false,
    proof: null,
    derived: null,
    began: AT,
    ended: AT,
    recordedAt: AT,
    authority: exhibit.authority,
    place: exhibit.place,
    details: { remarks: w('exhibit.custody') },
    chainTx: null,
    salt: 'b'.repeat(32),
    prev: exhibit.digest,
  } as const
  const body = {
    marking,
    author: id(2),
    title: w('exhibit.title'),
    description: w('exhibit.description'),
    fileName: w('exhibit.fileName'),
    mediaType: 'text/plain',
    device: null,
    keyControl: null,
    competence: w('exhibit.competence'),
    tool: { name: w('exhibit.tool'), version: '1' },
  }
  return {
    id: exhibit.id,
    body,
    leaves,
    received: false,
    exhibit,
    events: [{ ...event, digest: eventDigest(event) }],
    size: 5,
  }
}

const together = (a: CaseContents, b: CaseContents): CaseContents => ({
  ...a,
  ...(Object.fromEntries(
    (['persons', 'wallets', 'victims', 'decisions', 'orders', 'statements', 'custodians', 'exhibits'] as const).map(
      (list) => [list, [...a[list], ...b[list]]],
    ),
  ) as object),
  placeless: {
    ...a.placeless,
    note: [...a.placeless.note, ...b.placeless.note],
    task: [...a.placeless.task, ...b.placeless.task],
  },
})

function handedOut(contents: CaseContents, to: Audience = audience) {
  const { package: whole, notes } = packageOfCase(contents, { id: id(9), at: AT, audience: to })
  const released = release(whole, to)
  return { released, ...manifestOf(notes, released, to) }
}

test('every word of an item that leaves is in the package, or its field is named as dropped', () => {
  const { contents, words } = contentsOf(100, amber, true)
  const { released, manifest } = handedOut(contents)
  const text = canonicalJson(released.package as unknown as Json)
  const droppedPaths = manifest.dropped.map(({ path }) => path.replace(/\[\d*\]/g, ''))
  const lost = [...words].filter(([path, value]) => !text.includes(value) && !droppedPaths.includes(path))
  expect(lost).toEqual([])
  expect(manifest.dropped.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['note[]', 'task[]', 'wallet[].note', 'order[].assets', 'exhibit[].fileName']),
  )
})

test('the manifest names only what leaves, and the items are those of the package', () => {
  const { contents } = contentsOf(100, amber, true)
  const hidden = contentsOf(200, amber, false)
  const { items, manifest } = handedOut(together(contents, hidden.contents))
  expect(items.map(({ kind }) => kind).sort()).toEqual(
    ['case', 'person-of-interest', 'wallet', 'victim', 'decision', 'order', 'statement', 'exhibit'].sort(),
  )
  expect(manifest).toEqual(handedOut(contents).manifest)
})

/** First names alone, and the names of bodies and tools, are of too many to be looked for; all else that could be quoted is. */
const lookedFor = (words: Texts) =>
  [...words].filter(([path]) => !/firstNames|statedBy/.test(path)).map(([, value]) => value)

test('no word of an item that stays is anywhere, whichever marking or policy keeps it', () => {
  const keeps = fc.constantFrom<readonly [Partial<Marking>, boolean]>(
    [{}, false],
    [{ tlp: 'red', audience: [id(2)] }, true],
    [{ tlp: 'amber+strict' }, true],
    [{ tlp: 'clear', needToKnow: true, audience: [id(2)] }, true],
    [{ tlp: 'green', protectedPerson: true, audience: [id(2)] }, true],
  )
  fc.assert(
    fc.property(keeps, fc.nat(60), ([marking, leaves], quoted) => {
      const open = contentsOf(100, amber, true)
      const hidden = contentsOf(200, { ...amber, ...marking }, leaves)
      const told = lookedFor(hidden.words)[quoted % lookedFor(hidden.words).length] ?? ''
      // Somebody quotes what stays in something that leaves.
      const [wallet] = open.contents.wallets
      const quoting = {
        ...wallet,
        body: { ...wallet?.body, content: { ...wallet?.body.content, holder: `see ${told}` } },
      }
      const contents = together({ ...open.contents, wallets: [quoting as never] }, hidden.contents)
      const { released, manifest, items } = handedOut(contents)
      const text = canonicalJson([released.package, manifest, items] as unknown as Json)
      expect([...hidden.words].filter(([, value]) => text.includes(value))).toEqual([])
    }),
    { numRuns: 300 },
  )
})

test('what ten exhibits have in common is not lost because one of them stays', () => {
  const [open, hidden] = [contentsOf(100, amber, true), contentsOf(200, amber, false)]
  const [one, other] = [open.contents.exhibits[0] as KeptExhibit, hidden.contents.exhibits[0] as KeptExhibit]
  const { place, authority } = one.exhibit
  const same = {
    ...other,
    exhibit: { ...other.exhibit, place, authority },
    body: { ...other.body, tool: one.body.tool },
  }
  const { released } = handedOut(together(open.contents, { ...empty, exhibits: [same] }))
  expect(released.package.exhibits).toMatchObject([{ id: one.id, place, toolName: one.body.tool?.name }])
  expect(released.package.authorisations.map(({ identifier }) => identifier)).toContain(authority)
})

test('a hand-out that was kept is written the same again', () => {
  fc.assert(
    fc.property(fc.boolean(), fc.constantFrom('named', 'community', 'public'), (mixed, reach) => {
      const open = contentsOf(100, { ...amber, tlp: 'clear' }, true).contents
      const to = { ...audience, reach } as Audience
      const { released } = handedOut(mixed ? together(open, contentsOf(200, amber, true).contents) : open, to)
      const kept = JSON.parse(JSON.stringify({ package: released.package, audience: to }))
      expect(reopened(kept).package).toEqual(released.package)
    }),
  )
})

/** A dossier is right, or what is wrong with it is named: whatever is left out, swapped, changed or signed by somebody else. */
import { describe, expect, it } from 'vitest'
import { checkJwk } from '../../kernel/crypto/index.ts'
import { bytesToBase64, orStop } from '../../kernel/index.ts'
import { approved } from '../testing/authenticator.ts'
import {
  type Header,
  messageDigest,
  ownForms,
  packMessage,
  packStatement,
  readEnvelope,
  receiptForm,
  type Signer,
} from '../wire/index.ts'
import { directory, keysOf, stranger, tallinn, testKey, vienna } from '../wire/testing/agencies.ts'
import { exampleDraft } from '../wire/testing/messages.ts'
import { checkDossier, type Dossier, readDossier } from './index.ts'

type Part = { readonly envelope: Uint8Array; readonly digest: string; readonly header: Header }
const ports = { keysAt: () => directory, checkJwk }

function message(type: string, major: number, changes: Partial<Header>, signer: Signer = vienna): Part {
  const draft = exampleDraft(type, major, changes)
  const whole =
    type === 'freeze.request'
      ? approved(draft, { person: 'anna', role: 'prosecutor' }, { person: 'bert', role: 'senior-official' })
      : draft
  const { envelope, digest } = orStop(packMessage(whole, [signer], ownForms))
  return { envelope, digest, header: whole.header }
}

function receipt({ header, digest }: Part, signer: Signer, kind: 'ACCEPTED' | 'REJECTED' = 'ACCEPTED'): Uint8Array {
  const code = kind === 'REJECTED' ? { code: 'EXCHANGE_BODY' } : {}
  const at = '2026-11-25T10:00:00.000Z'
  const { id, from, to } = header
  return orStop(packStatement(receiptForm, { v: 1, kind, ...code, message: { id, digest }, from, to, at }, [signer]))
}

const opening = message('freeze.request', 2, {})
const back = { from: tallinn.agency, to: vienna.agency, exchange: opening.digest }
const id = (last: string) => `01936c3a-5f00-7a10-8b20-0000000000${last}`
const ack = message('ack', 1, { ...back, id: id('b1') }, tallinn)
const accept = message('decision.accept', 1, { ...back, id: id('b2'), seq: 2, prev: ack.digest }, tallinn)

const item = (direction: 'in' | 'out', part: Part, by: Uint8Array | null) => ({
  direction,
  envelope: bytesToBase64(part.envelope),
  receipt: by === null ? null : bytesToBase64(by),
})
const whole: Dossier = {
  ...{ v: 1, type: 'comity-dossier', agency: vienna.agency, caseId: 'case', at: '2026-11-26T00:00:00.000Z' },
  items: [
    item('out', opening, receipt(opening, tallinn)),
    item('in', ack, receipt(ack, vienna)),
    item('in', accept, receipt(accept, vienna)),
  ],
}
const withItems = (items: Dossier['items']): Dossier => ({ ...whole, items })
const [first, second, third] = whole.items as [Dossier['items'][0], Dossier['items'][0], Dossier['items'][0]]
const wrongs = (dossier: Dossier) => {
  const { sound, items, wrong } = checkDossier(dossier, ports)
  expect(sound).toBe(false)
  return [...items.flatMap((one) => one.wrong), ...wrong].join('\n')
}

describe('a dossier', () => {
  it('is right where every message is signed, in its place, receipted, and approved by two', () => {
    expect(checkDossier(whole, ports)).toMatchObject({
      sound: true,
      items: [
        { type: 'freeze.request', receipt: 'ACCEPTED', approvals: 2, exchange: opening.digest },
        { type: 'ack', receipt: 'ACCEPTED', approvals: 0 },
        { type: 'decision.accept', receipt: 'ACCEPTED' },
      ],
    })
  })

  it.each([
    ['a message is left out of the middle', withItems([first, third]), /does not follow on the one before/],
    ['the message that opened the exchange is left out', withItems([second, third]), /opened it is not here/],
    [
      'a receipt is for another message',
      withItems([{ ...first, receipt: second.receipt }, second, third]),
      /receipt is not right/,
    ],
    [
      'a receipt is by the sender itself',
      withItems([{ ...first, receipt: bytesToBase64(receipt(opening, vienna)) }, second, third]),
      /receipt is not right/,
    ],
    ['it is of another agency', { ...whole, agency: 'example-vasp' }, /neither from nor to example-vasp/],
    [
      'a message is signed by nobody of the directory',
      withItems([first, item('in', message('ack', 1, { ...back, id: id('b1') }, stranger), null)]),
      /EXCHANGE_SIGNATURE|EXCHANGE_KEY/,
    ],
    [
      'one side says what only the other may',
      withItems([
        first,
        item(
          'out',
          message('freeze.executed', 1, { exchange: opening.digest, seq: 2, prev: opening.digest, id: id('c1') }),
          null,
        ),
      ]),
      /not for the side that sent it/,
    ],
  ] as const)('%s', (_, dossier, why) => {
    expect(wrongs(dossier as Dossier)).toMatch(why)
  })

  it('a change of any byte of an envelope is found', () => {
    for (let at = 0; at < opening.envelope.length; at += 97) {
      const changed = Uint8Array.from(opening.envelope)
      changed[at] = (changed[at] ?? 0) ^ 1
      const { sound } = checkDossier(withItems([{ ...first, envelope: bytesToBase64(changed) }, second, third]), ports)
      // White space between the members of an envelope says nothing, and is signed by nobody.
      const same = readEnvelope(changed)
      if (!(same.ok && messageDigest(same.value) === opening.digest)) expect(sound, `byte ${at}`).toBe(false)
    }
  })

  it('a key counts when it was in use, and not before or after', () => {
    const old = testKey(vienna.agency, 'a key of before')
    const signed = message('contact.query', 1, {}, old)
    const at = Date.parse(signed.header.created)
    const dossier = withItems([item('out', signed, null)])
    const until = (end: number) => ({ checkJwk, keysAt: (when: number) => keysOf(...(when < end ? [old] : [vienna])) })
    expect(checkDossier(dossier, until(at + 1)).sound).toBe(true)
    expect(checkDossier(dossier, until(at)).sound).toBe(false)
  })

  it('is read strictly', () => {
    const bytes = (json: unknown) => new TextEncoder().encode(JSON.stringify(json))
    expect(readDossier(bytes(whole))).toMatchObject({ ok: true })
    expect(readDossier(bytes({ ...whole, more: 1 }))).toMatchObject({ refusal: { code: 'DOSSIER_INVALID' } })
    expect(readDossier(bytes({ ...whole, items: [{ ...first, envelope: '!' }] }))).toMatchObject({
      refusal: { code: 'DOSSIER_INVALID' },
    })
    expect(readDossier(new TextEncoder().encode('{"v":1,"v":1}') as unknown as Uint8Array<ArrayBuffer>).ok).toBe(false)
  })
})

import { beforeAll, describe, expect, test } from 'vitest'
import type { Json } from '../../kernel/index.ts'
import { ANNA, BERT, CASE, CLEO, type EvidenceDoor, evidenceDoor, fileInput, ZOE } from '../testing/evidence-door.ts'

let door: EvidenceDoor
beforeAll(async () => {
  door = await evidenceDoor()
}, 60_000)

const chainTx = {
  network: 'bitcoin',
  txid: 'ab'.repeat(32),
  from: ['1ExampleFrom'],
  to: ['1ExampleTo'],
  amountBaseUnits: '3600000000',
  blockHeight: 500_000,
  confirmations: 6,
}
const shares = { form: 'shares', threshold: 2, shares: 3, scheme: 'SLIP-39', held: 'Shares 1 and 2, in safes A and B' }
const keyInput = (more: Record<string, Json> = {}): Json => ({
  ...(fileInput(ANNA, '', door.now()) as object),
  uploadId: undefined as unknown as Json,
  kind: 'key-control',
  title: 'Seed of the suspect',
  keyControl: shares,
  witness: BERT,
  ...more,
})
const addKeys = async () => ((await door.run(ANNA, 'exhibit.add', keyInput())) as { exhibitId: string }).exhibitId
const propose = (exhibitId: string, act: Record<string, Json>, by = ANNA, witness = BERT) => {
  door.wait(1000)
  return door.run(by, 'key-control.propose', {
    caseId: CASE,
    exhibitId,
    authority: 'Order 12/2026',
    place: 'Room 5',
    method: 'Signed a message',
    witness,
    ...act,
  })
}
const confirm = (by: string, proposal: unknown) =>
  door.run(by, 'key-control.confirm', { caseId: CASE, proposalId: (proposal as { proposalId: string }).proposalId })

describe('control over keys', () => {
  test('is not custody of the coins: they move only after it was shown that the agency can sign', async () => {
    const exhibitId = await addKeys()
    expect(await propose(exhibitId, { act: 'move-coins', chainTx })).toBe('KEY_NOT_CONTROLLED')
    expect(await confirm(BERT, await propose(exhibitId, { act: 'control-key' }))).toMatchObject({ act: 'control-key' })
    expect(await confirm(BERT, await propose(exhibitId, { act: 'move-coins', chainTx }))).toMatchObject({
      act: 'move-coins',
    })
    const { events, flaws } = (await door.run(ANNA, 'custody.history', { exhibitId })) as {
      events: object[]
      flaws: []
    }
    expect(flaws).toEqual([])
    expect(events).toMatchObject([
      { act: 'acquire', controlAfter: false, witness: BERT },
      { act: 'control-key', controlAfter: true, actor: ANNA, witness: BERT, chainTx: null },
      { act: 'move-coins', controlAfter: true, chainTx },
    ])
  })

  test('is two persons: nothing is on record before the witness has confirmed', async () => {
    const exhibitId = await addKeys()
    const proposal = await propose(exhibitId, { act: 'control-key' })
    expect(await door.run(ANNA, 'exhibit.read', { exhibitId })).toMatchObject({
      custody: { controlled: false, events: 1 },
    })
    const list = (by: string) => door.run(by, 'key-control.list', { caseId: CASE })
    const said = { authority: 'Order 12/2026', place: 'Room 5', method: 'Signed a message', chainTx: null }
    const { proposalId } = proposal as { proposalId: string }
    const waiting = { proposalId, exhibitId, act: 'control-key', proposedBy: ANNA, witness: BERT, ...said }
    expect(await list(BERT)).toMatchObject([waiting])
    expect(await list(ZOE)).toBe('NOT_PERMITTED')
    expect(await confirm(ANNA, proposal)).toBe('CUSTODY_WITNESS')
    expect(await confirm(CLEO, proposal)).toBe('CUSTODY_WITNESS')
    expect(await confirm(ZOE, proposal)).toBe('NOT_PERMITTED')
    expect(await confirm(BERT, proposal)).toMatchObject({ act: 'control-key' })
    expect(await list(BERT)).toEqual([])
    expect(await confirm(BERT, proposal)).toBe('KEY_ACT_UNKNOWN')
  })

  test('cannot be confirmed a day later, nor after the exhibit has gone elsewhere', async () => {
    const exhibitId = await addKeys()
    const late = await propose(exhibitId, { act: 'control-key' })
    door.wait(25 * 3600 * 1000)
    expect(await confirm(BERT, late)).toBe('KEY_ACT_UNKNOWN')
    expect(await door.run(BERT, 'key-control.list', { caseId: CASE })).toEqual([])
    const gone = await propose(exhibitId, { act: 'control-key' })
    door.wait(1000)
    await door.run(ANNA, 'custody.release', {
      caseId: CASE,
      exhibitId,
      authority: 'a',
      place: 'b',
      to: { personId: CLEO },
    })
    expect(await confirm(BERT, gone)).toBe('CUSTODY_RELEASED')
  })

  test('needs a witness at every act but a hand-over', async () => {
    const exhibitId = await addKeys()
    door.wait(1000)
    const input = { caseId: CASE, exhibitId, authority: 'a', place: 'b', sealNumber: 'S1' }
    expect(await door.run(ANNA, 'custody.seal', input)).toBe('CUSTODY_WITNESS')
    expect(await door.run(ANNA, 'custody.seal', { ...input, witness: ANNA })).toBe('CUSTODY_WITNESS')
    expect(await door.run(ANNA, 'custody.seal', { ...input, witness: ZOE })).toBe('CUSTODY_WITNESS')
    expect(await door.run(ANNA, 'custody.seal', { ...input, witness: CLEO })).toMatchObject({ state: 'sealed' })
  })

  test.each<[string, Record<string, Json>, string]>([
    ['no witness', { witness: undefined as unknown as Json }, 'CUSTODY_WITNESS'],
    ['more keys needed than there are', { keyControl: { ...shares, threshold: 4 } }, 'KEY_POLICY'],
    ['no form of control', { keyControl: undefined as unknown as Json }, 'EXHIBIT_CONTENT'],
    ['secrets in the vault', { uploadId: '00000000-0000-7000-8000-000000000000' }, 'EXHIBIT_CONTENT'],
  ])('is not put on record with %s', async (_, more, code) => {
    expect(await door.run(ANNA, 'exhibit.add', keyInput(more))).toBe(code)
  })

  test('is for keys only: no other exhibit knows these acts', async () => {
    const uploadId = await door.upload(ANNA, 'a file')
    const { exhibitId } = (await door.run(ANNA, 'exhibit.add', fileInput(ANNA, uploadId, door.now()))) as {
      exhibitId: string
    }
    expect(await propose(exhibitId, { act: 'control-key' })).toBe('CUSTODY_ACT')
  })
})

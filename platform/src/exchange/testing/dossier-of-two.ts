/** A dossier between two agencies, and the published directory in which their keys are: for tests of whoever judges both. */
import { signingKeyFromSeed } from '../../kernel/crypto/index.ts'
import { bytesToBase64, orStop, sha256, utf8 } from '../../kernel/index.ts'
import { newKeeper } from '../directory/testing/keeper.ts'
import type { Dossier } from '../dossier/index.ts'
import { type Header, ownForms, packMessage, packStatement, receiptForm, type Signer } from '../wire/index.ts'
import { type TestKey, tallinn, vienna } from '../wire/testing/agencies.ts'
import { exampleDraft } from '../wire/testing/messages.ts'
import { approved } from './authenticator.ts'

type Part = { readonly envelope: Uint8Array; readonly digest: string; readonly header: Header }

function message(type: string, major: number, changes: Partial<Header>, signer: Signer): Part {
  const draft = exampleDraft(type, major, changes)
  const whole =
    type === 'freeze.request'
      ? approved(draft, { person: 'anna', role: 'prosecutor' }, { person: 'bert', role: 'senior-official' })
      : draft
  const { envelope, digest } = orStop(packMessage(whole, [signer], ownForms))
  return { envelope, digest, header: whole.header }
}

function receipt({ header: { id, from, to }, digest }: Part, signer: Signer): Uint8Array {
  const at = '2026-11-25T10:00:00.000Z'
  return orStop(packStatement(receiptForm, { v: 1, kind: 'ACCEPTED', message: { id, digest }, from, to, at }, [signer]))
}

/** Vienna asks to freeze, approved by two; Tallinn acknowledges and accepts. As Vienna exports it. */
export function dossierOfTwo(): Dossier {
  const id = (last: string) => `01936c3a-5f00-7a10-8b20-0000000000${last}`
  const opening = message('freeze.request', 2, {}, vienna)
  const back = { from: tallinn.agency, to: vienna.agency, exchange: opening.digest }
  const ack = message('ack', 1, { ...back, id: id('b1') }, tallinn)
  const accept = message('decision.accept', 1, { ...back, id: id('b2'), seq: 2, prev: ack.digest }, tallinn)
  const item = (direction: 'in' | 'out', part: Part, by: Signer) => ({
    direction,
    envelope: bytesToBase64(part.envelope),
    receipt: bytesToBase64(receipt(part, by)),
  })
  return {
    ...{ v: 1, type: 'comity-dossier', agency: vienna.agency, caseId: 'case', at: '2026-11-26T12:00:00.000Z' },
    items: [item('out', opening, tallinn), item('in', ack, vienna), item('in', accept, vienna)],
  }
}

/** The published files of a directory in which both are members, by their paths in it. */
export function directoryOfTwo(): ReadonlyMap<string, Uint8Array> {
  const keeper = newKeeper()
  keeper.delegate('targets', 'members-at', { paths: [`members/${vienna.agency}.json`] })
  keeper.delegate('targets', 'members-ee', { paths: [`members/${tallinn.agency}.json`] })
  keeper.list('members-at', { id: vienna.agency, country: 'AT', signingKeys: [keyOf(vienna)] })
  keeper.list('members-ee', { id: tallinn.agency, country: 'EE', kind: 'fiu', signingKeys: [keyOf(tallinn)] })
  keeper.publish('members-at', 'members-ee', 'targets', 'snapshot', 'timestamp')
  return keeper.files
}

/** As wire/testing/agencies.ts makes it. */
const keyOf = ({ agency }: TestKey) => signingKeyFromSeed(sha256(utf8(`comity exchange vectors: ${agency}`)))

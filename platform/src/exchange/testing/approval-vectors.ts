/** Vectors of approvals inside messages: which count, and why others do not. */
import { checkJwk } from '../../kernel/crypto/index.ts'
import { bytesToBase64, type Json } from '../../kernel/index.ts'
import { type ApprovalRule, approvalsOf, checkApprovals } from '../approvals.ts'
import { openMessage, ownForms } from '../wire/index.ts'
import { directory } from '../wire/testing/agencies.ts'
import { exampleDraft } from '../wire/testing/messages.ts'
import { payloadOf, receiver, signedBytes, type Vector } from '../wire/testing/vector.ts'
import { type Approver, approved } from './authenticator.ts'

export type ApprovalVector = Omit<Vector, 'opens'> & { readonly opens: 'approvals'; readonly rule: ApprovalRule }

const rule: ApprovalRule = { needed: 2, demands: [{ roles: ['prosecutor'], count: 1 }] }
const anna: Approver = { person: 'anna', role: 'prosecutor' }
const bert: Approver = { person: 'bert', role: 'senior-official' }
const cleo: Approver = { person: 'cleo', role: 'senior-official' }
const late = { givenAt: '2026-11-26T10:00:00.000Z', expiresAt: '2026-11-27T10:00:00.000Z' }

type Case = readonly [claim: string, approvers: readonly Approver[], void: readonly string[], rule?: ApprovalRule]

const good: readonly Case[] = [
  ['two people with two authenticators', [anna, bert], []],
  [
    'two that hold together for a moment only',
    [anna, { ...bert, ...late, givenAt: '2026-11-26T09:59:59.999Z', expiresAt: '2026-11-27T09:00:00.000Z' }],
    [],
  ],
  ['two and one that came too late', [anna, bert, { ...cleo, ...late }], ['not-yet']],
  [
    'two, of whom the one with the role shares an authenticator with a third',
    [{ ...cleo, person: 'zoe', role: 'prosecutor', authenticator: 'bert' }, bert, cleo],
    ['same-authenticator'],
  ],
]
const bad: readonly Case[] = [
  ['nobody', [], []],
  ['one person, where the rule asks for none', [anna], [], { needed: 0, demands: [] }],
  ['one person twice', [anna, { ...anna, authenticator: 'other' }], ['same-person']],
  ['two people with one authenticator', [anna, { ...bert, authenticator: 'anna' }], ['same-authenticator']],
  ['two people without the role that is asked for', [bert, cleo], []],
  ['one person in two roles', [anna, { ...anna, role: 'judge', authenticator: 'other' }], ['two-roles', 'two-roles']],
  ['an approval over another message', [anna, { ...bert, challenge: 'c2F5IHdoYXQ' }], ['assertion-wrong']],
  ['an approval without verifying the person', [anna, { ...bert, flags: 0x01 }], ['assertion-wrong']],
  ['an approval with a key that can be copied', [anna, { ...bert, flags: 0x0d }], ['assertion-wrong']],
  ['an approval for longer than a day', [anna, { ...bert, expiresAt: '2026-11-27T10:00:00.000Z' }], ['too-long']],
  [
    'an approval from before the message',
    [anna, { ...bert, givenAt: '2026-11-25T09:29:59.999Z' }],
    ['before-the-message'],
  ],
  ['two that never held together', [anna, { ...bert, ...late }], ['expired']],
]

export function goodApprovalVectors(): readonly ApprovalVector[] {
  return good.map(([claim, approvers, voided, own = rule]) => ({
    ...made(claim, approvers, own),
    gives: { void: [...voided] },
  }))
}

export function badApprovalVectors(): readonly ApprovalVector[] {
  return bad.map(([claim, approvers, voided, own = rule]) => ({
    ...made(claim, approvers, own),
    refused: 'EXCHANGE_APPROVALS',
    gives: { void: [...voided] },
  }))
}

/** `gives.void`: why the approvals that do not count do not, in alphabetical order. */
export function runApprovalVector({ bytes = '', rule: own }: ApprovalVector): {
  readonly gives: Json
  readonly refused?: string
} {
  const opened = openMessage(Uint8Array.from(Buffer.from(bytes, 'base64')), directory, receiver, ownForms)
  if (!opened.ok) throw new Error(opened.refusal.message)
  const gives = {
    void: approvalsOf(opened.value, own, checkJwk)
      .void.map(({ why }) => why)
      .sort(),
  }
  const checked = checkApprovals(opened.value, own, checkJwk)
  return checked.ok ? { gives } : { gives, refused: checked.refusal.code }
}

function made(claim: string, approvers: readonly Approver[], own: ApprovalRule): ApprovalVector {
  const draft = approved(exampleDraft('freeze.request', 2), ...approvers)
  return { claim, opens: 'approvals', rule: own, bytes: bytesToBase64(signedBytes(payloadOf(draft), draft)) }
}

import { expect, test } from 'vitest'
import { approvalPage, pageAfterRefusal } from './key-pages.ts'

const base = new URL('https://comity.om.example/')
const id = '019ab3c0-1f1d-7c52-9b0a-6f7b8d1e2a3c'

test.each([
  ['/v1/request/submit', `https://comity.om.example/approve#${id}`],
  ['/v1/erasure/approve', `https://comity.om.example/approve-erasure#${id}`],
  ['/v1/case/list', null],
])('what %s is about is approved at %s', (path, page) => {
  expect(approvalPage(base, path, { id })).toBe(page)
})

test.each([
  ['/v1/approval/give', 'APPROVAL_EXPIRED', `https://comity.om.example/approve#${id}`],
  ['/v1/request/release', 'APPROVALS_MISSING', `https://comity.om.example/approve#${id}`],
  ['/v1/request/release', 'NOT_PERMITTED', 'https://comity.om.example/prove'],
  ['/v1/person/invite', 'NOT_PERMITTED', 'https://comity.om.example/prove'],
  ['/v1/case/list', 'NOT_SIGNED_IN', 'https://comity.om.example/sign-in'],
  ['/v1/request/release', 'VERSION_CONFLICT', null],
])('after %s was refused with %s the page to open is %s', (path, code, page) => {
  expect(pageAfterRefusal(base, path, { id }, code)).toBe(page)
})

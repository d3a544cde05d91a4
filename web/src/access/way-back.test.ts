import { expect, test } from 'vitest'
import { signInHref, wayBack } from './way-back.ts'

test.each([
  ['#app=%2Fcases%2F1%3Ftab%3Dlog', '/app/cases/1?tab=log'],
  ['#app=/app/approve/019ab3c0-1f1d-7c52-9b0a-6f7b8d1e2a3c', '/app/approve/019ab3c0-1f1d-7c52-9b0a-6f7b8d1e2a3c'],
  [`#${signInHref({ pathname: '/app/people', search: '?role=auditor' }).split('#')[1]}`, '/app/people?role=auditor'],
])('after signing in, %s leads to %s', (hash, path) => {
  expect(wayBack(hash)).toBe(path)
})

test.each([
  '',
  '#approve=//example.org/',
  '#app=//example.org/',
  '#app=/%5Cexample.org',
  '#app=https://example.org',
  '#app=/../v1/sign-out',
  '#app=/%0a/example.org',
  '#app=/%E2%80%AEmoc',
  '#app=%',
  '#app=/sign-in',
  '#app=/app/enrol',
])('%s leads nowhere', (hash) => {
  expect(wayBack(hash)).toBeNull()
})

import { expect, test } from 'vitest'
import { downloadHeaders, parseRange } from './download-headers.ts'

test.each([
  ['report.pdf', 'report.pdf'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\evil\\run.exe', 'run.exe'],
  ['a"b\r\nset-cookie: x', 'a_bset-cookie_ x'],
  ['gpj\u202efdp.exe', 'gpjfdp.exe'],
  ['..', 'exhibit'],
  ['', 'exhibit'],
])('%j leaves the node to be saved as %j, never to be shown', (fileName, saved) => {
  const headers = downloadHeaders({ fileName, size: 10 })
  expect(headers['content-disposition']).toMatch(`attachment; filename="${saved}"; filename*=UTF-8''`)
  expect(headers['content-disposition']).toMatch(/^[\x20-\x7e]+$/)
  expect(headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'content-length': '10',
  })
})

test('names of every script arrive whole', () => {
  const header = downloadHeaders({ fileName: "доказ (1)'.pdf", size: 1 })['content-disposition'] ?? ''
  const encoded = /filename\*=UTF-8''(.*)$/.exec(header)?.[1] ?? ''
  expect(encoded).toMatch(/^[A-Za-z0-9!#$&+.^_`|~%-]+$/)
  expect(decodeURIComponent(encoded)).toBe("доказ (1)'.pdf")
})

test.each([
  [undefined, 'all'],
  ['bytes=0-9', { first: 0, last: 9 }],
  ['bytes=90-', { first: 90, last: 99 }],
  ['bytes=90-500', { first: 90, last: 99 }],
  ['bytes=-10', { first: 90, last: 99 }],
  ['bytes=-500', { first: 0, last: 99 }],
  ['bytes=100-', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=9-0', 'all'],
  ['bytes=0-1,5-6', 'all'],
  ['bytes=-', 'all'],
  ['lines=1-2', 'all'],
] as const)('of 100 bytes, %s is %j', (header, range) => {
  expect(parseRange(header, 100)).toEqual(range)
})

test('a part says which part it is', () => {
  const headers = downloadHeaders({ fileName: 'a', size: 100, range: { first: 10, last: 19 } })
  expect(headers).toMatchObject({ 'content-range': 'bytes 10-19/100', 'content-length': '10' })
})

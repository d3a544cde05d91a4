import { expect, it } from 'vitest'
import { openWithPassphrase, sealUnderPassphrase } from './index.ts'

const secret = Uint8Array.from({ length: 32 }, (_, at) => at)
const sealed = sealUnderPassphrase('correct horse battery staple', secret, 'a test')
const codeOf = (value: typeof sealed, passphrase = 'correct horse battery staple', purpose = 'a test') => {
  const opened = openWithPassphrase(passphrase, value, purpose)
  return opened.ok ? Array.from(opened.value).join() : opened.refusal.code
}

it('opens with the passphrase, for its purpose, and with nothing else', () => {
  expect(codeOf(sealed)).toBe(Array.from(secret).join())
  expect(codeOf(sealed, 'correct horse battery stapl')).toBe('PASSPHRASE_WRONG')
  expect(codeOf(sealed, undefined, 'another test')).toBe('PASSPHRASE_WRONG')
  expect(codeOf({ ...sealed, sealed: sealed.sealed.replace(/^...../, 'AQAAA') })).toBe('PASSPHRASE_WRONG')
})

it('composed and decomposed letters are one passphrase', () => {
  const umlaut = sealUnderPassphrase('schl\u00fcssel und schloss', secret, 'a test')
  expect(codeOf(umlaut, 'schlu\u0308ssel und schloss')).toBe(Array.from(secret).join())
})

it('a file cannot make its reader work for ever, or hardly at all', () => {
  for (const n of [2 ** 24, 2 ** 10, 3, 0, Number.NaN]) expect(codeOf({ ...sealed, n })).toBe('PASSPHRASE_SEAL')
  expect(codeOf({ ...sealed, r: 1024 })).toBe('PASSPHRASE_SEAL')
  expect(codeOf({ ...sealed, p: 64 })).toBe('PASSPHRASE_SEAL')
  expect(codeOf({ ...sealed, salt: 'AA==' })).toBe('PASSPHRASE_SEAL')
})

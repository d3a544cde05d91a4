import { expect, test } from 'vitest'
import { partsOf } from './parts-of.ts'

const chain = 'bip122:000000000019d6689c085ae165831e93'

test('an asset and a measure inside a sentence are found, and every other word is kept', () => {
  expect(
    partsOf(`The case asks for FREEZE_SPECIFIC twice on ${chain}|bc1q20yetypzeukflzlg3qkgfjl8awtklq85t5vct3.`),
  ).toEqual([
    { kind: 'words', text: 'The case asks for ' },
    { kind: 'code', text: 'FREEZE_SPECIFIC' },
    { kind: 'words', text: ' twice on ' },
    { kind: 'place', chain, address: 'bc1q20yetypzeukflzlg3qkgfjl8awtklq85t5vct3' },
    { kind: 'words', text: '.' },
  ])
})

test.each(['', 'Nothing is named here.', 'TLP:AMBER, a|b and EUR stay as they are.'])(
  '%j stays one part at most',
  (text) => {
    expect(partsOf(text)).toEqual(text === '' ? [] : [{ kind: 'words', text }])
  },
)

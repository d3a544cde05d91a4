import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CLEAN, type Parts } from '../rules/parts.ts'
import { type AccountRuleId, accountRuleIds, accountRules, findAccountRule, worth } from './account-rules.ts'
import { sourcesIn } from './sources-in.ts'

/** `+10a` receives 10 of source a (a, b, c …), `+10` receives 10 clean, `-10` pays 10. Gives what each payment carried, and what is left. */
function play(id: AccountRuleId, steps: string): { sent: string[]; left: string } {
  const holding = (findAccountRule(id) as (typeof accountRules)[number]).open()
  const sent: string[] = []
  for (const step of steps.split(' ')) {
    const [, sign, digits = '', name] = /^([+-])(\d+)([a-z])?$/.exec(step) ?? []
    const amount = BigInt(digits)
    if (sign === '-') sent.push(inLetters(holding.send(amount)))
    else holding.receive(amount, name ? [{ source: name.charCodeAt(0) - 97, amount }] : [])
  }
  return { sent, left: inLetters(holding.held()) }
}

function inLetters(parts: Parts): string {
  const text = sourcesIn(parts).map(({ source, amount }) => `${amount}${String.fromCharCode(97 + source)}`)
  return text.join(' ') || '0'
}

describe('published figures', () => {
  // Kokelj, Bitcoin tainting methods, Ljubljana 2023, figs. 4.2 to 4.5, in tenths: 7 clean and 3 traced come, 9 and 1 go.
  test.each([
    ['poison', ['90a', '10a']],
    ['haircut', ['27a', '3a']],
    ['fifo', ['20a', '10a']],
    ['lifo', ['30a', '0']],
  ] as const)('one transaction of the thesis under %s', (id, sent) => {
    expect(play(id, '+70 +30a -90 -10').sent).toEqual(sent)
  })

  // Light Blue Touchpaper, 26 March 2018: 3 stolen, then 7 fresh, are paid out.
  test('of 3 stolen and 7 fresh, the first 3 paid out are stolen (FIFO), or 30 % of all (haircut), or all 10 (poison)', () => {
    expect(play('fifo', '+30a +70 -30 -70').sent).toEqual(['30a', '0'])
    expect(play('haircut', '+30a +70 -50 -50').sent).toEqual(['15a', '15a'])
    expect(play('poison', '+30a +70 -100').sent).toEqual(['100a'])
  })

  // Block Audit Tracing Standard, desk reference 2025, p. 15: three scenarios.
  test.each([
    ['the next payment holds the 3,000', '+5000 +3000a -4000', ['3000a'], '0'],
    ['1,500 paid out leave 1,500, which go next', '+5000 +3000a -1500 -1500', ['1500a', '1500a'], '0'],
    ['2,000 clean that come later change nothing', '+5000 +3000a +2000 -3500', ['3000a'], '0'],
  ])('PIFO: %s', (_, steps, sent, left) => {
    expect(play('pifo', steps)).toEqual({ sent, left })
  })

  // Paul +10, Michael +10, −10, Karen +10, −10, in hundredths: 10 are left (Paul Todd's page; Barlow Clowes v Vaughan).
  test.each([
    ['fifo', '1000c'],
    ['pari-passu', '334a 333b 333c'],
    ['rolling-charge', '250a 250b 500c'],
  ] as const)('three victims of one account under %s', (id, left) => {
    expect(play(id, '+1000a +1000b -1000 +1000c -1000').left).toBe(left)
  })

  test('pari passu over 20 of 30: 6.67 each', () => {
    expect(play('pari-passu', '+1000a +1000b +1000c -1000').left).toBe('667a 667b 666c')
  })
})

describe('figures of our own', () => {
  test('under the lowest intermediate balance rule the claim falls to the lowest balance, and a top-up revives nothing', () => {
    expect(play('libr', '+1000a +500 -1200 +2000')).toEqual({ sent: ['700a'], left: '300a' })
    expect(play('libr', '+1000a +500 -500 -100')).toEqual({ sent: ['0', '100a'], left: '900a' })
  })

  test('seniority: traced first, of several sources the elder; clean first, then the younger', () => {
    expect(play('seniority-traced-first', '+10b +10a +10 -15').sent).toEqual(['5a 10b'])
    expect(play('seniority-clean-first', '+10b +10a +10 -15').sent).toEqual(['5a'])
  })

  test('last in, first out takes the newest, and a payment keeps its order', () => {
    expect(play('lifo', '+10a +10b +10 -15 -10').sent).toEqual(['5b', '5a 5b'])
  })

  test('poison ends where an account is empty', () => {
    expect(play('poison', '+10a +10 -20 +10 -10').sent).toEqual(['20a', '0'])
  })

  test('who has taken out more than a fair share before another came keeps what there is', () => {
    expect(play('pari-passu', '+100a -90 +100b -10').left).toBe('10a 90b')
  })
})

const steps = fc.array(
  fc.record({
    send: fc.boolean(),
    source: fc.integer({ min: CLEAN, max: 3 }),
    // Up to what uint256 can hold.
    amount: fc.oneof(fc.bigInt({ min: 1n, max: 12n }), fc.bigInt({ min: 1n, max: 2n ** 256n - 1n })),
  }),
  { maxLength: 40 },
)

describe.each(accountRuleIds)('under %s, whatever comes and goes', (id) => {
  const rule = accountRules.find((one) => one.id === id) as (typeof accountRules)[number]

  test('nothing holds more than it is worth, and (but for poison) each source is conserved to the unit', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const holding = rule.open()
        const wentIn = new Map<number, bigint>()
        const cameOut = new Map<number, bigint>()
        let balance = 0n
        for (const { send, source, amount } of list) {
          if (!send) {
            holding.receive(amount, source === CLEAN ? [] : [{ source, amount }])
            balance += amount
            if (source !== CLEAN) wentIn.set(source, (wentIn.get(source) ?? 0n) + amount)
            continue
          }
          const paid = amount < balance ? amount : balance
          const parts = holding.send(paid)
          balance -= paid
          const carried = worth(rule, parts)
          expect(carried >= 0n && carried <= paid).toBe(true)
          for (const part of sourcesIn(parts)) cameOut.set(part.source, (cameOut.get(part.source) ?? 0n) + part.amount)
        }
        expect(holding.balance()).toBe(balance)
        const held = worth(rule, holding.held())
        expect(held >= 0n && held <= balance).toBe(true)
        if (!rule.conserves) return
        for (const { source, amount } of holding.held()) cameOut.set(source, (cameOut.get(source) ?? 0n) + amount)
        expect(new Map([...cameOut].sort())).toEqual(new Map([...wentIn].sort()))
      }),
      { numRuns: 150 },
    )
  })
})

describe.each(['fifo', 'lifo', 'haircut', 'pifo', 'libr'] as const)('under %s', (id) => {
  test('splitting a receipt in place changes no payment', () => {
    expect(play(id, '+7 +3a +5b -9 -4')).toEqual(play(id, '+3 +4 +1a +2a +5b -9 -4'))
  })
})

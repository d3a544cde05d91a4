/** Arbitrary packages from the table of fields, so that a new field is tested the day it is added. */
import fc from 'fast-check'
import { ok, type Result, refuse } from '../../../kernel/index.ts'
import { cleanText } from '../clean-text.ts'
import { type Field, fieldsOf, type ListName, listNames, type Row, required } from '../fields.ts'
import type { EvidencePackage } from '../model.ts'
import type { Audience } from '../release.ts'
import { BITCOIN, ETHEREUM, POLYGON } from './fixture.ts'

/** Addresses of these packages, recognisable wherever they turn up. */
export const ADDRESS = /^addr[0-9a-f]{30}$/
export function arbitraryGate(_chain: string, address: string): Result<string> {
  return ADDRESS.test(address) ? ok(address) : refuse('ADDRESS_NOT_RECOGNISED', 'not an address of the test')
}

const hex = (digits: number) =>
  fc.array(fc.constantFrom(...'0123456789abcdef'), { minLength: digits, maxLength: digits }).map((one) => one.join(''))
const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  // A word in front keeps texts long enough to be told from chance when the release looks for them.
  .chain((tail) => hex(8).map((word) => cleanText(`w${word} ${tail}`).text))
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null, freq: 3 })
const chain = fc.constantFrom(BITCOIN, ETHEREUM, POLYGON)

function arbitraryField(name: string, field: Field, list: ListName): fc.Arbitrary<unknown> {
  const isRequired = required[list].includes(name)
  const wrap = (one: fc.Arbitrary<unknown>) => (isRequired ? one : maybe(one))
  switch (field.form) {
    case 'id':
      return fc.uuid({ version: 4 })
    case 'text':
      return wrap(name === 'country' ? fc.constantFrom('DE', 'NL', 'EE') : text)
    case 'texts':
      return fc.array(text, { maxLength: 3 })
    case 'instant':
      return wrap(
        fc.integer({ min: 0, max: 4_000_000_000 }).map((s) => new Date(s * 1000).toISOString().replace('.000Z', 'Z')),
      )
    case 'count':
      return wrap(fc.integer({ min: 0, max: Math.min(field.most, 36) }))
    case 'hex':
      return wrap(hex(field.digits))
    case 'word':
      return isRequired || name === 'onwardUse'
        ? fc.constantFrom(...field.words)
        : maybe(fc.constantFrom(...field.words))
    case 'amount':
      return wrap(fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }).map(String))
    case 'chain':
      return chain
    case 'address':
      return wrap(hex(30).map((one) => `addr${one}`))
    case 'txid':
      return hex(64)
    case 'asset':
      return wrap(fc.tuple(chain, hex(8)).map(([on, one]) => `${on}/erc20:${one}`))
    case 'flag':
      return fc.boolean()
    case 'ref':
      // Filled in when all ids are known.
      return fc.nat({ max: 9 })
  }
}

const rowOf = (list: ListName): fc.Arbitrary<Row> =>
  fc.record(Object.fromEntries(fieldsOf(list).map(([name, field]) => [name, arbitraryField(name, field, list)])))

/** Every reference is to an item that is there, or empty. */
function linked(lists: Readonly<Record<string, readonly Row[]>>): Record<string, Row[]> {
  return Object.fromEntries(
    listNames.map((list) => [
      list,
      (lists[list] ?? []).map((row) =>
        Object.fromEntries(
          fieldsOf(list).map(([name, field]) => {
            const choice = row[name]
            if (field.form !== 'ref' || typeof choice !== 'number') return [name, choice]
            const target = lists[field.list]?.[choice]?.id ?? null
            return [name, target === row.id ? null : target]
          }),
        ),
      ),
    ]),
  )
}

export const MEMBER = 'Prosecution Office North'
export const PURPOSE = 'criminal-proceedings'

/** A package all of whose items the audience of `openTo` may have. */
export const arbitraryPackage: fc.Arbitrary<EvidencePackage> = fc
  .tuple(
    fc.record({
      id: fc.uuid({ version: 4 }),
      caseReference: maybe(text),
      title: maybe(text),
      createdAt: maybe(fc.constant('2026-03-01T09:00:00Z')),
    }),
    fc.record(
      Object.fromEntries(
        listNames.map((list) => [
          list,
          fc.array(rowOf(list), { minLength: list === 'markings' ? 1 : 0, maxLength: 4 }),
        ]),
      ),
    ),
  )
  .map(([head, stated]) => {
    const markings = (stated.markings ?? []).map((row) => ({ ...row, recipients: [MEMBER], purposes: [PURPOSE] }))
    const lists = linked({ ...stated, markings })
    const used = new Set((lists.transfers ?? []).map((row) => row.asset))
    const marked = Object.fromEntries(
      listNames.map((list) => [
        list,
        list === 'markings' || list === 'assets'
          ? lists[list]
          : lists[list]?.map((row) => ({ ...row, marking: row.marking ?? markings[0]?.['id' as never] })),
      ]),
    ) as Record<string, Row[]>
    // The release keeps only assets and markings that something uses.
    const kept = new Set(
      [
        'investigations',
        'authorisations',
        'parties',
        'exhibits',
        'custody',
        'wallets',
        'transfers',
        'statements',
      ].flatMap((list) => (marked[list] ?? []).map((row) => row.marking)),
    )
    const first = (markings[0] as unknown as Row).id
    return {
      ...head,
      ...marked,
      marking: first,
      markings: (lists.markings ?? []).filter((row) => kept.has(row.id) || row.id === first),
      assets: (lists.assets ?? []).filter((row) => used.has(row.asset)),
    } as unknown as EvidencePackage
  })

export function openTo(pack: EvidencePackage): Audience {
  return {
    members: [MEMBER],
    reach: 'named',
    purpose: PURPOSE,
    clientOf: {},
    onward: false,
    permissions: [],
    unsealed: pack.markings.map(({ id }) => id),
  }
}

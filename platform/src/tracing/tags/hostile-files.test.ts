/** Files that a stranger made to harm: each is refused, quickly, with a code. */
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { openTagFile, readTagFile } from './sources/read-tag-file.ts'
import { parseTagFile } from './tag-file.ts'
import { fileOf } from './test-tags.ts'

describe('hostile YAML', () => {
  const doubling = [
    'a: &a [x,x,x,x,x,x,x,x,x]',
    ...'bcdefghi'.split('').map((key, at) => `${key}: &${key} [${Array(9).fill(`*${'abcdefgh'[at]}`).join(',')}]`),
    'tags: [*i]',
  ].join('\n')
  const cases: readonly [string, string, string][] = [
    ['aliases that multiply', doubling, 'TAG_FILE_BOMB'],
    ['nesting in brackets', `tags: ${'['.repeat(50_000)}`, 'TAG_FILE_BOMB'],
    ['nesting in braces', `tags: ${'{a: '.repeat(50_000)}`, 'TAG_FILE_BOMB'],
    ['nesting in dashes', `tags:\n${'- '.repeat(20_000)}x`, 'TAG_FILE_BOMB'],
    ['nesting in keys', `tags:\n${'? '.repeat(20_000)}x`, 'TAG_FILE_BOMB'],
    [
      'a hundred thousand fields, one stated twice',
      `${Array.from({ length: 100_000 }, (_, at) => `k${at}: v`).join('\n')}\nk5: v\ntags: []\n`,
      'TAG_FILE_UNREADABLE',
    ],
    ['a field stated thousands of times', `${'a: b\n'.repeat(50_000)}tags: []\n`, 'TAG_FILE_UNREADABLE'],
    ['a key that is a list', 'tags: []\n? [a, b]\n: c\n', 'TAG_FILE_UNREADABLE'],
    ['an alias to nothing', 'label: *nowhere\ntags: []\n', 'TAG_FILE_UNREADABLE'],
  ]
  test.each(cases)(
    '%s',
    (_, text, code) => {
      const content = parseTagFile(fileOf('bomb.yaml', text))
      expect(content.ok ? 'read' : content.refusal.code).toBe(code)
    },
    10_000,
  )

  test('a field named __proto__ is an unknown field and nothing more', () => {
    const text =
      'title: T\ncreator: C\n__proto__:\n  label: evil\ntags:\n- address: x\n  __proto__: {label: evil, source: evil}\n'
    const content = parseTagFile(fileOf('a.yaml', text))
    expect(content.ok && content.value.tags).toEqual([])
    expect(content.ok && content.value.defects.map(({ code }) => code)).toContain('TAG_FIELD_MISSING')
    expect(({} as Record<string, unknown>).label).toBeUndefined()
  })

  test('an address of a million characters is refused without being decoded', () => {
    const text = `title: T\ncreator: C\nlabel: L\nsource: s\nconfidence: unknown\ntags:\n- address: ${'1'.repeat(1_000_000)}\n  currency: TRX\n`
    const content = parseTagFile(fileOf('a.yaml', text))
    expect(content.ok && content.value.defects.map(({ code, message }) => [code, message.length < 400])).toEqual([
      ['TAG_ADDRESS_INVALID', true],
    ])
  })
})

describe('hostile bytes', () => {
  const bomb = gzipSync(Buffer.alloc(4_000_000))
  const cases: readonly [string, Uint8Array, string][] = [
    ['gzip that grows beyond the limit', bomb, 'TAG_FILE_BOMB'],
    ['plain bytes beyond the limit', Buffer.alloc(1_000_001), 'TAG_FILE_BOMB'],
    ['gzip cut off', gzipSync('title: T').subarray(0, 20), 'TAG_FILE_UNREADABLE'],
    ['bytes that are not UTF-8', Uint8Array.of(0x74, 0xff, 0xfe), 'TAG_FILE_UNREADABLE'],
  ]
  test.each(cases)('%s', (_, bytes, code) => {
    const file = openTagFile('a.yaml', bytes, 1_000_000)
    expect(file.ok ? 'opened' : file.refusal.code).toBe(code)
  })

  test('a file that is not there is a refusal', async () => {
    const file = await readTagFile('/nowhere/at/all.yaml')
    expect(file.ok ? 'opened' : file.refusal.code).toBe('TAG_FILE_UNREADABLE')
  })

  test('a gzip file is named by the hash of its compressed bytes', () => {
    const bytes = gzipSync('title: T\n')
    const file = openTagFile('a.yaml.gz', bytes)
    expect(file.ok && [file.value.text, file.value.bytes]).toEqual(['title: T\n', bytes.length])
  })
})

import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { openLinkBook } from './link-book.ts'

const folder = mkdtempSync(join(tmpdir(), 'comity-links-'))
afterAll(() => rmSync(folder, { recursive: true }))
const id = 'ab'.repeat(32)
const rejection = { id, by: 'Analyst 7', reason: 'another customer', at: 1_700_000_000 }
const link = { id, tier: 'fields', link: { evidence: { amount: 'equal' } } }

it('keeps links with their evidence, once, and what traces stand on them', () => {
  const path = join(folder, 'kept.jsonl')
  expect(openLinkBook(path).keep([link])).toBe(1)
  const book = openLinkBook(path)
  expect(book.keep([link])).toBe(0)
  expect(book.kept(id)).toEqual(link)
  book.recordUse('trace-1', [id])
  book.recordUse('trace-1', [id])
  expect(openLinkBook(path).staleTraces()).toEqual([])
  expect(openLinkBook(path).reject(rejection)).toEqual({ already: null, staleTraces: ['trace-1'] })
  expect(openLinkBook(path).reject({ ...rejection, reason: 'again' })).toEqual({
    already: rejection,
    staleTraces: ['trace-1'],
  })
  expect(openLinkBook(path).rejections()).toEqual([rejection])
  expect([...openLinkBook(path).rejectedIds()]).toEqual([id])
  expect(openLinkBook(path).staleTraces()).toEqual(['trace-1'])
})

it('takes a rejection back, and keeps which trace took the place of which', () => {
  const path = join(folder, 'back.jsonl')
  const said = { who: 'Analyst 7', reason: 'another customer', at: 1_700_000_000, link: id }
  const run = { ...said, cause: 'link-rejected', why: null, fix: null } as const
  const book = openLinkBook(path)
  book.recordUse('trace-1', [id])
  expect(book.withdraw(rejection)).toBe(false)
  book.reject(rejection)
  book.supersede({ ...run, trace: 'trace-1', by: 'trace-2' })
  expect(openLinkBook(path).staleTraces()).toEqual([])
  expect(openLinkBook(path).supersessionOf('trace-1')).toMatchObject({ by: 'trace-2', who: 'Analyst 7' })
  expect(openLinkBook(path).withdraw(rejection)).toBe(true)
  expect([...openLinkBook(path).rejectedIds()]).toEqual([])
  openLinkBook(path).supersede({ ...run, cause: 'rejection-withdrawn', trace: 'trace-2', by: 'trace-1' })
  expect(openLinkBook(path).supersessionOf('trace-1')).toBe(null)
  expect(openLinkBook(path).supersessionOf('trace-2')).toMatchObject({ by: 'trace-1' })
  expect(openLinkBook(path).reject(rejection).already).toBe(null)
})

it('goes on after a line that a crash cut short', () => {
  const path = join(folder, 'cut.jsonl')
  openLinkBook(path).reject(rejection)
  appendFileSync(path, '{"kind":"rejec')
  const book = openLinkBook(path)
  expect(book.rejections()).toHaveLength(1)
  book.recordUse('trace-1', [id])
  expect(openLinkBook(path).staleTraces()).toEqual(['trace-1'])
})

it('refuses a book of which a line was changed or taken out', () => {
  const path = join(folder, 'changed.jsonl')
  const book = openLinkBook(path)
  book.keep([link])
  book.reject(rejection)
  book.recordUse('trace-1', [id])
  const text = readFileSync(path, 'utf8')
  for (const changed of [text.replace('another customer', 'none'), text.split('\n').slice(1).join('\n'), `x${text}`]) {
    writeFileSync(path, changed)
    expect(() => openLinkBook(path)).toThrow('LINK_BOOK_BROKEN')
  }
})

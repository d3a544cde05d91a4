import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderDocument, type TypstDocument } from './typst.ts'

const hello: TypstDocument = {
  template: '= #document-head.title\n#for line in data.lines [#par(line)]',
  data: { lines: ['Ein Satz', 'جملة', '一句话', 'Ελληνικά', 'Кириллица'] },
  title: 'A letter',
  language: 'de',
  date: '2026-11-24T09:00:00Z',
  attachments: [
    {
      name: 'data.json',
      mediaType: 'application/json',
      description: 'the data',
      relationship: 'source',
      content: '{"a":"é"}',
    },
  ],
}

async function bytesOf(document: TypstDocument): Promise<Buffer> {
  const result = await renderDocument(document)
  if (!result.ok) throw new Error(JSON.stringify(result.refusal))
  return Buffer.from(result.value)
}

const textOf = async (document: TypstDocument) => (await bytesOf(document)).toString('latin1')

describe('a document', () => {
  it('has the same bytes each time, whatever was set in between', async () => {
    const first = await bytesOf(hello)
    await bytesOf({ ...hello, data: { lines: ['something else'] }, attachments: [] })
    expect((await bytesOf(hello)).equals(first)).toBe(true)
  })

  it('has the date that is given, and the bytes follow it', async () => {
    const text = await textOf({ ...hello, date: '2031-02-03T04:05:06Z' })
    expect(text).toContain('D:20310203040506')
    expect(text).not.toMatch(/D:20(?!310203)/)
  })

  it('is tagged PDF/A-3a in its language, with the attachment as its source', async () => {
    const text = await textOf(hello)
    expect(text).toMatch(/\/MarkInfo\s*<<[^>]*\/Marked true/)
    expect(text).toContain('/StructTreeRoot')
    expect(text).toMatch(/\/Lang \(de/)
    expect(text).toContain('<pdfaid:part>3</pdfaid:part>')
    expect(text).toContain('<pdfaid:conformance>A</pdfaid:conformance>')
    expect(text).toContain('/AFRelationship /Source')
    expect(text).toContain('application#2Fjson')
  })

  it('has Noto fonts and no other', async () => {
    const fonts = new Set(
      [...(await textOf(hello)).matchAll(/\/BaseFont \/[A-Z]{6}\+([A-Za-z0-9]+)/g)].map(([, name]) => name),
    )
    expect([...fonts].sort()).toEqual(['NotoSans', 'NotoSansArabic', 'NotoSansSC'])
  })

  it('does not read what a document before it had attached', async () => {
    await bytesOf(hello)
    await expect(renderDocument({ ...hello, attachments: [], template: '#read("/data.json")' })).rejects.toThrow(
      /not found|failed/,
    )
  })

  it('reads no file of the machine', async () => {
    await expect(renderDocument({ ...hello, template: '#read("/etc/passwd")' })).rejects.toThrow(/not found|failed/)
    await expect(renderDocument({ ...hello, template: '#read("../NotoSans_400Regular.ttf")' })).rejects.toThrow(/Typst/)
  })

  it.each(['../x', '/etc/x', 'a/b', '', '.hidden', 'a b', 'a"b'])(
    'takes no attachment of the name %j',
    async (name) => {
      const [attachment] = hello.attachments
      if (!attachment) throw new Error('no attachment')
      await expect(renderDocument({ ...hello, attachments: [{ ...attachment, name }] })).rejects.toThrow(TypeError)
    },
  )

  it('that needs a character without a font is refused, and names it', async () => {
    expect(await renderDocument({ ...hello, data: { lines: ['ok', 'สวัสดี'] } })).toMatchObject({
      ok: false,
      refusal: { code: 'DOCUMENT_CHARACTER_WITHOUT_FONT', message: expect.stringMatching(/U\+0E/) },
    })
    for (const character of ['\u{1f600}', '\u0000', '\ue000', '\u05d0'])
      expect(await renderDocument({ ...hello, data: { lines: [character] } }), character).toMatchObject({ ok: false })
  })

  it('whose template is broken is a fault', async () => {
    await expect(renderDocument({ ...hello, template: '#nothing' })).rejects.toThrow(/unknown variable/)
  })
})

describe('text of the data is never markup', () => {
  it.each([
    '#eval("1+1")',
    '#panic("out")',
    '$x^2$',
    '\\u{41} \\',
    ']]]#[[',
    '*a* _b_ `c`',
    '= b',
    '"); #read("/etc/passwd")',
    '<x> @x //y',
    '\u0000',
  ])('%j', async (hostile) => {
    // With markup read in it the text would panic, fail to parse or change; as text it always gives the same document
    // as its characters one by one.
    const plain = { ...hello, template: '#for one in data.lines [#text(one)]', attachments: [] }
    const whole = await renderDocument({ ...plain, data: { lines: [hostile] } })
    if (hostile === '\u0000') expect(whole.ok).toBe(false)
    else expect(whole.ok).toBe(true)
    const asTitle = await renderDocument({ ...plain, title: hostile, data: { lines: ['x'] } })
    expect(asTitle.ok).toBe(true)
  })
})

describe('fonts of the machine', () => {
  const require = createRequire(import.meta.url)
  let home: string
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'comity-fonts-'))
    mkdirSync(join(home, '.fonts'))
    // Fonts of the machine: the monospaced one with its family name cut short, once to the name of ours.
    const file = readFileSync(
      require.resolve('@expo-google-fonts/noto-sans-mono/400Regular/NotoSansMono_400Regular.ttf'),
    )
    writeFileSync(join(home, '.fonts', 'Impostor.ttf'), named(file, 'Noto Sans'))
    writeFileSync(join(home, '.fonts', 'Known.ttf'), named(file, 'Noto San'))
  })
  afterAll(() => rmSync(home, { recursive: true, force: true }))

  function bytesOnThatMachine(document: TypstDocument): Buffer {
    const script = `
      const { renderDocument } = await import(${JSON.stringify(fileURLToPath(new URL('./typst.ts', import.meta.url)))})
      const result = await renderDocument(JSON.parse(process.argv[1]))
      process.stdout.write(Buffer.from(result.value).toString('base64'))`
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script, JSON.stringify(document)], {
      env: { ...process.env, HOME: home },
      maxBuffer: 1 << 26,
    })
    return Buffer.from(output.toString(), 'base64')
  }

  it('change no byte, even where they bear the name of ours', async () => {
    expect(bytesOnThatMachine(hello).equals(await bytesOf(hello))).toBe(true)
  })

  it('do reach the compiler, so that the check before this one means something', () => {
    const asking = { ...hello, template: '#text(font: "Noto San")[abc]', attachments: [] }
    expect(bytesOnThatMachine(asking).toString('latin1')).toContain('NotoSansMono')
  })

  /** Shortens the family names (name identifiers 1 and 16) of a font to `family`, with which they begin. */
  function named(font: Buffer, family: string): Buffer {
    const copy = Buffer.from(font)
    const tables = copy.readUInt16BE(4)
    const entry = Array.from({ length: tables }, (_, index) => 12 + index * 16).find(
      (at) => copy.toString('latin1', at, at + 4) === 'name',
    )
    if (entry === undefined) throw new Error('no name table')
    const table = copy.readUInt32BE(entry + 8)
    let cut = 0
    for (let index = 0; index < copy.readUInt16BE(table + 2); index++) {
      const record = table + 6 + index * 12
      const wide = copy.readUInt16BE(record) !== 1
      if (![1, 16].includes(copy.readUInt16BE(record + 6))) continue
      copy.writeUInt16BE(family.length * (wide ? 2 : 1), record + 8)
      cut++
    }
    if (cut === 0) throw new Error('no family name')
    return copy
  }
})

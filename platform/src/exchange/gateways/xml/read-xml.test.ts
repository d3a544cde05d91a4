import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { textToBytes } from '../../../kernel/index.ts'
import { readXml, type XmlElement, type XmlLimits } from './read-xml.ts'
import { node, writeXml } from './write-xml.ts'

const read = (text: string, limits?: XmlLimits) => readXml(textToBytes(text), limits)
const codeOf = (text: string, limits?: XmlLimits) => {
  const result = read(text, limits)
  return result.ok ? 'ok' : result.refusal.code
}

describe('XML as the gateways read it', () => {
  test('keeps order, namespaces, attributes, text, line and path', () => {
    const result = read('<r xmlns="urn:a" xmlns:b="urn:b">\n<x b:k="1">t &amp; &#65;<![CDATA[<]]></x>\n<b:y/><x/></r>')
    if (!result.ok) throw new Error(result.refusal.message)
    const { children, ...root } = result.value
    expect(root).toMatchObject({ ns: 'urn:a', name: 'r', attributes: [], text: '', line: 1, path: '/r' })
    expect(children.map(({ ns, name, text, line, path }) => [ns, name, text, line, path])).toEqual([
      ['urn:a', 'x', 't & A<', 2, '/r/x'],
      ['urn:b', 'y', '', 3, '/r/y'],
      ['urn:a', 'x', '', 3, '/r/x[2]'],
    ])
    expect(children[0]?.attributes).toEqual([{ ns: 'urn:b', name: 'k', value: '1' }])
  })

  const lol = [...Array(9).keys()].map((n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('')
  test.each<[string, string, string]>([
    ['a billion laughs', `<!DOCTYPE r [<!ENTITY l0 "lol">${lol}]><r>&l9;</r>`, 'GATEWAY_XML_DTD'],
    [
      'an entity that is a file (XXE)',
      '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>',
      'GATEWAY_XML_DTD',
    ],
    [
      'a parameter entity that is fetched',
      '<!DOCTYPE r [<!ENTITY % p SYSTEM "http://x.invalid/p">%p;]><r/>',
      'GATEWAY_XML_DTD',
    ],
    ['a document type that is fetched', '<!DOCTYPE r SYSTEM "http://x.invalid/r.dtd"><r/>', 'GATEWAY_XML_DTD'],
    ['an entity that nobody declared', '<r>&x;</r>', 'GATEWAY_XML_MALFORMED'],
    ['a processing instruction', '<?xml-stylesheet href="http://x.invalid/"?><r/>', 'GATEWAY_XML_PART'],
    ['text beside elements', '<r>a<b/></r>', 'GATEWAY_XML_MIXED'],
    ['text after elements', '<r><b/>a</r>', 'GATEWAY_XML_MIXED'],
    ['another version', '<?xml version="1.1"?><r/>', 'GATEWAY_XML_ENCODING'],
    ['another encoding', '<?xml version="1.0" encoding="ISO-8859-1"?><r/>', 'GATEWAY_XML_ENCODING'],
    ['tags that do not match', '<r><a></r></a>', 'GATEWAY_XML_MALFORMED'],
    ['two roots', '<r/><r/>', 'GATEWAY_XML_MALFORMED'],
    ['an attribute twice by its namespace', '<r xmlns:p="u" xmlns:q="u" p:k="1" q:k="2"/>', 'GATEWAY_XML_MALFORMED'],
    ['a prefix that stands for nothing', '<p:r/>', 'GATEWAY_XML_MALFORMED'],
    ['a control character', '<r>\u0001</r>', 'GATEWAY_XML_MALFORMED'],
    ['a reference to a control character', '<r>&#1;</r>', 'GATEWAY_XML_MALFORMED'],
    ['a bare ampersand', '<r>a & b</r>', 'GATEWAY_XML_MALFORMED'],
    ['nothing', '', 'GATEWAY_XML_MALFORMED'],
    ['a name that does not end', `<${'a'.repeat(200)}/>`, 'GATEWAY_XML_MALFORMED'],
    ['too many attributes', `<r ${[...Array(65).keys()].map((n) => `a${n}=""`).join(' ')}/>`, 'GATEWAY_XML_TOO_LARGE'],
    ['too deep', `${'<a>'.repeat(33)}${'</a>'.repeat(33)}`, 'GATEWAY_XML_TOO_DEEP'],
  ])('is not %s', (_, text, code) => {
    const result = read(text)
    expect(result).toMatchObject({ ok: false, refusal: { code, fix: expect.any(String) } })
  })

  test('is UTF-8', () => {
    expect(readXml(new Uint8Array([0x3c, 0x72, 0x3e, 0xff, 0x3c, 0x2f, 0x72, 0x3e]))).toMatchObject({
      refusal: { code: 'GATEWAY_XML_ENCODING', place: 'byte 3' },
    })
  })

  test('has a limit of bytes and of elements', () => {
    expect(codeOf('<r/>', { maxBytes: 3 })).toBe('GATEWAY_XML_TOO_LARGE')
    expect(codeOf('<r><a/><a/></r>', { maxElements: 2 })).toBe('GATEWAY_XML_TOO_LARGE')
    expect(codeOf('<r><a/><a/></r>', { maxElements: 3 })).toBe('ok')
  })

  test('a document of very many siblings is read', () => {
    expect(codeOf(`<r>${'<a> x </a>\n'.repeat(100_000)}</r>`)).toBe('ok')
  })

  test('the place of a refusal is its line and path', () => {
    expect(read('<r>\n<a/>\n<a>\n<b>&x;</b></a></r>')).toMatchObject({
      refusal: { place: 'line 4, /r/a[2]/b' },
    })
  })
})

describe('XML as the gateways write it', () => {
  test('comes back as it went in, whatever the text', () => {
    const possible = fc
      .string({ unit: 'binary' })
      .map((text) => text.replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, ''))
    fc.assert(
      fc.property(possible, possible, (text, value) => {
        const result = read(writeXml(node('r', [node('a', text, { k: value })])))
        const [child] = result.ok ? result.value.children : []
        expect([child?.text, child?.attributes[0]?.value]).toEqual([text, value])
      }),
      { numRuns: 60 },
    )
  })

  test('refuses what XML cannot hold', () => {
    for (const text of ['\u0000', '\u0008', '\ufffe', '\ud800'])
      expect(() => writeXml(node('r', [node('a', text)]))).toThrow('GATEWAY_TEXT')
  })

  test('says nothing for what is not there', () => {
    const result = read(writeXml(node('r', [null, node('a', [])])))
    expect(result.ok && (result.value as XmlElement).children.map(({ name }) => name)).toEqual(['a'])
  })
})

/**
 * Reads the Turtle (W3C, 2014) of the published ontologies and shapes, for tests only: prefixes, property lists, blank
 * nodes, collections, literals. What it does not know it throws at; it never guesses.
 */
export type Term =
  | { readonly kind: 'iri'; readonly value: string }
  | { readonly kind: 'blank'; readonly value: string }
  | { readonly kind: 'literal'; readonly value: string; readonly type: string; readonly language: string }
export type Triple = readonly [subject: Term, predicate: Term, object: Term]

const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
const XSD = 'http://www.w3.org/2001/XMLSchema#'
const TOKEN =
  /\s+|#[^\n]*|<([^>]*)>|("""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|@([a-zA-Z][a-zA-Z0-9-]*)|(\^\^)|([.;,()[\]])|([+-]?\d+\.\d+|[+-]?\d+)|(_:[\w-]+)|([\w.-]*:[\w%.-]*[\w%-]|[\w.-]*:)|([a-zA-Z]+)/y

type Token = {
  readonly kind: 'iri' | 'string' | 'at' | 'typed' | 'mark' | 'number' | 'blank' | 'name' | 'word'
  readonly text: string
}
const KINDS = ['iri', 'string', 'at', 'typed', 'mark', 'number', 'blank', 'name', 'word'] as const

export function parseTurtle(text: string, scope: string): Triple[] {
  const tokens = tokenise(text)
  const prefixes = new Map<string, string>()
  const triples: Triple[] = []
  let [at, blanks] = [0, 0]
  const peek = () => tokens[at] ?? wrong('the text ends too early')
  const next = () => tokens[at++] ?? wrong('the text ends too early')
  const isMark = (text: string) => tokens[at]?.kind === 'mark' && tokens[at]?.text === text
  const expectMark = (text: string) => {
    if (!isMark(text)) wrong(`expected ${text}, found ${peek().text}`)
    at++
  }
  const iri = (value: string): Term => ({ kind: 'iri', value })
  const blank = (): Term => ({ kind: 'blank', value: `${scope}${blanks++}` })
  const resolve = (name: string) => {
    const colon = name.indexOf(':')
    const start = prefixes.get(name.slice(0, colon))
    return start === undefined ? wrong(`no prefix for ${name}`) : iri(start + name.slice(colon + 1))
  }

  function readTerm(): Term {
    const token = next()
    if (token.kind === 'iri') return iri(token.text)
    if (token.kind === 'name') return resolve(token.text)
    if (token.kind === 'blank') return { kind: 'blank', value: scope + token.text.slice(2) }
    if (token.kind === 'word' && token.text === 'a') return iri(`${RDF}type`)
    if (token.kind === 'word' && /^(true|false)$/.test(token.text))
      return { kind: 'literal', value: token.text, type: `${XSD}boolean`, language: '' }
    if (token.kind === 'number')
      return {
        kind: 'literal',
        value: token.text,
        type: `${XSD}${token.text.includes('.') ? 'decimal' : 'integer'}`,
        language: '',
      }
    if (token.kind === 'string') return readLiteral(token.text)
    if (token.kind === 'mark' && token.text === '[') {
      const node = blank()
      if (!isMark(']')) readProperties(node)
      expectMark(']')
      return node
    }
    if (token.kind === 'mark' && token.text === '(') return readList()
    return wrong(`no term: ${token.text}`)
  }

  function readLiteral(value: string): Term {
    if (tokens[at]?.kind === 'typed') {
      at++
      const type = readTerm()
      return { kind: 'literal', value, type: type.value, language: '' }
    }
    if (tokens[at]?.kind === 'at') return { kind: 'literal', value, type: `${RDF}langString`, language: next().text }
    return { kind: 'literal', value, type: `${XSD}string`, language: '' }
  }

  function readList(): Term {
    const items: Term[] = []
    while (!isMark(')')) items.push(readTerm())
    expectMark(')')
    return items.reduceRight<Term>(
      (rest, item) => {
        const node = blank()
        triples.push([node, iri(`${RDF}first`), item], [node, iri(`${RDF}rest`), rest])
        return node
      },
      iri(`${RDF}nil`),
    )
  }

  function readProperties(subject: Term): void {
    for (;;) {
      const predicate = readTerm()
      for (;;) {
        triples.push([subject, predicate, readTerm()])
        if (!isMark(',')) break
        at++
      }
      if (!isMark(';')) return
      while (isMark(';')) at++
      if (isMark('.') || isMark(']')) return
    }
  }

  while (at < tokens.length) {
    if (peek().kind === 'at' && peek().text === 'prefix') {
      at++
      prefixes.set(next().text.replace(/:$/, ''), next().text)
    } else {
      const subject = readTerm()
      if (!isMark('.')) readProperties(subject)
    }
    expectMark('.')
  }
  return triples
}

function tokenise(text: string): Token[] {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.length) {
    const from = TOKEN.lastIndex
    const match = TOKEN.exec(text)
    if (!match) return wrong(`no token at ${from}: ${text.slice(from, from + 40)}`)
    const group = KINDS.findIndex((_, index) => match[index + 1] !== undefined)
    const kind = KINDS[group]
    if (!kind) continue
    const raw = match[group + 1] ?? ''
    tokens.push({ kind, text: kind === 'string' ? unquote(raw) : raw })
  }
  return tokens
}

function unquote(raw: string): string {
  const quotes = /^("""|'''|"|')/.exec(raw)?.[0].length ?? 1
  return raw
    .slice(quotes, -quotes)
    .replace(/\\(u[0-9a-fA-F]{4}|.)/g, (_, code: string) =>
      code.length > 1
        ? String.fromCharCode(Number.parseInt(code.slice(1), 16))
        : ({ n: '\n', t: '\t', r: '\r' }[code] ?? code),
    )
}

function wrong(why: string): never {
  throw new Error(`Turtle: ${why}`)
}

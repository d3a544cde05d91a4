/** The published shapes of CASE/UCO 1.4.0 and ours, ready to judge JSON-LD. For tests. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import jsonld, { type PlainTerm } from 'jsonld'
import SHACLValidator from 'rdf-validate-shacl'
import { parseTurtle, type Term, type Triple } from './turtle.ts'

export const vectors = fileURLToPath(new URL('../../../../../vectors/', import.meta.url))

export type Finding = {
  readonly severity: string
  readonly focus: string
  readonly path: string
  readonly message: string
}

type Terms = {
  namedNode(value: string): unknown
  blankNode(value: string): unknown
  literal(value: string, type: unknown): unknown
  quad(...terms: readonly unknown[]): unknown
  dataset(quads: readonly unknown[]): never
}

const ontology: readonly Triple[] = [...globSync('case/ontology/**/*.ttl', { cwd: vectors }).sort(), 'case/comity.ttl']
  .flatMap((path, index) => parseTurtle(readFileSync(join(vectors, path), 'utf8'), `o${index}x`))
  // All that is imported is in this folder already; the validator would want to fetch it.
  // The validator knows SHACL Core; constraints in SPARQL are left out, and case.test.ts says which.
  .filter(
    ([, { value }]) =>
      value !== 'http://www.w3.org/2002/07/owl#imports' && value !== 'http://www.w3.org/ns/shacl#sparql',
  )

const terms = (new SHACLValidator([] as never) as unknown as { factory: Terms }).factory
const shapeQuads = ontology.map((triple) => terms.quad(...triple.map(termOf)))
const validator = new SHACLValidator(terms.dataset(shapeQuads), { factory: terms as never })
/** Class → which classes it is below. */
const hierarchy = Map.groupBy(
  ontology.filter(([, predicate]) => predicate.value.endsWith('#subClassOf')),
  ([{ value }]) => value,
)

/** All that the shapes say against a document. Prefixes of the document only: nothing is fetched. */
export async function findings(document: unknown): Promise<readonly Finding[]> {
  const quads = await jsonld.toRDF(document, { documentLoader: refuseToLoad })
  const data = quads.map(({ subject, predicate, object }) =>
    terms.quad(plain(subject), plain(predicate), plain(object)),
  )
  const named = quads.flatMap(({ subject, object }) => [subject.value, object.value])
  const report = await validator.validate(terms.dataset([...classesAbove(named), ...data]))
  return report.results.map((result) => ({
    severity: result.severity?.value.split('#')[1] ?? '',
    focus: result.focusNode?.value ?? '',
    path: JSON.stringify(result.path ?? null),
    message: result.message.map(({ value }: { value: string }) => value).join(' '),
  }))
}

/** Those that make a document false; UCO's warnings and notes are advice (tests/examples/README.md). */
export async function violations(document: unknown): Promise<readonly Finding[]> {
  return (await findings(document)).filter(({ severity }) => severity === 'Violation')
}

/**
 * What the validator needs of the ontology beside the data: which class is below which, from those that the data names
 * upwards. It goes through all classes below the one it asks for, for every node; those without instances only take time.
 */
function classesAbove(names: readonly string[]): readonly unknown[] {
  const reached = new Set(names)
  const above: Triple[] = []
  for (const name of reached)
    for (const triple of hierarchy.get(name) ?? []) {
      above.push(triple)
      reached.add(triple[2].value)
    }
  return above.map((triple) => terms.quad(...triple.map(termOf)))
}

async function refuseToLoad(url: string): Promise<never> {
  throw new Error(`nothing is fetched, not ${url}`)
}

function termOf(term: Term): unknown {
  if (term.kind === 'iri') return terms.namedNode(term.value)
  if (term.kind !== 'literal') return terms.blankNode(term.value)
  return terms.literal(term.value, term.language === '' ? terms.namedNode(term.type) : term.language)
}

function plain(term: PlainTerm): unknown {
  if (term.termType === 'NamedNode') return terms.namedNode(term.value)
  if (term.termType === 'BlankNode') return terms.blankNode(`d${term.value.replace(/\W/g, '')}`)
  return terms.literal(term.value, term.language || terms.namedNode(term.datatype?.value ?? ''))
}

/** What the tests use of jsonld (it has no types of its own). */
declare module 'jsonld' {
  export type PlainTerm = {
    readonly termType: 'NamedNode' | 'BlankNode' | 'Literal' | 'DefaultGraph'
    readonly value: string
    readonly language?: string
    readonly datatype?: { readonly value: string }
  }
  export type PlainQuad = {
    readonly subject: PlainTerm
    readonly predicate: PlainTerm
    readonly object: PlainTerm
    readonly graph: PlainTerm
  }
  const jsonld: {
    toRDF(document: unknown, options?: object): Promise<readonly PlainQuad[]>
    expand(document: unknown, options?: object): Promise<readonly object[]>
  }

  // biome-ignore lint/style/noDefaultExport: the package has one.
  export { jsonld as default }
}

/** The media type of a file as records of the node take it; nothing where a browser or a sender names none that is one. */
export function mediaTypeOf(named: string): { readonly mediaType?: string } {
  return /^[a-z0-9.+-]+\/[a-z0-9.+-]+$/.test(named) && named.length <= 100 ? { mediaType: named } : {}
}

/** Whether a file is a trace record, and by which tool it was made: what the record says itself is not asked of whoever brings it. Pure. */

export type TraceIn = { readonly tool: { readonly name: string; readonly version: string } }

/** As large as a node keeps them. */
export const MOST_TRACE_BYTES = 20_000_000

const FORMATS = /^comity-(account-)?trace\//

/** `null`: it is none. Whether the record is right its own digests say, when it is verified. */
export function traceIn(text: string): TraceIn | null {
  const { format, engine } = objectIn(text)
  if (typeof format !== 'string' || !FORMATS.test(format)) return null
  const { name, version } = (engine ?? {}) as { readonly name?: unknown; readonly version?: unknown }
  return { tool: { name: typeof name === 'string' ? name : '', version: typeof version === 'string' ? version : '' } }
}

function objectIn(text: string): { readonly format?: unknown; readonly engine?: unknown } {
  if (!text.startsWith('{')) return {}
  try {
    return JSON.parse(text) as object
  } catch {
    return {}
  }
}

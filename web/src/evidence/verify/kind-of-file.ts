/** What a single file that is no zip is, as far as it says so itself: a dossier, which is judged, or something that this page does not judge. Pure. */
import { traceIn } from '../../intake/trace-in-file.ts'

export type FileKind = 'dossier' | 'trace' | 'unknown'

export function kindOfText(text: string): FileKind {
  if (traceIn(text) !== null) return 'trace'
  try {
    const found: unknown = JSON.parse(text)
    return (found as { readonly type?: unknown } | null)?.type === 'comity-dossier' ? 'dossier' : 'unknown'
  } catch {
    return 'unknown'
  }
}

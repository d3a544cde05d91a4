/**
 * What one FIU wants of goAML: its code lists and its habits. None is shipped: the lists differ from country to country, change
 * without notice, and were read for none of them here. A node that speaks goAML gets a profile from its FIU, as data.
 */

export type GoamlProfile = {
  /** Who published it, and which version. */
  readonly source: string
  readonly currency: { readonly code: string; readonly decimals: number }
  /** Codes that the FIU knows. `requests`: for requests and answers between FIUs (IRI, ORI, IRD, ORD in some systems). */
  readonly reportCodes: { readonly requests: readonly string[]; readonly suspicions: readonly string[] }
  readonly indicators: readonly string[]
  readonly transmodes: readonly string[]
  readonly fundsCodes: readonly string[]
  /** What is written where a name must be given and none is known. */
  readonly unknown: string
  readonly documentType: string
  readonly phone: { readonly contact: string; readonly communication: string }
  /** How an account says that it is an address on a chain. */
  readonly wallet: { readonly institutionName: string; readonly accountType: string | null }
  readonly virtualAssetItem: string
  /** Characters that `reason` and `action` may have. Nothing is cut: what is longer is refused. */
  readonly maxText: number
}

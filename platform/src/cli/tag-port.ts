/** Joins the tag store to what tracing asks of it. */
import type { ServiceTag, TagPort } from '../tracing/index.ts'
import { serviceTags } from '../tracing/tags/index.ts'
import type { TagStore } from '../tracing/tags/store/index.ts'

export function tagPort(store: TagStore, minConfidence: number): TagPort {
  return {
    minConfidence,
    tagSet: async () => ({ digest: await store.digest(), tags: (await store.counts()).tags }),
    serviceTags: async (chain, addresses, asOf) => {
      // Without a time of the ledger the latest state of the tags counts: what has ended or was taken back does not.
      const found = await store.tagsOf(chain, addresses, { asOf: asOf ?? Number.MAX_SAFE_INTEGER })
      const services = new Map<string, ServiceTag>()
      for (const [address, tags] of found) {
        const [tag] = serviceTags(tags, { minConfidence })
        if (!tag) continue
        services.set(address, {
          label: tag.label,
          category: tag.category ?? tag.concepts[0] ?? 'service',
          confidence: tag.confidence?.id ?? 'not stated',
          source: tag.source ?? tag.provenance.file,
        })
      }
      return services
    },
  }
}

/** `freeze.request` from version 1, which knew one asset, to version 2, which knows several with an amount each. */
import type { Json } from '../../../kernel/index.ts'

/**
 * The one asset becomes the only one of the list. Version 1 meant the very property that it named, and said nothing of a total
 * over several countries, of other States or of earlier orders: that stays unsaid, and is not made up.
 */
export function freezeRequestToV2(body: Json): Json {
  const { property, maximum, ...rest } = body as { readonly [name: string]: Json }
  return {
    ...rest,
    assets: [{ property: property as Json, maximum: maximum as Json, extent: 'specific' }],
    total: [],
    otherStates: [],
    earlierOrders: [],
  }
}

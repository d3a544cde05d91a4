/** The catalogue of messages, fetched when somebody writes one. */
import { useQuery } from '@tanstack/react-query'

export function useCatalogue() {
  return useQuery({
    queryKey: ['catalogue'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      const { messageTypes, messageOfRequestType, families, ownMajors } = await import(
        '../../../platform/src/exchange/wire/index.ts'
      )
      return { messageTypes, messageOfRequestType, families, ownMajors }
    },
  })
}
export type Catalogue = NonNullable<ReturnType<typeof useCatalogue>['data']>

/**
 * Everything that is known of an address in the cases that its reader may see: what was said of it, where it was noted, what traces saw
 * of it. The node decides what is shown of each case; an address that is nowhere is told as that, which says nothing of other cases.
 */
import { useQueries, useQuery } from '@tanstack/react-query'
import { ask, type ItemOf, useAll } from '../shared/node/node.tsx'
import { type Seen, seenIn } from './seen-in-trace.ts'

export type Statement = {
  readonly id: string
  readonly version: number
  readonly sourceExhibit: string
  readonly claim: string
  readonly basis: string
  readonly method: string
  readonly confidence: string
  readonly statedBy: string
  readonly validFrom: string | null
  readonly validTo: string | null
  readonly subject: { readonly type: string; readonly network?: string; readonly value: string }
  readonly retracted: { readonly by: string; readonly at: string; readonly reason: string } | null
  readonly conflictsWith: readonly string[]
}

export type OfCase = {
  readonly caseId: string
  readonly title: string
  readonly statements: readonly Statement[]
  readonly wallets: readonly ItemOf<'walletList'>[]
  readonly watches: readonly ItemOf<'watchList'>[]
  readonly seen: readonly Seen[]
}

export type Sought = { readonly chain: string; readonly address: string }

export function useAddress(sought: Sought | null) {
  const cases = useAll('caseList', sought === null ? null : {})
  const found = useQueries({
    queries: (sought === null ? [] : (cases.data?.items ?? [])).map(({ id, case: one }) => ({
      queryKey: ['address', sought, id],
      queryFn: () => ofCase(id, one.title, sought as Sought),
    })),
  })
  const isReading = cases.isPending || found.some(({ isPending }) => isPending)
  const failed = cases.error ?? found.find(({ error }) => error)?.error ?? null
  return {
    isReading,
    failed,
    read: found.filter(({ data }) => data !== undefined).length,
    all: found.length,
    cases: found.flatMap(({ data }) => (data && isAbout(data) ? [data] : [])),
  }
}

const isAbout = ({ statements, wallets, watches, seen }: OfCase) =>
  statements.length + wallets.length + watches.length + seen.length > 0

async function ofCase(caseId: string, title: string, sought: Sought): Promise<OfCase> {
  const [statements, wallets, watches, traces] = await Promise.all([
    everything('statementList', caseId) as Promise<readonly Statement[]>,
    everything('walletList', caseId) as Promise<readonly ItemOf<'walletList'>[]>,
    everything('watchList', caseId) as Promise<readonly ItemOf<'watchList'>[]>,
    everything('traceList', caseId) as Promise<readonly ItemOf<'traceList'>[]>,
  ])
  const seen: Seen[] = []
  for (const { id } of traces) seen.push(...seenIn(await ask('traceRead', { id }), sought))
  return {
    ...{ caseId, title, seen },
    statements: statements.filter(({ subject }) => subject.value === sought.address),
    wallets: wallets.filter(({ content }) => content.chain === sought.chain && content.address === sought.address),
    watches: watches.filter(
      ({ content }) => content.chain === sought.chain && content.addresses.includes(sought.address),
    ),
  }
}

/** Every statement of a case, whatever their number. */
export function useStatements(caseId: string | null) {
  return useQuery({
    queryKey: ['statementList', { caseId }, 'everything'],
    enabled: caseId !== null,
    queryFn: async () => (await everything('statementList', caseId ?? '')) as readonly Statement[],
  })
}

async function everything(
  method: 'statementList' | 'walletList' | 'watchList' | 'traceList',
  caseId: string,
): Promise<readonly unknown[]> {
  const items: unknown[] = []
  let after: string | null | undefined
  do {
    const page = (await ask(method, { caseId, limit: 100, ...(after ? { after } : {}) })) as {
      readonly items: readonly unknown[]
      readonly next?: string | null
    }
    items.push(...page.items)
    after = page.next
  } while (after)
  return items
}

export type Place = Sought & { readonly name: string; readonly symbol: string; readonly decimals: number }

/** The chains of which a text is an address. The rules that read addresses are fetched when somebody asks for one. */
export function usePlaces(text: string) {
  return useQuery({
    queryKey: ['places', text],
    queryFn: async (): Promise<readonly Place[]> => {
      const read = (await import('../shared/chains/known-chains.ts')).readAnyAddress(text)
      if ('wrong' in read) return []
      return read.chains.map(({ id, name, asset: { symbol, decimals } }) => ({
        ...{ chain: id, name, address: read.address, symbol, decimals },
      }))
    },
    enabled: text !== '',
    staleTime: Number.POSITIVE_INFINITY,
  })
}

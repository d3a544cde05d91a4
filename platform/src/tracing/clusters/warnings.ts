/** What speaks against a cluster as a whole: its size, and tags of more than one actor inside. */
import type { Tag } from '../tags/index.ts'
import { SUPER_CLUSTER_SIZE } from './rules.ts'

export type ClusterWarning = {
  readonly id: 'super-cluster' | 'several-actors'
  readonly says: string
  readonly facts: readonly string[]
}

export function warningsOf(size: number, tags: readonly Tag[]): readonly ClusterWarning[] {
  const actors = [...new Set(tags.map((tag) => tag.actor ?? tag.label))].sort()
  return [
    ...(size >= SUPER_CLUSTER_SIZE
      ? [
          {
            id: 'super-cluster' as const,
            says: `The cluster holds ${size} addresses, ${SUPER_CLUSTER_SIZE} or more: it may be a service, or several owners joined by one wrong link.`,
            facts: [String(size)],
          },
        ]
      : []),
    ...(actors.length > 1
      ? [
          {
            id: 'several-actors' as const,
            says: 'Tags name more than one actor inside the cluster: a link may be wrong, or a tag.',
            facts: actors,
          },
        ]
      : []),
  ]
}

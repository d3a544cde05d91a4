import { type RoutesOf, screen } from '../shared/route.ts'

export const traceRoutes: RoutesOf = (root) => [
  screen(root, 'cases/$caseId/traces', () => import('./traces.tsx')),
  screen(root, 'cases/$caseId/traces/$traceId', () => import('./workbench.tsx')),
  screen(root, 'cases/$caseId/traces/$traceId/story', () => import('./story.tsx')),
]

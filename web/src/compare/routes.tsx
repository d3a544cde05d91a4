import { type RoutesOf, screen } from '../shared/route.ts'

export const compareRoutes: RoutesOf = (root) => [
  screen(root, 'cases/$caseId/compare', () => import('./compare.tsx')),
  screen(root, 'audit/samples', () => import('./samples.tsx')),
]

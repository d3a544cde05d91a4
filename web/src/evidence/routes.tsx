import { type RoutesOf, screen } from '../shared/route.ts'

export const evidenceRoutes: RoutesOf = (root) => [
  screen(root, 'verify', () => import('./verify.tsx')),
  screen(root, 'cases/$caseId/evidence', () => import('./evidence.tsx')),
  screen(root, 'cases/$caseId/hand-outs', () => import('./hand-outs.tsx')),
  screen(root, 'indicators', () => import('./indicators.tsx')),
  screen(root, 'cases/$caseId/evidence/$exhibitId', () => import('./exhibit.tsx')),
]

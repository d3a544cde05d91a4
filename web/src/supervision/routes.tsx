import { type RoutesOf, screen } from '../shared/route.ts'

export const supervisionRoutes: RoutesOf = (root) => [
  screen(root, 'after-sending', () => import('./node-after.tsx')),
  screen(root, 'cases/$caseId/messages/after', () => import('./case-after.tsx')),
  screen(root, 'cases/$caseId/messages/breach', () => import('./breach.tsx')),
]

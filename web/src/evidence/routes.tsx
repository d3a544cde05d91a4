import { type RoutesOf, screen } from '../shared/route.ts'

export const evidenceRoutes: RoutesOf = (root) => [
  screen(root, 'verify', () => import('./verify.tsx')),
]

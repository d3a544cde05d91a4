import { type RoutesOf, screen } from '../shared/route.ts'

export const intakeRoutes: RoutesOf = (root) => [
  screen(root, 'cases/new', () => import('./new-case.tsx')),
  screen(root, 'cases/$caseId/intake', () => import('./intake.tsx')),
]

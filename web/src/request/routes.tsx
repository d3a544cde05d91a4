import { type RoutesOf, screen } from '../shared/route.ts'

export const requestRoutes: RoutesOf = (root) => [
  screen(root, 'cases/$caseId/requests/new', () => import('./new-request.tsx')),
  screen(root, 'requests/receive', () => import('./receive-request.tsx')),
  screen(root, 'requests/$id/edit', () => import('./edit-request.tsx')),
  screen(root, 'requests/$id/check', () => import('./check-request.tsx')),
]

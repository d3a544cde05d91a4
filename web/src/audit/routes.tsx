import { type RoutesOf, screen } from '../shared/route.ts'

export const auditRoutes: RoutesOf = (root) => [
  screen(root, 'audit', () => import('./journal.tsx')),
  screen(root, 'audit/access', () => import('./access-review.tsx')),
  screen(root, 'people', () => import('./people.tsx')),
  screen(root, 'node', () => import('./this-node.tsx')),
]

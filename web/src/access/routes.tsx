import { type RoutesOf, screen } from '../shared/route.ts'

export const accessRoutes: RoutesOf = (root) => [
  screen(root, 'enrol', () => import('./enrol.tsx')),
  screen(root, 'sign-in', () => import('./sign-in.tsx')),
  screen(root, 'prove', () => import('./prove.tsx')),
  screen(root, 'approve', () => import('./approve-by-id.tsx')),
  screen(root, 'approve/$id', () => import('./approve.tsx')),
  screen(root, 'approve-erasure', () => import('./approve-erasure-by-id.tsx')),
  screen(root, 'approve-erasure/$id', () => import('./approve-erasure.tsx')),
  screen(root, 'erasures/$id', () => import('./erased.tsx')),
  screen(root, 'you', () => import('./you.tsx')),
]

import { type RoutesOf, screen } from '../shared/route.ts'

export const jointRoutes: RoutesOf = (root) => [
  screen(root, 'joint', () => import('./invitations.tsx')),
  screen(root, 'cases/$caseId/joint', () => import('./of-case.tsx')),
  screen(root, 'cases/$caseId/joint/new', () => import('./propose.tsx')),
  screen(root, 'joint/$id', () => import('./overview.tsx')),
  screen(root, 'joint/$id/shared', () => import('./shared.tsx')),
  screen(root, 'joint/$id/tasks', () => import('./tasks.tsx')),
  screen(root, 'joint/$id/meetings', () => import('./meetings.tsx')),
]

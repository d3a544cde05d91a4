import { type RoutesOf, screen } from '../shared/route.ts'

export const trackerRoutes: RoutesOf = (root) => [
  screen(root, 'requests', () => import('./tracker.tsx')),
  screen(root, 'requests/$id', () => import('./one-request.tsx')),
  screen(root, 'map', () => import('./map.tsx')),
]

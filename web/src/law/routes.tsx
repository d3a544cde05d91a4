import { type RoutesOf, screen } from '../shared/route.ts'

export const lawRoutes: RoutesOf = (root) => [
  screen(root, 'law', () => import('./admissible.tsx')),
  screen(root, 'law/periods', () => import('./periods.tsx')),
  screen(root, 'law/indicators', () => import('./indicators.tsx')),
]

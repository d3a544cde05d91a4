import { type RoutesOf, screen } from '../shared/route.ts'

export const addressRoutes: RoutesOf = (root) => [screen(root, 'address', () => import('./address.tsx'))]

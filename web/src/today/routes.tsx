import { type RoutesOf, screen } from '../shared/route.ts'

export const todayRoutes: RoutesOf = (root) => [screen(root, '/', () => import('./today.tsx'), { isFirst: true })]

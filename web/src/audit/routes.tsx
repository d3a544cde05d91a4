import type { RoutesOf } from '../shared/route.ts'

export const auditRoutes: RoutesOf = () => []

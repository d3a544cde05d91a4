import type { RoutesOf } from '../shared/route.ts'

export const requestRoutes: RoutesOf = () => []

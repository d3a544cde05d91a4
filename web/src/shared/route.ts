/** How a room lists its screens: a function from the root route, each screen in a file of its own that is fetched when it is opened. */
import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { ComponentType } from 'react'

export type RoutesOf = (root: AnyRoute) => AnyRoute[]

/** `path` as TanStack Router has it, as `cases/$caseId`. */
export function screen(
  root: AnyRoute,
  path: string,
  load: () => Promise<{ readonly Screen: ComponentType }>,
): AnyRoute {
  return createRoute({
    getParentRoute: () => root,
    path,
    component: lazyRouteComponent(load, 'Screen'),
  }) as unknown as AnyRoute
}

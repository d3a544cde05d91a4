/** How a room lists its screens: a function from the root route, each screen in a file of its own that is fetched when it is opened. */
import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { loadRest } from './language/speak.tsx'

export type RoutesOf = (root: AnyRoute) => AnyRoute[]

/** `path` as TanStack Router has it, as `cases/$caseId`. The first screen says only what is loaded with the app (web/first-messages.ts). */
export function screen(
  root: AnyRoute,
  path: string,
  load: () => Promise<{ readonly Screen: ComponentType }>,
  { isFirst = false }: { readonly isFirst?: boolean } = {},
): AnyRoute {
  return createRoute({
    getParentRoute: () => root,
    path,
    component: lazyRouteComponent(async () => {
      const [screen] = await Promise.all([load(), isFirst ? null : loadRest()])
      return screen
    }, 'Screen'),
  }) as unknown as AnyRoute
}

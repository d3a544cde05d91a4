/** Every screen by its address. Rooms list their own routes; what needs nobody signed in is outside the shell's gate. */
import { createRootRoute, createRouter } from '@tanstack/react-router'
import { accessRoutes } from '../access/routes.tsx'
import { addressRoutes } from '../address/routes.tsx'
import { auditRoutes } from '../audit/routes.tsx'
import { casesRoutes } from '../cases/routes.tsx'
import { compareRoutes } from '../compare/routes.tsx'
import { evidenceRoutes } from '../evidence/routes.tsx'
import { inboxRoutes } from '../inbox/routes.tsx'
import { intakeRoutes } from '../intake/routes.tsx'
import { jointRoutes } from '../joint/routes.tsx'
import { lawRoutes } from '../law/routes.tsx'
import { requestRoutes } from '../request/routes.tsx'
import { Waiting } from '../shared/ui/parts.tsx'
import { supervisionRoutes } from '../supervision/routes.tsx'
import { todayRoutes } from '../today/routes.tsx'
import { traceRoutes } from '../trace/routes.tsx'
import { trackerRoutes } from '../tracker/routes.tsx'
import { Fault, NotThere } from './nowhere.tsx'
import { Shell } from './shell.tsx'

export const root = createRootRoute({ component: Shell, notFoundComponent: NotThere, errorComponent: Fault })

const routes = [
  accessRoutes,
  todayRoutes,
  casesRoutes,
  intakeRoutes,
  traceRoutes,
  addressRoutes,
  requestRoutes,
  trackerRoutes,
  inboxRoutes,
  supervisionRoutes,
  jointRoutes,
  lawRoutes,
  compareRoutes,
  evidenceRoutes,
  auditRoutes,
].flatMap((of) => of(root))

export const router = createRouter({
  routeTree: root.addChildren(routes),
  basepath: '/app',
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultPendingComponent: () => <Waiting />,
})

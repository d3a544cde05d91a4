import { type RoutesOf, screen } from '../shared/route.ts'

export const casesRoutes: RoutesOf = (root) => [
  screen(root, 'cases', () => import('./case-list.tsx')),
  screen(root, 'cases/$caseId', () => import('./case-overview.tsx')),
  screen(root, 'cases/$caseId/people', () => import('./case-people.tsx')),
  screen(root, 'cases/$caseId/records', () => import('./case-records.tsx')),
  screen(root, 'cases/$caseId/records/$kind/$recordId', () => import('./one-record.tsx')),
  screen(root, 'cases/$caseId/watches', () => import('./watches.tsx')),
  screen(root, 'cases/$caseId/watches/$watchId', () => import('./one-watch.tsx')),
  screen(root, 'cases/$caseId/alarms/$alarmId', () => import('./one-alarm.tsx')),
  screen(root, 'cases/$caseId/activity', () => import('./case-activity.tsx')),
  screen(root, 'cases/$caseId/settings', () => import('./case-settings.tsx')),
]

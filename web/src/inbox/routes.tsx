import { type RoutesOf, screen } from '../shared/route.ts'

export const inboxRoutes: RoutesOf = (root) => [
  screen(root, 'inbox', () => import('./inbox.tsx')),
  screen(root, 'inbox/$id', () => import('./arrival.tsx')),
  screen(root, 'messages/$id', () => import('./message.tsx')),
  screen(root, 'messages/$id/change', () => import('./change-draft.tsx')),
  screen(root, 'requests/$id/answer', () => import('./answer-request.tsx')),
  screen(root, 'requests/$id/send', () => import('./send-request.tsx')),
  screen(root, 'cases/$caseId/messages', () => import('./case-messages.tsx')),
  screen(root, 'cases/$caseId/messages/new', () => import('./compose.tsx')),
  screen(root, 'partners', () => import('./partners.tsx')),
  screen(root, 'duty', () => import('./duty.tsx')),
]

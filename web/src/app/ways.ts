/** The ways from everywhere, by what people do here: each role sees its own first. The node decides what anybody may; this only leads. */
import type { MessageId } from '../shared/language/message-ids.ts'

export type Way = { readonly to: string; readonly name: MessageId }

const ways = {
  today: { to: '/', name: 'way.today' },
  cases: { to: '/cases', name: 'way.cases' },
  requests: { to: '/requests', name: 'way.requests' },
  inbox: { to: '/inbox', name: 'way.inbox' },
  joint: { to: '/joint', name: 'joint.way' },
  partners: { to: '/partners', name: 'inbox.partners' },
  map: { to: '/map', name: 'way.map' },
  address: { to: '/address', name: 'way.address' },
  law: { to: '/law', name: 'way.law' },
  verify: { to: '/verify', name: 'way.verify' },
  people: { to: '/people', name: 'way.people' },
  audit: { to: '/audit', name: 'way.audit' },
  node: { to: '/node', name: 'way.node' },
} as const satisfies Readonly<Record<string, Way>>

const work = [
  ways.today,
  ways.cases,
  ways.requests,
  ways.map,
  ways.address,
  ways.law,
  ways.partners,
  ways.verify,
  ways.node,
]
/** What comes from other agencies is read by those who speak for this one. */
const liaison = [...work.slice(0, 3), ways.inbox, ways.joint, ...work.slice(3)]

export const guestWays: readonly Way[] = [ways.verify]

export function waysOf(role: string): readonly Way[] {
  switch (role) {
    case 'administrator':
      return [ways.today, ways.people, ways.node, ways.verify]
    case 'auditor':
      return [ways.today, ways.audit, ways.cases, ways.verify, ways.node]
    case 'compliance-officer':
      return [ways.today, ways.inbox, ways.cases, ways.requests, ways.verify, ways.node]
    case 'prosecutor':
    case 'liaison-officer':
      return liaison
    default:
      return work
  }
}

/** Screens that lie elsewhere than the way by which people come to them. */
const lies: readonly (readonly [at: string, to: string])[] = [
  ['/messages/', ways.cases.to],
  ['/indicators', ways.cases.to],
  ['/approve', ways.requests.to],
  ['/duty', ways.partners.to],
  ['/after-sending', ways.partners.to],
]

/** The way that is marked as that of a screen which does not lie under it; `null` for every other. */
export function wayOf(path: string): string | null {
  return lies.find(([at]) => path.replace(/^\/app(?=\/)/, '').startsWith(at))?.[1] ?? null
}

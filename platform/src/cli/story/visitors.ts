/** Doors for whoever watches the story: at each node an invitation to enrol in a browser, as a member of the case of the story. */
import type { StoryNode } from './network.ts'

/** Who leads the case of the story at each node, and as what a visitor looks at it. */
const hosts = {
  'nl-prosecutor': { lead: 'Ines', role: 'investigator' },
  'de-prosecutor': { lead: 'Petra', role: 'prosecutor' },
  'example-exchange': { lead: 'Carla', role: 'compliance-officer' },
} as const

export type Welcome = { readonly agency: string; readonly url: string }

export async function welcomeVisitors(
  nodes: readonly StoryNode[],
  cases: { readonly [id: string]: string },
): Promise<readonly Welcome[]> {
  const doors: Welcome[] = []
  for (const { facts, hand } of nodes) {
    const { lead, role } = hosts[facts.id as keyof typeof hosts]
    await hand.proves('Administrator')
    const { personId, token } = await hand.does('Administrator', 'person.invite', { name: 'Visitor', role })
    const caseId = cases[facts.id] ?? ''
    const { version } = await hand.does(lead, 'case.read', { caseId })
    await hand.does(lead, 'case.member.add', { caseId, personId, seen: version })
    doors.push({ agency: facts.name, url: `${hand.origin}/enrol#${token}` })
  }
  return doors
}

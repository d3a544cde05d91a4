/** `npm start` ends with this: three nodes of their own work one case, and a fourth party verifies what they did. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { bytesToHex, sha256 } from '../../kernel/index.ts'
import type { CommandDefinition } from '../command.ts'
import type { Desk } from '../desk.ts'
import type { AgencyFacts, Made, StoryNode } from '../story/network.ts'
import type { Welcome } from '../story/visitors.ts'

export const agencies: readonly AgencyFacts[] = [
  {
    ...{ id: 'nl-prosecutor', name: 'Prosecutor of the story, Rotterdam', country: 'NL', kind: 'prosecutor' },
    ...{ timeZone: 'Europe/Amsterdam', dutyLine: '+31 10 888 8888', language: 'nl', scopes: ['*'] },
  },
  {
    ...{ id: 'de-prosecutor', name: 'Prosecutor of the story, Frankfurt', country: 'DE', kind: 'prosecutor' },
    ...{ timeZone: 'Europe/Berlin', dutyLine: '+49 69 8888 8888', language: 'de', scopes: ['*'] },
  },
  {
    ...{ id: 'example-exchange', name: 'Example Exchange', country: 'DE', kind: 'vasp' },
    ...{ timeZone: 'Europe/Berlin', dutyLine: 'orders@exchange.example', language: 'de' },
    scopes: ['preserve.*:receive', 'hold.*:receive', 'freeze.*:receive', 'data.*:receive', 'info.*', 'attribution.*'],
  },
]

/** Who hands out what at each node. */
const exporters = { 'nl-prosecutor': 'Paul', 'de-prosecutor': 'Petra', 'example-exchange': 'Vera' } as const

export const story: CommandDefinition = {
  path: ['exchange', 'demo'],
  summary: 'Run three nodes on this machine that take a case from trace to freeze, and have a fourth party verify it',
  about:
    'A prosecutor, a prosecutor abroad and an exchange, each a process with its own folder, keys and database. People and agencies are made up; the ledger is real. The nodes stay up until Ctrl+C; security keys are software, which is for a demonstration only.',
  arguments: [],
  options: [
    { flags: '--out <folder>', help: 'where everything is written (default: out/exchange in the workspace)' },
    { flags: '--leave', help: 'stop the nodes at the end, and do not wait' },
  ],
  examples: ['comity exchange demo', 'comity exchange demo --out /tmp/story --leave'],
  async run(desk, _args, flags) {
    const { workspaceRoot } = await import('./demo.ts')
    const root = workspaceRoot()
    const out = flags.out === undefined ? join(root, 'out', 'exchange') : String(flags.out)
    const told = await runStory(desk, root, out, flags.leave === true)
    return { exit: told.right ? 0 : 1, json: told, text: told.text }
  },
}

export type StoryResult = {
  readonly out: string
  readonly right: boolean
  readonly nodes: readonly { readonly id: string; readonly url: string; readonly home: string }[]
  readonly verdicts: readonly { readonly what: string; readonly right: boolean }[]
  readonly text: string
}

export async function runStory(desk: Desk, root: string, out: string, leave: boolean): Promise<StoryResult> {
  const { admit, foundDirectory, makeNode, startStoryNode, stopStoryNode } = await import('../story/network.ts')
  const { people, play } = await import('../story/play.ts')
  const { storyScreen } = await import('../story/screen.ts')
  // Every time from the beginning: what an earlier run has left would be another story.
  if (existsSync(join(out, 'invitation.json'))) rmSync(out, { recursive: true, force: true })
  mkdirSync(out, { recursive: true })
  say('\nThe exchange: three nodes, each with its own folder, keys and database')
  const { dir, invitation } = await foundDirectory(desk, out)
  say('   directory founded: three keepers, of whom two have signed')
  const made: Made[] = []
  for (const facts of agencies) {
    desk.progress.report(made.length, agencies.length, `making ${facts.id}`)
    made.push(await makeNode(desk, out, facts, invitation))
  }
  desk.progress.done()
  await admit(
    desk,
    out,
    made.map(({ facts, card }) => ({ ...facts, card })),
  )
  say('   three nodes joined by invitation; their cards are signed into the directory')
  const nodes: StoryNode[] = []
  try {
    for (const one of made) {
      desk.progress.report(nodes.length, made.length, `starting ${one.facts.id}`)
      nodes.push(await startStoryNode(one))
    }
    desk.progress.done()
    for (const { facts, hand } of nodes) {
      const administrator = made.find((one) => one.facts === facts)?.invitation ?? ''
      await hand.enrol('Administrator', administrator)
      for (const [name, role] of people[facts.id as keyof typeof people]) {
        const { token } = await hand.does('Administrator', 'person.invite', { name, role })
        await hand.enrol(name, token)
      }
    }
    say(`   they answer at ${nodes.map(({ hand }) => hand.origin).join('  ')}\n`)
    const record = await traceOf(desk, root, out)
    const [nl, de, vasp] = nodes as [StoryNode, StoryNode, StoryNode]
    const columns = nodes.map(({ facts }) => ({ id: facts.id, title: facts.id }))
    const screen = storyScreen(columns, say)
    const { cases } = await play({ nl, de, vasp }, { root, record, screen })
    const verdicts = await audit(nodes, cases, dir, out)
    const right = verdicts.every((one) => one.right)
    say('\nThe auditor, who believes none of them:')
    for (const { what, right: isRight, text } of verdicts)
      say(`   ${isRight ? '✓' : '✗'} ${what}${isRight ? '' : `\n${text}`}`)
    const { welcomeVisitors } = await import('../story/visitors.ts')
    const text = closing(out, nodes, right, leave ? null : await welcomeVisitors(nodes, cases))
    if (!leave) {
      say(text)
      await untilStopped()
    }
    return {
      out,
      right,
      nodes: nodes.map(({ facts, hand, home }) => ({ id: facts.id, url: hand.origin, home })),
      verdicts: verdicts.map(({ what, right: isRight }) => ({ what, right: isRight })),
      text: leave ? text : 'The nodes have stopped.',
    }
  } finally {
    for (const node of nodes) await stopStoryNode(node)
  }
}

/** The trace of the sample case, up to the address that the exchange of the story is said to hold. */
async function traceOf(desk: Desk, root: string, out: string): Promise<string> {
  const { storyTrace } = await import('./demo.ts')
  const record = await storyTrace(desk, root, join(out, 'ledger'))
  writeFileSync(join(out, 'trace-fifo.json'), record)
  return record
}

async function audit(nodes: readonly StoryNode[], cases: { readonly [id: string]: string }, dir: string, out: string) {
  const { exportBundle, exportDossier, sameOnBothSides, verifyBundle, verifyDossier } = await import(
    '../story/audit.ts'
  )
  const folder = join(out, 'auditor')
  mkdirSync(folder, { recursive: true })
  const rootSha256 = bytesToHex(sha256(readFileSync(join(dir, '1.root.json'))))
  const verdicts = []
  const dossiers = []
  for (const { facts, hand } of nodes) {
    const by = exporters[facts.id as keyof typeof exporters]
    const items: { envelope: string }[] = []
    const { items: own } = await hand.does(by, 'case.list', { limit: 200 })
    for (const { id } of own) {
      const file = join(folder, `${facts.id}-${id.slice(-6)}.dossier.json`)
      const count = await exportDossier(hand, by, id, file)
      items.push(...(JSON.parse(readFileSync(file, 'utf8')) as { items: { envelope: string }[] }).items)
      if (count > 0)
        verdicts.push(
          await verifyDossier(
            `${count} messages of ${facts.id}: signatures, order, receipts, approvals`,
            file,
            dir,
            rootSha256,
          ),
        )
    }
    dossiers.push({ items })
    const caseId = cases[facts.id] ?? ''
    const zip = await exportBundle(hand, by, caseId, join(folder, facts.id))
    const policy = join(folder, `${facts.id}.policy`)
    const key = await fetch(`${hand.url}/log/key`).then((answer) => answer.text())
    writeFileSync(policy, `log ${key.trim()}\nquorum none\n`)
    verdicts.push(await verifyBundle(`the bundle of ${facts.id}: exhibits, custody, requests, journal`, zip, policy))
  }
  verdicts.push(sameOnBothSides(dossiers))
  return verdicts
}

function closing(out: string, nodes: readonly StoryNode[], right: boolean, doors: readonly Welcome[] | null): string {
  const here = (path: string) => relative(process.cwd(), path) || path
  return [
    '',
    right
      ? 'Verdict: everything that was exchanged is signed, in its place, receipted, and the same on both sides.'
      : 'Verdict: NOT everything is right; see above.',
    '',
    'What the auditor was given:',
    `  ${here(join(out, 'auditor'))}`,
    ...(doors === null
      ? []
      : [
          'The nodes are up:',
          ...nodes.map(
            ({ facts, hand }) => `  ${facts.id.padEnd(18)} ${hand.origin}   (folder ${here(join(out, facts.id))})`,
          ),
          'To look at the case in a browser, enrol a key of your own at each (a security key, or the one of your device):',
          ...doors.map(({ agency, url }) => `  ${agency}\n    ${url}`),
          'To enter one as an administrator, from another terminal:',
          `  npx comity node invite "Your name" --home ${here(join(out, nodes[0]?.facts.id ?? ''))}`,
          'Ctrl+C stops them.',
        ]),
  ].join('\n')
}

async function untilStopped(): Promise<void> {
  await new Promise<void>((done) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => done())
    process.once('disconnect', () => done())
  })
}

function say(text: string): void {
  process.stderr.write(`${text}\n`)
}

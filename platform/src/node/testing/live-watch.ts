/**
 * For tests and the benchmark: a running node that follows a chain, an investigator whose case watches addresses, and the three
 * by whom she hears of an alarm, each as it is in life: a stream of server-sent events, a webhook whose signatures are checked,
 * and her list of tasks.
 */
import { createPublicKey, randomUUID, verify } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { orStop } from '../../kernel/index.ts'
import { openSignIn } from '../auth/sign-in.ts'
import type { FollowConfig, NodeConfig } from '../config.ts'
import { routeOf } from '../http/route-of.ts'
import { initNode } from '../init.ts'
import { openLogger } from '../logger.ts'
import { type RunningNode, type StartOptions, startNode } from '../start.ts'
import { softPasskey } from './soft-passkey.ts'

export type LiveWatch = {
  readonly node: RunningNode
  readonly caseId: string
  readonly watch: string
  /** When an event about a record came, in milliseconds since 1970-01-01 UTC, by `EVENT ID`. */
  readonly streamed: ReadonlyMap<string, number>
  readonly posted: ReadonlyMap<string, number>
  /** Posts whose signature did not hold, and events that came twice. */
  readonly wrong: readonly string[]
  /** What stands in the list of tasks now, of open ones. */
  tasks(): Promise<readonly { readonly about: string }[]>
  /** As the investigator, by HTTP. */
  did(action: string, input: object): Promise<Record<string, unknown>>
  stop(): Promise<void>
}

/** A data folder of the command line beside the node. */
export type BesideNode = { readonly folder: string; readonly openLedger: NonNullable<StartOptions['openLedger']> }

const PURPOSE = 'criminal-proceedings'
const ORIGIN = 'http://localhost:8460'

/** `home`: an empty place where whoever runs the database may walk. */
export async function openLiveWatch(
  home: string,
  follow: FollowConfig,
  addresses: readonly string[],
  ledger: BesideNode | null = null,
): Promise<LiveWatch> {
  const streamed = new Map<string, number>()
  const posted = new Map<string, number>()
  const wrong: string[] = []
  const note = (times: Map<string, number>, of: string, event: string, id: string) => {
    // Reading is an event, too, and comes again.
    if (times.has(`${event} ${id}`) && event.startsWith('alarm.')) wrong.push(`${of}: ${event} ${id} again`)
    times.set(`${event} ${id}`, Date.now())
  }
  let publicKey = ''
  const receiver = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => {
      body += String(part)
    })
    request.on('end', () => {
      if (!signed(publicKey, request.headers, body)) wrong.push(`webhook: ${body}`)
      const { type, data } = JSON.parse(body) as { type: string; data: { id: string } }
      note(posted, 'webhook', type, data.id)
      response.writeHead(204).end()
    })
  })
  await new Promise<void>((listening) => receiver.listen(0, '127.0.0.1', listening))
  const host = `127.0.0.1:${(receiver.address() as AddressInfo).port}`
  const { personId } = await initNode(home, configOf(follow, host, ledger), 'Ada', {})
  const openLedger = ledger === null ? {} : { openLedger: ledger.openLedger }
  const node = await startNode(home, {}, { log: openLogger('silent'), ...openLedger })
  const ending = new AbortController()
  try {
    const ada = { personId, signedInBy: 'device-bound' as const, provenAt: Date.now(), purpose: PURPOSE, scopes: null }
    const asAda = async (action: string, input: object) =>
      orStop(await node.door.run({ caller: ada, action, input })).result as Record<string, string>
    const ines = await enrolled(node, await asAda('person.invite', { name: 'Ines', role: 'investigator' }))
    const did = (name: string, input: object) => call(node, ines.token, name, input)
    const opened = await did('case.open', { title: 'A case', kind: 'local', purposes: [PURPOSE] })
    const caseId = String(opened.id)
    const hook = await asAda('webhook.make', {
      ...{ url: `http://${host}/hook`, events: ['alarm.raised', 'alarm.moved', 'alarm.withdrawn'] },
      ...{ role: 'investigator', purpose: PURPOSE, label: 'desk' },
    })
    publicKey = String(hook.publicKey)
    await did('case.member.add', { caseId, seen: opened.version, personId: hook.personId })
    const content = { chain: follow.chain, addresses, outputs: [], until: null, ended: null }
    const { id: watch } = await did('watch.add', { caseId, content, basis: 'fact' })
    const stream = await fetch(`${node.url}/v1/events`, {
      headers: { authorization: `Bearer ${ines.token}` },
      signal: ending.signal,
    })
    if (!stream.ok || !stream.body) throw new Error(`no stream: ${stream.status}`)
    void readEvents(stream.body, (event, id) => note(streamed, 'stream', event, id)).catch(() => {})
    return {
      node,
      caseId,
      watch: String(watch),
      streamed,
      posted,
      wrong,
      did,
      tasks: async () => {
        const page = await did('task.list', { caseId })
        const items = page.items as { content: { about: string; done: string | null } }[]
        return items.filter(({ content: { done } }) => done === null).map(({ content: { about } }) => ({ about }))
      },
      stop,
    }
  } catch (thrown) {
    await stop()
    throw thrown
  }

  async function stop(): Promise<void> {
    ending.abort()
    await node.stop()
    receiver.closeAllConnections()
    receiver.close()
  }
}

function configOf(follow: FollowConfig, host: string, ledger: BesideNode | null): NodeConfig {
  return {
    name: 'test.example/comity',
    agency: { name: 'Test agency', country: 'NL', kind: 'police', timeZone: 'Europe/Amsterdam' },
    listen: { host: '127.0.0.1', port: 0 },
    publicUrl: ORIGIN,
    approvals: { required: 2 },
    limits: { requestsPerMinute: 1_000_000, uploadBytes: 1_000_000_000, sessionMinutes: 60 },
    log: { level: 'error' },
    webhooks: { hosts: [host] },
    follow: [follow],
    ...(ledger === null ? {} : { ledger: ledger.folder }),
  }
}

async function enrolled({ door }: RunningNode, { token = '' }: Record<string, string>): Promise<{ token: string }> {
  const signIn = openSignIn({ door, rp: { id: 'localhost', name: 'Test', origin: ORIGIN }, sessionMinutes: 60 })
  const passkey = softPasskey({ origin: ORIGIN })
  const options = orStop(await signIn.enrolOptions(token)) as Parameters<typeof passkey.create>[0]
  return orStop(await signIn.enrol(token, 'key', passkey.create(options)))
}

type Answer = Record<string, unknown>

async function call(node: RunningNode, token: string, name: string, input: object): Promise<Answer> {
  const action = node.door.actions.get(name)
  if (!action) throw new Error(`there is no ${name}`)
  const { method, path } = routeOf(action)
  const { seen, ...rest } = input as Record<string, unknown>
  const query = method === 'GET' ? `?${new URLSearchParams(rest as Record<string, string>)}` : ''
  const answer = await fetch(`${node.url}${path}${query}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(method === 'GET' ? {} : { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
      ...(seen === undefined ? {} : { 'if-match': `"${String(seen)}"` }),
    },
    ...(method === 'GET' ? {} : { body: JSON.stringify(rest) }),
  })
  if (!answer.ok) throw new Error(`${name}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as Answer
}

/** Standard Webhooks 1.0, `v1a`: Ed25519 over id, time and body. */
function signed(publicKey: string, headers: NodeJS.Dict<string | string[]>, body: string): boolean {
  const raw = Buffer.from(publicKey.replace('whpk_', ''), 'base64')
  const key = createPublicKey({
    key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]),
    format: 'der',
    type: 'spki',
  })
  const signature = Buffer.from(String(headers['webhook-signature']).replace('v1a,', ''), 'base64')
  const said = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  return verify(null, Buffer.from(said), key, signature)
}

async function readEvents(body: ReadableStream<Uint8Array>, heard: (event: string, id: string) => void) {
  let text = ''
  for await (const part of body.pipeThrough(new TextDecoderStream() as never) as unknown as AsyncIterable<string>) {
    text += part
    const whole = text.split('\n\n')
    text = whole.pop() ?? ''
    for (const message of whole) {
      const line = message.split('\n').find((one) => one.startsWith('data: '))
      if (line === undefined) continue
      const { event, id } = JSON.parse(line.slice(6)) as { event: string; id: string }
      heard(event, id)
    }
  }
}

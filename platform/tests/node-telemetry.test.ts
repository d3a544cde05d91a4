/** Traces of a node, as a collector hears them over OTLP: what took how long, below what, and nothing of what it was about. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { initNode } from '../src/node/init.ts'
import { openLogger } from '../src/node/logger.ts'
import { startNode } from '../src/node/start.ts'
import { nodeConfig, nodeHome } from './node-config.ts'

type Attribute = { readonly key: string; readonly value: Readonly<Record<string, string | number>> }
type Span = {
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly attributes: readonly Attribute[]
}

const NAME = 'Adamantia'
const heard: string[] = []
const collector = createServer((request, response) => {
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => parts.push(part))
  request.on('end', () => {
    heard.push(Buffer.concat(parts).toString())
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
})
let personId = ''

beforeAll(async () => {
  await new Promise<void>((listening) => collector.listen(0, '127.0.0.1', listening))
  const otlpUrl = `http://127.0.0.1:${(collector.address() as AddressInfo).port}/v1/traces`
  const home = nodeHome()
  const made = await initNode(home, nodeConfig({ telemetry: { otlpUrl } }), NAME, {})
  personId = made.personId
  const node = await startNode(home, {}, { log: openLogger('silent') })
  const caller = {
    personId,
    signedInBy: 'passkey' as const,
    provenAt: Date.now(),
    purpose: 'administrative',
    scopes: null,
  }
  await node.door.run({ caller, action: 'person.list', input: {} })
  await node.door.run({ caller, action: 'case.read', input: { caseId: personId } })
  await fetch(`${node.url}/v1/case/read?caseId=${personId}`)
  // The jobs that run at the start have run.
  for (let waited = 0; ; waited += 100) {
    const [done] = await node.stores.database.query<{ n: string }>(
      "SELECT count(*) AS n FROM jobs.job WHERE name = 'sweep-uploads' AND state = 'completed'",
    )
    if (Number(done?.n) > 0) break
    if (waited > 60_000) throw new Error('no job has run')
    await sleep(100)
  }
  await node.stop()
})
afterAll(() => new Promise((closed) => collector.close(closed)))

const spans = () =>
  heard
    .map((text) => JSON.parse(text) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] })
    .flatMap(({ resourceSpans }) => resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((one) => one.spans)))
const named = (name: string) => spans().filter((span) => span.name === name)
const attribute = ({ attributes }: Span, wanted: string) =>
  Object.values(attributes.find(({ key }) => key === wanted)?.value ?? {})[0]

describe('the traces of a node', () => {
  it('show an act with its decision, its effect and its entry below it', () => {
    const [act] = named('person.list')
    if (!act) throw new Error('no span of the act')
    expect(attribute(act, 'comity.outcome')).toBe('done')
    const below = spans().filter(({ parentSpanId, traceId }) => parentSpanId === act.spanId && traceId === act.traceId)
    expect(below.map(({ name }) => name).sort()).toEqual(['decision', 'effect'])
  })

  it('show what was refused, by its code', () => {
    expect(named('case.read').map((span) => attribute(span, 'comity.outcome'))).toEqual(['NOT_PERMITTED'])
  })

  it('show requests by the pattern of their route, and jobs', () => {
    const [request] = named('GET /v1/case/read')
    if (!request) throw new Error('no span of the request')
    expect(attribute(request, 'http.route')).toBe('/v1/case/read')
    expect(Number(attribute(request, 'http.response.status_code'))).toBe(401)
    expect(named('job sweep-uploads').length).toBeGreaterThan(0)
  })

  it('hold no id and no name of anybody', () => {
    const text = heard.join('\n')
    expect(text.length).toBeGreaterThan(1000)
    expect(text).not.toContain(personId)
    expect(text).not.toContain(NAME)
    expect(text).not.toContain('caseId')
  })
})

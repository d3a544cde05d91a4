/**
 * OpenTelemetry traces, off unless `telemetry.otlpUrl` is set: how long what took, for whoever runs the node. A span bears names
 * of our own vocabularies and codes only: no id, no name of a person, no address, no text. Nothing of a trace travels to others,
 * and what others send of theirs is not taken up.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { ROOT_CONTEXT, type Span, SpanKind, trace } from '@opentelemetry/api'
import type { FastifyInstance } from 'fastify'

export type Noted = Readonly<Record<string, string | number>>

export type Telemetry = {
  /** Runs `work` as a span below the one in which it is called; what `note` is told becomes attributes. */
  span<T>(name: string, work: (note: (noted: Noted) => void) => Promise<T>): Promise<T>
  /** A span for each request, mounted before the routes. */
  readonly mount: (server: FastifyInstance) => void
  /** Sends what is still here. */
  stop(): Promise<void>
}

export const noTelemetry: Telemetry = {
  span: (_name, work) => work(() => {}),
  mount: () => {},
  stop: async () => {},
}

/** A collector that does not answer loses its spans; the node goes on. */
export async function openTelemetry(otlpUrl: string, nodeName: string): Promise<Telemetry> {
  // Loaded where it is wanted: most nodes make no traces.
  const [{ BatchSpanProcessor, TracerProvider }, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all(
    [
      import('@opentelemetry/sdk-trace'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ],
  )
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'comity', 'service.instance.id': nodeName }),
    spanProcessors: [
      new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url: otlpUrl, timeoutMillis: 5000 }) }),
    ],
  })
  const tracer = provider.getTracer('comity')
  const current = new AsyncLocalStorage<Span>()
  const start = (name: string, kind: SpanKind) => {
    const above = current.getStore()
    return tracer.startSpan(name, { kind }, above ? trace.setSpan(ROOT_CONTEXT, above) : ROOT_CONTEXT)
  }
  return {
    span: async (name, work) => {
      const span = start(name, SpanKind.INTERNAL)
      try {
        return await current.run(span, () => work((noted) => void span.setAttributes(noted)))
      } catch (thrown) {
        // The kind of the fault; its message may hold content.
        span.setAttribute('error.type', thrown instanceof Error ? thrown.constructor.name : typeof thrown)
        throw thrown
      } finally {
        span.end()
      }
    },
    mount: (server) => {
      const spanByRequest = new WeakMap<object, Span>()
      server.addHook('onRequest', (request, _reply, done) => {
        // The pattern of the route, not the address: that holds ids.
        const route = request.routeOptions.url ?? 'nothing'
        const span = start(`${request.method} ${route}`, SpanKind.SERVER)
        span.setAttributes({ 'http.request.method': request.method, 'http.route': route })
        spanByRequest.set(request.raw, span)
        current.run(span, done)
      })
      server.addHook('onResponse', async (request, reply) => {
        const span = spanByRequest.get(request.raw)
        span?.setAttribute('http.response.status_code', reply.statusCode)
        span?.end()
      })
    },
    stop: () => provider.shutdown(),
  }
}

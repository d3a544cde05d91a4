/**
 * TAXII 2.1 over HTTP, for machines with an API key. The rules are those of exchange/gateways; what a caller has is read through
 * the door, action by action, so that the policies are asked and the journal shows each reading.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import {
  type AddedObject,
  answerTaxii,
  DISCOVERY_PATH,
  type TaxiiCollection,
  type TaxiiSettings,
  type TaxiiSource,
} from '../../exchange/gateways/index.ts'
import { stop } from '../../kernel/index.ts'
import type { Caller, Door } from '../door/door.ts'

export type TaxiiRoutes = {
  readonly door: Door
  readonly authenticate: (request: FastifyRequest) => Promise<Caller | null>
  readonly settings: Omit<TaxiiSettings, 'apiRoot'>
}

const API_ROOT = `${DISCOVERY_PATH}/comity`

export function taxiiRoutes({ door, authenticate, settings }: TaxiiRoutes): (server: FastifyInstance) => void {
  return (server) => {
    for (const url of [DISCOVERY_PATH, `${DISCOVERY_PATH}/*`])
      server.route({
        method: ['GET', 'POST', 'DELETE'],
        url,
        handler: async (request, reply) => {
          const caller = await authenticate(request)
          // A session is of a person at a browser; what another page makes a browser fetch must not be read here.
          if (caller?.signedInBy !== 'api-key')
            return stop('NOT_SIGNED_IN', 'TAXII is for machines with a key.', {
              fix: 'Send an API key as a bearer token.',
            })
          const { pathname, searchParams } = new URL(request.url, settings.origin)
          const answer = await answerTaxii(
            {
              method: request.method,
              path: pathname,
              query: [...searchParams],
              accept: request.headers.accept ?? null,
            },
            sourceFor(door, caller),
            { ...settings, apiRoot: API_ROOT },
          )
          // As bytes: to a text the server would add a charset, and clients compare the media type as a whole.
          return reply
            .code(answer.status)
            .headers(answer.headers)
            .send(Buffer.from(JSON.stringify(answer.body)))
        },
      })
  }
}

/** Whatever the door refuses is not there: that it is refused says nothing of whether it exists. */
function sourceFor(door: Door, caller: Caller): TaxiiSource {
  async function read<T>(action: string, input: object): Promise<T | null> {
    const answer = await door.run({ caller, action, input })
    return answer.ok ? (answer.value.result as T) : null
  }
  return {
    async collections() {
      const listed = await read<{ readonly items: readonly { caseId: string; since: string }[] }>(
        'indicator.collection.list',
        {},
      )
      return (listed?.items ?? []).map(
        ({ caseId, since }): TaxiiCollection => ({
          id: caseId,
          title: `Handed out since ${since.slice(0, 10)}`,
          description: 'Indicators of one case, as they were handed out to this caller.',
        }),
      )
    },
    async objectsOf(caseId) {
      const found = await read<{ readonly objects: readonly { addedAt: string; object: string }[] }>(
        'indicator.collection.read',
        { caseId },
      )
      return found?.objects.map(({ addedAt, object }): AddedObject => ({ addedAt, object: JSON.parse(object) })) ?? null
    },
  }
}

/**
 * What was handed out of a case, over HTTP: as a BagIt bag with everything, or as one format with its manifest. The hand-out is
 * decided and journalled at the door first; here its files are only written and sent.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Language, languages } from '../../casework/letter/index.ts'
import { formatNames } from '../../evidence/formats/index.ts'
import { Stop, stop } from '../../kernel/index.ts'
import type { Caller, Door } from '../door/door.ts'
import type { BundleDesk } from '../export/bundles.ts'
import { writeHandOutBag, writeHandOutFiles } from '../export/hand-outs.ts'
import { sendZip } from './send-zip.ts'

export type HandOutRoutes = {
  readonly door: Door
  readonly bundles: BundleDesk
  /** Where files are made; each hand-out in a folder of its own, which goes once it is sent. */
  readonly folder: string
  readonly authenticate: (request: FastifyRequest) => Promise<Caller | null>
}

type Body = Readonly<Record<string, unknown>>

export function handOutRoutes({
  door,
  bundles,
  folder,
  authenticate,
}: HandOutRoutes): (server: FastifyInstance) => void {
  return (server) => {
    server.post('/v1/case/bag.zip', async (request, reply) => {
      const { formats = formatNames, exhibits = true, ...asked } = (request.body ?? {}) as Body
      const { printed, ...input } = indexOf(asked)
      const id = await decided(request, 'case.hand-out', { ...input, formats, exhibits })
      return sent(reply, `bag-${id}`, (target) => writeHandOutBag(bundles, id, printed, target))
    })
    server.post('/v1/hand-out/bag.zip', async (request, reply) => {
      const { printed, ...input } = indexOf((request.body ?? {}) as Body)
      const id = await decided(request, 'hand-out.fetch', input)
      return sent(reply, `bag-${id}`, (target) => writeHandOutBag(bundles, id, printed, target))
    })
    server.post('/v1/case/package', async (request, reply) => {
      const { format, ...input } = (request.body ?? {}) as Body
      const id = await decided(request, 'case.hand-out', { ...input, formats: [format], exhibits: false })
      return sent(reply, `${String(format)}-${id}`, (target) => writeHandOutFiles(bundles, id, target))
    })
  }

  async function decided(request: FastifyRequest, action: string, input: Body): Promise<string> {
    const caller =
      (await authenticate(request)) ??
      stop('NOT_SIGNED_IN', 'You are not signed in.', { fix: 'Sign in, or send a key.' })
    const answer = await door.run({ caller, action, input })
    if (!answer.ok) throw new Stop(answer.refusal)
    return (answer.value.result as { handOut: string }).handOut
  }

  function sent(reply: FastifyReply, name: string, write: (target: string) => Promise<void>) {
    return sendZip(reply, { under: folder, name, write })
  }
}

/** Whether a bag has an index of exhibits, and in which language; and what else was asked. */
function indexOf({ language = 'en', index = true, ...rest }: Body): Body & { readonly printed: Language | null } {
  if (!(languages as readonly unknown[]).includes(language))
    return stop('INPUT_INVALID', 'There is no index of exhibits in that language.', {
      place: '/language',
      fix: `Choose one of ${languages.join(', ')}.`,
    })
  if (typeof index !== 'boolean')
    return stop('INPUT_INVALID', 'Whether the bag has an index is said by true or false.', { place: '/index' })
  return { ...rest, printed: index ? (language as Language) : null }
}

/**
 * For tests, as a process of its own and with `--expose-gc`: a server that takes uploads and reports how far its memory has grown
 * since `/warm`, when it has done all of it once and its code and buffers are there. What nothing holds any more is collected before
 * each look, since a busy machine lets garbage lie and the claim is about what the server holds.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { refuse } from '../../../kernel/index.ts'
import { openFolderBlobs } from '../folder-blobs.ts'
import { tusHandler } from '../tus.ts'
import { openVault } from '../vault.ts'
import { CASE_KEY, UPLOAD } from './vault-content.ts'

const folder = process.argv[2] ?? ''
const upload = { ...UPLOAD, size: Number(process.argv[3]) }
const vault = openVault({ folder, blobs: await openFolderBlobs(join(folder, 'blobs')), caseKey: () => CASE_KEY })
const handle = tusHandler({
  vault,
  path: '/uploads',
  find: async (_, id) => (id === upload.id ? upload : { ...upload, id, size: 20_000_000 }),
  begin: async () => refuse('NOT_PERMITTED', 'No.'),
  abandon: async () => refuse('NOT_PERMITTED', 'No.'),
  fault: (thrown) => {
    throw thrown
  },
})
const { gc } = globalThis
if (!gc) throw new Error('This process is to be started with --expose-gc.')
let before = held()
let most = before
// A look costs tens of milliseconds; so many in a second that a few megabytes pass between two.
setInterval(() => {
  most = Math.max(most, held())
}, 150).unref()

function held(): number {
  gc?.()
  return process.memoryUsage.rss()
}

const server = createServer(async (request, response) => {
  const [, what, id = ''] = /^\/(warm|report)\/(.*)$/.exec(request.url ?? '') ?? []
  if (what === undefined) return handle(request, response)
  const file = await vault.complete(id === upload.id ? upload : { ...upload, id, size: 20_000_000 })
  let read = 0
  if (file) for await (const part of vault.read(file)) read += part.length
  response.end(JSON.stringify({ grown: most - before, size: file?.size, read }))
  if (what === 'warm') {
    before = held()
    most = before
  }
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`))

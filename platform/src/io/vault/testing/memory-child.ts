/** For tests, as a process of its own: a server that takes uploads and, once asked, reports how much its memory has grown. */
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
  find: async () => upload,
  begin: async () => refuse('NOT_PERMITTED', 'No.'),
  abandon: async () => refuse('NOT_PERMITTED', 'No.'),
  fault: (thrown) => {
    throw thrown
  },
})
const before = process.memoryUsage.rss()
let most = before
setInterval(() => {
  most = Math.max(most, process.memoryUsage.rss())
}, 20).unref()

const server = createServer(async (request, response) => {
  if (request.url !== '/report') return handle(request, response)
  const file = await vault.complete(upload)
  let read = 0
  if (file) for await (const part of vault.read(file)) read += part.length
  response.end(JSON.stringify({ grown: most - before, size: file?.size, read }))
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`))

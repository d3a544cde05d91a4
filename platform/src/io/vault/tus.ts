/**
 * Resumable uploads over HTTP: tus 1.0.0, core with the extensions creation, termination and checksum
 * (https://tus.io/protocols/resumable-upload). Written here, as it is smaller than the adapter to a server made for other
 * frameworks, and because an offset must be told only when its bytes lie sealed on disk.
 *
 * It works on the raw request and response, so that Fastify or any other server can mount it. Who may do what is asked of
 * the node: nothing here knows a session.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { lineChecksum, lineChecksums } from '../../kernel/crypto/index.ts'
import { type Refusal, type Result, Stop } from '../../kernel/index.ts'
import type { Arriving } from './arrivals.ts'
import type { Vault } from './vault.ts'

export type TusSetting = {
  readonly vault: Vault
  /** Where the uploads are, as `/api/uploads`. */
  readonly path: string
  /** The upload, where this caller began it and it is open; else `null`: unknown and not permitted look the same. */
  find(request: IncomingMessage, uploadId: string): Promise<Arriving | null>
  /** Runs `exhibit.upload.begin`; gives the id of the upload. */
  begin(request: IncomingMessage, size: number, metadata: ReadonlyMap<string, string>): Promise<Result<string>>
  /** Runs `exhibit.upload.abandon`. */
  abandon(request: IncomingMessage, upload: Arriving): Promise<Result<unknown>>
  /** Told of faults behind an answer that is sent already. */
  fault(thrown: unknown): void
}

const VERSION = '1.0.0'
const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  UPLOAD_BUSY: 423,
  UPLOAD_CHECKSUM: 460,
  UPLOAD_OFFSET: 409,
  UPLOAD_TOO_LONG: 413,
  VAULT_FILE_TOO_LARGE: 413,
  VAULT_CASE_FULL: 413,
  NOT_PERMITTED: 404,
  CASE_ERASED: 410,
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** Mount it for every method at `path` and below, with the body not yet read. */
export function tusHandler(setting: TusSetting): Handler {
  const { vault, path } = setting
  return async (request, response) => {
    response.setHeader('Tus-Resumable', VERSION)
    response.setHeader('Cache-Control', 'no-store')
    try {
      await answer(request, response)
    } catch (thrown) {
      // The line is gone: what came is kept, and nobody is there to be told.
      if (request.destroyed && !request.complete) return
      if (!(thrown instanceof Stop)) throw thrown
      refuseWith(response, thrown.refusal)
    }
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // The header stands in for the method where a proxy lets no PATCH through.
    const method = String(request.headers['x-http-method-override'] ?? request.method).toUpperCase()
    if (method === 'OPTIONS') {
      response.setHeader('Tus-Version', VERSION)
      response.setHeader('Tus-Extension', 'creation,termination,checksum')
      response.setHeader('Tus-Checksum-Algorithm', lineChecksums.join(','))
      return end(response, 204)
    }
    if (request.headers['tus-resumable'] !== VERSION) {
      response.setHeader('Tus-Version', VERSION)
      return end(response, 412)
    }
    const below = new URL(request.url ?? '/', 'http://node').pathname.slice(path.length)
    const [, id] = /^\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/.exec(below) ?? []
    if (method === 'POST' && /^\/?$/.test(below)) return create(request, response)
    if (id === undefined) return end(response, 404)
    if (!['HEAD', 'PATCH', 'DELETE'].includes(method)) {
      response.setHeader('Allow', 'OPTIONS, HEAD, PATCH, DELETE')
      return end(response, 405)
    }
    const upload = await setting.find(request, id)
    if (upload === null) return end(response, 404)
    if (method === 'HEAD') return head(response, upload)
    if (method === 'DELETE') return remove(request, response, upload)
    return patch(request, response, upload)
  }

  async function create(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const size = digits(request.headers['upload-length'])
    const metadata = parseMetadata(String(request.headers['upload-metadata'] ?? ''))
    if (size === null || metadata === null) return end(response, 400)
    const begun = await setting.begin(request, size, metadata)
    if (!begun.ok) return refuseWith(response, begun.refusal)
    response.setHeader('Location', `${path}/${begun.value}`)
    end(response, 201)
  }

  async function head(response: ServerResponse, upload: Arriving): Promise<void> {
    const offset = await vault.offset(upload)
    response.setHeader('Upload-Offset', offset)
    response.setHeader('Upload-Length', upload.size)
    end(response, 200)
    // Whoever asks after a restart, or for an empty file, sets the sealing going that no PATCH will.
    if (offset === upload.size) vault.complete(upload).catch(setting.fault)
  }

  async function remove(request: IncomingMessage, response: ServerResponse, upload: Arriving): Promise<void> {
    if (vault.isBusy(upload.id)) return end(response, 423)
    const gone = await setting.abandon(request, upload)
    if (!gone.ok) return refuseWith(response, gone.refusal)
    await vault.clear(upload.id)
    await vault.removeObject(upload)
    end(response, 204)
  }

  async function patch(request: IncomingMessage, response: ServerResponse, upload: Arriving): Promise<void> {
    if (request.headers['content-type'] !== 'application/offset+octet-stream') return end(response, 415)
    const at = digits(request.headers['upload-offset'])
    const length = digits(request.headers['content-length'])
    const checksum = parseChecksum(request.headers['upload-checksum'])
    if (at === null || checksum === 'malformed') return end(response, 400)
    // What is announced as too long is refused before a byte of it is read.
    if (length !== null && at + length > upload.size) return end(response, 413)
    const offset = await vault.receive(upload, at, request, checksum ?? undefined)
    response.setHeader('Upload-Offset', offset)
    end(response, 204)
    // Sealing takes as long as the file is large; the client asks for it with exhibit.upload.finish.
    if (offset === upload.size) vault.complete(upload).catch(setting.fault)
  }
}

function end(response: ServerResponse, status: number): void {
  response.statusCode = status
  // A body that was not read would otherwise be taken for the next request.
  if (status >= 400) response.setHeader('Connection', 'close')
  response.end()
}

function refuseWith(response: ServerResponse, refusal: Refusal): void {
  response.statusCode = STATUS_BY_CODE[refusal.code] ?? 400
  response.setHeader('Connection', 'close')
  response.setHeader('Content-Type', 'application/problem+json')
  response.end(
    JSON.stringify({ status: response.statusCode, code: refusal.code, detail: refusal.message, fix: refusal.fix }),
  )
}

function digits(header: string | string[] | undefined): number | null {
  if (typeof header !== 'string' || !/^\d{1,15}$/.test(header)) return null
  return Number(header)
}

/** `key base64, key base64`; keys are ASCII without blanks and commas, and stand once. */
export function parseMetadata(header: string): ReadonlyMap<string, string> | null {
  const found = new Map<string, string>()
  if (header.trim() === '') return found
  for (const pair of header.split(',')) {
    const [, key, value = ''] = /^([\x21-\x2b\x2d-\x7e]+)(?: ([A-Za-z0-9+/]*={0,2}))?$/.exec(pair.trim()) ?? []
    if (key === undefined || found.has(key)) return null
    found.set(key, Buffer.from(value, 'base64').toString('utf8'))
  }
  return found
}

function parseChecksum(header: string | string[] | undefined) {
  if (header === undefined) return null
  const [, algorithm = '', value = ''] = /^(\S+) ([A-Za-z0-9+/]+={0,2})$/.exec(String(header)) ?? []
  return lineChecksum(algorithm, Buffer.from(value, 'base64')) ?? ('malformed' as const)
}

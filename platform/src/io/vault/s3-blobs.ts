/**
 * Sealed files in a store that speaks S3. What goes there is sealed already: the store sees names, sizes and noise.
 *
 * Large files go in parts; an object appears when the parts are put together, so that half of one is never seen. Each part is
 * sent with its SHA-256 under the signature, so that a part which arrives otherwise is refused by the store.
 */
import { AwsClient } from 'aws4fetch'
import { fileHashes } from '../../kernel/crypto/index.ts'
import { stop } from '../../kernel/index.ts'
import { type BlobStore, checkedName, type Failpoint } from './blob-store.ts'
import { inChunks } from './sealed-file.ts'

export type S3Setting = {
  /** `https://s3.example.org/bucket`, or the bucket as a host name. */
  readonly bucketUrl: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly region: string
  readonly failpoint?: Failpoint
}

/** S3 allows 10,000 parts of at least 5 MiB (but the last); with 16 MiB a file may have 160 GiB. */
const PART = 16 * 1024 * 1024

export function openS3Blobs({ bucketUrl, failpoint = () => {}, ...access }: S3Setting): BlobStore {
  const client = new AwsClient({ ...access, service: 's3', retries: 4 })
  const base = bucketUrl.replace(/\/$/, '')
  const urlOf = (name: string) => `${base}/${checkedName(name)}`

  async function ask(method: string, url: string, more: { body?: Uint8Array; headers?: Record<string, string> } = {}) {
    const { body, headers = {} } = more
    const hashes = fileHashes()
    if (body) hashes.update(body)
    const init = { method, headers: { ...headers, 'x-amz-content-sha256': hashes.digests().sha256 } }
    const answer = await client.fetch(
      url,
      body === undefined ? init : { ...init, body: body as Uint8Array<ArrayBuffer> },
    )
    if (answer.ok || (answer.status === 404 && method !== 'PUT' && method !== 'POST')) return answer
    const text = (await answer.text()).slice(0, 300)
    return stop('BLOB_STORE', `The object store answers ${answer.status} to ${method}: ${text}`, {
      place: url.split('?')[0] ?? url,
      fix: 'See whether the store runs, and whether the access of the node is still right.',
    })
  }

  async function writeParts(url: string, first: Uint8Array, rest: AsyncIterator<Uint8Array>): Promise<void> {
    const started = await (await ask('POST', `${url}?uploads=`)).text()
    const id = encodeURIComponent(/<UploadId>([^<]+)<\/UploadId>/.exec(started)?.[1] ?? '')
    failpoint('parts-begun')
    try {
      const tags: string[] = []
      for (let part: Uint8Array | null = first; part !== null; ) {
        const answer = await ask('PUT', `${url}?partNumber=${tags.length + 1}&uploadId=${id}`, { body: part })
        tags.push(answer.headers.get('etag') ?? '')
        await answer.arrayBuffer()
        failpoint('part-sent')
        const next = await rest.next()
        part = next.done ? null : next.value
      }
      const list = tags.map((tag, at) => `<Part><PartNumber>${at + 1}</PartNumber><ETag>${tag}</ETag></Part>`)
      const body = new TextEncoder().encode(`<CompleteMultipartUpload>${list.join('')}</CompleteMultipartUpload>`)
      const done = await (await ask('POST', `${url}?uploadId=${id}`, { body })).text()
      // S3 may answer 200 and say in the body that it failed.
      if (done.includes('<Error>'))
        stop('BLOB_STORE', `The object store did not put the parts together: ${done.slice(0, 300)}`, {
          place: url,
          fix: 'Try again.',
        })
      failpoint('parts-joined')
    } catch (thrown) {
      await ask('DELETE', `${url}?uploadId=${id}`).catch(() => {})
      throw thrown
    }
  }

  return {
    write: async (name, bytes) => {
      const parts = inChunks(bytes, PART)[Symbol.asyncIterator]()
      const first = await parts.next()
      const body = first.done ? new Uint8Array() : first.value
      if (body.length === PART) return writeParts(urlOf(name), body, parts)
      await (await ask('PUT', urlOf(name), { body })).arrayBuffer()
      failpoint('object-sent')
    },
    size: async (name) => {
      const answer = await ask('HEAD', urlOf(name))
      return answer.status === 404 ? null : Number(answer.headers.get('content-length'))
    },
    read: (name, first, last) => readRange(name, first, last),
    remove: async (name) => {
      await (await ask('DELETE', urlOf(name))).arrayBuffer()
    },
  }

  async function* readRange(name: string, first: number, last: number): AsyncGenerator<Uint8Array> {
    const answer = await ask('GET', urlOf(name), { headers: { range: `bytes=${first}-${last}` } })
    if (answer.status !== 206 || !answer.body)
      return stop('BLOB_STORE', `The object store answers ${answer.status} to a request for a part of a file.`, {
        place: urlOf(name),
        fix: 'See whether the file is there.',
      })
    yield* answer.body
  }
}

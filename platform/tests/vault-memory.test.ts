import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { pattern, UPLOAD } from '../src/io/vault/testing/vault-content.ts'

const folder = mkdtempSync(join(tmpdir(), 'comity-memory-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const MB = 1_000_000

test('an upload of 300 MB, its sealing and reading it back let a running server grow by less than 80 MB', async () => {
  const size = 300 * MB
  const script = fileURLToPath(new URL('../src/io/vault/testing/memory-child.ts', import.meta.url))
  const child = spawn(process.execPath, ['--expose-gc', script, folder, String(size)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // glibc: what is freed goes back at once. Else it keeps freed megabytes for the next, and they look as if they were held.
    env: { ...process.env, MALLOC_MMAP_THRESHOLD_: '262144' },
  })
  try {
    const port = await new Promise<string>((heard) => child.stdout.once('data', (data) => heard(String(data).trim())))
    const piece = pattern(MB)
    const send = async (id: string, megabytes: number) => {
      let sent = 0
      const body = new ReadableStream<Uint8Array>(
        {
          pull: (controller) => {
            controller.enqueue(piece)
            if (++sent === megabytes) controller.close()
          },
        },
        { highWaterMark: 1 },
      )
      const answer = await fetch(`http://127.0.0.1:${port}/uploads/${id}`, {
        method: 'PATCH',
        headers: {
          'Tus-Resumable': '1.0.0',
          'Upload-Offset': '0',
          'Content-Type': 'application/offset+octet-stream',
        },
        body,
        duplex: 'half',
      } as RequestInit)
      expect(answer.status).toBe(204)
    }
    const ask = async (what: string, id: string) =>
      (await (await fetch(`http://127.0.0.1:${port}/${what}/${id}`)).json()) as { grown: number }
    const first = UPLOAD.id.replace(/f$/, 'e')
    await send(first, 20)
    await ask('warm', first)
    await send(UPLOAD.id, 300)
    const report = await ask('report', UPLOAD.id)
    expect(report).toMatchObject({ size, read: size })
    console.log(`the server has grown by ${Math.round(report.grown / MB)} MB`)
    expect(report.grown).toBeLessThan(80 * MB)
  } finally {
    child.kill()
  }
})

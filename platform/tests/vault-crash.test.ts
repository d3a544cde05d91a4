import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { openFolderBlobs } from '../src/io/vault/folder-blobs.ts'
import { sealedSize } from '../src/io/vault/sealed-file.ts'
import { CASE_KEY, content, sha256Of, UPLOAD } from '../src/io/vault/testing/vault-content.ts'
import { openVault } from '../src/io/vault/vault.ts'

const child = fileURLToPath(new URL('../src/io/vault/testing/vault-child.ts', import.meta.url))

test('whatever step it is killed at, what was acknowledged is there, nothing half-done is seen, and the rest can follow', async () => {
  let steps = Number.POSITIVE_INFINITY
  let killed = 0
  for (let killAt = 1; killAt <= steps; killAt++) {
    const folder = mkdtempSync(join(tmpdir(), 'comity-kill-'))
    try {
      const { stdout, signal, stderr } = spawnSync(process.execPath, [child, folder], {
        env: { ...process.env, KILL_AT: String(killAt) },
        encoding: 'utf8',
      })
      const done = /steps (\d+)/.exec(stdout)?.[1]
      if (done === undefined) {
        expect(signal, stderr).toBe('SIGKILL')
        killed++
      } else steps = Number(done)
      const acknowledged = Math.max(0, ...[...stdout.matchAll(/offset (\d+)/g)].map(([, at]) => Number(at)))

      const object = join(folder, 'blobs/objects', UPLOAD.caseId, UPLOAD.id)
      if (existsSync(object)) expect(statSync(object).size).toBe(sealedSize(UPLOAD.size))

      const vault = openVault({
        folder,
        blobs: await openFolderBlobs(join(folder, 'blobs')),
        caseKey: () => CASE_KEY,
      })
      if (stdout.includes('sealed'))
        expect(await vault.sealedObject(UPLOAD.id, UPLOAD.caseId)).toMatchObject({ sha256: sha256Of(content) })
      const offset = await vault.offset(UPLOAD)
      expect(offset).toBeGreaterThanOrEqual(acknowledged)
      async function* rest() {
        yield content.subarray(offset)
      }
      await vault.receive(UPLOAD, offset, rest())
      const file = await vault.complete(UPLOAD)
      if (!file) throw new Error('not complete')
      expect(file).toMatchObject({ size: content.length, sha256: sha256Of(content) })
      const parts: Uint8Array[] = []
      for await (const part of vault.read(file)) parts.push(part)
      expect(Buffer.concat(parts).equals(content)).toBe(true)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  expect(killed).toBe(steps)
  expect(killed).toBeGreaterThan(30)
}, 240_000)

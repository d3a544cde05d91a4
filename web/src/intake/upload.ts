/**
 * Files to the node: hashed here as they are read, sent in pieces that go on where a line broke (tus 1.0), and bound to the digest that
 * was computed here. The node computes its own; where the two differ it refuses.
 */
import { ask, Refusal } from '../shared/node/node.tsx'

const PIECE = 4 * 1024 * 1024
/** Small, so that the page answers between two. */
const HASHED = 512 * 1024
const KEPT = 'comity.upload.'
const TRIES = 120

export type Progress = (stage: 'hash' | 'send' | 'seal', done: number) => void

/** The SHA-256 of a file, read piece by piece. */
export async function hashOf(file: Blob, progress: Progress): Promise<string> {
  const { sha256Stream } = await import('../../../platform/src/kernel/index.ts')
  const running = sha256Stream()
  for (let at = 0; at < file.size; at += HASHED) {
    running.update(new Uint8Array(await file.slice(at, at + HASHED).arrayBuffer()))
    progress('hash', Math.min(at + HASHED, file.size))
  }
  return running.hex()
}

export type Uploaded = { readonly uploadId: string; readonly sha256: string }

export async function sendFile(caseId: string, file: File, sha256: string, progress: Progress): Promise<Uploaded> {
  // By what it holds, so that the same file goes on after the page was closed, and a changed one begins anew.
  const name = `${KEPT}${caseId}.${sha256}`
  const { uploadId, offset } = await begun(name, caseId, file.size)
  let at = offset
  while (at < file.size) {
    progress('send', at)
    const answer = await fetch(`/v1/uploads/${uploadId}`, {
      method: 'PATCH',
      credentials: 'same-origin',
      headers: {
        'content-type': 'application/offset+octet-stream',
        'tus-resumable': '1.0.0',
        'upload-offset': String(at),
      },
      body: file.slice(at, at + PIECE),
    })
    const next = Number(answer.headers.get('upload-offset'))
    if (answer.status !== 204 || !(next > at)) throw new Error(`${answer.status} ${await answer.text()}`)
    at = next
  }
  progress('seal', file.size)
  const sealed = await finish(caseId, uploadId, sha256)
  forget(name)
  return sealed
}

async function begun(name: string, caseId: string, size: number): Promise<{ uploadId: string; offset: number }> {
  const known = kept(name)
  if (known !== null) {
    const answer = await fetch(`/v1/uploads/${known}`, {
      method: 'HEAD',
      credentials: 'same-origin',
      headers: { 'tus-resumable': '1.0.0' },
    })
    const offset = Number(answer.headers.get('upload-offset'))
    if (answer.ok && Number.isSafeInteger(offset)) return { uploadId: known, offset }
    forget(name)
  }
  const { uploadId } = await ask('exhibitUploadBegin', { caseId, size }, crypto.randomUUID())
  keep(name, uploadId)
  return { uploadId, offset: 0 }
}

/** Sealing goes on after the last byte has arrived. */
async function finish(caseId: string, uploadId: string, sha256: string): Promise<Uploaded> {
  for (let tries = 0; ; tries++) {
    try {
      const done = await ask('exhibitUploadFinish', { caseId, uploadId, sha256 }, crypto.randomUUID())
      return { uploadId: done.uploadId, sha256: done.sha256 }
    } catch (thrown) {
      const isWaiting = thrown instanceof Refusal && thrown.problem.code === 'UPLOAD_NOT_READY'
      if (!isWaiting || tries === TRIES) throw thrown
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
  }
}

function kept(name: string): string | null {
  try {
    return window.localStorage.getItem(name)
  } catch {
    return null
  }
}
function keep(name: string, id: string): void {
  try {
    window.localStorage.setItem(name, id)
  } catch {
    // A browser that keeps nothing begins anew after a break.
  }
}
function forget(name: string): void {
  try {
    window.localStorage.removeItem(name)
  } catch {
    // Nothing was kept.
  }
}

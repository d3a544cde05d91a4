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
const GONE = ['UPLOAD_UNKNOWN', 'UPLOAD_FINISHED']

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

/** `signal`: ends the sending between two pieces, and in the middle of one. */
export async function sendFile(
  caseId: string,
  file: File,
  sha256: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<Uploaded> {
  // By what it holds, so that the same file goes on after the page was closed, and a changed one begins anew.
  const name = `${KEPT}${caseId}.${sha256}`
  sending.add(name)
  try {
    return await sent(name, caseId, file, sha256, progress, signal)
  } finally {
    sending.delete(name)
  }
}

/** What is on its way from this page: no other part of it takes that for broken off. */
const sending = new Set<string>()

async function sent(
  name: string,
  caseId: string,
  file: File,
  sha256: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<Uploaded> {
  const { uploadId, offset } = await begun(name, caseId, file)
  let at = offset
  while (at < file.size) {
    signal.throwIfAborted()
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
      signal,
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

/** Files whose sending broke off in this browser and was not given up. */
export type Broken = { readonly uploadId: string; readonly fileName: string; readonly sha256: string }

export function brokenOff(caseId: string): readonly Broken[] {
  const names = keptNames().filter((name) => name.startsWith(`${KEPT}${caseId}.`) && !sending.has(name))
  return names.flatMap((name) => {
    const found = kept(name)
    return found === null ? [] : [{ ...found, sha256: name.slice(`${KEPT}${caseId}.`.length) }]
  })
}

/** The node forgets what has arrived of it. What it no longer knows is gone already. */
export async function giveUp(caseId: string, sha256: string): Promise<void> {
  const name = `${KEPT}${caseId}.${sha256}`
  const known = kept(name)
  if (known === null) return
  try {
    await ask('exhibitUploadAbandon', { caseId, uploadId: known.uploadId }, crypto.randomUUID())
  } catch (thrown) {
    if (!(thrown instanceof Refusal) || !GONE.includes(thrown.problem.code)) throw thrown
  }
  forget(name)
}

async function begun(name: string, caseId: string, file: File): Promise<{ uploadId: string; offset: number }> {
  const known = kept(name)
  if (known !== null) {
    const answer = await fetch(`/v1/uploads/${known.uploadId}`, {
      method: 'HEAD',
      credentials: 'same-origin',
      headers: { 'tus-resumable': '1.0.0' },
    })
    const offset = Number(answer.headers.get('upload-offset'))
    if (answer.ok && Number.isSafeInteger(offset)) return { uploadId: known.uploadId, offset }
    forget(name)
  }
  const { uploadId } = await ask('exhibitUploadBegin', { caseId, size: file.size }, crypto.randomUUID())
  keep(name, { uploadId, fileName: file.name })
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

type Kept = { readonly uploadId: string; readonly fileName: string }

function kept(name: string): Kept | null {
  try {
    const found: unknown = JSON.parse(window.localStorage.getItem(name) ?? 'null')
    const { uploadId, fileName } = (found ?? {}) as Partial<Kept>
    return typeof uploadId === 'string' && typeof fileName === 'string' ? { uploadId, fileName } : null
  } catch {
    return null
  }
}
function keptNames(): readonly string[] {
  try {
    return Object.keys(window.localStorage)
  } catch {
    return []
  }
}
function keep(name: string, kept: Kept): void {
  try {
    window.localStorage.setItem(name, JSON.stringify(kept))
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

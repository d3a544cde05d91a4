/** A picture of a page of a PDF, made in a sandbox by Debian's pdftoppm; only the picture comes out. */
import { existsSync } from 'node:fs'
import { type Result, refuse } from '../../kernel/index.ts'
import { runSandboxed } from './sandbox.ts'

const PROGRAM = '/usr/bin/pdftoppm'
const PNG = Buffer.from('89504e470d0a1a0a', 'hex')
const LIMITS = { milliseconds: 10_000, memoryBytes: 512 * 1024 * 1024, outputBytes: 16 * 1024 * 1024 }

/** PNG of a page (from 1). `hidden`: the folders of the node, as its keys and its database. */
export async function previewPage(
  pdf: Uint8Array,
  page: number,
  hidden: readonly string[],
): Promise<Result<Uint8Array>> {
  if (!existsSync(PROGRAM))
    return refuse('PREVIEW_UNAVAILABLE', 'This node has no pdftoppm, so it makes no previews.', {
      fix: 'Download the file, or install poppler-utils on the node.',
    })
  const command = [PROGRAM, '-png', '-scale-to', '1200', '-f', String(page), '-l', String(page), '-singlefile', '-']
  const made = await runSandboxed({ hidden, limits: LIMITS }, command, pdf)
  if (!made.ok || PNG.equals(made.value.subarray(0, PNG.length))) return made
  return refuse('PREVIEW_FAILED', 'What came out is no picture.', { fix: 'Download the file instead.' })
}

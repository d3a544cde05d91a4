/**
 * For tests, as a process of its own: fills a vault and is killed at a step (`KILL_AT`, counted from 1), as by a power cut.
 * What it acknowledges it prints at once: `offset N`, `sealed SHA-256`. With `steps` printed at the end it has not been killed.
 */
import { writeSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { join } from 'node:path'
import { lineChecksum } from '../../../kernel/crypto/index.ts'
import { openFolderBlobs } from '../folder-blobs.ts'
import { openVault } from '../vault.ts'
import { CASE_KEY, content, sha256Of, UPLOAD } from './vault-content.ts'

// Who is killed keeps nothing of what it compiled for those that come after it, unless it does so now.
flushCompileCache()
const folder = process.argv[2] ?? ''
const killAt = Number(process.env.KILL_AT ?? 0)
let steps = 0
const failpoint = () => {
  if (++steps === killAt) process.kill(process.pid, 'SIGKILL')
}
const say = (line: string) => writeSync(1, `${line}\n`)

const vault = openVault({
  folder,
  blobs: await openFolderBlobs(join(folder, 'blobs'), failpoint),
  caseKey: () => CASE_KEY,
  failpoint,
})
async function* part(first: number, end: number) {
  yield content.subarray(first, end)
}
// A part that ends within a piece, one with a checksum over the border of a piece, and the rest.
const cuts = [0, 700_000, 2_300_000, content.length]
for (const [index, first] of cuts.slice(0, -1).entries()) {
  const end = cuts[index + 1] ?? 0
  const checksum = lineChecksum('sha256', Buffer.from(sha256Of(content.subarray(first, end)), 'hex'))
  say(
    `offset ${await vault.receive(UPLOAD, first, part(first, end), index === 1 ? (checksum ?? undefined) : undefined)}`,
  )
}
const file = await vault.complete(UPLOAD)
say(`sealed ${file?.sha256}`)
say(`steps ${steps}`)

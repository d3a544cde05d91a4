import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { previewPage } from './preview.ts'
import { runSandboxed, type Sandbox } from './sandbox.ts'

const folder = mkdtempSync(join(tmpdir(), 'comity-hidden-'))
writeFileSync(join(folder, 'node.key'), 'the canary')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const limits = { milliseconds: 2000, memoryBytes: 200_000_000, outputBytes: 10_000 }
const run = (command: string[], sandbox: Sandbox = { hidden: [folder], limits }) =>
  runSandboxed(sandbox, command, new Uint8Array())
const pdf = Buffer.from(`%PDF-1.1
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>endobj
trailer<</Root 1 0 R>>
`)
let possible = false
beforeAll(async () => {
  possible = (await run(['true'])).ok
})

describe('the sandbox', () => {
  test('works, or says that it does not, and then runs nothing', async () => {
    const answer = await run(['echo', 'ran'])
    if (possible) expect(answer.ok && Buffer.from(answer.value).toString()).toBe('ran\n')
    else expect(answer).toMatchObject({ ok: false, refusal: { code: 'PREVIEW_UNAVAILABLE' } })
  })

  test('shows neither the folders of the node, nor a network, nor its environment', async ({ skip }) => {
    if (!possible) skip()
    expect((await run(['cat', join(folder, 'node.key')])).ok).toBe(false)
    expect((await run(['sh', '-c', `umount ${folder}; cat ${folder}/node.key`])).ok).toBe(false)
    const open = await run(['cat', join(folder, 'node.key')], { hidden: [], limits })
    expect(open.ok && Buffer.from(open.value).toString()).toBe('the canary')
    const devices = await run(['tail', '-n', '+3', '/proc/self/net/dev'])
    expect(devices.ok && Buffer.from(devices.value).toString().trim().split('\n')).toHaveLength(1)
    const environment = await run(['env'])
    expect(environment.ok && Buffer.from(environment.value).toString()).not.toContain('HOME')
  })

  test.each([
    ['time', ['sleep', '30'], 'ms'],
    ['output', ['yes'], 'bytes'],
    ['files', ['dd', 'if=/dev/zero', `of=${join(tmpdir(), 'comity-sandbox-file')}`, 'count=1'], ''],
  ])('has an end of %s', async (_, command, says) => {
    if (!possible) return
    const answer = await run(command)
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'PREVIEW_FAILED' } })
    expect(!answer.ok && answer.refusal.message).toContain(says)
  })
})

test('a page of a PDF becomes a picture, and what is no PDF becomes none', async ({ skip }) => {
  if (!possible || !existsSync('/usr/bin/pdftoppm')) skip()
  const picture = await previewPage(pdf, 1, [folder])
  expect(picture.ok && Buffer.from(picture.value.subarray(1, 4)).toString()).toBe('PNG')
  expect(await previewPage(Buffer.from('<html>'), 1, [folder])).toMatchObject({ ok: false })
})

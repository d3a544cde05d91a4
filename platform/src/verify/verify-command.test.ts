import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { formatVkey } from '../evidence/index.ts'
import { bundleWitnesses, journalKey, makeBundle } from '../evidence/testing/bundles.ts'
import { bundleOnDisk } from './bundle-on-disk.ts'
import { verifyCommand } from './verify-command.ts'

const home = mkdtempSync(join(tmpdir(), 'comity-verify-'))
afterAll(() => rmSync(home, { recursive: true }))

function write(name: string, files: ReadonlyMap<string, Uint8Array>): string {
  const folder = join(home, name)
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), bytes)
  }
  return folder
}

const policy = join(home, 'policy')
const witnesses = bundleWitnesses.map(({ key }, at) => `witness w${at} ${formatVkey(key)}`)
writeFileSync(policy, [`log ${formatVkey(journalKey.key)}`, ...witnesses, 'group p 2 w0 w1 w2', 'quorum p'].join('\n'))
const good = write('good', await makeBundle())

describe('comity-verify', () => {
  test('says that everything is right, in words and with code 0', async () => {
    const { code, out } = await verifyCommand([good, '--policy', policy])
    expect(out).toContain('Everything that this bundle states was checked and is right.')
    expect(out).toContain('Bundle B-1 of An agency')
    expect(out).not.toMatch(/WRONG|Not checked/)
    expect(code).toBe(0)
  })

  test('without a policy says what it could not check, and does not end as if it had', async () => {
    const { code, out } = await verifyCommand([good])
    expect(out).toContain('Nothing is wrong, but not everything was checked.')
    expect(out).toContain('Why: No policy was given')
    expect(code).toBe(1)
  })

  test('names the changed file, in words and as JSON', async () => {
    const files = await makeBundle()
    files.set('exhibits/X-1/original.bin', new TextEncoder().encode('hallo'))
    const folder = write('changed', files)
    const { code, out } = await verifyCommand([folder, '--policy', policy])
    expect(code).toBe(1)
    expect(out).toContain('SOMETHING IS WRONG')
    expect(out).toContain('Where: exhibits/X-1/original.bin, bytes 0–4')
    const json = await verifyCommand([folder, '--policy', policy, '--json'])
    expect(JSON.parse(json.out)).toMatchObject({ result: 'wrong', bundle: { id: 'B-1' } })
  })

  test('names links and does not follow them', async () => {
    const files = await makeBundle()
    files.delete('traces/T-1.json')
    const folder = write('linked', files)
    mkdirSync(join(folder, 'traces'), { recursive: true })
    symlinkSync('/etc/passwd', join(folder, 'traces', 'T-1.json'))
    symlinkSync('/etc', join(folder, 'everything'))
    const { out } = await verifyCommand([folder, '--policy', policy, '--json'])
    const found = JSON.parse(out).statements.filter((one: { part: string }) => one.part === 'names')
    expect(found.map((one: { where: { file: string } }) => one.where.file)).toEqual(['everything', 'traces/T-1.json'])
    expect(out).not.toContain('root:')
  })

  test('shows no control characters of a bundle to the terminal', async () => {
    const files = await makeBundle({ manifest: (text) => text.replace('An agency', 'An\\u001b[2J\\u202eagency') })
    const { out } = await verifyCommand([write('escape', files)])
    expect(out).toContain('An\\u{1b}[2J\\u{202e}agency')
    expect(out).not.toMatch(/[\u202e]/)
    expect(out.includes('\u001b')).toBe(false)
  })

  test.each([
    ['no folder', []],
    ['two folders', [good, good]],
    ['a folder that is not there', [join(home, 'none')]],
    ['a file for a folder', [policy]],
    ['an unknown option', [good, '--trust-me']],
    ['a policy that is not there', [good, '--policy', join(home, 'none')]],
    ['a policy that is none', [good, '--policy', join(good, 'manifest.json')]],
    ['roots that are none', [good, '--roots', policy]],
  ])('with %s ends with code 2 and says how it is used', async (_, args) => {
    const { code, out, err } = await verifyCommand(args)
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err).toContain('Usage: comity-verify BUNDLE')
  })

  test('is a program of its own', () => {
    const program = fileURLToPath(new URL('../../bin/comity-verify.mjs', import.meta.url))
    const run = (...args: string[]) => spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' })
    expect(run(good, '--policy', policy)).toMatchObject({ status: 0, stderr: '' })
    expect(run(good)).toMatchObject({ status: 1 })
    expect(run()).toMatchObject({ status: 2, stdout: '' })
  })
})

test('hashes a file of 300 megabytes in pieces', async () => {
  const size = 300 * (1 << 20)
  const folder = join(home, 'large')
  mkdirSync(folder)
  writeFileSync(join(folder, 'large.bin'), '')
  truncateSync(join(folder, 'large.bin'), size)
  const before = process.memoryUsage().arrayBuffers
  const bundle = await bundleOnDisk(folder)
  const digest = await bundle.digest('large.bin')
  expect(digest).toMatchObject({ size })
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100 << 20)
  expect(await bundle.read('large.bin', 1 << 20)).toBeNull()
})

/** Every file that a program reads at its start, and every package. */
function reach(start: string): { readonly rooms: readonly string[]; readonly outside: readonly string[] } {
  const seen = new Set<string>()
  const outside = new Set<string>()
  const visit = (path: string) => {
    if (seen.has(path)) return
    seen.add(path)
    for (const [, from = ''] of readFileSync(path, 'utf8').matchAll(/^(?:import|export)[^'"]*?from '([^']+)'/gms))
      if (from.startsWith('.')) visit(join(dirname(path), from))
      else outside.add(from)
  }
  const source = fileURLToPath(new URL('..', import.meta.url))
  visit(join(source, start))
  const rooms = new Set([...seen].map((path) => path.slice(source.length).split('/').slice(0, -1).join('/')))
  return { rooms: [...rooms].sort(), outside: [...outside].sort() }
}

test('a dossier is checked by rules alone: nothing that reaches a network, a database or another program', () => {
  const { rooms, outside } = reach('verify/dossier-command.ts')
  expect(rooms.filter((room) => !/^(kernel|evidence|casework|legal|exchange|verify)(\/|$)/.test(room))).toEqual([])
  expect(outside.filter((name) => name.startsWith('node:'))).toEqual(
    outside.filter((name) => /^node:(buffer|crypto|fs|fs\/promises|path)$/.test(name)),
  )
})

test('reaches nothing but the kernel, its cryptography and the evidence room', () => {
  const { rooms, outside } = reach('verify/main.ts')
  expect(rooms).toEqual([
    'evidence',
    'evidence/approval',
    'evidence/journal',
    'evidence/verify',
    'kernel',
    'kernel/crypto',
    'verify',
  ])
  const packages = outside.filter((name) => !name.startsWith('node:'))
  expect(packages).toEqual([
    '@noble/hashes/hmac.js',
    '@noble/hashes/legacy.js',
    '@noble/hashes/sha2.js',
    '@noble/hashes/sha3.js',
    '@noble/hashes/utils.js',
    '@scure/base',
    '@sinclair/typebox',
    'asn1js',
    'pkijs',
    'yauzl',
  ])
  const node = [...outside].filter((name) => name.startsWith('node:')).sort()
  expect(node).toEqual([
    ...['node:crypto', 'node:fs', 'node:fs/promises', 'node:os', 'node:path'],
    ...['node:stream', 'node:stream/promises', 'node:util'],
  ])
})

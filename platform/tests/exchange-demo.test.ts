/**
 * What `npm start` ends with: three nodes, each a process with its own folder, keys and database, take the sample case from trace to
 * freeze; an auditor verifies it. And what the auditor would say if one of them had lied.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import type { StoryResult } from '../src/cli/commands/story.ts'
import { spawnComity, temporaryFolder } from './run-comity.ts'

const out = join(temporaryFolder(), 'story')
const verifier = fileURLToPath(new URL('../bin/comity-verify.mjs', import.meta.url))
let told: StoryResult
let screen = ''

function verify(...args: string[]): { code: number; text: string } {
  try {
    return { code: 0, text: execFileSync(process.execPath, [verifier, ...args], { encoding: 'utf8', stdio: 'pipe' }) }
  } catch (thrown) {
    const { status, stdout, stderr } = thrown as { status: number; stdout: string; stderr: string }
    return { code: status, text: `${stdout}${stderr}` }
  }
}

beforeAll(async () => {
  const ran = await spawnComity(['exchange', 'demo', '--out', out, '--leave', '--json'])
  expect(ran.exit, ran.stderr).toBe(0)
  told = JSON.parse(ran.stdout)
  screen = ran.stderr
}, 280_000)

describe('three nodes', () => {
  it('take the case from trace to preservation, freeze, and reply, all of it on the screen', () => {
    for (const type of ['preserve.request', 'preserved', 'freeze.request', 'ack', 'decision.accept', 'freeze.executed'])
      expect(screen).toContain(type)
    expect(screen).toMatch(/request executed: 63\.699849 BTC secured/)
    expect(screen).toMatch(/decision due .*9\(3\)/)
    expect(told.nodes.map(({ id }) => id)).toEqual(['nl-prosecutor', 'de-prosecutor', 'example-exchange'])
    for (const { home } of told.nodes)
      for (const part of ['keys', 'postgres', 'log']) expect(existsSync(join(home, part))).toBe(true)
  })

  it('say nothing of a fault or a refusal in their logs', () => {
    for (const { home } of told.nodes) {
      const lines = readFileSync(join(home, 'node.log'), 'utf8')
        .split('\n')
        .filter((line) => line.startsWith('{'))
      const loud = lines.filter((line) => JSON.parse(line).level >= 40)
      expect(loud).toEqual([])
    }
  })

  it('are verified by somebody who believes none of them', () => {
    expect(told.right).toBe(true)
    expect(told.verdicts.length).toBeGreaterThanOrEqual(8)
    expect(told.verdicts.every(({ right }) => right)).toBe(true)
  })
})

describe('the auditor', () => {
  const auditor = join(out, 'auditor')
  const directory = join(out, 'directory')
  const dossierOf = (agency: string) => {
    const found = readdirSync(auditor).filter((name) => name.startsWith(agency) && name.endsWith('.dossier.json'))
    return join(auditor, found[0] ?? '')
  }
  const altered = (
    change: (dossier: { agency: string; items: { envelope: string; receipt: string | null }[] }) => void,
  ) => {
    const dossier = JSON.parse(readFileSync(dossierOf('nl-prosecutor'), 'utf8'))
    change(dossier)
    const path = join(auditor, 'altered.json')
    writeFileSync(path, JSON.stringify(dossier))
    return verify('dossier', path, '--directory', directory)
  }

  it('hears of a message that was left out, of receipts that were swapped, and of a letter that was changed', () => {
    expect(verify('dossier', dossierOf('nl-prosecutor'), '--directory', directory).code).toBe(0)
    expect(altered(({ items }) => items.splice(2, 1))).toMatchObject({
      code: 1,
      text: expect.stringMatching(/does not follow/),
    })
    const swapped = altered(({ items }) => {
      const [a, b] = items
      if (a && b) [a.receipt, b.receipt] = [b.receipt, a.receipt]
    })
    expect(swapped).toMatchObject({ code: 1, text: expect.stringContaining('receipt is not right') })
    const changed = altered(({ items }) => {
      const [item] = items
      if (!item) throw new Error('no message')
      const envelope = JSON.parse(Buffer.from(item.envelope, 'base64').toString())
      const payload = Buffer.from(envelope.payload, 'base64')
        .toString()
        .replace('Logs of the account', 'Logs of an account')
      envelope.payload = Buffer.from(payload).toString('base64')
      item.envelope = Buffer.from(JSON.stringify(envelope)).toString('base64')
    })
    expect(changed.code).toBe(1)
  })

  it('compares the first root with the one that it was given', () => {
    const other = 'ab'.repeat(32)
    expect(
      verify('dossier', dossierOf('de-prosecutor'), '--directory', directory, '--root-sha256', other),
    ).toMatchObject({
      code: 2,
      text: expect.stringContaining('the first root of the directory has the SHA-256'),
    })
  })

  it('opens a bundle as the zip file that it came as, and a damaged one is wrong', () => {
    const zip = join(auditor, 'nl-prosecutor', 'bundle.zip')
    expect(verify(zip).text).not.toMatch(/✗/)
    const bytes = readFileSync(zip)
    const broken = join(auditor, 'broken.zip')
    writeFileSync(broken, bytes.subarray(0, bytes.length >> 1))
    expect(verify(broken)).toMatchObject({ code: 2, text: expect.stringContaining('no zip file of a bundle') })
  })
})

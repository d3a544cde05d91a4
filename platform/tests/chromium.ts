/** A real browser for tests: Debian's Chromium, installed where that is possible, else said to be missing. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * Where Chromium is; `null`, with the reason printed, where there is none. With `CI=true` absence is a failure: there a
 * skipped test would look like a passed one.
 */
export function findChromium(): string | null {
  const found = PATHS.find((path) => existsSync(path)) ?? installed()
  if (found !== null) return found
  const reason = 'Chromium is not installed (on Debian: apt-get install chromium, as root)'
  if (process.env.CI === 'true') throw new Error(reason)
  console.log(`Tests in a browser are skipped: ${reason}.`)
  return null
}

export function openChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: FLAGS })
}

function installed(): string | null {
  const isDebian =
    existsSync('/etc/os-release') && /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'))
  if (!isDebian || process.getuid?.() !== 0) return null
  try {
    execFileSync('apt-get', ['update'], { stdio: 'ignore' })
    execFileSync('apt-get', ['install', '-y', 'chromium'], { stdio: 'ignore' })
  } catch {
    return null
  }
  return PATHS.find((path) => existsSync(path)) ?? null
}

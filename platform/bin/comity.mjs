#!/usr/bin/env node
// Starts the command line on Node.js 24 or later. Where an older Node.js started us, the one that npm installed with the
// workspace takes over; it ends when we end, however we end.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import * as modules from 'node:module'
import { fileURLToPath } from 'node:url'
import { findNode24 } from './find-node.mjs'

const built = fileURLToPath(new URL('../dist/platform/src/cli/main.js', import.meta.url))
const source = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))
const entry = existsSync(source) ? source : built

if (Number(process.versions.node.split('.')[0]) >= 24) {
  process.argv[1] = entry
  // What npm installed keeps, beside itself, what was compiled: every start after the first takes half the time.
  if (entry === source)
    modules.enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/comity', import.meta.url)))
  await import(new URL(`file://${entry}`).href)
} else {
  const node = findNode24()
  if (node === undefined) {
    process.stderr.write('comity needs Node.js 24 or later. Run `npm install` in the workspace, which brings it.\n')
    process.exit(3)
  }
  const child = spawn(node, [entry, ...process.argv.slice(2)], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => {
    if (signal) {
      process.removeAllListeners(signal)
      process.kill(process.pid, signal)
    } else process.exit(code ?? 3)
  })
}

// Keeps a PostgreSQL server as long as its parent lives, and no longer. Run as: node keeper.mjs BINARY ARGS...
// The parent holds the other end of standard input; when it is gone, however it went, the server shuts down fast. This
// process leads a group of its own, so that Ctrl+C in a terminal reaches the node only, which then stops in order.
import { spawn } from 'node:child_process'

const [binary = '', ...args] = process.argv.slice(2)
const server = spawn(binary, args, { stdio: ['ignore', 'inherit', 'inherit'] })
const stop = (signal) => server.exitCode === null && server.kill(signal)
// SIGINT is PostgreSQL's fast shutdown: sessions end, everything is written.
process.stdin.on('end', () => stop('SIGINT')).on('error', () => stop('SIGINT'))
process.stdin.resume()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop('SIGINT'))
server.on('error', (fault) => {
  process.stderr.write(`${fault.message}\n`)
  process.exit(1)
})
server.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))

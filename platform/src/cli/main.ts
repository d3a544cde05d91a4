/** The edge of the command line: what this process does for it, from its arguments to its exit code. */
import { FAULT, main } from './command-line.ts'

// The reader may leave before the end, as `head` does. What is left to say then has nobody to hear it.
process.stdout.on('error', (thrown: NodeJS.ErrnoException) => {
  if (thrown.code !== 'EPIPE') throw thrown
})

// Started by the launcher on an older Node.js, this process ends when the launcher is gone, however it ended.
if (process.connected) process.on('disconnect', () => process.exit(FAULT))
process.exitCode = await main(process.argv.slice(2))
if (process.connected) {
  process.removeAllListeners('disconnect')
  process.disconnect()
}

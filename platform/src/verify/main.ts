/** The program comity-verify. A fault ends it with code 3, so that it is never taken for a verdict. */
import { verifyCommand } from './verify-command.ts'

try {
  const { code, out, err } = await verifyCommand(process.argv.slice(2))
  process.stdout.write(out)
  process.stderr.write(err)
  process.exitCode = code
} catch (thrown) {
  process.stderr.write(`comity-verify: a fault of the program, not a verdict: ${(thrown as Error).message}\n`)
  process.exitCode = 3
}

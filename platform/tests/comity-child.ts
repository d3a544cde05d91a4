/**
 * One process that runs command after command for the tests of a file, each through the command line's own `main`: with the
 * arguments, the surroundings and the working folder that it is given, and with all that this process writes meanwhile
 * collected. What an import of the modules costs is paid once.
 */
import { setImmediate as turn } from 'node:timers/promises'
import { main } from '../src/cli/command-line.ts'

export type Errand = {
  readonly id: number
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
  readonly cwd: string
}
export type Errands = { readonly id: number; readonly exit: number; readonly stdout: string; readonly stderr: string }

const collected = { stdout: '', stderr: '' }
collect(process.stdout, 'stdout')
collect(process.stderr, 'stderr')

let last: Promise<void> = Promise.resolve()
process.on('message', (errand: Errand) => {
  last = last.then(() => run(errand))
})
process.on('disconnect', () => process.exit())

async function run({ id, args, env, cwd }: Errand): Promise<void> {
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name]
  Object.assign(process.env, env)
  process.chdir(cwd)
  process.argv.splice(2, process.argv.length, ...args)
  Object.assign(collected, { stdout: '', stderr: '' })
  let exit = 1
  try {
    exit = await main(args)
  } catch (thrown) {
    // As Node.js ends a process over what nobody caught.
    collected.stderr += `${thrown instanceof Error ? thrown.stack : String(thrown)}\n`
  }
  await turn()
  process.send?.({ id, exit, ...collected } satisfies Errands)
}

function collect(stream: NodeJS.WriteStream, name: keyof typeof collected): void {
  stream.write = (
    part: string | Uint8Array,
    encodingOrDone?: BufferEncoding | ((problem?: Error | null) => void),
    done?: (problem?: Error | null) => void,
  ) => {
    collected[name] += typeof part === 'string' ? part : Buffer.from(part).toString('utf8')
    const told = typeof encodingOrDone === 'function' ? encodingOrDone : done
    if (told) process.nextTick(told)
    return true
  }
}

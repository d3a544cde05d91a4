/**
 * Runs a program on hostile bytes: in namespaces of its own without network, with the node's folders covered by empty ones,
 * without its environment, and with limits on memory, processor and time (Linux: unshare, setpriv and prlimit of util-linux).
 *
 * Node's own permission model would not do: it does not hold for the programs that a process starts. What is left to an
 * attacker who takes the program over is to read other files of the machine and to paint them into its output.
 */
import { spawn } from 'node:child_process'
import { ok, type Result, refuse } from '../../kernel/index.ts'

export type SandboxLimits = {
  readonly milliseconds: number
  readonly memoryBytes: number
  readonly outputBytes: number
}

export type Sandbox = {
  /** Folders of the node that the program must not see. */
  readonly hidden: readonly string[]
  readonly limits: SandboxLimits
}

/** Covers each hidden folder, then becomes the program. */
const ENTER =
  'n=$1; shift; while [ "$n" -gt 0 ]; do mount -t tmpfs -o size=4k,mode=0 none "$1" || exit 97; shift; n=$((n-1)); done; exec "$@"'

/** Standard output of the program, for the bytes given on standard input. */
export async function runSandboxed(
  { hidden, limits }: Sandbox,
  command: readonly string[],
  input: Uint8Array,
): Promise<Result<Uint8Array>> {
  if (process.platform !== 'linux') return unavailable('This works on Linux only.')
  const seconds = Math.ceil(limits.milliseconds / 1000)
  // Root of its own namespace could take the covers off again; so it is left without a single capability.
  const powerless = ['setpriv', '--no-new-privs', '--bounding-set=-all', '--inh-caps=-all']
  const bounds = ['prlimit', `--as=${limits.memoryBytes}`, `--cpu=${seconds}`, '--core=0', '--fsize=0']
  const inside = [...powerless, ...bounds, ...command]
  const namespaces = ['--user', '--map-root-user', '--net', '--mount', '--ipc', '--pid', '--fork', '--kill-child']
  const child = spawn(
    'unshare',
    [...namespaces, 'sh', '-c', ENTER, 'sh', String(hidden.length), ...hidden, ...inside],
    {
      env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' },
      cwd: '/',
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  )
  return new Promise((done) => {
    const parts: Buffer[] = []
    let size = 0
    let said = ''
    let why: string | null = null
    const stop = (reason: string) => {
      why ??= reason
      child.kill('SIGKILL')
    }
    const timer = setTimeout(() => stop(`It took more than ${limits.milliseconds} ms.`), limits.milliseconds)
    child.stdout.on('data', (part: Buffer) => {
      size += part.length
      if (size > limits.outputBytes) stop(`It wrote more than ${limits.outputBytes} bytes.`)
      else parts.push(part)
    })
    child.stderr.on('data', (part: Buffer) => {
      said = (said + part.toString()).slice(0, 200)
    })
    // A program that ends before it has read all is judged by how it ended.
    child.stdin.on('error', () => {})
    child.stdin.end(input)
    child.on('error', () => {
      clearTimeout(timer)
      done(unavailable('unshare of util-linux is not there.'))
    })
    child.on('close', (code) => {
      clearTimeout(timer)
      if (why === null && code === 0) done(ok(Buffer.concat(parts)))
      else if (why === null && /^(unshare|mount|setpriv|prlimit):/.test(said)) done(unavailable(said.trim()))
      else
        done(
          refuse('PREVIEW_FAILED', `No preview: ${why ?? (said.trim() || `the program ended with ${code}`)}`, {
            fix: 'Download the file and look at it on a machine for that.',
          }),
        )
    })
  })
}

function unavailable(why: string): { ok: false; refusal: { code: string; message: string; fix: string } } {
  const message = `This node cannot make previews safely, so it makes none: ${why}`
  return { ok: false, refusal: { code: 'PREVIEW_UNAVAILABLE', message, fix: 'Download the file instead.' } }
}

/** The command line: parses, runs one command, prints, and turns refusals and faults into exit codes. */
import { CommanderError } from 'commander'
import { dataFolder } from '../io/data-folder.ts'
import { terminalProgress } from '../io/terminal-progress.ts'
import { type Json, type Refusal, Stop } from '../kernel/index.ts'
import { completionScript, manPage } from './completion.ts'
import { openDesk } from './desk.ts'
import { plain } from './present.ts'
import { buildProgram, type Chosen } from './program.ts'
import type { RemoteCall } from './remote.ts'

const REFUSED = 1
const USAGE = 2
export const FAULT = 3

export async function main(argv: readonly string[]): Promise<number> {
  const wantsJson = argv.includes('--json')
  if (argv.some((word) => word === '--node' || word.startsWith('--node='))) return runRemote(argv, wantsJson)
  let chosen: Chosen | undefined
  const program = buildProgram(
    (choice) => {
      chosen = choice
    },
    (what, whole) => {
      process.stdout.write(what === 'man' ? manPage(whole, whole.version() ?? '') : completionScript(what, whole))
    },
  )
  const strict = (command: typeof program) => {
    command.exitOverride().configureOutput({ writeErr: (text) => process.stderr.write(text) })
    for (const child of command.commands) strict(child as typeof program)
  }
  strict(program)
  try {
    program.parse(argv, { from: 'user' })
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown
    if (thrown.exitCode === 0) return 0
    if (wantsJson) print({ error: usageRefusal(thrown) })
    return USAGE
  }
  return chosen ? runChosen(chosen) : 0
}

/** The actions of a node elsewhere, as commands. `--node URL` may stand before them or after. */
async function runRemote(argv: readonly string[], wantsJson: boolean): Promise<number> {
  const { callNode, remoteProgram } = await import('./remote.ts')
  let chosen: [RemoteCall, Readonly<Record<string, unknown>>] | undefined
  const at = argv.findIndex((word) => word === '--node' || word.startsWith('--node='))
  const taken = argv[at] === '--node' ? argv.slice(at, at + 2) : argv.slice(at, at + 1)
  const program = remoteProgram((call, flags) => {
    chosen = [call, flags]
  })
  const strict = (command: typeof program) => {
    command.exitOverride().configureOutput({ writeErr: (text) => process.stderr.write(text) })
    for (const child of command.commands) strict(child as typeof program)
  }
  strict(program)
  try {
    program.parse([...argv.slice(0, at), ...argv.slice(at + taken.length), ...taken], { from: 'user' })
    if (!chosen) return 0
    const { exit, json, text } = await callNode(...chosen, process.env)
    if (wantsJson) print(json)
    if (exit === 0 && !wantsJson) process.stdout.write(`${text}\n`)
    if (exit !== 0) process.stderr.write(`${plainLines(text)}\n`)
    return exit
  } catch (thrown) {
    if (thrown instanceof Stop)
      return refused(thrown.refusal, wantsJson, thrown.refusal.code === 'FLAG_VALUE' ? USAGE : REFUSED)
    if (!(thrown instanceof CommanderError)) throw thrown
    if (thrown.exitCode === 0) return 0
    if (wantsJson) print({ error: usageRefusal(thrown) })
    return USAGE
  }
}

/** What commander found wrong; help that nobody asked for means that no command was named. */
function usageRefusal({ code, message }: CommanderError) {
  const [what = '', ...rest] =
    code === 'commander.help' ? ['No command is named.'] : message.replace(/^error: /, '').split('\n')
  const suggestion = rest.map((line) => line.replace(/^\((.*)\)$/, '$1')).join(' ')
  return { code: 'USAGE', message: what, fix: suggestion === '' ? 'See comity --help.' : suggestion }
}

async function runChosen({ definition, args, flags }: Chosen): Promise<number> {
  const json = flags.json === true
  const progress = terminalProgress(process.stderr, flags.quiet === true)
  const wait = flags.wait === undefined ? '30' : String(flags.wait)
  if (!/^[0-9]{1,6}$/.test(wait))
    return refused(
      { code: 'FLAG_VALUE', message: `"${wait}" is not a number of seconds.`, place: '--wait' },
      json,
      USAGE,
    )
  const desk = openDesk(
    dataFolder(flags.home as string | undefined, process.env),
    Number(wait) * 1000,
    progress,
    process.env,
  )
  try {
    const outcome = await definition.run(desk, args, flags)
    await desk.close()
    if (json) print(outcome.json)
    else process.stdout.write(`${outcome.text}\n`)
    return outcome.exit
  } catch (thrown) {
    progress.done()
    await desk.close().catch(() => {})
    if (thrown instanceof Stop)
      return refused(
        thrown.refusal,
        json,
        thrown.refusal.code === 'FLAG_VALUE' || thrown.refusal.code === 'SEEDS_MISSING' ? USAGE : REFUSED,
      )
    const message = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
    return refused(
      { code: 'FAULT', message, fix: 'This is a fault of Comity: please report it with the command that caused it.' },
      json,
      FAULT,
    )
  }
}

function refused(refusal: Refusal, json: boolean, exit: number): number {
  if (json) print({ error: { ...refusal } })
  process.stderr.write(
    `${refusal.code}: ${plainLines(refusal.message)}${refusal.place === undefined ? '' : `\n  where: ${plain(refusal.place)}`}${refusal.fix === undefined ? '' : `\n  what to do: ${plain(refusal.fix)}`}\n`,
  )
  return exit
}

function plainLines(text: string): string {
  return text.split('\n').map(plain).join('\n')
}

function print(value: Json): void {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}

/** The command line as commander sees it, built from the list of commands. Help, man page and completions read it. */
import { Command, InvalidArgumentError, Option } from 'commander'
import type { CommandDefinition, Flags } from './command.ts'
import { commands } from './commands/index.ts'
import { shells } from './completion.ts'

export const globalOptions = [
  { flags: '--home <folder>', help: 'the data folder (else COMITY_HOME, else the XDG data folder)' },
  { flags: '--json', help: 'print one JSON object on standard output' },
  { flags: '--quiet', help: 'no progress' },
  { flags: '--wait <seconds>', help: 'wait this long for another process that holds the data folder (default 30)' },
] as const

export type Chosen = { readonly definition: CommandDefinition; readonly args: readonly string[]; readonly flags: Flags }

/** Groups of commands, by their first word. */
const groupSummaries: Readonly<Record<string, string>> = {
  chain: 'the ledger: import and coverage',
  tx: 'transactions',
  address: 'addresses',
  tags: 'attribution tags and lists of sanctioned addresses',
  trace: 'trace value under the rules that courts apply',
  node: 'a node of an agency: made, run, saved and brought back',
  log: 'the journal of a node, and proofs from it',
  directory: 'the directory of members: its keepers, their keys, signing and publishing',
  legal: 'instruments: deadlines, routes, admissibility',
  pack: 'packs of law',
  cluster: 'addresses that one owner is taken to hold, and why',
  bridge: 'links between what left one chain and arrived on another',
  watch: 'addresses, clusters and traces that raise an alarm when value moves',
  exchange: 'messages between nodes of different agencies',
}

export function buildProgram(
  choose: (chosen: Chosen) => void,
  print: (what: 'man' | (typeof shells)[number], program: Command) => void,
): Command {
  const program = new Command('comity')
    .description('Trace stolen crypto-assets in a form that a court accepts')
    .version('0.1.0')
    .showSuggestionAfterError(true)
    .showHelpAfterError('(see comity --help)')
    .addHelpText('after', '\nExit codes: 0 done; 1 refused or found false; 2 wrong usage; 3 fault.')
  addGlobals(program)
  const groups = new Map<string, Command>()
  for (const definition of commands) {
    const [first, second] = definition.path
    const parent = second === undefined ? program : groupOf(first)
    const command = parent
      .command(second ?? first)
      .summary(definition.summary)
      .description(definition.about ? `${definition.summary}.\n\n${definition.about}` : `${definition.summary}.`)
    for (const { name, help } of definition.arguments) command.argument(name, help)
    for (const { flags, help, choices, required } of definition.options) {
      const option = new Option(flags, help)
      if (choices) option.choices([...choices])
      // One without a value says the same twice; and one that begins with --no- has a value before it is given.
      if (!option.variadic && (option.required || option.optional)) takeOnce(option)
      command.addOption(required === true ? option.makeOptionMandatory() : option)
    }
    addGlobals(command)
    command.addHelpText('after', `\nExamples:\n${definition.examples.map((example) => `  ${example}`).join('\n')}`)
    command.action((...given: unknown[]) => {
      const self = given.at(-1) as Command
      choose({ definition, args: self.args, flags: self.optsWithGlobals() as Flags })
    })
  }
  program
    .command('completion')
    .summary('Print a completion script for a shell')
    .description('Print a completion script, for example: comity completion bash > /etc/bash_completion.d/comity')
    .addArgument(program.createArgument('<shell>', 'the shell').choices([...shells]))
    .action((shell: (typeof shells)[number]) => print(shell, program))
  program
    .command('man')
    .summary('Print the manual page (roff)')
    .description('Print the manual page: comity man | man -l -')
    .action(() => print('man', program))
  return program

  function groupOf(name: string): Command {
    const known = groups.get(name)
    if (known) return known
    const group = program
      .command(name)
      .summary(groupSummaries[name] ?? name)
      .description(groupSummaries[name] ?? name)
    groups.set(name, group)
    return group
  }
}

/** The first of two values would be dropped in silence, so a second one is refused. */
function takeOnce(option: Option): void {
  const read = option.parseArg
  option.argParser((value: string, earlier: unknown) => {
    if (earlier !== undefined) throw new InvalidArgumentError(`It has been given before (${earlier}); give it once.`)
    return read ? read(value, undefined) : value
  })
}

function addGlobals(command: Command): void {
  for (const { flags, help } of globalOptions) command.addOption(new Option(flags, help))
}

/** Shell completions and the manual page, written from the same definition as help. */
import type { Command, Option } from 'commander'

export const shells = ['bash', 'zsh', 'fish'] as const

type Leaf = { readonly words: readonly string[]; readonly command: Command }

export function leavesOf(program: Command): Leaf[] {
  const leaves: Leaf[] = []
  const visit = (command: Command, words: readonly string[]) => {
    if (command.commands.length === 0) leaves.push({ words, command })
    for (const child of command.commands) if (child.name() !== 'help') visit(child, [...words, child.name()])
  }
  visit(program, [])
  return leaves
}

export function completionScript(shell: (typeof shells)[number], program: Command): string {
  if (shell === 'fish') return fish(program)
  const script = bash(program)
  return shell === 'zsh' ? `#compdef comity\nautoload -U +X bashcompinit && bashcompinit\n${script}` : script
}

function bash(program: Command): string {
  const cases = leavesOf(program).map(
    ({ words, command }) => `    '${words.join(' ')}') options='${optionNames(command).join(' ')}' ;;`,
  )
  const groups = program.commands
    .filter(({ commands }) => commands.length > 0)
    .map((group) => `    ${group.name()}) options='${group.commands.map((child) => child.name()).join(' ')}' ;;`)
  const first = program.commands.map((command) => command.name()).join(' ')
  const valued = leavesOf(program).flatMap(({ command }) =>
    command.options.flatMap((option) =>
      option.argChoices
        ? [`    ${option.long}) COMPREPLY=($(compgen -W '${option.argChoices.join(' ')}' -- "$word")); return ;;`]
        : [],
    ),
  )
  return `_comity() {
  local word="\${COMP_WORDS[COMP_CWORD]-}" previous="\${COMP_WORDS[COMP_CWORD-1]-}" options=''
  case "$previous" in
${[...new Set(valued)].join('\n')}
    --from-file|--out|--home|--cookie-file) COMPREPLY=($(compgen -f -- "$word")); return ;;
  esac
  case "\${COMP_WORDS[1]-} \${COMP_WORDS[2]-}" in
${cases.join('\n')}
  esac
  if [ -z "$options" ] && [ "$COMP_CWORD" -eq 2 ]; then case "\${COMP_WORDS[1]-}" in
${groups.join('\n')}
  esac; fi
  if [ "$COMP_CWORD" -eq 1 ]; then options='${first}'; fi
  COMPREPLY=($(compgen -W "$options" -- "$word"))
  if [ \${#COMPREPLY[@]} -eq 0 ]; then COMPREPLY=($(compgen -f -- "$word")); fi
}
complete -F _comity comity
`
}

function fish(program: Command): string {
  const quote = (text: string) => `'${text.replace(/['\\]/g, '\\$&')}'`
  const lines = program.commands.map(
    (command) => `complete -c comity -n __fish_use_subcommand -a ${command.name()} -d ${quote(command.summary())}`,
  )
  for (const { words, command } of leavesOf(program)) {
    const [first, second] = words
    if (second !== undefined)
      lines.push(
        `complete -c comity -n '__fish_seen_subcommand_from ${first}; and not __fish_seen_subcommand_from ${second}' -a ${second} -d ${quote(command.summary())}`,
      )
    const when = `'__fish_seen_subcommand_from ${first}${second === undefined ? '' : `; and __fish_seen_subcommand_from ${second}`}'`
    for (const option of command.options) {
      const values = option.argChoices
        ? ` -x -a ${quote(option.argChoices.join(' '))}`
        : option.required || option.optional
          ? ' -r'
          : ''
      lines.push(`complete -c comity -n ${when} -l ${option.long?.slice(2)} -d ${quote(option.description)}${values}`)
    }
  }
  return `${lines.join('\n')}\n`
}

function optionNames(command: Command): string[] {
  return command.options.flatMap(({ long }) => long ?? [])
}

export function manPage(program: Command, version: string): string {
  const lines = [
    `.TH COMITY 1 "" "Comity ${version}" "Comity manual"`,
    '.SH NAME',
    `comity \\- ${roff(program.description())}`,
    '.SH SYNOPSIS',
    '.B comity',
    '.I command',
    '[options]',
    '.SH COMMANDS',
  ]
  for (const { words, command } of leavesOf(program)) {
    const args = command.registeredArguments.map((argument) => `<${argument.name()}${argument.variadic ? '...' : ''}>`)
    lines.push(`.SS "comity ${roff([...words, ...args].join(' '))}"`, roff(command.description()))
    for (const option of command.options) lines.push('.TP', `.B ${roff(option.flags)}`, roff(describe(option)))
  }
  lines.push(
    '.SH FILES',
    'Data lie under \\-\\-home, $COMITY_HOME, or $XDG_DATA_HOME/comity.',
    '.SH EXIT STATUS',
    '0 done; 1 refused or found false; 2 wrong usage; 3 fault.',
  )
  return `${lines.join('\n')}\n`
}

function describe(option: Option): string {
  return `${option.description}${option.argChoices ? ` (${option.argChoices.join(', ')})` : ''}${option.mandatory ? ' (required)' : ''}`
}

/** A leading dot or quote would be a request to roff, and hyphens would become typographic ones. */
function roff(text: string): string {
  return text
    .replace(/\\/g, '\\e')
    .replace(/-/g, '\\-')
    .replace(/\n+/g, '\n.PP\n')
    .replace(/^(['.])(?!PP)/gm, '\\&$1')
}

/**
 * What a command is: one definition, from which parsing, help, man page and shell completions all come.
 * A command answers with an outcome; printing and exit codes are decided in one place (main.ts).
 */
import type { Json } from '../kernel/index.ts'
import type { Desk } from './desk.ts'

export type OptionDefinition = {
  /** As commander writes it: `--max-hops <n>`, `--from <seed...>`, `--follow-fees`. */
  readonly flags: string
  readonly help: string
  readonly choices?: readonly string[]
  readonly required?: boolean
}

export type ArgumentDefinition = { readonly name: string; readonly help: string }

export type Flags = Readonly<Record<string, string | boolean | readonly string[] | undefined>>

export type CommandDefinition = {
  /** `['trace', 'run']` */
  readonly path: readonly [string, ...string[]]
  readonly summary: string
  /** More, for the help page. */
  readonly about?: string
  readonly arguments: readonly ArgumentDefinition[]
  readonly options: readonly OptionDefinition[]
  readonly examples: readonly string[]
  run(desk: Desk, args: readonly string[], flags: Flags): Promise<Outcome>
}

export type Outcome = {
  /** 0 done; 1 refused or found false. Usage (2) and faults (3) are decided outside. */
  readonly exit: 0 | 1
  readonly json: Json
  /** The same for people. */
  readonly text: string
}

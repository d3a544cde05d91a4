/** Asking for what only the person at the keyboard knows: passphrases, and a yes. */
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { stop } from '../kernel/index.ts'
import type { Flags, OptionDefinition } from './command.ts'

export const passphraseOption: OptionDefinition = {
  flags: '--passphrase-file <file>',
  help: 'the passphrase is the first line of this file (else COMITY_PASSPHRASE, else it is asked for)',
}

const SHORTEST = 12

/** For a new key: long enough, and the same twice. */
export async function newPassphrase(flags: Flags, environment: NodeJS.ProcessEnv): Promise<string> {
  const given = givenPassphrase(flags, environment)
  const first = given ?? (await ask('A passphrase for the new key (at least 12 characters): ', true))
  const again = given ?? (await ask('The same again: ', true))
  if (first.length < SHORTEST || first !== again)
    stop('PASSPHRASE_SHORT', first === again ? 'The passphrase is too short.' : 'The two passphrases differ.', {
      fix: `Choose one of at least ${SHORTEST} characters, as five words.`,
    })
  return first
}

export async function passphraseFor(holder: string, flags: Flags, environment: NodeJS.ProcessEnv): Promise<string> {
  return givenPassphrase(flags, environment) ?? ask(`Passphrase of the key of ${holder}: `, true)
}

export async function confirmed(question: string): Promise<boolean> {
  return process.stdin.isTTY === true && (await ask(question, false)).trim().toLowerCase() === 'yes'
}

function givenPassphrase(flags: Flags, environment: NodeJS.ProcessEnv): string | null {
  if (flags.passphraseFile === undefined) return environment.COMITY_PASSPHRASE || null
  const path = String(flags.passphraseFile)
  try {
    return readFileSync(path, 'utf8').split(/\r?\n/, 1)[0] ?? ''
  } catch {
    return stop('SOURCE_NOT_FOUND', 'The file with the passphrase cannot be read.', {
      place: path,
      fix: 'Check the path.',
    })
  }
}

/** Questions go to standard error: standard output is the answer of the command. */
async function ask(question: string, hidden: boolean): Promise<string> {
  if (process.stdin.isTTY !== true)
    return stop('PASSPHRASE_MISSING', 'A passphrase is needed, and there is no terminal to ask at.', {
      fix: 'Give --passphrase-file, or set COMITY_PASSPHRASE.',
    })
  // Readline draws question and answer to its output; a hidden answer is drawn nowhere, and so the question is written here.
  if (hidden) process.stderr.write(question)
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: hidden ? nowhere : process.stderr, terminal: true })
  try {
    const answer = await lines.question(hidden ? '' : question)
    if (hidden) process.stderr.write('\n')
    return answer
  } finally {
    lines.close()
  }
}

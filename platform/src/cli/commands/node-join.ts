/** Joining an exchange from the machine of the node, and the card that its keepers are given. */
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { orStop, stop } from '../../kernel/index.ts'
import type { CommandDefinition, Flags } from '../command.ts'
import { readCount } from './shared-options.ts'

const room = () => import('../../node/index.ts')

export const nodeJoin: CommandDefinition = {
  path: ['node', 'join'],
  summary: 'Join an exchange from an invitation: trust its root, make the keys of this node, and write its card',
  about:
    'Give the card to those who keep the directory. As soon as they have published it, the running node exchanges messages; nothing else is to be done. Compare the SHA-256 of the root with several members, by another way than the invitation came.',
  arguments: [{ name: '<invitation>', help: 'the file that `comity directory invite` wrote' }],
  options: [
    { flags: '--agency <id>', help: 'the id of this agency in the directory, as nl-om', required: true },
    { flags: '--endpoint <url>', help: 'where other nodes reach this one, as https://cxp.om.example', required: true },
    { flags: '--listen-host <address>', help: 'the address to listen at (default 127.0.0.1)' },
    { flags: '--listen-port <n>', help: 'the port to listen at (default 8470)' },
    { flags: '--hours <text>', help: 'when somebody answers, with the time zone', required: true },
    { flags: '--language <code...>', help: 'a language that is understood; may be given many times', required: true },
    { flags: '--duty-line <text>', help: 'telephone or address of the desk on duty', required: true },
    { flags: '--root-sha256 <hex>', help: 'refuse unless the root of the invitation has this SHA-256' },
    { flags: '--out <file>', help: 'where to write the card (default AGENCY.card.json)' },
  ],
  examples: [
    'comity node join invitation.json --agency nl-om --endpoint https://cxp.om.example --hours "24/7 Europe/Amsterdam" --language nl --language en --duty-line "+31 70 0000000"',
  ],
  async run(desk, [path = ''], flags) {
    const { joinExchange, parseInvitation } = await room()
    const invitation = orStop(parseInvitation(bytesOf(path)))
    const agency = String(flags.agency)
    const joined = await joinExchange(
      desk.home,
      desk.environment,
      invitation,
      {
        agency,
        endpoint: String(flags.endpoint),
        listen: {
          host: flags.listenHost === undefined ? '127.0.0.1' : String(flags.listenHost),
          port: readCount(flags.listenPort, '--listen-port') ?? 8470,
        },
        contact: {
          hours: String(flags.hours),
          languages: [...listOf(flags.language)],
          dutyLine: String(flags.dutyLine),
        },
      },
      flags.rootSha256 === undefined ? null : String(flags.rootSha256),
    )
    const out = resolve(String(flags.out ?? `${agency}.card.json`))
    writeFileSync(out, joined.card)
    return {
      exit: 0,
      json: { agency, directory: joined.directory, rootSha256: joined.rootSha256, card: out },
      text: [
        `This node is ${agency} from now on. Its card: ${out}`,
        `  It follows the directory at ${joined.directory}, whose first root has the SHA-256`,
        `  ${joined.rootSha256}${flags.rootSha256 === undefined ? '  (compare it with several members)' : '  (as you gave it)'}`,
        '',
        'Give the card to those who keep the directory. They run:',
        `  comity directory member add FOLDER --card ${agency}.card.json --scope "*" …`,
        'Start the node again if it runs:  comity node start',
      ].join('\n'),
    }
  },
}

export const nodeCard: CommandDefinition = {
  path: ['node', 'card'],
  summary: 'Write the card of this node for those who keep the directory',
  about: 'With --new it gets the next revision: after its address, its contact or a key has changed.',
  arguments: [{ name: '<file>', help: 'where to write it' }],
  options: [{ flags: '--new', help: 'with the next revision' }],
  examples: ['comity node card nl-om.card.json --new'],
  async run(desk, [path = ''], flags) {
    const { cardOfNode } = await room()
    const out = resolve(path)
    writeFileSync(out, await cardOfNode(desk.home, desk.environment, flags.new === true))
    return { exit: 0, json: { card: out }, text: `The card: ${out}` }
  },
}

export const directoryInvite: CommandDefinition = {
  path: ['directory', 'invite'],
  summary: 'Write an invitation with which a new agency joins: where the directory is, and its first root',
  arguments: [
    { name: '<folder>', help: 'the published directory' },
    { name: '<file>', help: 'where to write the invitation' },
  ],
  options: [
    { flags: '--url <address>', help: 'where nodes fetch it: an https URL, or a folder (default the folder itself)' },
  ],
  examples: ['comity directory invite dir invitation.json --url https://directory.example/comity'],
  async run(_desk, [folder = '', path = ''], flags) {
    const { formatInvitation } = await room()
    const root = bytesOf(resolve(folder, '1.root.json'))
    const out = resolve(path)
    const directory = flags.url === undefined ? resolve(folder) : String(flags.url)
    writeFileSync(out, formatInvitation({ directory, root }))
    return {
      exit: 0,
      json: { invitation: out, directory },
      text: `The invitation: ${out}\n  to the directory at ${directory}`,
    }
  },
}

function bytesOf(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch {
    return stop('SOURCE_NOT_FOUND', 'The file cannot be read.', { place: path, fix: 'Check the path.' })
  }
}

function listOf(value: Flags[string]): readonly string[] {
  return value === undefined ? [] : Array.isArray(value) ? (value as readonly string[]) : [String(value)]
}

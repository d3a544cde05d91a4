import { resolve } from 'node:path'
import { orStop } from '../../kernel/index.ts'
import { checkPacks, readPack } from '../../legal/index.ts'
import type { CommandDefinition } from '../command.ts'
import { count, plain } from '../present.ts'
import { legalSources } from './legal-options.ts'

export const packCheck: CommandDefinition = {
  path: ['pack', 'check'],
  summary: 'Check packs of law: form, citations, references, dates, translations',
  about:
    'Each finding names the file, the line, the path and what to do. Packs that are named may refer to those that come with Comity; nothing about the latter is reported then.',
  arguments: [{ name: '[path...]', help: 'folders or files (default: the packs that come with Comity)' }],
  options: [{ flags: '--alone', help: 'do not let the packs refer to those that come with Comity' }],
  examples: ['comity pack check', 'comity pack check our-packs/ --json'],
  async run(_desk, args, flags) {
    const { knowsHolidays, packFolder, readPackFiles } = await legalSources()
    const shipped = orStop(packFolder())
    const files = orStop(readPackFiles(args.length === 0 ? [shipped] : args))
    const named = new Set(files.map(({ name }) => resolve(name)))
    const others =
      flags.alone === true ? [] : orStop(readPackFiles([shipped])).filter(({ name }) => !named.has(resolve(name)))
    const context = others.flatMap((file) => readPack(file).pack ?? [])
    const findings = checkPacks(files.map(readPack), context, knowsHolidays)
    return {
      exit: findings.length === 0 ? 0 : 1,
      json: {
        files: files.length,
        sound: findings.length === 0,
        findings: findings.map((finding) => ({ ...finding })),
      },
      text: [
        ...findings.map(
          ({ code, message, place, fix }) =>
            `${plain(place ?? '')}\n  ${code}: ${plain(message)}\n  what to do: ${plain(fix ?? '')}`,
        ),
        `${count(files.length, 'pack')}, ${count(findings.length, 'finding')}`,
      ].join('\n'),
    }
  },
}

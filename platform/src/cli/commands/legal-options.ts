/** Options that commands about the law share. */

import { orStop } from '../../kernel/index.ts'
import type { LegalPacks } from '../../legal/index.ts'
import type { Flags, OptionDefinition } from '../command.ts'

export const packsOption: OptionDefinition = {
  flags: '--packs <folder>',
  help: 'the folder of packs (default: those that come with Comity)',
}

/** Loaded when a command needs it: the table of holidays behind it is large, and most commands ask no law. */
export const legalSources = () => import('../../legal/sources/index.ts')

export async function openPacks(flags: Flags): Promise<LegalPacks> {
  const { packFolder, readPacks } = await legalSources()
  return orStop(readPacks(flags.packs === undefined ? orStop(packFolder()) : String(flags.packs)))
}

/** Options that commands about the law share. */

import { orStop } from '../../kernel/index.ts'
import type { LegalPacks } from '../../legal/index.ts'
import { packFolder, readPacks } from '../../legal/sources/index.ts'
import type { Flags, OptionDefinition } from '../command.ts'

export const packsOption: OptionDefinition = {
  flags: '--packs <folder>',
  help: 'the folder of packs (default: those that come with Comity)',
}

export function openPacks(flags: Flags): LegalPacks {
  return orStop(readPacks(flags.packs === undefined ? orStop(packFolder()) : String(flags.packs)))
}

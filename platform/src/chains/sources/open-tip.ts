/** The door to servers whose chain can be followed. */
import { ok, type Result, refuse } from '../../kernel/index.ts'
import type { AccountPack } from '../account-pack.ts'
import type { ChainPack } from '../chain-pack.ts'
import type { SourceFormat } from '../ledger.ts'
import { coreTip } from './core-tip.ts'
import { esploraTip } from './esplora-tip.ts'
import { evmTip } from './evm-tip.ts'
import type { ImportOptions } from './importer.ts'
import type { TipSource } from './tip-source.ts'

/** Nothing is asked before the first question. */
export function openTip(
  format: SourceFormat,
  source: string,
  pack: ChainPack | AccountPack,
  options: ImportOptions,
): Result<TipSource> {
  if (!/^https?:\/\//i.test(source) || !URL.canParse(source))
    return refuse('SOURCE_URL', 'A chain is followed on a server, and this is no URL of one.', {
      fix: 'Write it as http://host:port/path.',
    })
  const others = 'Use core-rpc or esplora for chains of outputs, evm-rpc for chains of accounts.'
  if (pack.family === 'account')
    return format === 'evm-rpc'
      ? ok(evmTip(new URL(source), pack, options))
      : refuse('SOURCE_URL', `${pack.name} cannot be followed as ${format}.`, { fix: others })
  if (format === 'core-rpc') return ok(coreTip(new URL(source), options))
  if (format === 'esplora') return ok(esploraTip(new URL(source), options))
  return refuse('SOURCE_URL', `A chain cannot be followed as ${format}.`, { fix: others })
}

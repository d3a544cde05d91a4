/** What a server answered, read as the importers read the same text from a file, without the file. */
import type { AccountStep } from '../account-import.ts'
import type { AccountPack } from '../account-pack.ts'
import type { ChainPack } from '../chain-pack.ts'
import { type JsonValue, parseExactJson } from '../exact-json.ts'
import { coreRpcImporter } from './core-rpc.ts'
import { esploraImporter } from './esplora.ts'
import { evmRpcImporter, RPC_DEPTH } from './evm-rpc.ts'
import type { ImportOptions, ImportStep } from './importer.ts'
import type { SourceFile } from './source-files.ts'
import type { FetchedPart } from './tip-source.ts'

const NAME = 'what the server answered'

export function readFetchedOutputs(
  format: 'core-rpc' | 'esplora',
  parts: readonly FetchedPart[],
  pack: ChainPack,
  options: ImportOptions,
): AsyncGenerator<ImportStep> {
  const open = format === 'core-rpc' ? coreRpcImporter : esploraImporter
  return open(NAME, [held(parts)], pack, options).read({ cursor: null })
}

export function readFetchedAccounts(
  parts: readonly FetchedPart[],
  pack: AccountPack,
  options: ImportOptions,
): AsyncGenerator<AccountStep> {
  return evmRpcImporter(NAME, [held(parts, RPC_DEPTH)], pack, options).read({ cursor: null })
}

function held(parts: readonly FetchedPart[], maxDepth?: number): SourceFile {
  return { path: '', name: NAME, bytes: 0, values: { [Symbol.iterator]: () => valuesIn(parts, maxDepth) } }
}

function* valuesIn(parts: readonly FetchedPart[], maxDepth?: number): Generator<JsonValue> {
  for (const { content, values } of parts) {
    if (values) yield* values
    else if (typeof content === 'string')
      for (const line of content.split('\n')) if (line !== '') yield parseExactJson(line, maxDepth)
  }
}

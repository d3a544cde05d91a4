/** Esplora transactions from files: one object, an array, one per line, or objects one after the other. */
import { Stop } from '../../kernel/index.ts'
import type { ChainPack } from '../chain-pack.ts'
import { readEsploraTransaction } from '../esplora-transaction.ts'
import type { JsonObject } from '../exact-json.ts'
import { concludeTransaction } from '../transaction-statement.ts'
import { stopOnForeignAddress } from './foreign-source.ts'
import { defectOf, EMPTY_PIECE, type Importer, type ImportOptions, inSteps, type Piece } from './importer.ts'
import { jsonEntries, objectsIn } from './json-items.ts'
import { repetitions } from './repetitions.ts'
import { describeFiles, type SourceFile } from './source-files.ts'

export function isEsploraFile(name: string): boolean {
  return /\.(json|jsonl|ndjson)(\.gz|\.bz2|\.zst)?$/.test(name)
}

export function esploraImporter(
  name: string,
  files: readonly SourceFile[],
  pack: ChainPack,
  options: ImportOptions,
): Importer {
  const total = files.reduce((sum, file) => sum + file.bytes, 0)
  return {
    format: 'esplora',
    describe: () => describeFiles(pack.caip2, 'esplora', name, files),
    read: (context) => inSteps(pieces(files, pack, options), { name, total }, context, options),
  }
}

async function* pieces(files: readonly SourceFile[], pack: ChainPack, options: ImportOptions): AsyncGenerator<Piece> {
  const repeated = repetitions()
  let before = 0
  for (const file of files) {
    for await (const entry of jsonEntries(file, before)) {
      if (entry.kind === 'defect') {
        yield { ...EMPTY_PIECE, defects: [entry.defect], done: entry.done }
        continue
      }
      let found = 0
      for (const object of objectsIn(entry.value)) {
        found++
        yield {
          ...repeated.without(pieceOf(object, entry.place, pack, options.knownPacks), entry.place),
          done: entry.done,
        }
      }
      if (found === 0) {
        const message = 'This value is not an Esplora transaction; it was not used.'
        yield {
          ...EMPTY_PIECE,
          defects: [{ code: 'ITEM_NOT_USED', message, place: entry.place, count: 1 }],
          done: entry.done,
        }
      }
    }
    before += file.bytes
  }
}

function pieceOf(object: JsonObject, place: string, pack: ChainPack, knownPacks: readonly ChainPack[]): Piece {
  let stated: ReturnType<typeof readEsploraTransaction>
  try {
    stated = readEsploraTransaction(object)
  } catch (thrown) {
    if (!(thrown instanceof Stop)) throw thrown
    const txid = object.get('txid')
    return {
      ...EMPTY_PIECE,
      defects: [defectOf(thrown.refusal, place, typeof txid === 'string' ? txid.slice(0, 64) : undefined)],
    }
  }
  if ('unconfirmed' in stated) {
    const message = 'The transaction is in no block yet; it was not imported.'
    return { ...EMPTY_PIECE, defects: [{ code: 'TX_UNCONFIRMED', message, place, txid: stated.unconfirmed, count: 1 }] }
  }
  stopOnForeignAddress(stated, pack, knownPacks, place)
  const { transaction, defects } = concludeTransaction(stated, pack, place)
  return { ...EMPTY_PIECE, transactions: transaction ? [transaction] : [], defects }
}

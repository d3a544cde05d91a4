/**
 * The transactions of Esplora files as they are, without a ledger: also those that are in no block, or whose block the
 * source does not say. For looking at transactions; what enters the ledger goes through the importer.
 */
import { ok, type Result, refuse, Stop } from '../../kernel/index.ts'
import type { ChainPack } from '../chain-pack.ts'
import { readEsploraBlock, readEsploraContent } from '../esplora-transaction.ts'
import type { JsonObject } from '../exact-json.ts'
import type { Defect, LedgerTx } from '../ledger.ts'
import { concludeTransaction } from '../transaction-statement.ts'
import { isEsploraFile } from './esplora.ts'
import { stopOnForeignAddress } from './foreign-source.ts'
import { defectOf } from './importer.ts'
import { jsonEntries, objectsIn } from './json-items.ts'
import { listSourceFiles } from './source-files.ts'

/** `placed`: whether the source says in which block it is. Where it does not, `tx.block` says nothing. */
export type ReadTransaction = {
  readonly tx: LedgerTx
  readonly placed: boolean
  readonly place: string
  readonly defects: readonly Defect[]
}

export type ReadTransactions = {
  readonly transactions: readonly ReadTransaction[]
  /** Flaws for which a transaction, or a piece of the file, could not be read at all. */
  readonly defects: readonly Defect[]
}

const NOWHERE = { height: 0, hash: null, time: null } as const

/** Reads a file, or the files of a folder. Refuses what holds no transaction that can be read, and files of other chains. */
export async function readEsploraTransactions(
  path: string,
  pack: ChainPack,
  knownPacks: readonly ChainPack[],
): Promise<Result<ReadTransactions>> {
  const files = await listSourceFiles(path, isEsploraFile)
  if (!files.ok) return files
  const transactions: ReadTransaction[] = []
  const defects: Defect[] = []
  try {
    for (const file of files.value) {
      for await (const entry of jsonEntries(file, 0)) {
        if (entry.kind === 'defect') {
          defects.push(entry.defect)
          continue
        }
        const objects = [...objectsIn(entry.value)]
        if (objects.length === 0) defects.push(notUsed(entry.place))
        for (const object of objects) {
          const read = readOne(object, entry.place, pack, knownPacks)
          if ('tx' in read) transactions.push(read)
          else defects.push(...read.defects)
        }
      }
    }
  } catch (thrown) {
    if (thrown instanceof Stop) return { ok: false, refusal: thrown.refusal }
    throw thrown
  }
  if (transactions.length > 0) return ok({ transactions, defects })
  const [first] = defects
  return first
    ? refuse(first.code, first.message, { place: first.place, fix: NO_TRANSACTION_FIX })
    : refuse('SOURCE_EMPTY', 'The file holds no transaction.', { place: path, fix: NO_TRANSACTION_FIX })
}

const NO_TRANSACTION_FIX = 'Give transactions as an Esplora server answers them: one object, a list, or one a line.'

function readOne(
  object: JsonObject,
  place: string,
  pack: ChainPack,
  knownPacks: readonly ChainPack[],
): ReadTransaction | { readonly defects: readonly Defect[] } {
  try {
    const block = readEsploraBlock(object)
    const stated = { ...readEsploraContent(object), block: block ?? NOWHERE }
    stopOnForeignAddress(stated, pack, knownPacks, place)
    const { transaction, defects } = concludeTransaction(stated, pack, place)
    return transaction ? { tx: transaction, placed: block !== null, place, defects } : { defects }
  } catch (thrown) {
    if (!(thrown instanceof Stop) || thrown.refusal.code === 'WRONG_CHAIN') throw thrown
    const txid = object.get('txid')
    return {
      defects: [defectOf(thrown.refusal, place, typeof txid === 'string' ? txid.slice(0, 64) : undefined)],
    }
  }
}

function notUsed(place: string): Defect {
  return {
    code: 'ITEM_NOT_USED',
    message: 'This value is not an Esplora transaction; it was not used.',
    place,
    count: 1,
  }
}

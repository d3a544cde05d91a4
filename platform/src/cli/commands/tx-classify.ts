import type { ChainPack, Defect, LedgerTx } from '../../chains/index.ts'
import { shippedChainPacks } from '../../chains/index.ts'
import type { ReadTransaction } from '../../chains/sources/index.ts'
import { isHex, type Json, orStop, stop } from '../../kernel/index.ts'
import { type Classification, classify, neighboursAmong, neighboursInLedger } from '../../tracing/index.ts'
import type { CommandDefinition } from '../command.ts'
import type { Desk } from '../desk.ts'
import { plain } from '../present.ts'
import { chainOption } from './shared-options.ts'

export const txClassify: CommandDefinition = {
  path: ['tx', 'classify'],
  summary: 'Say which detectors fire on a transaction: CoinJoin, change, peeling chain',
  about:
    'Every detector answers, with its id, version and source: it fired, it did not, or the data cannot decide it. Transactions come from the ledger, or with --format esplora from files, without import. A detector is a rule of thumb of its authors and never a fact; what fires moves no amount.',
  arguments: [{ name: '<what...>', help: 'transaction ids; with --format, files' }],
  options: [
    chainOption,
    { flags: '--format <format>', help: 'read the transactions from files of this format', choices: ['esplora'] },
  ],
  examples: [
    'comity tx classify --chain bitcoin 943f2d576ed8d9f388ba75eb82fe35cce29479b84121827ac368a5a94f44cf7a',
    'comity tx classify --chain bitcoin --format esplora samples/colonial2021/colonial_ransom_txs.json',
  ],
  async run(desk, args, flags) {
    const pack = desk.chain(String(flags.chain))
    const { classified, defects } =
      flags.format === undefined ? await fromLedger(desk, pack, args) : await fromFiles(pack, args)
    return {
      exit: 0,
      json: {
        chain: pack.caip2,
        transactions: classified.map(toJson),
        defects: defects.map((defect) => ({ ...defect })),
      },
      text: [
        ...classified.map(toText),
        ...defects.map(({ code, message, place }) => `! ${code}: ${plain(message)} (${plain(place)})`),
      ].join('\n'),
    }
  },
}

type Classified = { readonly tx: LedgerTx; readonly classification: Classification }
type Answer = { readonly classified: readonly Classified[]; readonly defects: readonly Defect[] }

async function fromLedger(desk: Desk, pack: ChainPack, args: readonly string[]): Promise<Answer> {
  const ids = args.map((text) => text.toLowerCase())
  const wrong = ids.find((id) => !isHex(id, 32))
  if (wrong !== undefined)
    stop('TXID_MALFORMED', `"${wrong.slice(0, 90)}" is not a transaction id.`, {
      fix: 'Give 64 hexadecimal digits, or --format esplora for files.',
    })
  const store = await desk.store()
  const found = new Map((await store.transactions(pack.caip2, ids)).map((tx) => [tx.txid, tx]))
  const classified: Classified[] = []
  for (const id of new Set(ids)) {
    const tx =
      found.get(id) ??
      stop('TX_UNKNOWN', `No imported data holds the transaction ${id}.`, {
        fix: 'Import it first: comity chain import; or classify a file with --format esplora.',
      })
    classified.push({ tx, classification: classify(tx, await neighboursInLedger(store, pack.caip2, tx)) })
  }
  return { classified, defects: [] }
}

const LISTED_TWICE = 'The transaction stood in these files before; the first was classified.'

async function fromFiles(pack: ChainPack, paths: readonly string[]): Promise<Answer> {
  const { readEsploraTransactions } = await import('../../chains/sources/index.ts')
  const byTxid = new Map<string, ReadTransaction>()
  const defects: Defect[] = []
  for (const path of paths) {
    const read = orStop(await readEsploraTransactions(path, pack, shippedChainPacks))
    defects.push(...read.defects)
    for (const one of read.transactions) {
      const { txid } = one.tx
      defects.push(...one.defects)
      if (!byTxid.has(txid)) byTxid.set(txid, one)
      else defects.push({ code: 'TX_LISTED_TWICE', message: LISTED_TWICE, place: one.place, txid, count: 1 })
    }
  }
  const transactions = [...byTxid.values()]
  const among = neighboursAmong(
    transactions.map(({ tx }) => tx),
    pack.caip2,
  )
  return {
    classified: transactions.map(({ tx, placed }) => ({ tx, classification: classify(tx, among(tx), placed) })),
    defects,
  }
}

function toJson({ tx, classification }: Classified): Json {
  const { txid, coinbase, fired, notFired, notChecked } = classification
  return {
    txid,
    coinbase,
    proof: tx.proof,
    fired: fired.map((one) => ({
      ...one,
      facts: { ...one.facts },
      candidates: one.candidates && [...one.candidates],
      questions: one.questions.map((question) => ({ ...question })),
    })),
    notFired: notFired.map((one) => ({ ...one })),
    notChecked: notChecked.map((one) => ({ ...one })),
  }
}

function toText({ tx, classification }: Classified): string {
  const { txid, coinbase, fired, notFired, notChecked } = classification
  return [
    `${txid}${coinbase ? ' (coinbase: new coins)' : ''}${tx.proof === 'mismatch' ? ' THE CONTENT DOES NOT GIVE THIS ID' : ''}`,
    ...(fired.length === 0 ? ['  no detector fired'] : []),
    ...fired.flatMap((one) => [
      `  ${one.kind}: ${one.id} version ${one.version}: ${one.says}`,
      `    ${Object.entries(one.facts)
        .map(([name, value]) => `${name} ${typeof value === 'string' ? value : value.join(', ') || 'none'}`)
        .join('; ')}`,
      `    source: ${one.source}`,
      ...one.questions.map(({ question, answer }) => `    ? ${question} ${answer}`),
    ]),
    `  did not fire: ${notFired.map(({ id }) => id).join(', ') || 'none'}`,
    ...notChecked.map(({ id, version, why }) => `  not checked: ${id} version ${version}: ${why}`),
  ].join('\n')
}

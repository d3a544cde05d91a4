/** For tests: blocks 50001 and 50002 of the samples in the columns and types of the AWS public data set. */
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { folderOf, sample } from './reading-samples.ts'

/** Writes `blocks.parquet` and `transactions.parquet` into a new folder; `change` rewrites the SELECT of a file, `options` are more of COPY. */
export async function parquetSample(
  compression = 'snappy',
  change: (select: string) => string = (select) => select,
  options = '',
): Promise<string> {
  const folder = folderOf({})
  const from = (name: string) => `read_json('${sample(`etl-btc/bitcoin/stream_50001_50002/expected_${name}.json`)}')`
  const place = (x: string) =>
    `"index": ${x}."index", required_signatures: ${x}.required_signatures, script_asm: ${x}.script_asm, script_hex: ${x}.script_hex`
  const paid = (x: string) => `"type": ${x}."type", address: ${x}.addresses[1], "value": ${x}."value" / 1e8`
  const blocks = `SELECT hash, size, stripped_size, weight, number, version, merkle_root, to_timestamp("timestamp")::TIMESTAMP AS "timestamp", nonce, bits,
    coinbase_param, transaction_count, 6.08::DOUBLE AS difficulty,
    CASE number WHEN 50001 THEN '000000001aeae195809d120b5d66a39c83eb48792e068f8ea1fea19d84a4278a' ELSE '000000001c920d495e1eeef2452b6d1c6c229a919b28196c103ecffebabee141' END AS previousblockhash
    FROM ${from('blocks')} ORDER BY number`
  const transactions = `SELECT hash, version, size, block_hash, block_number, "index", virtual_size, lock_time, input_count, output_count, is_coinbase,
    output_value / 1e8 AS output_value, input_value / 1e8 AS input_value, fee / 1e8 AS fee, to_timestamp(block_timestamp)::TIMESTAMP AS block_timestamp,
    [{${place('o')}, ${paid('o')}} for o in outputs] AS outputs,
    [{${place('i')}, "sequence": i."sequence", spent_output_index: i.spent_output_index, spent_transaction_hash: i.spent_transaction_hash, ${paid('i')}} for i in inputs] AS inputs
    FROM ${from('transactions')} ORDER BY block_number, "index"`
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  for (const [name, select] of [
    ['blocks', blocks],
    ['transactions', transactions],
  ] as const) {
    await connection.run(
      `COPY (${change(select)}) TO '${join(folder, `${name}.parquet`)}' (FORMAT parquet, COMPRESSION ${compression}${options})`,
    )
  }
  connection.closeSync()
  instance.closeSync()
  return folder
}

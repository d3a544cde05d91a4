import { existsSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Moved, MoveTarget } from '../../chains/store/index.ts'
import { type Json, stop } from '../../kernel/index.ts'
import type { CommandDefinition } from '../command.ts'
import { count, plain } from '../present.ts'
import { chainFile, isStoreUrl, parseStoreUrl } from '../store-choice.ts'

export const chainMigrate: CommandDefinition = {
  path: ['chain', 'migrate'],
  summary: 'Move the ledger of the data folder to another file or to a ClickHouse server, and compare',
  about:
    'Writes every table out as Parquet, takes it in piece by piece, and compares: the rows of every table and the content digest of every chain. Only when they are equal is anything visible at the other end. Interrupted, the same command goes on where it stopped. The data folder stays as it is and goes on using its own file until `comity chain store --url` says otherwise. Sources whose import never ended stay behind and are named.',
  arguments: [],
  options: [
    {
      flags: '--to <place>',
      help: 'a file that is not there yet, or clickhouse://HOST[:8123]/DATABASE (empty or not there yet)',
      required: true,
    },
    { flags: '--cluster <name>', help: 'distribute the tables over this cluster of the server' },
    { flags: '--folder <folder>', help: 'where the Parquet files are written, and kept (default: removed when done)' },
  ],
  examples: [
    'comity chain migrate --to clickhouse://127.0.0.1:8123/comity',
    'comity chain migrate --to clickhouses://ch1.example.org/comity --cluster chains --folder /mnt/space/move',
    'comity chain migrate --to /mnt/large/chain.duckdb',
  ],
  async run(desk, _args, flags) {
    const to = String(flags.to)
    const path = chainFile(desk.home)
    await desk.lock()
    if (!existsSync(path))
      stop('LEDGER_EMPTY', 'There is nothing to move: the data folder holds no ledger.', {
        place: path,
        fix: 'Import data first: comity chain import.',
      })
    const folder = flags.folder === undefined ? join(desk.home, 'migration') : resolve(String(flags.folder))
    const stores = await import('../../chains/store/index.ts')
    let target: MoveTarget
    let place: string
    if (isStoreUrl(to)) {
      const server = parseStoreUrl(to, flags.cluster === undefined ? null : String(flags.cluster))
      place = `${server.url}/${server.database}`
      target = await stores.clickHouseMoveTarget(await stores.clickHouseAt(server, desk.environment, true))
    } else {
      if (flags.cluster !== undefined)
        stop('FLAG_VALUE', 'A file has no cluster.', { place: '--cluster', fix: 'Leave it away, or name a server.' })
      place = resolve(to)
      target = await stores.duckDbMoveTarget(place)
    }
    const moved = await stores.moveChainStore({ path, folder, target, progress: desk.progress })
    desk.progress.done()
    if (flags.folder === undefined) rmSync(folder, { recursive: true, force: true })
    return { exit: 0, json: toJson(place, moved), text: toText(to, place, moved) }
  },
}

function toJson(place: string, { state, pieces, taken, rows, bytes, manifest }: Moved): Json {
  return {
    to: place,
    state,
    pieces,
    taken,
    rows,
    bytes,
    chains: manifest.chains.map((one) => ({ ...one })),
    tables: manifest.tables.map(({ table, rows: of, digest }) => ({ table, rows: of, digest })),
    leftBehind: manifest.leftBehind.map((one) => ({ ...one })),
  }
}

function toText(to: string, place: string, moved: Moved): string {
  const { state, taken, rows, bytes, manifest } = moved
  return [
    state === 'known'
      ? `All of this is at ${place} already.`
      : `${state === 'resumed' ? 'Went on and moved' : 'Moved'} ${count(rows, 'row')} to ${place}: ${bytes.toLocaleString('en')} bytes of Parquet, ${count(taken, 'piece')} taken in.`,
    ...manifest.chains.map(({ chain, contentDigest }) => `  ${chain}: content ${contentDigest}, equal at both ends`),
    ...manifest.leftBehind.map(
      ({ name }) => `  ! ${plain(name)} stays behind: its import never ended. Import it there.`,
    ),
    ...(isStoreUrl(to) ? [`Use it from now on: comity chain store --url ${plain(to)}`] : []),
  ].join('\n')
}

import { existsSync } from 'node:fs'
import type { ClickHousePlace, StoreDescription } from '../../chains/store/index.ts'
import { type Json, stop } from '../../kernel/index.ts'
import type { CommandDefinition } from '../command.ts'
import { count, plain, table } from '../present.ts'
import { chainFile, parseStoreUrl, readStoreChoice, rememberStore } from '../store-choice.ts'

export const chainStore: CommandDefinition = {
  path: ['chain', 'store'],
  summary: 'Show where the ledger is kept; choose, make and check a ClickHouse server or cluster',
  about:
    'Without flags: shows and checks the store of the data folder. With --url: makes the database and the tables there if they are missing, checks them, and from then on keeps the ledger of this data folder there. What the data folder holds is not moved by this: see `comity chain migrate`. User and password are read from COMITY_CLICKHOUSE_USER and COMITY_CLICKHOUSE_PASSWORD and never remembered. Name one host of a cluster and no balancer.',
  arguments: [],
  options: [
    { flags: '--url <url>', help: 'clickhouse://HOST[:8123]/DATABASE, or clickhouses://HOST for HTTPS' },
    { flags: '--cluster <name>', help: 'distribute the tables over this cluster of the server' },
    { flags: '--embedded', help: 'keep the ledger in the data folder again' },
  ],
  examples: [
    'comity chain store',
    'comity chain store --url clickhouses://ch1.example.org/comity --cluster chains',
    'comity chain store --embedded',
  ],
  async run(desk, _args, flags) {
    const { url, cluster } = flags
    if (flags.embedded === true && url !== undefined)
      stop('FLAG_VALUE', '--embedded and --url contradict each other.', {
        place: '--embedded',
        fix: 'Give one of them.',
      })
    if (cluster !== undefined && url === undefined)
      stop('FLAG_VALUE', '--cluster goes with --url.', { place: '--cluster', fix: 'Name the server with --url.' })
    await desk.lock()
    if (flags.embedded === true) rememberStore(desk.home, null)
    const chosen = url === undefined ? null : parseStoreUrl(String(url), cluster === undefined ? null : String(cluster))
    const place = chosen ?? readStoreChoice(desk.home)
    const stores = await import('../../chains/store/index.ts')
    const described =
      place === null
        ? existsSync(chainFile(desk.home))
          ? await stores.describeDuckDbStore(chainFile(desk.home))
          : null
        : await stores.describeClickHouseStore(await stores.clickHouseAt(place, desk.environment, chosen !== null))
    const sound = described === null || described.problems.length === 0
    // What is not as it should be is shown, and not chosen.
    if (chosen && sound) rememberStore(desk.home, chosen)
    return {
      exit: sound ? 0 : 1,
      json: toJson(desk.home, place, described),
      text: toText(desk.home, place, described),
    }
  },
}

function toJson(home: string, place: ClickHousePlace | null, described: StoreDescription | null): Json {
  return {
    home,
    engine: described?.engine ?? 'DuckDB',
    version: described?.version ?? null,
    place: place?.url ?? chainFile(home),
    database: place?.database ?? null,
    cluster: place?.cluster ?? null,
    tables: (described?.tables ?? []).map((one) => ({ ...one })),
    bytes: described?.bytes ?? 0,
    shards: (described?.shards ?? []).map(({ shard, replicas }) => ({
      shard,
      replicas: replicas.map((one) => ({ ...one })),
    })),
    problems: described?.problems ?? [],
  }
}

function toText(home: string, place: ClickHousePlace | null, described: StoreDescription | null): string {
  if (described === null) return `Nothing is imported yet: the ledger will be kept in ${chainFile(home)} (DuckDB).`
  const where = place === null ? chainFile(home) : `${place.url}, database ${place.database}`
  const lines = [`${described.engine} ${described.version}: ${where}`]
  if (place?.cluster) {
    lines.push(`  cluster ${place.cluster}: ${count(described.shards.length, 'shard')}`)
    for (const { shard, replicas } of described.shards)
      lines.push(`    shard ${shard}: ${replicas.map(({ host, port }) => `${plain(host)}:${port}`).join(', ')}`)
  }
  lines.push(
    `  ${described.bytes.toLocaleString('en')} bytes on disk`,
    ...table(
      described.tables.map(({ name, rows, bytes }) => [
        `  ${name}`,
        count(rows, 'row'),
        bytes === null ? '' : `${bytes.toLocaleString('en')} bytes`,
      ]),
    ).split('\n'),
    ...described.problems.map((problem) => `  ! ${plain(problem)}`),
  )
  return lines.join('\n')
}

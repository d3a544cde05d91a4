/**
 * Where the chain store of a data folder is kept: in the folder, or on a ClickHouse server that `comity chain store --url`
 * chose. The choice is remembered in chain-store.json; user and password never are.
 */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ClickHousePlace } from '../chains/store/index.ts'
import { stop, strictJson } from '../kernel/index.ts'

const FILE = 'chain-store.json'

/** The DuckDB file of a data folder. */
export function chainFile(home: string): string {
  return join(home, 'chain.duckdb')
}

/** Null where the store is in the data folder. */
export function readStoreChoice(home: string): ClickHousePlace | null {
  const path = join(home, FILE)
  if (!existsSync(path)) return null
  const parsed = strictJson(readFileSync(path))
  const said = parsed.ok ? (parsed.value as Partial<Record<keyof ClickHousePlace, unknown>> | null) : null
  if (typeof said?.url !== 'string' || typeof said.database !== 'string') {
    return stop('CHAIN_STORE_CHOICE', 'The file that says where the chain store is kept cannot be read.', {
      place: path,
      fix: 'Choose the store again with `comity chain store --url`, or --embedded.',
    })
  }
  const cluster = typeof said.cluster === 'string' ? said.cluster : null
  return { url: said.url, database: said.database, cluster, keeper: said.keeper !== false }
}

export function rememberStore(home: string, place: ClickHousePlace | null): void {
  const path = join(home, FILE)
  if (place === null) {
    rmSync(path, { force: true })
    return
  }
  writeFileSync(`${path}.part`, `${JSON.stringify(place, null, 2)}\n`, { mode: 0o600, flush: true })
  renameSync(`${path}.part`, path)
}

/** `clickhouse://HOST[:8123]/DATABASE[?cluster=NAME]`; `clickhouses://` (port 8443) and https:// speak TLS. */
export function parseStoreUrl(text: string, cluster: string | null): ClickHousePlace {
  const url = URL.parse(text)
  const scheme = schemes[url?.protocol ?? '']
  if (!url || !scheme || url.hostname === '') {
    return refuse(text.replace(/\/\/[^/@]*@/, '//'), 'is no address of a ClickHouse server')
  }
  if (url.username !== '' || url.password !== '')
    refuse(`${url.protocol}//${url.host}`, 'holds a name or a password, which would be remembered and shown')
  for (const [name, value] of url.searchParams) {
    if (name === 'cluster' || (name === 'keeper' && value === 'no')) continue
    refuse(`?${name}`, 'is not a part that Comity knows')
  }
  const path = url.pathname.replace(/^\//, '')
  return {
    url: `${scheme.protocol}://${url.hostname}:${url.port === '' ? scheme.port : url.port}`,
    database: path === '' ? 'comity' : decodeURIComponent(path),
    cluster: cluster ?? url.searchParams.get('cluster'),
    keeper: url.searchParams.get('keeper') !== 'no',
  }
}

/** Is it an address of a server, and no path? */
export function isStoreUrl(text: string): boolean {
  return /^[a-z][a-z0-9+]*:\/\//i.test(text)
}

const schemes: Readonly<Record<string, { readonly protocol: 'http' | 'https'; readonly port: number }>> = {
  'clickhouse:': { protocol: 'http', port: 8123 },
  'http:': { protocol: 'http', port: 8123 },
  'clickhouses:': { protocol: 'https', port: 8443 },
  'https:': { protocol: 'https', port: 8443 },
}

function refuse(place: string, why: string): never {
  return stop('CHAIN_STORE_URL', `The URL ${why}.`, {
    place,
    fix: 'Write clickhouse://HOST:8123/DATABASE, or clickhouses:// for HTTPS, ?cluster=NAME for a cluster; credentials go into COMITY_CLICKHOUSE_USER and COMITY_CLICKHOUSE_PASSWORD.',
  })
}

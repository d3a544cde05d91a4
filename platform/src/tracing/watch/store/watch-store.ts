/**
 * The store of watches: what is watched, how far each chain was followed, the alarms, and the notices of them as an outbox.
 *
 * A step along a chain writes its blocks, alarms, notices and the new cursor in one transaction. A process that is killed
 * has taken the step or has not; nothing is missed and nothing is raised twice. Several processes may have the file open.
 */
import type { SourceFormat } from '../../../chains/index.ts'
import { openSqlite, type Sqlite, type SqliteRow } from '../../../io/sqlite.ts'
import { stop } from '../../../kernel/index.ts'
import {
  type Alarm,
  type Followed,
  matchBlock,
  type Notice,
  noticesOf,
  type Watch,
  type WatchedBlock,
  type WatchedOutput,
} from '../index.ts'
import {
  addressToDetail,
  alarmToDetail,
  detailToAddress,
  type FetchedFile,
  numberOrNull,
  outputToDetail,
  rowToAlarm,
  rowToFetched,
  rowToWatch,
  type StoredAlarm,
  type StoredNotice,
  type StoredWatch,
  textOrNull,
  type WatchedAddress,
} from './rows.ts'
import { type Sealer, unsealed } from './sealer.ts'
import { FORMAT, TABLES } from './tables.ts'
import { upgradeFile } from './upgrade.ts'
import { watchedSets } from './watched-set.ts'

/** Blocks below the tip that are remembered: two weeks of Bitcoin. A branch from before them is not followed by itself. */
const REMEMBERED = 2_016

export type Step = {
  readonly chain: string
  /** Where the step begins: the cursor as the caller saw it. */
  readonly from: Followed
  /** The last block that stays; below `from` after a reorganisation. */
  readonly fork: Followed
  /** The blocks after the fork, each on the one before. */
  readonly blocks: readonly WatchedBlock[]
  /** The files that hold them, for the ledger. */
  readonly files: readonly { readonly format: SourceFormat; readonly name: string }[]
}

export interface WatchStore {
  /** Adds watches, all or none; one with the id of another takes its place. */
  add(watches: readonly Watch[]): void
  /** How many of the named outputs of a watch were spent, in blocks up to a height. */
  movedOutputs(id: string, toHeight: number): number
  /** Puts the record of a trace that was run again, and its front, in the place of those before. Its alarms stay. */
  extend(id: string, record: string, front: readonly WatchedOutput[]): void
  /** The trace record of a watch, as it was last run. */
  recordOf(id: string): string | null
  /** Takes a watch, its alarms and their notices out of the file, so that no byte of them stays. */
  purge(id: string): void
  /** Whether there was such a watch. Its alarms stay. */
  remove(id: string): boolean
  watches(chain?: string): readonly StoredWatch[]
  /** Every watch of which something is here, those that have ended too. */
  ids(): readonly string[]
  /** The addresses of a watch, each with what joined it where the watch is of a cluster. */
  addressesOf(id: string): readonly WatchedAddress[]
  /** Puts these in the place of the addresses of a watch; they are watched from the next block on. */
  setAddresses(id: string, addresses: readonly WatchedAddress[]): void
  /** The number of the last notice of a watch in blocks up to a height; 0 where there is none. */
  lastNotice(id: string, toHeight: number): number

  cursor(chain: string): Followed | null
  /** Where following begins, where it has not begun yet or begins anew. */
  begin(chain: string, at: Followed): void
  /** Forgets how far a chain was followed; alarms, watches and files stay. */
  forget(chain: string): void
  remembered(chain: string): readonly Followed[]
  /** Refuses with FOLLOW_CURSOR_MOVED where another process was there first. */
  advance(step: Step, now: number): readonly StoredNotice[]

  /** A number that no file of answers has had. */
  nextFile(): number
  /** Files that are not in the ledger, the oldest first, at most `limit`, in sources that are the same when asked again. */
  waiting(chain: string, limit: number): readonly FetchedFile[]
  waitingBlocks(chain: string): number
  imported(seqs: readonly number[]): void

  alarm(id: string): StoredAlarm | null
  alarms(about: { readonly watch?: string; readonly chain?: string; readonly limit: number }): readonly StoredAlarm[]
  notices(after: number, limit: number): readonly StoredNotice[]
  /** How far a reader of the notices has come; 0 at first. */
  readTo(reader: string): number
  setReadTo(reader: string, seq: number): void
  close(): void
}

export function openWatchStore(path: string, sealer: Sealer = unsealed): WatchStore {
  const sqlite = openSqlite(path)
  prepare(sqlite, sealer)
  const sets = watchedSets(sqlite, sealer)
  const open = (row: SqliteRow): readonly Alarm[] => {
    const alarm = rowToAlarm(row, sealer)
    return alarm === null ? [] : [alarm]
  }

  function add(watches: readonly Watch[]): void {
    sqlite.writing(() => {
      for (const watch of watches) addOne(watch)
    })
    sets.forget()
  }

  function addOne({ id, chain, kind, subject, until, note, added, addresses, outputs, record }: Watch): void {
    sqlite.run(
      `INSERT INTO watch (id, chain, kind, subject, until_height, until_time, note, added, record)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET until_height = excluded.until_height, until_time = excluded.until_time,
         note = excluded.note, subject = excluded.subject, record = excluded.record, ended = 0`,
      id,
      chain,
      kind,
      subject,
      until !== null && 'height' in until ? until.height : null,
      until !== null && 'time' in until ? until.time : null,
      note,
      added,
      record === null ? null : sealer.seal(id, record),
    )
    sqlite.run('DELETE FROM watched_address WHERE watch = ?', id)
    // What stays named keeps the mark that it was spent: a trace that has not been extended yet still is to be.
    sqlite.run(
      'DELETE FROM watched_output WHERE watch = ? AND named = 1 AND token NOT IN (SELECT value FROM json_each(?))',
      id,
      JSON.stringify(outputs.map(({ output }) => sealer.token('output', output))),
    )
    for (const address of new Set(addresses)) member(chain, id, { address, why: null })
    for (const output of outputs) hold(chain, id, output, true)
  }

  function member(chain: string, watch: string, one: WatchedAddress): void {
    const detail = sealer.seal(watch, addressToDetail(one))
    if (detail !== null)
      sqlite.run(
        'INSERT INTO watched_address (chain, token, watch, detail) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
        chain,
        sealer.token('address', one.address),
        watch,
        detail,
      )
  }

  function hold(chain: string, watch: string, held: WatchedOutput, named: boolean): void {
    const detail = sealer.seal(watch, outputToDetail(held))
    if (detail !== null)
      sqlite.run(
        `INSERT INTO watched_output (chain, token, watch, detail, named) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO NOTHING`,
        chain,
        sealer.token('output', held.output),
        watch,
        detail,
        named ? 1 : 0,
      )
  }

  function advance({ chain, from, fork, blocks, files }: Step, now: number): readonly StoredNotice[] {
    return sqlite.writing(() => {
      const cursor = cursorOf(sqlite, chain)
      if (cursor?.hash !== from.hash || cursor.height !== from.height)
        stop('FOLLOW_CURSOR_MOVED', `Another process has followed ${chain} to ${cursor?.height ?? 'nowhere'}.`, {
          fix: 'Let one process follow a chain.',
        })
      const rolledBack = sqlite
        .rows('SELECT * FROM alarm WHERE chain = ? AND height > ? AND stands = 1', chain, fork.height)
        .flatMap(open)
      sqlite.run('DELETE FROM followed_block WHERE chain = ? AND height > ?', chain, fork.height)
      sqlite.run(
        'UPDATE watched_output SET spent_height = NULL WHERE chain = ? AND spent_height > ?',
        chain,
        fork.height,
      )
      const watched = sets.of(chain)
      const found: Alarm[] = []
      for (const block of blocks) {
        const { alarms, held } = matchBlock(block, watched)
        found.push(...alarms)
        for (const one of held) hold(chain, one.watch, one, false)
        for (const { direction, output } of alarms)
          if (direction === 'out' && output !== null)
            sqlite.run(
              'UPDATE watched_output SET spent_height = ? WHERE chain = ? AND token = ?',
              block.height,
              chain,
              sealer.token('output', output),
            )
        sqlite.run('INSERT INTO followed_block (chain, height, hash) VALUES (?, ?, ?)', chain, block.height, block.hash)
      }
      const notices = noticesOf(rolledBack, found, (id) => {
        const row = sqlite.row('SELECT * FROM alarm WHERE token = ?', sealer.token('alarm', id))
        const [alarm] = row === null ? [] : open(row)
        return row === null || alarm === undefined ? null : { alarm, stands: row.stands === 1 }
      })
      const stored = notices.flatMap((notice) => keep(notice, now) ?? [])
      const tip = blocks.at(-1) ?? fork
      setCursor(sqlite, chain, tip)
      const oldest = tip.height - REMEMBERED
      sqlite.run('DELETE FROM followed_block WHERE chain = ? AND height < ?', chain, oldest)
      sqlite.run('DELETE FROM watched_output WHERE chain = ? AND spent_height < ? AND named = 0', chain, oldest)
      for (const { format, name } of files)
        sqlite.run(
          'INSERT INTO fetched (chain, format, name, from_height, to_height) VALUES (?, ?, ?, ?, ?)',
          chain,
          format,
          name,
          blocks[0]?.height ?? tip.height,
          tip.height,
        )
      return stored
    })
  }

  function keep({ kind, alarm }: Notice, now: number): StoredNotice | null {
    const { id, chain, watch, block } = alarm
    const { height, hash, time } = block
    const detail = sealer.seal(watch, alarmToDetail(alarm))
    if (detail === null) return null
    const token = sealer.token('alarm', id)
    sqlite.run(
      `INSERT INTO alarm (token, chain, watch, detail, height, hash, time, stands) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (token) DO UPDATE SET height = excluded.height, hash = excluded.hash, time = excluded.time, stands = excluded.stands`,
      token,
      chain,
      watch,
      detail,
      height,
      hash,
      time,
      kind === 'withdrawn' ? 0 : 1,
    )
    const row = sqlite.row(
      'INSERT INTO notice (alarm, kind, height, hash, time, at) VALUES (?, ?, ?, ?, ?, ?) RETURNING seq',
      token,
      kind,
      height,
      hash,
      time,
      now,
    )
    return { seq: Number(row?.seq), kind, alarm, at: now }
  }

  return {
    add,
    remove(id) {
      const there = sqlite.writing(() => {
        const row = sqlite.row('SELECT id FROM watch WHERE id = ? AND ended = 0', id)
        sqlite.run('UPDATE watch SET ended = 1 WHERE id = ?', id)
        return row !== null
      })
      sets.forget()
      return there
    },
    movedOutputs: (id, toHeight) =>
      Number(
        sqlite.row(
          'SELECT count(*) AS moved FROM watched_output WHERE watch = ? AND named = 1 AND spent_height <= ?',
          id,
          toHeight,
        )?.moved,
      ),
    extend: (id, record, front) =>
      sqlite.writing(() => {
        const chain = sqlite.row('SELECT chain FROM watch WHERE id = ?', id)?.chain
        if (chain === undefined) return
        sqlite.run('UPDATE watch SET record = ? WHERE id = ?', sealer.seal(id, record), id)
        // What was spent above the ledger's tip keeps that mark: the next extension looks for it.
        const spent = new Map(
          sqlite
            .rows('SELECT token, spent_height FROM watched_output WHERE watch = ? AND spent_height IS NOT NULL', id)
            .map(({ token, spent_height }) => [String(token), Number(spent_height)]),
        )
        sqlite.run('DELETE FROM watched_output WHERE watch = ? AND named = 1', id)
        for (const output of front) {
          hold(String(chain), id, output, true)
          const token = sealer.token('output', output.output)
          const height = spent.get(token)
          if (height !== undefined)
            sqlite.run('UPDATE watched_output SET spent_height = ? WHERE watch = ? AND token = ?', height, id, token)
        }
      }),
    purge(id) {
      sqlite.writing(() => {
        sqlite.run('DELETE FROM notice WHERE alarm IN (SELECT token FROM alarm WHERE watch = ?)', id)
        for (const table of ['alarm', 'watched_address', 'watched_output'])
          sqlite.run(`DELETE FROM ${table} WHERE watch = ?`, id)
        sqlite.run('DELETE FROM watch WHERE id = ?', id)
      })
      // Else what was deleted stands in the log of the file until somebody writes enough.
      sqlite.script('PRAGMA wal_checkpoint(TRUNCATE)')
      sets.forget()
    },
    watches: (chain) =>
      sqlite
        .rows(
          `SELECT w.*, (SELECT count(*) FROM watched_address a WHERE a.watch = w.id) AS addresses,
             (SELECT count(*) FROM watched_output o WHERE o.watch = w.id AND o.named = 1) AS outputs,
             (SELECT count(*) FROM alarm l WHERE l.watch = w.id AND l.stands = 1) AS alarms
           FROM watch w WHERE ended = 0 AND (?1 IS NULL OR chain = ?1) ORDER BY added, id`,
          chain ?? null,
        )
        .map(rowToWatch),
    ids: () => sqlite.rows('SELECT id FROM watch ORDER BY id').map(({ id }) => String(id)),
    recordOf: (id) => {
      const record = textOrNull(sqlite.row('SELECT record FROM watch WHERE id = ?', id)?.record)
      return record === null ? null : sealer.open(id, record)
    },
    addressesOf: (id) =>
      sqlite.rows('SELECT detail FROM watched_address WHERE watch = ? ORDER BY token', id).flatMap(({ detail }) => {
        const opened = sealer.open(id, String(detail))
        return opened === null ? [] : [detailToAddress(opened)]
      }),
    setAddresses(id, addresses) {
      sqlite.writing(() => {
        const chain = sqlite.row('SELECT chain FROM watch WHERE id = ?', id)?.chain
        if (chain === undefined) return
        sqlite.run('DELETE FROM watched_address WHERE watch = ?', id)
        for (const one of addresses) member(String(chain), id, one)
      })
      sets.forget()
    },
    lastNotice: (id, toHeight) =>
      Number(
        sqlite.row(
          `SELECT coalesce(max(n.seq), 0) AS seq FROM notice n JOIN alarm a ON a.token = n.alarm
           WHERE a.watch = ? AND n.height <= ?`,
          id,
          toHeight,
        )?.seq,
      ),

    cursor: (chain) => cursorOf(sqlite, chain),
    begin: (chain, at) =>
      sqlite.writing(() => {
        sqlite.run('DELETE FROM followed_block WHERE chain = ?', chain)
        sqlite.run('INSERT INTO followed_block (chain, height, hash) VALUES (?, ?, ?)', chain, at.height, at.hash)
        setCursor(sqlite, chain, at)
      }),
    forget: (chain) =>
      sqlite.writing(() => {
        sqlite.run('DELETE FROM follow WHERE chain = ?', chain)
        sqlite.run('DELETE FROM followed_block WHERE chain = ?', chain)
      }),
    remembered: (chain) =>
      sqlite
        .rows('SELECT height, hash FROM followed_block WHERE chain = ? ORDER BY height', chain)
        .map(({ height, hash }) => ({ height: Number(height), hash: String(hash) })),
    advance,

    nextFile: () => Number(sqlite.row('SELECT coalesce(max(seq), 0) + 1 AS next FROM fetched')?.next),
    waiting: (chain, limit) => waitingFiles(sqlite, chain, limit),
    waitingBlocks: (chain) =>
      Number(
        sqlite.row(
          `SELECT coalesce(sum(to_height - from_height + 1), 0) AS blocks FROM
             (SELECT DISTINCT from_height, to_height FROM fetched WHERE chain = ? AND imported = 0)`,
          chain,
        )?.blocks,
      ),
    imported: (seqs) =>
      sqlite.writing(() => {
        for (const seq of seqs) sqlite.run('UPDATE fetched SET imported = 1 WHERE seq = ?', seq)
      }),

    alarm: (id) => {
      const row = sqlite.row('SELECT * FROM alarm WHERE token = ?', sealer.token('alarm', id))
      const [alarm] = row === null ? [] : open(row)
      return row === null || alarm === undefined ? null : { ...alarm, stands: row.stands === 1 }
    },
    alarms: ({ watch, chain, limit }) =>
      sqlite
        .rows(
          `SELECT * FROM alarm WHERE (?1 IS NULL OR watch = ?1) AND (?2 IS NULL OR chain = ?2)
           ORDER BY height DESC, token LIMIT ?3`,
          watch ?? null,
          chain ?? null,
          limit,
        )
        .flatMap((row) => open(row).map((alarm) => ({ ...alarm, stands: row.stands === 1 }))),
    notices: (after, limit) =>
      sqlite
        .rows(
          `SELECT n.seq, n.kind, n.at, a.chain, a.watch, a.detail, n.height, n.hash, n.time
           FROM notice n JOIN alarm a ON a.token = n.alarm WHERE n.seq > ? ORDER BY n.seq LIMIT ?`,
          after,
          limit,
        )
        .flatMap((row) =>
          open(row).map((alarm) => ({
            seq: Number(row.seq),
            kind: String(row.kind) as StoredNotice['kind'],
            alarm,
            at: Number(row.at),
          })),
        ),
    readTo: (reader) => numberOrNull(sqlite.row('SELECT seq FROM reader WHERE name = ?', reader)?.seq) ?? 0,
    setReadTo: (reader, seq) =>
      sqlite.run(
        'INSERT INTO reader (name, seq) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET seq = excluded.seq',
        reader,
        seq,
      ),
    close: () => sqlite.close(),
  }
}

function prepare(sqlite: Sqlite, sealer: Sealer): void {
  const old = sqlite.writing(() => {
    const format = Number(sqlite.row('PRAGMA user_version')?.user_version)
    if (format === 0) sqlite.script(TABLES)
    else if (format === 1) upgradeFile(sqlite, sealer)
    else if (format !== FORMAT)
      stop('WATCH_FORMAT', `The file of watches has format ${format}; this version knows ${FORMAT}.`, {
        fix: 'Use the version of Comity that wrote it, or a newer one.',
      })
    return format === 1
  })
  // Else what was overwritten stands in the log of the file until somebody writes enough.
  if (old) sqlite.script('PRAGMA wal_checkpoint(TRUNCATE)')
}

/**
 * Files are joined to sources once and stay so, since a source is known by its bytes: an import that was interrupted is
 * found again. All files that wait when somebody asks become one source for each format.
 */
function waitingFiles(sqlite: Sqlite, chain: string, limit: number): readonly FetchedFile[] {
  return sqlite.writing(() => {
    const first = sqlite.row(
      'SELECT source, format FROM fetched WHERE chain = ? AND imported = 0 ORDER BY source IS NULL, seq LIMIT 1',
      chain,
    )
    if (first === null) return []
    const { format } = first
    let source = numberOrNull(first.source)
    if (source === null) {
      const next = sqlite.row('SELECT coalesce(max(source), 0) + 1 AS next FROM fetched')
      source = Number(next?.next)
      sqlite.run(
        `UPDATE fetched SET source = ? WHERE seq IN (SELECT seq FROM fetched
           WHERE chain = ? AND format = ? AND imported = 0 AND source IS NULL ORDER BY seq LIMIT ?)`,
        source,
        chain,
        String(format),
        limit,
      )
    }
    return sqlite.rows('SELECT * FROM fetched WHERE source = ? ORDER BY seq', source).map(rowToFetched)
  })
}

function cursorOf(sqlite: Sqlite, chain: string): Followed | null {
  const row = sqlite.row('SELECT height, hash FROM follow WHERE chain = ?', chain)
  return row === null ? null : { height: Number(row.height), hash: String(row.hash) }
}

function setCursor(sqlite: Sqlite, chain: string, { height, hash }: Followed): void {
  sqlite.run(
    `INSERT INTO follow (chain, height, hash) VALUES (?, ?, ?)
     ON CONFLICT (chain) DO UPDATE SET height = excluded.height, hash = excluded.hash`,
    chain,
    height,
    hash,
  )
}

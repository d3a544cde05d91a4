/** The tables of watch.sqlite. */

export const FORMAT = 1

/** Statements that make an empty file into a store of this format. */
export const TABLES = `
CREATE TABLE watch (
  id TEXT PRIMARY KEY, chain TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL,
  until_height INTEGER, until_time INTEGER, note TEXT, added INTEGER NOT NULL, ended INTEGER NOT NULL DEFAULT 0,
  record TEXT
) STRICT;
CREATE TABLE watched_address (
  chain TEXT NOT NULL, address TEXT NOT NULL, watch TEXT NOT NULL REFERENCES watch (id), PRIMARY KEY (chain, address, watch)
) STRICT, WITHOUT ROWID;
CREATE TABLE watched_output (
  chain TEXT NOT NULL, output TEXT NOT NULL, watch TEXT NOT NULL REFERENCES watch (id), address TEXT, amount TEXT,
  named INTEGER NOT NULL, spent_height INTEGER, PRIMARY KEY (chain, output, watch)
) STRICT, WITHOUT ROWID;
CREATE INDEX watched_output_spent ON watched_output (chain, spent_height) WHERE spent_height IS NOT NULL;
CREATE TABLE follow (
  chain TEXT PRIMARY KEY, height INTEGER NOT NULL, hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE followed_block (
  chain TEXT NOT NULL, height INTEGER NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (chain, height)
) STRICT, WITHOUT ROWID;
CREATE TABLE alarm (
  id TEXT PRIMARY KEY, chain TEXT NOT NULL, watch TEXT NOT NULL, txid TEXT NOT NULL, place TEXT NOT NULL,
  direction TEXT NOT NULL, address TEXT, output TEXT, asset TEXT NOT NULL, amount TEXT,
  height INTEGER NOT NULL, hash TEXT NOT NULL, time INTEGER, stands INTEGER NOT NULL
) STRICT;
CREATE INDEX alarm_height ON alarm (chain, height);
CREATE TABLE notice (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, alarm TEXT NOT NULL REFERENCES alarm (id), kind TEXT NOT NULL,
  height INTEGER NOT NULL, hash TEXT NOT NULL, time INTEGER, at INTEGER NOT NULL
) STRICT;
CREATE TABLE fetched (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, chain TEXT NOT NULL, format TEXT NOT NULL, name TEXT NOT NULL,
  from_height INTEGER NOT NULL, to_height INTEGER NOT NULL, source INTEGER, imported INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX fetched_waiting ON fetched (chain, seq) WHERE imported = 0;
CREATE TABLE reader (name TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
PRAGMA user_version = ${FORMAT};
`

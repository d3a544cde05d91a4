/** The tables of watch.sqlite. What may be sealed stands in `token` and `detail` (sealer.ts); the rest names nothing. */

export const FORMAT = 2

const SEALABLE = `
CREATE TABLE watched_address (
  chain TEXT NOT NULL, token TEXT NOT NULL, watch TEXT NOT NULL REFERENCES watch (id), detail TEXT NOT NULL,
  PRIMARY KEY (chain, token, watch)
) STRICT, WITHOUT ROWID;
CREATE TABLE watched_output (
  chain TEXT NOT NULL, token TEXT NOT NULL, watch TEXT NOT NULL REFERENCES watch (id), detail TEXT NOT NULL,
  named INTEGER NOT NULL, spent_height INTEGER, PRIMARY KEY (chain, token, watch)
) STRICT, WITHOUT ROWID;
CREATE INDEX watched_output_spent ON watched_output (chain, spent_height) WHERE spent_height IS NOT NULL;
CREATE TABLE alarm (
  token TEXT PRIMARY KEY, chain TEXT NOT NULL, watch TEXT NOT NULL, detail TEXT NOT NULL,
  height INTEGER NOT NULL, hash TEXT NOT NULL, time INTEGER, stands INTEGER NOT NULL
) STRICT;
CREATE INDEX alarm_height ON alarm (chain, height);
CREATE INDEX alarm_watch ON alarm (watch);
CREATE TABLE notice (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, alarm TEXT NOT NULL REFERENCES alarm (token), kind TEXT NOT NULL,
  height INTEGER NOT NULL, hash TEXT NOT NULL, time INTEGER, at INTEGER NOT NULL
) STRICT;
`

/** Statements that make an empty file into a store of this format. */
export const TABLES = `
CREATE TABLE watch (
  id TEXT PRIMARY KEY, chain TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL,
  until_height INTEGER, until_time INTEGER, note TEXT, added INTEGER NOT NULL, ended INTEGER NOT NULL DEFAULT 0,
  record TEXT
) STRICT;
${SEALABLE}
CREATE TABLE follow (
  chain TEXT PRIMARY KEY, height INTEGER NOT NULL, hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE followed_block (
  chain TEXT NOT NULL, height INTEGER NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (chain, height)
) STRICT, WITHOUT ROWID;
CREATE TABLE fetched (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, chain TEXT NOT NULL, format TEXT NOT NULL, name TEXT NOT NULL,
  from_height INTEGER NOT NULL, to_height INTEGER NOT NULL, source INTEGER, imported INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX fetched_waiting ON fetched (chain, seq) WHERE imported = 0;
CREATE TABLE reader (name TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
PRAGMA user_version = ${FORMAT};
`

/** Format 1 held texts as they are, in columns of their own: its tables are put aside, filled anew (upgrade.ts), and dropped. */
export const PUT_ASIDE = `
PRAGMA defer_foreign_keys = ON;
DROP INDEX watched_output_spent;
DROP INDEX alarm_height;
ALTER TABLE watched_address RENAME TO old_address;
ALTER TABLE watched_output RENAME TO old_output;
ALTER TABLE alarm RENAME TO old_alarm;
ALTER TABLE notice RENAME TO old_notice;
${SEALABLE}
`
export const DROP_OLD = `
DROP TABLE old_notice;
DROP TABLE old_alarm;
DROP TABLE old_output;
DROP TABLE old_address;
PRAGMA user_version = ${FORMAT};
`

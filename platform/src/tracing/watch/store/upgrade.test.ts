/** A file of format 1, in which texts lay as they are, opens as one of today, and says the same; sealed, it says nothing else. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openSqlite } from '../../../io/sqlite.ts'
import { newSecret, seal, unseal } from '../../../kernel/crypto/index.ts'
import { sha256Text, textToBytes } from '../../../kernel/index.ts'
import { alarmId } from '../index.ts'
import { openWatchStore, type Sealer, unsealed } from './index.ts'

const CHAIN = 'bip122:0f9188f13cb7b2c71f2a335e3a4fc328'
const folder = mkdtempSync(join(tmpdir(), 'comity-watch-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** As format 1 had them. */
const OLD = `
CREATE TABLE watch (id TEXT PRIMARY KEY, chain TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, until_height INTEGER,
  until_time INTEGER, note TEXT, added INTEGER NOT NULL, ended INTEGER NOT NULL DEFAULT 0, record TEXT) STRICT;
CREATE TABLE watched_address (chain TEXT NOT NULL, address TEXT NOT NULL, watch TEXT NOT NULL REFERENCES watch (id),
  PRIMARY KEY (chain, address, watch)) STRICT, WITHOUT ROWID;
CREATE TABLE watched_output (chain TEXT NOT NULL, output TEXT NOT NULL, watch TEXT NOT NULL REFERENCES watch (id), address TEXT,
  amount TEXT, named INTEGER NOT NULL, spent_height INTEGER, PRIMARY KEY (chain, output, watch)) STRICT, WITHOUT ROWID;
CREATE INDEX watched_output_spent ON watched_output (chain, spent_height) WHERE spent_height IS NOT NULL;
CREATE TABLE follow (chain TEXT PRIMARY KEY, height INTEGER NOT NULL, hash TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE followed_block (chain TEXT NOT NULL, height INTEGER NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (chain, height)) STRICT, WITHOUT ROWID;
CREATE TABLE alarm (id TEXT PRIMARY KEY, chain TEXT NOT NULL, watch TEXT NOT NULL, txid TEXT NOT NULL, place TEXT NOT NULL,
  direction TEXT NOT NULL, address TEXT, output TEXT, asset TEXT NOT NULL, amount TEXT, height INTEGER NOT NULL, hash TEXT NOT NULL,
  time INTEGER, stands INTEGER NOT NULL) STRICT;
CREATE INDEX alarm_height ON alarm (chain, height);
CREATE TABLE notice (seq INTEGER PRIMARY KEY AUTOINCREMENT, alarm TEXT NOT NULL REFERENCES alarm (id), kind TEXT NOT NULL,
  height INTEGER NOT NULL, hash TEXT NOT NULL, time INTEGER, at INTEGER NOT NULL) STRICT;
CREATE TABLE fetched (seq INTEGER PRIMARY KEY AUTOINCREMENT, chain TEXT NOT NULL, format TEXT NOT NULL, name TEXT NOT NULL,
  from_height INTEGER NOT NULL, to_height INTEGER NOT NULL, source INTEGER, imported INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX fetched_waiting ON fetched (chain, seq) WHERE imported = 0;
CREATE TABLE reader (name TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
PRAGMA user_version = 1;
`
const ID = alarmId(CHAIN, 'aa', 'out:0', 'w')

function oldFile(name: string): string {
  const path = join(folder, name)
  const sqlite = openSqlite(path)
  sqlite.script(OLD)
  sqlite.script(`
    INSERT INTO watch (id, chain, kind, subject, added) VALUES ('w', '${CHAIN}', 'address', 'w', 7);
    INSERT INTO watched_address VALUES ('${CHAIN}', 'mAlice', 'w');
    INSERT INTO watched_output VALUES ('${CHAIN}', 'aa:0', 'w', 'mAlice', '5', 0, NULL);
    INSERT INTO follow VALUES ('${CHAIN}', 7, 'h7');
    INSERT INTO alarm VALUES ('${ID}', '${CHAIN}', 'w', 'aa', 'out:0', 'in', 'mAlice', 'aa:0', 'asset', '5', 7, 'h7', 70, 1);
    INSERT INTO notice (seq, alarm, kind, height, hash, time, at) VALUES (3, '${ID}', 'raised', 7, 'h7', 70, 900);
    INSERT INTO reader VALUES ('cases', 2);
  `)
  sqlite.close()
  return path
}

const key = newSecret()
const sealed: Sealer = {
  token: (kind, text) => sha256Text(`${kind} ${text} under a key`),
  seal: (watch, text) => Buffer.from(seal(key, textToBytes(text), watch)).toString('base64'),
  open: (watch, text) => {
    const plain = unseal(key, Buffer.from(text, 'base64'), watch)
    return plain.ok ? new TextDecoder().decode(plain.value) : null
  },
}

test.each<[string, Sealer]>([
  ['as they are', unsealed],
  ['sealed', sealed],
])('a file of the format before keeps its watches, alarms and numbers: %s', (name, sealer) => {
  const store = openWatchStore(oldFile(name), sealer)
  expect(store.addressesOf('w')).toEqual([{ address: 'mAlice', why: null }])
  const alarm = { id: ID, chain: CHAIN, watch: 'w', txid: 'aa', place: 'out:0', direction: 'in' }
  expect(store.notices(store.readTo('cases'), 10)).toMatchObject([{ seq: 3, kind: 'raised', at: 900, alarm }])
  expect(store.alarm(ID)).toMatchObject({ ...alarm, address: 'mAlice', amount: 5n, stands: true })
  // It goes on where it was: the output that came before is known when it is spent, and a new number is given.
  const spend = { txid: 'bb', place: 'in:0', direction: 'out', output: 'aa:0', asset: 'asset' } as const
  const block = { chain: CHAIN, height: 8, hash: 'h8', prevHash: 'h7', time: 80 }
  const at = { height: 7, hash: 'h7' }
  const movements = [{ ...spend, address: null, amount: null }]
  const told = store.advance({ chain: CHAIN, from: at, fork: at, blocks: [{ ...block, movements }], files: [] }, 1_000)
  expect(told).toMatchObject([{ seq: 4, kind: 'raised', alarm: { txid: 'bb', address: 'mAlice', amount: 5n } }])
  store.close()
  const bytes = readdirSync(folder)
    .filter((file) => file.startsWith(name))
    .map((file) => readFileSync(join(folder, file), 'latin1'))
    .join('')
  for (const text of ['mAlice', '"aa"', ID, 'aa:0']) expect(bytes.includes(text), text).toBe(sealer === unsealed)
})

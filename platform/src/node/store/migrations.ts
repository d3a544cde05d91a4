/** The schema of the node's database. Forward only; an applied migration never changes. */

import { custodyMigrations } from '../../evidence/store/custody.ts'
import type { Migration } from '../../io/postgres/index.ts'
import { attachmentMigrations } from '../exchange/attachment-tables.ts'
import { journalsOfOthersMigrations } from '../exchange/journal-tables.ts'
import { exchangeMigrations } from '../exchange/message-tables.ts'

export const migrations: readonly Migration[] = [
  {
    id: '0001-records-and-journal',
    sql: `
-- Every version of every record. What a record says is sealed under the key of its case, or of the node.
CREATE TABLE record (
  kind text NOT NULL,
  id text NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  case_id uuid,
  sealed bytea NOT NULL,
  at timestamptz(3) NOT NULL,
  PRIMARY KEY (kind, id, version)
);
-- The version that holds now. Its row is locked by whoever writes the next one.
CREATE TABLE record_head (
  kind text NOT NULL,
  id text NOT NULL,
  version integer NOT NULL,
  case_id uuid,
  PRIMARY KEY (kind, id),
  FOREIGN KEY (kind, id, version) REFERENCES record DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX record_head_by_case ON record_head (case_id, kind, id);
-- Values under which records are found again, as keyed hashes.
CREATE TABLE record_ref (
  kind text NOT NULL,
  ref text NOT NULL,
  token bytea NOT NULL CHECK (length(token) = 32),
  id text NOT NULL,
  PRIMARY KEY (kind, ref, token, id),
  FOREIGN KEY (kind, id) REFERENCES record_head ON DELETE CASCADE
);
CREATE INDEX record_ref_by_record ON record_ref (kind, id);

-- Entries of the journal. They get their place in the log (log_index) in the order of seq, shortly after the commit.
CREATE TABLE journal_entry (
  seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  id uuid PRIMARY KEY,
  event text NOT NULL,
  subject text NOT NULL,
  case_id uuid,
  at timestamptz(3) NOT NULL,
  sealed bytea NOT NULL,
  leaf bytea NOT NULL CHECK (length(leaf) BETWEEN 1 AND 65535),
  log_index bigint UNIQUE
);
CREATE INDEX journal_entry_pending ON journal_entry (seq) WHERE log_index IS NULL;
CREATE INDEX journal_entry_by_case ON journal_entry (case_id, seq);

CREATE TABLE idempotency (
  actor text NOT NULL,
  key text NOT NULL,
  action text NOT NULL,
  request bytea NOT NULL,
  answer bytea NOT NULL,
  case_id uuid,
  at timestamptz(3) NOT NULL,
  PRIMARY KEY (actor, key)
);

-- How far each webhook has been told.
CREATE TABLE webhook_place (webhook text PRIMARY KEY, heard bigint NOT NULL);

-- WebAuthn challenges and other one-time values: each is used once, and soon.
CREATE TABLE challenge (
  id text PRIMARY KEY,
  purpose text NOT NULL,
  body jsonb NOT NULL,
  expires_at timestamptz NOT NULL
);

-- What is written stays written. (This stops the application and ordinary roles; a superuser is found out by the log.)
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE FUNCTION only_place_in_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.log_index IS NULL AND NEW.log_index IS NOT NULL
     AND (OLD.seq, OLD.id, OLD.event, OLD.subject, OLD.case_id, OLD.at, OLD.sealed, OLD.leaf)
       IS NOT DISTINCT FROM (NEW.seq, NEW.id, NEW.event, NEW.subject, NEW.case_id, NEW.at, NEW.sealed, NEW.leaf)
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'journal_entry is append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON record FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER journal_stays BEFORE DELETE ON journal_entry FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER journal_entry_stays BEFORE UPDATE ON journal_entry FOR EACH ROW EXECUTE FUNCTION only_place_in_log();
CREATE TRIGGER record_not_emptied BEFORE TRUNCATE ON record FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER journal_not_emptied BEFORE TRUNCATE ON journal_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
`,
  },
  ...custodyMigrations,
  {
    id: '0020-anchors',
    sql: `
-- What outside authorities have stamped: checkpoints of the journal, which are public, and their answers.
CREATE TABLE anchor (
  size bigint NOT NULL CHECK (size >= 0),
  authority text NOT NULL,
  checkpoint bytea NOT NULL,
  token bytea NOT NULL,
  nonce bytea NOT NULL,
  at timestamptz(3) NOT NULL,
  PRIMARY KEY (size, authority)
);
CREATE TRIGGER anchor_stays BEFORE UPDATE OR DELETE ON anchor FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER anchor_not_emptied BEFORE TRUNCATE ON anchor FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
`,
  },
  {
    id: '0021-place-in-log',
    sql: `
-- The same rule as only_place_in_log, as a condition of the trigger: no function is called for each entry that gets its place.
DROP TRIGGER journal_entry_stays ON journal_entry;
CREATE TRIGGER journal_entry_stays BEFORE UPDATE ON journal_entry FOR EACH ROW
  WHEN (NOT (OLD.log_index IS NULL AND NEW.log_index IS NOT NULL
    AND (OLD.seq, OLD.id, OLD.event, OLD.subject, OLD.case_id, OLD.at, OLD.sealed, OLD.leaf)
      IS NOT DISTINCT FROM (NEW.seq, NEW.id, NEW.event, NEW.subject, NEW.case_id, NEW.at, NEW.sealed, NEW.leaf)))
  EXECUTE FUNCTION refuse_change();
DROP FUNCTION only_place_in_log();
`,
  },
  ...exchangeMigrations,
  ...attachmentMigrations,
  ...journalsOfOthersMigrations,
]

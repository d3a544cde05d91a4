/** The tables of the exchange. What a message says is sealed; of how it travels, only what a worker asks for stands in columns. */
import type { Migration } from '../../io/postgres/index.ts'

export const exchangeMigrations: readonly Migration[] = [
  {
    id: '0030-exchange',
    sql: `
CREATE TABLE exchange (
  id text PRIMARY KEY CHECK (id ~ '^[0-9a-f]{64}$'),
  opener text NOT NULL,
  other text NOT NULL CHECK (other <> opener),
  at timestamptz(3) NOT NULL
);
CREATE TRIGGER exchange_stays BEFORE UPDATE OR DELETE ON exchange FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER exchange_not_emptied BEFORE TRUNCATE ON exchange FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Ours. Its version counts what became of it; attempts, times and leases come and go without one.
CREATE TABLE message_out (
  id text PRIMARY KEY,
  version integer NOT NULL DEFAULT 1,
  peer text NOT NULL,
  exchange text NOT NULL REFERENCES exchange,
  opens boolean NOT NULL,
  seq integer NOT NULL CHECK (seq > 0),
  digest text NOT NULL,
  type text NOT NULL,
  case_id uuid,
  sealed bytea NOT NULL,
  deadline timestamptz(3) NOT NULL,
  state text NOT NULL CHECK (state IN ('queued', 'accepted', 'rejected', 'non-delivered', 'quarantined', 'conflict')),
  attempts integer NOT NULL DEFAULT 0,
  next_at timestamptz(3) NOT NULL,
  leased_until timestamptz(3) NOT NULL,
  problem text,
  problem_times integer NOT NULL DEFAULT 0,
  receipt bytea,
  skip bytea,
  skipped boolean NOT NULL DEFAULT false,
  at timestamptz(3) NOT NULL,
  UNIQUE (exchange, seq)
);
CREATE INDEX message_out_due ON message_out (peer, next_at) WHERE state IN ('queued', 'non-delivered');
CREATE INDEX message_out_leased ON message_out (peer, leased_until) WHERE state IN ('queued', 'non-delivered');
CREATE INDEX message_out_deadline ON message_out (deadline) WHERE state = 'queued';

-- Theirs. One row for each message, and one for each place of which the sender has said that it stays empty.
CREATE TABLE message_in (
  sender text NOT NULL,
  id text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  exchange text NOT NULL,
  seq integer NOT NULL CHECK (seq > 0),
  prev text,
  digest text NOT NULL,
  type text NOT NULL,
  case_id uuid,
  sealed bytea NOT NULL,
  state text NOT NULL CHECK (state IN ('accepted', 'rejected', 'held', 'skipped')),
  receipt bytea,
  at timestamptz(3) NOT NULL,
  PRIMARY KEY (sender, id),
  UNIQUE (exchange, sender, seq)
);
CREATE FUNCTION only_held_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a message that was settled stays' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER message_in_stays BEFORE UPDATE OR DELETE ON message_in FOR EACH ROW
  WHEN (OLD.state <> 'held') EXECUTE FUNCTION only_held_changes();
CREATE TRIGGER message_in_not_emptied BEFORE TRUNCATE ON message_in FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
`,
  },
  {
    id: '0031-message-filed',
    sql: `
-- What belonged to no case may come under the key of one, once; nothing else of a message that was settled changes.
DROP TRIGGER message_in_stays ON message_in;
DROP FUNCTION only_held_changes();
CREATE TRIGGER message_in_stays BEFORE UPDATE ON message_in FOR EACH ROW
  WHEN (OLD.state <> 'held' AND NOT (OLD.case_id IS NULL AND NEW.case_id IS NOT NULL AND NEW.version = OLD.version + 1
    AND (NEW.sender, NEW.id, NEW.exchange, NEW.seq, NEW.prev, NEW.digest, NEW.type, NEW.state, NEW.receipt)
      IS NOT DISTINCT FROM (OLD.sender, OLD.id, OLD.exchange, OLD.seq, OLD.prev, OLD.digest, OLD.type, OLD.state, OLD.receipt)))
  EXECUTE FUNCTION refuse_change();
CREATE TRIGGER message_in_kept BEFORE DELETE ON message_in FOR EACH ROW EXECUTE FUNCTION refuse_change();
`,
  },
]

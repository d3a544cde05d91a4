/** The tables around journals: what was cosigned for others, what others cosigned here, what was seen of theirs, and proofs of receipts. */
import type { Migration } from '../../io/postgres/index.ts'

export const journalsOfOthersMigrations: readonly Migration[] = [
  {
    id: '0033-witnesses',
    sql: `
-- As a witness: the largest tree of each journal that was cosigned here. It only grows.
CREATE TABLE witness_tree (
  origin text PRIMARY KEY,
  agency text NOT NULL,
  size bigint NOT NULL CHECK (size >= 0),
  root bytea NOT NULL,
  checkpoint bytea NOT NULL,
  at timestamptz(3) NOT NULL
);
CREATE FUNCTION witness_never_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR NEW.origin <> OLD.origin OR NEW.size < OLD.size
     OR (NEW.size = OLD.size AND OLD.size > 0 AND NEW.root <> OLD.root) THEN
    RAISE EXCEPTION 'a witness goes back for nobody' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER witness_tree_grows BEFORE UPDATE OR DELETE ON witness_tree FOR EACH ROW EXECUTE FUNCTION witness_never_back();
CREATE TRIGGER witness_tree_not_emptied BEFORE TRUNCATE ON witness_tree FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Of this journal: its last checkpoints with the cosignatures on each.
CREATE TABLE cosigned_checkpoint (
  size bigint PRIMARY KEY,
  note bytea NOT NULL,
  witnesses integer NOT NULL,
  at timestamptz(3) NOT NULL
);

-- Of journals of others: the last checkpoint that was found to continue the one before.
CREATE TABLE peer_log (
  agency text PRIMARY KEY,
  size bigint NOT NULL,
  root bytea NOT NULL,
  checkpoint bytea NOT NULL,
  at timestamptz(3) NOT NULL
);

-- Journals that told two stories: the proof, signed by this agency, for whoever needs to be shown.
CREATE TABLE journal_fork (
  id text PRIMARY KEY,
  agency text NOT NULL,
  statement bytea NOT NULL,
  at timestamptz(3) NOT NULL
);
CREATE TRIGGER journal_fork_stays BEFORE UPDATE OR DELETE ON journal_fork FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER journal_fork_not_emptied BEFORE TRUNCATE ON journal_fork FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The entry in which a receipt of ours stands; and of receipts of others the proof that they stand in the journal of who gave them.
ALTER TABLE message_in ADD COLUMN entry uuid;
ALTER TABLE message_out ADD COLUMN proof bytea, ADD COLUMN proof_size bigint, ADD COLUMN proof_witnesses integer,
  ADD COLUMN proof_asks integer NOT NULL DEFAULT 0, ADD COLUMN proof_next_at timestamptz(3) NOT NULL DEFAULT to_timestamp(0);
CREATE INDEX message_out_unproven ON message_out (proof_next_at) WHERE receipt IS NOT NULL AND proof IS NULL;
`,
  },
]

/** The tables of files that go with messages. The bytes lie in the blob store; here stands what is where, and how far it is. */
import type { Migration } from '../../io/postgres/index.ts'

export const attachmentMigrations: readonly Migration[] = [
  {
    id: '0032-attachments',
    sql: `
-- What is being written to a store of files; whoever dies over it leaves a row by which it is found and removed.
CREATE TABLE attachment_draft (
  id uuid PRIMARY KEY,
  what text NOT NULL CHECK (what IN ('cipher', 'vault', 'pieces')),
  case_id uuid,
  size bigint,
  at timestamptz(3) NOT NULL
);

-- Ours: sealed for the peer when the message was drafted, sent once the peer has accepted the message.
CREATE TABLE attachment_out (
  message_id text NOT NULL,
  file_index integer NOT NULL CHECK (file_index BETWEEN 0 AND 99),
  version integer NOT NULL DEFAULT 1,
  peer text NOT NULL,
  case_id uuid,
  blob uuid NOT NULL,
  cipher_digest text NOT NULL CHECK (cipher_digest ~ '^[0-9a-f]{64}$'),
  cipher_size bigint NOT NULL CHECK (cipher_size > 0),
  state text NOT NULL CHECK (state IN ('sealed', 'delivered', 'refused', 'non-delivered', 'dropped')),
  attempts integer NOT NULL DEFAULT 0,
  next_at timestamptz(3) NOT NULL,
  leased_until timestamptz(3) NOT NULL,
  problem text,
  problem_times integer NOT NULL DEFAULT 0,
  receipt bytea,
  is_kept boolean NOT NULL DEFAULT true,
  at timestamptz(3) NOT NULL,
  PRIMARY KEY (message_id, file_index)
);
CREATE INDEX attachment_out_waiting ON attachment_out (next_at) WHERE state = 'sealed';
CREATE INDEX attachment_out_kept ON attachment_out (at) WHERE is_kept AND state <> 'sealed';

-- Theirs, in quarantine: pieces of the cipher, each sealed under the key of the case, until somebody takes the file in.
CREATE TABLE attachment_in (
  sender text NOT NULL,
  message_id text NOT NULL,
  file_index integer NOT NULL CHECK (file_index BETWEEN 0 AND 99),
  version integer NOT NULL DEFAULT 1,
  id uuid NOT NULL,
  case_id uuid,
  cipher_digest text NOT NULL CHECK (cipher_digest ~ '^[0-9a-f]{64}$'),
  cipher_size bigint NOT NULL CHECK (cipher_size > 0),
  received bigint NOT NULL DEFAULT 0 CHECK (received BETWEEN 0 AND cipher_size),
  leased_until timestamptz(3) NOT NULL,
  state text NOT NULL CHECK (state IN ('arriving', 'held')),
  receipt bytea,
  at timestamptz(3) NOT NULL,
  PRIMARY KEY (sender, message_id, file_index)
);
CREATE INDEX attachment_in_by_id ON attachment_in (id);
-- As its message, a file that belonged to no case may come under one, once.
CREATE TRIGGER attachment_in_stays BEFORE UPDATE ON attachment_in FOR EACH ROW
  WHEN (OLD.state = 'held' AND NOT (OLD.case_id IS NULL AND NEW.case_id IS NOT NULL AND NEW.version = OLD.version + 1
    AND (NEW.sender, NEW.message_id, NEW.file_index, NEW.cipher_digest, NEW.cipher_size, NEW.received, NEW.state, NEW.receipt)
      IS NOT DISTINCT FROM (OLD.sender, OLD.message_id, OLD.file_index, OLD.cipher_digest, OLD.cipher_size, OLD.received, OLD.state, OLD.receipt)))
  EXECUTE FUNCTION refuse_change();
CREATE TRIGGER attachment_in_kept BEFORE DELETE ON attachment_in FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER attachment_in_not_emptied BEFORE TRUNCATE ON attachment_in FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
`,
  },
]

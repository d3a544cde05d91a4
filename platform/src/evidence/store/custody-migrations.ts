/**
 * The schema of exhibits and of their custody. The rules are constraints and not code: an exhibit without hash, acquirer,
 * authority and place, or an act of custody that cannot follow the one before it, is stored by no SQL whatever.
 *
 * How it works: each event repeats the state in which the one before left the exhibit and refers to it with a foreign key
 * over all these columns. So an event can only be added at the end, once, from the state, holder and seal that are true, and
 * with the digest of its predecessor; and (kind, from, act, to) must be a line of custody_transition.
 */
import type { Migration } from '../../io/postgres/index.ts'

const ISO = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
const HEX = (column: string) => `encode(${column}, 'hex')`
/** The lines of evidence/custody/chain.ts, in SQL. */
const digestOf = (...values: readonly string[]) =>
  `sha256(convert_to(concat(${values.map((value) => `coalesce(nullif((${value})::text, ''), '-'), E'\\n'`).join(', ')}), 'UTF8'))`

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

export const custodyMigrations: readonly Migration[] = [
  {
    id: '0010-vault',
    sql: `
-- An upload is declared before its first byte: who, for which case, how large.
CREATE TABLE vault_upload (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL,
  actor uuid NOT NULL,
  size bigint NOT NULL CHECK (size >= 0),
  begun_at timestamptz(3) NOT NULL,
  abandoned_at timestamptz(3),
  UNIQUE (id, case_id)
);
CREATE INDEX vault_upload_by_case ON vault_upload (case_id);
-- What has arrived whole and lies in the blob store, sealed. Its hashes were taken over what is stored.
CREATE TABLE vault_object (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL,
  size bigint NOT NULL CHECK (size >= 0),
  sha256 bytea NOT NULL CHECK (length(sha256) = 32),
  sha512 bytea NOT NULL CHECK (length(sha512) = 64),
  finished_at timestamptz(3) NOT NULL,
  FOREIGN KEY (id, case_id) REFERENCES vault_upload (id, case_id),
  UNIQUE (id, case_id, sha256, sha512)
);
CREATE TRIGGER vault_object_stays BEFORE UPDATE OR DELETE ON vault_object FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER vault_object_not_emptied BEFORE TRUNCATE ON vault_object FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- One download each. Only a hash of the ticket is kept.
CREATE TABLE download_ticket (
  token bytea PRIMARY KEY CHECK (length(token) = 32),
  exhibit uuid NOT NULL,
  object uuid NOT NULL REFERENCES vault_object,
  actor uuid NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  used_at timestamptz(3)
);
`,
  },
  {
    id: '0011-custody',
    sql: `
CREATE TABLE exhibit (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL,
  number integer NOT NULL CHECK (number > 0),
  kind text NOT NULL CHECK (kind IN ('file', 'device', 'key-control', 'document', 'trace-record', 'chain-data')),
  hash_of text NOT NULL,
  sha256 bytea NOT NULL CHECK (length(sha256) = 32),
  sha512 bytea CHECK (length(sha512) = 64),
  vault_object uuid,
  source_exhibit uuid REFERENCES exhibit (id),
  acquirer text NOT NULL CHECK (acquirer ~ '^(person|outside)/${UUID}$'),
  recorded_by uuid NOT NULL,
  -- Sealed text. An empty one would be 29 bytes long (version, nonce, tag), so that this says: not empty.
  authority bytea NOT NULL CHECK (length(authority) > 29),
  place bytea NOT NULL CHECK (length(place) > 29),
  salt bytea NOT NULL CHECK (length(salt) > 29),
  commitment bytea NOT NULL CHECK (length(commitment) = 32),
  acquired_at timestamptz(3) NOT NULL,
  recorded_at timestamptz(3) NOT NULL,
  digest bytea NOT NULL,
  first_event integer NOT NULL GENERATED ALWAYS AS (1) STORED,
  record_kind text NOT NULL GENERATED ALWAYS AS ('exhibit') STORED,
  record_id text NOT NULL GENERATED ALWAYS AS (id::text) STORED,
  UNIQUE (case_id, number),
  UNIQUE (id, case_id),
  UNIQUE (id, case_id, kind),
  UNIQUE (id, digest, acquirer),
  UNIQUE (id, source_exhibit),
  CONSTRAINT exhibit_hash_is_of_something CHECK (CASE kind
    WHEN 'device' THEN hash_of IN ('image', 'seizure-record')
    WHEN 'key-control' THEN hash_of = 'seizure-record'
    ELSE hash_of = 'content' END),
  CONSTRAINT exhibit_content_is_in_the_vault CHECK (hash_of <> 'content' OR (vault_object IS NOT NULL AND sha512 IS NOT NULL)),
  CONSTRAINT exhibit_vault_has_both_hashes CHECK (vault_object IS NULL OR sha512 IS NOT NULL),
  CONSTRAINT exhibit_acquired_before_recorded CHECK (acquired_at <= recorded_at),
  CONSTRAINT exhibit_is_not_its_own_source CHECK (source_exhibit <> id),
  -- The bytes in the vault have the hashes of the exhibit, and are of its case.
  FOREIGN KEY (vault_object, case_id, sha256, sha512) REFERENCES vault_object (id, case_id, sha256, sha512),
  -- Its marking, which the policies ask for, stands in the record of the same id.
  FOREIGN KEY (record_kind, record_id) REFERENCES record_head (kind, id),
  FOREIGN KEY (source_exhibit, case_id) REFERENCES exhibit (id, case_id),
  CONSTRAINT exhibit_digest_is_true CHECK (digest = ${digestOf(
    "'comity exhibit 1'",
    'id',
    'case_id',
    'number',
    'kind',
    'hash_of',
    HEX('sha256'),
    HEX('sha512'),
    'vault_object',
    'source_exhibit',
    'acquirer',
    'recorded_by',
    ISO('acquired_at'),
    ISO('recorded_at'),
    HEX('commitment'),
  )})
);

CREATE TABLE custody_transition (
  kind text NOT NULL,
  from_state text NOT NULL,
  act text NOT NULL,
  to_state text NOT NULL,
  PRIMARY KEY (kind, from_state, act),
  UNIQUE (kind, from_state, act, to_state)
);
INSERT INTO custody_transition (kind, from_state, act, to_state)
SELECT kind, from_state, act, to_state
FROM (VALUES ('file'), ('device'), ('key-control'), ('document'), ('trace-record'), ('chain-data')) AS k (kind)
CROSS JOIN (VALUES
  ('seal', 'held', 'sealed'), ('unseal', 'sealed', 'held'), ('examine', 'held', 'held'), ('copy', 'held', 'held'),
  ('release', 'held', 'released'), ('release', 'sealed', 'released-sealed'),
  ('receive', 'released', 'held'), ('receive', 'released-sealed', 'sealed'),
  ('withdraw', 'released', 'held'), ('withdraw', 'released-sealed', 'sealed'),
  ('return', 'held', 'returned'), ('return', 'sealed', 'returned'),
  ('dispose', 'held', 'disposed'), ('dispose', 'sealed', 'disposed')) AS t (act, from_state, to_state)
UNION ALL VALUES
  ('device', 'none', 'seize-device', 'sealed'),
  ('file', 'none', 'acquire', 'held'), ('key-control', 'none', 'acquire', 'held'), ('document', 'none', 'acquire', 'held'),
  ('trace-record', 'none', 'acquire', 'held'), ('chain-data', 'none', 'acquire', 'held'),
  ('key-control', 'held', 'control-key', 'held'), ('key-control', 'held', 'move-coins', 'held');

CREATE TABLE custody_event (
  exhibit uuid NOT NULL,
  seq integer NOT NULL CHECK (seq > 0),
  case_id uuid NOT NULL,
  kind text NOT NULL,
  act text NOT NULL,
  from_state text NOT NULL,
  to_state text NOT NULL,
  actor uuid NOT NULL,
  witness uuid,
  holder_before text NOT NULL,
  holder_after text NOT NULL CHECK (holder_after ~ '^(person|outside)/${UUID}$'),
  recipient text CHECK (recipient ~ '^(person|outside)/${UUID}$'),
  release_seq integer,
  seal_before text NOT NULL,
  seal_after text NOT NULL CHECK (seal_after ~ '^([A-Za-z0-9][A-Za-z0-9./ -]{0,63})?$'),
  control_before boolean NOT NULL,
  control_after boolean NOT NULL,
  proof uuid,
  derived uuid,
  previous_ended timestamptz(3) NOT NULL,
  began timestamptz(3) NOT NULL,
  ended timestamptz(3) NOT NULL,
  recorded_at timestamptz(3) NOT NULL,
  authority bytea NOT NULL CHECK (length(authority) > 29),
  place bytea NOT NULL CHECK (length(place) > 29),
  details bytea NOT NULL CHECK (length(details) > 29),
  chain_tx bytea CHECK (length(chain_tx) > 29),
  salt bytea NOT NULL CHECK (length(salt) > 29),
  commitment bytea NOT NULL CHECK (length(commitment) = 32),
  prev bytea NOT NULL,
  digest bytea NOT NULL,
  previous integer GENERATED ALWAYS AS (nullif(seq, 1) - 1) STORED,
  genesis bytea GENERATED ALWAYS AS (CASE WHEN seq = 1 THEN prev END) STORED,
  first_holder text GENERATED ALWAYS AS (CASE WHEN seq = 1 THEN holder_before END) STORED,
  PRIMARY KEY (exhibit, seq),
  UNIQUE (exhibit, seq, to_state, holder_after, seal_after, control_after, ended, digest),
  UNIQUE (exhibit, seq, recipient),
  UNIQUE (exhibit, derived),
  FOREIGN KEY (exhibit, case_id, kind) REFERENCES exhibit (id, case_id, kind),
  CONSTRAINT custody_transition_exists FOREIGN KEY (kind, from_state, act, to_state)
    REFERENCES custody_transition (kind, from_state, act, to_state),
  -- The first event begins where the exhibit says, every other where the one before it ended.
  CONSTRAINT custody_begins_with_the_exhibit FOREIGN KEY (exhibit, genesis, first_holder)
    REFERENCES exhibit (id, digest, acquirer),
  CONSTRAINT custody_has_no_gap
    FOREIGN KEY (exhibit, previous, from_state, holder_before, seal_before, control_before, previous_ended, prev)
    REFERENCES custody_event (exhibit, seq, to_state, holder_after, seal_after, control_after, ended, digest),
  CONSTRAINT custody_first CHECK ((seq = 1) = (from_state = 'none')),
  CONSTRAINT custody_first_is_unsealed CHECK (seq > 1 OR (seal_before = '' AND NOT control_before)),
  CONSTRAINT custody_times CHECK (previous_ended <= began AND began <= ended AND ended <= recorded_at),
  -- A hand-over is a release and a receipt: the receipt names the release, which is the event before, and its recipient.
  CONSTRAINT custody_release_names_recipient CHECK ((act IN ('release', 'receive')) = (recipient IS NOT NULL)),
  CONSTRAINT custody_receipt_names_release CHECK ((act IN ('receive', 'withdraw')) = (release_seq IS NOT NULL)),
  CONSTRAINT custody_release_is_open CHECK (release_seq IS NULL OR release_seq = seq - 1),
  CONSTRAINT custody_receipt_by_recipient FOREIGN KEY (exhibit, release_seq, recipient)
    REFERENCES custody_event (exhibit, seq, recipient),
  CONSTRAINT custody_nobody_releases_to_himself CHECK (act <> 'release' OR recipient <> holder_before),
  CONSTRAINT custody_holder CHECK (holder_after = CASE act WHEN 'receive' THEN recipient ELSE holder_before END),
  -- Only who holds an exhibit acts on it, and only who gets it receives it; for anybody else there must be a signed paper.
  CONSTRAINT custody_actor CHECK (seq = 1 OR proof IS NOT NULL
    OR 'person/' || actor::text = CASE act WHEN 'receive' THEN recipient ELSE holder_before END),
  CONSTRAINT custody_proof_is_of_the_case FOREIGN KEY (proof, case_id) REFERENCES exhibit (id, case_id),
  CONSTRAINT custody_proof_is_another CHECK (proof <> exhibit),
  CONSTRAINT custody_seal CHECK (CASE act
    WHEN 'seal' THEN seal_after <> '' WHEN 'seize-device' THEN seal_after <> ''
    WHEN 'unseal' THEN seal_after = '' AND seal_before <> ''
    ELSE seal_after = seal_before END),
  -- Control over keys is shown once and then holds until custody ends; coins move only under control.
  CONSTRAINT custody_control CHECK (CASE act
    WHEN 'control-key' THEN control_after
    WHEN 'move-coins' THEN control_before AND control_after
    WHEN 'return' THEN NOT control_after WHEN 'dispose' THEN NOT control_after
    ELSE control_after = control_before END),
  CONSTRAINT custody_coins_name_transaction CHECK ((act = 'move-coins') = (chain_tx IS NOT NULL)),
  CONSTRAINT custody_two_persons CHECK (witness <> actor),
  CONSTRAINT custody_witness CHECK (kind <> 'key-control' OR act IN ('release', 'receive', 'withdraw') OR witness IS NOT NULL),
  CONSTRAINT custody_copy_names_exhibit CHECK ((act = 'copy') = (derived IS NOT NULL)),
  CONSTRAINT custody_digest_is_true CHECK (digest = ${digestOf(
    "'comity custody event 1'",
    'exhibit',
    'case_id',
    'kind',
    'seq',
    'act',
    'from_state',
    'to_state',
    'actor',
    'witness',
    'holder_before',
    'holder_after',
    'recipient',
    'release_seq',
    'seal_before',
    'seal_after',
    "CASE WHEN control_before THEN 'yes' ELSE 'no' END",
    "CASE WHEN control_after THEN 'yes' ELSE 'no' END",
    'proof',
    'derived',
    ISO('began'),
    ISO('ended'),
    ISO('recorded_at'),
    HEX('commitment'),
    HEX('prev'),
  )})
);
-- An exhibit has a first event, and one that came of another is named by the copy that made it; both at the commit.
ALTER TABLE exhibit ADD CONSTRAINT exhibit_is_in_custody FOREIGN KEY (id, first_event)
  REFERENCES custody_event (exhibit, seq) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE exhibit ADD CONSTRAINT exhibit_came_of_a_copy FOREIGN KEY (source_exhibit, id)
  REFERENCES custody_event (exhibit, derived) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE custody_event ADD CONSTRAINT custody_copy_is_of_this FOREIGN KEY (derived, exhibit)
  REFERENCES exhibit (id, source_exhibit) DEFERRABLE INITIALLY DEFERRED;

CREATE TRIGGER exhibit_stays BEFORE UPDATE OR DELETE ON exhibit FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER exhibit_not_emptied BEFORE TRUNCATE ON exhibit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER custody_stays BEFORE UPDATE OR DELETE ON custody_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER custody_not_emptied BEFORE TRUNCATE ON custody_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER transition_stays BEFORE INSERT OR UPDATE OR DELETE ON custody_transition
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
`,
  },
]

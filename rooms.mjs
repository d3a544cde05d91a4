// The stairs of the house: every room, what it may import, and what it is for. The wall checks (scripts/walls.mjs) and the
// table in ARCHITECTURE.md derive from this list. To widen a line is an architectural decision and gets an ADR.

/** `from`: rooms whose door (index.ts) may be imported. `pure`: its rule files use neither Node's modules nor io/. */
export const rooms = [
  { name: 'kernel', from: [], pure: true, what: 'ids, amounts, bytes, hashes, canonical JSON, refusals, shared ports' },
  {
    name: 'chains',
    from: ['kernel'],
    pure: true,
    what: 'chain packs, addresses, scripts, the ledger, importers, the chain store',
  },
  {
    name: 'tracing',
    from: ['kernel', 'chains'],
    pure: true,
    what: 'rules of tracing, kernels, detectors, tags, trace records, reports',
  },
  {
    name: 'legal',
    from: ['kernel'],
    pure: true,
    what: 'instruments, deadlines, offences, dual criminality, competence, refusals: rules over packs',
  },
  {
    name: 'evidence',
    from: ['kernel'],
    pure: true,
    what: 'the journal and its proofs, exhibits and custody, attribution statements, bundles, exchange formats',
  },
  {
    name: 'casework',
    from: ['kernel', 'legal', 'evidence'],
    pure: true,
    what: 'cases, requests and their letters, approvals, deconfliction inside the node, retention',
  },
  {
    name: 'exchange',
    from: ['kernel', 'legal', 'evidence', 'casework'],
    pure: true,
    what: 'the exchange between nodes: messages, directory, delivery',
  },
  {
    name: 'workflows',
    from: ['kernel', 'chains', 'tracing', 'legal', 'evidence', 'casework', 'exchange'],
    pure: true,
    what: 'acts that need several rooms, as turning a trace into a request',
  },
  {
    name: 'io',
    from: ['kernel'],
    pure: false,
    what: 'PostgreSQL, DuckDB, ClickHouse, files and object stores, documents, the data folder and its lock, the terminal; knows no room',
  },
  {
    name: 'node',
    from: ['kernel', 'chains', 'tracing', 'legal', 'evidence', 'casework', 'exchange', 'workflows', 'io'],
    pure: false,
    what: 'the composition root: wires rooms and ports, runs the door, the HTTP server and the jobs',
  },
  {
    name: 'verify',
    from: ['kernel', 'evidence', 'exchange'],
    pure: false,
    what: 'the stand-alone verifier that a court or the defence runs offline',
  },
  {
    name: 'cli',
    from: ['kernel', 'chains', 'tracing', 'legal', 'evidence', 'exchange', 'io', 'node'],
    pure: false,
    what: 'the command line: one file a command, help, man page and completions from one definition',
  },
]

/** Folders inside a pure room that may touch Node's modules and io/. */
export const plumbing = ['sources', 'store', 'testing', 'crypto']

/** Rooms that nobody imports: they are the edges of the house. */
export const edges = ['cli', 'node', 'verify']

/**
 * Folders inside a room with a door of their own, for callers that need plumbing which the room's own door must not
 * carry (a pure door cannot lead to a database).
 */
export const sideDoors = [
  'chains/store/index.ts',
  'chains/sources/index.ts',
  'kernel/crypto/index.ts',
  'legal/sources/index.ts',
  'evidence/bundle/index.ts',
  'evidence/custody/index.ts',
  'evidence/store/custody.ts',
  'evidence/store/index.ts',
  'evidence/vault/index.ts',
  'evidence/formats/index.ts',
  'evidence/formats/store/bag-folder.ts',
  'casework/store/index.ts',
  'casework/letter/index.ts',
  // The life of a request, for the web app: the table and nothing of the actions.
  'casework/request-states.ts',
  // Which approvals count, for whoever verifies a message: the rule and nothing of the actions.
  'casework/approvals.ts',
  // What is wrong with a roster, so that it is told while it is written: pure, and nothing of the actions.
  'exchange/together/roster.ts',
  'evidence/bundle/index.ts',
  'exchange/attachments/index.ts',
  'exchange/attachments/crypto/index.ts',
  'exchange/deconfliction/index.ts',
  // That a place was committed to, so that an auditor computes it in the browser.
  'exchange/deconfliction/watch-commitment.ts',
  'exchange/wire/index.ts',
  'exchange/delivery/index.ts',
  'exchange/desk/index.ts',
  'exchange/orders/index.ts',
  'exchange/together/index.ts',
  'exchange/requests/index.ts',
  'exchange/dossier/index.ts',
  'exchange/directory/index.ts',
  'exchange/directory/store/index.ts',
  'exchange/gateways/index.ts',
  // For the demonstration, whose people have no security keys.
  'node/testing/soft-passkey.ts',
  'tracing/crossing/index.ts',
  'tracing/crossing/store/index.ts',
  // The picture of a trace without its words: for the app, which has words of its own.
  'tracing/report/flow/index.ts',
  'tracing/tags/index.ts',
  'tracing/tags/store/index.ts',
  'tracing/tags/sources/read-tag-file.ts',
  'tracing/validation/index.ts',
  'tracing/validation/sources/index.ts',
  'tracing/watch/index.ts',
  'tracing/watch/sources/index.ts',
  'tracing/watch/store/index.ts',
]

/** The journal, checked by whoever runs the node or holds a checkpoint of it. */
import { readFileSync, writeFileSync } from 'node:fs'
import { orStop, stop } from '../../kernel/index.ts'
import type { CommandDefinition } from '../command.ts'
import { count } from '../present.ts'

/** Loaded when a command needs them: most commands ask no journal. */
const evidence = () => import('../../evidence/index.ts')

export const logVerify: CommandDefinition = {
  path: ['log', 'verify'],
  summary: 'Check every row and every tile of the node against its journal',
  about:
    'What a superuser of the database or of the machine has changed is found where somebody else has kept a checkpoint of the journal: give it with --checkpoint. Without one, a journal that was written anew as a whole is not found out.',
  arguments: [],
  options: [
    { flags: '--checkpoint <file>', help: 'a checkpoint of this journal that was kept elsewhere' },
    { flags: '--policy <file>', help: 'the witnesses whose cosignatures it must carry (C2SP tlog-policy)' },
  ],
  examples: ['comity log verify', 'comity log verify --checkpoint kept/checkpoint --policy kept/policy'],
  async run(desk, _args, flags) {
    const { checkNode, openNode, readAuthorities } = await import('../../node/index.ts')
    const { parsePolicy } = await evidence()
    const node = await openNode(desk.home, desk.environment)
    try {
      await node.journal.advance()
      const kept =
        flags.checkpoint === undefined
          ? null
          : {
              checkpoint: fileBytes(String(flags.checkpoint)),
              policy: flags.policy === undefined ? null : orStop(parsePolicy(fileBytes(String(flags.policy)))),
            }
      const check = await checkNode(
        node.stores.database,
        node.stores.keys,
        node.journal,
        kept,
        desk.progress,
        readAuthorities(node.config),
      )
      desk.progress.done()
      const sound = check.findings.length === 0
      return {
        exit: sound ? 0 : 1,
        json: { ...check, sound, findings: check.findings.map((finding) => ({ ...finding })) },
        text: [
          `${count(check.leaves, 'leaf', 'leaves')} published, ${count(check.entries, 'entry', 'entries')} and ${count(check.rows, 'row')} in the database${check.pending > 0 ? `, ${check.pending} waiting` : ''}${check.erased > 0 ? `; ${check.erased} of erased cases, which nobody can read` : ''}.`,
          ...check.findings.map(({ place, problem }) => `  ✗ ${place}: ${problem}`),
          sound
            ? '✓ Every row and every tile is the one that the journal names.'
            : `✗ ${count(check.findings.length, 'difference')}.`,
          check.continues === 'not asked'
            ? '  Not checked: whether the whole journal was written anew. Give a checkpoint that somebody else has kept.'
            : check.continues === 'yes'
              ? '✓ The journal continues the checkpoint that was kept.'
              : '✗ The journal does not continue the checkpoint that was kept.',
          check.anchoredAt === null
            ? '  No time-stamping authority has stamped this journal. Name two in node.yaml (timestampAuthorities).'
            : `  ${count(check.anchors, 'stamp')} of time-stamping authorities, the newest of ${check.anchoredAt}.`,
        ].join('\n'),
      }
    } finally {
      await node.close()
    }
  },
}

export const logProve: CommandDefinition = {
  path: ['log', 'prove'],
  summary: 'Write a proof that an entry is in the journal, which anybody can check offline',
  arguments: [{ name: '<entry>', help: 'its index in the log, or its id' }],
  options: [{ flags: '--out <file>', help: 'write the proof there (C2SP tlog-proof)' }],
  examples: ['comity log prove 17 --out entry-17.tlog-proof'],
  async run(desk, [wanted = ''], flags) {
    const { openNode } = await import('../../node/index.ts')
    const { formatTlogProof, inclusionProof, nodeReader, openCheckpoint, readEntry } = await evidence()
    const node = await openNode(desk.home, desk.environment)
    try {
      await node.journal.advance()
      const { log, signer } = node.journal
      const bytes = await log.checkpoint()
      if (!bytes) return stop('JOURNAL_EMPTY', 'The journal has no checkpoint yet.', { fix: 'Start the node once.' })
      const checkpoint = orStop(openCheckpoint(bytes, signer.key, signer.check))
      const size = Number(checkpoint.size)
      const byIndex = /^\d{1,15}$/.test(wanted)
      const [row] = await node.stores.database.query<{ log_index: string | null; event: string; at: Date }>(
        `SELECT log_index, event, at FROM journal_entry WHERE ${byIndex ? 'log_index = $1::bigint' : 'id::text = $1'}`,
        [wanted],
      )
      const index = Number(row?.log_index ?? -1)
      if (!row || index < 0 || index >= size)
        return stop('ENTRY_UNKNOWN', 'The journal has no such entry, or it waits for its place.', {
          place: wanted,
          fix: 'Give an index or an id of journal.read.',
        })
      const entry = orStop(await readEntry(log, index, size))
      const hashes = await inclusionProof(nodeReader(log, size), index, size)
      const proof = formatTlogProof({ index: BigInt(index), proof: hashes, checkpoint: bytes, extra: null })
      if (flags.out !== undefined) writeFileSync(String(flags.out), proof)
      const leaf = new TextDecoder().decode(entry.bytes)
      return {
        exit: 0,
        json: {
          index,
          event: row.event,
          at: row.at.toISOString(),
          size,
          leaf,
          proof: new TextDecoder().decode(proof),
          out: flags.out === undefined ? null : String(flags.out),
        },
        text: `Entry ${index} of ${size}: ${row.event}, ${row.at.toISOString()}\n${leaf}\n${flags.out === undefined ? new TextDecoder().decode(proof) : `The proof is in ${String(flags.out)}.`}`,
      }
    } finally {
      await node.close()
    }
  },
}

export const logCheckpoint: CommandDefinition = {
  path: ['log', 'checkpoint'],
  summary: 'Print the checkpoint of the journal, for somebody else to keep',
  arguments: [],
  options: [],
  examples: ['comity log checkpoint', 'comity log checkpoint --json'],
  async run(desk) {
    const { openNode } = await import('../../node/index.ts')
    const node = await openNode(desk.home, desk.environment)
    try {
      await node.journal.advance()
      const bytes = await node.journal.log.checkpoint()
      if (!bytes) return stop('JOURNAL_EMPTY', 'The journal has no checkpoint yet.', { fix: 'Start the node once.' })
      const note = new TextDecoder().decode(bytes)
      return { exit: 0, json: { checkpoint: note, key: node.journal.vkey }, text: note.trimEnd() }
    } finally {
      await node.close()
    }
  },
}

function fileBytes(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch {
    return stop('SOURCE_NOT_FOUND', 'The file cannot be read.', { place: path, fix: 'Check the path.' })
  }
}

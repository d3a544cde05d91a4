/** The node: acts through the door, the journal, the policies and sealing, beside pgbench on the very same server. */
import { createCipheriv, randomBytes, randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { emptyJournal, integrate } from '../../platform/src/evidence/index.ts'
import { nodeSha256 } from '../../platform/src/evidence/store/index.ts'
import { openFolderBlobs, openVault } from '../../platform/src/io/vault/index.ts'
import { newSecret, seal } from '../../platform/src/kernel/crypto/index.ts'
import { amber, ok } from '../../platform/src/kernel/index.ts'
import {
  type Ask,
  caseEntity,
  openDecisionPoint,
  personEntity,
  recordEntity,
} from '../../platform/src/node/policy/decision-point.ts'
import { floors } from '../floors.ts'
import { type Context, type Finding, type Measure, median, timed, timeRuns } from '../measure.ts'
import {
  type NodeStand,
  noteId,
  noteText,
  openNodeStand,
  type Pace,
  percentiles,
  policyFolder,
  RECORDS,
  underLoad,
} from '../node-stand.ts'
import { diskWritesPerSecond, findPgbench, runPgbench } from '../pgbench.ts'

const CALLERS = [1, 8] as const
const MEGABYTE = 1e6

export const node: Measure = {
  name: 'node',
  title: 'The node, on its embedded PostgreSQL (pgbench: same server, same tables, same run)',
  run: async (context) => {
    context.say('starting the database')
    const stand = await openNodeStand(context.folder)
    try {
      return [
        ...(await acts(context, stand)),
        ...(await journal(context, stand)),
        ...integration(context),
        ...decisions(context),
        ...sealing(context),
        ...(await upload(context)),
      ]
    } finally {
      await stand.stop()
    }
  },
}

/** Changes and reads of one person in one case, and what the server and the disk do without us. */
async function acts(context: Context, stand: NodeStand): Promise<Finding[]> {
  const { door, caller } = stand
  const { seconds } = context
  const change = (who: number, turn: number) => {
    const at = who * 100 + (turn % 100)
    return door.run({
      caller,
      action: 'note.write',
      input: { at, text: noteText(turn) },
      idempotencyKey: randomUUID(),
    })
  }
  const read = (who: number, turn: number) =>
    door.run({ caller, action: 'note.read', input: { at: who * 100 + (turn % 100) } })
  const ours = new Map<number, Pace>()
  const found: Finding[] = []
  for (const callers of CALLERS) {
    context.say(`changes, ${called(callers)}`)
    const pace = await underLoad(callers, seconds, change)
    ours.set(callers, pace)
    found.push(paced(`change, ${called(callers)}`, 'the door', pace, 'actions', 'new version, entry, answer kept'))
  }
  for (const callers of CALLERS) {
    context.say(`reads, ${called(callers)}`)
    const pace = await underLoad(callers, seconds, read)
    found.push(paced(`read, ${called(callers)}`, 'the door', pace, 'actions', 'the entry of the read is kept'))
  }
  const program = findPgbench(context.install)
  const script = 'path' in program ? await preparePgbench(context, stand) : ''
  for (const callers of CALLERS) {
    const task = `change, ${called(callers)}`
    if ('absent' in program) found.push({ task, contender: 'pgbench', absent: program.absent })
    else {
      context.say(`pgbench, ${called(callers)}`)
      const server = { ...stand.server, database: 'pgbench' }
      const theirs = await runPgbench(program.path, server, script, callers, Math.max(1, Math.round(seconds)))
      const ratio = (ours.get(callers)?.perSecond ?? Number.NaN) / theirs.perSecond
      found.push({
        task,
        contender: 'pgbench',
        perSecond: theirs.perSecond,
        unit: 'transactions',
        ms: theirs.ms,
        ratio,
        floor: floors.node.pgbench,
        note: 'ms: mean; update, insert, insert; nothing sealed, asked or kept for repetition',
      })
    }
  }
  context.say('the disk')
  found.push({
    task: '512 bytes written and forced to the disk',
    contender: 'write, fdatasync',
    perSecond: diskWritesPerSecond(context.folder, seconds),
    unit: 'writes',
    note: 'what one writer alone may commit at most',
  })
  return found
}

/** The rows of ours in a database of their own: same schema, same indexes, bodies and entries as long as ours are. */
async function preparePgbench(context: Context, { database, secondDatabase }: NodeStand): Promise<string> {
  const [size] = await database.query<{ body: number; entry: number; leaf: number }>(
    `SELECT (SELECT avg(length(sealed))::int FROM record WHERE kind = 'note') AS body,
            avg(length(sealed))::int AS entry, avg(length(leaf))::int AS leaf FROM journal_entry`,
  )
  if (!size) throw new Error('nothing was written')
  const second = await secondDatabase('pgbench')
  await second.transaction(async (sql) => {
    await sql.query(
      `INSERT INTO record SELECT 'note', 'note-' || n, 1, NULL, $1, now() FROM generate_series(0, $2::int - 1) n`,
      [randomBytes(size.body), RECORDS],
    )
    await sql.query(`INSERT INTO record_head SELECT kind, id, 1, NULL FROM record`)
  })
  await second.query('ANALYZE')
  const bytes = (length: number) => `'\\x${randomBytes(length).toString('hex')}'`
  const path = join(context.folder, 'change.pgbench')
  writeFileSync(
    path,
    [
      `\\set at random(0, ${RECORDS - 1})`,
      'BEGIN;',
      `UPDATE record_head SET version = version + 1 WHERE kind = 'note' AND id = '${noteId(0).slice(0, -1)}' || :at::int RETURNING version \\gset`,
      `INSERT INTO record VALUES ('note', '${noteId(0).slice(0, -1)}' || :at::int, :version::int, NULL, ${bytes(size.body)}, now());`,
      `INSERT INTO journal_entry (id, event, subject, case_id, at, sealed, leaf) VALUES (gen_random_uuid(), 'note.written', 'note', NULL, now(), ${bytes(size.entry)}, ${bytes(size.leaf)});`,
      'END;',
      '',
    ].join('\n'),
  )
  return path
}

/** Entries committed, given their place, written into tiles and under a signed checkpoint, while the sequencer runs beside. */
async function journal(context: Context, stand: NodeStand): Promise<Finding[]> {
  const ways = [
    { callers: 1, entries: 1 },
    { callers: 8, entries: 1 },
    { callers: 16, entries: 1 },
    { callers: 16, entries: 10 },
  ]
  const found: Finding[] = []
  await stand.journal.advance()
  for (const { callers, entries } of ways) {
    const task = `journal, ${called(callers)}, ${entries === 1 ? 'an entry' : `${entries} entries`} an act`
    context.say(task)
    const faults: unknown[] = []
    let published = 0
    const begun = performance.now()
    const stop = stand.journal.run(
      (fault) => faults.push(fault),
      (added) => {
        published += added
      },
    )
    const before = await sizeOf(stand)
    const pace = await underLoad(callers, context.seconds, () => appendEntries(stand, entries))
    await stop()
    const passed = (performance.now() - begun) / 1000
    if (faults.length > 0) throw faults[0]
    const all = (await sizeOf(stand)) - before
    const perSecond = all / passed
    found.push({
      task,
      contender: 'the journal',
      perSecond,
      unit: 'entries',
      ms: pace.p50,
      p99: pace.p99,
      ratio: perSecond / floors.node.journal,
      floor: 1,
      note: `${all.toLocaleString('en')} entries until the last was under a checkpoint; ${published.toLocaleString('en')} of them meanwhile`,
    })
  }
  return found
}

function appendEntries({ door }: NodeStand, entries: number) {
  return door.asNode(async ({ newId }) => {
    const events = Array.from({ length: entries }, () => {
      return { name: 'note.written', of: 'note', id: newId(), caseId: null, body: { text: noteText(0) } }
    })
    return ok({ result: null, events })
  })
}

/** Leaves under the published checkpoint: its second line. */
async function sizeOf({ journal }: NodeStand): Promise<number> {
  const checkpoint = await journal.log.checkpoint()
  return checkpoint === null ? 0 : Number(new TextDecoder().decode(checkpoint).split('\n')[1])
}

function integration(context: Context): Finding[] {
  const count = 10_000 * context.runs
  context.say('tiles')
  const leaves = Array.from({ length: count }, (_, at) => nodeSha256(Uint8Array.of(at, at >> 8, at >> 16)))
  const ms = median(timeRuns(3, () => integrate(emptyJournal, leaves, nodeSha256)))
  return [
    {
      task: 'leaves into tiles and a root',
      contender: 'the journal',
      perSecond: (count / ms) * 1000,
      unit: 'leaves',
      note: `${count.toLocaleString('en')} in one batch, in memory`,
    },
  ]
}

function decisions(context: Context): Finding[] {
  const point = openDecisionPoint(policyFolder)
  return [6, 20].map((entities) => {
    context.say(`decisions, ${entities} entities`)
    const ask = question(entities)
    const times: number[] = []
    for (let run = 0; run < 150 * context.runs; run++) {
      const started = performance.now()
      const { allowed, faults } = point.decide(ask)
      times.push(performance.now() - started)
      if (!allowed || faults.length > 0) throw new Error(`the policies deny what is permitted: ${faults.join('; ')}`)
    }
    // Those of the first fifth meet code that is not yet compiled well.
    const { p50, p99 } = percentiles(times.slice(times.length / 5))
    return {
      task: `a decision with ${entities} entities`,
      contender: 'Cedar',
      ms: p50,
      p99,
      perSecond: 1000 / (times.reduce((sum, ms) => sum + ms, 0) / times.length),
      unit: 'decisions',
      ratio: floors.node.decisionMs / p99,
      floor: 1,
      note: `floor: p99 within ${floors.node.decisionMs} ms`,
    }
  })
}

/** May an investigator read a record of her case? With so many people sent along as entities. */
function question(entities: number): Ask {
  const [me, caseId, recordId] = ['me', 'case-1', 'record-1']
  const others = Array.from({ length: entities - 3 }, (_, at) => `person-${at}`)
  const access = {
    ...{ members: [me, ...others], leads: [me], sealed: false, sealedFor: [], training: false, closed: false },
    purposes: ['criminal-proceedings' as const],
  }
  return {
    personId: me,
    right: 'readRecord',
    resource: { type: 'Record', id: recordId },
    circumstances: { signedInBy: 'device-bound', provenAgo: 0, purpose: 'criminal-proceedings' },
    entities: [
      ...[me, ...others].map((id) => personEntity(id, { role: 'investigator', suspended: false })),
      caseEntity(caseId, access, me),
      recordEntity(recordId, { ...amber, caseId, kind: 'request', author: me }, me),
    ],
  }
}

function sealing(context: Context): Finding[] {
  context.say('sealing')
  const plain = randomBytes(2 ** 20)
  const key = newSecret()
  const times: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] }
  // In turn: memory that the first of them makes ready for use serves both.
  for (let run = 0; run < 8 * context.runs; run++) {
    times.ours.push(timed(() => seal(key, plain, 'bench')).ms)
    times.theirs.push(timed(() => sealBare(key, plain)).ms)
  }
  const [ours, theirs] = [median(times.ours), median(times.theirs)]
  const task = 'sealing pieces of 1 MiB (AES-256-GCM)'
  const megabytes = (ms: number) => (plain.length / MEGABYTE / ms) * 1000
  return [
    { task, contender: 'seal', perSecond: megabytes(ours), unit: 'MB', ms: ours },
    {
      task,
      contender: 'node:crypto alone',
      perSecond: megabytes(theirs),
      unit: 'MB',
      ms: theirs,
      ratio: theirs / ours,
      floor: floors.node.seal,
    },
  ]
}

function sealBare(key: Uint8Array, plain: Uint8Array): void {
  const cipher = createCipheriv('aes-256-gcm', key, randomBytes(12))
  cipher.update(plain)
  cipher.final()
}

/** From the first byte to the sealed file with its hashes, all of it forced to the disk, without the network. */
async function upload(context: Context): Promise<Finding[]> {
  context.say('upload')
  const folder = join(context.folder, 'vault')
  const caseKey = newSecret()
  const vault = openVault({ folder, blobs: await openFolderBlobs(join(folder, 'blobs')), caseKey: () => caseKey })
  const piece = randomBytes(2 ** 20)
  const pieces = 8 * context.runs
  const size = pieces * piece.length
  const begin = { id: randomUUID(), caseId: randomUUID(), size }
  const started = performance.now()
  await vault.receive(
    begin,
    0,
    (async function* () {
      for (let at = 0; at < pieces; at++) yield piece
    })(),
  )
  const arrived = performance.now()
  const file = await vault.complete(begin)
  const done = performance.now()
  if (file?.size !== size) throw new Error('the upload is not whole')
  const finding = (task: string, ms: number): Finding => ({
    task,
    contender: 'the vault',
    perSecond: (size / MEGABYTE / ms) * 1000,
    unit: 'MB',
    ms,
    note: `a file of ${Math.round(size / MEGABYTE)} MB`,
  })
  return [
    finding('evidence arriving, sealed and forced to the disk piece by piece', arrived - started),
    finding('evidence from the first byte to the sealed file and its hashes', done - started),
  ]
}

function paced(task: string, contender: string, { perSecond, p50, p99 }: Pace, unit: string, note: string): Finding {
  return { task, contender, perSecond, unit, ms: p50, p99, note }
}

function called(callers: number): string {
  return callers === 1 ? '1 caller' : `${callers} callers`
}

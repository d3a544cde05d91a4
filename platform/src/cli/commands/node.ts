/** The life of a node on this machine: made, started, looked at, saved, brought back, given new keys. */
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { bytesToHex, stop } from '../../kernel/index.ts'
import type { NodeConfig } from '../../node/index.ts'
import type { CommandDefinition, Flags } from '../command.ts'
import { count } from '../present.ts'
import { readCount } from './shared-options.ts'

/** Loaded by the commands that need it: the others start three times as fast. */
const room = () => import('../../node/index.ts')

const kinds = ['police', 'fiu', 'prosecutor', 'court', 'asset-recovery-office', 'vasp', 'auditor'] as const

export const nodeInit: CommandDefinition = {
  path: ['node', 'init'],
  summary: 'Make a new node in the data folder, with its keys and its database',
  about:
    'Prints an invitation with which the first administrator enrols a passkey in the browser; it lapses after three days. The folder keys/ is what protects everything else: keep a copy apart, and for a short time only.',
  arguments: [],
  options: [
    {
      flags: '--name <origin>',
      help: 'the name of its journal, as om.example/comity; it never changes (default localhost/comity)',
    },
    { flags: '--agency <name>', help: 'who runs it (default "Local agency")' },
    { flags: '--country <code>', help: 'ISO 3166-1, two letters (default NL)' },
    { flags: '--kind <kind>', help: 'what the agency is (default prosecutor)', choices: kinds },
    { flags: '--time-zone <zone>', help: 'IANA time zone (default that of this machine)' },
    { flags: '--port <n>', help: 'port on 127.0.0.1 (default 8460)' },
    { flags: '--public-url <url>', help: 'the URL that browsers use (default http://localhost:PORT)' },
    { flags: '--administrator <name>', help: 'the first administrator (default "Administrator")' },
  ],
  examples: [
    'comity node init',
    'comity node init --name om.example/comity --agency "Openbaar Ministerie" --country NL --public-url https://comity.om.example',
  ],
  async run(desk, _args, flags) {
    const { CONFIG_FILE, initNode } = await room()
    const port = readCount(flags.port, '--port') ?? 8460
    const config: NodeConfig = {
      name: text(flags.name, 'localhost/comity'),
      agency: {
        name: text(flags.agency, 'Local agency'),
        country: text(flags.country, 'NL'),
        kind: text(flags.kind, 'prosecutor'),
        timeZone: text(flags.timeZone, Intl.DateTimeFormat().resolvedOptions().timeZone),
      },
      listen: { host: '127.0.0.1', port },
      publicUrl: text(flags.publicUrl, `http://localhost:${port}`),
      approvals: { required: 2 },
      limits: { requestsPerMinute: 600, uploadBytes: 1024 ** 4, sessionMinutes: 480 },
      log: { level: 'info' },
      ...(desk.environment.DATABASE_URL ? { database: { url: desk.environment.DATABASE_URL } } : {}),
    }
    desk.progress.report(0, undefined, 'making the database')
    const { token, personId, expiresAt } = await initNode(
      desk.home,
      config,
      text(flags.administrator, 'Administrator'),
      desk.environment,
    )
    desk.progress.done()
    return {
      exit: 0,
      json: {
        home: desk.home,
        config: join(desk.home, CONFIG_FILE),
        name: config.name,
        administrator: personId,
        invitation: token,
        expiresAt,
      },
      text: [
        `The node ${config.name} is made in ${desk.home}.`,
        `Its settings: ${join(desk.home, CONFIG_FILE)}. Its keys: ${join(desk.home, 'keys')} (keep a copy apart).`,
        '',
        'Start it:  comity node start',
        `Then the administrator enrols a passkey with this invitation (until ${expiresAt}):`,
        `  ${config.publicUrl}/enrol#${token}`,
      ].join('\n'),
    }
  },
}

export const nodeStart: CommandDefinition = {
  path: ['node', 'start'],
  summary: 'Run the node until it is told to stop (Ctrl+C or SIGTERM)',
  about:
    'Settings are read once, from node.yaml; DATABASE_URL names another PostgreSQL. Logs go to standard output as JSON lines.',
  arguments: [],
  options: [],
  examples: ['comity node start', 'comity node start --home /srv/comity'],
  async run(desk) {
    const { startNode } = await room()
    const { nodeLedger } = await import('../node-ledger.ts')
    const openLedger = (folder: string, country: string) => nodeLedger(folder, country, desk)
    const node = await startNode(desk.home, desk.environment, { waitMs: 5000, openLedger })
    process.stderr.write(`The node answers at ${node.url} (${node.config.publicUrl}). Ctrl+C stops it.\n`)
    const signal = await new Promise<string>((done) => {
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => done(name))
      process.once('disconnect', () => done('the launcher ended'))
    })
    process.stderr.write(`Stopping (${signal}) …\n`)
    await node.stop()
    return { exit: 0, json: { home: desk.home, stopped: signal }, text: 'The node has stopped.' }
  },
}

export const nodeStatus: CommandDefinition = {
  path: ['node', 'status'],
  summary: 'Show what the node holds and whether it runs',
  arguments: [],
  options: [],
  examples: ['comity node status', 'comity node status --json'],
  async run(desk) {
    const { latestAnchors, openNode } = await room()
    const node = await openNode(desk.home, desk.environment)
    try {
      const { database } = node.stores
      const [counts] = await database.query<{
        people: string
        cases: string
        records: string
        entries: string
        waiting: string
        version: string
      }>(
        `SELECT (SELECT count(*) FROM record_head WHERE kind = 'person') AS people,
                (SELECT count(*) FROM record_head WHERE kind = 'case') AS cases,
                (SELECT count(*) FROM record_head) AS records,
                (SELECT count(*) FROM journal_entry) AS entries,
                (SELECT count(*) FROM journal_entry WHERE log_index IS NULL) AS waiting,
                current_setting('server_version') AS version`,
      )
      const checkpoint = await node.journal.log.checkpoint()
      const size = checkpoint ? Number(new TextDecoder().decode(checkpoint).split('\n')[1]) : 0
      const anchors = (await latestAnchors(database)).map(({ authority, size: at, at: stampedAt }) => ({
        authority,
        size: at,
        at: stampedAt,
      }))
      const json = {
        home: desk.home,
        name: node.config.name,
        agency: node.config.agency.name,
        runningAs: node.runningAs,
        publicUrl: node.config.publicUrl,
        database: node.config.database ? 'external' : 'embedded',
        postgres: counts?.version ?? '',
        people: Number(counts?.people),
        cases: Number(counts?.cases),
        records: Number(counts?.records),
        journal: {
          entries: Number(counts?.entries),
          published: size,
          waiting: Number(counts?.waiting),
          key: node.journal.vkey,
          anchors,
        },
      }
      return {
        exit: 0,
        json,
        text: [
          `${json.name} (${json.agency})`,
          `  ${node.runningAs === null ? 'does not run' : `runs as process ${node.runningAs}, for browsers at ${json.publicUrl}`}`,
          `  PostgreSQL ${json.postgres}, ${json.database}`,
          `  ${count(json.people, 'person', 'people')}, ${count(json.cases, 'case')}, ${count(json.records, 'record')}`,
          `  journal: ${count(size, 'published entry', 'published entries')}, ${count(json.journal.waiting, 'entry', 'entries')} waiting`,
          ...anchors.map(
            ({ authority, size: at, at: stampedAt }) => `  stamped by ${authority} at ${at} entries, ${stampedAt}`,
          ),
          `  journal key: ${json.journal.key}`,
        ].join('\n'),
      }
    } finally {
      await node.close()
    }
  },
}

export const nodeInvite: CommandDefinition = {
  path: ['node', 'invite'],
  summary: 'Invite a further administrator, from the machine itself',
  about:
    'For the first start, and where every administrator has lost their keys. Who can open the folder of the node may; it is journalled.',
  arguments: [{ name: '<name>', help: 'the name of the administrator' }],
  options: [],
  examples: ['comity node invite "A. Jansen"'],
  async run(desk, [name = '']) {
    const { inviteAdministrator, openNode } = await room()
    const node = await openNode(desk.home, desk.environment)
    try {
      const { token, personId, expiresAt } = await inviteAdministrator(node.stores, name)
      await node.journal.advance()
      return {
        exit: 0,
        json: { administrator: personId, invitation: token, expiresAt },
        text: `Invitation until ${expiresAt}:\n  ${node.config.publicUrl}/enrol#${token}`,
      }
    } finally {
      await node.close()
    }
  },
}

export const nodeBackup: CommandDefinition = {
  path: ['node', 'backup'],
  summary: 'Write a backup of the node into a new folder, while it runs or not',
  about:
    'The backup holds everything sealed, as it is stored, and no keys. --keys writes the keys beside it into a folder of their own: whoever has both has everything, and a key of an erased case that comes back from a backup undoes the erasure. Keep keys apart, and only as long as your retention allows.',
  arguments: [{ name: '<folder>', help: 'the folder to make' }],
  options: [{ flags: '--keys <folder>', help: 'write the keys into this new folder as well' }],
  examples: ['comity node backup /backup/2026-11-25', 'comity node backup /backup/2026-11-25 --keys /safe/2026-11-25'],
  async run(desk, [folder = ''], flags) {
    const { backupNode, CONFIG_FILE, openNode } = await room()
    const node = await openNode(desk.home, desk.environment)
    try {
      const report = await backupNode(node.stores.database, node.config.name, desk.home, resolve(folder), desk.progress)
      const keys = flags.keys === undefined ? null : resolve(String(flags.keys))
      if (keys !== null) {
        if (existsSync(keys))
          stop('BACKUP_EXISTS', 'The folder for the keys is there already.', { place: keys, fix: 'Name a new one.' })
        mkdirSync(dirname(keys), { recursive: true })
        cpSync(join(desk.home, 'keys'), join(keys, 'keys'), { recursive: true })
        writeFileSync(join(keys, CONFIG_FILE), readFileSync(join(desk.home, CONFIG_FILE)), { mode: 0o600 })
      }
      desk.progress.done()
      return {
        exit: 0,
        json: { ...report, keys },
        text: `${count(report.rows, 'row')} and ${count(report.files, 'file')} (${count(report.bytes, 'byte')}) in ${report.folder}.${keys === null ? ' The keys are not in it.' : ` Keys: ${keys}.`}`,
      }
    } finally {
      await node.close()
    }
  },
}

export const nodeRestore: CommandDefinition = {
  path: ['node', 'restore'],
  summary: 'Bring a node back from a backup and its keys, into an empty data folder',
  arguments: [{ name: '<folder>', help: 'the backup' }],
  options: [{ flags: '--keys <folder>', help: 'the folder that node backup --keys wrote', required: true }],
  examples: ['comity node restore /backup/2026-11-25 --keys /safe/2026-11-25 --home /srv/comity'],
  async run(desk, [folder = ''], flags) {
    const { CONFIG_FILE, openBackup, openStores, readConfig, restoreRows } = await room()
    const keys = resolve(String(flags.keys))
    desk.progress.report(0, undefined, 'checking the backup')
    const backup = await openBackup(resolve(folder))
    if (existsSync(join(desk.home, CONFIG_FILE)))
      stop('NODE_EXISTS', 'There is a node in this folder already.', { place: desk.home, fix: 'Name an empty --home.' })
    mkdirSync(desk.home, { recursive: true, mode: 0o700 })
    const config = readConfig(keys, desk.environment)
    if (config.name !== backup.manifest.name)
      stop('BACKUP_DAMAGED', `The keys are of ${config.name}, the backup is of ${backup.manifest.name}.`, {
        place: keys,
        fix: 'Use the keys that belong to the backup.',
      })
    cpSync(join(keys, 'keys'), join(desk.home, 'keys'), { recursive: true })
    for (const part of ['log', 'vault'])
      if (existsSync(join(backup.folder, part)))
        cpSync(join(backup.folder, part), join(desk.home, part), { recursive: true })
    const stores = await openStores(desk.home, config)
    try {
      const rows = await restoreRows(stores.database, backup, desk.progress)
      // Last: a folder with a configuration is a whole node.
      writeFileSync(join(desk.home, CONFIG_FILE), readFileSync(join(keys, CONFIG_FILE)), { mode: 0o600, flag: 'wx' })
      desk.progress.done()
      return {
        exit: 0,
        json: { home: desk.home, name: config.name, rows, backupOf: backup.manifest.at },
        text: `${config.name} is back as of ${backup.manifest.at}: ${count(rows, 'row')}. Check it: comity log verify`,
      }
    } finally {
      await stores.close()
    }
  },
}

export const nodeRotateKeys: CommandDefinition = {
  path: ['node', 'rotate-keys'],
  summary: 'Give the node a new root key and a new signing key',
  about:
    'The node must be stopped. Every case key is sealed anew; nothing that is stored changes. Other nodes must be told the new journal key.',
  arguments: [],
  options: [],
  examples: ['comity node rotate-keys'],
  async run(desk) {
    const { openKeys, openNode } = await room()
    const node = await openNode(desk.home, desk.environment, true)
    try {
      await node.journal.advance()
      const before = node.journal.vkey
      node.stores.keys.rotate()
      const { publicKey } = openKeys(join(desk.home, 'keys')).signingKey()
      return {
        exit: 0,
        json: { home: desk.home, before, publicKey: bytesToHex(publicKey.bytes) },
        text: `The keys are new. The signing key is now ${bytesToHex(publicKey.bytes)}; the old one was ${before}.`,
      }
    } finally {
      await node.close()
    }
  },
}

function text(flag: Flags[string], otherwise: string): string {
  return flag === undefined ? otherwise : String(flag)
}

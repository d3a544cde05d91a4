/**
 * What scripts rely on: exit codes, one JSON object on standard output, its schema, help, manual page, completions.
 *
 * One file, long on purpose: its tests share data that were imported once.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { commands } from '../src/cli/commands/index.ts'
import { buildProgram } from '../src/cli/program.ts'
import { accountRuleIds } from '../src/tracing/index.ts'
import { schemaByCommand, schemaNames, violation } from './json-schemas.ts'
import {
  askComity,
  oneObject,
  type Refused,
  repository,
  runComity,
  sample,
  spawnComity,
  temporaryFolder,
} from './run-comity.ts'
import type { TraceAnswer } from './trace-answers.ts'

const CONSOLIDATION = 'daf38c7b38eb0a587cf843f47000d5c294affb4f56017370ad48c5147f5e69d9'
const SEIZURE = '943f2d576ed8d9f388ba75eb82fe35cce29479b84121827ac368a5a94f44cf7a'
const NOBODY = '00'.repeat(32)
const files = temporaryFolder()
const home = join(files, 'home')
const empty = join(files, 'empty')
const record = join(files, 'trace.json')
const on = (chain: string) => ['--chain', chain]
const bitcoin = on('bitcoin')
const from = (seed: string, rule = 'fifo') => ['trace', 'run', ...bitcoin, '--rule', rule, '--from', seed]

const deadline = (rule: string) => ['legal', 'deadline', '--rule', rule, '--trigger', '2026-11-10T09:00:00Z']
const route = (to: string, need: string) => [
  ...['legal', 'routes', '--from', 'NL', '--to', to, '--need', need, '--offence', 'ransomware'],
]

beforeAll(async () => {
  await askComity(home, ['chain', 'import', ...bitcoin, '--format', 'esplora', sample('colonial2021')])
  await askComity(home, [
    'tags',
    'import',
    sample('tags/packs/exchange-wallets-bitfinexcom.yaml'),
    sample('tags/ofac/sanctioned_addresses_XBT.txt'),
  ])
  await askComity(home, [...from(`${CONSOLIDATION}:0`), '--out', record])
  writeFileSync(join(files, 'false.json'), readFileSync(record, 'utf8').replace('"traced":"6', '"traced":"7'))
  mkdirSync(join(files, 'broken'))
  writeFileSync(join(files, 'broken/chain.duckdb'), 'this is no database')
})

describe('exit codes', () => {
  type Case = {
    readonly args: readonly string[]
    readonly exit: number
    readonly code?: string
    readonly says?: RegExp
    readonly home?: string
    /** Once for each exit code: through the launcher, in a process of its own. */
    readonly spawned?: true
  }
  const cases: Readonly<Record<string, Case>> = {
    'an empty data folder': { args: ['chain', 'status'], exit: 0, home: empty },
    'a status': { args: ['chain', 'status'], exit: 0, spawned: true },
    'a trace': { args: from(`${CONSOLIDATION}:0`), exit: 0 },
    'a record that holds': { args: ['trace', 'verify', record], exit: 0 },
    'an address without tags': { args: ['tags', 'show', 'nobody'], exit: 0 },
    'a path that is not there': {
      args: ['trace', 'path', ...bitcoin, '--from', `${SEIZURE}:1`, '--to', CONSOLIDATION],
      exit: 1,
    },
    'a false record': { args: ['trace', 'verify', join(files, 'false.json')], exit: 1 },
    'a chain that nobody knows': {
      args: ['chain', 'defects', ...on('bitcoim')],
      exit: 1,
      code: 'CHAIN_UNKNOWN',
      says: /Did you mean "bitcoin"\?/,
      spawned: true,
    },
    'a source that is not there': {
      args: ['chain', 'import', ...bitcoin, '--format', 'esplora', join(files, 'none.json')],
      exit: 1,
      code: 'SOURCE_NOT_FOUND',
      says: /none\.json/,
    },
    'tags that are not there': {
      args: ['tags', 'import', join(files, 'none.yaml')],
      exit: 1,
      code: 'SOURCE_NOT_FOUND',
      says: /none\.yaml/,
    },
    'an unknown transaction': { args: ['tx', 'show', NOBODY], exit: 1, code: 'TX_UNKNOWN' },
    'no transaction id': { args: ['tx', 'show', 'abc'], exit: 1, code: 'TXID_MALFORMED' },
    'an address with a wrong character': {
      args: ['address', 'show', 'bc1qpx7vyv5tp7dm0g475ev527krg764t73dh77glz'],
      exit: 1,
      code: 'ADDRESS_CHECKSUM',
    },
    'an empty ledger': { args: from(`${CONSOLIDATION}:0`), exit: 1, code: 'LEDGER_EMPTY', home: empty },
    'a seed that no data shows': { args: from(`${NOBODY}:0`), exit: 1, code: 'SEED_UNKNOWN', says: /0000:0/ },
    'a seed that is none': { args: from('abc'), exit: 1, code: 'SEED_MALFORMED', says: /--from/ },
    'a seed with a fraction': { args: from(`${CONSOLIDATION}:0=0.5`), exit: 1, code: 'AMOUNT_NOT_BASE_UNITS' },
    'a seed worth more than its output': {
      args: from(`${CONSOLIDATION}:0=6960422178`),
      exit: 1,
      code: 'SEED_EXCEEDS_OUTPUT',
    },
    'an unknown rule': { args: from(`${CONSOLIDATION}:0`, 'fife'), exit: 1, code: 'RULE_UNKNOWN', says: /fifo/ },
    'a block that is not here': {
      args: [...from(`${CONSOLIDATION}:0`), '--as-of', '1'],
      exit: 1,
      code: 'BLOCK_UNKNOWN',
    },
    'no record': { args: ['trace', 'verify', sample('colonial2021/MANIFEST.md')], exit: 1, code: 'RECORD_MALFORMED' },
    'a report of a false record': {
      args: ['trace', 'report', join(files, 'false.json'), '--out', join(files, 'none')],
      exit: 1,
      code: 'RECORD_FALSE',
    },
    'a folder that cannot be made': {
      args: ['trace', 'report', record, '--out', join(record, 'report')],
      exit: 1,
      code: 'FILE_NOT_WRITTEN',
      says: /report/,
    },
    'a data folder that cannot be made': {
      args: ['chain', 'status'],
      exit: 1,
      code: 'FILE_NOT_WRITTEN',
      home: join(record, 'home'),
    },
    'a deadline that binds': { args: [...deadline('R1805-20-1'), '--country', 'NL'], exit: 0 },
    'a deadline from memory': { args: [...deadline('ARO-10a'), '--country', 'NL'], exit: 0 },
    'a deadline that nobody knows': {
      args: [...deadline('R1805-96'), '--country', 'NL'],
      exit: 1,
      code: 'DEADLINE_RULE_UNKNOWN',
    },
    'a deadline without its ground of urgency': {
      args: [...deadline('R1805-9-3a'), '--country', 'NL'],
      exit: 1,
      code: 'DEADLINE_URGENCY',
      says: /IMMINENT_DISSIPATION/,
    },
    'a receipt that sets nothing off': {
      args: [...deadline('R1805-20-1'), '--country', 'NL', '--event', 'receivedByNodeAt'],
      exit: 1,
      code: 'DEADLINE_TRIGGER_MISSING',
    },
    'a deadline on a day that is none': {
      args: [...deadline('R1805-20-1'), '--country', 'NL', '--on', 'today'],
      exit: 2,
      code: 'FLAG_VALUE',
      says: /--on/,
    },
    'a route': { args: route('DE', 'freeze'), exit: 0 },
    'no route': { args: route('SG', 'sell'), exit: 1 },
    'a need that nobody knows': { args: route('DE', 'magic'), exit: 1, code: 'NEED_UNKNOWN' },
    'packs that are sound': { args: ['pack', 'check', join(repository, 'vectors/packs/good')], exit: 0 },
    'packs with findings': { args: ['pack', 'check', join(repository, 'vectors/packs/bad')], exit: 1 },
    'packs that are not there': {
      args: ['pack', 'check', join(files, 'none')],
      exit: 1,
      code: 'PACKS_MISSING',
      says: /none/,
    },
    'an unknown command': {
      args: ['trase', 'run'],
      exit: 2,
      code: 'USAGE',
      says: /Did you mean trace\?/,
      spawned: true,
    },
    'a flag that is given twice': {
      args: ['trace', 'run', '--chain', 'bitcoin', '--from', 'x', '--rule', 'fifo', '--rule', 'haircut'],
      exit: 2,
      code: 'USAGE',
      says: /--rule.*given before \(fifo\); give it once/s,
    },
    'an unknown second word': { args: ['trace', 'rum'], exit: 2, code: 'USAGE', says: /Did you mean run\?/ },
    'an unknown flag': {
      args: [...from(`${CONSOLIDATION}:0`), '--folow-fees'],
      exit: 2,
      code: 'USAGE',
      says: /--folow-fees.*Did you mean --follow-fees\?/s,
    },
    'no command': { args: [], exit: 2, code: 'USAGE', says: /No command is named/ },
    'half a command': { args: ['trace'], exit: 2, code: 'USAGE' },
    'a missing flag': {
      args: ['trace', 'run', ...bitcoin, '--from', `${CONSOLIDATION}:0`],
      exit: 2,
      code: 'USAGE',
      says: /--rule/,
    },
    'a missing argument': { args: ['tx', 'show'], exit: 2, code: 'USAGE', says: /txid/ },
    'one argument too many': { args: ['tx', 'show', NOBODY, NOBODY], exit: 2, code: 'USAGE' },
    'a format that is none': {
      args: ['chain', 'import', ...bitcoin, '--format', 'esplore', record],
      exit: 2,
      code: 'USAGE',
      says: /esplora/,
    },
    'no seed': { args: ['trace', 'run', ...bitcoin, '--rule', 'fifo'], exit: 2, code: 'SEEDS_MISSING' },
    'a count that is none': {
      args: [...from(`${CONSOLIDATION}:0`), '--max-hops', '-1'],
      exit: 2,
      code: 'FLAG_VALUE',
      says: /--max-hops/,
    },
    'a time that is none': {
      args: [...from(`${CONSOLIDATION}:0`), '--until', '2021-13-01'],
      exit: 2,
      code: 'FLAG_VALUE',
      says: /--until/,
    },
    'a CoinJoin rule that is none': {
      args: [...from(`${CONSOLIDATION}:0`), '--stop-at-coinjoin', 'x'],
      exit: 2,
      code: 'FLAG_VALUE',
    },
    'a wait that is none': { args: ['chain', 'status', '--wait', 'long'], exit: 2, code: 'FLAG_VALUE', says: /--wait/ },
    'a data file that is broken': {
      args: ['chain', 'status'],
      exit: 3,
      code: 'FAULT',
      home: join(files, 'broken'),
      spawned: true,
    },
  }

  it.for(Object.entries(cases))('%s', async ([, { args, exit, code, says, home: folder = home, spawned }]) => {
    const answer = await askComity<Partial<Refused>>(folder, args, exit)
    expect(answer.error?.code).toBe(code)
    if (says) expect(Object.values(answer.error ?? {}).join('\n')).toMatch(says)
    // For people: the same exit code, and for a refusal nothing on standard output.
    const ran = await (spawned ? spawnComity : runComity)([...args, '--home', folder])
    expect(ran.exit).toBe(exit)
    if (code === undefined) expect(ran.stdout).not.toBe('')
    else expect(ran.stdout).toBe('')
    if (code !== undefined) expect(ran.stderr).not.toBe('')
    if (code !== undefined && code !== 'USAGE') expect(ran.stderr).toContain(`${code}: `)
  })
})

describe('standard output', () => {
  const importing = (folder: string, more: readonly string[]) =>
    spawnComity([
      'chain',
      'import',
      ...bitcoin,
      '--format',
      'blocksci-csv',
      sample('bitcoin-2009'),
      '--home',
      folder,
      ...more,
    ])

  it('holds the answer alone: progress and warnings go to standard error', async () => {
    const spoken = await importing(temporaryFolder(), [])
    const quiet = await importing(temporaryFolder(), ['--quiet'])
    expect([spoken.exit, quiet.exit]).toEqual([0, 0])
    expect(spoken.stderr).toMatch(/bitcoin-2009: \d+ transactions/)
    expect(quiet.stderr).toBe('')
    expect(quiet.stdout).toBe(spoken.stdout)
    expect(quiet.stdout).toContain('32,709 transactions')
    const json = await importing(temporaryFolder(), ['--json'])
    expect(oneObject(json.stdout)).toMatchObject({ transactions: 32_709 })
    expect(json.stderr).toMatch(/bitcoin-2009: \d+ transactions/)
  })

  it('may be closed by its reader before the end', () => {
    const script =
      '"$1" "$2" trace compare --chain bitcoin --from "$3:0" --home "$4" --json --quiet | head -c 5; exit "$PIPESTATUS"'
    const ran = spawnSync(
      'bash',
      ['-c', script, 'bash', process.execPath, join(repository, 'platform/bin/comity.mjs'), CONSOLIDATION, home],
      { encoding: 'utf8' },
    )
    expect(ran).toMatchObject({ status: 0, stderr: '', stdout: '{"cha' })
  })

  it('shows control characters of foreign text instead of obeying them', async () => {
    const ran = await spawnComity(['tags', 'show', '\u001b[31mred\u202e', '--home', home])
    expect(ran.stdout).toMatch(/^No tag names [ -~]*1B[ -~]*red[ -~]*202E[ -~]*\n$/i)
  })
})

describe('the data folder', () => {
  const status = async (args: readonly string[], env: NodeJS.ProcessEnv, cwd = files) => {
    const ran = await spawnComity(['chain', 'status', '--json', ...args], { env, cwd })
    return (oneObject(ran.stdout) as { home: string }).home
  }

  it('is --home, else COMITY_HOME, else in XDG_DATA_HOME, else in the home of the user', async () => {
    const all = { COMITY_HOME: join(files, 'named'), XDG_DATA_HOME: join(files, 'xdg'), HOME: join(files, 'user') }
    expect(await status(['--home', join(files, 'flag')], all)).toBe(join(files, 'flag'))
    expect(await status(['--home', 'beside'], all)).toBe(join(files, 'beside'))
    expect(await status([], all)).toBe(join(files, 'named'))
    expect(await status([], { ...all, COMITY_HOME: undefined })).toBe(join(files, 'xdg/comity'))
    // The XDG base directory specification has relative paths and empty ones ignored.
    expect(await status([], { HOME: all.HOME, XDG_DATA_HOME: 'somewhere' })).toBe(
      join(files, 'user/.local/share/comity'),
    )
    expect(await status([], { HOME: all.HOME, COMITY_HOME: '', XDG_DATA_HOME: '' })).toBe(
      join(files, 'user/.local/share/comity'),
    )
    for (const folder of ['flag', 'beside', 'named', 'xdg/comity', 'user/.local/share/comity']) {
      expect(existsSync(join(files, folder, 'chain.duckdb')), folder).toBe(true)
    }
  })
})

describe('help', () => {
  const program = (choose: Parameters<typeof buildProgram>[0]) => buildProgram(choose, () => {})

  it.for(commands.map((command) => [command.path.join(' '), command] as const))(
    '%s says what it does, with examples that are valid',
    async ([name, { path, summary, options, examples }]) => {
      const { exit, stdout, stderr } = await runComity([...path, '--help'])
      expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' })
      expect(stdout.replace(/\s+/g, ' ')).toContain(summary)
      for (const { flags, help } of options) {
        expect(stdout).toContain(flags.split(' ')[0])
        expect(help).not.toBe('')
      }
      expect(examples.length).toBeGreaterThan(0)
      for (const example of examples) {
        expect(stdout).toContain(example)
        let chosen = ''
        const words = wordsOf(example)
        expect(words.slice(0, path.length + 1)).toEqual(['comity', ...path])
        const whole = program(({ definition }) => {
          chosen = definition.path.join(' ')
        })
        strictly(whole).parse(words.slice(1), { from: 'user' })
        expect(chosen, example).toBe(name)
      }
    },
  )

  it('lists every command, and says the version and the exit codes', async () => {
    const { exit, stdout } = await spawnComity(['--help'])
    expect(exit).toBe(0)
    for (const { path } of commands) expect(stdout).toContain(`  ${path[0]}`)
    expect(stdout).toContain('Exit codes: 0 done; 1 refused or found false; 2 wrong usage; 3 fault.')
    expect((await runComity(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  /** Errors are thrown, not printed. */
  function strictly(command: ReturnType<typeof buildProgram>): ReturnType<typeof buildProgram> {
    command.exitOverride().configureOutput({ writeErr: () => {}, writeOut: () => {} })
    for (const child of command.commands) strictly(child as ReturnType<typeof buildProgram>)
    return command
  }

  /** Words as a shell splits them, as far as our examples go. */
  function wordsOf(line: string): string[] {
    return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')
  }
})

describe('manual page and completions', () => {
  const has = (tool: string) => spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0
  const page = () => runComity(['man'])
  /** Without the bold that terminals are told by printing a letter twice, or by escape sequences. */
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  const unstyled = (text: string) => text.replace(/.\u0008|\u001b\[[0-9;]*m/g, '')

  it('the manual page names every command and every flag', async () => {
    const { exit, stdout } = await page()
    expect(exit).toBe(0)
    expect(stdout).toMatch(/^\.TH COMITY 1 /)
    const text = stdout.replaceAll('\\-', '-')
    for (const { path, options } of commands) {
      expect(text).toContain(`comity ${path.join(' ')}`)
      for (const { flags } of options) expect(text).toContain(flags)
    }
  })

  it.skipIf(!has('groff'))('the manual page renders without a warning', async () => {
    const { stdout } = await page()
    const rendered = spawnSync('groff', ['-man', '-Tutf8', '-ww'], { input: stdout, encoding: 'utf8' })
    expect({ status: rendered.status, stderr: rendered.stderr }).toEqual({ status: 0, stderr: '' })
    expect(unstyled(rendered.stdout)).toContain('comity trace run')
  })

  it.skipIf(!has('man'))('man shows the manual page without a warning', async () => {
    const shown = spawnSync('man', ['--warnings', '-l', '-'], {
      input: (await page()).stdout,
      encoding: 'utf8',
      env: { ...process.env, MANPAGER: 'cat', LC_ALL: 'C.UTF-8' },
    })
    expect({ status: shown.status, stderr: shown.stderr }).toEqual({ status: 0, stderr: '' })
    expect(unstyled(shown.stdout).includes('COMITY(1)')).toBe(true)
  })

  it.skipIf(!has('bash'))('bash loads the completions and completes words, flags, choices and files', async () => {
    const { stdout: script } = await runComity(['completion', 'bash'])
    const complete = (...words: string[]) => {
      const body = `set -u; eval "$SCRIPT"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _comity; printf '%s\\n' "\${COMPREPLY[@]}"`
      const ran = spawnSync('bash', ['--norc', '-c', body, 'bash', ...words], {
        encoding: 'utf8',
        cwd: repository,
        env: { ...process.env, SCRIPT: script },
      })
      expect(ran.stderr).toBe('')
      return ran.stdout.trim().split('\n')
    }
    expect(complete('comity', 'trace', 'r')).toEqual(['run', 'report'])
    expect(complete('comity', 'ch')).toEqual(['chain'])
    expect(complete('comity', 'chain', '')).toEqual(['import', 'status', 'defects', 'follow', 'store', 'migrate'])
    expect(complete('comity', 'trace', 'run', '--fo')).toEqual(['--follow-fees'])
    expect(complete('comity', 'chain', 'import', '--format', 'e')).toEqual([
      'esplora',
      'ethereum-etl',
      'evm-rpc',
      'etherscan-csv',
    ])
    expect(complete('comity', 'trace', 'run', '--from-file', 'samples/colonial2021/MAN')).toEqual([
      'samples/colonial2021/MANIFEST.md',
    ])
    expect(complete('comity', 'trace', 'verify', 'samples/colonial2021/MAN')).toEqual([
      'samples/colonial2021/MANIFEST.md',
    ])
  })

  it.each(['zsh', 'fish'])('%s loads the completions', async (shell) => {
    const { exit, stdout } = await runComity(['completion', shell])
    expect(exit).toBe(0)
    for (const { path } of commands) for (const word of path) expect(stdout).toContain(word)
    if (!has(shell)) return
    expect(
      spawnSync(shell, shell === 'zsh' ? ['-n'] : ['--no-execute'], { input: stdout, encoding: 'utf8' }),
    ).toMatchObject({ status: 0, stderr: '' })
  })

  it('no other shell is promised', async () => {
    expect((await runComity(['completion', 'tcsh'])).exit).toBe(2)
  })
})

describe('answers keep to their schemas', () => {
  it('every command has a schema, and every schema has a command', () => {
    expect(Object.keys(schemaByCommand).sort()).toEqual(commands.map(({ path }) => path.join(' ')).sort())
    expect([...new Set([...Object.values(schemaByCommand), 'common', 'error', 'format-manifest'])].sort()).toEqual(
      schemaNames,
    )
  })

  /** Commands that no other test of this file asks; `askComity` holds every answer to its schema. */
  it('chain, tx, address and tags', async () => {
    const answer = await askComity<{ defects: readonly { code: string }[] }>(home, ['chain', 'defects', ...bitcoin])
    expect(answer.defects.map(({ code }) => code)).toEqual(['TX_LISTED_TWICE'])
    expect(
      await askComity(home, ['chain', 'import', ...bitcoin, '--format', 'esplora', sample('colonial2021')]),
    ).toMatchObject({ sources: [{ state: 'known' }], added: { transactions: 10 } })
    expect(await askComity(home, ['tx', 'show', SEIZURE])).toMatchObject({ fee: '3454', proof: 'txid' })
    const address = 'bc1qq2euq8pw950klpjcawuy4uj39ym43hs6cfsegq'
    expect(await askComity(home, ['address', 'show', address, '--limit', '2', '--offset', '1'])).toMatchObject({
      page: { from: 1, shown: 2 },
    })
    const [line = ''] = readFileSync(sample('tags/ofac/sanctioned_addresses_XBT.txt'), 'utf8').split('\n')
    const { tags } = await askComity<{ tags: readonly { id: string; retracted: object | null }[] }>(home, [
      'tags',
      'show',
      line.trim(),
      ...bitcoin,
    ])
    expect(tags).toHaveLength(1)
    const retracted = await askComity<{ id: string; retracted: object | null }>(home, [
      'tags',
      'retract',
      tags[0]?.id ?? '',
      '--by',
      'Analyst 7',
      '--reason',
      'a test',
    ])
    expect(retracted).toMatchObject({ id: tags[0]?.id, retracted: { by: 'Analyst 7', reason: 'a test' } })
    expect(await askComity(home, ['tags', 'show', line.trim()])).toMatchObject({ tags: [retracted] })
  })

  it('bridge', async () => {
    const events = join(files, 'events.csv')
    const row = (side: string, chain: number, tx: string, amount: number) =>
      `${side},hop,7,eip155:${chain},${tx},1,${side === 'source' ? 1700000000 : 1700000300},USDC,${amount},,0xaa,`
    const head = 'side,bridge,transfer_id,chain,tx,log_index,time,token,amount,sender,recipient,other_chain'
    writeFileSync(events, [head, row('source', 1, '0x1', 1000), row('destination', 10, '0x2', 998)].join('\n'))
    type Answer = {
      readonly pairs: readonly { readonly id: string; readonly tier: string }[]
      readonly measured: { readonly heuristics: readonly object[] }
    }
    const match = ['bridge', 'match', '--events', events]
    const { pairs, measured } = await askComity<Answer>(home, [...match, '--keep'])
    expect(measured.heuristics).toMatchObject([{ id: 'bridge-protocol', right: { of: expect.any(Number) } }])
    expect(pairs).toMatchObject([{ tier: 'protocol', source: { tx: '0x1', amount: '1000' }, candidates: [] }])
    const id = pairs[0]?.id ?? ''
    const reject = ['bridge', 'reject', id, '--by', 'Analyst 7', '--reason', 'a test']
    expect(await askComity(home, reject)).toMatchObject({
      ...{ id, already: false, withdrawn: false, kept: true, staleTraces: [], recomputed: [] },
    })
    expect(await askComity(home, reject)).toMatchObject({ already: true })
    expect(await askComity(home, match)).toMatchObject({
      pairs: [],
      unmatched: [{ tx: '0x1' }, { tx: '0x2' }],
      rejected: [id],
    })
    expect(await askComity(home, [...reject, '--withdraw'])).toMatchObject({ withdrawn: true })
    expect(await askComity(home, match)).toMatchObject({ pairs: [{ id }], rejected: [] })
    expect(await askComity(home, ['trace', 'list'])).toEqual({ traces: [] })
    const wrong = join(files, 'wrong.csv')
    writeFileSync(wrong, [head, row('source', 1, '0x1', 1.5)].join('\n'))
    expect(await runComity(['bridge', 'match', '--events', wrong, '--home', home, '--json'])).toMatchObject({ exit: 1 })
  })

  it('legal and pack', async () => {
    expect(await askComity(home, [...deadline('R1805-20-1'), '--country', 'NL'])).toMatchObject({
      due: '2026-12-28T23:00:00Z',
      binding: true,
      onExpiry: { effect: 'dutyContinues', article: '20(5)' },
    })
    expect(await askComity(home, [...deadline('ARO-10a'), '--country', 'NL'])).toMatchObject({
      due: null,
      binding: false,
    })
    expect(await askComity(home, [...route('DE', 'freeze'), '--max-penalty', '72'])).toMatchObject({
      routes: [{ instrument: { id: 'EU-2018-1805' }, dualCriminality: { answer: 'not-asked' } }, {}, {}],
    })
    expect(await askComity(home, ['pack', 'check'])).toMatchObject({ sound: true, findings: [] })
  })

  it('demo', async () => {
    const out = join(files, 'demo')
    const { cases, accounts } = await askComity<{
      cases: readonly { report: string; digests: Readonly<Record<string, string>> }[]
      accounts: Readonly<Record<string, string>>
    }>(join(files, 'unused'), ['demo', '--out', out])
    expect(cases).toHaveLength(3)
    for (const { report, digests } of cases) {
      expect(relative(out, report)).not.toMatch(/^\.\./)
      expect(
        readFileSync(report, 'utf8')
          .replaceAll('<wbr>', '')
          .includes(digests.fifo ?? 'no digest'),
        report,
      ).toBe(true)
    }
    // The theft on Ethereum: every rule of account chains, each with a result of its own, which a trace of one's own repeats.
    expect(Object.keys(accounts).sort()).toEqual([...accountRuleIds].sort())
    const sources = readFileSync(sample('eth-crime-flows/54m-ends.csv'), 'utf8').matchAll(/^(0x[0-9a-f]+),source/gm)
    const seeds = [...sources].map(([, address], at) => `${address}@thief-${at + 1}`)
    const again = await askComity<{ digest: string; positions: readonly { label: string }[] }>(join(out, 'home'), [
      ...['trace', 'run', '--chain', 'eip155:1', '--asset', 'usd-flow', '--rule', 'haircut', '--from', ...seeds],
    ])
    expect(again.digest).toBe(accounts.haircut)
    expect(again.positions.map(({ label }) => label)).toContain('eXch')
  })

  it('a schema refuses what it does not name, numbers as amounts, and statuses that nobody defined', async () => {
    const trace = await askComity<TraceAnswer>(home, from(`${CONSOLIDATION}:0`))
    expect(violation('trace', trace)).toBe('')
    const [first] = trace.positions
    const broken: Readonly<Record<string, object>> = {
      'an unknown member': { ...trace, more: 1 },
      'a missing member': { ...trace, digest: undefined },
      'an amount as a number': { ...trace, ledger: { ...trace.ledger, root: Number(trace.ledger.root) } },
      'a fraction': { ...trace, ledger: { ...trace.ledger, root: '0.5' } },
      'a ledger that does not balance': { ...trace, ledger: { ...trace.ledger, balanced: false } },
      'an unknown status': { ...trace, positions: [{ ...first, status: 'gone' }] },
      'an id in capitals': { ...trace, positions: [{ ...first, txid: first?.txid.toUpperCase() }] },
      'a position without a reason': { ...trace, positions: [{ ...first, reason: undefined }] },
    }
    for (const [name, answer] of Object.entries(broken))
      expect(violation('trace', JSON.parse(JSON.stringify(answer))), name).not.toBe('')
    expect(violation('error', { error: { code: 'lower', message: 'x' } })).not.toBe('')
  })
})

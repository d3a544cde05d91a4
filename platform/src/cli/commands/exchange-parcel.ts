/** Messages as files, where there is no network or a weak one: out of a running node, and into one. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { orStop, stop } from '../../kernel/index.ts'
import type { CommandDefinition } from '../command.ts'
import { count } from '../present.ts'

const room = () => import('../../node/index.ts')

export const exchangeExport: CommandDefinition = {
  path: ['exchange', 'export'],
  summary: 'Write what waits for a partner, and our receipts for what it sent, into a file to be carried there',
  about:
    'The node must run. Nothing changes by it: a message waits until its receipt has come back, so that a file may be lost or carried twice. The file is sealed for that partner; nobody else can open it.',
  arguments: [
    { name: '<agency>', help: 'the partner, by its id in the directory' },
    { name: '<file>', help: 'where to write it' },
  ],
  options: [],
  examples: ['comity exchange export de-bka bka.parcel'],
  async run(desk, [peer = '', path = '']) {
    const out = resolve(path)
    if (existsSync(out))
      stop('FILE_EXISTS', 'A file of this name is there already.', { place: out, fix: 'Name another.' })
    const { runErrand } = await room()
    const { result, parcel } = await runErrand(desk.home, { act: 'export', peer }, null)
    orStop(result as never)
    writeFileSync(out, parcel ?? new Uint8Array(), { mode: 0o600 })
    const { parts } = (result as unknown as { result: { parts: number } }).result
    return {
      exit: 0,
      json: { agency: peer, parcel: out, parts },
      text: `${count(parts, 'part')} for ${peer}: ${out}\nThere: comity exchange import ${path}`,
    }
  },
}

export const exchangeImport: CommandDefinition = {
  path: ['exchange', 'import'],
  summary: 'Take in a file that a partner has exported: its messages, and its receipts for ours',
  about:
    'The node must run. Each part is checked as if it had come over the network. Afterwards export once more: the receipts go back the same way.',
  arguments: [{ name: '<file>', help: 'the file that was carried here' }],
  options: [],
  examples: ['comity exchange import om.parcel'],
  async run(desk, [path = '']) {
    const { runErrand } = await room()
    const { result } = await runErrand(desk.home, { act: 'import' }, bytesOf(resolve(path)))
    orStop(result as never)
    const brought = (result as unknown as { result: Brought }).result
    const { from, taken, held, settled, refused } = brought
    return {
      exit: refused.length === 0 ? 0 : 1,
      json: { ...brought },
      text: [
        `From ${from}: ${count(taken, 'message')} taken, ${held} waiting for one before, ${count(settled, 'message')} of ours settled.`,
        ...refused.map(({ part, code }) => `  part ${part} was refused: ${code}`),
        `Bring the receipts back: comity exchange export ${from} FILE`,
      ].join('\n'),
    }
  },
}

type Brought = {
  readonly from: string
  readonly taken: number
  readonly held: number
  readonly settled: number
  readonly refused: readonly { readonly part: number; readonly code: string }[]
}

function bytesOf(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch {
    return stop('SOURCE_NOT_FOUND', 'The file cannot be read.', { place: path, fix: 'Check the path.' })
  }
}

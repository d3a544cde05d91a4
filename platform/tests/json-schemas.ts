/** The schemas of docs/spec/json, and which of them each answer of the command line keeps to. */
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { expect } from 'vitest'

const folder = fileURLToPath(new URL('../../docs/spec/json/', import.meta.url))

const schemas = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: false })
export const schemaNames: readonly string[] = globSync('*.schema.json', { cwd: folder })
  .map((path) => basename(path, '.schema.json'))
  .sort()
for (const name of schemaNames) schemas.addSchema(JSON.parse(readFileSync(join(folder, `${name}.schema.json`), 'utf8')))

/** Command → schema of its answer. A refusal is an `error`, whatever the command. */
export const schemaByCommand: Readonly<Record<string, string>> = {
  'chain import': 'chain-import',
  'chain status': 'chain-status',
  'chain defects': 'chain-defects',
  'chain store': 'chain-store',
  'chain migrate': 'chain-migrate',
  'chain follow': 'chain-follow',
  'watch add': 'watches',
  'watch list': 'watches',
  'watch rm': 'watch-rm',
  'watch alarms': 'watch-alarms',
  'watch next': 'watch-next',
  'tx show': 'tx',
  'tx classify': 'tx-classify',
  'address show': 'address',
  risk: 'risk',
  'cluster list': 'cluster-list',
  'cluster show': 'cluster',
  'cluster why': 'cluster-why',
  'cluster unmerge': 'cluster-unmerge',
  'cluster related': 'cluster-related',
  'tags import': 'tags-import',
  'tags show': 'tags',
  'tags retract': 'tag',
  'trace run': 'trace',
  'trace compare': 'compare',
  'trace verify': 'verify',
  'trace report': 'report',
  'trace path': 'path',
  'trace list': 'trace-list',
  'bridge match': 'bridge-match',
  'bridge reject': 'bridge-reject',
  'node init': 'node-init',
  'node start': 'node-start',
  'node status': 'node-status',
  'node invite': 'node-invite',
  'node join': 'node-join',
  'node card': 'node-card',
  'directory invite': 'directory-invite',
  'exchange demo': 'exchange-demo',
  'exchange export': 'exchange-export',
  'exchange import': 'exchange-import',
  'node backup': 'node-backup',
  'node restore': 'node-restore',
  'node rotate-keys': 'node-rotate-keys',
  'log verify': 'log-verify',
  'log prove': 'log-prove',
  'log checkpoint': 'log-checkpoint',
  'directory key': 'directory-key',
  'directory init': 'directory-drafts',
  'directory sign': 'directory-sign',
  'directory add-signature': 'directory-drafts',
  'directory publish': 'directory-publish',
  'directory member': 'directory-drafts',
  'directory delegate': 'directory-drafts',
  'directory rotate': 'directory-drafts',
  'directory timestamp': 'directory-timestamp',
  'directory show': 'directory-show',
  'directory verify': 'directory-verify',
  'legal deadline': 'legal-deadline',
  'legal routes': 'legal-routes',
  'pack check': 'pack-check',
  validate: 'validate',
  demo: 'demo',
}

export function expectValid(args: readonly string[], answer: object): void {
  const command = [args.slice(0, 2).join(' '), args[0] ?? ''].find((one) => one in schemaByCommand)
  const name = 'error' in answer ? 'error' : schemaByCommand[command ?? '']
  expect(name, `a schema for: ${args.join(' ')}`).toBeDefined()
  expect(violation(name ?? '', answer), `${args.slice(0, 2).join(' ')} keeps to ${name}.schema.json`).toBe('')
}

/** The first thing that breaks the schema; empty where nothing does. */
export function violation(name: string, answer: unknown): string {
  const validate = schemas.getSchema(`urn:comity:json:${name}`) as ValidateFunction
  if (validate(answer)) return ''
  const [first] = validate.errors ?? []
  return `${first?.instancePath} ${first?.message} ${JSON.stringify(first?.params)}`
}

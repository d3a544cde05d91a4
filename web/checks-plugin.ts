/**
 * Takes the place of ajv in the app. Ajv makes scripts of schemas, which the policy of our pages lets no page do; so it makes them here,
 * while the app is built, for each schema that a page checks by. A page finds the check of a schema by the SHA-256 of the schema.
 */
import { fileURLToPath } from 'node:url'
import { _ } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import standalone from 'ajv/dist/standalone/index.js'
import { MemberFile } from '../platform/src/exchange/directory/index.ts'
import { Dossier } from '../platform/src/exchange/dossier/index.ts'
import { formats, Header, messageTypes, Receipt } from '../platform/src/exchange/wire/index.ts'
import { sha256Text } from '../platform/src/kernel/index.ts'

type Schema = Readonly<Record<string, unknown>>

/** What a dossier and the directory that it is judged with are read by. */
export const checkedSchemas: readonly Schema[] = [
  ...[Dossier, MemberFile, Header, Receipt],
  ...[...messageTypes.values()].flatMap(({ majors }) => Object.values(majors)),
]

const REPLACED = 'ajv/dist/2020.js'
const MADE = '\0comity-checks'

/** The shape that Vite asks of a plugin, as far as it is used here. */
export function checks() {
  let made: string | undefined
  return {
    name: 'comity-checks',
    enforce: 'pre' as const,
    resolveId: (id: string) => (id === REPLACED ? { id: MADE, moduleSideEffects: false } : undefined),
    load: (id: string) => {
      if (id !== MADE) return undefined
      made ??= checksModule()
      return made
    },
  }
}

function checksModule(): string {
  const parts = new Map<string, Schema>()
  const roots = checkedSchemas.map((schema) => inParts(schema, parts))
  // As schema-check.ts and parse-member.ts ask it to.
  const ajv = new Ajv2020({
    ...{ strict: true, allErrors: false, ownProperties: true, formats: { ...formats } },
    ...{ inlineRefs: false, code: { source: true, esm: true, formats: _`formats` } },
  })
  for (const [name, part] of parts) ajv.addSchema(part, name)
  for (const [index, root] of roots.entries()) ajv.addSchema(root, `root${index}`)
  const names = Object.fromEntries(roots.map((_root, index) => [`check${index}`, `root${index}`]))
  const imports: string[] = []
  // Ajv writes `require` for what it has to run with, also in modules.
  const code = standalone.default(ajv, names).replaceAll(/require\("([^"]+)"\)/g, (_call, from) => {
    imports.push(`import run${imports.length} from '${from}.js'`)
    return `{ default: run${imports.length - 1}.default ?? run${imports.length - 1} }`
  })
  const bySha256 = checkedSchemas.map((schema, index) => `'${sha256Text(JSON.stringify(schema))}': check${index}`)
  return `${imports.join('\n')}
import { formats } from '${here('../platform/src/exchange/wire/fields.ts')}'
import { sha256Text } from '${here('../platform/src/kernel/hash.ts')}'
${code}
const checks = { ${bySha256.join(', ')} }
export class Ajv2020 {
  compile(schema) {
    const check = checks[sha256Text(JSON.stringify(schema))]
    if (check === undefined) throw new Error('no check was made of this schema: list it in web/checks-plugin.ts')
    return check
  }
}`
}

/** Every part is a schema of its own, under a name: messages share most of theirs, and ajv would write them anew at each place. */
function inParts(schema: Schema, parts: Map<string, Schema>): Schema {
  const part = (one: Schema) => {
    const divided = inParts(one, parts)
    const name = sha256Text(JSON.stringify(divided))
    parts.set(name, divided)
    return { $ref: name }
  }
  const { $id, title, description, ...rules } = schema as Schema & {
    readonly properties?: Readonly<Record<string, Schema>>
    readonly items?: Schema
    readonly anyOf?: readonly Schema[]
  }
  const { properties, items, anyOf } = rules
  return {
    ...rules,
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, part(one)])),
    }),
    // By the type of items ajv chooses how it looks for two that are the same, and so which of them it names.
    ...(items && { items: { ...part(items), ...(items.type !== undefined && { type: items.type }) } }),
    ...(anyOf && { anyOf: anyOf.map(part) }),
  }
}

function here(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url)).replaceAll('\\', '/')
}

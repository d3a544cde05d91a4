/**
 * Writes docs/spec/packs/*.schema.json from the form of packs in code: `node scripts/write-pack-schemas.ts`.
 * platform/src/legal/packs.test.ts fails where a file is not what this writes.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type PackKind, packSchemas } from '../platform/src/legal/index.ts'

export const packSchemaFolder = fileURLToPath(new URL('../docs/spec/packs/', import.meta.url))

/** File name → text. */
export function packSchemaFiles(): ReadonlyMap<string, string> {
  return new Map(
    (Object.keys(packSchemas) as PackKind[]).map((kind) => {
      const schema = {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        $id: `urn:comity:packs:${kind}`,
        title: `Pack of the kind ${kind}`,
        ...packSchemas[kind],
      }
      return [`${kind}.schema.json`, `${JSON.stringify(schema, null, 2)}\n`]
    }),
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(packSchemaFolder, { recursive: true })
  for (const [name, text] of packSchemaFiles()) writeFileSync(`${packSchemaFolder}${name}`, text)
}

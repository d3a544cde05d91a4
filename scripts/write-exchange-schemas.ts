/**
 * Writes docs/spec/exchange/*.schema.json from the schemas of the wire: `node scripts/write-exchange-schemas.ts`.
 * platform/src/exchange/wire/published.test.ts fails where a file is not what this writes.
 *
 * Objects that many messages share are named, and stand once: in shared.schema.json.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { OprfAnswer, OprfQuestion, OprfTags } from '../platform/src/exchange/deconfliction/index.ts'
import { JournalFork } from '../platform/src/exchange/index.ts'
import {
  AttachmentReceipt,
  Conflict,
  EnvelopeForm,
  Header,
  ListChanged,
  messageTypes,
  Receipt,
  Skip,
  sharedObjects,
} from '../platform/src/exchange/wire/index.ts'

type Schema = { readonly [key: string]: unknown }

export const exchangeSchemaFolder = fileURLToPath(new URL('../docs/spec/exchange/', import.meta.url))

/** File name → text. */
export function exchangeSchemaFiles(): ReadonlyMap<string, string> {
  const files = new Map<string, Schema>()
  const add = (name: string, title: string, schema: Schema) =>
    files.set(`${name}.schema.json`, {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: idOf(name),
      ...schema,
      title,
    })
  add('envelope', 'The envelope of a message', EnvelopeForm)
  add('header', 'The header of a message', referring(Header, null))
  add('shared', 'Objects that many messages share', {
    $defs: Object.fromEntries(Object.entries(sharedObjects).map(([name, schema]) => [name, referring(schema, name)])),
  })
  add('receipt.v1', 'A receipt', Receipt)
  add('skip.v1', 'The record of a gap', Skip)
  add('list.changed.v1', 'The hint that there is a newer directory', ListChanged)
  add('attachment.receipt.v1', 'The word that a file of a message has arrived', AttachmentReceipt)
  add('journal.fork.v1', 'The proof that a journal told two stories', JournalFork)
  add('oprf.tags.v1', 'A page of the tags of an agency', OprfTags)
  add('oprf.question.v1', 'A batch of blinded items', OprfQuestion)
  add('oprf.answer.v1', 'The answer to a batch', OprfAnswer)
  add('conflict', 'The proof of a contradiction', Conflict)
  for (const [type, { what, majors }] of messageTypes)
    for (const [major, body] of Object.entries(majors))
      add(`${type}.v${major}`, `The message ${type}, version ${major}`, {
        description: what,
        type: 'object',
        required: ['header', 'body'],
        additionalProperties: false,
        properties: { header: { $ref: idOf('header') }, body: referring(body, null) },
      })
  return new Map([...files].map(([name, schema]) => [name, `${JSON.stringify(schema, null, 1)}\n`]))
}

function idOf(name: string): string {
  return `urn:comity:exchange:${name}`
}

/** The schema with a reference wherever a shared object stands in it. `self`: the one that is being defined. */
function referring(schema: Schema, self: string | null): Schema {
  const title = schema.title
  if (typeof title === 'string' && title !== self && Object.hasOwn(sharedObjects, title))
    return { $ref: `${idOf('shared')}#/$defs/${title}` }
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, referringIn(value)]))
}

function referringIn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(referringIn)
  return typeof value === 'object' && value !== null ? referring(value as Schema, null) : value
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(exchangeSchemaFolder, { recursive: true })
  const files = exchangeSchemaFiles()
  for (const name of readdirSync(exchangeSchemaFolder)) if (!files.has(name)) rmSync(`${exchangeSchemaFolder}${name}`)
  for (const [name, text] of files) writeFileSync(`${exchangeSchemaFolder}${name}`, text)
}

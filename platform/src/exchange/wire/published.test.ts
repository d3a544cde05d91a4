import { readdirSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { exchangeSchemaFiles, exchangeSchemaFolder } from '../../../../scripts/write-exchange-schemas.ts'
import { exchangeSpec, exchangeSpecText } from '../../../../scripts/write-exchange-spec.ts'
import type { Json } from '../../kernel/index.ts'
import { formats } from './index.ts'
import { asJson, everyForm, exampleDraft } from './testing/messages.ts'

describe('the published schemas', () => {
  const published = new Map(
    readdirSync(exchangeSchemaFolder).map((name) => [name, readFileSync(`${exchangeSchemaFolder}${name}`, 'utf8')]),
  )

  test('are what scripts/write-exchange-schemas.ts writes', () => {
    expect([...published.keys()].sort(), 'run: node scripts/write-exchange-schemas.ts').toEqual(
      [...exchangeSchemaFiles().keys()].sort(),
    )
    for (const [name, text] of exchangeSchemaFiles()) expect(published.get(name) === text, name).toBe(true)
  })

  test('say by themselves what a message may be', () => {
    const ajv = new Ajv2020({ strict: true, inlineRefs: false, formats: { ...formats } })
    for (const text of published.values()) ajv.addSchema(JSON.parse(text))
    for (const [type, major] of everyForm) {
      const validate = ajv.getSchema(`urn:comity:exchange:${type}.v${major}`)
      if (!validate) throw new Error(`no schema of ${type}`)
      const { header, body } = exampleDraft(type, major)
      expect(validate(asJson({ header, body })), `${type} ${JSON.stringify(validate.errors)}`).toBe(true)
      for (const name of Object.keys(body as object)) {
        const { [name]: _, ...less } = body as { readonly [key: string]: Json }
        expect(validate(asJson({ header, body: less })), `${type} without ${name}`).toBe(false)
      }
    }
  })
})

test('example and tables of docs/spec/exchange.md are what scripts/write-exchange-spec.ts writes', () => {
  const text = readFileSync(exchangeSpec, 'utf8')
  expect(text === exchangeSpecText(text), 'run: node scripts/write-exchange-spec.ts').toBe(true)
})

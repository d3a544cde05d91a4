/** What a node says of a form that does not fit, with the values of the case, in every language: no English word is left. */
import { expect, test } from 'vitest'
import { phrasesIn } from '../../scripts/phrases.ts'
import { languages } from '../../web/src/shared/language/languages.ts'
import { phrasebook } from '../../web/src/shared/phrases/phrasebook.ts'
import { orStop } from '../src/kernel/index.ts'
import { checkRequest } from '../src/legal/check-request.ts'
import { requestForm } from '../src/legal/form.ts'
import { packFolder, readPacks } from '../src/legal/sources/index.ts'
import { misfit } from '../src/node/door/schemas.ts'

const string = { type: 'string' }
/** Schemas, each with a value that does not fit. */
const misfits: readonly (readonly [object, unknown])[] = [
  [{ type: 'object', required: ['name'], properties: { name: string } }, {}],
  [{ type: 'object', additionalProperties: false, properties: {} }, { other: 1 }],
  [{ enum: ['red', 'green'] }, 'blue'],
  [{ const: 'red' }, 'blue'],
  [string, 1],
  [{ type: 'integer' }, 'x'],
  [{ type: 'number' }, 'x'],
  [{ type: 'boolean' }, 'x'],
  [{ type: 'object' }, 'x'],
  [{ type: 'array' }, 'x'],
  [{ ...string, maxLength: 3 }, 'xxxx'],
  [{ ...string, minLength: 3 }, 'x'],
  [{ type: 'array', maxItems: 1 }, [1, 2]],
  [{ type: 'array', minItems: 1 }, []],
  [{ type: 'array', uniqueItems: true }, [1, 1]],
  [{ type: 'number', minimum: 3 }, 2],
  [{ type: 'number', maximum: 3 }, 4],
  [{ ...string, pattern: '^[0-9]+$' }, 'x'],
]

const packs = orStop(readPacks(orStop(packFolder())))
const forms = packs.instruments.flatMap(({ id, requestTypes }) =>
  requestTypes.flatMap((type) => (type.form === null ? [] : [orStop(requestForm(packs, id, type.id))])),
)

/** A form filled in everywhere with the same. */
function filled(paths: readonly string[], value: unknown): unknown {
  const all: Record<string, unknown> = {}
  for (const path of paths) {
    let at = all
    const steps = path.split('.')
    for (const [index, step] of steps.entries()) {
      const name = step.replace('[]', '')
      if (index === steps.length - 1) at[name] = value
      else if (step.endsWith('[]')) {
        at[name] ??= [{}]
        at = (at[name] as Record<string, unknown>[])[0] ?? {}
      } else {
        at[name] ??= {}
        at = at[name] as Record<string, unknown>
      }
    }
  }
  return all
}

const said = [
  ...new Set([
    ...misfits.map(([schema, value]) => misfit(schema, value)?.message ?? 'it fits'),
    ...forms.flatMap((form) => {
      const paths = form.sections.flatMap(({ fields }) => fields.map(({ path }) => path))
      return [{}, 'x', { more: 1 }, filled(paths, 5), filled(paths, '?'), filled(paths, 'x'.repeat(100_001))].flatMap(
        (given) => checkRequest(form, given).flatMap(({ message, fix }) => [message, fix]),
      )
    }),
  ]),
]

test('there is enough to look at', () => {
  expect(said).not.toContain('it fits')
  expect(said.length).toBeGreaterThan(300)
})

test.each(languages.map(({ id }) => id).filter((id) => id !== 'en'))('in %s', (language) => {
  const book = phrasebook(phrasesIn('details', language), language)
  expect(said.filter((text) => book(text) === null)).toEqual([])
  expect(said.map((text) => book(text) ?? '').filter((text) => ENGLISH.test(text))).toEqual([])
})

const ENGLISH = /\b(?:the|must|input|is (?:no|missing|none)|has|with|write|asks|fill)\b/i

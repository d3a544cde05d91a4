/** The sample requests, for tests. */
import { readFileSync } from 'node:fs'
import type { ExhibitBundle } from '../exhibit-index.ts'
import type { LetterModel, PrintedField, PrintedValue, Run } from '../model.ts'
import type { LetterLabels, LetterRequest } from '../request.ts'

function sample(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../../../samples/requests/${name}.json`, import.meta.url), 'utf8'))
}

export const sampleLabels = sample('labels') as LetterLabels

export const sampleNames = ['freezing-nl-de', 'preservation-budapest', 'mla-fr-ae'] as const

export function sampleRequest(name: (typeof sampleNames)[number]): LetterRequest {
  return sample(name) as LetterRequest
}

export const sampleBundle = sample('exhibits-rotterdam') as ExhibitBundle

/** Every run of a model, in the order in which it is printed. */
export function runsOf(model: LetterModel): Run[] {
  return model.editions.flatMap(({ title, subtitle, banners, box, sections, closing }) =>
    [
      title,
      ...(subtitle ? [subtitle] : []),
      ...banners,
      box.heading,
      ...box.lines,
      ...sections.flatMap(({ heading, fields }) => [heading, ...fields.flatMap(paragraphsOfField)]),
      ...closing,
    ].flatMap(({ runs }) => runs),
  )
}

export function machineValues(model: LetterModel): string[] {
  return runsOf(model).flatMap((run) => (run.as === 'machine' ? [run.pieces.join('')] : []))
}

export function textOfModel(model: LetterModel): string {
  return runsOf(model)
    .map((run) => (run.as === 'machine' ? run.pieces.join('') : run.text))
    .join('\n')
}

function paragraphsOfField({ label, note, value }: PrintedField): ReturnType<typeof paragraphsOfValue> {
  return [label, ...(note ? [note] : []), ...paragraphsOfValue(value)]
}

function paragraphsOfValue(value: PrintedValue): { readonly runs: readonly Run[] }[] {
  switch (value.kind) {
    case 'paragraphs':
      return [...value.paragraphs]
    case 'list':
      return value.items.flatMap(paragraphsOfValue)
    case 'fields':
      return value.fields.flatMap(paragraphsOfField)
    case 'table':
      return [...value.head, ...value.rows.flat().flatMap(paragraphsOfValue)]
  }
}

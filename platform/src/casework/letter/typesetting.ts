/** A letter as what the typesetter takes: template, data and the attachment. It names no typesetter. */
import type { Json } from '../../kernel/index.ts'
import type { LetterModel } from './model.ts'
import { letterTemplate } from './templates/letter-template.ts'

export type LetterTypesetting = {
  readonly template: string
  readonly data: Json
  readonly title: string
  readonly language: string
  readonly date: string
  readonly attachments: readonly {
    readonly name: string
    readonly mediaType: string
    readonly description: string
    readonly relationship: 'source'
    readonly content: string
  }[]
}

export function typesettingOf(model: LetterModel): LetterTypesetting {
  const { attachment, ...printed } = model
  return {
    template: letterTemplate,
    data: printed as unknown as Json,
    title: model.title,
    language: model.editions[0]?.language ?? 'en',
    date: model.date,
    attachments: [
      {
        name: attachment.name,
        mediaType: attachment.mediaType,
        description: attachment.description,
        // The letter was made from it (ISO 32000-2, AFRelationship).
        relationship: 'source',
        content: attachment.text,
      },
    ],
  }
}

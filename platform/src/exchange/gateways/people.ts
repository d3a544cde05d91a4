/** Persons and identifiers as messages have them. */
import type { BodyOf } from '../wire/index.ts'

export type Person = BodyOf<'fiu.answer', 1>['persons'][number]
export type Identifier = BodyOf<'fiu.answer', 1>['identifiers'][number]

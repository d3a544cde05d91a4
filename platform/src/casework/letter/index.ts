/** Requests as letters and bundles as indexes of exhibits: rules that end in plain JSON, and the template that sets it. */
export { letterCodes } from './codes.ts'
export { type CustodyEvent, type Exhibit, type ExhibitBundle, exhibitIndex } from './exhibit-index.ts'
export { type Direction, type Language, languages } from './languages.ts'
export { letterDocument, twoLanguageLetter } from './letter-document.ts'
export { unodcOrder } from './letter-sections.ts'
export type { Edition, LetterModel, Paragraph, PrintedField, PrintedSection, PrintedValue, Run } from './model.ts'
export type {
  Approval,
  CodeRef,
  FreeText,
  LetterField,
  LetterLabels,
  LetterRequest,
  LetterSection,
  LetterTime,
  LetterValue,
  PersonValue,
} from './request.ts'
export { type LetterTypesetting, typesettingOf } from './typesetting.ts'

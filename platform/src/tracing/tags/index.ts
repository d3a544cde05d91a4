/** Attribution tags: types, reading of tag files, life-cycle, lookup. Pure; reading from disk is in sources/, tables in store/. */
export { parseActorPack, unknownActor, unknownActors } from './actorpack.ts'
export {
  findAddressList,
  type ListDescription,
  listDescriptions,
  parseAddressList,
  parseListHistory,
} from './address-list.ts'
export { tagCodes } from './codes.ts'
export { type ConfidenceLevel, confidenceLevels, confidenceOf } from './confidence.ts'
export { csvTagColumns, parseCsvTags } from './csv-tags.ts'
export { type Currency, findCurrency } from './currency.ts'
export { parseStatedInstant, type StatedInstant } from './instant.ts'
export { applyTagEvents, endTag, isOutOfForce, retractTag, supersedeTag, type TagEvent } from './life-cycle.ts'
export { isService, type ServiceCategory, type ServicePolicy, serviceCategories, serviceTags } from './service.ts'
export { readAddressSubject, readTransactionSubject, type SubjectReading } from './subject.ts'
export {
  type Actor,
  type AddressCheck,
  newTag,
  type StatedTag,
  subjectKey,
  type Tag,
  type TagAct,
  type TagConfidence,
  type TagDefect,
  type TagFile,
  type TagFileContent,
  type TagFileKind,
  type TagProvenance,
  type TagSubject,
  tagId,
} from './tag.ts'
export { detectTagFile, parseTagFile, parseTagFileAs, readingOf } from './tag-file.ts'
export {
  byRank,
  conflictsOf,
  indexTags,
  isInForce,
  type SubjectRef,
  type TagConflict,
  type TagIndex,
  type TagMoment,
  tagSetDigest,
  tagsOf,
} from './tag-set.ts'
export { parseTagPack } from './tagpack.ts'

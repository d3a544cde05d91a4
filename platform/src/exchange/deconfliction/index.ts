/** Deconfliction between nodes: the rules around the oblivious comparison. The function itself is kernel/crypto's. */
import type { Action } from '../../kernel/index.ts'
import { askActions } from './ask-actions.ts'
import { contactActions } from './contact-actions.ts'
import { oversightActions } from './oversight-actions.ts'
import { watchActions } from './watch-actions.ts'

export { BATCH, batchesOf, type Question, type Random } from './batches.ts'
export { ELEMENTS_A_DAY, type Spent, spend, usedOn, yearsToTry } from './budget.ts'
export { ANSWER, AnswerBody, ASKED, COMPARISON, ComparisonBody, HIT, HitBody, questionsOf } from './comparison.ts'
export { CONTACT, ContactBody, checkReveal, commitmentTo, contactStates } from './contact.ts'
export { endContact, overdueContacts } from './contact-clock.ts'
export { contactTakers } from './contact-takers.ts'
export { checkEpochs, type Epoch, epochAt, isOver, MOST_DAYS, nextEpoch } from './epochs.ts'
export { type AddressGate, type Item, inputOf, itemOf } from './item.ts'
export { type Partners, ports } from './ports.ts'
export {
  checkGrowth,
  hasRoom,
  nextPublication,
  type Publication,
  rootOfTags,
  type TagCommitment,
  wholeOf,
} from './publication.ts'
export {
  answerForm,
  OprfAnswer,
  OprfQuestion,
  OprfTags,
  questionForm,
  TAGS_A_PAGE,
  tagsForm,
} from './statements.ts'
export {
  checkTagSet,
  handleOf,
  MOST_NEW_TAGS_A_DAY,
  MOST_TAGS,
  matchesOf,
  TAG_BYTES,
  TAG_STEP,
  type Tag,
  type TagSet,
  tagOf,
  tagsToPublish,
} from './tags.ts'
export { ItemInput, WATCH, WatchBody } from './watch.ts'
export {
  checkSample,
  commitWatchSet,
  openSample,
  type Sample,
  type WatchCommitment,
  type Watched,
} from './watch-commitment.ts'

/** Every act of comparing with partners. */
export const partnerActions: readonly Action[] = [
  ...watchActions,
  ...askActions,
  ...contactActions,
  ...oversightActions,
] as unknown as readonly Action[]

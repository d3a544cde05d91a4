/** Deconfliction between nodes: the rules around the oblivious comparison. The function itself is kernel/crypto's. */
export { BATCH, batchesOf, type Question, type Random } from './batches.ts'
export { ELEMENTS_A_DAY, type Spent, spend, yearsToTry } from './budget.ts'
export { checkEpochs, type Epoch, epochAt, isOver, MOST_DAYS, nextEpoch } from './epochs.ts'
export { type AddressGate, type Item, inputOf, itemOf } from './item.ts'
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
export {
  checkSample,
  commitWatchSet,
  openSample,
  type Sample,
  type WatchCommitment,
  type Watched,
} from './watch-commitment.ts'

/** The store of watches: watch.sqlite. */
export type { FetchedFile, StoredAlarm, StoredNotice, StoredWatch, WatchedAddress } from './rows.ts'
export { type Sealer, unsealed } from './sealer.ts'
export { openWatchStore, type Step, type WatchStore } from './watch-store.ts'

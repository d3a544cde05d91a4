/** The store of watches: watch.sqlite. */
export type { FetchedFile, StoredAlarm, StoredNotice, StoredWatch } from './rows.ts'
export { openWatchStore, type Step, type WatchStore } from './watch-store.ts'

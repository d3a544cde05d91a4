/** The store of attribution tags: tags.duckdb. */
export type { StoredTagFile } from './rows.ts'
export { openTagStore, type TagImport, type TagStore } from './tag-store.ts'

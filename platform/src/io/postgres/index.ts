export { type Database, eachRow, type Migration, migrate, openDatabase, type Sql } from './database.ts'
export { type EmbeddedServer, runningServer, startEmbeddedServer } from './embedded-server.ts'

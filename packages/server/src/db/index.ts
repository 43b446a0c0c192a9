export { type Database, openDatabase, type Reader, type Writer } from './database.ts'
export { type MigrateResult, migrateToLatest, schemaVersion } from './migrate.ts'
export type { Notice, Tables } from './tables.ts'

export { type Config, readConfig } from './config/index.ts'
export { type Database, type MigrateResult, migrateToLatest, openDatabase, schemaVersion } from './db/index.ts'
export { type AttachWeb, type RunningServer, type ServerLog, type ServerSettings, startServer } from './start-server.ts'

export {
  type CreatedAccount,
  createAccount,
  type NewAccount,
  type NewResponder,
  type NewSite,
} from './accounts/index.ts'
export { addScript, changeScript } from './concierge/index.ts'
export { type Config, readConfig } from './config/index.ts'
export { defaultDataFolder, startEmbeddedPostgres } from './db/embedded/index.ts'
export { type Database, type MigrateResult, migrateToLatest, openDatabase, schemaVersion } from './db/index.ts'
export { eraseAtInstallation } from './erase-at-installation.ts'
export { openApi } from './http/index.ts'
export { makeLink } from './links/index.ts'
export { makeKey, makeProgram, webhookSecrets } from './programs/index.ts'
export { addExamples, savePattern, saveProduct, setKeywords } from './reading/index.ts'
export { rotateKeys } from './sealing/index.ts'
export type { AttachWeb, RunningServer, ServerLog, ServerSettings } from './server-parts.ts'
export { startServer } from './start-server.ts'

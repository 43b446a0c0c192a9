export { defaultDataFolder } from './default-data-folder.ts'
export { describePostgres } from './describe-postgres.ts'
export type { EmbeddedRefusal, RefusalReason } from './refusal.ts'
export { type EmbeddedOptions, type EmbeddedPostgres, startEmbeddedPostgres } from './start-embedded-postgres.ts'
